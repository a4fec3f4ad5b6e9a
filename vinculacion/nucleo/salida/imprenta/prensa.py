"""Una pieza de HTML → un PDF con etiquetas, por WeasyPrint.

Sólo lee los estáticos del proyecto: ni la red ni el resto del disco.
"""

import gc
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import pydyf
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .cabeceras import corrige
from .estilo import HOJAS, RAIZ, Carpetas, Estilo, ruta_estatica

VARIANTE = "pdf/a-2a"  # lo que le falta para ser además PDF/UA-1 lo pone el encuadernado
# Si lo que se pide no partir no cabe en una hoja, WeasyPrint se rinde: entonces se parte donde se pueda.
_DONDE_SE_PUEDA = ".documento * { break-inside: auto !important; break-after: auto !important }"
_QUE_SE_LEE = b"/CIDInit /ProcSet findresource begin"  # con lo que empieza la tabla de un dibujo a su letra
_TIPOS_EN_LINEA = ("data:image/svg+xml;base64,", "data:image/png;base64,", "data:image/jpeg;base64,")


class SoloEstaticos(URLFetcher):
    """Abre estáticos por su nombre e imágenes incrustadas; todo lo demás se niega."""

    def __init__(self, carpetas: Carpetas):
        super().__init__()
        self.carpetas = carpetas

    def fetch(self, url, headers=None):
        if url.startswith(_TIPOS_EN_LINEA):
            return super().fetch(url, headers)
        if not url.startswith(RAIZ):
            raise ValueError(f"La imprenta no abre direcciones ajenas: {url[:80]}")
        ruta = ruta_estatica(url.removeprefix(RAIZ).split("?")[0].split("#")[0], self.carpetas)
        tipo = mimetypes.guess_type(ruta.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, ruta.read_bytes(), {"Content-Type": tipo})


@lru_cache(maxsize=4)
def aparejo(estilo: Estilo) -> tuple[SoloEstaticos, FontConfiguration, CSS]:
    """Las hojas de estilo y las letras tardan más en leerse que una pieza en imprimirse: se leen una vez.

    Y como una sola hoja: WeasyPrint pregunta a cada hoja por cada elemento.
    """
    lector, letras = SoloEstaticos(estilo.carpetas), FontConfiguration()
    reglas = [ruta_estatica(nombre, estilo.carpetas).read_text(encoding="utf-8") for nombre in HOJAS]
    hoja = CSS(
        string="\n".join([*reglas, estilo.css]), base_url=RAIZ + HOJAS[0], url_fetcher=lector, font_config=letras
    )
    return lector, letras, hoja


@dataclass(frozen=True)
class Impresa:
    """El PDF de una pieza, cuántas páginas tiene y en cuál (desde 0) cae cada ancla."""

    pdf: bytes
    paginas: int
    anclas: dict[str, int]


def imprimir(html: str, estilo: Estilo) -> Impresa:
    lector, letras, hoja = aparejo(estilo)
    pagina = HTML(string=html, base_url=RAIZ, url_fetcher=lector)
    # El recolector recorre una y otra vez las cajas vivas: sin él, el doble de hojas tarda el doble y no más.
    recolecta = gc.isenabled()
    gc.disable()
    terminar = partial(_termina, hashlib.sha256(html.encode()).hexdigest()[:12])
    try:
        return _imprime(pagina, [hoja], letras, terminar)
    except AssertionError:
        sueltas = [hoja, CSS(string=_DONDE_SE_PUEDA, url_fetcher=lector, font_config=letras)]
        return _imprime(pagina, sueltas, letras, terminar)
    finally:
        if recolecta:
            gc.enable()


def _imprime(pagina: HTML, hojas: Sequence[CSS], letras: FontConfiguration, terminar: partial) -> Impresa:
    # La huella que pide PDF/A y los objetos comprimidos en uno los lleva el libro: en la pieza serían trabajo doble.
    opciones = {"stylesheets": hojas, "pdf_variant": VARIANTE, "pdf_identifier": False, "uncompressed_pdf": True}
    hecha = pagina.render(font_config=letras, **opciones)
    anclas: dict[str, int] = {}
    for n, hoja in enumerate(hecha.pages):
        for ancla in hoja.anchors:
            anclas.setdefault(ancla, n)  # la de un apartado que sigue en otra hoja es la de su principio
    return Impresa(hecha.write_pdf(finisher=terminar, **opciones), len(hecha.pages), anclas)


def _termina(marca: str, documento: Document, pdf: pydyf.PDF) -> None:
    corrige(marca, documento, pdf)
    for objeto in pdf.objects:
        if isinstance(objeto, pydyf.Stream) and "Filter" not in objeto.extra:
            objeto.compress = True
            if objeto.stream and objeto.stream[0] == _QUE_SE_LEE:
                # La letra dibuja igual los dos espacios: sin esto, todos se leerían como el de no separar.
                objeto.stream = [renglon.replace(b"> <00a0>", b"> <0020>") for renglon in objeto.stream]
