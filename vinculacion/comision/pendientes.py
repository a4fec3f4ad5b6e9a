"""Lo que a la comisión le quedaba por hacer al terminar un periodo."""

from collections.abc import Iterator

from django.db.models import Q

from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.periodos import Trimestre
from vinculacion.nucleo.renglones import Propuesta, clave_de, literal, pendientes
from vinculacion.nucleo.secciones import Contexto

from .balance import RUBRO
from .consultas import sesiones_celebradas
from .estados import EstadoDeSesion
from .models import Minuta, Sesion
from .seguimiento.consultas import acuerdos_del_periodo

LARGO = 300


@pendientes
def acuerdos_abiertos(contexto: Contexto) -> Iterator[Propuesta]:
    if contexto.comision is None:
        return
    for situacion in acuerdos_del_periodo(contexto.comision, contexto.periodo, todos=False):
        acuerdo = situacion.acuerdo
        texto = literal(acuerdo.texto)
        if len(texto) > LARGO:
            texto = f"{texto[:LARGO].rsplit(maxsplit=1)[0]}…"
        plazo = f", con plazo al {fecha_larga(acuerdo.fecha_limite, False)}" if acuerdo.fecha_limite else ""
        yield Propuesta(
            clave=clave_de(acuerdo),
            rubro=RUBRO,
            texto=f"Acuerdo {acuerdo.folio} ({situacion.estado_escrito.lower()}{plazo}): {texto}",
            url=acuerdo.get_absolute_url(),
            fuente="comision.sesiones",
        )


@pendientes
def sesiones_por_celebrar(contexto: Contexto) -> Iterator[Propuesta]:
    """Las del trimestre que sigue, y las del periodo que ni se celebraron ni se cancelaron."""
    if contexto.comision is None:
        return
    inicio, fin = contexto.periodo.inicio, contexto.periodo.fin
    entonces = Q(fecha_celebrada__isnull=True) | Q(fecha_celebrada__gt=fin)
    programadas = Sesion.objects.filter(
        entonces,
        comision=contexto.comision,
        fecha_programada__range=(inicio, Trimestre.de(fin).siguiente().fin),
    ).exclude(estado=EstadoDeSesion.CANCELADA)
    for sesion in programadas.select_related("comision").order_by("fecha_programada", "pk"):
        yield Propuesta(
            clave=clave_de(sesion),
            rubro=RUBRO,
            texto=f"Celebrar la {sesion.en_palabras.lower()}, programada para el {fecha_larga(sesion.fecha_programada)}.",
            url=sesion.get_absolute_url(),
            fuente="comision.sesiones",
        )


@pendientes
def minutas_por_aprobar(contexto: Contexto) -> Iterator[Propuesta]:
    """De las sesiones celebradas hasta el fin del periodo, las que no se habían aprobado."""
    if contexto.comision is None:
        return
    fin = contexto.periodo.fin
    celebradas = sesiones_celebradas(contexto.comision, contexto.periodo)
    sin_aprobar = Q(aprobada_en__isnull=True) | Q(aprobada_en__sesion__fecha_celebrada__gt=fin)
    minutas = Minuta.objects.filter(sin_aprobar, sesion__in=celebradas.order_by()).select_related("sesion__comision")
    for minuta in minutas.order_by("sesion__fecha_celebrada", "pk"):
        yield Propuesta(
            clave=clave_de(minuta),
            rubro=RUBRO,
            texto=f"Aprobar la minuta de la {minuta.sesion.en_palabras.lower()} de {minuta.sesion.anio}.",
            url=minuta.get_absolute_url(),
            fuente="comision.sesiones",
        )
