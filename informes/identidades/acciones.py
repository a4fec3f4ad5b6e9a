"""Lo que se escribe de las identidades gráficas."""

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.nucleo.modelos import borra, guarda

from ..models import Identidad
from . import logotipo, reglas


@transaction.atomic
def guardar_identidad(*, identidad: Identidad, por, logo=None, quitar_logo: bool = False) -> Identidad:
    """``logo``: un archivo recién subido; sin él se queda el que tenía, salvo que se pida quitarlo.

    La primera es la predeterminada; marcar otra se lo quita a la que lo era.
    """
    errores: dict[str, list[str]] = {}
    try:
        identidad.clean_fields(exclude=["logo"])
    except ValidationError as error:
        errores = dict(error.message_dict)
    if "color" not in errores and (razones := reglas.impedimentos_del_color(identidad.color)):
        errores["color"] = razones
    if logo:
        try:
            identidad.logo = logotipo.limpio(logo)
        except ValidationError as error:
            errores["logo"] = error.messages
    elif quitar_logo:
        identidad.logo = ""
    otras = Identidad.objects.select_for_update().exclude(pk=identidad.pk)
    if not otras:
        identidad.predeterminada = True
    elif identidad.pk and not identidad.predeterminada and Identidad.objects.get(pk=identidad.pk).predeterminada:
        errores["predeterminada"] = ["Para cambiarla, marque otra como predeterminada."]
    if errores:
        raise ValidationError(errores)
    if identidad.predeterminada:
        for otra in otras.filter(predeterminada=True):
            otra.predeterminada = False
            guarda(otra, por, "Otra pasó a ser la predeterminada")
    return guarda(identidad, por)


@transaction.atomic
def eliminar_identidad(*, identidad: Identidad, por) -> None:
    if razones := reglas.impedimentos_para_eliminar(identidad):
        raise ValidationError(razones)
    borra(identidad, por)
