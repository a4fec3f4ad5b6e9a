"""Registrar la asistencia: toda la cuadrícula de una sesión en un solo guardado."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from vinculacion.nucleo.modelos import guarda
from vinculacion.nucleo.periodos import hoy

from .. import reglas
from ..estados import EstadoDeAsistencia
from ..models import Asistencia, Sesion
from .sesiones import bloquear

MOTIVO = "Registro de asistencia"


class AsistenciaCambiada(ValidationError):
    """Otra persona guardó la sesión después de que se leyó."""


@transaction.atomic
def registrar_asistencia(
    *,
    sesion: Sesion,
    estados: Mapping[int, str],
    por,
    motivos: Mapping[int, str] | None = None,
    version: int | None = None,
) -> Sesion:
    """Deja la asistencia como dice ``estados`` (integración → estado); lo que no nombra queda como está.

    ``version`` es la de la sesión cuando se leyó; si ya es otra, ``AsistenciaCambiada``.
    """
    actual = bloquear(sesion)
    if version is not None and actual.version != version:
        raise AsistenciaCambiada("Otra persona guardó esta sesión mientras usted pasaba lista.")
    if razones := reglas.impedimentos_para_asistencia(actual, hoy()):
        raise ValidationError(razones)
    nuevas, cambiadas = _diferencias(actual, estados, motivos or {})
    if nuevas:
        bulk_create_with_history(nuevas, Asistencia, default_user=por, default_change_reason=MOTIVO)
    if cambiadas:
        bulk_update_with_history(
            cambiadas, Asistencia, ["estado", "motivo"], default_user=por, default_change_reason=MOTIVO
        )
    if nuevas or cambiadas:
        guarda(actual, por, MOTIVO)
    sesion.version = actual.version
    return actual


def _diferencias(sesion: Sesion, estados: Mapping[int, str], motivos: Mapping[int, str]):
    existentes = {a.integracion_id: a for a in sesion.asistencias.all()}
    capacidades = {i.pk: i for i in sesion.comision.integraciones.all()}
    nuevas, cambiadas, errores = [], [], []
    for clave, estado in estados.items():
        capacidad = capacidades.get(clave)
        if capacidad is None:
            errores.append("Hay una capacidad que no es de esta comisión.")
            continue
        if estado not in EstadoDeAsistencia.values:
            errores.append(f"{capacidad}: «{estado}» no es una asistencia.")
            continue
        motivo = motivos.get(clave, "").strip()
        if motivo and estado != EstadoDeAsistencia.JUSTIFICADA:
            errores.append(f"{capacidad}: el motivo es sólo para una ausencia justificada.")
            continue
        if len(motivo) > 250:
            errores.append(f"{capacidad}: el motivo lleva hasta 250 caracteres y tiene {len(motivo)}.")
            continue
        previa = existentes.get(clave)
        if previa is None:
            if not reglas.estaba_vigente(capacidad, sesion.fecha):
                if estado == EstadoDeAsistencia.AUSENTE:
                    continue  # quien no integraba la comisión no falta
                errores.append(f"{capacidad} no integraba la comisión el día de la sesión.")
                continue
            nuevas.append(Asistencia(sesion=sesion, integracion=capacidad, estado=estado, motivo=motivo))
        elif (previa.estado, previa.motivo) != (estado, motivo):
            previa.estado, previa.motivo = estado, motivo
            cambiadas.append(previa)
    if errores:
        raise ValidationError(errores)
    return nuevas, cambiadas


@transaction.atomic
def anotar_asistencia(*, asistencia: Asistencia, por) -> Asistencia:
    """Una sola capacidad en una sesión, con las mismas reglas que la cuadrícula."""
    sesion = bloquear(asistencia.sesion)
    razones = reglas.impedimentos_para_asistencia(sesion, hoy())
    if asistencia.integracion.comision_id != sesion.comision_id:
        razones.append(f"{asistencia.integracion} no es de la comisión de esa sesión.")
    elif asistencia.pk is None and not reglas.estaba_vigente(asistencia.integracion, sesion.fecha):
        razones.append(f"{asistencia.integracion} no integraba la comisión el día de la sesión.")
    if asistencia.motivo and asistencia.estado != EstadoDeAsistencia.JUSTIFICADA:
        razones.append("El motivo es sólo para una ausencia justificada.")
    if razones:
        raise ValidationError(razones)
    guarda(asistencia, por)
    guarda(sesion, por, MOTIVO)
    return asistencia
