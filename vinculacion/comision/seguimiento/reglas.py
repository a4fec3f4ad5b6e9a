"""Preguntas sobre el seguimiento de un acuerdo; se contestan con razones."""

from datetime import date

from vinculacion.comision.estados import ABIERTOS, EstadoDeAcuerdo, EstadoDeSesion
from vinculacion.comision.models import Acuerdo, SeguimientoDeAcuerdo
from vinculacion.comision.permisos import CAMBIAR_ACUERDO

SESIONARON = (EstadoDeSesion.EN_CURSO, EstadoDeSesion.CELEBRADA)


def puede_declarar(usuario) -> bool:
    """La Secretaría técnica declara; un área sólo informa. Sin usuario escribe el propio sistema."""
    return usuario is None or usuario.has_perm(CAMBIAR_ACUERDO)


def estados_posibles(usuario) -> list[str]:
    return list(EstadoDeAcuerdo.values) if puede_declarar(usuario) else [EstadoDeAcuerdo.EN_PROCESO]


def impedimentos_para_dar_seguimiento(acuerdo: Acuerdo, usuario) -> list[str]:
    if puede_declarar(usuario):
        return []
    if acuerdo.area_responsable_id is None or acuerdo.area_responsable_id != usuario.area_id:
        return ["Sólo el área responsable del acuerdo informa de él."]
    if acuerdo.estado not in ABIERTOS:
        return [f"El acuerdo ya está {acuerdo.get_estado_display().lower()}: no hay más que informar."]
    return []


def impedimentos_para_guardar(paso: SeguimientoDeAcuerdo, usuario, hoy: date) -> dict[str, list[str] | str]:
    """Razones por campo."""
    acuerdo = paso.acuerdo
    razones: dict[str, list[str] | str] = {}
    if generales := impedimentos_para_dar_seguimiento(acuerdo, usuario):
        razones["acuerdo"] = generales
    if paso.estado not in estados_posibles(usuario):
        razones["estado"] = "Eso lo declara la Secretaría técnica; informe que está en proceso y agregue la evidencia."
    if not paso.nota.strip():
        razones["nota"] = "Diga qué se hizo o qué falta."
    tomado = acuerdo.sesion.fecha
    if paso.fecha and paso.fecha > hoy:
        razones["fecha"] = "Esa fecha todavía no llega."
    elif paso.fecha and paso.fecha < tomado:
        razones["fecha"] = f"El acuerdo se tomó el {tomado:%d/%m/%Y}; su seguimiento es de ese día o posterior."
    if paso.sesion is None:
        if paso.estado == EstadoDeAcuerdo.CUMPLIDO:
            razones["sesion"] = "Diga en qué sesión se declaró cumplido."
    elif paso.sesion.estado not in SESIONARON:
        razones["sesion"] = f"La sesión {paso.sesion.clave} todavía no se celebra."
    elif paso.sesion.fecha < tomado:
        razones["sesion"] = f"La sesión {paso.sesion.clave} fue antes de que se tomara el acuerdo."
    return razones


def advertencias(acuerdo: Acuerdo, estado: str) -> list[str]:
    """Lo que conviene tener al avanzar, aunque no impide guardar."""
    if estado != EstadoDeAcuerdo.EN_PROCESO:
        return []
    faltan = []
    if acuerdo.area_responsable_id is None:
        faltan.append("El acuerdo no tiene área responsable: nadie recibe sus avisos.")
    if acuerdo.fecha_limite is None:
        faltan.append("El acuerdo no tiene fecha límite: no se avisa cuando vence.")
    return faltan
