"""Los formatos de un informe: mismo contenido, mismo orden, y nada que se rompa con datos raros."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest
from pypdf import PdfReader

from vinculacion.nucleo.bloques import (
    Cifra,
    Columna,
    Grafica,
    Lista,
    Matriz,
    Parrafo,
    SinActividades,
    Tabla,
    Titulo,
    a_json,
    desde_json,
    hay_contenido,
)
from vinculacion.nucleo.salida import docx, html, json, pdf, xlsx
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Membrete, Portada, celda_escrita, recorrido
from vinculacion.nucleo.salida.imprenta.prensa import SoloEstaticos
from vinculacion.nucleo.salida.tablas import anchos, enlace_interno, tramos, vista_matriz

from .ejemplo import CALIDADES, SVG, documento, larga, organos


@pytest.fixture(scope="module")
def informe():
    return documento()


@pytest.fixture(scope="module")
def lector(informe):
    return PdfReader(io.BytesIO(pdf.crear(informe)))


@pytest.fixture(scope="module")
def paginas(lector):
    return [pagina.extract_text() for pagina in lector.pages]


def con(*bloques, **portada):
    apartado = ApartadoArmado("I", "Apartado", 1, tuple(bloques), ancla="uno")
    return Documento("prueba", Portada(**({"titulo": "Informe de prueba"} | portada)), (apartado,))


def plano(texto):
    return re.sub(r"\s+", " ", texto)


# ── bloques ──────────────────────────────────────────────────────────────────


def test_los_bloques_vuelven_iguales_del_json(informe):
    assert informe.apartados
    for paso in recorrido(informe):
        assert desde_json(a_json(paso.apartado.bloques)) == paso.apartado.bloques


def test_fechas_y_decimales_conservan_su_tipo():
    tabla = Tabla(
        (Columna("F", "fecha"), Columna("N", "numero", 30)), ((date(2020, 10, 1), Decimal("1.50")), (None, 2))
    )
    (vuelta,) = desde_json(a_json([tabla]))
    assert vuelta == tabla
    assert isinstance(vuelta.filas[0][1], Decimal)


def test_un_bloque_no_lleva_horas_ni_objetos():
    for raro in (datetime(2020, 1, 1), object()):  # noqa: DTZ001
        with pytest.raises(TypeError):
            a_json([Tabla((Columna("a"),), ((raro,),))])


def test_un_bloque_desconocido_no_se_lee():
    with pytest.raises(ValueError, match="desconocido"):
        desde_json([{"bloque": "pastel"}])


@pytest.mark.parametrize(
    "construir",
    [
        lambda: Columna("a", "rara"),
        lambda: Columna("a", ancho=0),
        lambda: Parrafo("a", "html"),
        lambda: Tabla((Columna("a"),), ((1, 2),)),
        lambda: Tabla((Columna("a"),), ((1,),), totales=(1, 2)),
        lambda: Tabla((Columna("a"),), ((1,),), combinar=(3,)),
        lambda: Tabla((Columna("a"),), ((1,),), enlaces=("/a/", "/b/")),
        lambda: Matriz("e", ("a", "b"), (("f", ("X",)),)),
        lambda: Membrete(color="red; } body { display: none"),
    ],
)
def test_los_datos_mal_formados_se_rechazan(construir):
    with pytest.raises(ValueError):
        construir()


@pytest.mark.parametrize(
    ("bloques", "esperado"),
    [
        ([], False),
        ([Titulo("Solo título")], False),
        ([SinActividades("Nada")], False),
        ([Parrafo("  ")], False),
        ([Tabla((Columna("a"),), ())], False),
        ([Lista(())], False),
        ([Titulo("T"), Lista(("uno",))], True),
        ([Cifra("c", 0)], True),
        ([Parrafo("algo")], True),
        ([Grafica("g", "d", SVG)], True),
    ],
)
def test_hay_contenido(bloques, esperado):
    assert hay_contenido(bloques) is esperado


# ── tablas ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("minimos", "pesos", "fijos"),
    [
        ([5, 12, 14], [5, 30, 60], [None, None, None]),
        ([5, 5], [5, 5], [10, 90]),
        ([5, 5, 5], [5, 5, 5], [60, 60, None]),
        ([20] * 12, [40] * 12, [None] * 12),
        ([5], [200], [None]),
        ([5, 5], [9, 9], [30, 30]),
    ],
)
def test_los_anchos_suman_cien(minimos, pesos, fijos):
    salida = anchos(minimos, pesos, fijos, 100)
    assert sum(salida) == 100
    assert min(salida) >= 1


def test_los_valores_iguales_y_seguidos_se_combinan_sin_grupos_enormes():
    assert [len(tramo) for tramo in tramos(organos())] == [4, 2, 3, 2]
    muchas = Tabla((Columna("a"), Columna("b")), tuple((n, "igual") for n in range(20)), combinar=(1,))
    assert [len(tramo) for tramo in tramos(muchas)] == [7, 6, 7]


def test_celdas_vacias_no_se_combinan():
    tabla = Tabla((Columna("a"),), ((None,), (None,), ("",)), combinar=(0,))
    assert len(tramos(tabla)) == 3


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//otro.example/", "https://otro.example/", "/\\otro", ""])
def test_solo_hay_enlaces_internos(url):
    assert enlace_interno(url) == ""


@pytest.mark.parametrize(
    ("celda", "texto"),
    [
        (date(2020, 10, 1), "Jueves 1° de octubre de 2020"),
        (1765, "1,765"),
        (None, ""),
        ("Jueves a viernes", "Jueves a viernes"),
        (Decimal("12.5"), "12.5"),
    ],
)
def test_celda_escrita(celda, texto):
    assert celda_escrita(celda) == texto


# ── HTML ─────────────────────────────────────────────────────────────────────


def test_la_pagina_no_lleva_estilos_ni_programas_en_linea(informe):
    cuerpo = html.cuerpo(informe, base=2, enlaces=True)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", cuerpo)
    assert "alert(1)" not in cuerpo
    assert 'href="/programas/actividades/1/"' in cuerpo


def test_los_encabezados_no_saltan_niveles_y_hay_uno_principal(informe):
    niveles = [int(n) for n in re.findall(r"<h([1-6])", html.cuerpo(informe))]
    assert niveles.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(niveles, niveles[1:], strict=False))
    assert "<h1" not in html.cuerpo(informe, base=2)


def test_lo_capturado_sale_escapado():
    malo = "<img src=x onerror=alert(1)> & «comillas»"
    bloques = (
        Titulo(malo), Parrafo(malo), Parrafo(malo, "markdown"), Cifra(malo, 1, malo), Lista((malo,), titulo=malo, notas=(malo,)),
        Tabla((Columna(malo),), ((malo,),), titulo=malo, notas=(malo,)), Matriz(malo, (malo,), ((malo, (malo,)),), titulo=malo),
        Grafica(malo, malo, SVG), SinActividades(malo),
    )  # fmt: skip
    assert "<img src=x" not in html.cuerpo(con(*bloques, titulo=malo, organo=malo, leyenda=malo))


def test_el_markdown_conserva_listas_y_negritas_pero_no_encabezados():
    salida = html.parrafo(Parrafo("# Gran título\n\n**Hola** [mal](javascript:alert(1))\n\n- uno\n- dos", "markdown"))
    assert "<strong>Hola</strong>" in salida
    assert "<li>uno</li>" in salida
    assert "<h1" not in salida
    assert "javascript:" not in salida


def test_los_folios_de_una_lista_van_en_negritas():
    salida = html.fragmento([Lista(("CVOE/043/20. Aprobación del orden del día.", "Sin folio."))])
    assert "<strong>CVOE/043/20.</strong> Aprobación" in salida
    assert "<li>Sin folio.</li>" in salida


def test_las_anclas_no_se_repiten():
    repetido = ApartadoArmado("1", "Uno", 1, ancla="igual")
    pasos = list(recorrido(Documento("c", Portada("t"), (repetido, repetido))))
    assert [paso.ancla for paso in pasos] == ["igual", "igual-2"]


def test_las_tablas_se_numeran_en_orden(informe):
    rotulos = [rotulo for paso in recorrido(informe) for _, rotulo in paso.bloques if rotulo]
    assert rotulos == ["Tabla 1", "Tabla 2", "Tabla 3", "Gráfica 1", "Tabla 4", "Tabla 5", "Tabla 6"]


# ── PDF ──────────────────────────────────────────────────────────────────────


def test_la_portada_dice_que_se_aprobo_y_cuando(paginas):
    portada = plano(paginas[0])
    orden = ("Instituto Electoral", "Cuarto informe trimestral", "Octubre a diciembre de 2020", "Aprobado mediante acuerdo", "CVOE/004/21",
             "Punto 4", "Primera sesión ordinaria", "Jueves 21 de enero de 2021")  # fmt: skip
    lugares = [portada.index(texto) for texto in orden]
    assert lugares == sorted(lugares)
    assert "Página" not in portada


def test_sin_acuerdo_es_un_proyecto():
    lector = PdfReader(io.BytesIO(pdf.crear(documento(aprobado=False, filas=1))))
    assert "PROYECTO" in lector.pages[0].extract_text()
    assert "PROYECTO" in lector.pages[2].extract_text()


def test_el_indice_lleva_a_la_pagina_donde_esta_cada_apartado(informe, paginas):
    indice = plano(paginas[1])
    assert informe.apartados
    for paso in recorrido(informe):
        hallado = re.search(re.escape(paso.apartado.encabezado) + r"\s*(\d+)", indice)
        assert hallado, paso.apartado.encabezado
        assert paso.apartado.encabezado in plano(paginas[int(hallado[1]) - 1])


def test_hay_marcadores_por_apartado(lector):
    def planos(marcadores):
        for marcador in marcadores:
            if isinstance(marcador, list):
                yield from planos(marcador)
            else:
                yield marcador.title

    titulos = list(planos(lector.outline))
    assert titulos[:4] == ["Portada", "Índice", "Introducción", "I. Sesiones de la Comisión y asistencia"]
    assert "B) Seguimiento a las sesiones del Consejo, las comisiones y el Consejo Local" in titulos


def test_cada_pagina_dice_su_numero_y_el_total(paginas):
    assert len(paginas) > 3
    for numero, texto in enumerate(paginas[1:], start=2):
        assert f"Página {numero} de {len(paginas)}" in plano(texto)


def test_el_encabezado_de_una_tabla_larga_se_repite(paginas):
    con_filas = [texto for texto in paginas if re.search(r"Aviso \d+ a la Red", texto)]
    assert len(con_filas) > 3
    assert all("Información compartida" in texto for texto in con_filas)


def test_ninguna_fila_se_pierde_ni_cambia_de_orden(paginas):
    todo = plano(" ".join(paginas))
    assert [int(n) for n in re.findall(r"Aviso (\d+) a la Red", todo)] == list(range(1, len(larga().filas) + 1))
    lugar = todo.index("Asistencia a las sesiones")
    for calidad in CALIDADES:
        lugar = todo.index(calidad, lugar)


def test_un_grupo_combinado_no_se_parte_entre_paginas():
    for relleno in range(18, 34, 3):
        previo = Lista(tuple(f"Renglón {n}" for n in range(relleno)))
        textos = [pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf.crear(con(previo, organos())))).pages]
        for organo, fechas in (
            ("Comisión de Capacitación", ("8 de octubre", "29 de octubre")),
            ("Consejo Local", ("10 de diciembre", "17 de diciembre")),
        ):
            donde = next(texto for texto in textos if organo in texto)
            assert all(fecha in plano(donde) for fecha in fechas)


def test_el_pdf_esta_etiquetado_y_dice_su_lengua_y_titulo(lector, informe):
    raiz = lector.trailer["/Root"]
    assert raiz["/Lang"] == "es-MX"
    assert raiz["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in raiz
    assert lector.metadata.title == informe.portada.titulo
    assert lector.metadata.author == "Secretaría técnica"
    assert b"pdfuaid" in raiz["/Metadata"].get_data()


def test_usa_la_letra_de_la_casa(lector):
    letras = {str(f.get_object()["/BaseFont"]) for p in lector.pages for f in p["/Resources"]["/Font"].values()}
    assert letras
    assert all("Source-Sans-3" in letra for letra in letras), letras


def test_un_titulo_de_diez_mil_letras_cabe_en_varias_lineas():
    titulo = "Informe de actividades " * 435
    lector = PdfReader(io.BytesIO(pdf.crear(con(Parrafo("Fin."), titulo=titulo))))
    texto = plano(" ".join(pagina.extract_text() for pagina in lector.pages))
    assert texto.count("Informe de actividades") >= 435
    assert "Fin." in texto


def test_mil_filas_no_revientan():
    lector = PdfReader(io.BytesIO(pdf.crear(con(larga(1000)))))
    assert "Aviso 1000 a la Red" in plano(lector.pages[-1].extract_text())


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1/", "file:///estaticos/../settings.py", "data:text/html;base64,QQ=="]
)
def test_la_imprenta_no_abre_nada_ajeno(url):
    with pytest.raises((ValueError, FileNotFoundError)):
        SoloEstaticos(pdf.carpetas()).fetch(url)


def test_un_documento_vacio_tambien_se_escribe():
    vacio = Documento("vacio", Portada("Sin apartados"), ())
    for formato in (pdf, docx, xlsx, json):
        assert formato.crear(vacio)


# ── DOCX, XLSX, JSON ─────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def word(informe):
    return zipfile.ZipFile(io.BytesIO(docx.crear(informe)))


def test_el_docx_lleva_estilos_encabezados_de_tabla_e_indice(word, informe):
    for nombre in word.namelist():
        if nombre.endswith((".xml", ".rels")):
            ElementTree.fromstring(word.read(nombre))
    cuerpo = word.read("word/document.xml").decode()
    assert cuerpo.count('w:val="Heading1"') == len(informe.apartados)
    assert cuerpo.count("w:tblHeader") == sum(
        isinstance(b, Tabla | Matriz) for p in recorrido(informe) for b, _ in p.bloques
    )
    assert "TOC \\o" in cuerpo
    assert "headerReference" in cuerpo
    assert "footerReference" in cuerpo
    assert 'descr="Barras: 12, 18, 15 y 22 actividades en los cuatro trimestres."' in cuerpo
    assert "data:image" not in cuerpo
    assert "Aprobado mediante acuerdo CVOE/004/21" in cuerpo
    assert 'w:val="es-MX"' in word.read("word/styles.xml").decode()


def test_el_docx_trae_todas_las_filas(word):
    texto = "".join(ElementTree.fromstring(word.read("word/document.xml")).itertext())
    assert [int(n) for n in re.findall(r"Aviso (\d+) a la Red", texto)] == list(range(1, 121))


@pytest.fixture(scope="module")
def libro(informe):
    return openpyxl.load_workbook(io.BytesIO(xlsx.crear(informe)))


def test_el_libro_tiene_una_hoja_por_tabla_con_tipos_filtro_y_encabezado_fijo(libro):
    assert libro.sheetnames[0] == "Índice"
    hoja = next(libro[nombre] for nombre in libro.sheetnames if nombre.startswith("T6 "))
    assert hoja.freeze_panes == "A2"
    assert hoja.auto_filter.ref == "A1:C121"
    assert hoja["B2"].value.date() == date(2020, 10, 2)
    assert hoja["A2"].value == 1
    assert all(libro[enlace.hyperlink.location.split("'")[1]] for enlace in libro["Índice"]["A"] if enlace.hyperlink)


def test_el_libro_repite_los_valores_combinados(libro):
    hoja = next(libro[nombre] for nombre in libro.sheetnames if nombre.startswith("T2 "))
    assert [hoja.cell(f, 3).value for f in range(2, 6)] == ["Comisión de Capacitación y Organización"] * 4


def test_el_libro_no_ejecuta_lo_capturado():
    tabla = Tabla(
        (Columna("=1+1"),),
        (('=HYPERLINK("http://x.example")',), ("\x07campana",), ("x" * 40_000,)),
        titulo="[a]:*?/\\" * 9,
    )
    libro = openpyxl.load_workbook(io.BytesIO(xlsx.crear(con(tabla, tabla))))
    assert len(libro.sheetnames) == 3
    hoja = libro.worksheets[1]
    assert hoja["A2"].data_type == "s"
    assert hoja["A3"].value == "campana"


def test_el_json_es_estable_y_vuelve_igual(informe):
    congelado = json.crear(informe)
    assert json.leer(congelado) == informe
    assert json.crear(json.leer(congelado)) == congelado


def test_un_json_de_otro_formato_se_rechaza(informe):
    with pytest.raises(ValueError, match="formato"):
        json.desde_datos(json.a_datos(informe) | {"formato": "otro/9"})


def test_el_color_del_membrete_llega_al_libro_y_al_docx(informe):
    verde = replace(informe, membrete=Membrete(color="#0a5c36"))
    assert b"0A5C36" in zipfile.ZipFile(io.BytesIO(docx.crear(verde))).read("word/styles.xml")


def test_una_matriz_de_codigos_cortos_no_se_gira():
    codigos = Matriz("Integrantes", tuple(f"{n:02}SO" for n in range(1, 12)), (("Presidencia", ("X",) * 11),))
    assert not vista_matriz(codigos)["girada"]
    largos = Matriz("Integrantes", tuple(f"Sesión ordinaria {n}" for n in range(1, 12)), codigos.filas)
    assert vista_matriz(largos)["girada"]
