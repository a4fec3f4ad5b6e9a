"""Escrituras de los compromisos. ``estado`` y ``proxima`` se recalculan aquí, con el renglón apartado."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy

from ..camino import acciones as camino
from ..estados import EstadoDeCompromiso, Etapa, Recurrencia, Vigencia
from ..models import AvanceDeCompromiso, Compromiso, Convenio
from . import reglas, veces


def _apartar_convenio(pk: int) -> Convenio:
    """Primero el instrumento y luego sus compromisos: siempre en ese orden, para que nadie se espere en círculo."""
    return Convenio.objects.select_for_update().get(pk=pk)


def _apartar(compromiso: Compromiso) -> Compromiso:
    convenio = _apartar_convenio(Compromiso.objects.get(pk=compromiso.pk).convenio_id)
    apartado = Compromiso.objects.select_for_update().get(pk=compromiso.pk)
    apartado.convenio = convenio
    return apartado


# -- el compromiso ------------------------------------------------------------


@transaction.atomic
def guardar_compromiso(*, compromiso: Compromiso, por) -> Compromiso:
    """Crea o corrige. Mover las fechas de uno que ya tiene avances no puede dejarlos sin su vez."""
    compromiso.convenio = _apartar_convenio(compromiso.convenio_id)
    anterior = Compromiso.objects.select_for_update().filter(pk=compromiso.pk).first() if compromiso.pk else None
    avances = list(anterior.avances.all()) if anterior else []
    if anterior and anterior.convenio_id != compromiso.convenio_id:
        raise ValidationError({"convenio": "Un compromiso no cambia de instrumento."})
    compromiso.estado = anterior.estado if anterior else EstadoDeCompromiso.ABIERTO
    compromiso.full_clean()
    mueve = anterior is not None and _mueve_su_unica_vez(anterior, compromiso, avances)
    anotadas = [] if mueve else [a.vez for a in avances]
    if razones := reglas.impedimentos_para_guardar(compromiso, anotadas):
        raise ValidationError(razones)
    if mueve:
        for avance in avances:
            avance.vez = compromiso.fecha_limite
            avance.compromiso = compromiso
            guarda(avance, por, "Cambió la fecha límite del compromiso")
    _contar(compromiso, avances)
    guarda(compromiso, por)
    _concluir_o_reabrir(compromiso.convenio, por)
    return compromiso


def _mueve_su_unica_vez(anterior: Compromiso, compromiso: Compromiso, avances: list[AvanceDeCompromiso]) -> bool:
    """Lo que vence una sola vez y sigue abierto cambia de plazo con todo y sus avances."""
    return (
        anterior.recurrencia == compromiso.recurrencia == Recurrencia.UNICA
        and anterior.fecha_limite != compromiso.fecha_limite
        and not any(a.cumple for a in avances)
    )


@transaction.atomic
def cancelar_compromiso(*, compromiso: Compromiso, razon: str, por) -> Compromiso:
    apartado = _apartar(compromiso)
    if razones := reglas.impedimentos_para_cancelar(apartado):
        raise ValidationError(razones)
    if not razon.strip():
        raise ValidationError({"razon": "Diga por qué ya no aplica."})
    apartado.estado, apartado.proxima, apartado.cancelado_por = EstadoDeCompromiso.CANCELADO, None, razon.strip()
    guarda(apartado, por, razon)
    _concluir_o_reabrir(apartado.convenio, por)
    return apartado


@transaction.atomic
def reactivar_compromiso(*, compromiso: Compromiso, por) -> Compromiso:
    apartado = _apartar(compromiso)
    if apartado.estado != EstadoDeCompromiso.CANCELADO:
        raise ValidationError("El compromiso no estaba cancelado.")
    apartado.estado, apartado.cancelado_por = EstadoDeCompromiso.ABIERTO, ""
    _contar(apartado, apartado.avances.all())
    guarda(apartado, por, "Vuelve a aplicar")
    _concluir_o_reabrir(apartado.convenio, por)
    return apartado


@transaction.atomic
def eliminar_compromiso(*, compromiso: Compromiso, por) -> None:
    apartado = _apartar(compromiso)
    if razones := reglas.impedimentos_para_eliminar(apartado):
        raise ValidationError(razones)
    convenio = apartado.convenio
    borra(apartado, por)
    _concluir_o_reabrir(convenio, por)


@transaction.atomic
def poner_al_dia(*, convenio: Convenio, por) -> None:
    """Tras cambiar la vigencia del instrumento: de ella depende hasta cuándo se repiten sus compromisos."""
    convenio = _apartar_convenio(convenio.pk)
    for compromiso in convenio.compromisos.select_for_update():
        compromiso.convenio = convenio
        _poner_al_dia(compromiso, por)
    _concluir_o_reabrir(convenio, por)


# -- los avances --------------------------------------------------------------


@transaction.atomic
def anotar_avance(
    *, avance: AvanceDeCompromiso, por, evidencias: Iterable[Mapping[str, Any]] = ()
) -> AvanceDeCompromiso:
    """Anota o corrige un avance. Si con él queda cumplida la vez, es el 100 %. ``evidencias``: archivo o enlace."""
    avance.compromiso = compromiso = _apartar(avance.compromiso)
    if avance.pk and AvanceDeCompromiso.objects.get(pk=avance.pk).compromiso_id != compromiso.pk:
        raise ValidationError({"compromiso": "Un avance no cambia de compromiso."})
    if compromiso.fecha_limite and compromiso.recurrencia == Recurrencia.UNICA:
        avance.vez = avance.vez or compromiso.fecha_limite
    if avance.cumple:
        avance.porcentaje = 100
    otros = [a for a in compromiso.avances.all() if a.pk != avance.pk]
    if razones := reglas.impedimentos_del_avance(avance, otros, por, hoy()):
        raise ValidationError(razones)
    avance.por = avance.por or por
    guarda(avance, por)
    for datos in evidencias:
        agregar_evidencia(registro=avance, por=por, **datos)
    _poner_al_dia(compromiso, por)
    _concluir_o_reabrir(compromiso.convenio, por)
    return avance


@transaction.atomic
def quitar_avance(*, avance: AvanceDeCompromiso, por) -> None:
    compromiso = _apartar(avance.compromiso)
    if razones := reglas.impedimentos_para_quitar(compromiso):
        raise ValidationError(razones)
    borra(avance, por)
    _poner_al_dia(compromiso, por)
    _concluir_o_reabrir(compromiso.convenio, por)


# -- lo que se recalcula ------------------------------------------------------


def _contar(compromiso: Compromiso, avances: Iterable[AvanceDeCompromiso]) -> None:
    """Pone ``estado`` y ``proxima``; a uno cancelado no lo toca."""
    if compromiso.estado == EstadoDeCompromiso.CANCELADO:
        return
    cuenta = veces.cuenta(
        compromiso.fecha_limite,
        compromiso.recurrencia,
        reglas.termina(compromiso),
        [a.vez for a in avances if a.cumple],
    )
    compromiso.estado = EstadoDeCompromiso.CUMPLIDO if cuenta.cumplido else EstadoDeCompromiso.ABIERTO
    compromiso.proxima = cuenta.proxima


def _poner_al_dia(compromiso: Compromiso, por) -> None:
    antes = compromiso.estado, compromiso.proxima
    _contar(compromiso, compromiso.avances.all())
    if (compromiso.estado, compromiso.proxima) != antes:
        guarda(compromiso, por, "Según sus avances")


def _concluir_o_reabrir(convenio: Convenio, por) -> None:
    """Uno vigente «hasta cumplir los compromisos» concluye al cumplirse el último y se reabre si deja de estarlo."""
    estados = set(convenio.compromisos.values_list("estado", flat=True).order_by())
    todo_cumplido = (
        convenio.vigencia == Vigencia.COMPROMISOS
        and EstadoDeCompromiso.CUMPLIDO in estados
        and EstadoDeCompromiso.ABIERTO not in estados
    )
    if todo_cumplido and convenio.etapa == Etapa.SUSCRITO:
        camino.concluir_por_compromisos(convenio=convenio, fecha=_ultimo_cumplimiento(convenio), por=por)
    elif not todo_cumplido and convenio.etapa == Etapa.CONCLUIDO and reglas.concluyo_solo(convenio):
        camino.reabrir_por_compromisos(convenio=convenio, por=por)


def _ultimo_cumplimiento(convenio: Convenio) -> date:
    cumplidos = AvanceDeCompromiso.objects.filter(
        compromiso__convenio=convenio, compromiso__estado=EstadoDeCompromiso.CUMPLIDO, cumple=True
    )
    return cumplidos.order_by("-fecha").values_list("fecha", flat=True)[0]
