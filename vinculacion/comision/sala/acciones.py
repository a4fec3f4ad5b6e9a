"""Lo que se escribe durante la sesión. Todas las acciones pasan de una en una por la fila de la sesión.

Repetir la misma deja lo mismo: un doble toque no escribe dos veces.
"""

from collections.abc import Mapping
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy

from ..acciones import cambiar_estado_sesion, guardar_sesion, registrar_asistencia
from ..acciones.sesiones import bloquear
from ..consultas import integracion_en
from ..estados import EstadoDeSesion, Resolucion, SentidoDelVoto
from ..models import Asistencia, Integracion, Punto, Sesion, Voto
from ..reglas import CON_VOTO
from . import reglas
from .consultas import Votacion, quorum, votacion, votantes


class Dudas(ValidationError):
    """No impiden: quien lleva la sesión puede confirmarlas."""


class YaCambio(ValidationError):
    """Otra persona guardó algo distinto de lo que ésta tenía a la vista."""


def _reloj() -> time:
    return timezone.localtime().time().replace(second=0, microsecond=0)


# -- inicio y término ----------------------------------------------------------


@transaction.atomic
def iniciar(*, sesion: Sesion, por, confirmado: bool = False) -> Sesion:
    """Queda en curso, hoy y a esta hora. Sin quórum o fuera de su día pide confirmación y lo deja escrito."""
    actual = bloquear(sesion)
    if razones := reglas.impedimentos_para_iniciar(actual):
        raise ValidationError(razones)
    if actual.estado == EstadoDeSesion.EN_CURSO:
        return actual
    dudas = reglas.advertencias_para_iniciar(actual, hoy())
    if dudas and not confirmado:
        raise Dudas(dudas)
    return cambiar_estado_sesion(
        sesion=actual,
        estado=EstadoDeSesion.EN_CURSO,
        por=por,
        fecha_celebrada=hoy(),
        motivo=" ".join(["Inició así:", *dudas]) if dudas else "",
        hora_programada=actual.hora_programada or actual.hora_inicio,
        hora_inicio=_reloj(),
        hora_fin=None,
    )


@transaction.atomic
def terminar(*, sesion: Sesion, por, confirmado: bool = False) -> Sesion:
    """Queda celebrada a esta hora; lo que falte se confirma y se completa antes de cerrarla."""
    actual = bloquear(sesion)
    if razones := reglas.impedimentos_para_terminar(actual):
        raise ValidationError(razones)
    if actual.estado == EstadoDeSesion.CELEBRADA:
        return actual
    if not confirmado and (dudas := reglas.advertencias_para_terminar(actual)):
        raise Dudas(dudas)
    # Al corregir una sesión reabierta se respetan la fecha y la hora que ya tenía.
    return cambiar_estado_sesion(
        sesion=actual,
        estado=EstadoDeSesion.CELEBRADA,
        por=por,
        fecha_celebrada=actual.fecha_celebrada or hoy(),
        hora_fin=actual.hora_fin or _reloj(),
    )


@transaction.atomic
def anotar_horas(*, sesion: Sesion, hora_inicio: time | None, hora_fin: time | None, por, version: int) -> Sesion:
    actual = bloquear(sesion)
    if razones := reglas.impedimentos_para_terminar(actual):
        raise ValidationError(razones)
    if (actual.hora_inicio, actual.hora_fin) == (hora_inicio, hora_fin):
        return actual
    if actual.version != version:
        raise YaCambio("Otra persona guardó la sesión mientras usted escribía: revise las horas y guarde otra vez.")
    actual.hora_inicio, actual.hora_fin = hora_inicio, hora_fin
    return guardar_sesion(sesion=actual, por=por)


# -- asistencia ----------------------------------------------------------------


def firma_de(asistencia: Asistencia | None) -> str:
    """Lo que se tenía a la vista de una capacidad, para saber después si otra persona lo cambió."""
    return "|".join((asistencia.estado, asistencia.motivo, asistencia.suplente)) if asistencia else ""


