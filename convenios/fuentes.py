"""Qué de los convenios cuenta como avance de una acción, en una consulta cada una."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo, Trimestre

from . import consultas
from .estados import Ambito
from .models import Actualizacion

VER = "convenios.ver_todos"


def _suscritos(inicio: date, fin: date, ambito: str | None = None) -> Iterator[Hecho]:
    for convenio in consultas.suscritos(Periodo(inicio, fin), ambito):
        if convenio.fecha_firma is not None:
            texto = f"{convenio.folio} · {convenio.titulo}"
            yield Hecho(convenio.fecha_firma, 1, texto, convenio.get_absolute_url())


@fuente("convenios.suscritos", "Convenios suscritos", VER)
def suscritos(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin)


@fuente("convenios.suscritos_nacionales", "Convenios suscritos, ámbito nacional", VER)
def suscritos_nacionales(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin, Ambito.NACIONAL)


@fuente("convenios.suscritos_internacionales", "Convenios suscritos, ámbito internacional", VER)
def suscritos_internacionales(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin, Ambito.INTERNACIONAL)


@fuente("convenios.actualizaciones", "Avances de convenios reportados en sesión", VER)
def actualizaciones(inicio: date, fin: date) -> Iterator[Hecho]:
    """Cada avance cuenta: un convenio que reporta en tres sesiones suma tres."""
    for avance in _avances(inicio, fin):
        yield _hecho(avance)


@fuente("convenios.actualizados", "Convenios con avance, una vez por trimestre", VER)
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
