"""El texto de un PDF, un DOCX o un texto simple, y lo que no se acepta."""

import io
import random
import zipfile

import pikepdf
import pytest
import weasyprint

from informes.verificador import archivos
from informes.verificador.archivos import NoSeLee, texto_de
from informes.verificador.lectura import leer
from vinculacion.nucleo.bloques import Tabla, Titulo

ESTILO = "<style>@page { size: letter } td, th { border: 1px solid } table { border-collapse: collapse }</style>"
HTML = """<style>@page {{ size: letter }} td, th {{ border: 1px solid }} table {{ border-collapse: collapse }}</style>
<h1>1. Correos enviados</h1><p>Se enviaron {n} correos a la Red durante el cuarto trimestre de 2020, el lunes 5 de
octubre de 2020 y otros días que aquí se dicen con todas sus letras:</p>
<table><tr><th>No.</th><th>Fecha</th><th>Tema</th></tr>
<tr><td>1</td><td>Lunes 5 de octubre de 2020</td><td>Invitación al foro de observación electoral de la ciudad</td></tr>
<tr><td>2</td><td>Martes 6 de octubre de 2020</td><td>Minuta</td></tr></table>
<h1>2. Cierre</h1><p>Fin.</p>"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(n: int = 2) -> bytes:
    return weasyprint.HTML(string=HTML.format(n=n)).write_pdf()


def celdas(*textos: str, abarca: int = 0) -> str:
    return "".join(
        f"<td{f' rowspan={abarca}' if abarca and not i else ''}>{texto}</td>" for i, texto in enumerate(textos)
    )


def test_dos_tablas_juntas_con_celdas_que_abarcan_renglones():
    filas = "".join(
        f"<tr>{celdas(etapa, f'Convenio {n}', 'Academia de la región', abarca=2)}</tr>"
        f"<tr>{celdas(f'Anexo {n}', 'Alcaldía de la región')}</tr>"
        for n, etapa in enumerate(("Negociación", "Suscripción"), start=1)
    )
    tabla = f"<table><tr>{celdas('Etapa', 'Instrumento', 'Contraparte')}</tr>{filas}</table>"
    html = f"{ESTILO}<p>Hay cuatro en trámite.</p><p>Tabla 1. En trámite</p>{tabla}<p>Tabla 2. Otra vez</p>{tabla}"
    lectura = leer(texto_de(weasyprint.HTML(string=html).write_pdf()))
    tablas = [f.bloque for f in lectura.fragmentos if isinstance(f.bloque, Tabla)]
    assert [(t.titulo, [fila[0] for fila in t.filas]) for t in tablas] == [
        ("Tabla 1. En trámite", ["Negociación", "", "Suscripción", ""]),
        ("Tabla 2. Otra vez", ["Negociación", "", "Suscripción", ""]),
    ]


def test_las_entradas_en_negritas_del_indice_no_se_juntan():
    renglones = "".join(f"<div><b>{titulo} {'.' * 20} {n}</b></div>" for n, titulo in enumerate(INDICE, start=3))
    html = f"{ESTILO}<p>Índice</p>{renglones}"
    lectura = leer(texto_de(weasyprint.HTML(string=html).write_pdf()))
    assert [entrada.texto for entrada in lectura.indice] == list(INDICE)


INDICE = ("I. Sesiones", "II. Principales resultados", "1. Comunidad en el extranjero")


def docx(cuerpo: str, **partes: str) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        archivo.writestr("word/document.xml", f"<w:document {W}><w:body>{cuerpo}</w:body></w:document>")
        for nombre, texto in partes.items():
            archivo.writestr(f"word/{nombre}.xml", texto)
    return salida.getvalue()


def parrafo(texto: str, propiedades: str = "") -> str:
    return f"<w:p><w:pPr>{propiedades}</w:pPr><w:r><w:t>{texto}</w:t></w:r></w:p>"


def fila(*celdas: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{parrafo(celda)}</w:tc>' for celda in celdas)}</w:tr>"


def test_un_pdf_con_sus_titulos_y_su_tabla():
    lectura = leer(texto_de(pdf()))
    titulos = [(f.bloque.texto, f.pagina) for f in lectura.fragmentos if isinstance(f.bloque, Titulo)]
    assert titulos == [("1. Correos enviados", 1), ("2. Cierre", 1)]
    (tabla,) = [f.bloque for f in lectura.fragmentos if isinstance(f.bloque, Tabla)]
    assert tabla.filas[0] == (
        "1",
        "Lunes 5 de octubre de 2020",
        "Invitación al foro de observación electoral de la ciudad",
    )
    assert len(tabla.filas) == 2


def test_un_docx_con_estilos_listas_tablas_y_notas():
    estilos = f'<w:styles {W}><w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style></w:styles>'
    notas = f"<w:footnotes {W}><w:footnote>{parrafo('Una nota.')}</w:footnote></w:footnotes>"
    unida = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{parrafo("Junta")}</w:tc></w:tr>'
    cuerpo = (
        parrafo("Convenios", '<w:pStyle w:val="T1"/>')
        + parrafo("Uno", "<w:numPr/>")
        + f"<w:tbl>{fila('Folio', 'Fecha')}{fila('A', 'B')}{unida}</w:tbl>"
    )
    texto = texto_de(docx(cuerpo, styles=estilos, footnotes=notas))
    assert "# Convenios" in texto
    assert "- Uno" in texto
    assert "Folio\tFecha\nA\tB\nJunta\t" in texto
    assert texto.endswith("Una nota.")


def test_un_texto_simple_en_utf8_o_en_el_de_windows():
    assert texto_de("Sesión".encode()) == texto_de("Sesión".encode("cp1252")) == "Sesión"


def cifrado() -> bytes:
    salida = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as documento:
        documento.save(salida, encryption=pikepdf.Encryption(owner="uno", user="dos"))
    return salida.getvalue()


def sin_texto() -> bytes:
    return weasyprint.HTML(string="<div style='background:#333;height:5cm'></div>").write_pdf()


def comprimido(**partes: str) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, texto in partes.items():
            archivo.writestr(nombre, texto)
    return salida.getvalue()


@pytest.mark.parametrize(
    ("contenido", "razon"),
    [
        (lambda: b"", "vacío"),
        (lambda: b"  \n", "vacío"),
        (cifrado, "contraseña"),
        (sin_texto, "escaneadas"),
        (lambda: b"%PDF-1.7\nbasura", "dañado"),
        (lambda: b"PK\x03\x04basura", "dañado"),
        (lambda: comprimido(otro="x"), "otro archivo comprimido"),
        (lambda: docx("<w:p>"), "dañado"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DOCX"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "No es un PDF"),
        (lambda: docx(parrafo("  ")), "no trae texto"),
    ],
)
def test_lo_que_no_se_lee_dice_por_que(contenido, razon):
    with pytest.raises(NoSeLee, match=razon):
        texto_de(contenido())


def test_un_xml_con_entidades_no_se_abre():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        archivo.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(NoSeLee, match="no debe"):
        texto_de(salida.getvalue())


def test_ni_en_otra_codificacion():
    """En UTF-16 la declaración no se ve como en UTF-8."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        archivo.writestr("word/document.xml", xml.encode("utf-16"))
    with pytest.raises(NoSeLee, match="no debe"):
        texto_de(salida.getvalue())


