"""Los envíos como avance de una acción."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import fuente
from vinculacion.nucleo.periodos import Periodo

from . import consultas


@fuente("migrantes.envios", "Envíos a la comunidad migrante")
def envios(inicio: date, fin: date) -> Iterator[tuple[date, int]]:
    return ((fecha, 1) for fecha in consultas.envios_en(Periodo(inicio, fin)).values_list("fecha", flat=True))
