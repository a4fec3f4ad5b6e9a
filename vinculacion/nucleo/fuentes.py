"""Fuentes de avance: qué más, además de la bitácora, cuenta para la meta de una acción."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

Conteo = Callable[[date, date], Iterable[tuple[date, int]]]


@dataclass(frozen=True)
class Fuente:
    """``contar(inicio, fin)`` da pares (fecha, unidades) en una sola consulta."""

    clave: str
    nombre: str
    contar: Conteo


FUENTES: dict[str, Fuente] = {}
BITACORA = "bitacora"


def fuente(clave: str, nombre: str):
    def registrar(funcion: Conteo) -> Conteo:
        FUENTES[clave] = Fuente(clave, nombre, funcion)
        return funcion

    return registrar


def opciones() -> list[tuple[str, str]]:
    """Las fuentes que una acción puede elegir; la bitácora va primero."""
    otras = sorted((f.clave, f.nombre) for f in FUENTES.values())
    return [(BITACORA, "Bitácora de actividades"), *otras]
