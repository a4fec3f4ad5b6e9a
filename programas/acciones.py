"""Lo que se escribe en los planes y en la bitácora.

Todas reciben ``por``, quien actúa (``None`` sólo en órdenes del sistema), y lo dejan en la historia.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from vinculacion.nucleo.evidencia import almacen
from vinculacion.nucleo.modelos import borra, firma, guarda
from vinculacion.nucleo.periodos import hoy

from . import reglas
from .estados import EstadoDeActividad, EstadoDePrograma
from .models import META_MAXIMA, Accion, Actividad, CifraExtra, Eje, Meta, Programa, TipoActividad


def _exigir(razones) -> None:
    if razones:
        raise ValidationError(razones)


# -- planes ----------------------------------------------------------------------
@transaction.atomic
def guardar_programa(*, programa: Programa, por) -> Programa:
    if programa.pk:
        anterior = Programa.objects.get(pk=programa.pk)
        _exigir(reglas.impedimentos_para_planear(anterior))
        fuera = Actividad.objects.filter(accion__eje__programa=programa).exclude(fecha_fin__year=programa.anio)
        if programa.anio != anterior.anio and fuera.exists():
            raise ValidationError({"anio": "Ya tiene actividades: su año no puede cambiar."})
    return guarda(programa, por)


@transaction.atomic
def aprobar_programa(*, programa: Programa, por, acuerdo=None) -> Programa:
    """``ValidationError`` con todo lo que le falta al plan para aprobarse."""
    programa = Programa.objects.select_for_update(of=("self",)).get(pk=programa.pk)
    _exigir(reglas.impedimentos_para_aprobar(programa))
    programa.estado = EstadoDePrograma.APROBADO
    programa.acuerdo = acuerdo or programa.acuerdo
    return guarda(programa, por)


@transaction.atomic
def cerrar_programa(*, programa: Programa, por) -> Programa:
    """Termina el año: ni sus metas ni su bitácora cambian ya."""
    programa = Programa.objects.select_for_update(of=("self",)).get(pk=programa.pk)
    _exigir(reglas.impedimentos_para_cerrar(programa, hoy()))
    programa.estado = EstadoDePrograma.CERRADO
    return guarda(programa, por)


@transaction.atomic
def reabrir_programa(*, programa: Programa, por) -> Programa:
    programa = Programa.objects.select_for_update(of=("self",)).get(pk=programa.pk)
    if programa.estado == EstadoDePrograma.BORRADOR:
        raise ValidationError("El programa ya está en borrador.")
    cerrado = programa.estado == EstadoDePrograma.CERRADO
    programa.estado = EstadoDePrograma.APROBADO if cerrado else EstadoDePrograma.BORRADOR
    return guarda(programa, por)


@transaction.atomic
def guardar_eje(*, eje: Eje, por) -> Eje:
    _exigir(reglas.impedimentos_para_planear(eje.programa))
    if eje.pk and Eje.objects.get(pk=eje.pk).programa_id != eje.programa_id and eje.acciones.exists():
        raise ValidationError({"programa": "El eje ya tiene acciones: no puede pasarse a otro programa."})
    return guarda(eje, por)


@transaction.atomic
def guardar_tipo(*, tipo: TipoActividad, por) -> TipoActividad:
    return guarda(tipo, por)


@transaction.atomic
def guardar_accion(
    *,
    accion: Accion,
    por,
    metas: Mapping[int, int | None] | None = None,
    alineadas: Iterable[Accion] | None = None,
) -> Accion:
    """Guarda la acción y, si se dan, sus metas por trimestre y sus alineaciones."""
    _exigir(reglas.impedimentos_para_planear(accion.eje.programa))
    if razones := reglas.impedimentos_para_mover(accion):
        raise ValidationError({"eje": razones})
    guarda(accion, por)
    if metas is not None:
        fijar_metas(accion=accion, metas=metas, por=por)
    if alineadas is not None:
        alinear(accion=accion, con=alineadas, por=por)
    return accion


@transaction.atomic
def fijar_metas(*, accion: Accion, metas: Mapping[int, int | None], por) -> None:
    """Deja las metas de ``{trimestre: cantidad}``; ``None`` quita la del trimestre y 0 es una meta de cero."""
    _exigir(reglas.impedimentos_para_planear(accion.eje.programa))
    errores = {}
    for trimestre, cantidad in metas.items():
        if trimestre not in (1, 2, 3, 4):
            raise ValidationError(f"No hay trimestre {trimestre}: van del 1 al 4.")
        if cantidad is not None and not 0 <= cantidad <= META_MAXIMA:
            errores[f"meta_{trimestre}"] = f"Debe estar entre 0 y {META_MAXIMA:,}."
    _exigir(errores)
    actuales = {m.trimestre: m for m in accion.metas.all()}
    for trimestre, cantidad in metas.items():
        meta = actuales.get(trimestre)
        if cantidad is None:
            if meta:
                borra(meta, por)
        elif meta is None:
            guarda(Meta(accion=accion, trimestre=trimestre, cantidad=cantidad), por)
        elif meta.cantidad != cantidad:
            meta.cantidad = cantidad
            guarda(meta, por)
    accion._prefetched_objects_cache = {}


@transaction.atomic
def eliminar(*, registro: Programa | Eje | Accion, por) -> None:
    """Un plan aprobado se corrige, pero no se borra de él lo que ya tiene registros (la base lo impide)."""
    programa = registro if isinstance(registro, Programa) else registro.programa if isinstance(registro, Eje) else None
    _exigir(reglas.impedimentos_para_planear(programa or registro.eje.programa))
    borra(registro, por)


@transaction.atomic
def guardar_meta(*, meta: Meta, por) -> Meta:
    """Una sola meta, como llega de una hoja de cálculo."""
    _exigir(reglas.impedimentos_para_planear(meta.accion.eje.programa))
    return guarda(meta, por)


@transaction.atomic
def alinear(*, accion: Accion, con: Iterable[Accion], por) -> None:
    """Alinea con acciones de otro plan del mismo año, para que un registro cuente en las dos."""
    con = list(con)
    if razones := [r for otra in con for r in reglas.impedimentos_para_alinear(accion, otra)]:
        raise ValidationError({"alineadas": razones})
    firma(accion, por)
    if {a.pk for a in con} != set(accion.alineadas.values_list("pk", flat=True)):
        accion.alineadas.set(con)


# -- bitácora --------------------------------------------------------------------
@transaction.atomic
def guardar_actividad(
    *,
    actividad: Actividad,
    por,
    organismos: Iterable[Any] | None = None,
    cifras: Mapping[str, int] | Iterable[tuple[str, int]] | None = None,
    archivos: Iterable[Any] = (),
    enlace: str = "",
) -> Actividad:
    """Guarda una actividad con sus organismos, sus otras cifras y su evidencia; ``None`` los deja como están.

    Una rechazada que se corrige vuelve a borrador, para que Dirección la vea otra vez.
    """
    if actividad.pk is None:
        actividad.capturo = actividad.capturo or por
    else:
        anterior = Actividad.objects.select_related("accion__eje__programa").get(pk=actividad.pk)
        _exigir(reglas.impedimentos_para_editar_actividad(anterior, por))
        if anterior.estado == EstadoDeActividad.RECHAZADA:
            actividad.estado, actividad.razon_rechazo = EstadoDeActividad.BORRADOR, ""
    actividad.full_clean()
    _exigir(reglas.impedimentos_para_capturar(actividad.accion))
    _exigir(reglas.impedimentos_de_fecha(actividad, hoy()))
    firma(actividad, por)
    actividad.save()
    if organismos is not None:
        actividad.organismos.set(organismos)
    if cifras is not None:
        _dejar_cifras(actividad, dict(cifras))
    _agregar_evidencia(actividad, archivos, enlace, por)
    return actividad


def _dejar_cifras(actividad: Actividad, cifras: dict[str, int]) -> None:
    actividad.cifras.exclude(etiqueta__in=cifras).delete()
    actuales = {c.etiqueta: c for c in actividad.cifras.all()}
    for etiqueta, numero in cifras.items():
        cifra = actuales.get(etiqueta) or CifraExtra(actividad=actividad, etiqueta=etiqueta)
        if cifra.pk is None or cifra.numero != numero:
            cifra.numero = numero
            cifra.full_clean()
            cifra.save()


def _agregar_evidencia(actividad: Actividad, archivos: Iterable[Any], enlace: str, por) -> None:
    for archivo in archivos:
        try:
            almacen().agregar(objeto=actividad, datos={"archivo": archivo}, por=por)
        except ValidationError as error:
            raise ValidationError({"archivos": [f"«{archivo.name}»: {m}" for m in error.messages]}) from error
    if enlace:
        try:
            almacen().agregar(objeto=actividad, datos={"enlace": enlace}, por=por)
        except ValidationError as error:
            raise ValidationError({"enlace": error.messages}) from error


def _bloqueada(actividad: Actividad) -> Actividad:
    actividad = Actividad.objects.select_for_update(of=("self",)).get(pk=actividad.pk)
    _exigir(reglas.impedimentos_para_capturar(actividad.accion))
    return actividad


@transaction.atomic
def validar_actividad(*, actividad: Actividad, por) -> Actividad:
    actividad = _bloqueada(actividad)
    _exigir(reglas.impedimentos_para_validar(actividad))
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.VALIDADA, ""
    actividad.valido, actividad.validada_el = por, timezone.now()
    return guarda(actividad, por)


@transaction.atomic
def rechazar_actividad(*, actividad: Actividad, razon: str, por) -> Actividad:
    """Deja de contar en el avance hasta que se corrija. ``ValidationError`` en ``razon`` si no se da."""
    if not razon.strip():
        raise ValidationError({"razon": "Diga por qué se rechaza."})
    actividad = _bloqueada(actividad)
    if actividad.estado == EstadoDeActividad.RECHAZADA:
        raise ValidationError("Ya está rechazada.")
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.RECHAZADA, razon.strip()
    actividad.valido, actividad.validada_el = None, None
    return guarda(actividad, por)


@transaction.atomic
def devolver_actividad(*, actividad: Actividad, por) -> Actividad:
    """De validada o rechazada a borrador, para poder corregirla."""
    actividad = _bloqueada(actividad)
    if actividad.estado == EstadoDeActividad.BORRADOR:
        raise ValidationError("Ya está en borrador.")
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.BORRADOR, ""
    actividad.valido, actividad.validada_el = None, None
    return guarda(actividad, por)


@transaction.atomic
def eliminar_actividad(*, actividad: Actividad, por) -> None:
    _exigir(reglas.impedimentos_para_eliminar_actividad(_bloqueada(actividad), por))
    for evidencia in list(almacen().de(actividad)):
        almacen().quitar(evidencia=evidencia, por=por)
    borra(actividad, por)
