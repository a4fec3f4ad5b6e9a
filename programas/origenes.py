"""De dónde salen las unidades de una acción: la bitácora, que ya suma por día, y las otras fuentes."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db.models import Q, Sum

from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.memoria import recordada, recordando
from vinculacion.nucleo.periodos import Periodo

from .estados import EstadoDeActividad
from .models import SumaDiaria

Origen = int | str
"""De dónde salen unidades: la llave de una acción que cuenta de la bitácora, o la clave de otra fuente."""


class SumaDelDia(NamedTuple):
    """De una acción y sin lo rechazado; ``borradores``: registros que aún no se validan."""

    fecha: date
    unidades: int
    borradores: int


def unidades_de(de: set[Origen], dias: Periodo) -> dict[Origen, list[tuple[date, int]]]:
    """Pares (fecha, unidades) de cada origen."""
    pares: dict[Origen, list[tuple[date, int]]] = {o: [] for o in de}
    for accion, sumas in _de_la_bitacora(de, dias).items():
        pares[accion] = [(suma.fecha, suma.unidades) for suma in sumas]
    for clave in (o for o in de if isinstance(o, str) and o in FUENTES):
        pares[clave] = _de_la_fuente(clave, dias)
    return pares


def borradores_de(de: set[Origen], dias: Periodo) -> dict[int, int]:
    """Cuántos registros de cada acción siguen sin validar."""
    return {accion: sum(s.borradores for s in sumas) for accion, sumas in _de_la_bitacora(de, dias).items()}


def _de_la_bitacora(de: set[Origen], dias: Periodo) -> dict[int, list[SumaDelDia]]:
    propias = frozenset(o for o in de if isinstance(o, int))
    # Mientras se arma un informe se preguntan todas, de una en una: se traen juntas.
    sumas = _sumas_diarias(None if recordando() else propias, dias)
    return {accion: sumas.get(accion, []) for accion in propias}


@recordada
def _sumas_diarias(acciones: frozenset[int] | None, dias: Periodo) -> dict[int, list[SumaDelDia]]:
    """De las acciones dichas; ``None``: de todas."""
    cuentan = SumaDiaria.objects.exclude(estado=EstadoDeActividad.RECHAZADA).filter(
        fecha__range=(dias.inicio, dias.fin), registros__gt=0
    )
    if acciones is not None:
        cuentan = cuentan.filter(accion__in=acciones)
    sumas = defaultdict(list)
    borradores = Sum("registros", filter=Q(estado=EstadoDeActividad.BORRADOR), default=0)
    for accion, *suma in cuentan.values_list("accion", "fecha").annotate(u=Sum("unidades"), b=borradores):
        sumas[accion].append(SumaDelDia(*suma))
    return dict(sumas)


@recordada
def _de_la_fuente(clave: str, dias: Periodo) -> list[tuple[date, int]]:
    return list(FUENTES[clave].contar(dias.inicio, dias.fin))
