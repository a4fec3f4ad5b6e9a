"""Las opiniones emitidas como avance de una acción."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo

from ..permisos import VER_TODOS
from . import consultas


def _hechos(consulta) -> Iterator[Hecho]:
    for opinion in consulta.prefetch_related(None):
        yield Hecho(opinion.fecha, 1, f"{opinion.folio} · {opinion.convenio}", opinion.get_absolute_url())


@fuente("convenios.opiniones", "Opiniones de pertinencia emitidas", VER_TODOS)
def opiniones(inicio: date, fin: date) -> Iterator[Hecho]:
    return _hechos(consultas.emitidas(Periodo(inicio, fin)))


@fuente("convenios.opiniones_favorables", "Opiniones de pertinencia favorables", VER_TODOS)
def opiniones_favorables(inicio: date, fin: date) -> Iterator[Hecho]:
    """También las favorables con observaciones."""
    return _hechos(consultas.favorables(Periodo(inicio, fin)))
