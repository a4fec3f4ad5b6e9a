from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo

from ..permisos import VER_TODOS
from . import consultas


@fuente("convenios.actos", "Actos protocolarios celebrados", VER_TODOS)
def actos(inicio: date, fin: date) -> Iterator[Hecho]:
    for acto in consultas.celebrados(Periodo(inicio, fin)):
        yield Hecho(acto.fecha, 1, acto.titulo, acto.get_absolute_url())
