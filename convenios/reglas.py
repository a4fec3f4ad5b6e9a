"""Preguntas sobre un convenio, contestadas con razones. No escriben nada."""

from datetime import date

from vinculacion.nucleo.palabras import fecha_larga

DIAS_POR_VENCER = 90
DIAS_URGENTE = 30
DIAS_SIN_MOVIMIENTO = 60


def dia(fecha: date) -> str:
    return fecha_larga(fecha, dia_semana=False)
