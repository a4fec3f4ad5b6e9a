"""Los instrumentos que se acompañan, sus pasos pendientes y cómo estaban en una fecha."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from vinculacion.directorio.models import Area
from vinculacion.nucleo.periodos import Periodo

from ..consultas import con_desde, con_etapa_en, de_su_area, en_tramite
from ..estados import EN_TRAMITE, Etapa, Gestion
from ..models import CambioDeEtapa, Convenio, PasoPendiente
from ..permisos import CAMBIAR, solo_su_area
from ..reglas import DIAS_SIN_MOVIMIENTO
from .reglas import CERRADAS

PRONTO = timedelta(days=7)
# Igual en SQLite y en PostgreSQL, que no ordenan lo vacío del mismo modo.
POR_FECHA = (F("fecha_limite").asc(nulls_last=True), "pk")
POR_HACER_PRIMERO = (F("hecho").asc(nulls_first=True), *POR_FECHA)


# -- pasos pendientes -----------------------------------------------------------


def pasos_visibles(usuario) -> QuerySet[PasoPendiente]:
    """Los de los instrumentos que ve y, si es de un área, también los que a ella le tocan en otros."""
    consulta = PasoPendiente.objects.select_related("convenio__tipo", "convenio__responsable", "area")
    if solo_su_area(usuario):
        suyos = Q(convenio__in=de_su_area(usuario))
        consulta = consulta.filter(suyos | Q(area=usuario.area_id)) if usuario.area_id else consulta.none()
    return consulta


def abiertos(consulta: QuerySet[PasoPendiente]) -> QuerySet[PasoPendiente]:
    return consulta.filter(hecho=None).exclude(convenio__etapa__in=CERRADAS)


def vencidos(consulta: QuerySet[PasoPendiente], fecha: date) -> QuerySet[PasoPendiente]:
    return abiertos(consulta).filter(fecha_limite__lt=fecha)


def por_atender(usuario, fecha: date) -> QuerySet[PasoPendiente]:
    """Lo vencido o por vencer que toca a ``usuario``: lo de su área y lo de los instrumentos que lleva.

    De los que nadie lleva se avisa a quien puede moverlos.
    """
    suyos = Q(area=usuario.area_id) if usuario.area_id else Q(pk=None)
    if usuario.has_perm(CAMBIAR):
        suyos |= Q(convenio__responsable=usuario) | Q(convenio__responsable=None)
    cercanos = abiertos(pasos_visibles(usuario)).filter(fecha_limite__lte=fecha + PRONTO)
    return cercanos.filter(suyos).order_by("fecha_limite", "pk")


# -- lo que se acompaña ---------------------------------------------------------


def acompanados(consulta: QuerySet[Convenio], hoy: date) -> QuerySet[Any]:
    """Los que se acompañan a otra área, con ``desde`` y, en ``faltan`` e ``idos``, sus pasos por hacer y hechos."""
    pasos = PasoPendiente.objects.select_related("area").order_by(*POR_FECHA)
    return con_desde(consulta.filter(gestion=Gestion.ACOMPANADA), hoy).prefetch_related(
        Prefetch("pendientes", pasos.filter(hecho=None), to_attr="faltan"),
        Prefetch("pendientes", pasos.exclude(hecho=None), to_attr="idos"),
    )


def ultimo_movimiento(convenio: Any) -> date | None:
    """El último paso de su camino o el último pendiente que se dio por hecho."""
    fechas = [p.hecho for p in convenio.idos] + ([convenio.desde] if convenio.desde else [])
    return max(fechas, default=None)


@dataclass
class DeUnArea:
    area: Area
    por_etapa: dict[str, int] = field(default_factory=lambda: dict.fromkeys(EN_TRAMITE, 0))
    suscritos: int = 0
    vencidos: int = 0

    @property
    def en_tramite(self) -> int:
        return sum(self.por_etapa.values())

    @property
    def etapas(self) -> list[int]:
        return list(self.por_etapa.values())


@dataclass(frozen=True)
class Resumen:
    en_tramite: int
    suscritos: int
    detenidos: int
    vencidos: int
    areas: list[DeUnArea]


def resumen(consulta: QuerySet[Convenio], hoy: date) -> Resumen:
    """Las cifras de lo acompañado que ``consulta`` abarca. El instrumento de dos áreas se lee en las dos."""
    vivos = consulta.filter(gestion=Gestion.ACOMPANADA).filter(
        Q(etapa__in=EN_TRAMITE) | Q(etapa=Etapa.SUSCRITO, fecha_firma__year=hoy.year)
    )
    limite = hoy - timedelta(days=DIAS_SIN_MOVIMIENTO)
    atrasados = PasoPendiente.objects.filter(hecho=None, fecha_limite__lt=hoy)
    convenios = list(
        con_desde(vivos, hoy)
        .order_by("folio")
        .prefetch_related(None)
        .prefetch_related("areas", Prefetch("pendientes", atrasados, to_attr="atrasados"))
    )
    de_area: dict[int, DeUnArea] = {}
    for convenio in convenios:
        for area in convenio.areas.all():
            fila = de_area.setdefault(area.pk, DeUnArea(area))
            fila.vencidos += len(convenio.atrasados)
            if convenio.etapa in EN_TRAMITE:
                fila.por_etapa[convenio.etapa] += 1
            else:
                fila.suscritos += 1
    tramite: list[Any] = [c for c in convenios if c.etapa in EN_TRAMITE]
    return Resumen(
        len(tramite),
        len(convenios) - len(tramite),
        sum(c.desde is not None and c.desde < limite for c in tramite),
        sum(len(c.atrasados) for c in convenios),
        sorted(de_area.values(), key=lambda f: f.area.corto),
    )


# -- como estaba al terminar un periodo -----------------------------------------


def en_proceso_al(fecha: date) -> QuerySet[Any]:
    """En trámite en ``fecha`` según sus pasos; anota ``etapa_entonces`` y ``desde``."""
    return con_desde(en_tramite(fecha), fecha)


def acompanados_en(periodo: Periodo) -> QuerySet[Any]:
    """Lo acompañado que al terminar el periodo seguía en trámite o que en él se movió, con su etapa de entonces."""
    movido = CambioDeEtapa.objects.filter(convenio=OuterRef("pk"), fecha__gte=periodo.inicio, fecha__lte=periodo.fin)
    consulta = con_desde(con_etapa_en(Convenio.objects.filter(gestion=Gestion.ACOMPANADA), periodo.fin), periodo.fin)
    consulta = consulta.filter(etapa_entonces__isnull=False).filter(Q(etapa_entonces__in=EN_TRAMITE) | Exists(movido))
    return consulta.order_by("desde", "folio")
