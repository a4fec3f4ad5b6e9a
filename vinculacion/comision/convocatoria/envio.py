"""Los correos de un aviso, uno por dirección y nunca dos veces.

Cada entrega se aparta antes de enviar (``cuando`` con estado pendiente) sin retener la base mientras contesta el
servidor de correo. Si el proceso muere a la mitad, la apartada no se repite sola: no se sabe si salió.
"""

import logging
import smtplib
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from ..estados import EstadoDeEntrega
from ..models import Convocatoria, Entrega
from .consultas import INTERRUMPIDA

registro = logging.getLogger(__name__)
ESPERA = 30  # segundos que se aguarda al servidor de correo
GRACIA = timedelta(minutes=5)  # ningún envío tarda tanto: una apartada más vieja quedó a medias


def enviar(clave: int) -> str:
    """Manda lo que falte; se puede llamar cuantas veces sea y desde varios procesos a la vez."""
    convocatoria = Convocatoria.objects.select_related("sesion").get(pk=clave)
    marcar_interrumpidas(convocatoria)
    pendientes = convocatoria.entregas.filter(estado=EstadoDeEntrega.PENDIENTE, cuando__isnull=True)
    en_orden = sorted(pendientes, key=lambda e: e.correo.lower())
    if not en_orden:
        return "Nada por enviar."
    adjuntos = [_adjunto(e) for e in convocatoria.evidencias.all()]
    conexion = get_connection(timeout=ESPERA)
    salieron = 0
    try:
        for correo, grupo in groupby(en_orden, key=lambda e: e.correo.lower()):
            if apartadas := _apartar([e.pk for e in grupo]):
                salieron += _enviar_una(convocatoria, correo, apartadas, adjuntos, conexion)
    finally:
        _cerrar(conexion)
    return f"Salieron {salieron} de {len(en_orden)}."


@transaction.atomic
def _apartar(claves: list[int]) -> list[Entrega]:
    """Las de una misma dirección, todas juntas: sólo uno de los que lo intenten a la vez las recibe."""
    libres = Entrega.objects.filter(pk__in=claves, estado=EstadoDeEntrega.PENDIENTE, cuando__isnull=True)
    apartadas = list(libres.select_for_update().order_by("pk"))
    Entrega.objects.filter(pk__in=[e.pk for e in apartadas]).update(cuando=timezone.now())
    return apartadas


def _enviar_una(convocatoria, correo: str, entregas: list[Entrega], adjuntos, conexion) -> int:
    """Un mensaje para todas las capacidades que comparten dirección. Devuelve cuántas entregas salieron."""
    claves = [e.pk for e in entregas]
    iguales = Entrega.objects.filter(convocatoria=convocatoria, correo__iexact=correo)
    if not iguales.filter(estado=EstadoDeEntrega.ENVIADA).exists():
        dominio = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
        mensaje = EmailMessage(
            convocatoria.asunto,
            convocatoria.mensaje,
            to=[correo],
            connection=conexion,
            # Fijo: si llegara dos veces, el programa de correo lo reconoce como el mismo.
            headers={"Message-ID": f"<convocatoria-{convocatoria.pk}-{min(claves)}@{dominio}>"},
        )
        for adjunto in adjuntos:
            mensaje.attach(*adjunto)
        try:
            mensaje.send()
        except Exception as error:  # cualquier falla es de esa entrega y no detiene a las demás
            registro.warning("No salió la convocatoria %s: %s", convocatoria.pk, type(error).__name__)
            _cerrar(conexion)
            Entrega.objects.filter(pk__in=claves).update(
                estado=EstadoDeEntrega.FALLIDA, error=razon(error)[:300], cuando=timezone.now()
            )
            return 0
    Entrega.objects.filter(pk__in=claves).update(estado=EstadoDeEntrega.ENVIADA, error="", cuando=timezone.now())
    return len(claves)


def marcar_interrumpidas(convocatoria: Convocatoria) -> int:
    viejas = convocatoria.entregas.filter(estado=EstadoDeEntrega.PENDIENTE, cuando__lt=timezone.now() - GRACIA)
    return viejas.update(estado=EstadoDeEntrega.FALLIDA, error=INTERRUMPIDA)


def _adjunto(evidencia) -> tuple[str, bytes, str]:
    with evidencia.archivo.open("rb") as archivo:
        return evidencia.nombre_original, archivo.read(), evidencia.tipo_mime


def _cerrar(conexion) -> None:
    try:
        conexion.close()
    except (OSError, smtplib.SMTPException):
        registro.warning("El servidor de correo cortó la conexión.")


def razon(error: Exception) -> str:
    """La falla en español, con lo que dijo el servidor."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=rechazados):
            codigo, texto = next(iter(rechazados.values()))
            return f"El servidor rechazó la dirección: {codigo} {_texto(texto)}"
        case smtplib.SMTPResponseException(smtp_code=codigo, smtp_error=texto):
            return f"El servidor de correo contestó {codigo} {_texto(texto)}"
        case smtplib.SMTPServerDisconnected():
            return "El servidor de correo cortó la conexión."
        case TimeoutError():
            return "El servidor de correo no contestó a tiempo."
        case OSError():
            return f"No se pudo hablar con el servidor de correo ({error})."
    return f"No se pudo enviar ({type(error).__name__})."


def _texto(respuesta) -> str:
    return respuesta.decode("utf-8", "replace") if isinstance(respuesta, bytes) else str(respuesta)
