"""El correo diario de lo que vence: uno por persona, y cada plazo se le dice una sola vez.

Lo que se va a decir se aparta antes de enviar, sin retener la base mientras contesta el servidor de correo. Lo que
el servidor rechaza se suelta y vuelve a intentarse al día siguiente; si el proceso muere a la mitad, lo apartado
no se repite solo, porque no se sabe si salió (véase ``soltar_interrumpidos``).
"""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule

from vinculacion.cuentas.models import Usuario
from vinculacion.nucleo.periodos import hoy

from ..models import AvisoDeVencimiento
from . import destinatarios, redaccion
from .destinatarios import Vencimiento

registro = logging.getLogger(__name__)
NOMBRE = "resumen de vencimientos"
HORA = 7  # de la mañana, hora local
ESPERA = 30  # segundos que se aguarda al servidor de correo
GRACIA = timedelta(minutes=15)  # ningún envío tarda tanto: uno apartado antes quedó a medias
# El servidor contestó que no: es seguro que no salió. Otra falla (una conexión cortada) deja la duda.
RECHAZOS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError, ValueError)


@dataclass(frozen=True)
class Resultado:
    enviados: int
    fallas: tuple[str, ...] = ()


def enviar_resumenes(fecha: date | None = None) -> int:
    """La tarea de cada día. Devuelve cuántos correos salieron."""
    return avisar(fecha or hoy()).enviados


def avisar(fecha: date) -> Resultado:
    """Manda lo que falte decir; se puede llamar cuantas veces sea y desde varios procesos a la vez.

    ``OSError`` o ``SMTPException`` si no hay con quién hablar: entonces no quedó nada apartado.
    """
    enviados, fallas = 0, []
    for persona, vencimientos in destinatarios.por_persona(fecha):
        if not sin_decir(persona, vencimientos):
            continue
        conexion = get_connection(timeout=ESPERA)
        conexion.open()  # antes de apartar: si el servidor no contesta, se intenta todo más tarde
        try:
            nuevos, avisos = _apartar(persona, vencimientos)
            if not nuevos:
                continue
            if error := _enviar(persona, nuevos, avisos, fecha, conexion):
                fallas.append(f"{persona.username}: {error}")
            else:
                enviados += 1
        finally:
            _cerrar(conexion)
    return Resultado(enviados, tuple(fallas))


def sin_decir(persona: Usuario, vencimientos: Sequence[Vencimiento]) -> list[Vencimiento]:
    """Lo que aún no se le ha dicho; haber avisado de un plazo más estrecho vale por los más amplios."""
    dicho: dict[tuple[str, date], int] = {}
    claves = [v.clave for v in vencimientos]
    for aviso in AvisoDeVencimiento.objects.filter(usuario=persona, clave__in=claves):
        llave = (aviso.clave, aviso.vence)
        dicho[llave] = min(aviso.plazo, dicho.get(llave, aviso.plazo))
    return [v for v in vencimientos if v.plazo < dicho.get((v.clave, v.vence), v.plazo + 1)]


@transaction.atomic
def _apartar(
    persona: Usuario, vencimientos: Sequence[Vencimiento]
) -> tuple[list[Vencimiento], list[AvisoDeVencimiento]]:
    """Una persona a la vez: de dos procesos que lo intenten, sólo uno recibe cada aviso."""
    Usuario.objects.select_for_update(of=("self",), no_key=True).get(pk=persona.pk)
    nuevos = sin_decir(persona, vencimientos)
    ahora = timezone.now()
    avisos = [
        AvisoDeVencimiento(usuario=persona, clave=v.clave, vence=v.vence, plazo=v.plazo, apartado=ahora) for v in nuevos
    ]
    return nuevos, AvisoDeVencimiento.objects.bulk_create(avisos)


def _enviar(persona, nuevos, avisos, fecha: date, conexion) -> str:
    """Por qué no salió; vacío si salió."""
    claves = [a.pk for a in avisos]
    suyos = AvisoDeVencimiento.objects.filter(pk__in=claves)
    try:
        mensaje = redaccion.correo(persona, nuevos, fecha, f"{persona.pk}-{min(claves)}", conexion)
    except Exception:
        suyos.delete()  # no llegó a enviarse
        raise
    try:
        mensaje.send()
    except RECHAZOS as error:
        registro.warning("Se rechazó el resumen de vencimientos de %s: %s", persona.pk, type(error).__name__)
        suyos.delete()
        return "el servidor de correo lo rechazó; se intentará mañana."
    except (OSError, smtplib.SMTPException) as error:
        registro.warning("Quedó en duda el resumen de vencimientos de %s: %s", persona.pk, type(error).__name__)
        return "se cortó la conexión y no se sabe si salió; no se repite solo."
    suyos.update(enviado=timezone.now())
    return ""


def interrumpidos(ahora: datetime | None = None):
    """Los que se apartaron y no consta que hayan salido."""
    limite = (ahora or timezone.now()) - GRACIA
    return AvisoDeVencimiento.objects.filter(enviado=None, apartado__lt=limite)


def soltar_interrumpidos() -> int:
    """Para que se digan otra vez; lo decide una persona, porque alguno pudo haber llegado."""
    return interrumpidos().delete()[0]


def _cerrar(conexion) -> None:
    try:
        conexion.close()
    except (OSError, smtplib.SMTPException):
        registro.warning("El servidor de correo cortó la conexión.")


def programar(ahora: datetime | None = None) -> Schedule:
    """Apunta el resumen diario; si ya estaba lo deja una sola vez y respeta cuándo le toca."""
    ahora = timezone.localtime(ahora)
    tarea = {"func": f"{__name__}.enviar_resumenes", "schedule_type": Schedule.DAILY, "repeats": -1}
    primera = ahora.replace(hour=HORA, minute=0, second=0, microsecond=0)
    if primera <= ahora:
        primera += timedelta(days=1)
    apuntada, _ = Schedule.objects.update_or_create(
        name=NOMBRE, defaults=tarea, create_defaults={**tarea, "next_run": primera}
    )
    return apuntada
