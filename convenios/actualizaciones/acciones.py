"""Escrituras de las actualizaciones: de una en una o la cuadrícula entera."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.comision.models import Sesion
from vinculacion.nucleo.modelos import borra, guarda

from ..models import Actualizacion, Convenio
from . import reglas


@transaction.atomic
def registrar_actualizacion(*, convenio: Convenio, sesion: Sesion, avance: str = "", por) -> Actualizacion:
    """Anota el avance reportado en una sesión; si ya estaba, corrige su texto."""
    actualizacion = Actualizacion.objects.filter(convenio=convenio, sesion=sesion).first()
    actualizacion = actualizacion or Actualizacion(convenio=convenio, sesion=sesion)
    actualizacion.avance = avance
    return guardar_actualizacion(actualizacion=actualizacion, por=por)


@transaction.atomic
def guardar_actualizacion(*, actualizacion: Actualizacion, por) -> Actualizacion:
    if razones := reglas.impedimentos_para_reportar(actualizacion.convenio, actualizacion.sesion, por):
        raise ValidationError(razones)
    actualizacion.reporto = actualizacion.reporto or por
    return guarda(actualizacion, por)


@transaction.atomic
def registrar_actualizaciones(
    *, agregar: Iterable[tuple[Convenio, Sesion]], quitar: Iterable[tuple[Convenio, Sesion]] = (), por
) -> tuple[int, int]:
    """La cuadrícula instrumento × sesión: sólo lo que cambió. Devuelve cuántas agregó y cuántas quitó.

    Una marca con avance escrito no se quita aquí: se perdería el texto de alguien.
    """
    razones, nuevas, quitadas = [], 0, 0
    for convenio, sesion in agregar:
        if Actualizacion.objects.filter(convenio=convenio, sesion=sesion).exists():
            continue
        if impedimentos := reglas.impedimentos_para_reportar(convenio, sesion, por):
            razones += [f"{convenio.folio}, {sesion.codigo}: {i}" for i in impedimentos]
            continue
        guardar_actualizacion(actualizacion=Actualizacion(convenio=convenio, sesion=sesion), por=por)
        nuevas += 1
    for convenio, sesion in quitar:
        actualizacion = Actualizacion.objects.filter(convenio=convenio, sesion=sesion).first()
        if actualizacion is None:
            continue
        if actualizacion.avance.strip():
            razones.append(f"{convenio.folio}, {sesion.codigo}: tiene avance escrito; quítela desde su propia página.")
            continue
        borra(actualizacion, por)
        quitadas += 1
    if razones:
        raise ValidationError(razones)
    return nuevas, quitadas


@transaction.atomic
def registrar_sesion(
    *, sesion: Sesion, avances: Mapping[Convenio, str], quitar: Iterable[Convenio] = (), por
) -> tuple[int, int]:
    """Lo que cada instrumento reportó en ``sesion``, con su texto. Entra todo o nada: los errores dicen de cuál son.

    Devuelve cuántas anotó o corrigió y cuántas quitó.
    """
    errores: dict[str, list[str]] = {}
    for convenio, avance in avances.items():
        try:
            registrar_actualizacion(convenio=convenio, sesion=sesion, avance=avance, por=por)
        except ValidationError as error:
            errores[str(convenio.pk)] = error.messages
    quitadas = 0
    for actualizacion in Actualizacion.objects.filter(sesion=sesion, convenio__in=list(quitar)):
        borra(actualizacion, por)
        quitadas += 1
    if errores:
        raise ValidationError(errores)
    return len(avances), quitadas
