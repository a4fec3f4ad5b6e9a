"""Qué instrumentos reportaron avance en cada sesión, y qué casillas tiene la cuadrícula."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from vinculacion.comision.estados import EstadoDeSesion, TipoDeSesion
from vinculacion.comision.models import Comision, Sesion
from vinculacion.nucleo.periodos import Periodo

from ..consultas import convenios_visibles, de_su_area, vigentes_entre
from ..estados import FIRMADAS
from ..models import Actualizacion, Convenio
from ..permisos import solo_su_area

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


def actualizaciones_visibles(usuario) -> QuerySet[Actualizacion]:
    consulta = Actualizacion.objects.select_related("convenio__tipo", "sesion__comision", "reporto").order_by(
        "-sesion__fecha_programada", "convenio__folio"
    )
    if solo_su_area(usuario):
        consulta = consulta.filter(convenio__in=de_su_area(usuario))
    return consulta


@dataclass(frozen=True)
class ConAvance:
    """Un convenio y las sesiones, en orden, en que reportó avance."""

    convenio: Convenio
    sesiones: tuple[Sesion, ...]


def actualizaciones_en(periodo: Periodo, comision: Comision | None = None) -> QuerySet[Actualizacion]:
    """Avances reportados en sesiones celebradas en ``periodo``; de una sola comisión si se dice cuál."""
    consulta = Actualizacion.objects.filter(
        sesion__estado=EstadoDeSesion.CELEBRADA,
        sesion__fecha_celebrada__gte=periodo.inicio,
        sesion__fecha_celebrada__lte=periodo.fin,
    )
    return consulta.filter(sesion__comision=comision) if comision is not None else consulta


def actualizados(periodo: Periodo, comision: Comision | None = None) -> list[ConAvance]:
    """En el orden de su primer reporte; a igual fecha, por folio."""
    consulta = (
        actualizaciones_en(periodo, comision)
        .select_related("convenio__tipo", "sesion")
        .prefetch_related("convenio__contrapartes__nombres")
        .order_by("sesion__fecha_celebrada", "sesion__pk", "convenio__folio")
    )
    por_convenio: dict[int, tuple[Convenio, list[Sesion]]] = {}
    for actualizacion in consulta:
        por_convenio.setdefault(actualizacion.convenio_id, (actualizacion.convenio, []))[1].append(actualizacion.sesion)
    return [ConAvance(convenio, tuple(sesiones)) for convenio, sesiones in por_convenio.values()]


class ConCuadricula(TypedDict):
    de_la_cuadricula: list[Actualizacion]


# -- la cuadrícula instrumento × sesión ---------------------------------------


def sesiones_de_cuadricula(comision: Comision, anio: int) -> list[Sesion]:
    """Las ordinarias del año que no se cancelaron, y cualquier otra en que ya se reportó algo."""
    con_reporte = Actualizacion.objects.filter(sesion=OuterRef("pk"))
    return list(
        Sesion.objects.filter(comision=comision, anio=anio)
        .filter(Q(tipo=TipoDeSesion.ORDINARIA) & ~Q(estado=EstadoDeSesion.CANCELADA) | Q(Exists(con_reporte)))
        .order_by("fecha_programada", "numero")
    )


def convenios_de_cuadricula(
    usuario, sesiones: Iterable[Sesion], todos: bool = False
) -> "QuerySet[WithAnnotations[Convenio, ConCuadricula]]":
    """Los que podían reportar en alguna de esas sesiones: en vigor entonces, o que ya reportaron."""
    sesiones = list(sesiones)
    reportes = Actualizacion.objects.filter(sesion__in=sesiones).select_related("reporto")
    firmados = (
        convenios_visibles(usuario)
        .filter(etapa__in=FIRMADAS)
        .prefetch_related(Prefetch("actualizaciones", queryset=reportes, to_attr="de_la_cuadricula"))
        .order_by("tipo__nombre", "folio")
    )
    if not sesiones:
        return firmados.none()
    primera, ultima = min(s.fecha for s in sesiones), max(s.fecha for s in sesiones)
    firmados = firmados.filter(fecha_firma__lte=ultima)
    if todos:
        return firmados
    ya = reportes.order_by().values("convenio")
    en_vigor = vigentes_entre(primera, ultima, Convenio.objects.all())
    return firmados.filter(Q(pk__in=en_vigor.values("pk")) | Q(pk__in=ya))
