"""El documento de referencia que Pandoc toma para un DOCX: estilos, hoja carta, cabeceras y pie.

Se arma sobre el que Pandoc trae: así no hay un binario en el repositorio.
"""

import io
import re
import struct
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pypandoc
from django.contrib.staticfiles import finders

from .documento import Documento, Membrete

# Las que traen Word y, con las mismas medidas, LibreOffice: la letra de la casa no está en cualquier máquina.
LETRAS = {"sans": "Calibri", "serif": "Cambria"}
_TAMANOS = {"Title": 52, "Heading1": 34, "Heading2": 27, "Heading3": 23, "Heading4": 22, "TOCHeading": 34}
_OTROS = {"Subtitle": 28, "Author": 24, "Date": 24, "Caption": 20, "TableCaption": 20, "ImageCaption": 20}
_DE_PAGINA_NUEVA = {"Heading1", "TOCHeading"}
_TAMANO = {False: '<w:pgSz w:w="12240" w:h="15840"/>', True: '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>'}
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELACION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTES = (("header", "header1"), ("header", "header2"), ("footer", "footer1"))
_EMU_POR_MM = 36_000
_EMU_POR_VIGESIMO = 635
ANCHO_DEL_TEXTO = 9570  # en vigésimos de punto, con la hoja de pie


@lru_cache(maxsize=1)
def _de_pandoc() -> bytes:
    orden = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(orden, check=True, capture_output=True, timeout=60).stdout  # noqa: S603


def referencia(documento: Documento) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_de_pandoc())) as origen, zipfile.ZipFile(salida, "w") as destino:
        for nombre in origen.namelist():
            texto = origen.read(nombre).decode()
            if nombre == "word/styles.xml":
                texto = _estilos(texto, documento)
            elif nombre == "word/document.xml":
                texto = re.sub(r"<w:sectPr>.*?</w:sectPr>", propiedades(primera=True), texto, flags=re.S)
            elif nombre == "[Content_Types].xml":
                partes = (f'<Override PartName="/word/{p}.xml" ContentType="{_TIPO}.{c}+xml"/>' for c, p in _PARTES)
                texto = texto.replace("</Types>", f"{''.join(partes)}</Types>")
            elif nombre == "word/_rels/document.xml.rels":
                partes = (f'<Relationship Id="rId_{p}" Type="{_RELACION}/{c}" Target="{p}.xml"/>' for c, p in _PARTES)
                texto = texto.replace("</Relationships>", f"{''.join(partes)}</Relationships>")
            destino.writestr(nombre, texto, zipfile.ZIP_DEFLATED)
        destino.writestr("word/header1.xml", _cabecera(documento.portada.titulo_corto), zipfile.ZIP_DEFLATED)
        destino.writestr("word/header2.xml", _XML + f"<w:hdr {_NS}><w:p/></w:hdr>", zipfile.ZIP_DEFLATED)
        destino.writestr("word/footer1.xml", _pie(), zipfile.ZIP_DEFLATED)
    return salida.getvalue()


def propiedades(apaisado: bool = False, primera: bool = False) -> str:
    """De una sección de Word; la ``primera`` lleva el membrete en su primera hoja."""
    return (
        "<w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId_header1"/>'
        + ('<w:headerReference w:type="first" r:id="rId_header2"/>' if primera else "")
        + '<w:footerReference w:type="default" r:id="rId_footer1"/>'
        f"{_TAMANO[apaisado]}"
        '<w:pgMar w:top="1530" w:right="1250" w:bottom="1300" w:left="1420" w:header="700" w:footer="620" w:gutter="0"/>'
        f"{'<w:titlePg/>' if primera else ''}</w:sectPr>"
    )


def membrete(documento: Documento) -> dict[str, bytes]:
    """Las partes que Pandoc no copia de la referencia: el membrete de la primera hoja y su logotipo."""
    logo = logo_en_png(documento.membrete)
    dibujo = _dibujo(logo, documento.membrete) if logo else ""
    portada, color = documento.portada, _color(documento.membrete)
    renglones = [(portada.institucion, f'<w:b/><w:color w:val="{color}"/><w:sz w:val="26"/>')]
    renglones += [(portada.unidad, '<w:color w:val="4B4952"/><w:sz w:val="20"/>')]
    if not documento.con_portada:
        renglones.insert(1, (portada.organo, '<w:color w:val="4B4952"/><w:sz w:val="20"/>'))
    nombres = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="TextoDeTabla"/></w:pPr>{_tramo(texto, letra)}</w:p>'
        for texto, letra in renglones
        if texto
    )
    columna = _medidas(logo)[0] // _EMU_POR_VIGESIMO + 180 if logo else 180
    celda = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>'
    vacia = '<w:p><w:pPr><w:pStyle w:val="TextoDeTabla"/></w:pPr></w:p>'
    tabla = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{ANCHO_DEL_TEXTO}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{columna}"/><w:gridCol w:w="{ANCHO_DEL_TEXTO - columna}"/></w:tblGrid><w:tr>'
        + celda.format(columna, f'<w:p><w:pPr><w:pStyle w:val="TextoDeTabla"/></w:pPr>{dibujo}</w:p>')
        + celda.format(ANCHO_DEL_TEXTO - columna, nombres or vacia)
        + f'</w:tr></w:tbl><w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="10" w:space="4" w:color="{color}"/></w:pBdr>'
        "</w:pPr></w:p>"
    )
    partes = {"word/header2.xml": (_XML + f"<w:hdr {_NS}>{tabla}</w:hdr>").encode()}
    if logo:
        partes["word/media/membrete.png"] = logo
        partes["word/_rels/header2.xml.rels"] = (
            f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rIdLogo" Type="{_RELACION}/image" Target="media/membrete.png"/></Relationships>'
        ).encode()
    return partes


