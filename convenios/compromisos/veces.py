"""Las veces de un compromiso: qué días vence, cuáles se cumplieron y cuál sigue. Sin base de datos.

La vez enésima se cuenta siempre desde la primera: lo que vence el 31 de enero
vence el último de febrero y otra vez el 31 de marzo.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile

from vinculacion.nucleo.periodos import ANIO_MAXIMO

from ..estados import MESES_ENTRE_VECES, Recurrencia

MESES_A_LA_VISTA = 12


def mas_meses(fecha: date, meses: int) -> date:
    """El mismo día de otro mes, o el último si ese mes no lo tiene. Pasado el año mayor, el último día de éste."""
    anio, mes = divmod(fecha.year * 12 + fecha.month - 1 + meses, 12)
    if anio > ANIO_MAXIMO:
        return date(ANIO_MAXIMO, 12, 31)
    return date(anio, mes + 1, min(fecha.day, monthrange(anio, mes + 1)[1]))


def fechas(primera: date, recurrencia: str, hasta: date | None = None) -> Iterator[date]:
    """Cada día en que vence, en orden; sin ``hasta``, lo que se repite sigue mientras haya calendario.

    La primera está siempre, aunque ``hasta`` sea anterior: un compromiso tiene al menos una vez.
    """
    yield primera
    if recurrencia == Recurrencia.UNICA:
        return
    tope = min(hasta or date(ANIO_MAXIMO, 12, 31), date(ANIO_MAXIMO, 12, 31))
    cada = MESES_ENTRE_VECES[Recurrencia(recurrencia)]
    ultima = primera
    for n in count(1):
        fecha = mas_meses(primera, cada * n)
        if fecha > tope or fecha <= ultima:
            return
        yield fecha
        ultima = fecha


def siguiente(primera: date, recurrencia: str, hasta: date | None, cumplidas: Collection[date]) -> date | None:
    """La primera vez sin cumplir; ``None`` si ya no queda ninguna."""
    return next((f for f in fechas(primera, recurrencia, hasta) if f not in cumplidas), None)


def a_la_vista(
    primera: date, recurrencia: str, hasta: date | None, cumplidas: Collection[date], hoy: date
) -> list[date]:
    """Las veces que se enseñan: hasta un año adelante, y siempre la que sigue y las cumplidas.

    Una vez cumplida se enseña aunque la vigencia se haya acortado después.
    """
    sigue = siguiente(primera, recurrencia, hasta, cumplidas) or primera
    horizonte = max(mas_meses(hoy, MESES_A_LA_VISTA), sigue)
    return sorted({*takewhile(lambda f: f <= horizonte, fechas(primera, recurrencia, hasta)), *cumplidas})


@dataclass(frozen=True)
class Cuenta:
    """En qué va: el estado, cuándo vence la que sigue y cuántas veces van."""

    cumplido: bool
    proxima: date | None
    hechas: int
    total: int | None  # ``None`` si no tiene fin


def cuenta(primera: date | None, recurrencia: str, hasta: date | None, cumplidas: Collection[date | None]) -> Cuenta:
    """``cumplidas``: los días de las veces cumplidas; ``None`` es la única vez de lo que no tiene plazo."""
    if primera is None:
        return Cuenta(bool(cumplidas), None, min(len(cumplidas), 1), 1)
    dias = {f for f in cumplidas if f is not None}
    proxima = siguiente(primera, recurrencia, hasta, dias)
    sin_fin = hasta is None and recurrencia != Recurrencia.UNICA
    total = None if sin_fin else len({*fechas(primera, recurrencia, hasta), *dias})
    return Cuenta(proxima is None, proxima, len(dias), total)
