"""El logotipo que alguien sube: PNG vuelto a escribir o SVG con sólo dibujo dentro.

Un SVG es un programa en potencia: aquí se rearma con lo que dibuja, y lo que pide fuera (imágenes, letras,
direcciones) o se ejecuta se dice en vez de quitarlo a escondidas.
"""

import io
import re
import xml.etree.ElementTree as ET  # nosec B405 — se rechaza toda entidad antes de leer

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from vinculacion.archivo.subidas import ArchivoExcedido
from vinculacion.archivo.validadores import tamano

from ..estructura.imagenes import ROTA

TOPE = 1024 * 1024
LADO_MAXIMO, LADO_MINIMO = 4000, 40
PIEZAS_MAXIMAS, HONDURA_MAXIMA = 5000, 100
ACEPTADOS = ".png,.svg,image/png,image/svg+xml"
_SVG = "http://www.w3.org/2000/svg"
_ENLACE = "{http://www.w3.org/1999/xlink}href"
# Sin «use»: unas cuantas piezas que se llaman unas a otras bastan para colgar a quien las dibuja.
_DIBUJAN = frozenset(
    {"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"text", "tspan", "clipPath", "mask", "linearGradient", "radialGradient", "stop"}
)
_NUMERO = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,12})?")
_AJENOS = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|https?:|//|data:|javascript:|@import|expression\(", re.IGNORECASE)


def limpio(archivo) -> ContentFile:
    """El mismo logotipo, sin más que su dibujo. ``ValidationError`` con lo que no se acepta."""
    if isinstance(archivo, ArchivoExcedido):
        raise ValidationError(f"El archivo pesa {tamano(archivo.tamano_recibido)}; el máximo es {tamano(TOPE)}.")
    if archivo.size > TOPE:
        raise ValidationError(f"El archivo pesa {tamano(archivo.size)}; el máximo es {tamano(TOPE)}.")
    archivo.seek(0)
    contenido = archivo.read()
    if not contenido:
        raise ValidationError("El archivo llegó vacío.")
    if contenido.startswith(b"\x89PNG\r\n\x1a\n"):
        return ContentFile(_png(contenido), "logotipo.png")
    if b"<svg" in contenido[:4096].lower():
        return ContentFile(_svg(contenido), "logotipo.svg")
    raise ValidationError("No es PNG ni SVG. Guárdelo en uno de esos dos formatos y súbalo otra vez.")


def _png(contenido: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(contenido), formats=["PNG"]) as imagen:
            imagen.verify()  # al leerlo, lo trunco pasaría: WeasyPrint así lo pide a Pillow
        with Image.open(io.BytesIO(contenido), formats=["PNG"]) as imagen:
            ancho, alto = imagen.size
            if max(ancho, alto) > LADO_MAXIMO:
                raise ValidationError(f"Mide {ancho} × {alto} puntos; cada lado puede tener hasta {LADO_MAXIMO}.")
            if min(ancho, alto) < LADO_MINIMO:
                raise ValidationError(
                    f"Mide {ancho} × {alto} puntos: impreso se vería borroso. Use uno de al menos {LADO_MINIMO} por lado."
                )
            transparente = "A" in imagen.getbands() or "transparency" in imagen.info
            salida = io.BytesIO()
            imagen.convert("RGBA" if transparente else "RGB").save(salida, "PNG", optimize=True)
            return salida.getvalue()
    except (*ROTA, Image.DecompressionBombError) as error:
        raise ValidationError("El PNG está dañado: no se pudo abrir.") from error


def _svg(contenido: bytes) -> bytes:
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("El SVG no está en UTF-8: guárdelo otra vez desde su programa de dibujo.") from error
    if re.search(r"<!ENTITY", texto, re.IGNORECASE):
        raise ValidationError("El SVG define entidades, que no se aceptan: guárdelo como «SVG simple».")
    texto = re.sub(r"<!DOCTYPE[^>\[]*(\[[^\]]*\])?\s*>", "", texto, flags=re.IGNORECASE)
    try:
        raiz = ET.fromstring(texto)  # noqa: S314  # nosec B314 — sin DOCTYPE ni entidades
    except (ET.ParseError, ValueError, RecursionError) as error:
        raise ValidationError("El SVG está mal formado: no se pudo leer.") from error
    if raiz.tag != f"{{{_SVG}}}svg":
        raise ValidationError("El archivo no es un SVG.")
    if sum(1 for _ in raiz.iter()) > PIEZAS_MAXIMAS:
        raise ValidationError(f"El SVG tiene más de {PIEZAS_MAXIMAS} piezas: simplifíquelo o súbalo como PNG.")
    razones: set[str] = set()
    _despeja(raiz, razones)
    if razones:
        raise ValidationError([*sorted(razones)])
    _con_medidas(raiz)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ET.tostring(raiz, encoding="utf-8")


def _despeja(pieza: ET.Element, razones: set[str], hondura: int = 1) -> None:
    if hondura > HONDURA_MAXIMA:
        razones.add(f"Lleva más de {HONDURA_MAXIMA} grupos uno dentro de otro: desagrúpelos o súbalo como PNG.")
        return
    for nombre, valor in list(pieza.attrib.items()):
        if nombre.lower().startswith("on"):
            razones.add(f"Lleva un programa («{nombre}»), que no se acepta en un logotipo.")
        elif nombre in ("href", _ENLACE):
            if not valor.strip().startswith("#"):
                razones.add("Pide algo de fuera («href»): incorpore el dibujo en el mismo archivo.")
        elif nombre.startswith("{"):
            del pieza.attrib[nombre]  # de un programa de dibujo
        elif _AJENOS.search(valor):
            razones.add(f"Pide algo de fuera («{nombre}»): incorpore el dibujo en el mismo archivo.")
    for hija in list(pieza):
        espacio, _, nombre = hija.tag.rpartition("}") if isinstance(hija.tag, str) else ("", "", "")
        if espacio != f"{{{_SVG}" or nombre == "metadata":
            pieza.remove(hija)  # comentarios y datos de un programa de dibujo
        elif nombre == "script":
            razones.add("Lleva un programa («script»), que no se acepta en un logotipo.")
        elif nombre == "style":
            razones.add("Lleva una hoja de estilo: expórtelo con «atributos de presentación» o súbalo como PNG.")
        elif nombre not in _DIBUJAN:
            razones.add(f"Lleva «{nombre}», que no se acepta en un logotipo: conviértalo en trazos o súbalo como PNG.")
        else:
            _despeja(hija, razones, hondura + 1)


def _con_medidas(raiz: ET.Element) -> None:
    """Sin ``viewBox`` no se puede poner a escala; con uno que no son cuatro números la imprenta se cae."""
    if caja := raiz.get("viewBox"):
        medidas = [m for m in re.split(r"[\s,]+", caja.strip()) if _NUMERO.fullmatch(m)]
        if len(medidas) != 4 or min(float(m) for m in medidas[2:]) <= 0:
            raise ValidationError("El SVG dice mal sus medidas («viewBox»): expórtelo otra vez o súbalo como PNG.")
        raiz.set("viewBox", " ".join(medidas))
        return
    lados = [re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)(?:px)?\s*", raiz.get(lado, "")) for lado in ("width", "height")]
    if not all(lados):
        raise ValidationError("El SVG no dice sus medidas: le falta «viewBox» o ancho y alto.")
    raiz.set("viewBox", "0 0 " + " ".join(m[1] for m in lados if m))