@pytest.mark.parametrize(("tope", "valor"), [("XML_MAXIMO", 10_000), ("ETIQUETAS_MAXIMAS", 100)])
def test_una_bomba_comprimida_no_se_infla(monkeypatch, tope, valor):
    monkeypatch.setattr(archivos, tope, valor)
    with pytest.raises(NoSeLee, match="por dentro"):
        texto_de(docx(parrafo("a" * 50_000) + "<w:p/>" * 200))


def test_un_cuadro_de_texto_se_lee_una_vez():
    """Word lo guarda también como lo leían las versiones de antes."""
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    dos = f"<mc:Choice>{parrafo('Informe')}</mc:Choice><mc:Fallback>{parrafo('Informe')}</mc:Fallback>"
    cuerpo = f"<w:p><w:r><mc:AlternateContent {mc}>{dos}</mc:AlternateContent></w:r></w:p>"
    assert texto_de(docx(cuerpo)).count("Informe") == 1


def test_las_negritas_que_se_quitan_y_el_nivel_de_texto_no_son_titulos():
    estilos = (
        f'<w:styles {W}><w:style w:styleId="x"><w:name w:val="cuerpo"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:styleId="t"><w:name w:val="rubro"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
    )
    quitadas = '<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Normal</w:t></w:r></w:p>'
    puestas = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Negra</w:t></w:r></w:p>"
    cuerpo = parrafo("Texto", '<w:pStyle w:val="x"/>') + parrafo("Rubro", '<w:pStyle w:val="t"/>') + quitadas + puestas
    assert texto_de(docx(cuerpo, styles=estilos)).split() == ["Texto", "##", "Rubro", "Normal", "**Negra**"]


