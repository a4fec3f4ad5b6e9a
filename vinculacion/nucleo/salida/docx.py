"""Documento → DOCX con Pandoc: estilos de verdad, encabezados de tabla que se repiten, índice y notas al pie."""

import base64
import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pypandoc

from ..hojas.celdas import CONTROL
from . import html
from .documento import Documento, recorrido
from .docx_molde import en_png, membrete, propiedades, referencia

_NIVELES_DE_INDICE = 3
_CON_INDICE = ("--toc", f"--toc-depth={_NIVELES_DE_INDICE}", "--metadata=toc-title:Índice")
_ALINEACION = {"numero": "right", "centro": "center", "equis": "center"}
_ESTILOS_DE_PARRAFO = {
    "sin-actividades": "Sin actividades",
    "lista-titulo": "Título de lista",
    "referencia": "Referencia",
}
# Lo que Pandoc no sabe leer de un HTML: notas al pie y estilos con nombre.
_FILTRO = """
local estilos = {giro = "Girado", agrupador = "Agrupador", total = "Total"}
function Span(tramo)
  if tramo.classes:includes("nota-al-pie") then return pandoc.Note({pandoc.Para(tramo.content)}) end
  for clase, estilo in pairs(estilos) do
    if tramo.classes:includes(clase) then tramo.attributes["custom-style"] = estilo; return tramo end
  end
end
"""


def crear(documento: Documento) -> bytes:
    with tempfile.TemporaryDirectory(prefix="informe-") as carpeta:
        molde, salida, filtro = (Path(carpeta, n) for n in ("referencia.docx", "informe.docx", "filtro.lua"))
        molde.write_bytes(referencia(documento))
        filtro.write_text(_FILTRO, encoding="utf-8")
        pypandoc.convert_text(
            _html(documento),
            "docx",
            format="html",
            outputfile=str(salida),
            # «sandbox»: Pandoc no lee ningún archivo que el texto mencione.
            extra_args=[
                "--sandbox",
                f"--reference-doc={molde}",
                f"--lua-filter={filtro}",
                *(_CON_INDICE if documento.con_indice else ()),
                f"--metadata=lang:{documento.idioma}",
            ],
        )
        return _retocado(salida.read_bytes(), documento)


def _retocado(contenido: bytes, documento: Documento) -> bytes:
    """Con lo que Pandoc no escribe: membrete, hojas apaisadas, índice ya lleno y el acabado de las tablas."""
    salida = io.BytesIO()
    partes = membrete(documento)
    with zipfile.ZipFile(io.BytesIO(contenido)) as origen, zipfile.ZipFile(salida, "w") as destino:
        for parte in origen.infolist():
            if parte.filename in partes:
                continue
            datos = origen.read(parte)
            if parte.filename == "word/document.xml":
                # La imagen entera, como texto, no es descripción de nada.
                xml = re.sub(r'descr="data:[^"]*"', 'descr=""', datos.decode())
                xml = re.sub(r"<w:tbl>.*?</w:tbl>", lambda m: _tabla(m[0]), xml, flags=re.S)
                datos = _con_indice(_con_hojas(xml, documento), documento).encode()
            elif parte.filename == "[Content_Types].xml" and b'Extension="png"' not in datos:
                datos = datos.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
            destino.writestr(parte, _sin_control(parte.filename, datos), zipfile.ZIP_DEFLATED)
        for nombre, datos in partes.items():
            destino.writestr(nombre, _sin_control(nombre, datos), zipfile.ZIP_DEFLATED)
    return salida.getvalue()


def _sin_control(nombre: str, datos: bytes) -> bytes:
    """Word no abre un documento con lo que no cabe en un XML, y lo pegado de otro programa lo trae sin que se vea."""
    return CONTROL.sub("", datos.decode()).encode() if nombre.endswith((".xml", ".rels")) else datos


