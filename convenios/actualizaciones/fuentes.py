"""Los avances reportados en sesión cuentan como avance de una acción."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo, Trimestre

from ..models import Actualizacion
from ..permisos import VER_TODOS
from . import consultas


@fuente("convenios.actualizaciones", "Avances de convenios reportados en sesión", VER_TODOS)
def actualizaciones(inicio: date, fin: date) -> Iterator[Hecho]:
    """Cada avance cuenta: un convenio que reporta en tres sesiones suma tres."""
    for avance in _avances(inicio, fin):
        yield _hecho(avance)


@fuente("convenios.actualizados", "Convenios con avance, una vez por trimestre", VER_TODOS)
def actualizados(inicio: date, fin: date) -> Iterator[Hecho]:
    """Un convenio cuenta una vez en cada trimestre, en la fecha de su primer avance: así las sumas cuadran."""
    vistos = set()
    for avance in _avances(inicio, fin):
        vez = (avance.convenio_id, Trimestre.de(avance.sesion.fecha))
        if vez not in vistos:
            vistos.add(vez)
            yield _hecho(avance)


def _avances(inicio: date, fin: date):
    consulta = consultas.actualizaciones_en(Periodo(inicio, fin)).select_related("convenio", "sesion__comision")
    return consulta.order_by("sesion__fecha_celebrada", "convenio__folio")


def _hecho(avance: Actualizacion) -> Hecho:
    texto = f"{avance.convenio.folio} · {avance.convenio.titulo} ({avance.sesion.clave})"
    return Hecho(avance.sesion.fecha, 1, texto, avance.get_absolute_url())
