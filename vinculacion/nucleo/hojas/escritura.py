"""Escribe hojas: la exportación, la plantilla con sus instrucciones y la lista de errores."""

import csv
import io
import re
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from . import celdas
from .relaciones import VariasPorNombre

TIPOS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NEGRITA = Font(bold=True, color="FFFFFF")
_FONDO = PatternFill("solid", fgColor="3B2F63")
_FONDO_OBLIGATORIA = PatternFill("solid", fgColor="7A1F4B")
_ARRIBA = Alignment(vertical="top", wrap_text=True)
_PELIGRO = re.compile(r"'*[=+\-@\t\r]")
FILAS_PREPARADAS = 1000


def protege(valor):
    """Un texto que la hoja tomaría por fórmula lleva un apóstrofo, que ``a_texto`` quita al leer."""
    if isinstance(valor, str) and _PELIGRO.match(valor):
        return f"'{valor}"
    return valor


def _plano(valor):
    """La celda de un CSV: lo mismo que en pantalla, sin comas de millar."""
    if valor is None:
        return ""
    if isinstance(valor, datetime):
        return valor.strftime("%d/%m/%Y %H:%M")
    if isinstance(valor, date):
        return valor.strftime("%d/%m/%Y")
    if isinstance(valor, str):
        return protege(valor)
    return str(valor)


def a_csv(encabezados, filas) -> bytes:
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida)
    escritor.writerow([_plano(e) for e in encabezados])
    for fila in filas:
        escritor.writerow([_plano(v) for v in fila])
    # La marca inicial hace que Excel lea los acentos.
    return b"\xef\xbb\xbf" + salida.getvalue().encode()


def a_xlsx(encabezados, filas, titulo="Datos") -> bytes:
    libro = Workbook()
    hoja = libro.active
    hoja.title = re.sub(r"[\[\]:*?/\\]", " ", titulo)[:31]
    anchos = _encabeza(hoja, list(encabezados))
    for numero, fila in enumerate(filas, 2):
        for indice, valor in enumerate(fila, 1):
            if valor is None or valor == "":
                continue
            celda = hoja.cell(row=numero, column=indice)
            _pon(celda, valor)
            largo = max((len(x) for x in str(valor).split("\n")), default=0)
            anchos[indice - 1] = max(anchos[indice - 1], min(largo + 2, 60))
    _ancho(hoja, anchos)
    return _bytes(libro)


def _pon(celda, valor):
    if isinstance(valor, str):
        celda.value = celdas.CONTROL.sub("", protege(valor))
        celda.data_type = "s"  # nunca fórmula
    else:
        celda.value = valor
        if isinstance(valor, datetime):
            celda.number_format = "dd/mm/yyyy hh:mm"
        elif isinstance(valor, date):
            celda.number_format = "dd/mm/yyyy"


def _encabeza(hoja, encabezados, obligatorias=()):
    for indice, texto in enumerate(encabezados, 1):
        celda = hoja.cell(row=1, column=indice, value=str(texto))
        celda.font = _NEGRITA
        celda.fill = _FONDO_OBLIGATORIA if indice - 1 in obligatorias else _FONDO
        celda.alignment = Alignment(vertical="center", wrap_text=True)
    hoja.freeze_panes = "A2"
    return [max(12, min(len(str(e)) + 4, 40)) for e in encabezados]


def _ancho(hoja, anchos):
    for indice, ancho in enumerate(anchos, 1):
        hoja.column_dimensions[get_column_letter(indice)].width = ancho


def _bytes(libro) -> bytes:
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


# -- Exportación ----------------------------------------------------------------------------------


def exportar(recurso, queryset, formato) -> bytes:
    """Las columnas de la plantilla, de modo que lo exportado se vuelve a importar tal cual."""
    instancia = recurso()
    encabezados = [c.column_name for c in instancia.columnas().values()]
    filas = instancia.filas(queryset)
    if formato == "csv":
        return a_csv(encabezados, filas)
    return a_xlsx(encabezados, filas, recurso.titulo_humano())


def respuesta(contenido: bytes, nombre: str, formato: str) -> HttpResponse:
    contestacion = HttpResponse(contenido, content_type=TIPOS[formato])
    archivo = f"{slugify(nombre) or 'hoja'}.{formato}"
    contestacion["Content-Disposition"] = f'attachment; filename="{archivo}"'
    contestacion["X-Content-Type-Options"] = "nosniff"
    return contestacion


# -- Plantilla ------------------------------------------------------------------------------------


