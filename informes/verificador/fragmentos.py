"""El documento en piezas que las reglas leen igual vengan de los registros o de un texto ajeno."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vinculacion.nucleo.bloques import Bloque, Celda, Grafica, Lista, Matriz, Parrafo, SinActividades, Tabla, Titulo
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, celda_escrita

NIVEL_DE_SUBTITULO = 10
"""Los subtítulos de un apartado quedan por debajo de cualquier apartado."""


@dataclass(frozen=True, slots=True)
class Fragmento:
    """Un bloque en su apartado. ``url`` lleva a su editor y ``ancla`` a su lugar en la página.

    ``pagina``: en la que está, si el texto vino de un archivo que las tiene. ``tecleadas``: las cantidades que
    alguien escribió, sin las que puso el sistema; ``None`` si no se sabe cuáles son.
    """

    apartado: str
    bloque: Bloque
    ancla: str = ""
    url: str = ""
    pagina: int = 0
    tecleadas: frozenset[str] | None = None

    @property
    def es_texto(self) -> bool:
        return isinstance(self.bloque, Parrafo | SinActividades)


@dataclass(frozen=True, slots=True)
class Entrada:
    """Un renglón del índice y la página que anuncia."""

    texto: str
    pagina: int


@dataclass(frozen=True, slots=True)
class Trozo:
    """Un texto suelto de un fragmento; ``columna`` y ``fila`` sólo si salió de una tabla."""

    texto: str
    columna: str = ""
    fila: int | None = None

    @property
    def de_tabla(self) -> bool:
        return self.fila is not None


# Con tope: un texto hecho de «<a <a <a» no debe leerse una vez por cada signo que abre.
_ETIQUETA = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_DIRECCION = re.compile(r"https?://\S+")
_ENLACE = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_LLAMADA = re.compile(r"\[\^[^\[\]\s]{1,60}\](?!:)")
_NOTA = re.compile(r"^\[\^[^\[\]\s]{1,60}\]:[ \t]*(.*(?:\n(?!\s*$|\[\^).+)*)", re.MULTILINE)
_ENFASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`")
TRAMO = 4_000
"""Lo más que se lee de una vez: ningún párrafo de verdad es más largo y las reglas no se alargan con su cuadrado."""


def limpio(texto: str) -> str:
    """El texto como se lee: sin marcas de Markdown ni de HTML, sin direcciones y con espacios simples."""
    texto = _LLAMADA.sub("", texto)
    texto = _ENLACE.sub(r"\1", texto)
    texto = _DIRECCION.sub(" ", texto)
    texto = _ETIQUETA.sub(" ", texto)
    texto = _ENFASIS.sub("", texto)
    return " ".join(texto.split())


_VINETA = re.compile(r"^\s*(?:[-*•+]|\d+[.)])\s+", re.MULTILINE)


def parrafos(texto: str) -> list[str]:
    """Un texto con Markdown, en párrafos, elementos de lista y notas al pie ya limpios."""
    notas = [limpio(hallada[1]) for hallada in _NOTA.finditer(texto)]
    return [*(pieza for pieza, _ in _piezas(texto)), *filter(None, notas)]


def parrafo_y_lista(texto: str) -> tuple[str, list[str]]:
    """El último párrafo del cuerpo y los elementos de lista que lo siguen; sin las notas al pie."""
    parrafo, lista = "", []
    for pieza, de_lista in _piezas(texto):
        if de_lista:
            lista.append(pieza)
        else:
            parrafo, lista = pieza, []
    return parrafo, lista


def _piezas(texto: str) -> Iterator[tuple[str, bool]]:
    """Cada párrafo o elemento, y si es de una lista."""
    for parrafo in re.split(r"\n\s*\n", _NOTA.sub("", texto)):
        cortes = [hallado.start() for hallado in _VINETA.finditer(parrafo)]
        for desde, hasta in zip([0, *cortes], [*cortes, len(parrafo)], strict=True):
            if pieza := limpio(_VINETA.sub("", parrafo[desde:hasta], count=1)):
                yield pieza, desde in cortes


def escrita(celda: Celda) -> str:
    """El texto de una celda que ya viene escrita; fechas y números no traen nada que leer."""
    return limpio(celda) if isinstance(celda, str) else ""


def trozos(fragmento: Fragmento) -> Iterator[Trozo]:
    for trozo in _enteros(fragmento):
        if len(trozo.texto) <= TRAMO:
            yield trozo
        else:
            yield from (Trozo(tramo, trozo.columna, trozo.fila) for tramo in tramos(trozo.texto))


def tramos(texto: str) -> Iterator[str]:
    """El texto en pedazos de a lo más ``TRAMO`` letras, cortados donde acaba una oración o siquiera una palabra."""
    while len(texto) > TRAMO:
        corte = texto.rfind(". ", TRAMO // 2, TRAMO) + 1 or texto.rfind(" ", TRAMO // 2, TRAMO)
        corte = corte if corte > 0 else TRAMO
        yield texto[:corte]
        texto = texto[corte:].lstrip()
    if texto:
        yield texto


def _enteros(fragmento: Fragmento) -> Iterator[Trozo]:
    match fragmento.bloque:
        case Titulo(texto=texto):
            yield Trozo(limpio(texto))
        case Parrafo(texto=texto) | SinActividades(texto=texto):
            for pieza in parrafos(texto):
                yield Trozo(pieza)
        case Lista(elementos=elementos, titulo=titulo, notas=notas):
            for texto in (titulo, *elementos, *notas):
                if texto:
                    yield Trozo(limpio(texto))
        case Grafica(titulo=titulo, descripcion=descripcion):
            yield Trozo(limpio(titulo))
            yield Trozo(limpio(descripcion))
        case Tabla() as tabla:
            for texto in (tabla.titulo, *(columna.titulo for columna in tabla.columnas)):
                if texto:
                    yield Trozo(limpio(texto))
            for numero, fila in enumerate(tabla.filas):
                for columna, celda in zip(tabla.columnas, fila, strict=True):
                    if texto := escrita(celda):
                        yield Trozo(texto, columna.titulo, numero)
            for texto in tabla.notas:
                yield Trozo(limpio(texto))
        case Matriz() as matriz:
            for texto in (matriz.titulo, *matriz.columnas, *(encabezado for encabezado, _ in matriz.filas)):
                if texto:
                    yield Trozo(limpio(texto))
            for texto in matriz.notas:
                yield Trozo(limpio(texto))


def cita(texto: str, inicio: int = 0, fin: int = 0, margen: int = 70) -> str:
    """El pedazo que se señala con algo de lo que lo rodea, cortado por palabra."""
    desde, hasta = max(0, inicio - margen), min(len(texto), fin + margen)
    if desde:
        desde = texto.find(" ", desde, inicio) + 1 or desde
    if hasta < len(texto):
        corte = texto.rfind(" ", fin, hasta)
        hasta = corte if corte > 0 else hasta
    return f"{'…' if desde else ''}{texto[desde:hasta].strip()}{'…' if hasta < len(texto) else ''}"


def fila_citada(fila: tuple[Celda, ...]) -> str:
    return cita(" · ".join(t for celda in fila if (t := limpio(celda_escrita(celda)))), 0, 140)


def enlace_de_fila(tabla: Tabla, numero: int | None) -> str:
    return tabla.enlaces[numero] if tabla.enlaces and numero is not None else ""


def de_documento(documento: Documento, editor: Callable[[str], str] = lambda ancla: "") -> list[Fragmento]:
    """Los bloques en orden de lectura; ``editor(ancla)`` da la dirección donde se corrige cada apartado."""
    fragmentos: list[Fragmento] = []

    def baja(apartados: tuple[ApartadoArmado, ...]) -> None:
        for apartado in apartados:
            url = editor(apartado.ancla)
            piezas: list[Bloque] = [Titulo(apartado.titulo, min(apartado.nivel, 6)), *apartado.bloques]
            fragmentos.extend(Fragmento(apartado.encabezado, bloque, apartado.ancla, url) for bloque in piezas)
            baja(apartado.hijos)

    baja(documento.apartados)
    return fragmentos
