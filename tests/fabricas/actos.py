"""Actos protocolarios de prueba."""

from datetime import date
from itertools import count

from convenios.actos import acciones
from convenios.models import ActoProtocolario, InvitadoDeActo
from tests.fabricas import convenios

FIRMA = date(2024, 3, 1)
_numero = count(1)


def acto(*, instrumentos=None, invitados=(), por=None, **datos) -> ActoProtocolario:
    """Programado y presencial, de un convenio suscrito, salvo que se diga otra cosa."""
    base = {"titulo": f"Acto de prueba {next(_numero)}", "fecha": FIRMA, "lugar": "Sala de consejo"}
    guardado = acciones.guardar_acto(
        acto=ActoProtocolario(**{**base, **datos}),
        convenios=[convenios.convenio(fecha_firma=FIRMA)] if instrumentos is None else instrumentos,
        por=por,
    )
    for cargo in invitados:
        acciones.guardar_invitado(invitado=InvitadoDeActo(acto=guardado, cargo=cargo), por=por)
    return guardado
