"""Escrituras de la sala: cada una en su transacción y con quién la hizo."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.comision.models import Sesion
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import borra, firma, guarda
from vinculacion.nucleo.periodos import hoy

from . import reglas
from .estados import FIRMADAS, SIN_FIRMA, Etapa
from .models import Actualizacion, CambioDeEtapa, Convenio


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
    anterior = Convenio.objects.select_for_update().filter(pk=convenio.pk).first() if convenio.pk else None
    cambia = anterior is not None and convenio.etapa != anterior.etapa
    if cambia:
        _revisar_paso(convenio, desde=anterior.etapa, fecha=fecha or _fecha_de_etapa(convenio), nota=nota, areas=areas)
    if anterior is not None and convenio.etapa in FIRMADAS and anterior.fecha_firma not in (None, convenio.fecha_firma):
        _mover_firma(convenio)
    convenio.full_clean()
    if convenio.etapa == Etapa.SUSCRITO and fecha and fecha != convenio.fecha_firma:
        raise ValidationError(
            "Un instrumento suscrito lo está desde su firma: deje en blanco desde cuándo está en la etapa."
        )
    if convenio.fecha_firma and convenio.fecha_firma > hoy():
        raise ValidationError({"fecha_firma": "La fecha de suscripción todavía no llega."})
    if contrapartes is not None and not (contrapartes := list(contrapartes)):
        raise ValidationError({"contrapartes": "Falta al menos una contraparte."})
    firma(convenio, por)
    convenio.save()
    if contrapartes is not None:
        convenio.contrapartes.set(contrapartes)
    if areas is not None:
        convenio.areas.set(areas)
    if anterior is None or cambia:
        _anotar_paso(convenio, fecha=fecha or _fecha_de_etapa(convenio), nota=nota, por=por)
    return convenio


@transaction.atomic
def cambiar_etapa(
    *, convenio: Convenio, etapa: str, fecha: date, nota: str = "", por, fecha_firma: date | None = None
) -> Convenio:
    """Da un paso del camino; lanza ``ValidationError`` con todo lo que lo impide.

    Al suscribir, ``fecha`` es la de la firma, salvo que ``fecha_firma`` diga otra.
    """
    convenio = Convenio.objects.select_for_update().get(pk=convenio.pk)
    if etapa == Etapa.SUSCRITO:
        fecha = fecha_firma or fecha
    _revisar_paso(convenio, desde=convenio.etapa, hacia=etapa, fecha=fecha, nota=nota)
    convenio.etapa = etapa
    if etapa == Etapa.SUSCRITO:
        convenio.fecha_firma = fecha
    guarda(convenio, por)
    _anotar_paso(convenio, fecha=fecha, nota=nota, por=por)
    return convenio


def _revisar_paso(convenio, *, desde, fecha, hacia=None, nota="", areas=None) -> None:
    hacia = hacia or convenio.etapa
    actual, convenio.etapa = convenio.etapa, desde
    try:
        razones = reglas.impedimentos_para_pasar(
            convenio, hacia, fecha=fecha, hoy=hoy(), nota=nota, ultimo=convenio.cambios.last()
        )
    finally:
        convenio.etapa = actual
    if areas:
        razones = [r for r in razones if r != "Falta el área responsable."]
    if razones:
        raise ValidationError(razones)


def _fecha_de_etapa(convenio: Convenio) -> date:
    if convenio.etapa == Etapa.SUSCRITO and convenio.fecha_firma:
        return convenio.fecha_firma
    if convenio.etapa == Etapa.CONCLUIDO:
        if convenio.vigencia_hasta and convenio.vigencia_hasta <= hoy():
            return convenio.vigencia_hasta
        raise ValidationError("Diga desde qué fecha está concluido.")
    return hoy()


def _anotar_paso(convenio: Convenio, *, fecha: date, nota: str, por) -> None:
    """Un instrumento que ya llega firmado y concluido deja también el paso de su firma."""
    if fecha > hoy():
        raise ValidationError({"fecha": "La fecha de la etapa todavía no llega."})
    firma = convenio.fecha_firma
    if firma is not None and convenio.etapa == Etapa.SUSCRITO:
        fecha = firma
    elif (
        firma is not None
        and convenio.etapa == Etapa.CONCLUIDO
        and not convenio.cambios.filter(etapa=Etapa.SUSCRITO).exists()
    ):
        if fecha < firma:
            raise ValidationError("Concluyó antes de haberse firmado: revise las fechas.")
        CambioDeEtapa.objects.create(convenio=convenio, etapa=Etapa.SUSCRITO, fecha=firma, por=por)
    CambioDeEtapa.objects.create(convenio=convenio, etapa=convenio.etapa, fecha=fecha, nota=nota, por=por)


def _mover_firma(convenio: Convenio) -> None:
    """La fecha corregida de la firma es también la de su paso."""
    if convenio.fecha_firma is None:
        return
    razones = reglas.impedimentos_para_mover_firma(convenio.fecha_firma, convenio.cambios.all(), hoy())
    antes = convenio.actualizaciones.select_related("sesion")
    razones += [
        f"Ya reportó avance en una sesión anterior a esa fecha: {a.sesion}."
        for a in antes
        if a.sesion.fecha < convenio.fecha_firma
    ]
    if razones:
        raise ValidationError({"fecha_firma": razones})
    convenio.cambios.filter(etapa=Etapa.SUSCRITO).update(fecha=convenio.fecha_firma)


def etapas_iniciales() -> list[tuple[str, str]]:
    """En qué etapas puede nacer un registro capturado a mano."""
    return [(e.value, e.label) for e in Etapa if e not in SIN_FIRMA]


# -- actualizaciones ----------------------------------------------------------


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
