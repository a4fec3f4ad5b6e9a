"""Fuentes de avance: qué más, además de la bitácora, cuenta para la meta de una acción."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Hecho(NamedTuple):
    """Un registro que cuenta: cuándo, cuánto, cómo se llama y dónde se ve."""

    fecha: date
    unidades: int
    texto: str = ""
    url: str = ""


@dataclass(frozen=True)
class Fuente:
    """``hechos(inicio, fin)`` da los registros del periodo en un número fijo de consultas.

    De ellos sale también la cuenta: la cifra y la lista que la explica son la misma.
    """

    clave: str
    nombre: str
    hechos: Callable[[date, date], Iterable[tuple]]
    permiso: str = ""  # el de ver esos registros; sin él sólo se ve cuántos fueron y cuándo

    def detallar(self, inicio: date, fin: date) -> list[Hecho]:
        return [Hecho(*hecho) for hecho in self.hechos(inicio, fin)]

    def contar(self, inicio: date, fin: date) -> list[tuple[date, int]]:
        return [(hecho.fecha, hecho.unidades) for hecho in self.detallar(inicio, fin)]


FUENTES: dict[str, Fuente] = {}
BITACORA = "bitacora"


def fuente(clave: str, nombre: str, permiso: str = ""):
    def registrar(funcion: Callable[[date, date], Iterable[tuple]]):
        FUENTES[clave] = Fuente(clave, nombre, funcion, permiso)
        return funcion

    return registrar


def opciones() -> list[tuple[str, str]]:
    """Las fuentes que una acción puede elegir; la bitácora va primero."""
    otras = sorted((f.clave, f.nombre) for f in FUENTES.values())
    return [(BITACORA, "Bitácora de actividades"), *otras]
