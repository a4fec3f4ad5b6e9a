"""Lo que está listo para presentarse en una sesión: cada sala lo propone y la comisión lo incluye como punto."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


def _nada(punto, por) -> None:
    """Hay propuestas que no anotan nada al incluirse."""


@dataclass(frozen=True)
class Propuesta:
    """``clave`` la distingue de todas («informe-3»); ``al_incluir`` escribe, en la misma transacción, en qué punto quedó.

    ``clase`` dice qué es («Informe», «Minuta»); ``solicitud``, qué se pide a la comisión (aprobacion, presentacion).
    """

    clave: str
    clase: str
    titulo: str
    solicitud: str
    url: str
    presenta: str = ""
    tema: str = ""
    detalle: str = ""
    de_tramite: bool = False
    al_incluir: Callable[[Any, Any], None] = _nada


PROPONENTES: list[Callable[[Any, Any], Iterable[Propuesta]]] = []
DESLIGAN: list[Callable[[Any, Any], None]] = []


def propuestas(funcion):
    """Anota ``funcion(sesion, usuario)``: lo que ``usuario`` puede llevar a esa sesión y todavía no está en ella."""
    PROPONENTES.append(funcion)
    return funcion


def al_quitar(funcion):
    """Anota ``funcion(punto, por)``: suelta lo que se había incluido en el punto, o ``ValidationError`` si ya no puede."""
    DESLIGAN.append(funcion)
    return funcion


def reunir(sesion, usuario) -> list[Propuesta]:
    return [propuesta for funcion in PROPONENTES for propuesta in funcion(sesion, usuario)]


def desligar(punto, por) -> None:
    for funcion in DESLIGAN:
        funcion(punto, por)
