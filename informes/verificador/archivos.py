"""Texto de un archivo escrito en otra parte: PDF, Word o texto simple, juzgado por su contenido y no por su nombre.

Nada se guarda. Lo que se sube puede venir roto o hecho para tirar el sitio: cada
lectura tiene tope de tamaño, de memoria y de tiempo.
"""

import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import magic
from django.conf import settings

from . import pdf

TAMANO_MAXIMO = 20 * 1024**2
LETRAS_MAXIMAS = 2_000_000
XML_MAXIMO = 60 * 1024**2
ETIQUETAS_MAXIMAS = 3_000_000  # cada una ocupa unos cien bytes: en unos cuantos kilobytes caben millones
COLUMNAS_MAXIMAS = 63  # las de una tabla de Word
SEGUNDOS = 60
ADMITIDOS = ".pdf,.docx,.txt,.md"


class NoSeLee(ValueError):
    """Con el porqué, como se dice junto al campo."""


def texto_de(contenido: bytes) -> str:
    """El texto con sus tablas separadas por tabuladores; ``NoSeLee`` si no se puede."""
    if not contenido.strip():
        raise NoSeLee("El archivo está vacío.")
    if len(contenido) > TAMANO_MAXIMO:
        raise NoSeLee(f"El archivo pesa más de {TAMANO_MAXIMO // 1024**2} MB.")
    tipo = magic.from_buffer(contenido[:8192], mime=True)
    if contenido[:1024].lstrip().startswith(b"%PDF-"):
        texto = de_pdf(contenido)
    elif contenido.startswith(b"PK\x03\x04"):
        texto = de_docx(contenido)
    elif contenido.startswith(b"\xd0\xcf\x11\xe0"):
        raise NoSeLee("Es un documento de Word de los de antes o está protegido con contraseña. Guárdelo como DOCX.")
    elif tipo.startswith("text/") or tipo == "application/json":
        texto = de_texto(contenido)
    else:
        raise NoSeLee("No es un PDF, un DOCX ni un texto simple.")
    if len(texto) > LETRAS_MAXIMAS:
        raise NoSeLee(f"El texto pasa de {LETRAS_MAXIMAS:,} letras. Divídalo en partes.")
    if not texto.strip():
        raise NoSeLee("El archivo no trae texto.")
    return texto


def de_texto(contenido: bytes) -> str:
    for codificacion in ("utf-8-sig", "cp1252"):
        try:
            texto = contenido.decode(codificacion)
        except UnicodeDecodeError:
            continue
        if "\x00" not in texto:
            return texto
    raise NoSeLee("El texto no está en UTF-8.")


_POR_QUE = {
    pdf.CIFRADO: "El PDF está protegido con contraseña. Guárdelo sin ella.",
    pdf.SIN_TEXTO: "El PDF no trae texto: son imágenes escaneadas. Hace falta reconocer el texto (OCR) antes.",
    pdf.DEMASIADAS: f"El PDF pasa de {pdf.PAGINAS_MAXIMAS} páginas. Divídalo en partes.",
    pdf.ILEGIBLE: "El PDF está dañado: no se pudo abrir.",
}