def _tabla(xml: str) -> str:
    """Renglones que no se parten, letra de tabla, encabezados girados y renglones de grupo sombreados."""
    xml = xml.replace('w:val="Compact"', 'w:val="TextoDeTabla"')
    xml = xml.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
    girada = '<w:rStyle w:val="Girado"' in xml
    alto = '<w:trHeight w:val="1900" w:hRule="atLeast"/>' if girada else ""
    xml = xml.replace(
        '<w:trPr><w:tblHeader w:val="on" /></w:trPr>',
        f'<w:trPr><w:cantSplit/>{alto}<w:tblHeader w:val="on" /></w:trPr>',
    )

    def celda(hallada: re.Match) -> str:
        texto = hallada[0]
        if '"Girado"' in texto:
            return texto.replace(
                "<w:tcPr />", '<w:tcPr><w:textDirection w:val="btLr"/><w:vAlign w:val="center"/></w:tcPr>', 1
            )
        if '"Agrupador"' in texto:
            texto = texto.replace("</w:pPr>", "<w:keepNext/></w:pPr>", 1)
            return texto.replace("</w:tcPr>", '<w:shd w:val="clear" w:color="auto" w:fill="E9E9ED"/></w:tcPr>', 1)
        return texto

    return re.sub(r"<w:tc>.*?</w:tc>", celda, xml, flags=re.S) if girada or '"Agrupador"' in xml else xml


def _con_indice(xml: str, documento: Documento) -> str:
    """El índice sale lleno: un lector que no lo actualiza al abrir lo dejaría en blanco."""
    renglones = []
    for paso in recorrido(documento):
        apartado = paso.apartado
        if apartado.en_indice and apartado.nivel <= _NIVELES_DE_INDICE and f'w:name="{paso.ancla}"' in xml:
            renglones.append(
                f'<w:p><w:pPr><w:pStyle w:val="TOC{apartado.nivel}"/></w:pPr><w:hyperlink w:anchor="{paso.ancla}">'
                f'<w:r><w:t xml:space="preserve">{escape(apartado.encabezado)}</w:t></w:r><w:r><w:tab/></w:r>'
                f"{_pagina_de(paso.ancla)}</w:hyperlink></w:p>"
            )
    vacio = re.search(
        r'<w:p>\s*<w:r>\s*<w:fldChar w:fldCharType="begin" w:dirty="true" />\s*(<w:instrText[^>]*>TOC.*?</w:instrText>)'
        r'\s*<w:fldChar w:fldCharType="separate" />\s*<w:fldChar w:fldCharType="end" />\s*</w:r>\s*</w:p>',
        xml,
        re.S,
    )
    if not renglones or not vacio:
        return xml
    abre = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r>{vacio[1]}</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    renglones[0] = renglones[0].replace("</w:pPr>", f"</w:pPr>{abre}", 1)
    cierre = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return xml[: vacio.start()] + "".join(renglones) + cierre + xml[vacio.end() :]


