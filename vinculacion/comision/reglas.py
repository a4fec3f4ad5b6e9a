"""Preguntas sobre la comisión que se contestan con razones; no escriben nada."""

from datetime import date

from .estados import CON_MOTIVO, SIN_SESIONAR, TRANSICIONES, EstadoDeSesion
from .models import Integracion, Punto, Sesion


def estados_posibles(sesion: Sesion) -> list[str]:
    """El de hoy y aquellos a los que puede pasar, en el orden del catálogo."""
    alcanzables = {sesion.estado, *TRANSICIONES[sesion.estado]}
    return [estado for estado in EstadoDeSesion.values if estado in alcanzables]


def impedimentos_para_cambiar_estado(
    antes: str, estado: str, *, fecha_celebrada: date | None, hoy: date, motivo: str = "", con_acuerdos: bool = False
) -> dict[str, str]:
    """Razones por campo (``estado``, ``fecha_celebrada``, ``motivo``)."""
    razones = {}
    if estado != antes and estado not in TRANSICIONES[antes]:
        razones["estado"] = (
            f"Una sesión {EstadoDeSesion(antes).label.lower()} no puede pasar a «{EstadoDeSesion(estado).label}»."
        )
    elif estado in SIN_SESIONAR and con_acuerdos:
        razones["estado"] = "La sesión ya tiene acuerdos: no puede diferirse ni cancelarse."
    if estado == EstadoDeSesion.CELEBRADA and fecha_celebrada is None:
        razones["fecha_celebrada"] = "Una sesión celebrada lleva la fecha en que se celebró."
    if fecha_celebrada and fecha_celebrada > hoy:
        razones["fecha_celebrada"] = "Esa fecha todavía no llega."
    reabre = antes == EstadoDeSesion.CELEBRADA and estado != antes
    if ((estado in CON_MOTIVO and estado != antes) or reabre) and not motivo.strip():
        razones["motivo"] = "Escriba la razón: queda en la historia de la sesión."
    return razones


def impedimentos_para_asistencia(sesion: Sesion, hoy: date) -> list[str]:
    if sesion.estado in SIN_SESIONAR:
        return [f"La sesión está {sesion.get_estado_display().lower()}: no hay asistencia que registrar."]
    if sesion.fecha_celebrada is None and sesion.fecha_programada > hoy and sesion.estado != EstadoDeSesion.EN_CURSO:
        return ["La sesión todavía no llega: la asistencia se pasa el día en que se celebra."]
    return []


def impedimentos_para_acordar(sesion: Sesion) -> list[str]:
    if sesion.estado not in (EstadoDeSesion.EN_CURSO, EstadoDeSesion.CELEBRADA):
        return [
            f"La sesión está {sesion.get_estado_display().lower()}: los acuerdos se toman cuando está en curso o ya se "
            "celebró. Cambie antes su estado."
        ]
    return []


def impedimentos_para_orden_del_dia(sesion: Sesion) -> list[str]:
    if sesion.estado == EstadoDeSesion.CANCELADA:
        return ["La sesión está cancelada: su orden del día ya no cambia."]
    return []


def impedimentos_para_eliminar_sesion(sesion: Sesion) -> list[str]:
    folios = list(sesion.acuerdos.order_by("folio").values_list("folio", flat=True))
    if not folios:
        return []
    lista = ", ".join(folios[:5]) + (f" y {len(folios) - 5} más" if len(folios) > 5 else "")
    return [f"En ella se tomaron acuerdos ({lista}): eliminarla dejaría huecos en la numeración."]


def impedimentos_para_eliminar_punto(punto: Punto) -> list[str]:
    razones = impedimentos_para_orden_del_dia(punto.sesion)
    folios = list(punto.acuerdos.order_by("folio").values_list("folio", flat=True))
    if folios:
        razones.append(f"De este punto salió el acuerdo {', '.join(folios)}.")
    return razones


NO_SE_ELIMINA = (
    "Un acuerdo no se elimina, porque dejaría un hueco en la numeración: márquelo «Sin efecto» y diga por qué en el "
    "seguimiento."
)


def estaba_vigente(integracion: Integracion, fecha: date) -> bool:
    return integracion.desde <= fecha and (integracion.hasta is None or fecha <= integracion.hasta)
