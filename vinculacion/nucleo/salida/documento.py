"""El informe ya armado: datos puros que cualquier formato sabe escribir.

Nada aquí conoce modelos ni bases de datos. ``recorrido`` numera tablas y
gráficas una sola vez, de modo que todos los formatos digan «Tabla 3» de la misma.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from vinculacion.nucleo import palabras
from vinculacion.nucleo.bloques import Bloque, Celda, Grafica, Matriz, Tabla

INSTITUCION = "Instituto Electoral de la Ciudad de México"
COLOR_INSTITUCIONAL = "#4a2a6b"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Membrete:
    """Identidad gráfica; ``logo`` es la ruta de un estático (SVG o PNG)."""

    logo: str = "img/marca.svg"
    logo_alt: str = ""
    color: str = COLOR_INSTITUCIONAL
    domicilio: str = ""

    def __post_init__(self):
        if not _COLOR.fullmatch(self.color):
            raise ValueError(f"El color del membrete debe escribirse como #rrggbb: {self.color!r}.")


@dataclass(frozen=True, slots=True)
class Portada:
    titulo: str
    subtitulo: str = ""
    institucion: str = ""
    unidad: str = ""
    periodo: str = ""
    organo: str = ""
    punto: str | int = ""
    sesion: str = ""
    fecha_sesion: date | None = None
    acuerdo: str = ""
    estado: str = ""
    leyenda: str = ""

    @property
    def aprobado(self) -> bool:
        return bool(self.acuerdo)

    @property
    def rotulo_estado(self) -> str:
        return self.estado or ("Aprobado" if self.aprobado else "Proyecto")

    @property
    def titulo_corto(self) -> str:
        """Cabe en una línea de la cabecera de página."""
        return recorta(self.titulo, 70)

    @property
    def fecha_sesion_escrita(self) -> str:
        return palabras.capitaliza(palabras.fecha_larga(self.fecha_sesion)) if self.fecha_sesion else ""


@dataclass(frozen=True, slots=True)
class ApartadoArmado:
    """``numero`` ya viene escrito («I», «1», «A)»); ``nivel`` 1 es el más alto; ``ancla`` es única.

    ``hoja``: «apaisada» para los cuadros que de pie no se leen; «seguida» para un capítulo
    corto que no empieza página; vacía, lo de siempre.
    """

    numero: str
    titulo: str
    nivel: int
    bloques: tuple[Bloque, ...] = ()
    hijos: tuple["ApartadoArmado", ...] = ()
    ancla: str = ""
    en_indice: bool = True
    hoja: str = ""

    @property
    def numero_escrito(self) -> str:
        """«I» se escribe «I.»; «A)» queda como está."""
        if self.numero and self.numero[-1].isalnum():
            return f"{self.numero}."
        return self.numero

    @property
    def encabezado(self) -> str:
        return f"{self.numero_escrito} {self.titulo}".strip()


PRESENTACIONES = frozenset({"informe", "carpeta", "oficio", "firmas"})


@dataclass(frozen=True, slots=True)
class Documento:
    """``presentacion``: un informe lleva portada e índice; una carpeta, portada; un oficio, membrete.

    «firmas» es un oficio con los renglones altos, para firmar en ellos.
    """

    clave: str
    portada: Portada
    apartados: tuple[ApartadoArmado, ...]
    idioma: str = "es-MX"
    autor: str = ""
    creado: datetime | None = None
    membrete: Membrete = field(default_factory=Membrete)
    presentacion: str = "informe"

    def __post_init__(self):
        if self.presentacion not in PRESENTACIONES:
            raise ValueError(f"Presentación desconocida: {self.presentacion!r}.")

    @property
    def con_portada(self) -> bool:
        return self.presentacion in ("informe", "carpeta")

    @property
    def con_indice(self) -> bool:
        return self.presentacion == "informe"


@dataclass(frozen=True, slots=True)
class Paso:
    """Un apartado en su lugar del recorrido, con sus bloques ya rotulados («Tabla 3», «» si no llevan)."""

    apartado: ApartadoArmado
    bloques: tuple[tuple[Bloque, str], ...]
    camino: tuple[str, ...]
    ancla: str


def recorrido(documento: Documento) -> Iterator[Paso]:
    """Apartados en orden de lectura; sólo se numeran las tablas y gráficas que llevan título."""
    cuenta = {"Tabla": 0, "Gráfica": 0}
    anclas: set[str] = set()

    def rotulo(bloque: Bloque) -> str:
        if not isinstance(bloque, Tabla | Matriz | Grafica) or not bloque.titulo:
            return ""
        clase = "Gráfica" if isinstance(bloque, Grafica) else "Tabla"
        cuenta[clase] += 1
        return f"{clase} {cuenta[clase]}"

    def baja(apartados, camino):
        for apartado in apartados:
            aqui = (*camino, apartado.numero_escrito or apartado.titulo)
            bloques = tuple((bloque, rotulo(bloque)) for bloque in apartado.bloques)
            yield Paso(apartado, bloques, aqui, _ancla_unica(apartado, anclas))
            yield from baja(apartado.hijos, aqui)

    return baja(documento.apartados, ())


def _ancla_unica(apartado: ApartadoArmado, usadas: set[str]) -> str:
    base = re.sub(r"[^\w-]+", "-", apartado.ancla or "apartado").strip("-") or "apartado"
    ancla, vez = base, 1
    while ancla in usadas:
        vez += 1
        ancla = f"{base}-{vez}"
    usadas.add(ancla)
    return ancla


def recorta(texto: str, largo: int) -> str:
    """Corta por palabra y no deja colgada una preposición («…de Vinculación con…»)."""
    if len(texto) <= largo:
        return texto
    palabras_cabidas = textwrap.shorten(texto, largo, placeholder="").split()
    while len(palabras_cabidas) > 1 and len(palabras_cabidas[-1]) <= 3:
        palabras_cabidas.pop()
    return (" ".join(palabras_cabidas) or texto[: largo - 1]).rstrip(",;:.") + "…"


def celda_escrita(celda: Celda) -> str:
    """El texto de una celda, igual en todos los formatos de lectura."""
    match celda:
        case None:
            return ""
        case bool():
            return "Sí" if celda else "No"
        case int() | float() | Decimal():
            return palabras.numero(celda)
        case date():
            return palabras.capitaliza(palabras.fecha_larga(celda))
    return str(celda)
