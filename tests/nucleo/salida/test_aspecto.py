"""Lo que se ve: el color de la institución en todo, columnas que no parten palabras y nada que choque con el sitio."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from pypdf import PdfReader

from convenios.cifras.mapa import CLASES
from programas.diagnostico.graficas import TONOS
from vinculacion.nucleo.barras import barras
from vinculacion.nucleo.bloques import Columna, Lista, Referencia, SinActividades, Tabla
from vinculacion.nucleo.colores import con_la_luz_de, contraste_con_blanco, luminancia, mezcla
from vinculacion.nucleo.graficas import DE_LA_CASA, ESCALA, MORADO, TINTA, con_color
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.salida import docx, html, pdf, xlsx
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Membrete, Portada
from vinculacion.nucleo.salida.tablas import anchos, notas, vista_tabla
from vinculacion.nucleo.tablas_derivadas import cruce_por_anio

VERDE, ROJO, LIMITE = "#0a5c36", "#c8102e", "#767676"


def documento(*bloques, **mas) -> Documento:
    return Documento("x", Portada("Informe"), (ApartadoArmado("I", "Uno", 1, tuple(bloques), ancla="uno"),), **mas)


# ── color ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("color", [VERDE, ROJO, LIMITE, "#000000"])
def test_las_series_de_una_grafica_se_distinguen_en_gris_con_cualquier_color(color):
    luces = [luminancia(con_la_luz_de(color, tono)) for tono in ESCALA]
    assert all(
        clara / oscura >= 1.35
        for oscura, clara in zip([n + 0.05 for n in luces], [n + 0.05 for n in luces[1:]], strict=False)
    )
    # El número va en blanco sobre el primer tono y en tinta sobre los demás.
    assert contraste_con_blanco(con_la_luz_de(color, ESCALA[0])) >= 4.5
    assert all((luz + 0.05) / (luminancia(TINTA) + 0.05) >= 4.5 for luz in luces[1:])


def test_mezclar_va_de_un_color_al_otro():
    assert (mezcla("#000000", "#ffffff", 0), mezcla("#000000", "#ffffff", 1)) == ("#000000", "#ffffff")
    assert mezcla("#000000", "#ffffff", 0.5) == "#808080"


def test_los_tonos_de_las_salas_son_de_la_casa():
    assert set(TONOS.values()) | {tono for *_, tono in CLASES} <= DE_LA_CASA


def test_la_grafica_toma_el_color_del_documento_en_la_pagina_y_en_word():
    grafica = barras("Hallazgos", [("Uno", {"A": 3, "B": 2}), ("Dos", {"A": 1, "B": 5})])
    assert grafica is not None
    assert con_color(grafica.svg, MORADO) == grafica.svg
    assert not any(tono in con_color(grafica.svg, VERDE) for tono in DE_LA_CASA)
    de_la_casa, verde = documento(grafica), documento(grafica, membrete=Membrete(color=VERDE))
    fuentes = [re.findall(r'src="(data:[^"]+)"', html.cuerpo(d, portada=False)) for d in (de_la_casa, verde)]
    assert fuentes[0] != fuentes[1]

    def dibujo(hecho: Documento) -> bytes:
        partes = zipfile.ZipFile(io.BytesIO(docx.crear(hecho)))
        return next(partes.read(n) for n in partes.namelist() if "/media/" in n and "membrete" not in n)

    assert dibujo(de_la_casa) != dibujo(verde)


def test_ninguna_clase_del_documento_es_tambien_del_sitio():
    """«.marca» era la del encabezado del sitio: las X de las matrices se pintaban blancas sobre blanco."""
    sitio = set(re.findall(r"^\.([\w-]+)(?=[ ,{:])(?![^{]*\.documento)", _hoja("vinculacion"), re.MULTILINE))
    del_documento = set(re.findall(r"\.documento [^{]*?\.([\w-]+)", _hoja("informe")))
    del_documento |= {"equis", "centro", "numero", "texto", "fecha", "combinada", "corta", "densa", "angosta", "girada"}
    solas = {c for c in sitio if re.search(rf"^\.{c}\s*[{{,]", _hoja("vinculacion"), re.MULTILINE)}
    assert solas
    assert not solas & del_documento


def _hoja(nombre: str) -> str:
    return Path(settings.BASE_DIR, f"static/css/{nombre}.css").read_text(encoding="utf-8")


# ── tablas ───────────────────────────────────────────────────────────────────


def test_un_ancho_fijo_no_parte_las_palabras_de_su_columna():
    assert anchos([20, 10, 10], [20, 40, 40], [9, 45, 46], 100) == [20, 40, 40]
    assert sum(anchos([50, 40, 30], [50, 40, 30], [10, 10, 80], 100)) == 100
    tabla = Tabla(
        (Columna("Cláusula", ancho=5), Columna("Compromiso", ancho=95)), (("Segunda", "Entregar las cápsulas " * 4),)
    )
    assert vista_tabla(tabla, False)["anchos"][0] >= 10


def test_una_tabla_de_pocas_filas_muy_altas_si_se_parte():
    columnas = (Columna("No."), Columna("Supuestos"))
    assert "corta" in vista_tabla(Tabla(columnas, (("1", "Poco"),) * 5), False)["clases"]
    assert "corta" not in vista_tabla(Tabla(columnas, (("1", "Hay recursos suficientes. " * 20),) * 5), False)["clases"]


def test_las_notas_se_anuncian_una_sola_vez():
    assert notas(["Una."]) == ["Nota. Una."]
    assert notas(["Una.", " ", "Otra."]) == ["Notas. Una.", "Otra."]
    assert notas([f"{n} Con llamada." for n in "¹²³⁴⁵⁶⁷⁸⁹"])[3] == "⁴ Con llamada."
    assert notas(["1 Con llamada.", "* También.", "Nota: ya lo dice."]) == [
        "1 Con llamada.", "* También.", "Nota: ya lo dice.",
    ]  # fmt: skip


def test_el_enlace_no_va_en_el_numero_de_renglon():
    tabla = Tabla((Columna("No.", "centro"), Columna("Fecha", "fecha")), ((1, date(2026, 10, 5)),), enlaces=("/1/",))
    (celdas,) = vista_tabla(tabla, True)["grupos"][0].filas
    assert [bool(celda.enlace) for celda in celdas] == [False, True]


# ── todos los formatos ───────────────────────────────────────────────────────


def test_un_cruce_por_anio_y_una_lista_dicen_lo_mismo_en_todos_los_formatos():
    hechos = [
        ("Consejo General", date(2020, 11, 1), 1200),
        ("Comisión", date(2021, 5, 1), 7),
        ("Junta", date(2022, 8, 3), 3),
    ]
    cruce = cruce_por_anio("Órgano", hechos, Periodo(date(2020, 10, 1), date(2022, 8, 31)), titulo="Notas")
    lista = Lista(("Tercer informe", "Primer informe", "Segundo informe"), titulo="Puntos")
    hecho = documento(cruce, lista)
    filas = [
        ["Consejo General", "1,200", "0", "0", "1,200"],
        ["Comisión", "0", "7", "0", "7"],
        ["Junta", "0", "0", "3", "3"],
    ]
    total = ["Total", "1,200", "7", "3", "1,210"]
    leidos = [
        _sin_marcas(str(html.cuerpo(hecho, portada=False, indice=False))),
        _sin_marcas(zipfile.ZipFile(io.BytesIO(docx.crear(hecho))).read("word/document.xml").decode()),
        PdfReader(io.BytesIO(pdf.crear(hecho))).pages[2].extract_text(),
    ]
    for leido in leidos:
        llano = " ".join(leido.split())
        assert " ".join(celda for fila in [*filas, total] for celda in fila) in llano
        lugares = [llano.index(elemento) for elemento in lista.elementos]
        assert lugares == sorted(lugares)
    hoja = openpyxl.load_workbook(io.BytesIO(xlsx.crear(hecho))).worksheets[1]
    valores = [[f"{v:,}" if isinstance(v, int) else v for v in fila] for fila in hoja.iter_rows(values_only=True)]
    assert valores[1:] == [*filas, total]


def _sin_marcas(texto: str) -> str:
    return re.sub(r"<[^>]+>", " ", texto)


def test_word_trae_con_su_estilo_lo_que_no_es_prosa():
    tabla = Tabla((Columna("A"),), (("x",),), notas=("Una nota.",))
    hecho = documento(tabla, Lista(("a",), titulo="Puntos"), SinActividades("Nada."), Referencia("Véase.", "uno"))
    partes = zipfile.ZipFile(io.BytesIO(docx.crear(hecho)))
    cuerpo, estilos = (partes.read(f"word/{n}.xml").decode() for n in ("document", "styles"))
    for estilo in ("Notas", "TituloDeLista", "SinActividades", "Referencia"):
        assert f'w:val="{estilo}"' in cuerpo
        assert f'w:styleId="{estilo}"' in estilos
