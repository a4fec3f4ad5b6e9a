"""El seguimiento de los acuerdos: cada paso es un renglón, y el último dice cómo va el acuerdo."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.comision.estados import EstadoDeAcuerdo
from vinculacion.comision.models import Acuerdo, SeguimientoDeAcuerdo, Sesion
from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy

from . import reglas


def _bloqueado(acuerdo: Acuerdo) -> Acuerdo:
    return Acuerdo.objects.select_for_update(of=("self",)).select_related("sesion", "comision").get(pk=acuerdo.pk)


@transaction.atomic
def dar_seguimiento(
    *,
    acuerdo: Acuerdo,
    por,
    estado: str,
    nota: str,
    fecha: date | None = None,
    sesion: Sesion | None = None,
    evidencias: Iterable[Mapping[str, Any]] = (),
) -> SeguimientoDeAcuerdo:
    """``sesion``: en la que se informó; al declararlo cumplido es obligatoria. ``evidencias``: archivo o enlace."""
    paso = SeguimientoDeAcuerdo(
        acuerdo=acuerdo, fecha=fecha or hoy(), estado=estado, nota=nota.strip(), sesion=sesion, por=por
    )
    return guardar_seguimiento(seguimiento=paso, por=por, evidencias=evidencias)


@transaction.atomic
def guardar_seguimiento(
    *, seguimiento: SeguimientoDeAcuerdo, por, evidencias: Iterable[Mapping[str, Any]] = ()
) -> SeguimientoDeAcuerdo:
    original = seguimiento.acuerdo
    seguimiento.acuerdo = _bloqueado(original)
    if seguimiento.pk and SeguimientoDeAcuerdo.objects.get(pk=seguimiento.pk).acuerdo_id != seguimiento.acuerdo_id:
        raise ValidationError({"acuerdo": "Un seguimiento no cambia de acuerdo."})
    if razones := reglas.impedimentos_para_guardar(seguimiento, por, hoy()):
        raise ValidationError(razones)
    if seguimiento.pk is None:
        seguimiento.por = por
    guarda(seguimiento, por)
    for datos in evidencias:
        agregar_evidencia(registro=seguimiento, por=por, **datos)
    _poner_al_dia(original, seguimiento.acuerdo, por)
    return seguimiento


@transaction.atomic
def quitar_seguimiento(*, seguimiento: SeguimientoDeAcuerdo, por) -> None:
    acuerdo = _bloqueado(seguimiento.acuerdo)
    borra(seguimiento, por)
    _poner_al_dia(seguimiento.acuerdo, acuerdo, por)


def _poner_al_dia(original: Acuerdo, acuerdo: Acuerdo, por) -> None:
    """El acuerdo queda como dice su seguimiento más reciente; lo que se anota con fecha anterior no lo cambia."""
    ultimo = acuerdo.seguimientos.order_by("fecha", "pk").last()
    estado = ultimo.estado if ultimo else EstadoDeAcuerdo.PENDIENTE
    cumplido_en = ultimo.sesion if ultimo and estado == EstadoDeAcuerdo.CUMPLIDO else None
    if (acuerdo.estado, acuerdo.cumplido_en) != (estado, cumplido_en):
        acuerdo.estado, acuerdo.cumplido_en = estado, cumplido_en
        guarda(acuerdo, por, "Seguimiento")
    original.estado, original.cumplido_en, original.version = acuerdo.estado, acuerdo.cumplido_en, acuerdo.version
