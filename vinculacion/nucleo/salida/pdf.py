"""Documento → PDF: etiquetado para quien lo lee en voz alta (PDF/UA-1) y para guardarse (PDF/A-2a)."""

import hashlib
import math
import tempfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import weasyprint
from django.conf import settings

from . import html
from .documento import LETRAS, Documento
from .imprenta.encuadernado import DESTINO, Ficha, encuadernar
from .imprenta.folios import MOLDE, Foliador
from .imprenta.prensa import HOJAS, RAIZ, Carpetas, Estilo, ruta_estatica
from .imprenta.taller import AquiMismo, Taller, ficha_de, nucleos

CON_POCO = 120  # renglones que no compensan arrancar otros procesos
ENTRADAS_POR_HOJA = 26  # más o menos: sólo es la primera suposición
VUELTAS = 4  # el índice podría cambiar de largo al decir las páginas; de ahí no pasa


def carpetas() -> Carpetas:
    """Dónde están los estáticos: cada carpeta del proyecto con su prefijo y, ya recolectados, STATIC_ROOT."""
    propias = [entrada if isinstance(entrada, tuple) else ("", entrada) for entrada in settings.STATICFILES_DIRS]
    recolectados = [("", settings.STATIC_ROOT)] if settings.STATIC_ROOT else []
    return tuple((prefijo, str(carpeta)) for prefijo, carpeta in (*propias, *recolectados))


def estilo_de(documento: Documento) -> Estilo:
    return Estilo(
        carpetas(), (("informe-color", documento.membrete.color), ("informe-letra", LETRAS[documento.membrete.letra]))
    )


def crear(
    documento: Documento, *, avisar: Callable[[int, int], None] | None = None, deposito: Path | None = None
) -> bytes:
    """El PDF completo; no toca la base de datos y puede correr en segundo plano.

    ``avisar(hechas, total)`` se llama por cada pieza impresa y puede lanzar ``taller.Cancelado``.
    ``deposito``: carpeta donde quedan las piezas; la que no cambió no se vuelve a imprimir.
    """
    estilo = estilo_de(documento)
    with tempfile.TemporaryDirectory(prefix="imprenta-") as provisional:
        return _Imprenta(documento, estilo, deposito or Path(provisional), avisar or (lambda _h, _t: None)).crear()


class _Imprenta:
    def __init__(self, documento: Documento, estilo: Estilo, carpeta: Path, avisar: Callable[[int, int], None]):
        self.documento, self.estilo, self.carpeta, self.avisar = documento, estilo, carpeta, avisar
        self.marca = _marca_de_estilo(estilo)
        self.piezas = html.piezas(documento, estatico=lambda nombre: RAIZ + nombre, destino=DESTINO)

    def crear(self) -> bytes:
        # Dos trozos iguales de una tabla son la misma ruta: se imprimen una vez y van las dos veces.
        cuerpo = [self.ruta(pieza.huella) for pieza in self.piezas.cuerpo]
        faltan = {r: pieza for r, pieza in zip(cuerpo, self.piezas.cuerpo, strict=True) if not r.exists()}
        total = len(set(cuerpo))
        hechas = total - len(faltan)

        def al_terminar(ruta: Path) -> None:
            nonlocal hechas
            hechas += ruta in cuerpo
            self.avisar(hechas, total)

        self.avisar(hechas, total)
        largo = sum(_filas(pieza) for pieza in faltan.values())
        varios = nucleos() > 1 and len(faltan) > 1 and largo > CON_POCO
        molde = self.ruta(MOLDE)
        with Taller(self.estilo) if varios else AquiMismo(self.estilo) as taller:
            sueltas = {molde: MOLDE} | ({self.portada: self.piezas.portada()} if self.documento.con_portada else {})
            piezas = {ruta: self.piezas.html(pieza) for ruta, pieza in faltan.items()}
            taller.imprimir(piezas | {r: texto for r, texto in sueltas.items() if not r.exists()}, al_terminar)
            indice, etiquetas = self.indice(cuerpo, taller)
        portada = self.documento.portada
        ficha = Ficha(
            portada.titulo, self.documento.autor, portada.periodo, self.documento.idioma, self.documento.creado
        )
        foliador = Foliador(
            molde, de_total=self.documento.presentacion != "carpeta", primera=int(self.documento.con_portada)
        )
        frente = [self.portada] if self.documento.con_portada else []
        return encuadernar([*frente, *indice, *cuerpo], ficha, foliador, etiquetas)

    @cached_property
    def portada(self) -> Path:
        return self.ruta(self.piezas.portada())

    def ruta(self, contenido: str) -> Path:
        return self.carpeta / f"{hashlib.sha256((self.marca + contenido).encode()).hexdigest()}.pdf"

    def indice(self, cuerpo: list[Path], taller: Taller | AquiMismo) -> tuple[list[Path], dict[str, str]]:
        """Dice en qué página está cada cosa, contando las que él mismo ocupa."""
        if not self.documento.con_indice:
            return [], {}
        lugares: dict[str, int] = {}
        inicio = 1 + ficha_de(self.portada)[0]
        for pieza in cuerpo:
            cuantas, suyas = ficha_de(pieza)
            lugares |= {ancla: inicio + pagina for ancla, pagina in suyas.items()}
            inicio += cuantas
        ocupa = max(1, math.ceil(len(self.piezas.indice) / ENTRADAS_POR_HOJA))
        for _ in range(VUELTAS):
            paginas = {ancla: str(ocupa + lugar) for ancla, lugar in lugares.items()}
            texto = self.piezas.pagina_de_indice(paginas, DESTINO)
            ruta = self.ruta(texto)
            if not ruta.exists():
                taller.imprimir({ruta: texto}, lambda _ruta: None)
            if (reales := ficha_de(ruta)[0]) == ocupa:
                break
            ocupa = reales
        titulos = {e["ancla"]: f"{e['numero']} {e['titulo']}".strip() for e in self.piezas.indice}
        return [ruta], {a: f"{titulo}, página {paginas[a]}" for a, titulo in titulos.items() if a in paginas}


def _filas(pieza: html.Pieza) -> int:
    """Cuánto hay que imprimir, en renglones de tabla; un párrafo cuenta por unos cuantos."""
    return sum(len(getattr(bloque, "filas", "....")) for paso in pieza.pasos for bloque, _ in paso.bloques)


def _marca_de_estilo(estilo: Estilo) -> str:
    """Cambia con las hojas de estilo, los colores o la versión de la imprenta."""
    hojas = b"".join(ruta_estatica(nombre, estilo.carpetas).read_bytes() for nombre in HOJAS)
    return hashlib.sha256(hojas + f"{estilo.variables}{weasyprint.__version__}".encode()).hexdigest()
