"""Dos redacciones de una minuta, renglón por renglón."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Tramo:
    """Renglones seguidos que son iguales o que cambian juntos."""

    igual: bool
    antes: tuple[str, ...]
    ahora: tuple[str, ...]


def renglones(texto: str) -> list[str]:
    return [r.rstrip() for r in texto.splitlines() if r.strip()]


def tramos(antes: str, ahora: str) -> list[Tramo]:
    viejos, nuevos = renglones(antes), renglones(ahora)
    pasos = SequenceMatcher(None, viejos, nuevos, autojunk=False).get_opcodes()
    return [Tramo(que == "equal", tuple(viejos[a:b]), tuple(nuevos[c:d])) for que, a, b, c, d in pasos]


def cambios(antes: str, ahora: str) -> list[Tramo]:
    return [t for t in tramos(antes, ahora) if not t.igual]


def incorporar(texto: str, base: str, nuevo: str) -> tuple[str, list[Tramo]]:
    """Lleva a ``texto`` lo que cambió de ``base`` a ``nuevo`` sin tocar lo que una persona corrigió.

    Devuelve el texto y los tramos que no se pudieron llevar, porque ese renglón ya decía otra cosa.
    """
    escrito = texto.replace("\r\n", "\n").split("\n")
    pendientes = []
    anterior = ""  # el último renglón igual: tras él va lo que sólo se agrega
    for tramo in tramos(base, nuevo):
        if tramo.igual:
            anterior = tramo.antes[-1]
            continue
        lugar = _donde(escrito, tramo.antes or (anterior,))
        if lugar is None:
            pendientes.append(tramo)
            continue
        desde, hasta = lugar
        agregado = [r for renglon in tramo.ahora for r in (renglon, "")][:-1]
        escrito[desde:hasta] = agregado if tramo.antes else [*escrito[desde:hasta], "", *agregado]
    return "\n".join(escrito), pendientes


def _donde(escrito: list[str], buscado: tuple[str, ...]) -> tuple[int, int] | None:
    """Dónde está ``buscado`` en ``escrito``, sin contar los renglones en blanco; ``None`` si no está o se repite."""
    llenos = [(n, r.rstrip()) for n, r in enumerate(escrito) if r.strip()]
    largo = len(buscado)
    lugares = [i for i in range(len(llenos) - largo + 1) if tuple(r for _, r in llenos[i : i + largo]) == buscado]
    if len(lugares) != 1:
        return None
    return llenos[lugares[0]][0], llenos[lugares[0] + largo - 1][0] + 1
