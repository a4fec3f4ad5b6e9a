"""Preguntas sobre la comisión que se contestan con razones; no escriben nada."""

from datetime import date, time

from django.db.models import Q

from vinculacion.nucleo.palabras import fecha_larga

from .estados import ASISTIERON, CON_MOTIVO, REALIZADAS, SIN_SESIONAR, TRANSICIONES, EstadoDeSesion, Rol
from .models import Acuerdo, Integracion, Punto, Sesion


def estados_posibles(sesion: Sesion) -> list[str]:
    """El de hoy y aquellos a los que puede pasar, en el orden del catálogo."""
    alcanzables = {sesion.estado, *TRANSICIONES[sesion.estado]}
    return [estado for estado in EstadoDeSesion.values if estado in alcanzables]


def impedimentos_para_cambiar_estado(
    antes: str, estado: str, *, fecha_celebrada: date | None, hoy: date, motivo: str = "", con_acuerdos: bool = False
) -> dict[str, str]:
    """Razones por campo (``estado``, ``fecha_celebrada``, ``motivo``)."""
    razones = {}
    if estado != antes and estado not in TRANSICIONES[antes]:
        razones["estado"] = (
            f"Una sesión {EstadoDeSesion(antes).label.lower()} no puede pasar a «{EstadoDeSesion(estado).label}»."
        )
    elif estado not in REALIZADAS and con_acuerdos:
        razones["estado"] = "La sesión ya tiene acuerdos: sólo puede estar en curso o celebrada."
    if estado == EstadoDeSesion.CELEBRADA and fecha_celebrada is None:
        razones["fecha_celebrada"] = "Una sesión celebrada lleva la fecha en que se celebró."
    if fecha_celebrada and fecha_celebrada > hoy:
        razones["fecha_celebrada"] = "Esa fecha todavía no llega."
    reabre = antes == EstadoDeSesion.CELEBRADA and estado != antes
    if ((estado in CON_MOTIVO and estado != antes) or reabre) and not motivo.strip():
        razones["motivo"] = "Escriba la razón: queda en la historia de la sesión."
    return razones


def hora_prevista(sesion: Sesion) -> time | None:
    """La anunciada; antes de que hubiera una hora programada se anotaba en la de inicio."""
    if sesion.hora_programada or sesion.estado in REALIZADAS:
        return sesion.hora_programada
    return sesion.hora_inicio


def se_mueve(previa: Sesion, sesion: Sesion) -> bool:
    """Si cambia la fecha o la hora que se anuncian."""
    if previa.fecha_programada != sesion.fecha_programada:
        return True
    sin_realizar = previa.estado not in REALIZADAS and sesion.estado not in REALIZADAS
    return sin_realizar and hora_prevista(previa) != hora_prevista(sesion)


def ya_convocada(sesion: Sesion) -> bool:
    return sesion.estado in (EstadoDeSesion.CONVOCADA, EstadoDeSesion.EN_CURSO) or sesion.convocatorias.exists()


def impedimentos_para_mover(previa: Sesion, sesion: Sesion, motivo: str) -> dict[str, str]:
    """Después de la convocatoria la fecha y la hora no cambian sin razón."""
    if motivo.strip() or not se_mueve(previa, sesion) or not ya_convocada(previa):
        return {}
    return {"motivo": "La sesión ya se convocó: escriba por qué cambia su fecha u hora."}


def impedimentos_para_fechar(previa: Sesion, sesion: Sesion) -> dict[str, str]:
    """La fecha nueva no contradice lo que ya pasó: los folios dados y quienes asistieron o votaron."""
    if previa.fecha == sesion.fecha:
        return {}
    campo = "fecha_celebrada" if sesion.fecha_celebrada else "fecha_programada"
    if previa.fecha.year != sesion.fecha.year and previa.acuerdos.exists():
        return {campo: f"Sus acuerdos llevan folio de {previa.fecha.year}: la sesión no cambia de año."}
    asistio = Q(asistencias__sesion=previa, asistencias__estado__in=ASISTIERON)
    for capacidad in Integracion.objects.filter(asistio | Q(votos__punto__sesion=previa)).distinct():
        if estaba_vigente(capacidad, previa.fecha) and not estaba_vigente(capacidad, sesion.fecha):
            return {campo: f"{capacidad} consta en la sesión y ese día no integraba la comisión."}
    return {}


def impedimentos_por_cierre(sesion: Sesion) -> list[str]:
    """Una sesión cerrada es de sólo lectura para todos. Las acciones preguntan con la sesión recién bloqueada."""
    if sesion.cerrada:
        return [f"La sesión {sesion.clave} está cerrada: para corregirla hay que reabrirla y decir por qué."]
    return []


