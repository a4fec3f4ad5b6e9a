"""Los compromisos cumplidos cuentan como avance de una acción."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo

from ..permisos import VER_TODOS
from . import consultas


@fuente("convenios.compromisos_cumplidos", "Compromisos de convenios cumplidos", VER_TODOS)
def compromisos_cumplidos(inicio: date, fin: date) -> Iterator[Hecho]:
    """Cada vez que se cumple cuenta: un informe trimestral entregado cuatro veces suma cuatro."""
    for avance in consultas.cumplidos_en(Periodo(inicio, fin)).select_related("compromiso__convenio"):
        texto = f"{avance.compromiso.convenio.folio} · {avance.compromiso}"
        yield Hecho(avance.fecha, 1, texto, avance.get_absolute_url())
