"""Registro de lo que tiene día y hora: cada sala lo da en su ``eventos.py`` y el calendario lo reúne."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Evento:
    """``clave`` no cambia nunca: es la identidad con que los calendarios de cada quien lo reconocen.

    De día entero, ``inicio`` y ``fin`` son fechas, ambas incluidas; si no, son momentos con su zona.
    ``version`` sube con cada cambio. ``clase`` dice qué es («Acto protocolario»), para no decirlo con color.
    """

    clave: str
    clase: str
    titulo: str
    inicio: date | datetime
    fin: date | datetime
    todo_el_dia: bool
    lugar: str
    url: str
    estado: str
    modificado: datetime
    version: int = 0
    detalle: str = ""
    firme: bool = True
    cancelado: bool = False

    @property
    def dia(self) -> date:
        return self.inicio.date() if isinstance(self.inicio, datetime) else self.inicio


Proveedor = Callable[[Any, date, date], Iterable[Evento]]
PROVEEDORES: list[Proveedor] = []


def eventos(funcion: Proveedor) -> Proveedor:
    """Registra una función ``(usuario, desde, hasta)`` que da sólo lo que ``usuario`` puede ver."""
    PROVEEDORES.append(funcion)
    return funcion


def reunir(usuario, desde: date, hasta: date) -> list[Evento]:
    hallados = [evento for proveedor in PROVEEDORES for evento in proveedor(usuario, desde, hasta)]
    return sorted(hallados, key=lambda e: (e.dia, not e.todo_el_dia, str(e.inicio), e.clave))
