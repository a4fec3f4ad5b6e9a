"""Lo que la secretaría no debe olvidar antes de una sesión: convocar a tiempo y que todos lo sepan."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import cuenta, fecha_larga

from ..estados import EstadoDeEntrega, EstadoDeSesion
from ..models import Convocatoria, Sesion
from . import reglas

CON_TIEMPO = timedelta(days=3)  # antes de que termine el plazo
VENTANA = timedelta(days=60)


@avisos
def por_convocar(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm("comision.add_convocatoria"):
        return
    programadas = Sesion.objects.filter(
        estado=EstadoDeSesion.PROGRAMADA, fecha_programada__range=(fecha, fecha + VENTANA), convocatorias__isnull=True
    )
    for sesion in programadas.select_related("comision").order_by("fecha_programada"):
        limite = timezone.localdate(reglas.limite(sesion))
        nombre = f"{sesion.en_palabras} de la {sesion.comision.siglas}"
        if limite < fecha:
            titulo = f"{nombre}: falta convocar y el plazo terminó el {fecha_larga(limite)}"
            yield Aviso("Convocatoria", titulo, sesion.get_absolute_url(), limite, "vencido")
        elif limite - CON_TIEMPO <= fecha:
            titulo = f"{nombre}: falta convocar; el plazo termina el {fecha_larga(limite)}"
            yield Aviso("Convocatoria", titulo, sesion.get_absolute_url(), limite, "atencion")


@avisos
def entregas(usuario, fecha: date) -> Iterator[Aviso]:
    """Los correos que no salieron, mientras la sesión no pase."""
    if not usuario.has_perm("comision.change_convocatoria"):
        return
    fallidas = Count("entregas", filter=Q(entregas__estado=EstadoDeEntrega.FALLIDA))
    con_fallas = Convocatoria.objects.filter(sesion__fecha_programada__gte=fecha).annotate(fallidas=fallidas)
    for convocatoria in con_fallas.filter(fallidas__gt=0).order_by("fecha_de_la_sesion"):
        titulo = f"{convocatoria.asunto}: {cuenta(convocatoria.fallidas, 'correo no salió', 'correos no salieron')}"
        yield Aviso(
            "Convocatoria", titulo, convocatoria.get_absolute_url(), convocatoria.fecha_de_la_sesion, "atencion"
        )


@avisos
def sin_avisar(usuario, fecha: date) -> Iterator[Aviso]:
    """Sesiones que se movieron o cancelaron después de convocarse."""
    if not usuario.has_perm("comision.add_convocatoria"):
        return
    convocadas = Sesion.objects.filter(convocatorias__isnull=False, fecha_programada__gte=fecha - CON_TIEMPO).exclude(
        estado__in=(EstadoDeSesion.CELEBRADA, EstadoDeSesion.EN_CURSO)
    )
    for sesion in convocadas.select_related("comision").prefetch_related("convocatorias").distinct():
        if reglas.falta_avisar(sesion, sesion.convocatorias.all()[0]):
            titulo = f"{sesion.en_palabras} de la {sesion.comision.siglas}: cambió y falta avisarlo"
            yield Aviso("Convocatoria", titulo, sesion.get_absolute_url(), sesion.fecha_programada, "atencion")
