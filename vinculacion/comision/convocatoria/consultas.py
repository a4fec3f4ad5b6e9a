"""Lo que se pregunta antes de la sesión: puntos con sus documentos, a quién se avisa y qué se ha avisado."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from vinculacion.archivo.models import Evidencia

from ..consultas import en_protocolo, integracion_en
from ..estados import ClaseDeAviso, EstadoDeEntrega, Solicitud
from ..models import Convocatoria, Entrega, Integracion, Punto, Sesion

INTERRUMPIDA = "El envío se interrumpió: no se sabe si salió. Confirme con la persona antes de enviarlo otra vez."


def puntos_con_documentos(sesion: Sesion) -> list[Punto]:
    """En orden, con su tema, sus acuerdos y sus documentos, en tres consultas."""
    return list(sesion.puntos.select_related("tema").prefetch_related("acuerdos", "evidencias").order_by("numero"))


def lugar_propuesto(sesion: Sesion) -> int | None:
    """Antes de «asuntos generales», si el orden del día acaba con ellos; si no, al final."""
    ultimo = sesion.puntos.order_by("numero").last()
    return ultimo.numero if ultimo and ultimo.solicitud == Solicitud.GENERALES else None


def con_entregas(consulta: QuerySet[Convocatoria]) -> QuerySet[Convocatoria]:
    entregas = Entrega.objects.select_related("integracion").order_by("integracion__orden", "pk")
    return consulta.select_related("sesion__comision", "por").prefetch_related(
        Prefetch("entregas", queryset=entregas), "evidencias"
    )


def avisos_de(sesion: Sesion) -> list[Convocatoria]:
    """Del más reciente al primero."""
    return list(con_entregas(sesion.convocatorias.all()))


def destinatarios(sesion: Sesion, clase: str = ClaseDeAviso.CONVOCATORIA) -> list[Integracion]:
    """Quienes integran la comisión ese día; un cambio lo sabe también quien ya había sido convocado."""
    vigentes = list(integracion_en(sesion.comision, sesion.fecha_programada))
    if clase == ClaseDeAviso.CONVOCATORIA:
        return vigentes
    convocados = Integracion.objects.filter(entregas__convocatoria__sesion=sesion)
    claves = {i.pk for i in vigentes} | set(convocados.values_list("pk", flat=True))
    return list(en_protocolo(Integracion.objects.filter(pk__in=claves)))


@dataclass
class Cuenta:
    """Cómo va la entrega de un aviso."""

    enviadas: int = 0
    pendientes: int = 0
    fallidas: int = 0
    sin_correo: int = 0
    total: int = field(default=0)

    @property
    def completa(self) -> bool:
        return not self.pendientes and not self.fallidas


def cuenta(entregas: Sequence[Entrega]) -> Cuenta:
    estados = [e.estado for e in entregas]
    return Cuenta(
        enviadas=estados.count(EstadoDeEntrega.ENVIADA),
        pendientes=estados.count(EstadoDeEntrega.PENDIENTE),
        fallidas=estados.count(EstadoDeEntrega.FALLIDA),
        sin_correo=estados.count(EstadoDeEntrega.SIN_CORREO),
        total=len(estados),
    )


def es_pdf(evidencia: Evidencia) -> bool:
    return bool(evidencia.archivo) and evidencia.tipo_mime == "application/pdf"
