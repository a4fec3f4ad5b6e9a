"""Cuándo se avisa de lo que vence y qué impide renovar; contesta con razones y no escribe nada."""

from collections.abc import Iterable
from datetime import date

from ..estados import FIRMADAS, SIN_FIRMA, Decision, Etapa, Vigencia
from ..models import Convenio, Renovacion
from ..reglas import dia

UMBRALES = (30, 60, 90)  # días antes de que venza un instrumento
UMBRALES_DE_COMPROMISO = (7, 30)
VENCIDO = 0  # el plazo de lo que ya venció
DIAS_PARA_DECIDIR = 60  # a esa distancia, no haber decidido ya es un problema
DIAS_PARA_INICIAR = 180  # desde cuándo se propone pensar en la renovación
RENOVABLES = (Vigencia.FECHA, Vigencia.COMPROMISOS)


def plazo(vence: date, fecha: date, umbrales: Iterable[int] = UMBRALES) -> int | None:
    """El umbral más estrecho que ya se cruzó: 30, 60, 90, o ``VENCIDO``; ``None`` si todavía está lejos.

    El último día de vigencia aún no es vencido.
    """
    faltan = (vence - fecha).days
    if faltan < 0:
        return VENCIDO
    return next((u for u in sorted(umbrales) if faltan <= u), None)


# -- la renovación ---------------------------------------------------------------


def renovacion_de(convenio: Convenio) -> Renovacion | None:
    return getattr(convenio, "renovacion", None)


def sucesor_de(convenio: Convenio) -> Convenio | None:
    renovacion = renovacion_de(convenio)
    return renovacion.sucesor if renovacion else None


def renovado(convenio: Convenio) -> bool:
    """Si ya lo releva otro instrumento firmado: de él no se avisa más."""
    sucesor = sucesor_de(convenio)
    return sucesor is not None and sucesor.etapa in FIRMADAS


def impedimentos_para_renovar(convenio: Convenio) -> list[str]:
    """Por qué no lleva renovación. Uno concluido puede llevarla: así entra lo que ya se renovó antes."""
    if convenio.etapa not in FIRMADAS:
        return [f"Está en «{convenio.get_etapa_display()}»: sólo se renueva lo que ya se suscribió."]
    if convenio.vigencia not in RENOVABLES:
        return ["Su vigencia es indefinida: no vence, así que no hay qué renovar."]
    return []


def conviene_iniciar(convenio: Convenio, fecha: date) -> bool:
    """Si es tiempo de proponer la renovación: suscrito, y cerca de vencer o ya vencido."""
    if convenio.etapa != Etapa.SUSCRITO or impedimentos_para_renovar(convenio) or renovacion_de(convenio):
        return False
    hasta = convenio.vigencia_hasta
    return hasta is None or (hasta - fecha).days <= DIAS_PARA_INICIAR


def impedimentos_para_guardar(
    renovacion: Renovacion, anterior: Renovacion | None, *, decide: bool, hoy: date
) -> dict[str, list[str]]:
    """Razones por campo. ``decide``: si quien guarda puede decidir."""
    convenio = renovacion.convenio
    razones: dict[str, list[str]] = {}
    if anterior is not None and anterior.convenio_id != renovacion.convenio_id:
        razones["convenio"] = ["Una renovación no cambia de instrumento."]
    elif anterior is None and (impedimentos := impedimentos_para_renovar(convenio)):
        razones["convenio"] = impedimentos
    if not decide and _cambia_la_decision(renovacion, anterior):
        razones["decision"] = ["Sólo la Dirección decide si un instrumento se renueva."]
    decidida = renovacion.fecha_decision
    if decidida and decidida > hoy:
        razones["fecha_decision"] = ["Esa fecha todavía no llega."]
    elif decidida and convenio.fecha_firma and decidida < convenio.fecha_firma:
        razones["fecha_decision"] = [f"El instrumento se firmó el {dia(convenio.fecha_firma)}: no se decidió antes."]
    nuevo = renovacion.sucesor
    cambia = nuevo is not None and (anterior is None or anterior.sucesor_id != nuevo.pk)
    if nuevo is not None and cambia and (impedimentos := impedimentos_para_suceder(convenio, nuevo)):
        razones["sucesor"] = impedimentos
    return razones


