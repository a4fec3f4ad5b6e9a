"""Lo que las salas cuentan a un informe, sin saber de páginas, PDF ni hojas de cálculo.

Son datos inmutables: se comparan, se congelan como JSON al aprobar un informe y
vuelven idénticos. Las fechas y los números viajan como tales; cómo se escriben
lo decide quien los presenta.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

Celda = str | int | float | Decimal | date | None

CLASES_DE_COLUMNA = frozenset({"texto", "numero", "fecha", "centro"})
FORMATOS_DE_PARRAFO = frozenset({"texto", "markdown"})
# Una imagen viaja dentro del bloque: al congelarlo no depende de ningún archivo.
_IMAGEN = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Columna:
    """Encabezado de una columna; ``ancho`` es un porcentaje del ancho de la tabla."""

    titulo: str
    clase: str = "texto"
    ancho: int | None = None

    def __post_init__(self):
        if self.clase not in CLASES_DE_COLUMNA:
            raise ValueError(f"La columna «{self.titulo}» tiene una clase desconocida: {self.clase!r}.")
        if self.ancho is not None and not 1 <= self.ancho <= 100:
            raise ValueError(f"El ancho de la columna «{self.titulo}» debe estar entre 1 y 100.")


@dataclass(frozen=True, slots=True)
class Titulo:
    """Subtítulo dentro de un apartado; el nivel 2 queda justo debajo del título del apartado."""

    texto: str
    nivel: int = 2
    numero: str = ""


@dataclass(frozen=True, slots=True)
class Parrafo:
    """En Markdown admite notas al pie: ``[^1]`` en el texto y ``[^1]: lo que dice`` al final."""

    texto: str
    formato: str = "texto"

    def __post_init__(self):
        if self.formato not in FORMATOS_DE_PARRAFO:
            raise ValueError(f"Formato de párrafo desconocido: {self.formato!r}.")


@dataclass(frozen=True, slots=True)
class Cifra:
    etiqueta: str
    valor: int | Decimal
    detalle: str = ""


@dataclass(frozen=True, slots=True)
class Frase:
    """Una frase con cifras dentro: ``Frase(("Se suscribieron ", Cifra("convenios", 3), " en el año."))``."""

    partes: tuple[str | Cifra, ...]


@dataclass(frozen=True, slots=True)
class Grupo:
    """Un renglón que encabeza a los siguientes ``filas`` de su tabla; ``subtotales`` los cierra."""

    titulo: str
    filas: int
    subtotales: tuple[Celda, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tabla:
    """``combinar``: columnas cuyos valores iguales y seguidos se muestran una sola vez.

    ``enlaces``: una dirección interna por fila; sólo la página los usa.
    ``grupos``: entre todos abarcan las filas, en su orden; ``agrupada_por`` dice qué son
    («Rubro») y da nombre a su columna en la hoja de cálculo. Véase también ``nucleo.tablas_derivadas``.
    """

    columnas: tuple[Columna, ...]
    filas: tuple[tuple[Celda, ...], ...]
    titulo: str = ""
    totales: tuple[Celda, ...] | None = None
    notas: tuple[str, ...] = ()
    combinar: tuple[int, ...] = ()
    enlaces: tuple[str, ...] = ()
    grupos: tuple[Grupo, ...] = ()
    agrupada_por: str = ""

    def __post_init__(self):
        ancho = len(self.columnas)
        for numero, fila in enumerate(self.filas, start=1):
            if len(fila) != ancho:
                raise ValueError(f"La fila {numero} tiene {len(fila)} celdas y la tabla {ancho} columnas.")
        if self.totales is not None and len(self.totales) != ancho:
            raise ValueError(f"Los totales tienen {len(self.totales)} celdas y la tabla {ancho} columnas.")
        if self.enlaces and len(self.enlaces) != len(self.filas):
            raise ValueError("Los enlaces deben ser tantos como las filas.")
        if any(not 0 <= indice < ancho for indice in self.combinar):
            raise ValueError("Se pide combinar una columna que no existe.")
        if self.grupos and sum(grupo.filas for grupo in self.grupos) != len(self.filas):
            raise ValueError("Los grupos de la tabla no abarcan justo sus filas.")
        for grupo in self.grupos:
            if grupo.filas < 1:
                raise ValueError(f"El grupo «{grupo.titulo}» no tiene filas.")
            if grupo.subtotales is not None and len(grupo.subtotales) != ancho:
                raise ValueError(
                    f"Los subtotales de «{grupo.titulo}» tienen {len(grupo.subtotales)} celdas y la tabla {ancho} columnas."
                )


@dataclass(frozen=True, slots=True)
class Matriz:
    """Cuadro de doble entrada: cada fila es ``(encabezado, celdas)``; la marca es «X»."""

    esquina: str
    columnas: tuple[str, ...]
    filas: tuple[tuple[str, tuple[Celda, ...]], ...]
    titulo: str = ""
    notas: tuple[str, ...] = ()

    def __post_init__(self):
        for encabezado, celdas in self.filas:
            if len(celdas) != len(self.columnas):
                raise ValueError(
                    f"La fila «{encabezado}» tiene {len(celdas)} celdas y la matriz {len(self.columnas)} columnas."
                )


@dataclass(frozen=True, slots=True)
class Grafica:
    """``descripcion`` es el texto alternativo: dice lo que la gráfica muestra."""

    titulo: str
    descripcion: str
    svg: str


@dataclass(frozen=True, slots=True)
class Imagen:
    """``datos``: la imagen misma (data URI de PNG, JPEG o SVG); ``ancho``: porcentaje del ancho del texto."""

    alternativo: str
    datos: str
    titulo: str = ""
    nota: str = ""
    ancho: int = 100

    def __post_init__(self):
        if not _IMAGEN.fullmatch(self.datos):
            raise ValueError(f"La imagen «{self.titulo or self.alternativo}» no es PNG, JPEG ni SVG.")
        if not self.alternativo.strip():
            raise ValueError(f"La imagen «{self.titulo}» no tiene texto alternativo.")
        if not 10 <= self.ancho <= 100:
            raise ValueError(f"El ancho de la imagen «{self.titulo}» debe estar entre 10 y 100.")


@dataclass(frozen=True, slots=True)
class Lista:
    elementos: tuple[str, ...]
    ordenada: bool = False
    titulo: str = ""
    notas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SinActividades:
    texto: str


@dataclass(frozen=True, slots=True)
class Referencia:
    """Un renglón que lleva a otro apartado («Véase el Anexo 1. Instrumentos vigentes»); ``ancla``, la de éste."""

    texto: str
    ancla: str


@dataclass(frozen=True, slots=True)
class Colofon:
    """La última hoja de un documento congelado: cómo se aprobó y cómo se comprueba.

    ``datos``: (rótulo, valor), en orden. ``huella``: SHA-256 de los bloques. ``direccion``: la página
    que lo confirma, y ``qr`` (SVG) el código que lleva a ella.
    """

    datos: tuple[tuple[str, str], ...]
    huella: str = ""
    direccion: str = ""
    qr: str = ""
    nota: str = ""


Bloque = (
    Titulo | Parrafo | Cifra | Frase | Tabla | Matriz | Grafica | Imagen | Lista | SinActividades | Referencia | Colofon
)

_TIPOS: dict[str, type] = {
    "titulo": Titulo,
    "parrafo": Parrafo,
    "cifra": Cifra,
    "frase": Frase,
    "tabla": Tabla,
    "matriz": Matriz,
    "grafica": Grafica,
    "imagen": Imagen,
    "lista": Lista,
    "sin_actividades": SinActividades,
    "referencia": Referencia,
    "colofon": Colofon,
}
_NOMBRES = {tipo: nombre for nombre, tipo in _TIPOS.items()}


def hay_contenido(bloques: Iterable[Bloque]) -> bool:
    """¿Hay algo que contar? Un título suelto, un párrafo vacío o una tabla sin filas no lo son."""
    return any(_cuenta_algo(bloque) for bloque in bloques)


def _cuenta_algo(bloque: Bloque) -> bool:
    match bloque:
        case Titulo() | SinActividades() | Referencia() | Colofon():
            return False
        case Parrafo(texto=texto):
            return bool(texto.strip())
        case Tabla(filas=filas) | Matriz(filas=filas):
            return bool(filas)
        case Lista(elementos=elementos):
            return bool(elementos)
        case Grafica(svg=svg):
            return bool(svg.strip())
        case Frase(partes=partes):
            return any(isinstance(parte, Cifra) or parte.strip() for parte in partes)
    return True


def a_json(bloques: Iterable[Bloque]) -> list[dict]:
    """Datos que ``json.dumps`` acepta tal cual; fechas y decimales van marcados para volver iguales."""
    return [{"bloque": _NOMBRES[type(bloque)], **_campos_a_json(bloque)} for bloque in bloques]


def _campos_a_json(objeto) -> dict:
    return {campo.name: _valor_a_json(getattr(objeto, campo.name)) for campo in fields(objeto)}


def _valor_a_json(valor):
    match valor:
        case None | bool() | int() | float():
            return valor
        case str():
            return str(valor)  # un SafeString o un lazy dejan de serlo al congelarse
        case datetime():
            raise TypeError("Un bloque lleva fechas sin hora.")
        case date():
            return {"fecha": valor.isoformat()}
        case Decimal():
            return {"decimal": str(valor)}
        case Columna() | Grupo() | Cifra():
            return _campos_a_json(valor)
        case tuple() | list():
            return [_valor_a_json(parte) for parte in valor]
    raise TypeError(f"Un bloque no puede llevar un valor de tipo {type(valor).__name__}.")


def desde_json(datos: Iterable[dict]) -> tuple[Bloque, ...]:
    """Inverso exacto de :func:`a_json`."""
    return tuple(_bloque_desde_json(dict(dato)) for dato in datos)


def _bloque_desde_json(dato: dict) -> Bloque:
    nombre = dato.pop("bloque", None)
    if nombre not in _TIPOS:
        raise ValueError(f"Bloque desconocido: {nombre!r}.")
    tipo = _TIPOS[nombre]
    partes = {}
    if tipo is Tabla:
        partes["columnas"] = tuple(arma(Columna, columna) for columna in dato["columnas"])
        partes["grupos"] = tuple(arma(Grupo, grupo) for grupo in dato.get("grupos", ()))
    elif tipo is Frase:
        partes["partes"] = tuple(arma(Cifra, p) if isinstance(p, dict) else p for p in dato["partes"])
    return arma(tipo, {**dato, **partes})


def arma(tipo: type, datos: dict):
    """Lo que falta (un congelado de antes no lo tenía) toma su valor de siempre; lo que sobra no se calla."""
    if ajenos := sorted(datos.keys() - {campo.name for campo in fields(tipo)}):
        raise ValueError(f"«{tipo.__name__}» trae datos que esta versión no conoce: {', '.join(ajenos)}.")
    return tipo(**{clave: _valor_desde_json(valor) for clave, valor in datos.items()})


def _valor_desde_json(valor):
    if isinstance(valor, dict):
        if "fecha" in valor:
            return date.fromisoformat(valor["fecha"])
        if "decimal" in valor:
            return Decimal(valor["decimal"])
        raise ValueError(f"No se entiende un valor del informe: {sorted(valor)}.")
    if isinstance(valor, list):
        return tuple(_valor_desde_json(parte) for parte in valor)
    return valor