def de_pdf(contenido: bytes) -> str:
    """En otro proceso, que se puede caer sin tirar a éste."""
    try:
        hecho = subprocess.run(  # noqa: S603 - es este mismo programa, sin nada de quien lo subió en la orden
            [sys.executable, "-m", pdf.__name__],
            input=contenido,
            capture_output=True,
            timeout=SEGUNDOS,
            cwd=Path(settings.BASE_DIR),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoSeLee("El PDF tardó demasiado en leerse. Divídalo en partes.") from error
    if hecho.returncode:
        raise NoSeLee(_POR_QUE.get(hecho.returncode, "El PDF no se pudo leer: está dañado o es demasiado complejo."))
    return hecho.stdout.decode("utf-8", "replace")


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


# Lo que dicen zipfile, zlib y ElementTree de un archivo roto o hecho para tirar el sitio.
_ROTO = (
    zipfile.BadZipFile, zlib.error, ET.ParseError, LookupError, RuntimeError, EOFError, OSError, ArithmeticError,
)  # fmt: skip


def de_docx(contenido: bytes) -> str:
    try:
        return _de_docx(contenido)
    except NoSeLee:
        raise
    except (*_ROTO, ValueError) as error:
        raise NoSeLee("El documento de Word está dañado o protegido: no se pudo abrir.") from error


def _de_docx(contenido: bytes) -> str:
    with zipfile.ZipFile(BytesIO(contenido)) as archivo:
        nombres = set(archivo.namelist())
        if "word/document.xml" not in nombres:
            raise NoSeLee("No es un documento de Word: parece otro archivo comprimido.")
        cuerpo = arbol_de(archivo, "word/document.xml")
        notas = arbol_de(archivo, "word/footnotes.xml") if "word/footnotes.xml" in nombres else None
        estilos = arbol_de(archivo, "word/styles.xml") if "word/styles.xml" in nombres else None
    renglones: list[str] = []
    _recorre(cuerpo.find(f"{_W}body"), niveles_de(estilos), renglones)
    if notas is not None:
        for nota in notas.iter(f"{_W}footnote"):
            if texto := " ".join(_texto(p) for p in nota.iter(f"{_W}p")).strip():
                renglones += ["", texto]
    return "\n".join(renglones)


def arbol_de(archivo: zipfile.ZipFile, nombre: str) -> ET.Element:
    """Sin confiar en el tamaño que el archivo dice tener, ni admitir entidades que se multiplican."""
    with archivo.open(nombre) as parte:
        datos = parte.read(XML_MAXIMO + 1)
    if len(datos) > XML_MAXIMO or datos.count(b"<") > ETIQUETAS_MAXIMAS:
        raise NoSeLee("El documento de Word es demasiado grande por dentro.")
    # Un cero sólo lo trae UTF-16, en que la declaración se escribe con otros bytes.
    if any(prohibido in datos for prohibido in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
        raise NoSeLee("El documento de Word trae algo que no debe: no se abre.")
    arbol = ET.fromstring(datos)  # noqa: S314  # nosec B314 — sin DOCTYPE no hay entidades
    for dos_veces in arbol.iter(f"{_MC}AlternateContent"):  # un cuadro de texto va también como lo leía Word 2007
        for vieja in dos_veces.findall(f"{_MC}Fallback"):
            dos_veces.remove(vieja)
    return arbol


def niveles_de(estilos: ET.Element | None) -> dict[str, int]:
    """De cada estilo de título, su nivel (desde 1)."""
    niveles: dict[str, int] = {}
    for estilo in estilos.iter(f"{_W}style") if estilos is not None else ():
        nivel = estilo.find(f"{_W}pPr/{_W}outlineLvl")
        clave = estilo.get(f"{_W}styleId", "")
        nombre = estilo.find(f"{_W}name")
        dicho = (nombre.get(f"{_W}val", "") if nombre is not None else "").lower()
        if dicho == "title":
            niveles[clave] = 1
        elif nivel is not None and (valor := nivel.get(f"{_W}val", "")) in {*"012345678"}:
            niveles[clave] = int(valor) + 1  # el 9 es «texto»
        elif dicho.startswith("heading ") and dicho[8:].isdigit():
            niveles[clave] = int(dicho[8:])
    return niveles


def _recorre(padre: ET.Element | None, niveles: dict[str, int], renglones: list[str]) -> None:
    for hijo in padre if padre is not None else ():
        if hijo.tag == f"{_W}p":
            renglones += _parrafo(hijo, niveles)
        elif hijo.tag == f"{_W}tbl":
            renglones += ["", *_tabla(hijo), ""]
        elif hijo.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            _recorre(hijo, niveles, renglones)


def _parrafo(parrafo: ET.Element, niveles: dict[str, int]) -> list[str]:
    texto = _texto(parrafo).strip(" \n")
    if not texto:
        return [""]
    estilo = parrafo.find(f"{_W}pPr/{_W}pStyle")
    clave = estilo.get(f"{_W}val", "") if estilo is not None else ""
    if clave in niveles and "\t" not in texto:
        return ["", f"{'#' * min(niveles[clave], 6)} {texto}", ""]
    if parrafo.find(f"{_W}pPr/{_W}numPr") is not None and not clave.lower().startswith("toc"):
        return [f"- {texto}"]
    letras = [r for r in parrafo.iter(f"{_W}r") if _texto(r).strip()]
    if letras and "\t" not in texto and all(map(_en_negritas, letras)):
        return ["", f"**{texto}**", ""]
    return [texto] if clave.lower().startswith("toc") else ["", texto]


def _en_negritas(tramo: ET.Element) -> bool:
    negrita = tramo.find(f"{_W}rPr/{_W}b")
    return negrita is not None and negrita.get(f"{_W}val") not in ("0", "false", "off")


def _texto(elemento: ET.Element) -> str:
    partes = []
    for pieza in elemento.iter():
        if pieza.tag == f"{_W}t":
            partes.append(pieza.text or "")
        elif pieza.tag == f"{_W}tab":
            # El que define una parada de tabulador no es una letra.
            partes.append("\t" if not pieza.attrib else "")
        elif pieza.tag in (f"{_W}br", f"{_W}cr"):
            partes.append("\n" if pieza.get(f"{_W}type") != "page" else " ")
        elif pieza.tag == f"{_W}noBreakHyphen":
            partes.append("-")
    return "".join(partes)


def _tabla(tabla: ET.Element) -> list[str]:
    """Una celda que abarca varias columnas deja vacías las demás; la que sigue a la de arriba, también."""
    filas = []
    for fila in tabla.findall(f"{_W}tr"):
        celdas: list[str] = []
        for celda in fila.findall(f"{_W}tc"):
            texto = " ".join(" ".join(_texto(p) for p in celda.iter(f"{_W}p")).split())
            abarca = celda.find(f"{_W}tcPr/{_W}gridSpan")
            celdas.append(texto)
            cuantas = int(abarca.get(f"{_W}val", "1")) if abarca is not None else 1
            celdas += [""] * (min(cuantas, COLUMNAS_MAXIMAS) - 1)
        filas.append("\t".join(celdas if len(celdas) > 1 else [*celdas, ""]))
    return filas
