"""Preguntas sobre la Red, contestadas con razones. No escriben nada."""

from programas.estados import EstadoDeActividad
from programas.models import Actividad
from vinculacion.nucleo.palabras import fecha_larga

from .models import IntegranteRed


def impedimentos_para_asistir(integrante: IntegranteRed, actividad: Actividad, personas: int) -> list[str]:
    """Por qué ``integrante`` no pudo asistir a ``actividad`` con tantas ``personas``."""
    razones = []
    if integrante.desde and integrante.desde > actividad.fecha_fin:
        razones.append(f"{integrante}: se integró el {fecha_larga(integrante.desde, dia_semana=False)}.")
    elif integrante.hasta and integrante.hasta < actividad.fecha_inicio:
        razones.append(f"{integrante}: se dio de baja el {fecha_larga(integrante.hasta, dia_semana=False)}.")
    if integrante.clase == IntegranteRed.Clase.INDIVIDUAL and personas > 1:
        razones.append(f"{integrante}: a título individual asiste una sola persona.")
    return razones


def impedimentos_para_anotar(actividad: Actividad) -> list[str]:
    if actividad.estado == EstadoDeActividad.RECHAZADA:
        return ["La actividad está rechazada: corríjala antes de anotar su asistencia."]
    return []
