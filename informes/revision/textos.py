"""Dos redacciones de un texto, párrafo por párrafo y, dentro de cada uno, palabra por palabra."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

IGUAL, QUITA, PONE = "igual", "quita", "pone"
PARECIDO = 0.35  # debajo de esto no es una corrección: es otro párrafo
PALABRAS_FINAS = 600  # un párrafo más largo se compara sin detenerse en «de», «la», «que»

_PALABRA = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Trozo:
    clase: str
    texto: str


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un párrafo de cada lado; ``iguales``: cuántos seguidos no cambian (y entonces no lleva trozos)."""

    antes: tuple[Trozo, ...] = ()
    ahora: tuple[Trozo, ...] = ()
    iguales: int = 0


def parrafos(texto: str) -> list[str]:
    return [p.strip() for p in texto.splitlines() if p.strip()]


def comparar(antes: str, ahora: str) -> list[Renglon]:
    """Vacía si dicen lo mismo, aunque cambien los espacios entre párrafos."""
    viejos, nuevos = parrafos(antes), parrafos(ahora)
    if viejos == nuevos:
        return []
    renglones: list[Renglon] = []
    for que, a, b, c, d in SequenceMatcher(None, viejos, nuevos, autojunk=False).get_opcodes():
        if que == "equal":
            renglones.append(Renglon(iguales=b - a))
        else:
            renglones += _cambiados(viejos[a:b], nuevos[c:d])
    return renglones


def _cambiados(viejos: list[str], nuevos: list[str]) -> Iterator[Renglon]:
    for antes, ahora in zip_longest(viejos, nuevos, fillvalue=""):
        trozos = palabras(antes, ahora) if antes and ahora else None
        if trozos is None:
            yield Renglon(_entero(QUITA, antes), _entero(PONE, ahora))
        else:
            yield Renglon(tuple(t for t in trozos if t.clase != PONE), tuple(t for t in trozos if t.clase != QUITA))


def _entero(clase: str, texto: str) -> tuple[Trozo, ...]:
    return (Trozo(clase, texto),) if texto else ()


def palabras(antes: str, ahora: str) -> list[Trozo] | None:
    """Los dos textos en uno, con lo que se quita y lo que se pone; ``None`` si casi no se parecen."""
    viejas, nuevas = _PALABRA.findall(antes), _PALABRA.findall(ahora)
    fino = max(len(viejas), len(nuevas)) <= PALABRAS_FINAS
    # El espacio que sigue a la palabra no la hace otra.
    comparador = SequenceMatcher(None, [p.strip() for p in viejas], [p.strip() for p in nuevas], autojunk=not fino)
    if comparador.quick_ratio() < PARECIDO or comparador.ratio() < PARECIDO:
        return None
    trozos = []
    for que, a, b, c, d in comparador.get_opcodes():
        if que == "equal":
            trozos.append(Trozo(IGUAL, "".join(nuevas[c:d])))
            continue
        if a < b:
            trozos.append(Trozo(QUITA, "".join(viejas[a:b])))
        if c < d:
            trozos.append(Trozo(PONE, "".join(nuevas[c:d])))
    return _juntos(trozos)


def _juntos(trozos: Iterable[Trozo]) -> list[Trozo]:
    """Una palabra suelta que no cambió entre dos cambios estorba más de lo que ayuda: entra en el cambio."""
    lista = list(trozos)
    salida: list[Trozo] = []
    for lugar, trozo in enumerate(lista):
        rodeada = 0 < lugar < len(lista) - 1
        if trozo.clase == IGUAL and rodeada and len(trozo.texto.strip()) <= 3:
            salida += [Trozo(QUITA, trozo.texto), Trozo(PONE, trozo.texto)]
        else:
            salida.append(trozo)
    unidos: list[Trozo] = []
    for es_igual, grupo in groupby(salida, key=lambda t: t.clase == IGUAL):
        partes = list(grupo)
        clases = (IGUAL,) if es_igual else (QUITA, PONE)
        unidos += [
            Trozo(clase, texto) for clase in clases if (texto := "".join(t.texto for t in partes if t.clase == clase))
        ]
    return unidos