def _pagina_de(ancla: str) -> str:
    """En blanco hasta que el lector la calcule: un número inventado engañaría."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">PAGEREF {ancla} \\h</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t></w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _con_hojas(xml: str, documento: Documento) -> str:
    """Los apartados apaisados, en su propia sección de Word; los seguidos, sin salto de página antes."""
    apaisado, cortes = False, 0
    for paso in recorrido(documento):
        marca = re.search(rf'<w:bookmarkStart [^>]*"{re.escape(paso.ancla)}"[^>]*/>', xml)
        if not marca:
            continue
        if documento.con_portada and paso.apartado.hoja == "seguida" and paso.apartado.nivel == 1:
            titulo = xml.index('<w:pStyle w:val="Heading1" />', marca.end()) + len('<w:pStyle w:val="Heading1" />')
            xml = f'{xml[:titulo]}<w:pageBreakBefore w:val="0"/>{xml[titulo:]}'
        if apaisado != (paso.apartado.hoja == "apaisada"):
            xml = f"{xml[: marca.start()]}{_fin_de_seccion(apaisado, cortes == 0)}{xml[marca.start() :]}"
            apaisado, cortes = not apaisado, cortes + 1
    if not cortes:
        return xml
    ultima = xml.rindex("<w:sectPr")
    return xml[:ultima] + re.sub(r"<w:sectPr.*?</w:sectPr>", propiedades(apaisado), xml[ultima:], flags=re.S)


def _fin_de_seccion(apaisado: bool, primera: bool) -> str:
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"{propiedades(apaisado, primera)}</w:pPr></w:p>"
    )


def _html(documento: Documento) -> str:
    """El mismo cuerpo, con los anchos y alineaciones en la forma que Pandoc entiende."""
    # En un oficio nada abre página: sus títulos bajan un nivel. La portada y el membrete los pone Pandoc.
    base = 0 if documento.con_portada else 1
    sin_membrete = replace(documento, presentacion="informe")
    cuerpo = str(html.cuerpo(sin_membrete, base=base, portada=False, indice=False, hoja=True, estatico=str))
    cuerpo = cuerpo.replace("\xa0", " ")  # quien busque una fecha en Word la escribirá con espacios
    for clase, estilo in _ESTILOS_DE_PARRAFO.items():
        cuerpo = re.sub(
            rf'<p class="{clase}">(.*?)</p>', rf'<div custom-style="{estilo}"><p>\1</p></div>', cuerpo, flags=re.S
        )
    cuerpo = cuerpo.replace('<div class="notas">', '<div custom-style="Notas">')
    cuerpo = re.sub(r'<col class="ancho-(\d+)"', r'<col style="width: \1%"', cuerpo)
    cuerpo = re.sub(r'<img class="ancho-(\d+)"', r'<img width="\1%"', cuerpo)
    cuerpo = re.sub(
        r'<(t[dh])([^>]*) class="(?:\w+ )*?(numero|centro|equis)\b[^"]*"',
        lambda m: f'<{m[1]}{m[2]} style="text-align: {_ALINEACION[m[3]]}"',
        cuerpo,
    )
    cuerpo = re.sub(r'<tr class="encabezado-de-grupo">.*?</tr>', lambda m: _con_estilo(m[0], "agrupador"), cuerpo)
    cuerpo = re.sub(
        r'<(?:tr class="subtotales"|tbody class="totales")>.*?</tr>',
        lambda m: _con_estilo(m[0], "total"),
        cuerpo,
        flags=re.S,
    )
    cuerpo = re.sub(r'<span class="cifra-detalle">(.*?)</span>', r"(\1)", cuerpo)
    cuerpo = re.sub(
        r'src="data:image/svg\+xml;base64,([^"]+)"',
        lambda m: f'src="data:image/png;base64,{base64.b64encode(en_png(base64.b64decode(m[1]))).decode()}"',
        cuerpo,
    )
    return f"<html><head>{_portada(documento)}</head><body>{cuerpo}</body></html>"


def _con_estilo(renglon: str, clase: str) -> str:
    return re.sub(r"(<t[dh][^>]*>)([^<]+)(</t[dh]>)", rf'\1<span class="{clase}">\2</span>\3', renglon)


def _portada(documento: Documento) -> str:
    portada = documento.portada
    sesion = ", ".join(
        parte
        for parte in (f"Punto {portada.punto}" if portada.punto else "", portada.sesion, portada.fecha_sesion_escrita)
        if parte
    )
    estado = f"Aprobado mediante acuerdo {portada.acuerdo}" if portada.aprobado else portada.rotulo_estado.upper()
    if not documento.con_indice:
        estado = portada.leyenda
    metas = [f"<title>{escape(portada.titulo)}</title>"]
    for nombre, valor in (
        ("subtitle", " · ".join(p for p in (portada.subtitulo, portada.periodo) if p)),
        ("author", portada.organo if documento.con_portada else ""),  # lo demás va en el membrete
        ("author", estado),
        ("date", sesion),
    ):
        if valor:
            metas.append(f'<meta name="{nombre}" content="{escape(valor, {chr(34): "&quot;"})}">')
    return "".join(metas)
