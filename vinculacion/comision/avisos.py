"""Lo que en la comisión vence o se acerca."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from vinculacion.nucleo.avisos import Aviso, avisos

from .estados import EstadoDeSesion
from .models import Sesion

ANTELACION = timedelta(days=15)


@avisos
def sesiones(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm("comision.view_sesion"):
        return
    lleva = usuario.has_perm("comision.celebrar_sesion")
    por_celebrar = (EstadoDeSesion.PROGRAMADA, EstadoDeSesion.CONVOCADA, EstadoDeSesion.EN_CURSO)
    en_funciones = Q(comision__hasta__isnull=True) | Q(comision__hasta__gte=fecha)
    consulta = Sesion.objects.filter(en_funciones, estado__in=por_celebrar, fecha_programada__lte=fecha + ANTELACION)
    for sesion in consulta.select_related("comision").order_by("fecha_programada"):
        nombre = f"{sesion.en_palabras} de la {sesion.comision.siglas}"
        if sesion.fecha_programada >= fecha:
            yield Aviso("Sesión", nombre, sesion.get_absolute_url(), sesion.fecha_programada)
        elif lleva:
            titulo = f"{nombre}: pasó su fecha y sigue {sesion.get_estado_display().lower()}"
            yield Aviso("Sesión", titulo, sesion.get_absolute_url(), sesion.fecha_programada, "atencion")