def plantilla(recurso, formato="xlsx") -> bytes:
    """La hoja vacía de un recurso; en XLSX, con instrucciones y listas de lo permitido."""
    instancia = recurso()
    descripciones = instancia.descripciones()
    if formato == "csv":
        return a_csv([d.encabezado for d in descripciones], [])
    libro = Workbook()
    hoja = libro.active
    hoja.title = "Datos"
    anchos = _encabeza(
        hoja,
        [d.encabezado for d in descripciones],
        {i for i, d in enumerate(descripciones) if d.obligatoria or d.clave},
    )
    _ancho(hoja, anchos)
    listas = None
    for indice, d in enumerate(descripciones, 1):
        columna = instancia.fields[d.campo]
        letra = get_column_letter(indice)
        nota = Comment(_nota(d), "Plantilla", width=320, height=150)
        hoja.cell(row=1, column=indice).comment = nota
        formato_celda = {
            celdas.Fecha: "dd/mm/yyyy",
            celdas.FechaHora: "dd/mm/yyyy hh:mm",
            celdas.Hora: "hh:mm",
            celdas.Entero: "0",
            celdas.NumeroDecimal: "General",
        }.get(type(columna.widget), "@")  # texto: que «001» y «10/20» no se vuelvan número ni fecha
        for fila in range(2, FILAS_PREPARADAS + 2 if len(descripciones) <= 30 else 202):
            hoja.cell(row=fila, column=indice).number_format = formato_celda
        varias = isinstance(columna.widget, VariasPorNombre | celdas.Lista)
        if d.permitidos and not varias:
            if listas is None:
                listas = libro.create_sheet("Listas")
                listas.sheet_state = "hidden"
            donde = listas.max_column + (1 if listas["A1"].value is not None else 0)
            _pon(listas.cell(row=1, column=donde), d.encabezado)
            for n, valor in enumerate(d.permitidos, 2):
                listas.cell(row=n, column=donde).value = valor
                listas.cell(row=n, column=donde).data_type = "s"
            l_letra = get_column_letter(donde)
            validacion = DataValidation(
                type="list",
                formula1=f"Listas!${l_letra}$2:${l_letra}${len(d.permitidos) + 1}",
                allow_blank=True,
                errorStyle="warning",
                showErrorMessage=True,
                errorTitle="Valor fuera de la lista",
                error="Elija uno de la lista.",
            )
            validacion.add(f"{letra}2:{letra}{FILAS_PREPARADAS + 1}")
            hoja.add_data_validation(validacion)
    _instrucciones(libro.create_sheet("Instrucciones", 1), recurso, descripciones)
    return _bytes(libro)


def _nota(d) -> str:
    lineas = ["Obligatoria." if d.obligatoria or d.clave else "Opcional."]
    if d.clave:
        lineas.append("Identifica el registro: si ya existe, la fila lo actualiza.")
    if d.ayuda:
        lineas.append(d.ayuda)
    lineas.append(d.formato + ".")
    if d.permitidos:
        resto = len(d.permitidos) - 15
        lineas.append("; ".join(d.permitidos[:15]) + (f"; y {resto} más" if resto > 0 else ""))
    return "\n".join(lineas)


def _instrucciones(hoja, recurso, descripciones):
    _encabeza(hoja, ["Columna", "Obligatoria", "Identifica", "Formato", "Valores que se aceptan",
                     "Ejemplo", "Explicación"])  # fmt: skip
    for numero, d in enumerate(descripciones, 2):
        permitidos = d.permitidos[:60]
        valores = (
            d.encabezado,
            "Sí" if d.obligatoria or d.clave else "No",
            "Sí" if d.clave else "",
            d.formato,
            "; ".join(permitidos) + ("; …" if len(d.permitidos) > 60 else ""),
            d.ejemplo,
            d.ayuda,
        )
        for indice, valor in enumerate(valores, 1):
            celda = hoja.cell(row=numero, column=indice)
            _pon(celda, valor)
            celda.alignment = _ARRIBA
    _ancho(hoja, [28, 12, 12, 32, 50, 28, 60])
    reglas = (
        f"Hoja para importar: {recurso.titulo_humano()}.",
        "Escriba en la hoja «Datos», una fila por registro; no cambie los encabezados.",
        "Puede quitar columnas opcionales: lo que no está en la hoja no se toca.",
        "Una celda vacía de una columna presente borra el dato.",
        "Importar dos veces la misma hoja no cambia nada la segunda vez.",
        "Si una sola fila tiene un error, no se guarda ninguna; se muestran todos los errores juntos.",
    )
    for numero, regla in enumerate(reglas, len(descripciones) + 4):
        hoja.cell(row=numero, column=1, value=regla)


def renglones_a_hoja(renglones, titulo: str, formato: str = "xlsx") -> bytes:
    """Errores o rarezas de una importación, uno por renglón."""
    encabezados = ["Fila", "Columna", "Valor", "Motivo"]
    filas = [[r.fila or None, r.columna, r.valor, r.motivo] for r in renglones]
    return a_csv(encabezados, filas) if formato == "csv" else a_xlsx(encabezados, filas, titulo)
