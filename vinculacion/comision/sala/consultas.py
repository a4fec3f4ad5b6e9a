"""Lo que se pregunta durante la sesión: quórum, quién vota y en qué quedó cada votación."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ..consultas import integracion_en
from ..estados import ASISTIERON, SentidoDelVoto
from ..models import Integracion, Punto, Sesion, Voto
from ..reglas import CON_VOTO


@dataclass(frozen=True)
class Quorum:
    """``integran`` y ``presentes`` cuentan sólo a quienes votan; quien manda suplente está presente."""

    integran: int
    necesarios: int
    presentes: int

    @property
    def hay(self) -> bool:
        return self.presentes >= self.necesarios

    @property
    def faltan(self) -> int:
        return max(0, self.necesarios - self.presentes)


@dataclass(frozen=True)
class Votacion:
    favor: int = 0
    contra: int = 0
    abstencion: int = 0

    @property
    def total(self) -> int:
        return self.favor + self.contra + self.abstencion

    @property
    def unanime(self) -> bool:
        return self.favor == self.total > 0

    @property
    def empate(self) -> bool:
        """Tantos a favor como en contra; también si todas son abstenciones. No resuelve el punto."""
        return self.favor == self.contra and self.total > 0


def con_voto(sesion: Sesion) -> QuerySet[Integracion]:
    """Quienes votaban el día de la sesión, hayan asistido o no."""
    return integracion_en(sesion.comision, sesion.fecha).filter(rol__in=CON_VOTO)


def votantes(sesion: Sesion) -> QuerySet[Integracion]:
    """Quienes votan y asistieron, en orden de protocolo."""
    return con_voto(sesion).filter(
        pk__in=sesion.asistencias.filter(estado__in=ASISTIERON).order_by().values("integracion")
    )


def quorum(sesion: Sesion) -> Quorum:
    presente = Q(asistencias__sesion=sesion, asistencias__estado__in=ASISTIERON)
    cuentas = (
        con_voto(sesion)
        .order_by()
        .aggregate(integran=Count("pk", distinct=True), presentes=Count("pk", distinct=True, filter=presente))
    )
    return Quorum(necesarios=sesion.comision.quorum or cuentas["integran"] // 2 + 1, **cuentas)


def votaciones(puntos: Iterable[Punto]) -> dict[int, Votacion]:
    """La de cada punto en que hubo votos, en una consulta."""
    filas = (
        Voto.objects.filter(punto__in=[p.pk for p in puntos])
        .order_by()
        .values("punto")
        .annotate(
            favor=Count("pk", filter=Q(sentido=SentidoDelVoto.FAVOR)),
            contra=Count("pk", filter=Q(sentido=SentidoDelVoto.CONTRA)),
            abstencion=Count("pk", filter=Q(sentido=SentidoDelVoto.ABSTENCION)),
        )
    )
    return {fila["punto"]: Votacion(fila["favor"], fila["contra"], fila["abstencion"]) for fila in filas}


def votacion(punto: Punto) -> Votacion:
    return votaciones([punto]).get(punto.pk, Votacion())
