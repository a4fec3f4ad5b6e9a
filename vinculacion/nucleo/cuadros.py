"""Cuentas en cuadros: la misma tabla para la página (con su gráfica y sus enlaces), el informe y la hoja de cálculo."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import Any

from .bloques import Bloque, Celda, Columna, Grafica, Tabla
from .graficas import en_uri

EN_GRAFICA = 30  # más barras que éstas no se leen
ANGOSTA = 4  # con hasta estas columnas, la tabla cabe al lado de su gráfica
Enlace = dict[str, str | int]
Filas = tuple[tuple[Celda, ...], ...]
Enlaces = tuple[tuple[Enlace | None, ...], ...]


def porcentaje(parte: int, total: int) -> Decimal | None:
    """Con un decimal; ``None`` si no hay de qué sacarlo."""
    if not total:
        return None
    return (Decimal(100 * parte) / total).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Cruce:
    """Cuentas de dos entradas: filas y columnas en su orden, y cuántos hay en cada cruce."""

    filas: tuple[Any, ...]
    columnas: tuple[Any, ...]
    cuentas: Counter = field(default_factory=Counter)

    def en(self, fila: Any, columna: Any) -> int:
        return self.cuentas[fila, columna]

    def de_fila(self, fila: Any) -> int:
        return sum(self.cuentas[fila, columna] for columna in self.columnas)

    def de_columna(self, columna: Any) -> int:
        return sum(self.cuentas[fila, columna] for fila in self.filas)

    @property
    def total(self) -> int:
        return self.cuentas.total()


@dataclass(frozen=True)
class Cuadro:
    """Una tabla, su gráfica y, por celda, con qué filtros se llega a lo que cuenta (``None``: con ninguno).

    Si ``enlaces`` trae un renglón más que la tabla, es el de los totales.
    """

    clave: str
    titulo: str
    tabla: Tabla
    grafica: Grafica | None = None
    lista: str = ""  # página adonde llevan los enlaces
    enlaces: Enlaces = ()

    @property
    def hay(self) -> bool:
        return bool(self.tabla.filas)

    def bloques(self, *, con_grafica: bool = False) -> list[Bloque]:
        if not self.hay:
            return []
        return [self.tabla, *([self.grafica] if con_grafica and self.grafica else [])]


def numeros(*titulos: str) -> tuple[Columna, ...]:
    return tuple(Columna(titulo, "numero") for titulo in titulos)


def para_la_pagina(cuadro: Cuadro, url: Callable[[Enlace], str]) -> dict:
    """Lo que pinta ``nucleo/_cuadro.html``; ``url`` dice adónde lleva un enlace."""
    columnas, renglones = cuadro.tabla.columnas, list(cuadro.tabla.filas)
    if cuadro.tabla.totales:
        renglones.append(cuadro.tabla.totales)
    filas = []
    for renglon, destinos in zip_longest(
        renglones, cuadro.enlaces[: len(renglones)], fillvalue=(None,) * len(columnas)
    ):
        celdas = zip(columnas, renglon, destinos, strict=True)
        filas.append([_celda(c, valor, "" if d is None else url(d)) for c, valor, d in celdas])
    totales = filas.pop() if cuadro.tabla.totales else []
    return {
        "cuadro": cuadro,
        "filas": filas,
        "angosta": len(columnas) <= ANGOSTA,
        "totales": totales,
        "grafica": en_uri(cuadro.grafica.svg) if cuadro.grafica else "",
    }


def _celda(columna: Columna, valor: Any, url: str = "") -> dict:
    escrito = "—" if valor is None else valor
    return {"titulo": columna.titulo, "clase": columna.clase, "valor": escrito, "url": url if valor else ""}
