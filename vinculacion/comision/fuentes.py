"""Lo que de la comisión puede contar para la meta de una acción."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente

from .estados import EstadoDeSesion
from .models import Acuerdo, Sesion


@fuente("comision.sesiones", "Sesiones celebradas", "comision.view_sesion")
def sesiones(inicio: date, fin: date) -> Iterator[Hecho]:
    celebradas = Sesion.objects.filter(estado=EstadoDeSesion.CELEBRADA, fecha_celebrada__range=(inicio, fin))
    for sesion in celebradas.select_related("comision").order_by("fecha_celebrada"):
        yield Hecho(sesion.fecha, 1, str(sesion), sesion.get_absolute_url())


@fuente("comision.acuerdos", "Acuerdos tomados por la comisión", "comision.view_acuerdo")
def acuerdos(inicio: date, fin: date) -> Iterator[Hecho]:
    tomados = Acuerdo.objects.filter(
        sesion__estado=EstadoDeSesion.CELEBRADA, sesion__fecha_celebrada__range=(inicio, fin)
    )
    for acuerdo in tomados.select_related("sesion").order_by("sesion__fecha_celebrada"):
        yield Hecho(acuerdo.sesion.fecha, 1, f"{acuerdo.folio} · {acuerdo.texto}", acuerdo.get_absolute_url())
