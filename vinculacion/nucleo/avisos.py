"""Registro de lo que vence: cada sala dice qué pide atención y el tablero lo reúne."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Aviso:
    clase: str
    titulo: str
    url: str
    fecha: date | None = None
    gravedad: str = "info"  # info | atencion | vencido


AVISOS: list[Callable[[Any, date], Iterable[Aviso]]] = []


def avisos(funcion):
    AVISOS.append(funcion)
    return funcion


def reunir(usuario, fecha: date) -> list[Aviso]:
    """Todos los avisos que tocan a ``usuario``, lo más urgente primero."""
    orden = {"vencido": 0, "atencion": 1, "info": 2}
    hallados = [aviso for funcion in AVISOS for aviso in funcion(usuario, fecha)]
    return sorted(hallados, key=lambda a: (orden[a.gravedad], a.fecha or date.max, a.titulo))
