"""Documento → PDF etiquetado (PDF/UA-1) con WeasyPrint.

La imprenta sólo lee los estáticos del proyecto: ni la red ni el resto del disco.
"""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import html
from .documento import Documento

VARIANTE = "pdf/ua-1"
# Dirección que no existe en ningún disco: el lector la traduce al estático de ese nombre.
_RAIZ = "file:///estaticos/"
_HOJAS = ("css/informe.css", "css/informe-impreso.css")
# Si lo que se pide no partir no cabe en una hoja, WeasyPrint se rinde: entonces se parte donde se pueda.
_DONDE_SE_PUEDA = ".documento * { break-inside: auto !important; break-after: auto !important }"
_TIPOS_EN_LINEA = ("data:image/svg+xml;base64,", "data:image/png;base64,", "data:image/jpeg;base64,")


class SoloEstaticos(URLFetcher):
    """Abre estáticos por su nombre e imágenes incrustadas; todo lo demás se niega."""

    def fetch(self, url, headers=None):
        if url.startswith(_TIPOS_EN_LINEA):
            return super().fetch(url, headers)
        if not url.startswith(_RAIZ):
            raise ValueError(f"La imprenta no abre direcciones ajenas: {url[:80]}")
        ruta = ruta_estatica(url.removeprefix(_RAIZ).split("?")[0].split("#")[0])
        tipo = mimetypes.guess_type(ruta.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, ruta.read_bytes(), {"Content-Type": tipo})


def ruta_estatica(nombre: str) -> Path:
    """El archivo de un estático: por los buscadores o, ya recolectado, en STATIC_ROOT."""
    try:
        hallada = finders.find(nombre)
        if not hallada:
            hallada = safe_join(settings.STATIC_ROOT, nombre)
    except SuspiciousFileOperation as error:
        raise ValueError(f"Nombre de estático inválido: {nombre}") from error
    ruta = Path(hallada)
    if not ruta.is_file():
        raise FileNotFoundError(f"Falta el estático «{nombre}».")
    return ruta


def crear(documento: Documento) -> bytes:
    """El PDF completo; no toca la base de datos y puede correr en segundo plano."""
    lector = SoloEstaticos()
    fuentes = FontConfiguration()
    hojas = [CSS(url=_RAIZ + nombre, url_fetcher=lector, font_config=fuentes) for nombre in _HOJAS]
    color = documento.membrete.color
    hojas.append(CSS(string=f":root {{ --informe-color: {color} }}", url_fetcher=lector, font_config=fuentes))
    pagina = HTML(
        string=html.impreso(documento, estatico=lambda nombre: _RAIZ + nombre),
        base_url=_RAIZ,
        url_fetcher=lector,
    )
    try:
        return pagina.write_pdf(stylesheets=hojas, font_config=fuentes, pdf_variant=VARIANTE)
    except AssertionError:
        hojas.append(CSS(string=_DONDE_SE_PUEDA, url_fetcher=lector, font_config=fuentes))
        return pagina.write_pdf(stylesheets=hojas, font_config=fuentes, pdf_variant=VARIANTE)