def logo_en_png(membrete: Membrete) -> bytes:
    """Vacío si el estático no está."""
    tipo, contenido = membrete.logo_incrustado
    if not tipo:
        ruta = finders.find(membrete.logo)
        if not isinstance(ruta, str):
            return b""
        tipo, contenido = ("image/svg+xml" if ruta.endswith(".svg") else "image/png"), Path(ruta).read_bytes()
    return en_png(contenido) if tipo == "image/svg+xml" else contenido


def en_png(svg: bytes) -> bytes:
    """Word no dibuja todos los SVG; se le da el mismo dibujo en PNG."""
    import vl_convert  # aquí y no arriba: cargarlo antes de un fork cuelga al hijo

    return vl_convert.svg_to_png(svg.decode(), scale=2.5)


def _medidas(png: bytes) -> tuple[int, int]:
    """Del logotipo en la hoja: 20 mm de alto, o lo que quepa en 60 de ancho."""
    ancho, alto = struct.unpack(">II", png[16:24])
    escala = min(60 / ancho, 20 / alto) * _EMU_POR_MM
    return max(1, int(ancho * escala)), max(1, int(alto * escala))


def _dibujo(png: bytes, membrete: Membrete) -> str:
    medidas = 'cx="{}" cy="{}"'.format(*_medidas(png))
    descripcion = quoteattr(membrete.logo_alt or f"Emblema de {membrete.institucion}")
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {medidas}/><wp:docPr id="9001" name="Membrete" descr={descripcion}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="membrete.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {medidas}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _color(membrete: Membrete) -> str:
    return membrete.color.removeprefix("#").upper()


