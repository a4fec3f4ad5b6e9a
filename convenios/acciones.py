"""Escrituras de la sala: cada una en su transacción y con quién la hizo."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import borra, guarda_con_varias
from vinculacion.nucleo.periodos import hoy

from . import familia, reglas
from .actualizaciones.acciones import registrar_actualizacion as registrar_actualizacion
from .actualizaciones.acciones import registrar_actualizaciones as registrar_actualizaciones
from .camino.acciones import anotar_paso, mover_firma, revisar_paso
from .camino.acciones import cambiar_etapa as cambiar_etapa
from .compromisos import acciones as compromisos
from .estados import FIRMADAS, SIN_FIRMA, Etapa
from .models import Convenio


@transaction.atomic
def guardar_convenio(
    *,
    convenio: Convenio,
    contrapartes: Iterable[Organismo] | None = None,
    areas: Iterable[Area] | None = None,
    por,
    fecha: date | None = None,
    nota: str = "",
) -> Convenio:
    """Crea o corrige un convenio; ``None`` en contrapartes o áreas las deja como están.

    ``fecha``: desde cuándo está en su etapa. Si falta es la de firma, o la de hoy. Un
    convenio nuevo puede nacer en cualquier etapa (así entran los que ya existían); en
    uno que ya estaba, otra etapa es un paso y se le pide lo mismo que a ``cambiar_etapa``.
    """
    contrapartes = None if contrapartes is None else list(contrapartes)
    areas = None if areas is None else list(areas)
    anterior = Convenio.objects.select_for_update().filter(pk=convenio.pk).first() if convenio.pk else None
    cambia = anterior is not None and convenio.etapa != anterior.etapa
    if cambia:
        revisar_paso(
            convenio,
            desde=anterior.etapa,
            hacia=convenio.etapa,
            fecha=fecha or _fecha_de_etapa(convenio),
            nota=nota,
            contrapartes=contrapartes,
            areas=areas,
        )
    if anterior is not None and convenio.etapa in FIRMADAS and anterior.fecha_firma not in (None, convenio.fecha_firma):
        mover_firma(convenio, por)
    convenio.full_clean()
    if convenio.etapa == Etapa.SUSCRITO and fecha and fecha != convenio.fecha_firma:
        raise ValidationError(
            "Un instrumento suscrito lo está desde su firma: deje en blanco desde cuándo está en la etapa."
        )
    if convenio.fecha_firma and convenio.fecha_firma > hoy():
        raise ValidationError({"fecha_firma": "La fecha de suscripción todavía no llega."})
    if contrapartes is not None and not contrapartes:
        raise ValidationError({"contrapartes": "Falta al menos una contraparte."})
    _revisar_familia(convenio, anterior)
    guarda_con_varias(convenio, {"contrapartes": contrapartes, "areas": areas}, por)
    if anterior is None or cambia:
        anotar_paso(convenio, fecha=fecha or _fecha_de_etapa(convenio), nota=nota, por=por)
    if anterior is not None and (anterior.vigencia, anterior.vigencia_hasta) != (
        convenio.vigencia,
        convenio.vigencia_hasta,
    ):
        compromisos.poner_al_dia(convenio=convenio, por=por)
        convenio.refresh_from_db(fields=["etapa", "version"])
    return convenio


@transaction.atomic
def eliminar_convenio(*, convenio: Convenio, por) -> None:
    if razones := reglas.impedimentos_para_eliminar(Convenio.objects.select_for_update().get(pk=convenio.pk)):
        raise ValidationError(razones)
    borra(convenio, por)


def _revisar_familia(convenio: Convenio, anterior: Convenio | None) -> None:
    """Sólo lo que cambia: una familia de antes no estorba a quien corrige otro dato."""
    if anterior is not None and anterior.tipo_id == convenio.tipo_id and anterior.padre_id == convenio.padre_id:
        return
    if razones := familia.impedimentos_de_padre(convenio.tipo, convenio.padre):
        raise ValidationError({"padre": razones})
    if anterior is not None and (
        razones := familia.impedimentos_de_hijos(convenio.tipo, convenio.derivados.select_related("tipo"))
    ):
        raise ValidationError({"tipo": razones})


def _fecha_de_etapa(convenio: Convenio) -> date:
    if convenio.etapa == Etapa.SUSCRITO and convenio.fecha_firma:
        return convenio.fecha_firma
    if convenio.etapa == Etapa.CONCLUIDO:
        if convenio.vigencia_hasta and convenio.vigencia_hasta <= hoy():
            return convenio.vigencia_hasta
        raise ValidationError({"desde": "Diga desde qué fecha está concluido."})
    return hoy()


def etapas_iniciales() -> list[tuple[str, str]]:
    """En qué etapas puede nacer un registro capturado a mano."""
    return [(e.value, e.label) for e in Etapa if e not in SIN_FIRMA]
