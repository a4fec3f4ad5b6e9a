"""Sesiones y eventos de otras salas → iCalendar (RFC 5545). Es el único archivo que conoce la biblioteca."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from vinculacion.nucleo.calendario import Evento
from vinculacion.nucleo.periodos import hoy

from ..estados import REALIZADAS, SIN_SESIONAR, EstadoDeSesion
from ..models import Punto, Sesion
from ..reglas import hora_prevista

ZONA = ZoneInfo(settings.TIME_ZONE)
TIPO = "text/calendar; charset=utf-8"
DURACION = timedelta(hours=1)  # la que se aparta mientras no se sabe cuánto duró
SEGURO = frozenset({EstadoDeSesion.CONVOCADA, *REALIZADAS})
PRODUCTO = "-//IECM//Vinculacion//ES"


def calendario(
    sesiones: Iterable[Sesion], enlace: Callable[[Sesion], str], nombre: str = "", otros: Iterable[Event] = ()
) -> bytes:
    """``enlace`` da la dirección completa de una sesión; ``otros``, lo que dio ``citas``."""
    return _escribe([*(_evento(sesion, enlace(sesion)) for sesion in sesiones), *otros], nombre)


def de_eventos(eventos: Iterable[Evento], enlace: Callable[[Evento], str]) -> bytes:
    return _escribe(citas(eventos, enlace))


def citas(eventos: Iterable[Evento], enlace: Callable[[Evento], str]) -> list[Event]:
    """Lo que otras salas ponen en el calendario."""
    return [_cita(evento, enlace(evento)) for evento in eventos]


def de_una_sesion(sesion: Sesion, firme: bool = True) -> bytes:
    """La cita que acompaña a un aviso, sin enlace porque quien la recibe puede no tener cuenta.

    ``firme``: con el estado que tendrá al emitirse.
    """
    anunciada = copy(sesion)
    if firme:
        anunciada.estado = EstadoDeSesion.CONVOCADA
    return _escribe([_evento(anunciada)])


def _escribe(eventos: Sequence[Event], nombre: str = "") -> bytes:
    salida = Calendar()
    salida.add("prodid", PRODUCTO)
    salida.add("version", "2.0")
    salida.add("calscale", "GREGORIAN")
    salida.add("method", "PUBLISH")
    if nombre:
        salida.add("x-wr-calname", nombre)
        salida.add("x-wr-timezone", settings.TIME_ZONE)
        salida.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
        salida.add("x-published-ttl", "PT6H")
    for evento in eventos:
        salida.add_component(evento)
    # La zona sólo se describe para los años que se usan: desde 2023 ya no hay horario de verano.
    anio = min((evento.start.year for evento in eventos), default=hoy().year)
    salida.add_missing_timezones(first_date=date(anio, 1, 1))
    return salida.to_ical()


def _evento(sesion: Sesion, direccion: str = "") -> Event:
    evento = Event()
    evento.add("uid", f"sesion-{sesion.pk}@vinculacion")
    puntos = list(sesion.puntos.all())
    modificada = max([sesion.modificado, *(p.modificado for p in puntos)]).astimezone(UTC).replace(microsecond=0)
    evento.add("dtstamp", modificada)
    evento.add("last-modified", modificada)
    evento.add("sequence", sesion.version)
    inicio, fin = _cuando(sesion)
    evento.add("dtstart", inicio)
    evento.add("dtend", fin)
    evento.add("summary", _titulo(sesion))
    evento.add("location", sesion.lugar or sesion.get_modalidad_display())
    evento.add("status", _estado(sesion))
    if sesion.estado in SIN_SESIONAR:
        evento.add("transp", "TRANSPARENT")
    evento.add("description", _descripcion(sesion, puntos))
    if direccion:
        evento.add("url", direccion)
    return evento


def _cita(evento: Evento, direccion: str) -> Event:
    cita = Event()
    cita.add("uid", f"{evento.clave}@vinculacion")
    modificado = evento.modificado.astimezone(UTC).replace(microsecond=0)
    cita.add("dtstamp", modificado)
    cita.add("last-modified", modificado)
    cita.add("sequence", evento.version)
    cita.add("dtstart", evento.inicio)
    # De día entero, el fin es el día siguiente al último.
    cita.add("dtend", evento.fin + timedelta(days=1) if evento.todo_el_dia else evento.fin)
    cita.add("summary", f"{evento.estado}: {evento.titulo}" if evento.cancelado else evento.titulo)
    cita.add("location", evento.lugar)
    cita.add("status", "CANCELLED" if evento.cancelado else "CONFIRMED" if evento.firme else "TENTATIVE")
    if evento.cancelado:
        cita.add("transp", "TRANSPARENT")
    cita.add("description", evento.detalle)
    cita.add("url", direccion)
    return cita


def _cuando(sesion: Sesion):
    """Inicio y fin con hora de la Ciudad de México; sin hora, el día entero (el fin es el día siguiente)."""
    hora = (sesion.hora_inicio if sesion.estado in REALIZADAS else None) or hora_prevista(sesion)
    if hora is None:
        return sesion.fecha, sesion.fecha + timedelta(days=1)
    inicio = datetime.combine(sesion.fecha, hora, ZONA)
    if sesion.estado in REALIZADAS and sesion.hora_fin and sesion.hora_fin > hora:
        return inicio, datetime.combine(sesion.fecha, sesion.hora_fin, ZONA)
    return inicio, inicio + DURACION


def _titulo(sesion: Sesion) -> str:
    titulo = f"{sesion.en_palabras} de la {sesion.comision.siglas}"
    return f"{sesion.get_estado_display()}: {titulo}" if sesion.estado in SIN_SESIONAR else titulo


def _estado(sesion: Sesion) -> str:
    if sesion.estado == EstadoDeSesion.CANCELADA:
        return "CANCELLED"
    return "CONFIRMED" if sesion.estado in SEGURO else "TENTATIVE"


def _descripcion(sesion: Sesion, puntos: Iterable[Punto]) -> str:
    renglones = [f"{sesion.comision.nombre}. {sesion.get_modalidad_display()}. {sesion.get_estado_display()}."]
    if temas := [f"{p.numero}. {p.titulo}" for p in puntos]:
        renglones += ["", "Orden del día", *temas]
    return "\n".join(renglones)
