"""Cuándo y a quiénes se puede avisar de una sesión, contestado con razones."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from vinculacion.nucleo.palabras import cuenta

from ..estados import ClaseDeAviso, EstadoDeSesion
from ..models import Convocatoria, Sesion
from ..reglas import hora_prevista, impedimentos_por_cierre

POR_CELEBRARSE = (EstadoDeSesion.PROGRAMADA, EstadoDeSesion.CONVOCADA, EstadoDeSesion.DIFERIDA)


def anticipacion(sesion: Sesion) -> timedelta:
    """La que la comisión exige para ese tipo de sesión."""
    return timedelta(hours=getattr(sesion.comision, f"horas_{sesion.tipo}"))


def momento(sesion: Sesion) -> datetime:
    """Cuándo empieza; sin hora, al empezar el día."""
    return timezone.make_aware(datetime.combine(sesion.fecha_programada, hora_prevista(sesion) or time()))


def limite(sesion: Sesion) -> datetime:
    """Hasta cuándo se puede convocar a tiempo."""
    return momento(sesion) - anticipacion(sesion)


def advertencias_de_plazo(sesion: Sesion, ahora: datetime) -> list[str]:
    """Vacía si el aviso sale a tiempo. Caben en la razón de un cambio (100 caracteres)."""
    if ahora <= limite(sesion):
        return []
    faltan = max(0, int((momento(sesion) - ahora).total_seconds() // 3600))
    exigidas = int(anticipacion(sesion).total_seconds() // 3600)
    return [f"Fuera de plazo: {cuenta(faltan, 'hora', 'horas')} de anticipación; se exigen {exigidas}."]


def impedimentos_para_avisar(sesion: Sesion, clase: str, ahora: datetime) -> list[str]:
    """Todo lo que falta para mandar ese aviso, junto."""
    if razones := impedimentos_por_cierre(sesion):
        return razones
    estado = sesion.get_estado_display().lower()
    if clase == ClaseDeAviso.CANCELACION:
        razones = []
        if sesion.estado != EstadoDeSesion.CANCELADA:
            razones.append(f"La sesión está {estado}: primero cancélela, con su razón, y después avise.")
        if not sesion.convocatorias.exists():
            razones.append("La sesión no se convocó: no hay a quién avisar que se canceló.")
        return razones
    if sesion.estado not in POR_CELEBRARSE:
        return [f"La sesión está {estado}: ya no se convoca."]
    razones = []
    if clase == ClaseDeAviso.CAMBIO and not sesion.convocatorias.exists():
        razones.append("La sesión todavía no se convoca: no hay cambio que avisar.")
    if clase == ClaseDeAviso.CONVOCATORIA and not sesion.puntos.exists():
        razones.append("El orden del día está vacío: agregue sus puntos antes de convocar.")
    if sesion.estado == EstadoDeSesion.DIFERIDA and clase == ClaseDeAviso.CAMBIO:
        return razones  # la nueva fecha puede no conocerse todavía
    if hora_prevista(sesion) is None:
        razones.append("Falta la hora de la sesión: anótela al editarla.")
    if (momento(sesion) <= ahora and hora_prevista(sesion)) or sesion.fecha_programada < timezone.localdate(ahora):
        razones.append("La fecha y la hora programadas ya pasaron: corríjalas al editar la sesión.")
    return razones


def anuncia_lo_de_hoy(convocatoria: Convocatoria, sesion: Sesion) -> bool:
    """Si la fecha y la hora que dijo el aviso son las que la sesión tiene ahora."""
    return (convocatoria.fecha_de_la_sesion, convocatoria.hora_de_la_sesion) == (
        sesion.fecha_programada,
        hora_prevista(sesion),
    )


def anuncia_fecha(sesion: Sesion, clase: str, ultima: Convocatoria | None) -> bool:
    """Una cancelación no anuncia fecha; tampoco el aviso de que se difiere sin que haya una nueva."""
    if clase == ClaseDeAviso.CANCELACION:
        return False
    if clase == ClaseDeAviso.CAMBIO and sesion.estado == EstadoDeSesion.DIFERIDA:
        return ultima is not None and not anuncia_lo_de_hoy(ultima, sesion)
    return True


def falta_avisar(sesion: Sesion, ultima: Convocatoria | None) -> str:
    """La clase de aviso que se debe a quienes ya se convocó; vacía si ninguno. ``ultima`` es el aviso más reciente."""
    if ultima is None or sesion.estado in (EstadoDeSesion.CELEBRADA, EstadoDeSesion.EN_CURSO):
        return ""
    if sesion.estado == EstadoDeSesion.CANCELADA:
        return "" if ultima.clase == ClaseDeAviso.CANCELACION else ClaseDeAviso.CANCELACION
    if ultima.clase == ClaseDeAviso.CANCELACION:
        return ClaseDeAviso.CAMBIO
    if sesion.estado == EstadoDeSesion.DIFERIDA and ultima.clase == ClaseDeAviso.CONVOCATORIA:
        return ClaseDeAviso.CAMBIO
    return "" if anuncia_lo_de_hoy(ultima, sesion) else ClaseDeAviso.CAMBIO
