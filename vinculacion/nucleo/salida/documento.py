"""El informe ya armado: datos puros que cualquier formato sabe escribir.

Nada aquí conoce modelos ni bases de datos. ``recorrido`` numera tablas y
gráficas una sola vez, de modo que todos los formatos digan «Tabla 3» de la misma.
"""

import base64
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from vinculacion.nucleo import palabras
from vinculacion.nucleo.bloques import Bloque, Celda, Grafica, Imagen, Matriz, Parrafo, Tabla

from . import notas

INSTITUCION = "Instituto Electoral de la Ciudad de México"
COLOR_INSTITUCIONAL = "#4a2a6b"
LETRAS = {
    "sans": '"Source Sans 3", "Source Sans 3 Ext", "Segoe UI", Arial, sans-serif',
    "serif": '"Source Serif 4", "Source Serif 4 Ext", Georgia, "Times New Roman", serif',
}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LOGO = re.compile(r"data:image/(?:png|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Membrete:
    """Identidad gráfica; ``logo`` es la ruta de un estático (SVG o PNG) o la imagen misma como data URI."""

    logo: str = "img/marca.svg"
    logo_alt: str = ""
    color: str = COLOR_INSTITUCIONAL
    domicilio: str = ""
    letra: str = "sans"
    institucion: str = INSTITUCION

    def __post_init__(self):
        if not _COLOR.fullmatch(self.color):
            raise ValueError(f"El color del membrete debe escribirse como #rrggbb: {self.color!r}.")
        if self.letra not in LETRAS:
            raise ValueError(f"Letra desconocida: {self.letra!r}.")
        if self.logo.startswith("data:") and not _LOGO.fullmatch(self.logo):
            raise ValueError("El logotipo del membrete debe ser PNG o SVG.")

    def fuente_del_logo(self, estatico: Callable[[str], str]) -> str:
        return self.logo if self.logo.startswith("data:") else estatico(self.logo)

    @property
    def clave_del_color(self) -> str:
        """Seis cifras, como la pide la hoja de estilo de la página."""
        return self.color.removeprefix("#").lower()

    @property
    def logo_incrustado(self) -> tuple[str, bytes]:
        """``(tipo MIME, contenido)``; vacío si es un estático."""
        if not self.logo.startswith("data:"):
            return "", b""
        tipo, contenido = self.logo.removeprefix("data:").split(";base64,")
        return tipo, base64.b64decode(contenido)


_DE_LA_CASA: list[Callable[[], Membrete]] = []


def prestar_membrete(funcion: Callable[[], Membrete]) -> None:
    """Quien guarda las identidades dice aquí cuál es la predeterminada: este piso no las conoce."""
    _DE_LA_CASA[:] = [funcion]


def membrete_de_la_casa() -> Membrete:
    """El de la identidad predeterminada, para los documentos que no eligen la suya."""
    return _DE_LA_CASA[0]() if _DE_LA_CASA else Membrete()


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
        return numero_escrito(self.numero)

    @property
    def encabezado(self) -> str:
        return con_numero(self.numero, self.titulo)


def numero_escrito(numero: str) -> str:
    """«I» se escribe «I.»; «A)» queda como está."""
    return f"{numero}." if numero and numero[-1].isalnum() else numero


def con_numero(numero: str, titulo: str) -> str:
    return f"{numero_escrito(numero)} {titulo}".strip()


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
    """Un apartado en su lugar del recorrido, con sus bloques ya rotulados («Tabla 3», «» si no llevan).

    ``nota``: el número de su primera nota al pie, que se cuentan en todo el documento.
    """

    apartado: ApartadoArmado
    bloques: tuple[tuple[Bloque, str], ...]
    camino: tuple[str, ...]
    ancla: str
    nota: int = 1


def recorrido(documento: Documento) -> Iterator[Paso]:
    """Apartados en orden de lectura; sólo se numeran las tablas, gráficas e imágenes que llevan título."""
    cuenta = {"Tabla": 0, "Gráfica": 0, "Imagen": 0}
    anclas: set[str] = set()
    llamadas = 1

    def rotulo(bloque: Bloque) -> str:
        match bloque:
            case Tabla(titulo=titulo) | Matriz(titulo=titulo) if titulo:
                clase = "Tabla"
            case Grafica(titulo=titulo) if titulo:
                clase = "Gráfica"
            case Imagen(titulo=titulo) if titulo:
                clase = "Imagen"
            case _:
                return ""
        cuenta[clase] += 1
        return f"{clase} {cuenta[clase]}"

    def baja(apartados, camino):
        nonlocal llamadas
        for apartado in apartados:
            aqui = (*camino, apartado.numero_escrito or apartado.titulo)
            bloques = tuple((bloque, rotulo(bloque)) for bloque in apartado.bloques)
            yield Paso(apartado, bloques, aqui, _ancla_unica(apartado, anclas), llamadas)
            llamadas += sum(notas_de(bloque) for bloque in apartado.bloques)
            yield from baja(apartado.hijos, aqui)

    return baja(documento.apartados, ())


def notas_de(bloque: Bloque) -> int:
    """Cuántas notas al pie llama."""
    if not isinstance(bloque, Parrafo) or bloque.formato != "markdown" or "[^" not in bloque.texto:
        return 0
    return len(notas.separar(bloque.texto)[1])


def ancla_limpia(ancla: str) -> str:
    return re.sub(r"[^\w-]+", "-", ancla or "apartado").strip("-") or "apartado"


def _ancla_unica(apartado: ApartadoArmado, usadas: set[str]) -> str:
    base = ancla_limpia(apartado.ancla)
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
