"""A qué periodo cuenta cada unidad lograda, sin base de datos.

Las unidades se toman por fecha y cada una cuenta una sola vez: primero cubre lo que dejaron
pendiente los periodos anteriores del mismo año, del más viejo al más nuevo; lo demás se queda en
el periodo en que se hizo, aunque rebase lo programado.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from vinculacion.nucleo.periodos import Periodo


class Lote(NamedTuple):
    """Unidades con su fecha; ``de`` dice de qué variable vienen."""

    fecha: date
    unidades: Decimal
    de: int


def repartir(lotes: Iterable[Lote], programado: Sequence[Decimal], periodos: Sequence[Periodo]) -> list[list[Lote]]:
    """Los lotes que cuentan en cada periodo. Los periodos van seguidos y ningún lote cae fuera de ellos."""
    pendiente = list(programado)
    contados: list[list[Lote]] = [[] for _ in periodos]
    for lote in sorted(lotes):
        propio = next(n for n, periodo in enumerate(periodos) if lote.fecha <= periodo.fin)
        resto = lote.unidades
        for n in range(propio):
            cubre = min(resto, pendiente[n])
            if cubre > 0:
                contados[n].append(lote._replace(unidades=cubre))
                pendiente[n] -= cubre
                resto -= cubre
        if resto > 0:
            contados[propio].append(lote._replace(unidades=resto))
            pendiente[propio] = max(Decimal(0), pendiente[propio] - resto)
    return contados


def en_partes(cantidad: int, partes: int) -> list[int]:
    """``cantidad`` en partes enteras lo más parejas que se pueda; lo que sobra, en las últimas.

    Así lo que un trimestre no repartió entre sus meses no se exige antes de tiempo: 1 es 0, 0, 1.
    """
    cortes = [cantidad * n // partes for n in range(1, partes + 1)]
    return [b - a for a, b in zip([0, *cortes], cortes, strict=False)]


def suma(lotes: Iterable[Lote]) -> Decimal:
    return sum((lote.unidades for lote in lotes), Decimal(0))
