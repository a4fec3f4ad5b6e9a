"""Preguntas sobre un convenio, contestadas con razones. No escriben nada."""

from collections.abc import Iterable
from datetime import date

from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.nucleo.palabras import fecha_larga

from .estados import FIRMADAS, PASOS, SIN_FIRMA, Etapa, Vigencia
from .models import CambioDeEtapa, Convenio
from .permisos import solo_su_area

DIAS_POR_VENCER = 90
DIAS_URGENTE = 30
DIAS_SIN_MOVIMIENTO = 60


def dia(fecha: date) -> str:
    return fecha_larga(fecha, dia_semana=False)


def faltas_para(convenio: Convenio, etapa: str) -> list[str]:
    """Lo que al registro le falta para llegar a ``etapa``; todo junto, no una negativa a la vez."""
    if etapa not in (Etapa.SUSCRIPCION, Etapa.SUSCRITO):
        return []
    faltas = []
    if not convenio.objeto.strip():
        faltas.append("Falta el objeto del instrumento.")
    if not convenio.contrapartes.all():
        faltas.append("Falta al menos una contraparte.")
    if not convenio.areas.all():
        faltas.append("Falta el área responsable.")
    if convenio.vigencia == Vigencia.FECHA and not convenio.vigencia_hasta:
        faltas.append("Falta la fecha hasta la que estará vigente.")
    if convenio.vigencia == Vigencia.COMPROMISOS and not convenio.vigencia_texto.strip():
        faltas.append("Falta cómo dice el instrumento que termina su vigencia.")
    return faltas


def pide_nota(convenio: Convenio, etapa: str, fecha: date) -> str:
    """Por qué ese paso no se entiende sin una nota; vacío si no hace falta."""
    if etapa in SIN_FIRMA:
        return "Diga en la nota por qué no se firmó."
    if etapa == Etapa.CONCLUIDO and convenio.vigencia_hasta and fecha < convenio.vigencia_hasta:
        return "Concluye antes de su vencimiento: diga la razón en la nota."
    return ""


def impedimentos_para_pasar(
    convenio: Convenio, etapa: str, *, fecha: date, hoy: date, nota: str = "", ultimo: CambioDeEtapa | None = None
) -> list[str]:
    """Todo lo que impide llevar ``convenio`` a ``etapa`` en ``fecha``. ``ultimo`` es su paso más reciente."""
    if etapa == convenio.etapa:
        return [f"Ya está en «{convenio.get_etapa_display()}»."]
    razones = []
    if etapa not in PASOS[convenio.etapa]:
        razones.append(f"De «{convenio.get_etapa_display()}» no se pasa a «{Etapa(etapa).label}».")
    razones += faltas_para(convenio, etapa)
    if fecha > hoy:
        razones.append("La fecha del paso todavía no llega.")
    if ultimo is not None and fecha < ultimo.fecha:
        razones.append(
            f"El paso anterior, «{ultimo.get_etapa_display()}», es del {dia(ultimo.fecha)}: éste no puede ser anterior."
        )
    if etapa == Etapa.SUSCRITO and convenio.vigencia_hasta and convenio.vigencia_hasta < fecha:
        razones.append(f"Vencería el {dia(convenio.vigencia_hasta)}, antes de firmarse.")
    if not nota.strip() and (motivo := pide_nota(convenio, etapa, fecha)):
        razones.append(motivo)
    return razones


def impedimentos_para_mover_firma(firma: date, cambios: Iterable[CambioDeEtapa], hoy: date) -> list[str]:
    """Corregir la fecha de firma no puede descolocar los pasos que la rodean."""
    razones = []
    if firma > hoy:
        razones.append("La fecha de suscripción todavía no llega.")
    antes = True
    for cambio in cambios:
        if cambio.etapa == Etapa.SUSCRITO:
            antes = False
        elif antes and cambio.fecha > firma:
            razones.append(f"El paso «{cambio.get_etapa_display()}» es del {dia(cambio.fecha)}, posterior a esa firma.")
        elif not antes and cambio.fecha < firma:
            razones.append(f"«{cambio.get_etapa_display()}» desde el {dia(cambio.fecha)}, antes de esa firma.")
    return razones


def impedimentos_para_reportar(convenio: Convenio, sesion, usuario=None) -> list[str]:
    """Por qué ``usuario`` no puede anotar avance de ``convenio`` en ``sesion``."""
    razones = []
    if usuario is not None and solo_su_area(usuario) and usuario.area not in convenio.areas.all():
        razones.append("Ese convenio no es de su área.")
    if convenio.etapa not in FIRMADAS or convenio.fecha_firma is None:
        razones.append("El instrumento no está suscrito: no puede reportar avance.")
    elif sesion.fecha < convenio.fecha_firma:
        razones.append("La sesión es anterior a la firma del instrumento.")
    if sesion.estado == EstadoDeSesion.CANCELADA:
        razones.append("La sesión se canceló.")
    return razones
