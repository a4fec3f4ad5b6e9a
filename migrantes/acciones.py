"""Escrituras de la sala."""

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.nucleo.modelos import guarda
from vinculacion.nucleo.periodos import hoy

from . import reglas
from .models import Envio


@transaction.atomic
def guardar_envio(*, envio: Envio, por) -> Envio:
    """Anota o corrige un envío; quien lo capturó primero queda."""
    envio.asunto = " ".join(envio.asunto.split())
    if razones := reglas.impedimentos_para_anotar(envio, hoy()):
        raise ValidationError(razones)
    if envio.pk is None:
        envio.capturo = envio.capturo or por
    return guarda(envio, por)
