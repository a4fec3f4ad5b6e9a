"""Los pasos que faltan para que un instrumento avance: anotarlos, darlos por hechos y reabrirlos."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy

from ..models import Convenio, PasoPendiente
from . import reglas


@transaction.atomic
def guardar_pendiente(*, paso: PasoPendiente, por, motivo: str = "") -> PasoPendiente:
    """Anota o corrige un paso; lanza ``ValidationError`` por campo si no le toca a quien escribe."""
    paso.convenio = Convenio.objects.select_for_update().get(pk=paso.convenio_id)
    previo = PasoPendiente.objects.select_related("area").get(pk=paso.pk) if paso.pk else None
    paso.que = " ".join(paso.que.split())
    if razones := reglas.impedimentos_para_guardar(paso, previo, por, hoy()):
        raise ValidationError(razones)
    return guarda(paso, por, motivo)


@transaction.atomic
def marcar_hecho(
    *, paso: PasoPendiente, fecha: date, nota: str = "", por, archivo=None, enlace: str = ""
) -> PasoPendiente:
    """Da el paso por hecho en ``fecha``; sin ``nota`` queda la que tenía. ``archivo`` o ``enlace``: su evidencia."""
    paso = PasoPendiente.objects.select_for_update().get(pk=paso.pk)
    if paso.hecho:
        raise ValidationError("Ese paso ya está hecho.")
    paso.hecho = fecha
    paso.nota = nota.strip() or paso.nota
    guardar_pendiente(paso=paso, por=por, motivo="Paso hecho")
    if archivo or enlace:
        agregar_evidencia(registro=paso, por=por, archivo=archivo, enlace=enlace)
    return paso


@transaction.atomic
def reabrir_pendiente(*, paso: PasoPendiente, por) -> PasoPendiente:
    paso = PasoPendiente.objects.select_for_update().get(pk=paso.pk)
    if paso.hecho is None:
        return paso
    paso.hecho = None
    return guardar_pendiente(paso=paso, por=por, motivo="Se reabrió")


@transaction.atomic
def quitar_pendiente(*, paso: PasoPendiente, por) -> None:
    if razones := reglas.impedimentos_para_tocar(paso, por):
        raise ValidationError(razones)
    borra(paso, por)
