"""Cómo va cada acuerdo, hoy o el día de una sesión."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from vinculacion.comision.consultas import acuerdos_visibles, vencidos
from vinculacion.comision.estados import ABIERTOS, EstadoDeAcuerdo, EstadoDeSesion
from vinculacion.comision.minutas.reglas import momento
from vinculacion.comision.models import Acuerdo, Comision, SeguimientoDeAcuerdo, Sesion
from vinculacion.nucleo.periodos import Periodo, hoy

PRONTO = timedelta(days=7)


def seguimientos_visibles(usuario) -> QuerySet[SeguimientoDeAcuerdo]:
    consulta = SeguimientoDeAcuerdo.objects.select_related("acuerdo__sesion", "acuerdo__comision", "sesion", "por")
    return consulta.filter(acuerdo__in=acuerdos_visibles(usuario).order_by().values("pk")).order_by("-fecha", "-pk")


def con_seguimientos(consulta: QuerySet[Acuerdo]) -> QuerySet[Acuerdo]:
    """Del más antiguo al más reciente, en una consulta."""
    pasos = SeguimientoDeAcuerdo.objects.select_related("sesion", "por").order_by("fecha", "pk")
    return consulta.select_related("sesion", "area_responsable", "cumplido_en").prefetch_related(
        Prefetch("seguimientos", pasos)
    )


def por_vencer(consulta: QuerySet[Acuerdo], fecha: date | None = None) -> QuerySet[Acuerdo]:
    """Abiertos cuyo plazo vence en siete días o menos."""
    fecha = fecha or hoy()
    return consulta.filter(estado__in=ABIERTOS, fecha_limite__range=(fecha, fecha + PRONTO))


SITUACIONES = {
    "abiertos": ("Abiertos", lambda consulta: consulta.filter(estado__in=ABIERTOS)),
    "vencidos": ("Vencidos", vencidos),
    "por_vencer": ("Vencen en siete días", por_vencer),
    "terminados": ("Cumplidos o sin efecto", lambda consulta: consulta.exclude(estado__in=ABIERTOS)),
}


# -- el informe de una sesión --------------------------------------------------


@dataclass(frozen=True)
class Situacion:
    """Un acuerdo tal como estaba cierto día; ``cerrado`` es cuándo se declaró cumplido o sin efecto."""

    acuerdo: Acuerdo
    estado: str
    cerrado: date | None
    nota: str
    al: date

    @property
    def abierto(self) -> bool:
        return self.estado in ABIERTOS

    @property
    def vencido(self) -> bool:
        limite = self.acuerdo.fecha_limite
        return self.abierto and limite is not None and limite < self.al

    @property
    def estado_escrito(self) -> str:
        return f"{EstadoDeAcuerdo(self.estado).label}{', vencido' if self.vencido else ''}"


def situacion(acuerdo: Acuerdo, al: date) -> Situacion:
    """Con los seguimientos hasta ``al``; un acuerdo capturado ya terminado y sin ellos lo estaba desde su sesión."""
    todos = list(acuerdo.seguimientos.all())
    pasos = [p for p in todos if p.fecha <= al]
    if pasos:
        ultimo = pasos[-1]
        cerrado = None
        for paso in reversed(pasos):
            if paso.estado in ABIERTOS:
                break
            cerrado = paso.fecha
        return Situacion(acuerdo, ultimo.estado, cerrado, f"{ultimo.fecha:%d/%m/%Y}: {ultimo.nota}", al)
    nota = acuerdo.notas.strip().rsplit("\n", 1)[-1]
    if todos or acuerdo.estado in ABIERTOS:
        return Situacion(acuerdo, EstadoDeAcuerdo.PENDIENTE if todos else acuerdo.estado, None, nota, al)
    cerrado = (acuerdo.cumplido_en or acuerdo.sesion).fecha
    if cerrado > al:
        return Situacion(acuerdo, EstadoDeAcuerdo.EN_PROCESO, None, nota, al)
    return Situacion(acuerdo, acuerdo.estado, cerrado, nota, al)


def anterior(sesion: Sesion) -> Sesion | None:
    """La última celebrada de la misma comisión antes de ésta."""
    celebradas = Sesion.objects.filter(
        comision=sesion.comision_id, estado=EstadoDeSesion.CELEBRADA, fecha_celebrada__lte=sesion.fecha
    ).exclude(pk=sesion.pk)
    previas = [s for s in celebradas.order_by("-fecha_celebrada", "-pk")[:10] if momento(s) < momento(sesion)]
    return max(previas, key=momento, default=None)


def dia_del_informe(sesion: Sesion) -> date:
    """El de la sesión; de una que todavía no llega, hoy."""
    return min(sesion.fecha, hoy())


def acuerdos_para(sesion: Sesion) -> list[Situacion]:
    """Los que seguían abiertos al llegar a la sesión y los terminados desde la anterior, como estaban ese día."""
    previa, al = anterior(sesion), dia_del_informe(sesion)
    consulta = con_seguimientos(Acuerdo.objects.filter(comision=sesion.comision_id).exclude(sesion=sesion))
    situaciones = [
        situacion(acuerdo, al) for acuerdo in consulta.order_by("folio") if momento(acuerdo.sesion) < momento(sesion)
    ]
    return en_orden(s for s in situaciones if s.cerrado is None or previa is None or s.cerrado >= previa.fecha)


def acuerdos_del_periodo(comision: Comision, periodo: Periodo, *, todos: bool) -> list[Situacion]:
    """Los tomados hasta el fin del periodo que siguen abiertos; con ``todos``, también los terminados en él."""
    consulta = con_seguimientos(Acuerdo.objects.filter(comision=comision))
    situaciones = [situacion(a, periodo.fin) for a in consulta if a.sesion.fecha <= periodo.fin]
    return en_orden(s for s in situaciones if s.cerrado is None or (todos and s.cerrado >= periodo.inicio))


def en_orden(situaciones: Iterable[Situacion]) -> list[Situacion]:
    return sorted(situaciones, key=lambda s: (*momento(s.acuerdo.sesion), s.acuerdo.folio))
