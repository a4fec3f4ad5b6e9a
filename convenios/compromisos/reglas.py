"""Preguntas sobre los compromisos y sus avances; se contestan con razones."""

from collections.abc import Iterable
from datetime import date

from vinculacion.nucleo.palabras import concuerda, enumera

from ..estados import FIRMADAS, EstadoDeCompromiso, Etapa, Parte, Recurrencia, Vigencia
from ..models import AvanceDeCompromiso, Compromiso, Convenio
from ..permisos import solo_su_area
from ..reglas import dia
from . import veces


def termina(compromiso: Compromiso) -> date | None:
    """Hasta cuándo se repite: lo que diga el compromiso o la vigencia del instrumento; ``None`` si no hay fin."""
    return compromiso.repite_hasta or compromiso.convenio.vigencia_hasta


def sin_fin(compromiso: Compromiso) -> bool:
    return (
        compromiso.recurrencia != Recurrencia.UNICA
        and termina(compromiso) is None
        and compromiso.estado != EstadoDeCompromiso.CANCELADO
    )


def vez_valida(compromiso: Compromiso, vez: date | None) -> bool:
    """Si ``vez`` es uno de los días en que vence."""
    if compromiso.fecha_limite is None or vez is None:
        return compromiso.fecha_limite is None and vez is None
    for fecha in veces.fechas(compromiso.fecha_limite, compromiso.recurrencia, termina(compromiso)):
        if fecha >= vez:
            return fecha == vez
    return False


# -- el compromiso ------------------------------------------------------------


def impedimentos_para_guardar(compromiso: Compromiso, anotadas: Iterable[date | None]) -> dict[str, list[str]]:
    """Razones por campo. ``anotadas``: las veces de que ya hay avances, que no pueden quedar en el aire."""
    convenio = compromiso.convenio
    razones: dict[str, list[str]] = {}
    iguales = Compromiso.objects.filter(convenio=convenio, clausula=compromiso.clausula, que=compromiso.que)
    if not compromiso.que.strip():
        razones["que"] = ["Diga a qué se obliga."]
    elif iguales.exclude(pk=compromiso.pk).exists():
        razones["que"] = ["El instrumento ya tiene un compromiso con esa cláusula y ese mismo texto."]
    if compromiso.contraparte_id and compromiso.contraparte_id not in {o.pk for o in convenio.contrapartes.all()}:
        razones["contraparte"] = ["No es contraparte de este instrumento."]
    limite, firma = compromiso.fecha_limite, convenio.fecha_firma
    if limite and firma and limite < firma:
        razones["fecha_limite"] = [f"El instrumento se firmó el {dia(firma)}: nada vence antes."]
    if compromiso.cancelado_por and compromiso.estado != EstadoDeCompromiso.CANCELADO:
        razones["cancelado_por"] = ["Sólo lo lleva el compromiso que ya no aplica."]
    perdidas = sorted((v for v in set(anotadas) if not vez_valida(compromiso, v)), key=lambda v: v or date.min)
    if perdidas:
        dias = enumera([dia(v) if v else "sin plazo" for v in perdidas[:5]])
        razones.setdefault("fecha_limite", []).append(
            f"Ya hay avances anotados de lo que vencía en: {dias}. Con estas fechas esas veces dejarían de existir."
        )
    return razones


def advertencias_de_compromiso(compromiso: Compromiso) -> list[str]:
    """Lo que conviene revisar, aunque no impide guardar."""
    convenio, dudas = compromiso.convenio, []
    if compromiso.parte != Parte.CONTRAPARTE and compromiso.area is None:
        dudas.append("No tiene área responsable: sólo la unidad recibirá sus avisos.")
    elif compromiso.area and compromiso.area not in convenio.areas.all():
        dudas.append(f"{compromiso.area} no es área responsable del instrumento: no podrá ver el compromiso.")
    if compromiso.parte == Parte.INSTITUTO and compromiso.contraparte:
        dudas.append("Se obliga el instituto y aun así nombra a una contraparte.")
    vence = convenio.vigencia_hasta
    if vence and compromiso.fecha_limite and compromiso.fecha_limite > vence:
        dudas.append(f"Vence después del instrumento, que termina el {dia(vence)}.")
    elif vence and compromiso.repite_hasta and compromiso.repite_hasta > vence:
        dudas.append(f"Se repetiría después de que el instrumento termine, el {dia(vence)}.")
    if convenio.vigencia == Vigencia.COMPROMISOS and sin_fin(compromiso):
        dudas.append(
            "El instrumento está vigente hasta que se cumplan sus compromisos y éste se repite sin fin: "
            "nunca concluiría. Diga hasta cuándo se repite."
        )
    return dudas


def impedimentos_para_eliminar(compromiso: Compromiso) -> list[str]:
    if compromiso.avances.exists():
        return ["Ya tiene avances anotados. Si ya no aplica, cancélelo con su razón."]
    return []


def impedimentos_para_cancelar(compromiso: Compromiso) -> list[str]:
    if compromiso.estado == EstadoDeCompromiso.CUMPLIDO:
        return ["Ya está cumplido: no hay qué cancelar."]
    if compromiso.estado == EstadoDeCompromiso.CANCELADO:
        return ["Ya se había cancelado."]
    return []


