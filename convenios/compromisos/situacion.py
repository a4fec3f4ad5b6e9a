"""«Vencido» y «por vencer» salen del día; no se guardan."""

from datetime import date, timedelta

from django.db.models import Case, CharField, Q, QuerySet, TextChoices, Value, When

from ..estados import FIRMADAS, EstadoDeCompromiso
from ..models import Compromiso

PRONTO = timedelta(days=30)


class Situacion(TextChoices):
    VENCIDO = "vencido", "Vencido"
    POR_VENCER = "por_vencer", "Vence pronto"
    ABIERTO = "abierto", "Abierto"
    CUMPLIDO = "cumplido", "Cumplido"
    CANCELADO = "cancelado", "Ya no aplica"


COLORES = {
    Situacion.VENCIDO: "rojo",
    Situacion.POR_VENCER: "ambar",
    Situacion.ABIERTO: "azul",
    Situacion.CUMPLIDO: "verde",
    Situacion.CANCELADO: "",
}


def situacion(estado: str, proxima: date | None, obliga: bool, fecha: date) -> Situacion:
    """``obliga``: el instrumento ya se firmó; antes de eso nada vence."""
    if estado != EstadoDeCompromiso.ABIERTO:
        return Situacion(estado)
    if proxima is None or not obliga or proxima > fecha + PRONTO:
        return Situacion.ABIERTO
    return Situacion.VENCIDO if proxima < fecha else Situacion.POR_VENCER


def situacion_de(compromiso: Compromiso, fecha: date) -> Situacion:
    return situacion(compromiso.estado, compromiso.proxima, compromiso.convenio.etapa in FIRMADAS, fecha)


def con_situacion(consulta: QuerySet[Compromiso], fecha: date) -> QuerySet[Compromiso]:
    """Lo mismo que :func:`situacion`, para filtrar y ordenar en la base."""
    obliga = Q(convenio__etapa__in=FIRMADAS)
    return consulta.annotate(
        situacion=Case(
            When(estado=EstadoDeCompromiso.CUMPLIDO, then=Value(Situacion.CUMPLIDO.value)),
            When(estado=EstadoDeCompromiso.CANCELADO, then=Value(Situacion.CANCELADO.value)),
            When(obliga & Q(proxima__lt=fecha), then=Value(Situacion.VENCIDO.value)),
            When(obliga & Q(proxima__lte=fecha + PRONTO), then=Value(Situacion.POR_VENCER.value)),
            default=Value(Situacion.ABIERTO.value),
            output_field=CharField(),
        )
    )