def _estilos(xml: str, documento: Documento) -> str:
    color, letra = _color(documento.membrete), LETRAS[documento.membrete.letra]
    letras = f'<w:rFonts w:ascii="{letra}" w:hAnsi="{letra}" w:cs="{letra}"/>'
    xml = xml.replace('w:lang w:val="en-US"', f'w:lang w:val="{documento.idioma}"')
    xml = re.sub(r"<w:rFonts[^>]*Theme[^>]*/>", letras, xml)
    xml = xml.replace('<w:sz w:val="24" />', '<w:sz w:val="22" />', 1)

    def estilo(hallado: re.Match) -> str:
        clave, texto = hallado[1], hallado[0]
        if clave == "Table":
            return re.sub(r"<w:tblPr>.*</w:tblStylePr>", _tabla(color), texto, flags=re.S)
        if clave == "Hyperlink":
            return re.sub(r'<w:color w:val="\w+"', f'<w:color w:val="{color}"', texto).replace(
                'w:themeColor="accent1"', ""
            )
        if clave not in _TAMANOS and clave not in _OTROS:
            return texto
        tamano = _TAMANOS.get(clave) or _OTROS[clave]
        texto = re.sub(r"<w:rPr>.*?</w:rPr>", "", texto, flags=re.S)
        texto = texto.replace('<w:jc w:val="center" />', '<w:jc w:val="left" />')
        # Lo que sigue al título no hereda su franja.
        texto = texto.replace('<w:basedOn w:val="Title" />', '<w:basedOn w:val="Normal" />')
        if clave in _DE_PAGINA_NUEVA:
            texto = texto.replace("<w:keepLines />", "<w:keepLines /><w:pageBreakBefore/>")
        tinta = color if clave in _TAMANOS and clave != "Heading4" else "23202A"
        parrafo = ""
        if clave == "Title" and documento.con_portada:
            tinta, parrafo = "FFFFFF", _banda(color)
        elif clave == "TableCaption":
            parrafo = '<w:keepNext/><w:spacing w:before="240" w:after="80"/>'
        if parrafo:
            texto = re.sub(r"<w:pPr>.*?</w:pPr>|<w:pPr ?/>", "", texto, flags=re.S)
            parrafo = f"<w:pPr>{parrafo}</w:pPr>"
        negrita = "<w:b/><w:bCs/>" if clave in _TAMANOS or "Caption" in clave else ""
        propias = (
            f"{parrafo}<w:rPr>{letras}{negrita}"
            f'<w:color w:val="{tinta}"/><w:sz w:val="{tamano}"/><w:szCs w:val="{tamano}"/></w:rPr>'
        )
        return texto.replace("</w:style>", propias + "</w:style>")

    xml = re.sub(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', estilo, xml, flags=re.S)
    return xml.replace("</w:styles>", _propios(color) + "</w:styles>")


def _banda(color: str) -> str:
    """El título de la portada, en una franja del color de la institución."""
    lados = "".join(
        f'<w:{lado} w:val="single" w:sz="8" w:space="{aire}" w:color="{color}"/>'
        for lado, aire in (("top", 24), ("left", 12), ("bottom", 24), ("right", 12))
    )
    return (
        f'<w:pBdr>{lados}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{color}"/>'
        '<w:spacing w:before="2400" w:after="600"/><w:ind w:left="240" w:right="240"/>'
    )


def _propios(color: str) -> str:
    """Los estilos que Pandoc no trae."""

    def parrafo(clave: str, nombre: str, propiedades: str, letra: str = "") -> str:
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{clave}"><w:name w:val="{nombre}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{propiedades}</w:pPr><w:rPr>{letra}</w:rPr></w:style>'
        )

    def caracter(nombre: str, letra: str) -> str:
        return (
            f'<w:style w:type="character" w:customStyle="1" w:styleId="{nombre}"><w:name w:val="{nombre}"/>'
            f"<w:rPr>{letra}</w:rPr></w:style>"
        )

    def de_indice(nivel: int) -> str:
        negrita = "<w:b/>" if nivel == 1 else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="TOC{nivel}"><w:name w:val="toc {nivel}"/><w:basedOn w:val="Normal"/>'
            f'<w:uiPriority w:val="39"/><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{ANCHO_DEL_TEXTO}"/></w:tabs>'
            f'<w:spacing w:before="{120 if nivel == 1 else 20}" w:after="20"/><w:ind w:left="{340 * (nivel - 1)}" w:right="600"/>'
            f'</w:pPr><w:rPr>{negrita}<w:sz w:val="{22 if nivel == 1 else 20}"/></w:rPr></w:style>'
        )

    return (
        parrafo("TextoDeTabla", "Texto de tabla", '<w:spacing w:before="0" w:after="0"/>', '<w:sz w:val="19"/>')
        + parrafo(
            "Notas", "Notas", '<w:spacing w:before="40" w:after="0"/>', '<w:color w:val="55525C"/><w:sz w:val="18"/>'
        )
        + parrafo("SinActividades", "Sin actividades", _al_lado("B3B1B9"), '<w:i/><w:color w:val="55525C"/>')
        + parrafo("Referencia", "Referencia", _al_lado(color), "<w:b/>")
        + parrafo("TituloDeLista", "Título de lista", '<w:keepNext/><w:spacing w:before="160" w:after="60"/>', "<w:b/>")
        + caracter("Girado", '<w:b/><w:color w:val="FFFFFF"/><w:sz w:val="18"/>')
        + caracter("Agrupador", f'<w:b/><w:color w:val="{color}"/>')
        + caracter("Total", "<w:b/>")
        + "".join(de_indice(nivel) for nivel in (1, 2, 3, 4))
    )


def _al_lado(color: str) -> str:
    """Con una raya a la izquierda."""
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="16" w:space="8" w:color="{color}"/></w:pBdr>'
        '<w:spacing w:before="80" w:after="160"/><w:ind w:left="200"/>'
    )


def _tabla(color: str) -> str:
    borde = 'w:val="single" w:sz="4" w:space="0" w:color="DDDCE1"'
    return (
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{color}"/><w:insideH {borde}/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "<w:trPr><w:cantSplit/></w:trPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{color}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )


def _tramo(texto: str, letra: str) -> str:
    return f'<w:r><w:rPr>{letra}</w:rPr><w:t xml:space="preserve">{escape(texto)}</w:t></w:r>'


def _cabecera(titulo: str) -> str:
    tramo = _tramo(titulo, '<w:color w:val="4B4952"/><w:sz w:val="17"/>')
    return f"{_XML}<w:hdr {_NS}><w:p>{tramo}</w:p></w:hdr>"


def _pie() -> str:
    def campo(orden: str) -> str:
        return f'<w:fldSimple w:instr="{orden}">{_tramo("1", letra)}</w:fldSimple>'

    letra = '<w:sz w:val="17"/>'
    return (
        f'{_XML}<w:ftr {_NS}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>'
        f"{_tramo('Página ', letra)}{campo('PAGE')}{_tramo(' de ', letra)}{campo('NUMPAGES')}</w:p></w:ftr>"
    )
