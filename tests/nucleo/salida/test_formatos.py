"""Un documento dice lo mismo en todos sus formatos: las mismas cifras, las mismas filas y en el mismo orden."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import html as arbol_html
from pypdf import PdfReader

from tests.fabricas.bloques import documentos
from tests.nucleo.imprenta.test_imprenta import faltas
from vinculacion.nucleo.bloques import Cifra, Colofon, Frase, Imagen, Matriz, Parrafo, Tabla
from vinculacion.nucleo.salida import docx, html, json, pdf, xlsx
from vinculacion.nucleo.salida.documento import Documento, celda_escrita, recorrido
from vinculacion.nucleo.salida.tablas import grupos_de, vista_matriz

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLAVE = re.compile(r"Z\d+Z")
# Sin reducir el caso hallado: cada intento imprime un PDF.
CASOS = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

Filas = list[list[str]]


def bloques(documento: Documento) -> list:
    return [bloque for paso in recorrido(documento) for bloque, _ in paso.bloques]


def llano(texto: str) -> str:
    return re.sub(r"\s+", " ", texto).strip()


def sin_huecos(filas) -> Filas:
    return [[llano(t) for t in fila if llano(t)] for fila in filas]


def esperadas(documento: Documento) -> list[Filas]:
    """Las filas de cada tabla, con sus encabezados de grupo, subtotales y totales."""
    tablas = []
    for bloque in bloques(documento):
        if isinstance(bloque, Matriz):
            filas = [
                [bloque.esquina, *bloque.columnas],
                *([e, *map(celda_escrita, celdas)] for e, celdas in bloque.filas),
            ]
        elif isinstance(bloque, Tabla):
            filas = [[columna.titulo for columna in bloque.columnas]]
            for grupo, suyas in grupos_de(bloque):
                filas += [[grupo.titulo]] if grupo else []
                filas += [[celda_escrita(celda) for celda in bloque.filas[n]] for n in suyas]
                filas += [list(map(celda_escrita, grupo.subtotales))] if grupo and grupo.subtotales else []
            filas += [list(map(celda_escrita, bloque.totales))] if bloque.totales else []
        else:
            continue
        tablas.append(sin_huecos(filas))
    return tablas


def cifras(documento: Documento) -> list[tuple[str, str]]:
    todas: list[Cifra] = []
    for bloque in bloques(documento):
        if isinstance(bloque, Cifra):
            todas.append(bloque)
        elif isinstance(bloque, Frase):
            todas += [parte for parte in bloque.partes if isinstance(parte, Cifra)]
    return [(celda_escrita(c.valor), c.etiqueta) for c in todas]


def notas(documento: Documento) -> set[str]:
    return {
        clave
        for bloque in bloques(documento)
        if isinstance(bloque, Parrafo) and bloque.formato == "markdown"
        for clave in CLAVE.findall(bloque.texto.split("\n\n")[1])[1:]
    }


def tablas_de_html(texto: str) -> list[Filas]:
    salida = []
    for tabla in arbol_html.fromstring(texto).iter("table"):
        filas, arrastra = [], {}
        for tr in tabla.iter("tr"):
            fila, celdas, lugar = [], iter(tr), 0
            while True:
                if arrastra.get(lugar, (0, ""))[0]:
                    faltan, dice = arrastra[lugar]
                    arrastra[lugar] = (faltan - 1, dice)
                    fila.append(dice)
                    lugar += 1
                    continue
                if (celda := next(celdas, None)) is None:
                    break
                fila.append(celda.text_content())
                arrastra[lugar] = (int(celda.get("rowspan", 1)) - 1, celda.text_content())
                lugar += int(celda.get("colspan", 1))
            filas.append(fila)
        salida.append(sin_huecos(filas))
    return salida


def texto_de(nodo) -> str:
    return "".join(t.text or "" for t in nodo.iter(f"{W}t"))


def tablas_de_word(cuerpo) -> list[Filas]:
    salida = []
    for tabla in cuerpo.iter(f"{W}tbl"):
        filas: list[dict[int, str]] = []
        for tr in tabla.iter(f"{W}tr"):
            fila, lugar = {}, 0
            for celda in tr.findall(f"{W}tc"):
                sigue = celda.find(f"{W}tcPr/{W}vMerge")
                continua = sigue is not None and sigue.get(f"{W}val", "continue") == "continue"
                fila[lugar] = filas[-1][lugar] if continua else texto_de(celda)
                abarca = celda.find(f"{W}tcPr/{W}gridSpan")
                lugar += 1 if abarca is None else int(abarca.get(f"{W}val"))
            filas.append(fila)
        salida.append(sin_huecos(fila.values() for fila in filas))
    return salida


def orden(texto: str, salvo: set[str]) -> list[str]:
    """Las claves en el orden en que se leen por primera vez."""
    return [clave for clave in dict.fromkeys(CLAVE.findall(texto)) if clave not in salvo]


def alternativos(documento: Documento) -> set[str]:
    """Los títulos se leen; los textos alternativos no están en el texto."""
    return {clave for b in bloques(documento) if isinstance(b, Imagen) for clave in CLAVE.findall(b.alternativo)}


def girados(documento: Documento) -> set[str]:
    """Los encabezados girados se dibujan al final de su tabla; en el árbol de etiquetas van en su lugar."""
    giradas = (b for b in bloques(documento) if isinstance(b, Matriz) and vista_matriz(b)["girada"])
    return {clave for matriz in giradas for columna in matriz.columnas for clave in CLAVE.findall(columna)}


@CASOS
@given(documentos())
def test_html_y_word_traen_las_mismas_filas_y_cifras(documento):
    pagina = str(html.cuerpo(documento))
    word = zipfile.ZipFile(io.BytesIO(docx.crear(documento)))
    cuerpo = ElementTree.fromstring(word.read("word/document.xml"))
    assert tablas_de_html(pagina) == esperadas(documento)
    assert tablas_de_word(cuerpo) == esperadas(documento)
    en_pagina = llano(arbol_html.fromstring(pagina).text_content())
    en_word = llano(" ".join(texto_de(p) for p in cuerpo.iter(f"{W}p")))
    for valor, etiqueta in cifras(documento):
        assert f"{valor} {etiqueta}" in en_pagina
        assert f"{valor} {etiqueta}" in en_word
    al_pie = ElementTree.fromstring(word.read("word/footnotes.xml"))
    assert set(orden(texto_de(al_pie), set())) == notas(documento)


@CASOS
@given(documentos())
def test_la_hoja_de_calculo_trae_los_mismos_valores_con_su_tipo(documento):
    libro = openpyxl.load_workbook(io.BytesIO(xlsx.crear(documento)))
    hojas = iter(libro.worksheets[1:])
    for bloque in bloques(documento):
        if not isinstance(bloque, Tabla | Matriz):
            continue
        hoja = next(hojas)
        valores = [[_de_hoja(v) for v in fila] for fila in hoja.iter_rows(values_only=True)]
        filas = list(_de_tabla(bloque) if isinstance(bloque, Tabla) else _de_matriz(bloque))
        assert valores[1 : len(filas) + 1] == filas
        assert hoja.auto_filter.ref == f"A1:{hoja.cell(1, len(filas[0])).column_letter}{len(filas) + 1}"
        if isinstance(bloque, Tabla):
            cierres = [g.subtotales for g in bloque.grupos if g.subtotales] + (
                [bloque.totales] if bloque.totales else []
            )
            debajo = valores[len(filas) + 1 : len(filas) + 1 + len(cierres)]
            # Un decimal vuelve de la hoja como flotante; la cifra es la misma.
            escritos = [[celda_escrita(v) for v in f[-len(bloque.columnas) :]] for f in debajo]
            assert escritos == [[celda_escrita(v) for v in c] for c in cierres]
    if cifras(documento):
        en_hoja = [(celda_escrita(f[2]), f[1]) for f in libro["Cifras"].iter_rows(min_row=2, values_only=True)]
        assert [(celda_escrita(float(v.replace(",", ""))), e) for v, e in cifras(documento)] == [
            (celda_escrita(float(v.replace(",", ""))), e) for v, e in en_hoja
        ]


def _de_hoja(valor):
    return valor.date() if hasattr(valor, "date") else valor


def _de_tabla(tabla: Tabla) -> Iterator[list]:
    for grupo, suyas in grupos_de(tabla):
        for n in suyas:
            yield [*([grupo.titulo] if grupo else []), *tabla.filas[n]]


def _de_matriz(matriz: Matriz) -> Iterator[list]:
    for encabezado, celdas in matriz.filas:
        yield [encabezado, *celdas]


@settings(CASOS, max_examples=6)
@given(documentos())
def test_el_pdf_trae_lo_mismo_en_el_mismo_orden_y_vale(documento):
    contenido = pdf.crear(documento)
    hojas = [hoja.extract_text() for hoja in PdfReader(io.BytesIO(contenido)).pages]
    # Sin portada ni índice, que repiten los títulos; la cabecera de cada hoja dice el del documento.
    apartados = notas(documento) | girados(documento)
    salvo = apartados | alternativos(documento) | set(CLAVE.findall(documento.portada.titulo))
    todo = llano(" ".join(hojas[2:]))
    pagina = llano(arbol_html.fromstring(str(html.cuerpo(documento, portada=False, indice=False))).text_content())
    assert orden(todo, salvo) == orden(pagina, salvo)
    assert apartados <= set(CLAVE.findall(todo))
    de_las_tablas = Counter(t for filas in esperadas(documento) for fila in filas for t in fila if t[0].isdigit())
    del_pdf = Counter(re.findall(r"(?<![\w,.])[\d,]+(?:\.\d+)?(?![\w])", todo))
    assert not de_las_tablas - del_pdf
    assert faltas(contenido, "ua1") == []
    assert faltas(contenido, "2a") == []


@settings(CASOS, max_examples=8)
@given(documentos())
def test_del_json_salen_los_mismos_formatos(documento):
    vuelto = json.leer(json.crear(documento))
    assert html.cuerpo(vuelto) == html.cuerpo(documento)
    assert esperadas(vuelto) == esperadas(documento)


def test_el_colofon_no_rompe_ningun_formato():
    """Sin QR ni dirección: sólo datos."""
    from vinculacion.nucleo.salida.documento import ApartadoArmado, Portada

    hecho = Documento("x", Portada("X"), (ApartadoArmado("", "Colofón", 1, (Colofon((("Acuerdo", "CVOE/1/21"),)),)),))
    assert faltas(pdf.crear(hecho), "ua1") == []
    assert "CVOE/1/21" in str(html.cuerpo(hecho))
    assert docx.crear(hecho)


INVISIBLES = "a\x01b\x0bc\x1f\ufffe"  # lo que se pega de Word o de un PDF sin que se vea


def test_lo_que_no_se_ve_no_estropea_ningun_formato():
    from vinculacion.nucleo.bloques import Columna
    from vinculacion.nucleo.salida.documento import ApartadoArmado, Portada

    tabla = Tabla((Columna(INVISIBLES),), ((INVISIBLES,),), titulo=INVISIBLES)
    uno = ApartadoArmado("I", INVISIBLES, 1, (Parrafo(f"{INVISIBLES}[^1]\n\n[^1]: {INVISIBLES}", "markdown"), tabla))
    hecho = Documento("x", Portada(INVISIBLES, unidad=INVISIBLES, institucion=INVISIBLES), (uno,), autor=INVISIBLES)
    word = zipfile.ZipFile(io.BytesIO(docx.crear(hecho)))
    partes = [word.read(nombre) for nombre in word.namelist() if nombre.endswith((".xml", ".rels"))]
    assert sum("abc" in "".join(ElementTree.fromstring(parte).itertext()) for parte in partes) >= 4
    assert openpyxl.load_workbook(io.BytesIO(xlsx.crear(hecho))).worksheets[1]["A2"].value == "abc"
    contenido = pdf.crear(hecho)
    assert faltas(contenido, "ua1") == []
    assert faltas(contenido, "2a") == []


def test_las_hojas_de_cien_tablas_con_el_mismo_nombre_caben_en_excel():
    from vinculacion.nucleo.bloques import Columna
    from vinculacion.nucleo.salida.documento import ApartadoArmado, Portada

    tablas = tuple(Tabla((Columna("N", "numero"),), ((Decimal("0.125"),),)) for _ in range(101))
    uno = ApartadoArmado("I", "Unnombrelarguísimoysinespacios", 1, tablas)
    libro = openpyxl.load_workbook(io.BytesIO(xlsx.crear(Documento("x", Portada("X"), (uno,)))))
    assert len({nombre.casefold() for nombre in libro.sheetnames}) == 102
    assert max(map(len, libro.sheetnames)) <= 31
    assert libro.worksheets[1]["A2"].number_format == "#,##0.###"  # los mismos decimales que en el PDF


@pytest.mark.parametrize("letra", ["sans", "serif"])
def test_cada_letra_sale_en_el_pdf_y_en_el_word(letra):
    from vinculacion.nucleo.salida.documento import ApartadoArmado, Membrete, Portada

    hecho = Documento(
        "x", Portada("X"), (ApartadoArmado("", "Uno", 1, (Parrafo("Hola."),)),), membrete=Membrete(letra=letra)
    )
    lector = PdfReader(io.BytesIO(pdf.crear(hecho)))
    letras = {str(f.get_object()["/BaseFont"]) for p in lector.pages for f in p["/Resources"]["/Font"].values()}
    assert letras
    assert all(f"Source-{letra.capitalize()}" in nombre for nombre in letras), letras
    word = zipfile.ZipFile(io.BytesIO(docx.crear(hecho))).read("word/styles.xml").decode()
    assert {"sans": "Calibri", "serif": "Cambria"}[letra] in word
