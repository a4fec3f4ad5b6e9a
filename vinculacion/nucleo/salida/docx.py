"""Documento → DOCX con Pandoc: estilos de verdad, encabezados de tabla que se repiten e índice.

El documento de referencia se arma sobre el que Pandoc trae, cambiando sus
estilos, la hoja carta, la cabecera y el pie; así no hay un binario en el repositorio.
"""

import base64
import io
import re
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import pypandoc

from . import html
from .documento import Documento, recorrido

_LETRA = "Source Sans 3"
_TAMANOS = {"Title": 52, "Heading1": 34, "Heading2": 27, "Heading3": 22, "Heading4": 21, "TOCHeading": 34}
_OTROS = {"Subtitle": 28, "Author": 24, "Date": 24, "Caption": 20, "TableCaption": 20, "ImageCaption": 20}
_CON_INDICE = ("--toc", "--toc-depth=3", "--metadata=toc-title:Índice")
_DE_PAGINA_NUEVA = {"Heading1", "TOCHeading"}
_TAMANO = {False: '<w:pgSz w:w="12240" w:h="15840"/>', True: '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>'}
_ALINEACION = {"numero": "right", "centro": "center", "marca": "center"}
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELACION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def crear(documento: Documento) -> bytes:
    with tempfile.TemporaryDirectory(prefix="informe-") as carpeta:
        referencia, salida = Path(carpeta, "referencia.docx"), Path(carpeta, "informe.docx")
        referencia.write_bytes(_referencia(documento))
        pypandoc.convert_text(
            _html(documento),
            "docx",
            format="html",
            outputfile=str(salida),
            # «sandbox»: Pandoc no lee ningún archivo que el texto mencione.
            extra_args=[
                "--sandbox",
                f"--reference-doc={referencia}",
                *(_CON_INDICE if documento.con_portada else ()),
                f"--metadata=lang:{documento.idioma}",
            ],
        )
        return _retocado(salida.read_bytes(), documento)


