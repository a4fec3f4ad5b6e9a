"""Una pieza de HTML → un PDF con etiquetas, por WeasyPrint.

Sólo lee los estáticos del proyecto: ni la red ni el resto del disco.
"""

import gc
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .cabeceras import corrige

VARIANTE = "pdf/a-2a"  # lo que le falta para ser además PDF/UA-1 lo pone el encuadernado
# Dirección que no existe en ningún disco: el lector la traduce al estático de ese nombre.
RAIZ = "file:///estaticos/"
HOJAS = ("css/letra-impresa.css", "css/informe.css", "css/informe-impreso.css")
# Si lo que se pide no partir no cabe en una hoja, WeasyPrint se rinde: entonces se parte donde se pueda.
_DONDE_SE_PUEDA = ".documento * { break-inside: auto !important; break-after: auto !important }"
_TIPOS_EN_LINEA = ("data:image/svg+xml;base64,", "data:image/png;base64,", "data:image/jpeg;base64,")

Carpetas = tuple[tuple[str, str], ...]  # (prefijo, carpeta), en el orden en que se busca


@dataclass(frozen=True)
class Estilo:
    """Lo que cambia de un documento a otro y no es su contenido: ``variables`` de CSS y dónde están los estáticos.

    ``huella``: la de las hojas de estilo tal como están en el disco; si cambian, se vuelven a leer.
    """

    carpetas: Carpetas
    variables: tuple[tuple[str, str], ...] = ()
    huella: str = ""

    @property
    def css(self) -> str:
        return ":root {" + "".join(f" --{nombre}: {valor};" for nombre, valor in self.variables) + " }"


def ruta_estatica(nombre: str, carpetas: Carpetas) -> Path:
    """El archivo de un estático. ``ValueError`` si se sale de su carpeta; ``FileNotFoundError`` si no está."""
    for prefijo, carpeta in carpetas:
        if prefijo and not nombre.startswith(f"{prefijo}/"):
            continue
        base = Path(carpeta).resolve()
        ruta = (base / nombre.removeprefix(prefijo).lstrip("/")).resolve()
        if not ruta.is_relative_to(base):
            # node_modules puede ser un enlace; fuera de él no se sale.
            raise ValueError(f"Nombre de estático inválido: {nombre}")
        if ruta.is_file():
            return ruta
    raise FileNotFoundError(f"Falta el estático «{nombre}».")


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
def aparejo(estilo: Estilo) -> tuple[SoloEstaticos, FontConfiguration, Sequence[CSS]]:
    """Las hojas de estilo y las letras tardan más en leerse que una pieza en imprimirse: se leen una vez."""
    lector, letras = SoloEstaticos(estilo.carpetas), FontConfiguration()
    hojas = [CSS(url=RAIZ + nombre, url_fetcher=lector, font_config=letras) for nombre in HOJAS]
    hojas.append(CSS(string=estilo.css, url_fetcher=lector, font_config=letras))
    return lector, letras, hojas


@dataclass(frozen=True)
class Impresa:
    """El PDF de una pieza, cuántas páginas tiene y en cuál (desde 0) cae cada ancla."""

    pdf: bytes
    paginas: int
    anclas: dict[str, int]


def imprimir(html: str, estilo: Estilo) -> Impresa:
    lector, letras, hojas = aparejo(estilo)
    pagina = HTML(string=html, base_url=RAIZ, url_fetcher=lector)
    # El recolector recorre una y otra vez las cajas vivas: sin él, el doble de hojas tarda el doble y no más.
    recolecta = gc.isenabled()
    gc.disable()
    corrector = partial(corrige, hashlib.sha256(html.encode()).hexdigest()[:12])
    try:
        return _imprime(pagina, hojas, letras, corrector)
    except AssertionError:
        sueltas = [*hojas, CSS(string=_DONDE_SE_PUEDA, url_fetcher=lector, font_config=letras)]
        return _imprime(pagina, sueltas, letras, corrector)
    finally:
        if recolecta:
            gc.enable()


def _imprime(pagina: HTML, hojas: Sequence[CSS], letras: FontConfiguration, corrector: partial) -> Impresa:
    opciones = {"stylesheets": hojas, "pdf_variant": VARIANTE}
    hecha = pagina.render(font_config=letras, **opciones)
    anclas: dict[str, int] = {}
    for n, hoja in enumerate(hecha.pages):
        for ancla in hoja.anchors:
            anclas.setdefault(ancla, n)  # la de un apartado que sigue en otra hoja es la de su principio
    return Impresa(hecha.write_pdf(finisher=corrector, **opciones), len(hecha.pages), anclas)
