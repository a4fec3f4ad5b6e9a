"""La Red y su asistencia, preguntadas una vez para la página, el informe y la hoja."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from programas.consultas import accion_por_clave, de_acciones, que_cuentan
from programas.models import Actividad
from vinculacion.nucleo.periodos import Periodo

from .models import AsistenciaRed, IntegranteRed

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

CLASES = IntegranteRed.Clase
ORGANIZACIONES_PRIMERO = Case(
    When(clase=CLASES.ORGANIZACION, then=Value(0)), default=Value(1), output_field=IntegerField()
)


def integrantes() -> QuerySet[IntegranteRed]:
    """La Red entera, organizaciones primero, con las veces que cada quien asistió."""
    consulta = IntegranteRed.objects.select_related("organismo").annotate(veces=Count("asistencias"))
    return consulta.order_by(ORGANIZACIONES_PRIMERO, "nombre")


def integrantes_en(fecha: date) -> QuerySet[IntegranteRed]:
    """Quienes pertenecían a la Red ese día."""
    return IntegranteRed.objects.filter(
        Q(desde__isnull=True) | Q(desde__lte=fecha), Q(hasta__isnull=True) | Q(hasta__gte=fecha)
    )


@dataclass(frozen=True)
class Asistencia:
    """«16: 11 de 9 organizaciones y 5 a título individual»."""

    organizaciones: int
    personas_de_organizaciones: int
    individuales: int

    @property
    def total(self) -> int:
        return self.personas_de_organizaciones + self.individuales


class ConAsistencia(TypedDict):
    red_organizaciones: int
    red_personas: int
    red_individuales: int
    red_total: int


def con_asistencia(consulta: QuerySet[Actividad]) -> "QuerySet[WithAnnotations[Actividad, ConAsistencia]]":
    """Anota en cada actividad cuántas organizaciones, de ellas cuántas personas, y cuántas individuales."""
    organizacion = Q(asistencia_red__integrante__clase=CLASES.ORGANIZACION)
    individual = Q(asistencia_red__integrante__clase=CLASES.INDIVIDUAL)
    return consulta.annotate(
        red_organizaciones=Count("asistencia_red", filter=organizacion),
        red_personas=Coalesce(Sum("asistencia_red__personas", filter=organizacion), 0),
        red_individuales=Coalesce(Sum("asistencia_red__personas", filter=individual), 0),
        red_total=Coalesce(Sum("asistencia_red__personas"), 0),
    )


def leer(actividad: "WithAnnotations[Actividad, ConAsistencia]") -> Asistencia:
    """De una actividad ya anotada por ``con_asistencia``."""
    return Asistencia(actividad.red_organizaciones, actividad.red_personas, actividad.red_individuales)


def asistencia_de(actividad: Actividad) -> Asistencia:
    return leer(con_asistencia(Actividad.objects.filter(pk=actividad.pk)).get())


def reuniones() -> QuerySet[Actividad]:
    """Las que la Red puede tener: reuniones y cursos, por su tipo, y cualquiera en que ya se anotó a alguien."""
    ya = AsistenciaRed.objects.values("actividad")
    return Actividad.objects.filter(
        Q(tipo__clave__startswith="reunion-red") | Q(tipo__clave__startswith="curso") | Q(pk__in=ya)
    )


def asistencias_en(periodo: Periodo, accion: str = "", tipo: str = "", clase: str = "") -> QuerySet[AsistenciaRed]:
    """Asistencia de la Red a lo que concluyó en ``periodo`` y cuenta: lo rechazado, no.

    ``accion`` es su clave (``pat-2020:4B``) e incluye a las alineadas; si no existe, ``Accion.DoesNotExist``.
    """
    actividades = que_cuentan().filter(fecha_fin__gte=periodo.inicio, fecha_fin__lte=periodo.fin)
    if accion:
        actividades = actividades.filter(de_acciones([accion_por_clave(accion)]))
    if tipo:
        actividades = actividades.filter(tipo__clave=tipo)
    consulta = AsistenciaRed.objects.filter(actividad__in=actividades.order_by().values("pk"))
    if clase:
        if clase not in CLASES.values:
            raise ValueError(f"«{clase}» no vale como clase; use {' o '.join(CLASES.values)}")
        consulta = consulta.filter(integrante__clase=clase)
    return consulta


def reuniones_en(
    periodo: Periodo, accion: str = "", tipo: str = ""
) -> "QuerySet[WithAnnotations[Actividad, ConAsistencia]]":
    """Las actividades de ``asistencias_en``, con su asistencia anotada y en orden de fecha."""
    actividades = asistencias_en(periodo, accion, tipo).order_by().values("actividad")
    return con_asistencia(Actividad.objects.filter(pk__in=actividades)).order_by("fecha_inicio", "pk")


def integrantes_de_cuadricula(actividad: Actividad) -> QuerySet[IntegranteRed]:
    """Quienes eran de la Red en esas fechas o ya están anotados; organizaciones primero."""
    en_fechas = Q(pk__in=integrantes_en(actividad.fecha_inicio)) | Q(pk__in=integrantes_en(actividad.fecha_fin))
    return (
        IntegranteRed.objects.filter(en_fechas | Q(asistencias__actividad=actividad))
        .distinct()
        .order_by(ORGANIZACIONES_PRIMERO, "nombre")
    )
