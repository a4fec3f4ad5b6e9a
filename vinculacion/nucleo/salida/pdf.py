"""Documento → PDF: etiquetado para quien lo lee en voz alta (PDF/UA-1) y para guardarse (PDF/A-2a)."""

import hashlib
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

from . import html
from .documento import LETRAS, Documento
from .imprenta.encuadernado import DESTINO, Ficha, Libro, Lugar
from .imprenta.estilo import HOJAS, RAIZ, Carpetas, Estilo, ruta_estatica
from .imprenta.folios import Foliador, molde
from .imprenta.taller import AquiMismo, Taller, ficha_de, nucleos

COMO_UN_PARRAFO = 4  # renglones de tabla que tardan en imprimirse lo que un párrafo
CON_POCO = 120  # renglones que no compensan arrancar otros procesos
ENTRADAS_POR_HOJA = 30  # más o menos: sólo es la primera suposición
VUELTAS = 4  # el índice podría cambiar de largo al decir las páginas; de ahí no pasa


def carpetas() -> Carpetas:
    """Dónde están los estáticos: cada carpeta del proyecto con su prefijo y, ya recolectados, STATIC_ROOT."""
    propias = [entrada if isinstance(entrada, tuple) else ("", entrada) for entrada in settings.STATICFILES_DIRS]
    recolectados = [("", settings.STATIC_ROOT)] if settings.STATIC_ROOT else []
    return tuple((prefijo, str(carpeta)) for prefijo, carpeta in (*propias, *recolectados))


def estilo_de(documento: Documento) -> Estilo:
    variables = (("informe-color", documento.membrete.color), ("informe-letra", LETRAS[documento.membrete.letra]))
    return Estilo(carpetas(), variables, _huella_de_la_imprenta())


def _huella_de_la_imprenta() -> str:
    """Cambia con todo lo que decide cómo se ve una pieza y no está en el documento: una pieza guardada ya no sirve."""
    plantilla = get_template("nucleo/documento/cuerpo.html").origin.name  # type: ignore[attr-defined]
    rutas = [
        *(ruta_estatica(nombre, carpetas()) for nombre in HOJAS),
        *sorted(Path(plantilla).parent.glob("*.html")),
        *sorted(Path(__file__).parent.rglob("*.py")),
    ]
    entero = hashlib.sha256(version("weasyprint").encode())
    for ruta in rutas:
        entero.update(ruta.read_bytes())
    return entero.hexdigest()


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
        self.marca = f"{estilo.huella}{estilo.variables}"
        self.piezas = html.piezas(documento, estatico=lambda nombre: RAIZ + nombre, destino=DESTINO)
        self.indice: _Indice | None = None

    def crear(self) -> bytes:
        # Dos trozos iguales de una tabla son la misma ruta: se imprimen una vez y van las dos veces.
        cuerpo = [self.ruta(pieza.huella) for pieza in self.piezas.cuerpo]
        faltan = {r: pieza for r, pieza in zip(cuerpo, self.piezas.cuerpo, strict=True) if not r.exists()}
        varios = nucleos() > 1 and len(faltan) > 1 and sum(map(_filas, faltan.values())) > CON_POCO
        with Taller(self.estilo) if varios else AquiMismo(self.estilo) as taller:
            self.encargar(faltan, taller)
            return self.encuadernar(cuerpo, taller)

    def encargar(self, faltan: Mapping[Path, html.Pieza], taller: Taller | AquiMismo) -> None:
        sueltas = {self.molde: molde(self.piezas.pie)} | (
            {self.portada: self.piezas.portada()} if self.documento.con_portada else {}
        )
        for ruta, texto in sueltas.items():
            if not ruta.exists():
                taller.encargar(ruta, texto)
        # Las más largas primero: ninguna queda sola al final.
        for ruta in sorted(faltan, key=lambda r: -_filas(faltan[r])):
            taller.encargar(ruta, self.piezas.html(faltan[ruta]))

    def impresas(self, cuerpo: list[Path], taller: Taller | AquiMismo) -> Iterator[Path]:
        """La portada y el cuerpo en su orden, cada cual en cuanto la hay: unas se unen mientras otras se imprimen."""
        orden = [*([self.portada] if self.documento.con_portada else []), *cuerpo]
        hechas = {ruta for ruta in orden if ruta.exists()}
        todas = set(cuerpo)
        self.avisar(len(hechas & todas), len(todas))
        recogidas = taller.recoger()
        for ruta in orden:
            while ruta not in hechas:
                hechas.add(next(recogidas))
                self.avisar(len(hechas & todas), len(todas))
            if self.indice is None and self.documento.con_indice and todas <= hechas:
                self.indice = _Indice(self, cuerpo)
                self.indice.encargar(taller)
            yield ruta

    def encuadernar(self, cuerpo: list[Path], taller: Taller | AquiMismo) -> bytes:
        impresas = self.impresas(cuerpo, taller)
        with Libro(next(impresas)) as libro:
            tras_el_frente = libro.final if self.documento.con_portada else Lugar(0, 0, 0)
            for ruta in impresas:
                libro.agrega(ruta)
            if self.indice:
                libro.agrega(self.indice.terminado(taller), en=tras_el_frente)
            for _ruta in taller.recoger():  # el molde, si es lo único que faltaba
                pass
            foliador = Foliador(
                self.molde,
                self.piezas.pie,
                de_total=self.documento.presentacion != "carpeta",
                primera=int(self.documento.con_portada),
            )
            return libro.encuadernar(self.ficha, foliador, self.indice.etiquetas if self.indice else {})

    @property
    def ficha(self) -> Ficha:
        de_portada = self.documento.portada
        return Ficha(
            de_portada.titulo, self.documento.autor, de_portada.periodo, self.documento.idioma, self.documento.creado
        )

    @cached_property
    def portada(self) -> Path:
        return self.ruta(self.piezas.portada())

    @cached_property
    def molde(self) -> Path:
        return self.ruta(molde(self.piezas.pie))

    def ruta(self, contenido: str) -> Path:
        return self.carpeta / f"{hashlib.sha256((self.marca + contenido).encode()).hexdigest()}.pdf"


