"""Dos personas guardan el mismo apartado: qué escribió cada una y un texto con los cambios de ambas."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..models import Apartado
from . import textos
from .textos import Renglon

CAMPOS = (("narrativa", "Narrativa"), ("explicacion", "Explicación si no hay actividades"))


@dataclass(frozen=True)
class Mezcla:
    """``propuesta`` lleva lo suyo y lo guardado; vacía si no se sabe de qué texto partió usted.

    ``pendientes``: lo guardado que no se pudo llevar porque usted cambió ese mismo párrafo.
    """

    campo: str
    rotulo: str
    renglones: list[Renglon]
    propuesta: str = ""
    pendientes: tuple[str, ...] = ()


def mezclas(apartado: Apartado, escrito: dict[str, str], version: str) -> list[Mezcla]:
    """``escrito``: lo que llegó en el formulario; ``version``: la del apartado que esa persona abrió."""
    base = None
    if version.isdecimal() and len(version) < 10:
        base = apartado.history.filter(version=int(version)).order_by("-history_id").first()
    salida = []
    for campo, rotulo in CAMPOS:
        suyo, guardado = escrito.get(campo, ""), getattr(apartado, campo)
        renglones = textos.comparar(guardado, suyo)
        if renglones and base is not None:
            propuesta, pendientes = juntar(getattr(base, campo), suyo, guardado)
            salida.append(Mezcla(campo, rotulo, renglones, propuesta, tuple(pendientes)))
        elif renglones:
            salida.append(Mezcla(campo, rotulo, renglones))
    return salida


@dataclass(frozen=True)
class _Cambio:
    desde: int
    hasta: int
    queda: tuple[str, ...]

    def choca(self, otro: "_Cambio") -> bool:
        """Dos que sólo agregan en el mismo lugar no chocan: caben los dos."""
        return max(self.desde, otro.desde) < min(self.hasta, otro.hasta)


def juntar(base: str, suyo: str, guardado: str) -> tuple[str, list[str]]:
    """``suyo`` con los párrafos que cambiaron de ``base`` a ``guardado``; y los que no se pudieron llevar."""
    partida = _parrafos(base)
    suyos, ajenos = _cambios(partida, _parrafos(suyo)), _cambios(partida, _parrafos(guardado))
    entran, pendientes = [], []
    for cambio in ajenos:
        if cambio in suyos:
            continue
        if any(cambio.choca(otro) for otro in suyos):
            pendientes.append("\n\n".join(cambio.queda) or f"(quitó) {' '.join(partida[cambio.desde : cambio.hasta])}")
        else:
            entran.append(cambio)
    salida, leidos = [], 0
    for cambio in sorted([*suyos, *entran], key=lambda c: (c.desde, c.hasta)):
        salida += [*partida[leidos : cambio.desde], *cambio.queda]
        leidos = max(leidos, cambio.hasta)
    return "\n\n".join([*salida, *partida[leidos:]]), pendientes


def _parrafos(texto: str) -> list[str]:
    return [p.strip("\n") for p in re.split(r"\n[ \t]*\n", texto.replace("\r\n", "\n")) if p.strip()]


def _cambios(base: list[str], nuevo: list[str]) -> list[_Cambio]:
    """Un párrafo cambiado y otro agregado junto a él son dos cambios: quien sólo agregó no choca con el cambiado."""
    salida = []
    for que, a, b, c, d in SequenceMatcher(None, base, nuevo, autojunk=False).get_opcodes():
        if que == "equal":
            continue
        pares = min(b - a, d - c)
        salida += [_Cambio(a + n, a + n + 1, (nuevo[c + n],)) for n in range(pares)]
        salida += [_Cambio(n, n + 1, ()) for n in range(a + pares, b)]
        if c + pares < d:
            salida.append(_Cambio(b, b, tuple(nuevo[c + pares : d])))
    return salida
