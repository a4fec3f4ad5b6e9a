"""Lo que la lista, el instrumento, el informe y los avisos preguntan de los compromisos, preguntado una vez."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from vinculacion.nucleo.periodos import Periodo, hoy

from ..consultas import de_su_area
from ..estados import FIRMADAS, EstadoDeCompromiso, Etapa, Recurrencia
from ..models import AvanceDeCompromiso, Compromiso
from ..permisos import solo_su_area
from . import reglas, veces
from .situacion import PRONTO, Situacion, con_situacion, situacion

CAMBIAR = "convenios.change_compromiso"
DECIDIR = "convenios.decidir_renovacion"  # quien dirige la unidad responde por todos los instrumentos


def compromisos_visibles(usuario) -> QuerySet[Compromiso]:
    """Los de los instrumentos que ``usuario`` puede ver, con su situación de hoy; lo que vence primero, arriba."""
    consulta = con_situacion(Compromiso.objects.all(), hoy()).select_related("convenio", "area", "contraparte")
    if solo_su_area(usuario):
        consulta = consulta.filter(convenio__in=de_su_area(usuario))
    return consulta.order_by(F("proxima").asc(nulls_last=True), "convenio__folio", "pk")


def con_avances(consulta: QuerySet[Compromiso]) -> QuerySet[Compromiso]:
    """Del más antiguo al más reciente, en una consulta para todos."""
    avances = AvanceDeCompromiso.objects.select_related("por", "sesion").order_by("fecha", "pk")
    avances = avances.prefetch_related("evidencias")
    return consulta.prefetch_related(Prefetch("avances", avances))


def avances_visibles(usuario) -> QuerySet[AvanceDeCompromiso]:
    consulta = AvanceDeCompromiso.objects.select_related(
        "compromiso__convenio", "compromiso__area", "sesion__comision", "por"
    )
    if solo_su_area(usuario):
        consulta = consulta.filter(compromiso__in=compromisos_visibles(usuario).order_by().values("pk"))
    return consulta.order_by("-fecha", "-pk")


# -- quién atiende qué --------------------------------------------------------


def que_atiende(consulta: QuerySet[Compromiso], usuario) -> QuerySet[Compromiso]:
    """Los abiertos de instrumentos sin concluir que le tocan a ``usuario``.

    A un área, los suyos; a quien captura, los de los instrumentos que lleva o que nadie
    lleva; a la dirección, todos; a los demás, ninguno.
    """
    consulta = consulta.filter(estado=EstadoDeCompromiso.ABIERTO, convenio__etapa=Etapa.SUSCRITO)
    if usuario.has_perm(DECIDIR):
        return consulta
    if usuario.has_perm(CAMBIAR):
        return consulta.filter(Q(convenio__responsable=usuario) | Q(convenio__responsable=None))
    if solo_su_area(usuario) and usuario.area_id:
        return consulta.filter(area=usuario.area_id)
    return consulta.none()


def por_atender(usuario, fecha: date) -> QuerySet[Compromiso]:
    """Vencidos o por vencer en treinta días, de los que le tocan."""
    return que_atiende(con_situacion(compromisos_visibles(usuario), fecha), usuario).filter(proxima__lte=fecha + PRONTO)


# -- las veces de un compromiso -----------------------------------------------


@dataclass(frozen=True)
class Vez:
    """Un día en que vence, con lo que se ha hecho hasta ``al``."""

    vence: date | None
    avances: tuple[AvanceDeCompromiso, ...]
    situacion: Situacion

    @property
    def cumplimiento(self) -> AvanceDeCompromiso | None:
        return next((a for a in self.avances if a.cumple), None)

    @property
    def porcentaje(self) -> int:
        if self.cumplimiento:
            return 100
        return self.avances[-1].porcentaje if self.avances else 0

    @property
    def dias_de_diferencia(self) -> int:
        """Días después (o antes, si es negativo) de su plazo en que se cumplió."""
        cumplio = self.cumplimiento
        return (cumplio.fecha - self.vence).days if cumplio and self.vence else 0


def avances_de(compromiso: Compromiso, al: date) -> list[AvanceDeCompromiso]:
    return sorted((a for a in compromiso.avances.all() if a.fecha <= al), key=lambda a: (a.fecha, a.pk))


def veces_de(compromiso: Compromiso, al: date | None = None) -> list[Vez]:
    """Todas las que se enseñan, como estaban en ``al``. Necesita los avances y el instrumento ya traídos."""
    al = al or hoy()
    avances = avances_de(compromiso, al)
    if compromiso.fecha_limite is None:
        return [_vez(compromiso, None, avances, al)]
    cumplidas = {a.vez for a in avances if a.cumple and a.vez}
    dias = veces.a_la_vista(compromiso.fecha_limite, compromiso.recurrencia, reglas.termina(compromiso), cumplidas, al)
    return [_vez(compromiso, dia, [a for a in avances if a.vez == dia], al) for dia in dias]


def _vez(compromiso: Compromiso, vence: date | None, avances: list[AvanceDeCompromiso], al: date) -> Vez:
    estado = compromiso.estado
    if any(a.cumple for a in avances):
        estado = EstadoDeCompromiso.CUMPLIDO
    elif estado == EstadoDeCompromiso.CUMPLIDO:
        estado = EstadoDeCompromiso.ABIERTO  # otra vez del mismo, o todavía no en ese día
    firma = compromiso.convenio.fecha_firma
    obliga = compromiso.convenio.etapa in FIRMADAS and firma is not None and firma <= al
    return Vez(vence, tuple(avances), situacion(estado, vence, obliga, al))


@dataclass(frozen=True)
class Progreso:
    porcentaje: int
    texto: str


def progreso(compromiso: Compromiso) -> Progreso:
    """De lo que se cumple una vez, el último porcentaje; de lo que se repite, cuántas veces van."""
    avances = avances_de(compromiso, date.max)
    cuenta = veces.cuenta(
        compromiso.fecha_limite,
        compromiso.recurrencia,
        reglas.termina(compromiso),
        [a.vez for a in avances if a.cumple],
    )
    if compromiso.recurrencia == Recurrencia.UNICA:
        hecho = 100 if cuenta.cumplido else avances[-1].porcentaje if avances else 0
        return Progreso(hecho, f"{hecho} %")
    if cuenta.total is None:
        return Progreso(0, f"{cuenta.hechas} {'vez' if cuenta.hechas == 1 else 'veces'}")
    return Progreso(cuenta.hechas * 100 // cuenta.total, f"{cuenta.hechas} de {cuenta.total}")


# -- cifras de un periodo -----------------------------------------------------


def cumplidos_en(periodo: Periodo) -> QuerySet[AvanceDeCompromiso]:
    """Cada vez que se cumplió un compromiso en ``periodo``, por la fecha en que se cumplió."""
    return (
        AvanceDeCompromiso.objects.filter(cumple=True, fecha__range=(periodo.inicio, periodo.fin))
        .exclude(compromiso__estado=EstadoDeCompromiso.CANCELADO)
        .order_by("fecha", "pk")
    )


@dataclass(frozen=True)
class VezDeCompromiso:
    compromiso: Compromiso
    vez: Vez


def vencen_en(periodo: Periodo, al: date | None = None) -> list[VezDeCompromiso]:
    """Las veces cuyo plazo cae en ``periodo``, como estaban en ``al``: al terminarlo, u hoy si no ha terminado."""
    al = al or min(periodo.fin, hoy())
    renglones = [
        VezDeCompromiso(compromiso, vez)
        for compromiso in _de_instrumentos_firmados(periodo.fin)
        for vez in veces_de(compromiso, al)
        if vez.vence and periodo.inicio <= vez.vence <= periodo.fin
    ]
    return sorted(renglones, key=lambda r: (r.vez.vence, r.compromiso.convenio.folio, r.compromiso.pk))


def vencidos_al(fecha: date) -> list[Compromiso]:
    """Los que en ``fecha`` tenían alguna vez sin cumplir y con el plazo pasado."""
    return [
        compromiso
        for compromiso in _de_instrumentos_firmados(fecha)
        if any(vez.situacion == Situacion.VENCIDO for vez in veces_de(compromiso, fecha))
    ]


def _de_instrumentos_firmados(fecha: date) -> Iterable[Compromiso]:
    consulta = Compromiso.objects.filter(convenio__etapa__in=FIRMADAS, convenio__fecha_firma__lte=fecha)
    consulta = consulta.filter(fecha_limite__lte=fecha).select_related("convenio__tipo", "area", "contraparte")
    return con_avances(consulta.prefetch_related("convenio__areas").order_by("convenio__folio", "pk"))
