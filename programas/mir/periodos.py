"""Cómo se llaman los periodos en que se mide un indicador."""

from programas.estados import Frecuencia
from programas.models import Indicador
from vinculacion.nucleo.palabras import capitaliza, mes

from .consultas import rotulo


def nombre_corto(indicador: Indicador, numero: int) -> str:
    """«1T», «ene», «1S», «Año»: para las columnas."""
    if numero == 0:
        return "Acumulado"
    match indicador.frecuencia:
        case Frecuencia.MENSUAL:
            return mes(numero)[:3]
        case Frecuencia.TRIMESTRAL:
            return f"{numero}T"
        case Frecuencia.SEMESTRAL:
            return f"{numero}S"
    return "Año"


def nombre_largo(indicador: Indicador, numero: int) -> str:
    return capitaliza(rotulo(Frecuencia(indicador.frecuencia), numero))
