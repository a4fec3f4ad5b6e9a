"""Documento → libro de cálculo: una hoja por tabla, con tipos, filtro y encabezado fijo.

Las celdas combinadas del informe van aquí repetidas, el grupo de cada fila en una columna y los subtotales al
final, fuera del filtro: una hoja es para filtrar y sumar.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from vinculacion.nucleo.bloques import Celda, Cifra, Columna, Frase, Matriz, Tabla

from ..hojas.celdas import CONTROL
from .documento import Documento, Paso, recorrido
from .tablas import grupos_de

_PROHIBIDOS = re.compile(r"[\[\]:*?/\\']")
_FORMATO_FECHA = "dd/mm/yyyy"
_TOPE_DE_CELDA = 32_767
_LETRAS = {"sans": "Calibri", "serif": "Cambria"}


def crear(documento: Documento) -> bytes:
    libro = Workbook()
    portada = documento.portada
    libro.properties.title = _limpia(portada.titulo)[:255]
    libro.properties.creator = _limpia(documento.autor or portada.unidad or portada.institucion)
    libro.properties.language = documento.idioma
    if documento.creado:
        libro.properties.created = libro.properties.modified = documento.creado.replace(tzinfo=None)
    indice = libro.active
    indice.title = "Índice"
    usados = {"índice"}
    entradas: list[tuple[str, str, str, int, str]] = []
    cifras: list[tuple[Celda, ...]] = []
    for paso in recorrido(documento):
        for bloque, rotulo in paso.bloques:
            if isinstance(bloque, Cifra):
                cifras.append((_lugar(paso), bloque.etiqueta, bloque.valor, bloque.detalle))
            elif isinstance(bloque, Frase):
                frase = "".join(p if isinstance(p, str) else f"{p.valor} {p.etiqueta}" for p in bloque.partes)
                cifras += [(_lugar(paso), p.etiqueta, p.valor, frase) for p in bloque.partes if isinstance(p, Cifra)]
            elif isinstance(bloque, Tabla | Matriz):
                nombre = _nombre(rotulo, bloque.titulo or paso.apartado.titulo, usados)
                tabla = bloque if isinstance(bloque, Tabla) else _como_tabla(bloque)
                _hoja(libro.create_sheet(nombre), tabla, documento)
                titulo = f"{rotulo}. {bloque.titulo}" if rotulo else bloque.titulo or "Sin título"
                entradas.append((nombre, titulo, _lugar(paso), len(bloque.filas), " ".join(bloque.notas)))
    if cifras:
        nombre = _nombre("", "Cifras", usados)
        columnas = (Columna("Apartado"), Columna("Cifra"), Columna("Valor", "numero"), Columna("Detalle"))
        _hoja(libro.create_sheet(nombre), Tabla(columnas, tuple(cifras)), documento)
        entradas.append((nombre, "Cifras del informe", "", len(cifras), ""))
    _indice(indice, documento, entradas)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _lugar(paso: Paso) -> str:
    return " ".join((*paso.camino[:-1], paso.apartado.encabezado))


def _como_tabla(matriz: Matriz) -> Tabla:
    columnas = (Columna(matriz.esquina), *(Columna(titulo, "centro") for titulo in matriz.columnas))
    filas = tuple((encabezado, *celdas) for encabezado, celdas in matriz.filas)
    return Tabla(columnas, filas, notas=matriz.notas)


def _nombre(rotulo: str, titulo: str, usados: set[str]) -> str:
    """Nombre de hoja válido y único: a lo más 31 caracteres."""
    base = _limpia(_PROHIBIDOS.sub(" ", f"{rotulo.replace('Tabla ', 'T')} {titulo}")).strip() or "Tabla"
    nombre, vez = base[:31].strip(), 1
    while nombre.casefold() in usados:
        vez += 1
        veces = f" ({vez})"
        nombre = f"{base[: 31 - len(veces)].strip()}{veces}"
    usados.add(nombre.casefold())
    return nombre


def _limpia(texto: str) -> str:
    """Sin lo que no cabe en un XML: lo pegado de Word o de un PDF lo trae sin que se vea."""
    return CONTROL.sub("", texto)


def _escribe(celda: Cell, valor: Celda) -> None:
    """Los textos se guardan como texto aunque empiecen con «=»: una hoja no debe ejecutar lo capturado."""
    if isinstance(valor, str):
        celda.value = _limpia(valor)[:_TOPE_DE_CELDA]
        celda.data_type = "s"
        celda.quotePrefix = valor[:1] in {"=", "+", "-", "@"}
        return
    celda.value = valor
    if isinstance(valor, date):
        celda.number_format = _FORMATO_FECHA
    elif isinstance(valor, int | float | Decimal) and not isinstance(valor, bool):
        celda.number_format = "#,##0" if valor == int(valor) else "#,##0.###"


def _relleno(documento: Documento) -> PatternFill:
    return PatternFill("solid", fgColor=documento.membrete.color.removeprefix("#").upper())


def _encabeza(hoja: Worksheet, fila: int, titulos: Sequence[str], documento: Documento) -> None:
    for numero, titulo in enumerate(titulos, start=1):
        celda = hoja.cell(fila, numero)
        _escribe(celda, titulo)
        celda.font = Font(bold=True, color="FFFFFF")
        celda.fill = _relleno(documento)
        celda.alignment = Alignment(wrap_text=True, vertical="center")


def _desagrupada(tabla: Tabla) -> Tabla:
    """Con el grupo de cada fila en la primera columna."""
    if not tabla.grupos:
        return tabla
    filas = tuple((grupo.titulo if grupo else "", *tabla.filas[n]) for grupo, suyas in grupos_de(tabla) for n in suyas)
    totales = None if tabla.totales is None else (None, *tabla.totales)
    return Tabla((Columna(tabla.agrupada_por or "Grupo"), *tabla.columnas), filas, totales=totales, notas=tabla.notas)


def _cierres(tabla: Tabla) -> list[tuple[Celda, ...]]:
    """Los renglones que van debajo de los datos: un subtotal por grupo y el total."""
    subtotales = [(g.titulo, *g.subtotales) for g in tabla.grupos if g.subtotales is not None]
    plana = _desagrupada(tabla)
    return [*subtotales, *([] if plana.totales is None else [plana.totales])]


def _hoja(hoja: Worksheet, original: Tabla, documento: Documento) -> None:
    tabla = _desagrupada(original)
    _encabeza(hoja, 1, [columna.titulo for columna in tabla.columnas], documento)
    alineaciones = {
        "texto": Alignment(vertical="top", wrap_text=True),
        "fecha": Alignment(vertical="top", horizontal="left"),
        "numero": Alignment(vertical="top", horizontal="right"),
        "centro": Alignment(vertical="top", horizontal="center"),
    }
    for numero, fila in enumerate(tabla.filas, start=2):
        for indice, (valor, columna) in enumerate(zip(fila, tabla.columnas, strict=True), start=1):
            celda = hoja.cell(numero, indice)
            _escribe(celda, valor)
            celda.alignment = alineaciones[columna.clase]
    ultima = len(tabla.filas) + 1
    hoja.freeze_panes = "A2"
    hoja.auto_filter.ref = f"A1:{get_column_letter(len(tabla.columnas))}{ultima}"
    siguiente = ultima + 1
    for cierre in _cierres(original):
        for indice, (valor, columna) in enumerate(zip(cierre, tabla.columnas, strict=True), start=1):
            celda = hoja.cell(siguiente, indice)
            _escribe(celda, valor)
            celda.font = Font(bold=True)
            celda.alignment = alineaciones[columna.clase]
            celda.border = Border(top=Side(style="medium"))
        siguiente += 1
    for desplazamiento, nota in enumerate(tabla.notas, start=1):
        celda = hoja.cell(siguiente + desplazamiento, 1)
        _escribe(celda, nota)
        celda.font = Font(italic=True, color="5A5663")
    for indice, columna in enumerate(tabla.columnas):
        largos = [len(str(fila[indice])) for fila in tabla.filas if fila[indice] is not None]
        ancho = max(len(columna.titulo), min(max(largos, default=0), 60)) + 3
        hoja.column_dimensions[get_column_letter(indice + 1)].width = max(8, min(ancho, 60))
    hoja.print_title_rows = "1:1"
    hoja.page_setup.paperSize = hoja.PAPERSIZE_LETTER
    hoja.page_setup.fitToHeight = 0
    hoja.sheet_properties.pageSetUpPr.fitToPage = True


def _indice(hoja: Worksheet, documento: Documento, entradas: Sequence[tuple[str, str, str, int, str]]) -> None:
    portada = documento.portada
    estado = f"Aprobado mediante acuerdo {portada.acuerdo}" if portada.aprobado else portada.rotulo_estado.upper()
    lineas = [portada.titulo, portada.unidad, portada.periodo, estado]
    for letra in "ABCD":  # la franja del membrete
        hoja[f"{letra}1"].fill = _relleno(documento)
    _escribe(hoja["A1"], portada.institucion or documento.membrete.institucion)
    hoja["A1"].font = Font(bold=True, size=12, color="FFFFFF", name=_LETRAS[documento.membrete.letra])
    hoja["A1"].alignment = Alignment(vertical="center")
    hoja.row_dimensions[1].height = 26
    fila = 1
    for linea in filter(None, lineas):
        fila += 1
        celda = hoja.cell(fila, 1)
        _escribe(celda, linea)
        celda.font = Font(bold=fila == 2, size=14 if fila == 2 else 11, name=_LETRAS[documento.membrete.letra])
    fila += 2
    _encabeza(hoja, fila, ("Tabla", "Apartado", "Filas", "Notas"), documento)
    for nombre, titulo, lugar, cuantas, notas in entradas:
        fila += 1
        valores: tuple[Celda, ...] = (titulo, lugar, cuantas, notas)
        for indice, valor in enumerate(valores, start=1):
            celda = hoja.cell(fila, indice)
            _escribe(celda, valor)
            celda.alignment = Alignment(vertical="top", wrap_text=True)
        enlace = hoja.cell(fila, 1)
        enlace.hyperlink = Hyperlink(ref=enlace.coordinate, location=f"'{nombre}'!A1")
        enlace.font = Font(color=documento.membrete.color.removeprefix("#").upper(), underline="single")
    for letra, ancho in zip("ABCD", (58, 52, 10, 60), strict=True):
        hoja.column_dimensions[letra].width = ancho
