"""El calendario de un año: lo aprobado junto a lo que pasó, y a quién se avisó de cada fecha."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from vinculacion.nucleo.calendario import Evento, reunir
from vinculacion.nucleo.palabras import mes as nombre_de_mes
from vinculacion.nucleo.periodos import hoy

from ..convocatoria.reglas import falta_avisar
from ..estados import EstadoDeEntrega, EstadoDeSesion, TipoDeSesion
from ..minutas.consultas import CIERRE, REAPERTURA
from ..models import CambioDeSesion, Comision, Entrega, Punto, Sesion


@dataclass(frozen=True)
class Renglon:
    """Una sesión del calendario; ``dias`` es cuánto se movió de la fecha aprobada (negativo si se adelantó)."""

    sesion: Sesion
    ultimo: CambioDeSesion | None

    @property
    def aprobada(self) -> date | None:
        return self.sesion.fecha_calendario

    @property
    def celebrada(self) -> bool:
        return self.sesion.estado == EstadoDeSesion.CELEBRADA

    @property
    def dias(self) -> int | None:
        if self.aprobada is None or self.sesion.estado == EstadoDeSesion.CANCELADA:
            return None
        dias = (self.sesion.fecha - self.aprobada).days
        # La diferida que no se ha movido todavía no tiene fecha.
        return None if self.sesion.estado == EstadoDeSesion.DIFERIDA and not dias else dias

    @property
    def diferencia(self) -> str:
        match self.dias:
            case None:
                return ""
            case 0:
                return "0 días"
            case dias:
                return f"{dias:+d} {'día' if abs(dias) == 1 else 'días'}".replace("-", "−")

    @property
    def razon(self) -> str:
        return self.ultimo.razon if self.ultimo else ""


@dataclass(frozen=True)
class Mes:
    nombre: str
    renglones: Sequence[Renglon]
    eventos: Sequence[Evento] = ()

    @property
    def todo(self) -> list[Renglon | Evento]:
        """Sesiones y eventos por día; a igual día, primero la sesión."""
        mezcla: list[Renglon | Evento] = [*self.renglones, *self.eventos]
        return sorted(mezcla, key=lambda c: c.dia if isinstance(c, Evento) else c.sesion.fecha)


def sesiones_del_anio(comision: Comision, anio: int) -> list[Sesion]:
    """Las del año, por la fecha en que son o fueron."""
    sesiones = Sesion.objects.filter(comision=comision, anio=anio).select_related("comision")
    return sorted(sesiones, key=lambda s: (s.fecha, s.pk))


def calendario_del_anio(comision: Comision, anio: int) -> list[Renglon]:
    """En dos consultas. La razón es la del último cambio de fecha o de estado que la dijo; el cierre no es uno."""
    sesiones = sesiones_del_anio(comision, anio)
    sin_contar = Q(razon="") | Q(razon=CIERRE) | Q(razon__startswith=REAPERTURA)
    cambios = CambioDeSesion.objects.filter(sesion__in=[s.pk for s in sesiones]).exclude(sin_contar)
    ultimos = {c.sesion_id: c for c in cambios.order_by("cuando", "pk")}
    return [Renglon(sesion, ultimos.get(sesion.pk)) for sesion in sesiones]


def por_meses(renglones: Sequence[Renglon], anio: int, eventos: Sequence[Evento] = ()) -> list[Mes]:
    """Los doce meses del año, aunque estén vacíos; lo que cayó en otro año va en el mes del extremo."""

    def mes_de(renglon: Renglon) -> int:
        dia = renglon.sesion.fecha
        return dia.month if dia.year == anio else (1 if dia.year < anio else 12)

    return [
        Mes(
            nombre_de_mes(n).capitalize(),
            [r for r in renglones if mes_de(r) == n],
            [e for e in eventos if e.dia.month == n],
        )
        for n in range(1, 13)
    ]


def eventos_del_anio(usuario, anio: int) -> list[Evento]:
    """Lo que otras salas ponen en el calendario y ``usuario`` puede ver."""
    return reunir(usuario, date(anio, 1, 1), date(anio, 12, 31))


def anios_del_calendario(comision: Comision) -> list[int]:
    """Los que tienen sesiones, el de ahora y el que viene, del más reciente al más antiguo."""
    anios = set(comision.sesiones.order_by().values_list("anio", flat=True).distinct())
    for anio in (hoy().year, hoy().year + 1):
        if comision.desde.year <= anio and (comision.hasta is None or anio <= comision.hasta.year):
            anios.add(anio)
    return sorted(anios, reverse=True) or [comision.desde.year]


def ordinarias_del_anio(comision: Comision, anio: int) -> dict[int, Sesion]:
    ordinarias = comision.sesiones.filter(anio=anio, tipo=TipoDeSesion.ORDINARIA).select_related("comision")
    return {s.numero: s for s in ordinarias}


# -- a quién se avisó ----------------------------------------------------------


def notificadas(sesion: Sesion) -> list[Entrega]:
    """La última entrega que salió a cada capacidad, en orden de protocolo."""
    entregas = Entrega.objects.filter(convocatoria__sesion=sesion, estado=EstadoDeEntrega.ENVIADA)
    ultimas: dict[int, Entrega] = {}
    for entrega in entregas.select_related("convocatoria", "integracion").order_by("cuando", "pk"):
        ultimas[entrega.integracion_id] = entrega
    return sorted(ultimas.values(), key=lambda e: (e.integracion.orden, e.integracion.nombre))


def aviso_debido(sesion: Sesion) -> str:
    """La clase de aviso que se debe a quienes ya se convocó; vacía si ninguno."""
    return falta_avisar(sesion, sesion.convocatorias.first())


# -- lo que sale como iCalendar ------------------------------------------------


def para_icalendar(sesiones: QuerySet[Sesion]) -> QuerySet[Sesion]:
    puntos = Prefetch("puntos", Punto.objects.order_by("numero"))
    return sesiones.select_related("comision").prefetch_related(puntos).order_by("fecha_programada", "pk")


def sesiones_de_la_suscripcion() -> QuerySet[Sesion]:
    """Desde el año pasado: un calendario personal no es el archivo de la comisión."""
    return para_icalendar(Sesion.objects.filter(anio__gte=hoy().year - 1))


def eventos_de_la_suscripcion(usuario) -> list[Evento]:
    return reunir(usuario, date(hoy().year - 1, 1, 1), date.max)
