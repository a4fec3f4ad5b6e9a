"""Escrituras de la sala."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from programas.models import Actividad
from vinculacion.nucleo.modelos import borra, guarda

from . import reglas
from .models import AsistenciaRed, IntegranteRed


@transaction.atomic
def guardar_integrante(*, integrante: IntegranteRed, por) -> IntegranteRed:
    return guarda(integrante, por)


@transaction.atomic
def registrar_asistencia(*, actividad: Actividad, personas: Mapping[IntegranteRed, int | None], por) -> int:
    """Anota cuántas personas de cada integrante asistieron; cero o nada quita el renglón.

    Sólo toca a los integrantes que se nombran. Devuelve cuántos renglones cambió.
    """
    razones = reglas.impedimentos_para_anotar(actividad)
    anotadas = {a.integrante_id: a for a in actividad.asistencia_red.select_for_update()}
    cambios = 0
    for integrante, cuantas in personas.items():
        asistencia = anotadas.get(integrante.pk)
        if not cuantas:
            if asistencia is not None:
                borra(asistencia, por)
                cambios += 1
            continue
        if asistencia is not None and asistencia.personas == cuantas:
            continue
        if impedimentos := reglas.impedimentos_para_asistir(integrante, actividad, cuantas):
            razones += impedimentos
            continue
        asistencia = asistencia or AsistenciaRed(actividad=actividad, integrante=integrante)
        asistencia.personas = cuantas
        guardar_asistencia(asistencia=asistencia, por=por)
        cambios += 1
    if razones:
        raise ValidationError(razones)
    return cambios


@transaction.atomic
def guardar_asistencia(*, asistencia: AsistenciaRed, por) -> AsistenciaRed:
    """Un solo renglón, como llega de una hoja de cálculo."""
    razones = reglas.impedimentos_para_anotar(asistencia.actividad)
    razones += reglas.impedimentos_para_asistir(asistencia.integrante, asistencia.actividad, asistencia.personas)
    if razones:
        raise ValidationError(razones)
    return guarda(asistencia, por)
