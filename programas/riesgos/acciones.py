"""Lo que se escribe de los riesgos; todas reciben ``por``, quien actúa."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programas.models import Accion, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from vinculacion.nucleo.modelos import borra, firma, guarda
from vinculacion.nucleo.periodos import hoy

from . import reglas


def _exigir(razones) -> None:
    if razones:
        raise ValidationError(razones)


@transaction.atomic
def guardar_riesgo(
    *,
    riesgo: Riesgo,
    por,
    acciones: Iterable[Accion] | None = None,
    supuestos: Iterable[Supuesto] | None = None,
) -> Riesgo:
    """Guarda el riesgo y, si se dan, las acciones a las que amenaza y los supuestos que pone en duda."""
    acciones = None if acciones is None else list(acciones)
    supuestos = None if supuestos is None else list(supuestos)
    if riesgo.programa_id:
        _exigir(reglas.impedimentos_para_escribir(riesgo))
    if riesgo.pk and Riesgo.objects.get(pk=riesgo.pk).programa_id != riesgo.programa_id:
        raise ValidationError({"programa": "Un riesgo no se pasa a otro programa: regístrelo en él."})
    _exigir(reglas.impedimentos_para_ligar(riesgo, acciones, supuestos))
    guarda(riesgo, por)
    _ligar(riesgo, riesgo.acciones, acciones, por)
    _ligar(riesgo, riesgo.supuestos, supuestos, por)
    return riesgo


def _ligar(riesgo: Riesgo, relacion: Any, nuevos: list[Any] | None, por) -> None:
    """Sólo si cambian: cada vez que se ligan queda un paso en la historia."""
    if nuevos is not None and {n.pk for n in nuevos} != set(relacion.values_list("pk", flat=True)):
        firma(riesgo, por)
        relacion.set(nuevos)


@transaction.atomic
def guardar_tratamiento(*, tratamiento: Tratamiento, por) -> Tratamiento:
    if tratamiento.riesgo_id:
        _exigir(reglas.impedimentos_para_escribir(tratamiento))
    if tratamiento.pk and Tratamiento.objects.get(pk=tratamiento.pk).riesgo_id != tratamiento.riesgo_id:
        raise ValidationError({"riesgo": "Un tratamiento no se pasa a otro riesgo: regístrelo en él."})
    _exigir(reglas.impedimentos_del_tratamiento(tratamiento, hoy()))
    return guarda(tratamiento, por)


@transaction.atomic
def guardar_seguimiento(*, seguimiento: SeguimientoDeRiesgo, por) -> SeguimientoDeRiesgo:
    """La nota de un trimestre que ya empezó y que no se ha cerrado."""
    seguimiento.full_clean()  # las reglas preguntan por un trimestre que exista
    riesgo = seguimiento.riesgo
    _exigir(reglas.impedimentos_para_escribir(seguimiento))
    if seguimiento.pk:
        anterior = SeguimientoDeRiesgo.objects.get(pk=seguimiento.pk)
        if anterior.riesgo_id != seguimiento.riesgo_id:
            raise ValidationError({"riesgo": "Una nota no se pasa a otro riesgo: regístrela en él."})
        _exigir_trimestre(riesgo, anterior.trimestre)
    _exigir_trimestre(riesgo, seguimiento.trimestre)
    return guarda(seguimiento, por)


def _exigir_trimestre(riesgo: Riesgo, trimestre: int) -> None:
    if razones := reglas.impedimentos_para_seguir(riesgo, trimestre, hoy()):
        raise ValidationError({"trimestre": razones})


@transaction.atomic
def eliminar(*, registro: Riesgo | Tratamiento | SeguimientoDeRiesgo, por) -> None:
    """``ValidationError`` con lo que cuelga del riesgo, o con el candado del trimestre de la nota."""
    _exigir(reglas.impedimentos_para_eliminar(registro, hoy()))
    borra(registro, por)
