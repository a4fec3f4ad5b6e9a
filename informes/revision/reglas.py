"""Qué se puede hacer con las observaciones de un informe, contestado con razones."""

from ..estados import CONGELADOS, EstadoDeInforme, EstadoDeObservacion
from ..models import Informe, Observacion

EN_REVISION = (EstadoDeInforme.REVISION, EstadoDeInforme.PRESENTADO)
RESPUESTAS = (EstadoDeObservacion.ATENDIDA, EstadoDeObservacion.NO_PROCEDE)


def impedimentos_para_observar(informe: Informe) -> list[str]:
    if informe.estado in EN_REVISION:
        return []
    if informe.estado in CONGELADOS:
        return [f"El informe ya está {informe.get_estado_display().lower()}: no recibe observaciones."]
    return ["El informe está en borrador: recibe observaciones cuando pasa a revisión."]


def impedimentos_para_responder(observacion: Observacion) -> list[str]:
    """También en borrador: se devuelve a él, justamente, para atenderlas."""
    if observacion.informe.estado in CONGELADOS:
        return [f"El informe ya está {observacion.informe.get_estado_display().lower()}: sus observaciones no cambian."]
    if observacion.estado == EstadoDeObservacion.RETIRADA:
        return ["Quien la escribió la retiró."]
    return []


def impedimentos_para_corregir(observacion: Observacion, usuario) -> list[str]:
    """La corrige y la retira quien la escribió, mientras nadie la ha respondido."""
    if faltas := _ajena(observacion, usuario):
        return faltas
    if observacion.estado != EstadoDeObservacion.ABIERTA:
        return [f"La observación está {observacion.get_estado_display().lower()}: reábrala si hace falta."]
    return []


def impedimentos_para_reabrir(observacion: Observacion, usuario) -> list[str]:
    if faltas := _ajena(observacion, usuario):
        return faltas
    if observacion.estado == EstadoDeObservacion.ABIERTA:
        return ["La observación ya está abierta."]
    return []


def _ajena(observacion: Observacion, usuario) -> list[str]:
    faltas = impedimentos_para_observar(observacion.informe)
    if observacion.autor_id != usuario.pk:
        faltas = [f"La escribió {observacion.autor}: sólo esa persona la cambia.", *faltas]
    return faltas