def _retocado(contenido: bytes, documento: Documento) -> bytes:
    """Sin la imagen que Pandoc deja, como texto, en la descripción de cada dibujo; y con las hojas de cada capítulo."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as origen, zipfile.ZipFile(salida, "w") as destino:
        for parte in origen.infolist():
            datos = origen.read(parte)
            if parte.filename == "word/document.xml":
                datos = re.sub(rb'descr="data:[^"]*"', b'descr=""', datos)
                datos = _con_hojas(datos.decode(), documento).encode()
            destino.writestr(parte, datos, zipfile.ZIP_DEFLATED)
    return salida.getvalue()


def _con_hojas(xml: str, documento: Documento) -> str:
    """Los capítulos apaisados, en su propia sección de Word; los seguidos, sin salto de página antes."""
    apaisado, cortes = False, 0
    for paso in recorrido(documento):
        if paso.apartado.nivel > 1 or not (marca := re.search(rf'<w:bookmarkStart [^>]*"{paso.ancla}"[^>]*/>', xml)):
            continue
        if paso.apartado.hoja == "seguida":
            titulo = xml.index('<w:pStyle w:val="Heading1" />', marca.end()) + len('<w:pStyle w:val="Heading1" />')
            xml = f'{xml[:titulo]}<w:pageBreakBefore w:val="0"/>{xml[titulo:]}'
        if apaisado != (paso.apartado.hoja == "apaisada"):
            xml = f"{xml[: marca.start()]}{_fin_de_seccion(apaisado, cortes == 0)}{xml[marca.start() :]}"
            apaisado, cortes = not apaisado, cortes + 1
    if not cortes:
        return xml
    ultima = xml.rindex("<w:sectPr")
    return xml[:ultima] + re.sub(r"<w:sectPr.*?</w:sectPr>", _propiedades(apaisado), xml[ultima:], flags=re.S)


def _fin_de_seccion(apaisado: bool, con_portada: bool) -> str:
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"{_propiedades(apaisado, con_portada)}</w:pPr></w:p>"
    )


def _html(documento: Documento) -> str:
    """El mismo cuerpo, con los anchos y alineaciones en la forma que Pandoc entiende."""
    # En un oficio nada abre página: sus títulos bajan un nivel. La portada y el membrete los pone Pandoc.
    base = 0 if documento.con_portada else 1
    sin_membrete = replace(documento, presentacion="informe")
    cuerpo = str(html.cuerpo(sin_membrete, base=base, portada=False, indice=False, estatico=str))
    cuerpo = re.sub(r'<col class="ancho-(\d+)">', r'<col style="width: \1%">', cuerpo)
    cuerpo = re.sub(
        r'<(t[dh])([^>]*) class="(?:\w+ )*?(numero|centro|marca)\b[^"]*"',
        lambda m: f'<{m[1]}{m[2]} style="text-align: {_ALINEACION[m[3]]}"',
        cuerpo,
    )
    cuerpo = re.sub(r'src="data:image/svg\+xml;base64,([^"]+)"', _png, cuerpo)
    return f"<html><head>{_portada(documento)}</head><body>{cuerpo}</body></html>"


def _png(hallado: re.Match) -> str:
    """Word no dibuja todos los SVG; se le da el mismo dibujo en PNG."""
    import vl_convert  # aquí y no arriba: cargarlo antes de un fork cuelga al hijo

    imagen = vl_convert.svg_to_png(base64.b64decode(hallado[1]).decode(), scale=2.5)
    return f'src="data:image/png;base64,{base64.b64encode(imagen).decode()}"'


def _portada(documento: Documento) -> str:
    portada = documento.portada
    sesion = ", ".join(
        parte
        for parte in (f"Punto {portada.punto}" if portada.punto else "", portada.sesion, portada.fecha_sesion_escrita)
        if parte
    )
    estado = f"Aprobado mediante acuerdo {portada.acuerdo}" if portada.aprobado else portada.rotulo_estado.upper()
    if not documento.con_portada:
        estado = portada.leyenda
    metas = [f"<title>{escape(portada.titulo)}</title>"]
    for nombre, valor in (
        ("subtitle", " · ".join(p for p in (portada.subtitulo, portada.periodo) if p)),
        ("author", portada.institucion),
        ("author", portada.unidad),
        ("author", portada.organo),
        ("date", " · ".join(p for p in (estado, sesion) if p)),
    ):
        if valor:
            metas.append(f'<meta name="{nombre}" content="{escape(valor, {chr(34): "&quot;"})}">')
    return "".join(metas)


@lru_cache(maxsize=1)
def _referencia_de_pandoc() -> bytes:
    orden = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(orden, check=True, capture_output=True, timeout=60).stdout  # noqa: S603


def _referencia(documento: Documento) -> bytes:
    color = documento.membrete.color.removeprefix("#").upper()
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_referencia_de_pandoc())) as origen, zipfile.ZipFile(salida, "w") as destino:
        for nombre in origen.namelist():
            texto = origen.read(nombre).decode()
            if nombre == "word/styles.xml":
                texto = _estilos(texto, color, documento.idioma)
            elif nombre == "word/document.xml":
                texto = _hoja(texto)
            elif nombre == "[Content_Types].xml":
                texto = _agrega(
                    texto,
                    "</Types>",
                    "".join(
                        f'<Override PartName="/word/{parte}1.xml" ContentType="{_TIPO}.{parte}+xml"/>'
                        for parte in ("header", "footer")
                    ),
                )
            elif nombre == "word/_rels/document.xml.rels":
                texto = _agrega(
                    texto,
                    "</Relationships>",
                    "".join(
                        f'<Relationship Id="rIdInforme{parte}" Type="{_RELACION}/{parte}" Target="{parte}1.xml"/>'
                        for parte in ("header", "footer")
                    ),
                )
            destino.writestr(nombre, texto, zipfile.ZIP_DEFLATED)
        destino.writestr("word/header1.xml", _cabecera(documento.portada.titulo_corto), zipfile.ZIP_DEFLATED)
        destino.writestr("word/footer1.xml", _pie(), zipfile.ZIP_DEFLATED)
    return salida.getvalue()


def _agrega(texto: str, antes_de: str, nuevo: str) -> str:
    return texto.replace(antes_de, nuevo + antes_de)


def _estilos(xml: str, color: str, idioma: str) -> str:
    xml = xml.replace('w:lang w:val="en-US"', f'w:lang w:val="{idioma}"')
    xml = re.sub(
        r"<w:rFonts[^>]*Theme[^>]*/>", f'<w:rFonts w:ascii="{_LETRA}" w:hAnsi="{_LETRA}" w:cs="{_LETRA}"/>', xml
    )
    xml = xml.replace('<w:sz w:val="24" />', '<w:sz w:val="21" />', 1)

    def estilo(hallado: re.Match) -> str:
        clave, texto = hallado[1], hallado[0]
        if clave == "Table":
            return re.sub(r"<w:tblPr>.*</w:tblStylePr>", _tabla(color), texto, flags=re.S)
        if clave in _TAMANOS or clave in _OTROS:
            tamano = _TAMANOS.get(clave) or _OTROS[clave]
            texto = re.sub(r"<w:rPr>.*?</w:rPr>", "", texto, flags=re.S)
            if clave in _TAMANOS or clave.startswith(("Table", "Image")):
                texto = texto.replace('<w:jc w:val="center" />', '<w:jc w:val="left" />')
            if clave in _DE_PAGINA_NUEVA:
                texto = texto.replace("<w:keepLines />", "<w:keepLines /><w:pageBreakBefore/>")
            negrita = "<w:b/><w:bCs/>" if clave in _TAMANOS or "Caption" in clave else ""
            tinta = color if clave in _TAMANOS and clave != "Heading4" else "23202A"
            propiedades = (
                f'<w:rPr><w:rFonts w:ascii="{_LETRA}" w:hAnsi="{_LETRA}" w:cs="{_LETRA}"/>{negrita}'
                f'<w:color w:val="{tinta}"/><w:sz w:val="{tamano}"/><w:szCs w:val="{tamano}"/></w:rPr>'
            )
            return texto.replace("</w:style>", propiedades + "</w:style>")
        return texto

    return re.sub(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', estilo, xml, flags=re.S)


def _tabla(color: str) -> str:
    borde = 'w:val="single" w:sz="4" w:space="0" w:color="DEDAE5"'
    return (
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{color}"/><w:insideH {borde}/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "<w:trPr><w:cantSplit/></w:trPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{color}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )


def _hoja(xml: str) -> str:
    return re.sub(r"<w:sectPr>.*?</w:sectPr>", _propiedades(con_portada=True), xml, flags=re.S)


def _propiedades(apaisado: bool = False, con_portada: bool = False) -> str:
    """De una sección de Word; la que lleva la portada no pone cabecera en su primera página."""
    return (
        "<w:sectPr>"
        '<w:headerReference w:type="default" r:id="rIdInformeheader"/>'
        '<w:footerReference w:type="default" r:id="rIdInformefooter"/>'
        f"{_TAMANO[apaisado]}"
        '<w:pgMar w:top="1530" w:right="1250" w:bottom="1300" w:left="1420" w:header="700" w:footer="620" w:gutter="0"/>'
        f"{'<w:titlePg/>' if con_portada else ''}</w:sectPr>"
    )


def _cabecera(titulo: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr {_NS}><w:p><w:r><w:rPr><w:color w:val="4C4856"/>'
        f'<w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{escape(titulo)}</w:t></w:r></w:p></w:hdr>'
    )


def _pie() -> str:
    def campo(orden: str) -> str:
        return f'<w:fldSimple w:instr="{orden}"><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'

    def texto(palabras: str) -> str:
        return f'<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{palabras}</w:t></w:r>'

    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {_NS}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>'
        f"{texto('Página ')}{campo('PAGE')}{texto(' de ')}{campo('NUMPAGES')}</w:p></w:ftr>"
    )