def razones_sin_lista(sesion: Sesion, hoy: date) -> list[str]:
    """Por qué una sesión no tiene asistencia que enseñar, esté o no cerrada."""
    if sesion.estado in SIN_SESIONAR:
        return [f"La sesión está {sesion.get_estado_display().lower()}: no hay asistencia que registrar."]
    if sesion.fecha_celebrada is None and sesion.fecha_programada > hoy and sesion.estado != EstadoDeSesion.EN_CURSO:
        return ["La sesión todavía no llega: la asistencia se pasa el día en que se celebra."]
    return []


def impedimentos_para_asistencia(sesion: Sesion, hoy: date) -> list[str]:
    return impedimentos_por_cierre(sesion) or razones_sin_lista(sesion, hoy)


def impedimentos_para_acordar(sesion: Sesion) -> list[str]:
    if razones := impedimentos_por_cierre(sesion):
        return razones
    if sesion.estado not in (EstadoDeSesion.EN_CURSO, EstadoDeSesion.CELEBRADA):
        return [
            f"La sesión está {sesion.get_estado_display().lower()}: los acuerdos se toman cuando está en curso o ya se "
            "celebró. Cambie antes su estado."
        ]
    return []


def impedimentos_para_el_plazo(acuerdo: Acuerdo) -> list[str]:
    limite = acuerdo.fecha_limite
    if isinstance(limite, date) and limite < acuerdo.sesion.fecha:
        return [
            f"El plazo no puede vencer antes de la sesión, que es del {fecha_larga(acuerdo.sesion.fecha, dia_semana=False)}."
        ]
    return []


def impedimentos_para_orden_del_dia(sesion: Sesion) -> list[str]:
    if razones := impedimentos_por_cierre(sesion):
        return razones
    if sesion.estado == EstadoDeSesion.CANCELADA:
        return ["La sesión está cancelada: su orden del día ya no cambia."]
    return []


def impedimentos_para_eliminar_sesion(sesion: Sesion) -> list[str]:
    if razones := impedimentos_por_cierre(sesion):
        return razones
    razones = []
    if folios := list(sesion.acuerdos.order_by("folio").values_list("folio", flat=True)):
        lista = ", ".join(folios[:5]) + (f" y {len(folios) - 5} más" if len(folios) > 5 else "")
        razones.append(f"En ella se tomaron acuerdos ({lista}): eliminarla dejaría huecos en la numeración.")
    if sesion.convocatorias.exists():
        razones.append("Ya se convocó a ella: cancélela, y quedará a quién se avisó.")
    if hasattr(sesion, "minuta"):
        razones.append("Tiene minuta.")
    return razones


def impedimentos_para_eliminar_punto(punto: Punto) -> list[str]:
    razones = impedimentos_para_orden_del_dia(punto.sesion)
    folios = list(punto.acuerdos.order_by("folio").values_list("folio", flat=True))
    if folios:
        razones.append(f"De este punto salió el acuerdo {', '.join(folios)}.")
    if punto.votos.exists():
        razones.append("Ya se votó: deshaga antes la votación.")
    razones += [f"Con él se aprobó la {str(m).lower()}." for m in punto.minutas.select_related("sesion")]
    return razones


NO_SE_ELIMINA = (
    "Un acuerdo no se elimina, porque dejaría un hueco en la numeración: márquelo «Sin efecto» y diga por qué en el "
    "seguimiento."
)


CON_VOTO = frozenset({Rol.PRESIDENCIA, Rol.INTEGRANTE})


def dudas_de_integracion(integracion: Integracion) -> list[str]:
    """Capacidades que se enciman en el tiempo y rara vez es a propósito; no impiden guardar."""
    fin = integracion.hasta or date.max
    otras = [
        otra
        for otra in Integracion.objects.filter(comision_id=integracion.comision_id, desde__lte=fin)
        if otra.pk != integracion.pk and (otra.hasta is None or otra.hasta >= integracion.desde)
    ]
    dudas = []
    for otra in otras:
        cuando = f"desde el {otra.desde:%d/%m/%Y}" + (f" y hasta el {otra.hasta:%d/%m/%Y}" if otra.hasta else "")
        if otra.rol == integracion.rol == Rol.PRESIDENCIA:
            dudas.append(f"«{otra}» ya preside {cuando}: si dejó el cargo, ponga antes su fecha final.")
        elif (otra.rol, otra.nombre) == (integracion.rol, integracion.nombre):
            dudas.append(f"«{otra}» ya está con esa calidad {cuando}.")
        persona = integracion.persona.strip().casefold()
        if persona and otra.persona.strip().casefold() == persona and {otra.rol, integracion.rol} <= CON_VOTO:
            dudas.append(f"La misma persona ya vota como «{otra}» {cuando}: en una sesión contaría dos veces.")
    return dudas


def estaba_vigente(integracion: Integracion, fecha: date) -> bool:
    return integracion.desde <= fecha and (integracion.hasta is None or fecha <= integracion.hasta)
