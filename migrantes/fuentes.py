"""Los envíos como avance de una acción."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo

from . import consultas


@fuente("migrantes.envios", "Envíos a la comunidad migrante", "migrantes.view_envio")
def envios(inicio: date, fin: date) -> Iterator[Hecho]:
    return (Hecho(e.fecha, 1, e.asunto, e.get_absolute_url()) for e in consultas.envios_en(Periodo(inicio, fin)))