class _Indice:
    """Dice en qué página está cada cosa, contando las que él mismo ocupa."""

    def __init__(self, imprenta: _Imprenta, cuerpo: Sequence[Path]):
        self.imprenta = imprenta
        self.entradas = imprenta.piezas.indice
        self.ocupa = max(1, math.ceil(len(self.entradas) / ENTRADAS_POR_HOJA))
        self.lugares: dict[str, int] = {}
        inicio = 1 + (ficha_de(imprenta.portada)[0] if imprenta.documento.con_portada else 0)
        for pieza in cuerpo:
            cuantas, suyas = ficha_de(pieza)
            self.lugares |= {ancla: inicio + pagina for ancla, pagina in suyas.items()}
            inicio += cuantas

    @property
    def paginas(self) -> dict[str, str]:
        return {ancla: str(self.ocupa + lugar) for ancla, lugar in self.lugares.items()}

    @property
    def etiquetas(self) -> dict[str, str]:
        titulos = {e["ancla"]: f"{e['numero']} {e['titulo']}".strip() for e in self.entradas}
        return {a: f"{t}, página {self.ocupa + self.lugares[a]}" for a, t in titulos.items() if a in self.lugares}

    def encargar(self, taller: Taller | AquiMismo) -> None:
        texto = self.imprenta.piezas.pagina_de_indice(self.paginas, DESTINO)
        self.ruta = self.imprenta.ruta(texto)
        if not self.ruta.exists():
            taller.encargar(self.ruta, texto)

    def terminado(self, taller: Taller | AquiMismo) -> Path:
        for _ in range(VUELTAS):
            for _ruta in taller.recoger():
                pass
            if (reales := ficha_de(self.ruta)[0]) == self.ocupa:
                break
            self.ocupa = reales
            self.encargar(taller)
        return self.ruta


def _filas(pieza: html.Pieza) -> int:
    """Cuánto hay que imprimir, en renglones de tabla."""
    bloques = [bloque for paso in pieza.pasos for bloque, _ in paso.bloques]
    return sum(len(bloque.filas) if hasattr(bloque, "filas") else COMO_UN_PARRAFO for bloque in bloques)
