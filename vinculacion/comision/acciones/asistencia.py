"""Registrar la asistencia: toda la cuadrícula de una sesión en un solo guardado."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from vinculacion.nucleo.modelos import guarda
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import hoy

from .. import reglas
from ..estados import ASISTIERON, EstadoDeAsistencia
from ..models import Asistencia, Sesion, Voto
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
    suplentes: Mapping[int, str] | None = None,
    version: int | None = None,
) -> Sesion:
    """Deja la asistencia como dice ``estados`` (integración → estado); lo que no nombra queda como está.

    ``motivos`` son los de las ausencias justificadas; ``suplentes``, quién asistió en lugar de quién.
    ``version`` es la de la sesión cuando se leyó; si ya es otra, ``AsistenciaCambiada``.
    """
    actual = bloquear(sesion)
    if version is not None and actual.version != version:
        raise AsistenciaCambiada("Otra persona guardó esta sesión mientras usted pasaba lista.")
    if razones := reglas.impedimentos_para_asistencia(actual, hoy()):
        raise ValidationError(razones)
    nuevas, cambiadas = _diferencias(actual, estados, motivos or {}, suplentes or {})
    if nuevas:
        bulk_create_with_history(nuevas, Asistencia, default_user=por, default_change_reason=MOTIVO)
    if cambiadas:
        bulk_update_with_history(
            cambiadas, Asistencia, ["estado", "motivo", "suplente"], default_user=por, default_change_reason=MOTIVO
        )
    if nuevas or cambiadas:
        guarda(actual, por, MOTIVO)
    sesion.version = actual.version
    return actual


def _diferencias(
    sesion: Sesion, estados: Mapping[int, str], motivos: Mapping[int, str], suplentes: Mapping[int, str]
) -> tuple[list[Asistencia], list[Asistencia]]:
    existentes = {a.integracion_id: a for a in sesion.asistencias.all()}
    capacidades = {i.pk: i for i in sesion.comision.integraciones.all()}
    votaron = _votaron(sesion)
    nuevas: list[Asistencia] = []
    cambiadas: list[Asistencia] = []
    errores: list[str] = []
    for clave, estado in estados.items():
        capacidad = capacidades.get(clave)
        if capacidad is None:
            errores.append("Hay una capacidad que no es de esta comisión.")
            continue
        motivo, suplente = motivos.get(clave, "").strip(), suplentes.get(clave, "").strip()
        previa = existentes.get(clave)
        asistencia = previa or Asistencia(sesion=sesion, integracion=capacidad)
        antes = (asistencia.estado, asistencia.motivo, asistencia.suplente)
        asistencia.estado, asistencia.motivo, asistencia.suplente = estado, motivo, suplente
        if previa is None and not reglas.estaba_vigente(capacidad, sesion.fecha):
            if estado != EstadoDeAsistencia.AUSENTE:  # quien no integraba la comisión no falta
                errores.append(f"{capacidad} no integraba la comisión el día de la sesión.")
        elif antes != (estado, motivo, suplente):
            if razones := _razones(asistencia, votaron):
                errores += [f"{capacidad}: {razon}" for razon in razones]
            else:
                (cambiadas if previa else nuevas).append(asistencia)
    if errores:
        raise ValidationError(errores)
    return nuevas, cambiadas


def _votaron(sesion: Sesion) -> dict[int, int]:
    """Integración → número de un punto en que votó."""
    return dict(
        Voto.objects.filter(punto__sesion=sesion).order_by("-punto__numero").values_list("integracion", "punto__numero")
    )


def _razones(asistencia: Asistencia, votaron: Mapping[int, int]) -> list[str]:
    """Lo que no vale de una asistencia por sí misma."""
    if asistencia.estado not in EstadoDeAsistencia.values:
        return [f"«{asistencia.estado}» no es una asistencia."]
    razones = []
    if asistencia.motivo and asistencia.estado != EstadoDeAsistencia.JUSTIFICADA:
        razones.append("el motivo es sólo para una ausencia justificada.")
    if asistencia.suplente and asistencia.estado != EstadoDeAsistencia.SUPLENTE:
        razones.append("quién suple se anota sólo si asistió quien suple.")
    for campo, que, tope in (("motivo", "el motivo", 250), ("suplente", "quién suple", 150)):
        if (largo := len(getattr(asistencia, campo))) > tope:
            razones.append(f"{que} lleva hasta {tope} caracteres y tiene {largo}.")
    if asistencia.estado not in ASISTIERON and asistencia.integracion_id in votaron:
        razones.append(f"votó en el punto {votaron[asistencia.integracion_id]}; deshaga antes esa votación.")
    return razones


@transaction.atomic
def anotar_asistencia(*, asistencia: Asistencia, por) -> Asistencia:
    """Una sola capacidad en una sesión, con las mismas reglas que la cuadrícula."""
    sesion = bloquear(asistencia.sesion)
    razones = reglas.impedimentos_para_asistencia(sesion, hoy())
    if asistencia.integracion.comision_id != sesion.comision_id:
        razones.append(f"{asistencia.integracion} no es de la comisión de esa sesión.")
    elif asistencia.pk is None and not reglas.estaba_vigente(asistencia.integracion, sesion.fecha):
        razones.append(f"{asistencia.integracion} no integraba la comisión el día de la sesión.")
    razones += [capitaliza(razon) for razon in _razones(asistencia, _votaron(sesion))]
    if razones:
        raise ValidationError(razones)
    guarda(asistencia, por)
    guarda(sesion, por, MOTIVO)
    return asistencia
