"""Lo que se escribe de la población involucrada y de las alternativas."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from programas.models import Alternativa, Involucramiento
from vinculacion.nucleo.modelos import borra, guarda

from . import reglas


def exigir_plan_abierto(registro: Involucramiento | Alternativa) -> None:
    """Ni el programa en que estaba ni aquel al que pasa pueden estar cerrados."""
    razones = reglas.impedimentos_para_planear(registro.programa)
    if registro.pk:
        anterior = type(registro)._default_manager.select_related("programa").get(pk=registro.pk).programa
        if anterior != registro.programa:
            razones = [*reglas.impedimentos_para_planear(anterior), *razones]
    if razones:
        raise ValidationError(razones)


@transaction.atomic
def guardar_involucramiento(*, involucramiento: Involucramiento, por) -> Involucramiento:
    exigir_plan_abierto(involucramiento)
    if errores := reglas.errores_de_involucramiento(involucramiento):
        raise ValidationError(errores)
    return guarda(involucramiento, por)


def capturar_poblacion(
    *, guardados: Mapping[str, Involucramiento], quitados: Iterable[Involucramiento], por
) -> dict[str, list[str]]:
    """Muchos a la vez: o entran todos o ninguno. Regresa, por la clave de su renglón, por qué alguno no vale."""
    errores: dict[str, list[str]] = {}
    with transaction.atomic():
        for clave, registro in guardados.items():
            try:
                guardar_involucramiento(involucramiento=registro, por=por)
            except ValidationError as error:
                errores[clave] = error.messages
        for registro in quitados:
            eliminar(registro=registro, por=por)
        if errores:
            transaction.set_rollback(True)
    return errores


@transaction.atomic
def guardar_alternativa(*, alternativa: Alternativa, por) -> Alternativa:
    exigir_plan_abierto(alternativa)
    return guarda(alternativa, por)


@transaction.atomic
def eliminar(*, registro: Involucramiento | Alternativa, por) -> None:
    exigir_plan_abierto(registro)
    borra(registro, por)
