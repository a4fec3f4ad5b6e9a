"""Redactar y aprobar la minuta; cerrar la sesión y reabrirla para corregir."""

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.comision.acciones.sesiones import bloquear
from vinculacion.comision.estados import EstadoDeMinuta
from vinculacion.comision.models import CambioDeSesion, Minuta, Punto, Sesion
from vinculacion.nucleo.modelos import borra, guarda

from . import comparacion, consultas, reglas
from .redaccion import borrador

SIN_RAZON = "Escriba la razón: queda en la historia."


def _exige(razones: list[str]) -> None:
    if razones:
        raise ValidationError(razones)


def _bloqueada(minuta: Minuta) -> Minuta:
    consulta = Minuta.objects.select_for_update(of=("self",)).select_related("sesion__comision", "aprobada_en__sesion")
    return consulta.get(pk=minuta.pk)


# -- minuta --------------------------------------------------------------------


@transaction.atomic
def redactar(*, sesion: Sesion, por) -> Minuta:
    """La primera redacción, tal como salen los hechos. Si ya había minuta, la devuelve sin tocarla."""
    actual = bloquear(sesion)
    if previa := Minuta.objects.filter(sesion=actual).first():
        return previa
    _exige(reglas.impedimentos_para_redactar(actual))
    return guarda(Minuta(sesion=actual, texto=borrador(actual)), por, consultas.REDACCION)


@transaction.atomic
def guardar_minuta(*, minuta: Minuta, por) -> Minuta:
    """El texto que una persona escribió o trajo en una hoja. La aprobación va por ``aprobar``."""
    sesion = bloquear(minuta.sesion)
    if minuta.pk is None:
        _exige(reglas.impedimentos_para_redactar(sesion))
    else:
        previa = _bloqueada(minuta)
        _exige(reglas.impedimentos_para_editar_minuta(previa))
        if previa.sesion_id != minuta.sesion_id:
            raise ValidationError({"sesion": "Una minuta no cambia de sesión."})
    minuta.estado, minuta.aprobada_en = EstadoDeMinuta.BORRADOR, None
    motivo = getattr(minuta, "_change_reason", "") or consultas.REDACCION
    return guarda(minuta, por, "Corregida a mano" if motivo == consultas.REDACCION else motivo)


@transaction.atomic
def volver_a_redactar(
    *, minuta: Minuta, por, version: int, conservar: bool = True
) -> tuple[Minuta, list[comparacion.Tramo]]:
    """Pone lo que hoy dicen los registros. ``conservar`` respeta lo corregido a mano y sólo lleva lo que cambió.

    Devuelve también lo que no se pudo llevar. El texto anterior queda en la historia.
    """
    actual = _bloqueada(minuta)
    _exige(reglas.impedimentos_para_editar_minuta(actual))
    if actual.version != version:
        raise ValidationError("Otra persona guardó la minuta mientras usted la comparaba: revise otra vez.")
    nuevo, texto = borrador(actual.sesion), actual.texto
    pendientes: list[comparacion.Tramo] = []
    if conservar:
        texto, pendientes = comparacion.incorporar(texto, consultas.texto_base(actual) or "", nuevo)
    actual.texto = nuevo
    guarda(actual, por, consultas.REDACCION)
    if conservar and comparacion.renglones(texto) != comparacion.renglones(nuevo):
        actual.texto = texto
        guarda(actual, por, "Se conserva lo que se había corregido a mano")
    return actual, pendientes


@transaction.atomic
def aprobar(*, minuta: Minuta, punto: Punto, por) -> Minuta:
    actual = _bloqueada(minuta)
    punto = Punto.objects.select_related("sesion").get(pk=punto.pk)
    if razones := reglas.impedimentos_para_aprobar(actual, punto):
        raise ValidationError({"aprobada_en": razones})
    actual.estado, actual.aprobada_en = EstadoDeMinuta.APROBADA, punto
    return guarda(actual, por, f"Se aprobó en {punto.sesion.clave}")


@transaction.atomic
def retirar_aprobacion(*, minuta: Minuta, razon: str, por) -> Minuta:
    """Vuelve a ser borrador, para corregir un error; la razón queda en su historia."""
    actual = _bloqueada(minuta)
    if not razon.strip():
        raise ValidationError({"razon": SIN_RAZON})
    if actual.estado != EstadoDeMinuta.APROBADA:
        raise ValidationError("La minuta no está aprobada.")
    actual.estado, actual.aprobada_en = EstadoDeMinuta.BORRADOR, None
    return guarda(actual, por, f"Se retiró su aprobación: {razon.strip()}")


@transaction.atomic
def eliminar_minuta(*, minuta: Minuta, por) -> None:
    _exige(reglas.impedimentos_para_editar_minuta(_bloqueada(minuta)))
    borra(minuta, por)


# -- cierre --------------------------------------------------------------------


@transaction.atomic
def cerrar(*, sesion: Sesion, por) -> Sesion:
    actual = bloquear(sesion)
    _exige(reglas.impedimentos_para_cerrar(actual))
    return _cambia_cierre(actual, True, por, consultas.CIERRE)


@transaction.atomic
def reabrir(*, sesion: Sesion, razon: str, por) -> Sesion:
    """Para corregir: lo que se cambie desde aquí se enseña en la página de la sesión."""
    actual = bloquear(sesion)
    if not razon.strip():
        raise ValidationError({"razon": SIN_RAZON})
    _exige(reglas.impedimentos_para_reabrir(actual))
    return _cambia_cierre(actual, False, por, f"{consultas.REAPERTURA} {razon.strip()}")


def _cambia_cierre(sesion: Sesion, cerrada: bool, por, razon: str) -> Sesion:
    sesion.cerrada = cerrada
    guarda(sesion, por, razon)
    cambio = CambioDeSesion(
        sesion=sesion, antes=sesion.estado, despues=sesion.estado, fecha_antes=sesion.fecha,
        fecha_despues=sesion.fecha, razon=razon, por=por,
    )  # fmt: skip
    cambio.full_clean()
    cambio.save()
    return sesion