@transaction.atomic
def anotar(
    *,
    sesion: Sesion,
    integracion: int,
    estado: str,
    por,
    motivo: str = "",
    suplente: str = "",
    antes: str | None = None,
) -> Sesion:
    """La asistencia de una capacidad. ``antes`` es su ``firma_de`` como se leyó; si ya es otra, ``YaCambio``."""
    actual = bloquear(sesion)
    previa = actual.asistencias.filter(integracion=integracion).first()
    pedida = "|".join((estado, motivo.strip(), suplente.strip()))
    if antes is not None and firma_de(previa) not in (antes, pedida):
        guardada = previa.get_estado_display() if previa else "sin anotar"
        raise YaCambio(f"Otra persona anotó «{guardada}». Si no es así, marque otra vez.")
    return registrar_asistencia(
        sesion=actual,
        estados={integracion: estado},
        motivos={integracion: motivo},
        suplentes={integracion: suplente},
        por=por,
    )


@transaction.atomic
def anotar_a_las_demas(*, sesion: Sesion, estado: str, por) -> Sesion:
    """Pone ``estado`` a quienes siguen sin anotar; lo ya anotado no cambia."""
    actual = bloquear(sesion)
    anotadas = actual.asistencias.order_by().values("integracion")
    faltan = integracion_en(actual.comision, actual.fecha).exclude(pk__in=anotadas)
    return registrar_asistencia(sesion=actual, estados={i.pk: estado for i in faltan}, por=por)


# -- puntos --------------------------------------------------------------------


def _tomar(punto: Punto) -> Punto:
    """El punto como está guardado, con su sesión bloqueada."""
    sesion = bloquear(punto.sesion)
    actual = Punto.objects.select_for_update(of=("self",)).get(pk=punto.pk)
    actual.sesion = sesion
    return actual


def _dejar(punto: Punto, resolucion: str, por, nota: str = "") -> Punto:
    nota = nota.strip()
    if nota and nota not in punto.intervenciones:
        punto.intervenciones = f"{punto.intervenciones}\n{nota}".strip()
    elif punto.resolucion == resolucion:
        return punto
    punto.resolucion = resolucion
    etiqueta = Resolucion(resolucion).label if resolucion else "se deshizo"
    return guarda(punto, por, f"Resolución: {etiqueta}")


@transaction.atomic
def votar(*, punto: Punto, votos: Mapping[int, str], por, resolucion: str | None = None) -> Punto:
    """Deja los votos como dice ``votos`` (integración → sentido) y el punto en lo que resulte de ellos.

    ``resolucion`` sólo distingue «aprobado con cambios». Un empate no resuelve: ver ``resolver``.
    """
    actual = _tomar(punto)
    hay = quorum(actual.sesion)
    if razones := reglas.impedimentos_para_votar(actual, hay):
        raise ValidationError(razones)
    presentes = {i.pk: i for i in votantes(actual.sesion)}
    errores = _errores_de_votos(actual.sesion, votos, presentes)
    if not errores and len(votos) < hay.necesarios:
        errores = [f"Votaron {len(votos)} y hacen falta {hay.necesarios} para que haya quórum en la votación."]
    if errores:
        raise ValidationError(errores)
    cuentas = Votacion(**{s: sum(v == s for v in votos.values()) for s in SentidoDelVoto.values})
    resultado = _resultado(cuentas, resolucion)
    previos = {voto.integracion_id: voto for voto in actual.votos.all()}
    iguales = {pk: voto.sentido for pk, voto in previos.items()} == dict(votos)
    if iguales and cuentas.empate:
        return actual  # ya se había resuelto a mano, o sigue sin resolver
    for pk, voto in previos.items():
        if pk not in votos:
            borra(voto, por)
    for pk, sentido in votos.items():
        voto = previos.get(pk) or Voto(punto=actual, integracion=presentes[pk])
        if voto.pk is None or voto.sentido != sentido:
            voto.sentido = sentido
            guarda(voto, por)
    return _dejar(actual, resultado, por)


def _errores_de_votos(sesion: Sesion, votos: Mapping[int, str], presentes: Mapping[int, Integracion]) -> list[str]:
    errores = []
    suyas = {i.pk: i for i in Integracion.objects.filter(comision=sesion.comision_id, pk__in=votos)}
    vigentes = {i.pk for i in integracion_en(sesion.comision, sesion.fecha)}
    for pk, sentido in votos.items():
        quien = suyas.get(pk)
        if quien is None:
            errores.append("Hay un voto de alguien que no es de esta comisión.")
        elif pk not in vigentes:
            errores.append(f"{quien} no integraba la comisión el día de la sesión.")
        elif quien.rol not in CON_VOTO:
            errores.append(f"{quien} no vota: {quien.get_rol_display().lower()} sólo tiene voz.")
        elif pk not in presentes:
            errores.append(f"{quien} no está presente en la sesión: no puede votar.")
        elif sentido not in SentidoDelVoto.values:
            errores.append(f"{quien}: «{sentido}» no es un voto.")
    return errores


