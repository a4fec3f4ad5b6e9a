"""Escrituras de los actos y de sus listas de invitados."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.nucleo.modelos import borra, guarda, guarda_con_varias

from ..estados import Asistio, EstadoDeActo
from ..models import ActoProtocolario, Convenio, InvitadoDeActo
from . import reglas


class ActoCambiado(ValidationError):
    """Otra persona guardó el acto entre tanto."""


def _bloqueado(acto: ActoProtocolario) -> ActoProtocolario:
    return ActoProtocolario.objects.select_for_update().get(pk=acto.pk)


def _al_dia(acto: ActoProtocolario, version: int) -> ActoProtocolario:
    actual = _bloqueado(acto)
    if actual.version != version:
        raise ActoCambiado("Otra persona guardó este acto mientras usted lo veía: revise cómo quedó y guarde otra vez.")
    return actual


def _revisa(acto: ActoProtocolario, convenios: Iterable[Convenio], anterior: ActoProtocolario | None) -> None:
    errores: dict[str, list[str]] = {}
    if anterior and (razones := reglas.impedimentos_para_pasar(anterior, acto.estado)):
        errores["estado"] = razones
    if acto.motivo.strip() and acto.estado != EstadoDeActo.CANCELADO:
        errores["motivo"] = ["Sólo lo lleva un acto cancelado: cambie el estado o déjelo en blanco."]
    if razones := reglas.impedimentos_del_dia(acto.fecha, acto.estado):
        errores["fecha"] = razones
    if razones := reglas.impedimentos_de_instrumentos(acto.fecha, convenios, acto.estado):
        errores["convenios"] = razones
    iguales = ActoProtocolario.objects.filter(titulo__iexact=acto.titulo, fecha=acto.fecha).exclude(pk=acto.pk)
    if iguales.exists():
        errores["titulo"] = ["Ya hay un acto con ese título en esa fecha."]
    if errores:
        raise ValidationError(errores)


@transaction.atomic
def guardar_acto(*, acto: ActoProtocolario, convenios: Iterable[Convenio] | None = None, por) -> ActoProtocolario:
    """Crea o corrige un acto; ``None`` en convenios los deja como están."""
    acto.titulo = acto.titulo.strip()
    acto.full_clean()
    anterior = _bloqueado(acto) if acto.pk else None
    if convenios is not None and not (convenios := list(convenios)):
        raise ValidationError({"convenios": "Falta al menos un instrumento."})
    suyos: list[Convenio] = list(Convenio.objects.filter(actos=acto.pk)) if convenios is None and acto.pk else []
    if convenios is None and not suyos:
        raise ValidationError({"convenios": "Falta al menos un instrumento."})
    # Con candado: que nadie mueva la firma mientras se comprueba que no es posterior.
    elegidos = [c.pk for c in convenios or suyos]
    _revisa(acto, Convenio.objects.select_for_update().filter(pk__in=elegidos).order_by("pk"), anterior)
    return guarda_con_varias(acto, {"convenios": convenios}, por)


@transaction.atomic
def cancelar_acto(*, acto: ActoProtocolario, motivo: str, version: int, por) -> ActoProtocolario:
    actual = _al_dia(acto, version)
    actual.estado, actual.motivo = EstadoDeActo.CANCELADO, motivo.strip()
    return guardar_acto(acto=actual, por=por)


@transaction.atomic
def anotar_asistencia(*, acto: ActoProtocolario, asistencia: Mapping[int, str], version: int, por) -> ActoProtocolario:
    """``asistencia``: invitado → si asistió. Un acto que seguía programado queda celebrado."""
    actual = _al_dia(acto, version)
    if actual.estado == EstadoDeActo.CANCELADO:
        raise ValidationError("El acto se canceló: no hay asistencia que anotar.")
    actual.estado = EstadoDeActo.CELEBRADO
    guardar_acto(acto=actual, por=por)
    for invitado in actual.invitados.all():
        nueva = asistencia.get(invitado.pk, invitado.asistio)
        if nueva != invitado.asistio:
            invitado.asistio = nueva
            guarda(invitado, por)
    return actual


@transaction.atomic
def eliminar_acto(*, acto: ActoProtocolario, por) -> None:
    if razones := reglas.impedimentos_para_eliminar(_bloqueado(acto)):
        raise ValidationError(razones)
    borra(acto, por)


# -- invitados -----------------------------------------------------------------


@transaction.atomic
def guardar_invitado(*, invitado: InvitadoDeActo, por) -> InvitadoDeActo:
    """Sin ``orden`` va al final de la lista."""
    acto = _bloqueado(invitado.acto)
    invitado.cargo = invitado.cargo.strip()
    errores = reglas.impedimentos_de_invitado(invitado) | reglas.impedimentos_de_asistencia(invitado, acto.estado)
    otros = acto.invitados.exclude(pk=invitado.pk)
    if reglas.identidad(invitado) in {reglas.identidad(o) for o in otros}:
        errores["cargo"] = f"{invitado.cargo} ya está en la lista."
    if errores:
        raise ValidationError(errores)
    if not invitado.orden:
        invitado.orden = max((o.orden for o in otros), default=0) + 1
    return guarda(invitado, por)


@transaction.atomic
def guardar_invitados(
    *, acto: ActoProtocolario, invitados: Iterable[InvitadoDeActo], quitar: Iterable[InvitadoDeActo] = (), por
) -> None:
    for invitado in quitar:
        borra(invitado, por)
    # Primero los que dicen su lugar: quien no lo dice va al final aunque se haya escrito antes.
    for invitado in sorted(invitados, key=lambda i: not i.orden):
        invitado.acto = acto
        guardar_invitado(invitado=invitado, por=por)


@transaction.atomic
def copiar_invitados(*, acto: ActoProtocolario, de: ActoProtocolario, por) -> int:
    """Agrega al final los que aún no están, sin su asistencia. Devuelve cuántos agregó."""
    acto = _bloqueado(acto)
    ya = {reglas.identidad(i) for i in acto.invitados.all()}
    nuevos = [i for i in de.invitados.all() if reglas.identidad(i) not in ya]
    for i in nuevos:
        copia = InvitadoDeActo(
            acto=acto, cargo=i.cargo, organismo_id=i.organismo_id, area_id=i.area_id, calidad=i.calidad,
            asistio=Asistio.SIN_ANOTAR,
        )  # fmt: skip
        guardar_invitado(invitado=copia, por=por)
    return len(nuevos)
