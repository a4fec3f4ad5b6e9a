"""De dónde salen las unidades de una acción: la bitácora, que ya suma por día, y las otras fuentes."""

from collections import defaultdict
from datetime import date

from django.db.models import Sum

from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.memoria import recordada, recordando
from vinculacion.nucleo.periodos import Periodo

from .estados import EstadoDeActividad
from .models import SumaDiaria

Origen = int | str
"""De dónde salen unidades: la llave de una acción que cuenta de la bitácora, o la clave de otra fuente."""


def unidades_de(de: set[Origen], dias: Periodo) -> dict[Origen, list[tuple[date, int]]]:
    # Mientras se arma un informe se preguntan todas, de una en una: se traen juntas.
    propias = None if recordando() else frozenset(o for o in de if isinstance(o, int))
    sumas = _sumas_diarias(propias, dias)
    pares: dict[Origen, list[tuple[date, int]]] = {o: sumas.get(o, []) if isinstance(o, int) else [] for o in de}
    for clave in (o for o in de if isinstance(o, str) and o in FUENTES):
        pares[clave] = _de_la_fuente(clave, dias)
    return pares


@recordada
def _sumas_diarias(acciones: frozenset[int] | None, dias: Periodo) -> dict[int, list[tuple[date, int]]]:
    """Pares (fecha, unidades) de lo no rechazado, por acción; ``None``: de todas."""
    cuentan = SumaDiaria.objects.exclude(estado=EstadoDeActividad.RECHAZADA).filter(
        fecha__range=(dias.inicio, dias.fin), registros__gt=0
    )
    if acciones is not None:
        cuentan = cuentan.filter(accion__in=acciones)
    pares = defaultdict(list)
    for accion, fecha, total in cuentan.values_list("accion", "fecha").annotate(total=Sum("unidades")):
        pares[accion].append((fecha, total))
    return dict(pares)


@recordada
def _de_la_fuente(clave: str, dias: Periodo) -> list[tuple[date, int]]:
    return list(FUENTES[clave].contar(dias.inicio, dias.fin))
