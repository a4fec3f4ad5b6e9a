"""Lo que se escribe en los planes y en la bitácora."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from . import reglas
from .estados import EstadoDeActividad, EstadoDePrograma
from .models import META_MAXIMA, Accion, Actividad, CifraExtra, Eje, Meta, Programa, TipoActividad


def _guardar(registro, por):
    registro._history_user = por
    registro.full_clean()
    registro.save()
    return registro


@transaction.atomic
def guardar_programa(*, programa: Programa, por) -> Programa:
    return _guardar(programa, por)


@transaction.atomic
def aprobar_programa(*, programa: Programa, por) -> Programa:
    """``ValidationError`` con todo lo que le falta al plan para aprobarse."""
    if faltas := reglas.impedimentos_para_aprobar(programa):
        raise ValidationError(faltas)
    programa.estado = EstadoDePrograma.APROBADO
    return _guardar(programa, por)


@transaction.atomic
def guardar_eje(*, eje: Eje, por) -> Eje:
    return _guardar(eje, por)


@transaction.atomic
def guardar_tipo(*, tipo: TipoActividad, por) -> TipoActividad:
    return _guardar(tipo, por)


@transaction.atomic
def guardar_accion(
    *,
    accion: Accion,
    por,
    metas: Mapping[int, int | None] | None = None,
    alineadas: Iterable[Accion] | None = None,
) -> Accion:
    """Guarda la acción y, si se dan, sus metas por trimestre y sus alineaciones."""
    if accion.pk and accion.actividades.exists():
        anterior = Accion.objects.get(pk=accion.pk)
        if anterior.eje_id != accion.eje_id:
            raise ValidationError({"eje": "La acción ya tiene registros: no puede pasarse a otro eje."})
    _guardar(accion, por)
    if metas is not None:
        fijar_metas(accion=accion, metas=metas, por=por)
    if alineadas is not None:
        alinear(accion=accion, con=alineadas, por=por)
    return accion


@transaction.atomic
def fijar_metas(*, accion: Accion, metas: Mapping[int, int | None], por) -> None:
    """Deja las metas de ``{trimestre: cantidad}``; una cantidad ``None`` o 0 quita la del trimestre."""
    errores = {}
    for trimestre, cantidad in metas.items():
        if cantidad is not None and not 0 <= cantidad <= META_MAXIMA:
            errores[f"meta_{trimestre}"] = f"Debe estar entre 0 y {META_MAXIMA:,}."
    if errores:
        raise ValidationError(errores)
    actuales = {m.trimestre: m for m in accion.metas.all()}
    for trimestre, cantidad in metas.items():
        meta = actuales.get(trimestre)
        if not cantidad:
            if meta:
                meta._history_user = por
                meta.delete()
        elif meta is None:
            _guardar(Meta(accion=accion, trimestre=trimestre, cantidad=cantidad), por)
        elif meta.cantidad != cantidad:
            meta.cantidad = cantidad
            _guardar(meta, por)


@transaction.atomic
def alinear(*, accion: Accion, con: Iterable[Accion], por) -> None:
    """Alinea con acciones de otro plan del mismo año, para que un registro cuente en las dos."""
    con = list(con)
    for otra in con:
        if otra.eje.programa_id == accion.eje.programa_id:
            raise ValidationError({"alineadas": f"«{otra}» es del mismo plan."})
        if otra.eje.programa.anio != accion.eje.programa.anio:
            raise ValidationError({"alineadas": f"«{otra}» es de otro año."})
    accion._history_user = por
    accion.alineadas.set(con)


@transaction.atomic
def guardar_actividad(
    *,
    actividad: Actividad,
    por,
    organismos: Iterable[Any] | None = None,
    cifras: Mapping[str, int] | None = None,
) -> Actividad:
    """Guarda una actividad con sus organismos y sus otras cifras.

    Al corregir una rechazada vuelve a borrador, para que Dirección la vea otra vez.
    """
    if actividad.pk is None:
        actividad.capturo = por
    elif por is not None:
        anterior = Actividad.objects.get(pk=actividad.pk)
        if faltas := reglas.impedimentos_para_editar_actividad(anterior, por):
            raise ValidationError(faltas)
        if anterior.estado == EstadoDeActividad.RECHAZADA and actividad.estado == EstadoDeActividad.RECHAZADA:
            actividad.estado, actividad.razon_rechazo = EstadoDeActividad.BORRADOR, ""
    actividad._history_user = por
    actividad.full_clean()
    actividad.save()
    if organismos is not None:
        actividad.organismos.set(organismos)
    if cifras is not None:
        actividad.cifras.exclude(etiqueta__in=cifras).delete()
        for etiqueta, numero in cifras.items():
            CifraExtra.objects.update_or_create(actividad=actividad, etiqueta=etiqueta, defaults={"numero": numero})
    return actividad


@transaction.atomic
def validar_actividad(*, actividad: Actividad, por) -> Actividad:
    actividad = Actividad.objects.select_for_update(of=("self",)).get(pk=actividad.pk)
    if faltas := reglas.impedimentos_para_validar(actividad):
        raise ValidationError(faltas)
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.VALIDADA, ""
    actividad.valido, actividad.validada_el = por, timezone.now()
    return _guardar(actividad, por)


@transaction.atomic
def rechazar_actividad(*, actividad: Actividad, razon: str, por) -> Actividad:
    if not razon.strip():
        raise ValidationError({"razon": "Diga por qué se rechaza."})
    actividad = Actividad.objects.select_for_update(of=("self",)).get(pk=actividad.pk)
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.RECHAZADA, razon.strip()
    actividad.valido, actividad.validada_el = None, None
    return _guardar(actividad, por)


@transaction.atomic
def devolver_actividad(*, actividad: Actividad, por) -> Actividad:
    """De validada o rechazada a borrador, para poder corregirla."""
    actividad = Actividad.objects.select_for_update(of=("self",)).get(pk=actividad.pk)
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.BORRADOR, ""
    actividad.valido, actividad.validada_el = None, None
    return _guardar(actividad, por)


@transaction.atomic
def eliminar_actividad(*, actividad: Actividad, por) -> None:
    if faltas := reglas.impedimentos_para_eliminar_actividad(actividad, por):
        raise ValidationError(faltas)
    actividad._history_user = por
    actividad.delete()
