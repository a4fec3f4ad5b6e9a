"""Lo que de la comisión puede contar para la meta de una acción."""

from collections.abc import Iterable
from datetime import date

from vinculacion.nucleo.fuentes import fuente

from .estados import EstadoDeSesion
from .models import Acuerdo, Sesion


@fuente("comision.sesiones", "Sesiones celebradas")
def sesiones(inicio: date, fin: date) -> Iterable[tuple[date, int]]:
    celebradas = Sesion.objects.filter(estado=EstadoDeSesion.CELEBRADA, fecha_celebrada__range=(inicio, fin))
    fechas = celebradas.order_by("fecha_celebrada").values_list("fecha_celebrada", flat=True)
    return [(fecha, 1) for fecha in fechas if fecha]


@fuente("comision.acuerdos", "Acuerdos tomados por la comisión")
def acuerdos(inicio: date, fin: date) -> Iterable[tuple[date, int]]:
    tomados = Acuerdo.objects.filter(
        sesion__estado=EstadoDeSesion.CELEBRADA, sesion__fecha_celebrada__range=(inicio, fin)
    ).order_by("sesion__fecha_celebrada")
    return [(fecha, 1) for fecha in tomados.values_list("sesion__fecha_celebrada", flat=True) if fecha]
