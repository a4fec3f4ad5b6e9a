"""Preguntas sobre la Red, contestadas con razones. No escriben nada."""

from datetime import date

from programas.estados import EstadoDeActividad
from programas.models import Actividad
from vinculacion.nucleo.palabras import fecha_larga

from .models import IntegranteRed


def era_integrante(integrante: IntegranteRed, inicio: date, fin: date) -> bool:
    """Si pertenecía a la Red algún día entre ``inicio`` y ``fin``."""
    return (integrante.desde is None or integrante.desde <= fin) and (
        integrante.hasta is None or integrante.hasta >= inicio
    )


def impedimentos_para_asistir(integrante: IntegranteRed, actividad: Actividad, personas: int) -> list[str]:
    razones = []
    if not era_integrante(integrante, actividad.fecha_inicio, actividad.fecha_fin):
        limite = integrante.desde if integrante.desde and integrante.desde > actividad.fecha_fin else integrante.hasta
        verbo = "se integró el" if limite == integrante.desde else "se dio de baja el"
        razones.append(f"{integrante}: {verbo} {fecha_larga(limite, dia_semana=False)}.")
    if integrante.clase == IntegranteRed.Clase.INDIVIDUAL and personas > 1:
        razones.append(f"{integrante}: a título individual asiste una sola persona.")
    return razones


def impedimentos_para_anotar(actividad: Actividad) -> list[str]:
    if actividad.estado == EstadoDeActividad.RECHAZADA:
        return ["La actividad está rechazada: corríjala antes de anotar su asistencia."]
    return []