# -- los avances --------------------------------------------------------------


def impedimentos_para_anotar(compromiso: Compromiso, usuario=None) -> list[str]:
    """Por qué ``usuario`` no puede anotar avances de ese compromiso; sin usuario escribe el propio sistema."""
    razones = []
    if usuario is not None and solo_su_area(usuario) and (not usuario.area_id or usuario.area_id != compromiso.area_id):
        de_quien = f"Es de {compromiso.area}." if compromiso.area else "No tiene área responsable."
        razones.append(f"{de_quien} Sólo el área responsable del compromiso anota sus avances.")
    if compromiso.convenio.etapa not in FIRMADAS or compromiso.convenio.fecha_firma is None:
        razones.append("El instrumento todavía no se firma: sus compromisos aún no obligan.")
    if compromiso.estado == EstadoDeCompromiso.CANCELADO:
        razones.append(f"El compromiso ya no aplica: {compromiso.cancelado_por}")
    return razones


def impedimentos_del_avance(
    avance: AvanceDeCompromiso, otros: Iterable[AvanceDeCompromiso], usuario, hoy: date
) -> dict[str, list[str]]:
    """Razones por campo. ``otros``: los demás avances del mismo compromiso."""
    compromiso = avance.compromiso
    razones: dict[str, list[str]] = {}
    if generales := impedimentos_para_anotar(compromiso, usuario):
        razones["compromiso"] = generales
    if not vez_valida(compromiso, avance.vez):
        razones["vez"] = [_por_que_no_esa_vez(compromiso, avance.vez)]
    cumplida = next((o for o in otros if o.cumple and o.vez == avance.vez), None)
    if cumplida and avance.cumple:
        razones["vez"] = [f"Esa vez ya está cumplida desde el {dia(cumplida.fecha)}."]
    elif cumplida and avance.fecha and avance.fecha > cumplida.fecha:
        razones["vez"] = [f"Esa vez se cumplió el {dia(cumplida.fecha)}: ya no lleva avances posteriores."]
    if avance.cumple and avance.fecha:
        despues = [o.fecha for o in otros if o.vez == avance.vez and o.fecha > avance.fecha]
        if despues:
            razones["fecha"] = [f"Hay avances de esa vez hasta el {dia(max(despues))}: se cumple ese día o después."]
    if not avance.nota.strip():
        razones["nota"] = ["Diga qué se hizo."]
    if avance.porcentaje is not None and avance.porcentaje > 100:
        razones["porcentaje"] = ["El avance va de 0 a 100 %."]
    firma = compromiso.convenio.fecha_firma
    if avance.fecha and avance.fecha > hoy:
        razones["fecha"] = ["Esa fecha todavía no llega."]
    elif avance.fecha and firma and avance.fecha < firma:
        razones["fecha"] = [f"El instrumento se firmó el {dia(firma)}: el avance es de ese día o posterior."]
    return razones


def impedimentos_para_quitar(compromiso: Compromiso) -> list[str]:
    if compromiso.estado == EstadoDeCompromiso.CANCELADO:
        return ["El compromiso ya no aplica; reactívelo para corregir sus avances."]
    return []


def _por_que_no_esa_vez(compromiso: Compromiso, vez: date | None) -> str:
    if compromiso.fecha_limite is None:
        return "El compromiso no tiene plazo: deje la vez en blanco."
    if vez is None:
        return "Diga de qué vez es el avance."
    return f"El compromiso no vence el {dia(vez)}."


def advertencias_de_avance(avance: AvanceDeCompromiso, otros: Iterable[AvanceDeCompromiso]) -> list[str]:
    if avance.cumple or avance.fecha is None:
        return []
    if avance.porcentaje == 100:
        return ["Anota 100 % sin marcar que queda cumplido: seguirá abierto y se avisará cuando venza."]
    previos = [o for o in otros if o.vez == avance.vez and o.fecha <= avance.fecha]
    previo = max(previos, key=lambda o: (o.fecha, o.pk), default=None)
    if previo and previo.porcentaje > avance.porcentaje:
        return [f"El avance baja: el {dia(previo.fecha)} se anotó {previo.porcentaje} % y ahora {avance.porcentaje} %."]
    return []


# -- el instrumento -----------------------------------------------------------


def impedimentos_por_compromisos(convenio: Convenio, firma: date) -> list[str]:
    """Por qué ``convenio`` no puede tener ``firma`` como fecha de suscripción."""
    razones = []
    avance = AvanceDeCompromiso.objects.filter(compromiso__convenio=convenio, fecha__lt=firma).order_by("fecha").first()
    if avance:
        razones.append(f"Ya hay avances de sus compromisos desde el {dia(avance.fecha)}, antes de esa firma.")
    if cuantos := convenio.compromisos.filter(fecha_limite__lt=firma).count():
        verbo = "vence" if cuantos == 1 else "vencen"
        razones.append(f"{concuerda(cuantos, 'compromiso', 'compromisos').capitalize()} {verbo} antes de esa firma.")
    return razones


def concluyo_solo(convenio: Convenio) -> bool:
    """Si su conclusión la anotó el sistema al cumplirse los compromisos."""
    ultimo = convenio.cambios.last()
    return ultimo is not None and ultimo.etapa == Etapa.CONCLUIDO and ultimo.automatico
