"""Qué de los convenios cuenta como avance de una acción: pares (fecha, unidades), una consulta cada una."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Min
from django.db.models.functions import ExtractQuarter, ExtractYear

from vinculacion.nucleo.fuentes import fuente
from vinculacion.nucleo.periodos import Periodo

from . import consultas
from .estados import Ambito

Pares = Iterator[tuple[date, int]]


def _suscritos(inicio: date, fin: date, ambito: str | None = None) -> Pares:
    firmas = consultas.suscritos(Periodo(inicio, fin), ambito).values_list("fecha_firma", flat=True)
    return ((firma, 1) for firma in firmas if firma is not None)


@fuente("convenios.suscritos", "Convenios suscritos")
def suscritos(inicio: date, fin: date) -> Pares:
    return _suscritos(inicio, fin)


@fuente("convenios.suscritos_nacionales", "Convenios suscritos, ámbito nacional")
def suscritos_nacionales(inicio: date, fin: date) -> Pares:
    return _suscritos(inicio, fin, Ambito.NACIONAL)


@fuente("convenios.suscritos_internacionales", "Convenios suscritos, ámbito internacional")
def suscritos_internacionales(inicio: date, fin: date) -> Pares:
    return _suscritos(inicio, fin, Ambito.INTERNACIONAL)


@fuente("convenios.actualizaciones", "Avances de convenios reportados en sesión")
def actualizaciones(inicio: date, fin: date) -> Pares:
    """Cada avance cuenta: un convenio que reporta en tres sesiones suma tres."""
    fechas = consultas.actualizaciones_en(Periodo(inicio, fin)).values_list("sesion__fecha_celebrada", flat=True)
    return ((fecha, 1) for fecha in fechas.order_by("sesion__fecha_celebrada") if fecha is not None)


@fuente("convenios.actualizados", "Convenios con avance, una vez por trimestre")
def actualizados(inicio: date, fin: date) -> Pares:
    """Un convenio cuenta una vez en cada trimestre, en la fecha de su primer avance: así las sumas cuadran."""
    primeras = (
        consultas.actualizaciones_en(Periodo(inicio, fin))
        .order_by()
        .annotate(anio=ExtractYear("sesion__fecha_celebrada"), trimestre=ExtractQuarter("sesion__fecha_celebrada"))
        .values("convenio", "anio", "trimestre")
        .annotate(primera=Min("sesion__fecha_celebrada"))
        .order_by("primera")
    )
    return ((fila["primera"], 1) for fila in primeras)