def _cambia_la_decision(renovacion: Renovacion, anterior: Renovacion | None) -> bool:
    if anterior is None:
        return renovacion.decision != Decision.EN_ESTUDIO
    antes = (anterior.decision, anterior.fecha_decision)
    if (renovacion.decision, renovacion.fecha_decision) != antes:
        return True
    return anterior.decision != Decision.EN_ESTUDIO and renovacion.razon != anterior.razon


def impedimentos_para_suceder(convenio: Convenio, sucesor: Convenio) -> list[str]:
    """Por qué ``sucesor`` no puede ser el que renueva a ``convenio``."""
    if sucesor.pk == convenio.pk:
        return ["Un instrumento no se sucede a sí mismo."]
    razones = []
    if sucesor.etapa in SIN_FIRMA:
        razones.append(f"«{sucesor}» terminó sin firmarse ({sucesor.get_etapa_display().lower()}).")
    if sucesor.pk in _ascendencia(convenio):
        razones.append(f"«{convenio}» deriva de él: no puede ser su sucesor.")
    if convenio.pk in _relevos(sucesor):
        razones.append(f"«{convenio}» ya es renovación de él: sería un círculo.")
    comunes = {o.pk for o in convenio.contrapartes.all()} & {o.pk for o in sucesor.contrapartes.all()}
    if not comunes:
        razones.append("No tiene ninguna contraparte en común con el instrumento que vence.")
    empezo = sucesor.fecha_firma or min((c.fecha for c in sucesor.cambios.all()), default=None)
    if empezo and convenio.fecha_firma and empezo <= convenio.fecha_firma:
        que = "se firmó" if sucesor.fecha_firma else "empezó a tramitarse"
        razones.append(
            f"El sucesor {que} el {dia(empezo)}: tiene que ser después del {dia(convenio.fecha_firma)}, "
            "cuando se firmó el que vence."
        )
    return razones


def _ascendencia(convenio: Convenio) -> set[int]:
    vistos: set[int] = set()
    ancestro = convenio.padre
    while ancestro is not None and ancestro.pk not in vistos:
        vistos.add(ancestro.pk)
        ancestro = ancestro.padre
    return vistos


def _relevos(convenio: Convenio) -> set[int]:
    """Los que vienen después de él, de sucesor en sucesor."""
    vistos: set[int] = set()
    pk: int | None = convenio.pk
    while pk is not None:
        pk = Renovacion.objects.filter(convenio=pk).values_list("sucesor", flat=True).first()
        if pk is None or pk in vistos:
            break
        vistos.add(pk)
    return vistos


def impedimentos_para_editar(renovacion: Renovacion, *, decide: bool) -> list[str]:
    if renovacion.decision == Decision.NO_SE_RENUEVA and not decide:
        return ["Ya se decidió que no se renueva: sólo la Dirección corrige la decisión."]
    return []


def impedimentos_para_crear_sucesor(renovacion: Renovacion) -> list[str]:
    if renovacion.decision != Decision.SE_RENUEVA:
        return ["Todavía no se decide que el instrumento se renueva."]
    sucesor = renovacion.sucesor
    if sucesor is not None and sucesor.etapa not in SIN_FIRMA:
        return [f"Ya tiene sucesor: «{sucesor}» ({sucesor.folio})."]
    return []


def impedimentos_para_eliminar(renovacion: Renovacion) -> list[str]:
    if renovacion.decision != Decision.EN_ESTUDIO:
        return ["Ya se decidió: si hubo un error, corrija la decisión; la historia la conserva."]
    return []


def impedimentos_por_renovacion(convenio: Convenio, firma: date) -> list[str]:
    """Por qué ``convenio`` no puede tener ``firma`` como fecha de suscripción."""
    razones = []
    renovacion = renovacion_de(convenio)
    if renovacion and renovacion.fecha_decision and renovacion.fecha_decision < firma:
        razones.append(f"Su renovación se decidió el {dia(renovacion.fecha_decision)}, antes de esa firma.")
    if renovacion and (sucesor := renovacion.sucesor) and sucesor.fecha_firma and sucesor.fecha_firma <= firma:
        razones.append(f"Su sucesor, «{sucesor}», se firmó el {dia(sucesor.fecha_firma)}, antes de esa firma.")
    previa = getattr(convenio, "renueva_a", None)
    if previa and previa.convenio.fecha_firma and firma <= previa.convenio.fecha_firma:
        razones.append(f"Renueva a «{previa.convenio}», que se firmó el {dia(previa.convenio.fecha_firma)}.")
    return razones