def _resultado(cuentas: Votacion, resolucion: str | None) -> str:
    """Mayoría de los votos a favor sobre los votos en contra; el empate queda sin resolver."""
    if cuentas.empate:
        resultado = ""
    elif cuentas.favor > cuentas.contra:
        resultado = Resolucion.CON_CAMBIOS if resolucion == Resolucion.CON_CAMBIOS else Resolucion.APROBADO
    else:
        resultado = Resolucion.RECHAZADO
    if resolucion and resolucion != resultado:
        dice = f"«{Resolucion(resultado).label}»" if resultado else "un empate"
        raise ValidationError(f"De esos votos resulta {dice}.")
    return resultado


@transaction.atomic
def por_unanimidad(*, punto: Punto, por, resolucion: str | None = None) -> Punto:
    """Todas las personas con voto presentes, a favor."""
    actual = _tomar(punto)
    favor = {i.pk: SentidoDelVoto.FAVOR for i in votantes(actual.sesion)}
    return votar(punto=actual, votos=favor, por=por, resolucion=resolucion)


@transaction.atomic
def anotar_voto(*, voto: Voto, por) -> Voto:
    """Uno solo, como viene en una hoja; con votos bastantes para el quórum el punto queda en lo que resulte."""
    actual = _tomar(voto.punto)
    hay = quorum(actual.sesion)
    uno = {voto.integracion_id: voto.sentido}
    razones = reglas.impedimentos_para_votar(actual, hay)
    razones += _errores_de_votos(actual.sesion, uno, {i.pk: i for i in votantes(actual.sesion)})
    if razones:
        raise ValidationError(razones)
    guarda(voto, por)
    cuentas = votacion(actual)
    if cuentas.total >= hay.necesarios and not cuentas.empate:
        con_cambios = actual.resolucion == Resolucion.CON_CAMBIOS and cuentas.favor > cuentas.contra
        _dejar(actual, Resolucion.CON_CAMBIOS if con_cambios else _resultado(cuentas, None), por)
    return voto


@transaction.atomic
def resolver(*, punto: Punto, resolucion: str, por, nota: str = "") -> Punto:
    """A mano: por presentado, aplazado o retirado (con su razón), o un empate con la nota de cómo se resolvió."""
    actual = _tomar(punto)
    if actual.resolucion == resolucion != "" and (not nota.strip() or nota.strip() in actual.intervenciones):
        if razones := reglas.impedimentos_para_tratar(actual.sesion):
            raise ValidationError(razones)
        return actual
    if razones := reglas.impedimentos_para_resolver(actual, resolucion, votacion(actual), nota):
        raise ValidationError(razones)
    if resolucion in reglas.CON_RAZON:
        for voto in actual.votos.all():
            borra(voto, por)
    return _dejar(actual, resolucion, por, nota)


@transaction.atomic
def deshacer(*, punto: Punto, por) -> Punto:
    """El punto vuelve a quedar sin resolver y sin votos; la historia los conserva."""
    actual = _tomar(punto)
    if razones := reglas.impedimentos_para_tratar(actual.sesion):
        raise ValidationError(razones)
    for voto in actual.votos.all():
        borra(voto, por)
    return _dejar(actual, "", por)


@transaction.atomic
def anotar_intervenciones(*, punto: Punto, texto: str, por, antes: str | None = None) -> Punto:
    """Lo que se dijo, para la minuta. ``antes`` es el texto como se leyó; si ya es otro, ``YaCambio``."""
    actual = _tomar(punto)
    if razones := reglas.impedimentos_para_tratar(actual.sesion):
        raise ValidationError(razones)
    if actual.intervenciones == texto:
        return actual
    if antes is not None and actual.intervenciones != antes:
        raise YaCambio("Otra persona escribió en esta nota mientras usted lo hacía.")
    actual.intervenciones = texto
    return guarda(actual, por, "Nota del punto")