def test_los_topes_de_peso_de_letras_y_de_tiempo(monkeypatch):
    monkeypatch.setattr(archivos, "SEGUNDOS", 0.001)
    with pytest.raises(NoSeLee, match="tardó"):
        texto_de(pdf())
    monkeypatch.setattr(archivos, "LETRAS_MAXIMAS", 10)
    with pytest.raises(NoSeLee, match="letras"):
        texto_de(b"un texto de muchas letras")
    monkeypatch.setattr(archivos, "TAMANO_MAXIMO", 5)
    with pytest.raises(NoSeLee, match="pesa"):
        texto_de(b"un texto")


def con_celda_que_abarca(cuantas: str) -> bytes:
    celda = f'<w:tc><w:tcPr><w:gridSpan w:val="{cuantas}"/></w:tcPr>{parrafo("Una")}</w:tc>'
    return docx(f"<w:tbl><w:tr>{celda}</w:tr></w:tbl>")


@pytest.mark.parametrize(
    "contenido",
    [
        lambda: con_celda_que_abarca("abc"),
        lambda: docx("<w:sdt>" * 3000 + parrafo("Hola") + "</w:sdt>" * 3000),
        lambda: docx(
            parrafo("Hola"),
            styles=f'<w:styles {W}><w:style w:styleId="x"><w:name w:val="heading ²"/></w:style></w:styles>',
        ),
        lambda: docx(parrafo("Hola"), styles='<?xml version="1.0" encoding="inventada"?><a/>'),
        lambda: docx(parrafo("Hola"), styles='<?xml version="1.0" encoding="shift_jis"?><a/>'),
    ],
)
def test_un_docx_hecho_para_tirar_el_sitio_se_dice(contenido):
    with pytest.raises(NoSeLee, match="dañado"):
        texto_de(contenido())


def test_una_celda_no_abarca_mas_columnas_de_las_que_caben():
    assert texto_de(con_celda_que_abarca("500000000")).count("\t") == archivos.COLUMNAS_MAXIMAS - 1


def test_un_docx_con_cualquier_byte_cambiado_se_lee_o_se_dice():
    azar, original = random.Random(7), docx(parrafo("Se enviaron dos correos."))
    leidos, dichos = [], []
    for _ in range(300):
        roto = bytearray(original)
        for _ in range(azar.randint(1, 6)):
            roto[azar.randrange(len(roto))] = azar.randrange(256)
        try:
            leidos.append(texto_de(bytes(roto)))
        except NoSeLee as error:
            dichos.append(str(error))
    assert leidos
    assert dichos
    assert all([*leidos, *dichos])
