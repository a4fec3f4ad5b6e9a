"""Lo que se escribe en los planes y en la bitácora.

Todas reciben ``por``, quien actúa (``None`` sólo en órdenes del sistema), y lo dejan en la historia.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from vinculacion.nucleo.evidencia import almacen
from vinculacion.nucleo.modelos import borra, firma, guarda
from vinculacion.nucleo.periodos import hoy

from . import consultas, reglas
from .estados import EstadoDeActividad, EstadoDePrograma
from .metas.acciones import Programada, fijar_metas, guardar_meta
from .metas.reglas import CON_PESOS, impedimentos_por_candado
from .models import Accion, Actividad, Candado, CifraExtra, Eje, Programa, TipoActividad

__all__ = ["fijar_metas", "guardar_meta"]


def _exigir(razones) -> None:
    if razones:
        raise ValidationError(razones)


# -- planes ----------------------------------------------------------------------
@transaction.atomic
def guardar_programa(*, programa: Programa, por) -> Programa:
    if programa.pk:
        anterior = Programa.objects.get(pk=programa.pk)
        _exigir(reglas.impedimentos_para_planear(anterior))
        if razones := reglas.impedimentos_para_cambiar_anio(anterior, programa.anio):
            raise ValidationError({"anio": razones})
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
    _exigir([] if cerrado else reglas.impedimentos_para_regresar(programa))
    programa.estado = EstadoDePrograma.APROBADO if cerrado else EstadoDePrograma.BORRADOR
    return guarda(programa, por)


@transaction.atomic
def guardar_eje(*, eje: Eje, por) -> Eje:
    programa = Programa.objects.get(pk=eje.programa_id)
    _exigir(reglas.impedimentos_para_planear(programa))
    anterior = Eje.objects.get(pk=eje.pk) if eje.pk else None
    if anterior and anterior.programa_id != eje.programa_id:
        _exigir(reglas.impedimentos_para_planear(anterior.programa))
        if cuelgan := reglas.cuelgan_de(eje):
            raise ValidationError({"programa": ["El eje no puede pasarse a otro programa.", *cuelgan]})
    if programa.estado == EstadoDePrograma.APROBADO and eje.peso != (anterior.peso if anterior else None):
        raise ValidationError({"peso": CON_PESOS})
    return guarda(eje, por)


@transaction.atomic
def guardar_tipo(*, tipo: TipoActividad, por) -> TipoActividad:
    return guarda(tipo, por)


@transaction.atomic
def guardar_accion(
    *,
    accion: Accion,
    por,
    metas: Mapping[int, Programada] | None = None,
    meses: Mapping[int, tuple[int, int, int]] | None = None,
    alineadas: Iterable[Accion] | None = None,
) -> Accion:
    """Guarda la acción y, si se dan, sus metas por trimestre (véase ``fijar_metas``) y sus alineaciones."""
    programa = Programa.objects.get(ejes=accion.eje_id)
    _exigir(reglas.impedimentos_para_planear(programa))
    if razones := reglas.impedimentos_para_mover(accion, programa):
        raise ValidationError({"eje": razones})
    _exigir(reglas.faltas_de_plan_aprobado(accion, programa))
    if accion.pk and Accion.objects.get(pk=accion.pk).fuente != accion.fuente:
        with _sin_cambiar_lo_informado("fuente", [accion, *accion.alineadas.all()]):
            guarda(accion, por)
    else:
        guarda(accion, por)
    if metas is not None:
        fijar_metas(accion=accion, metas=metas, meses=meses, por=por)
    if alineadas is not None:
        alinear(accion=accion, con=alineadas, por=por)
    return accion


@transaction.atomic
def eliminar(*, registro: Programa | Eje | Accion, por) -> None:
    """De un plan no se borra aquello de lo que algo cuelga, ni una acción con metas aprobadas."""
    programa = registro if isinstance(registro, Programa) else registro.programa if isinstance(registro, Eje) else None
    _exigir(reglas.impedimentos_para_planear(programa or registro.eje.programa))
    _exigir(reglas.impedimentos_para_eliminar(registro))
    with _sin_cambiar_lo_informado("", registro.alineadas.all() if isinstance(registro, Accion) else ()):
        borra(registro, por)


@contextmanager
def _sin_cambiar_lo_informado(campo: str, de: Iterable[Accion]) -> Iterator[None]:
    """Lo que se escriba dentro no puede cambiar lo alcanzado por ``de`` en un trimestre que ya se informó."""
    llaves = [accion.pk for accion in de]
    antes = consultas.informado(llaves)
    yield
    if razones := reglas.impedimentos_por_informado(antes, consultas.informado(llaves)):
        raise ValidationError({campo: razones} if campo else razones)


@transaction.atomic
def alinear(*, accion: Accion, con: Iterable[Accion], por) -> None:
    """Alinea con acciones de otro plan del mismo año, para que un registro cuente en las dos."""
    con = list(con)
    if razones := [r for otra in con for r in reglas.impedimentos_para_alinear(accion, otra)]:
        raise ValidationError({"alineadas": razones})
    firma(accion, por)
    actuales = set(accion.alineadas.select_related("eje__programa"))
    if set(con) != actuales:
        if razones := [r for a in actuales ^ set(con) for r in reglas.impedimentos_para_planear(a.eje.programa)]:
            raise ValidationError({"alineadas": razones})
        with _sin_cambiar_lo_informado("alineadas", {accion, *con, *actuales}):
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
    cerrados: list[Candado] | None = None,
) -> Actividad:
    """Guarda una actividad con sus organismos, sus otras cifras y su evidencia; ``None`` los deja como están.

    ``cerrados``: los candados ya leídos, si se guardan muchas seguidas. Una rechazada que se corrige vuelve a borrador, para que Dirección la vea otra vez.
    """
    anterior = None
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
    se_mueve = anterior is None or (anterior.accion_id, anterior.fecha_fin) != (
        actividad.accion_id,
        actividad.fecha_fin,
    )
    if se_mueve and (razones := impedimentos_por_candado(actividad.accion, actividad.fecha_fin, cerrados)):
        raise ValidationError({reglas.campo_de_fecha(actividad): razones})
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


def _abierta(actividad: Actividad) -> Actividad:
    """Bloqueada y de un trimestre que todavía no se informa."""
    actividad = _bloqueada(actividad)
    _exigir(impedimentos_por_candado(actividad.accion, actividad.fecha_fin))
    return actividad


@transaction.atomic
def validar_actividad(*, actividad: Actividad, por) -> Actividad:
    """También en un trimestre cerrado: un borrador ya contaba, y validarlo no cambia ninguna cifra."""
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
    actividad = _abierta(actividad)
    if actividad.estado == EstadoDeActividad.RECHAZADA:
        raise ValidationError("Ya está rechazada.")
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.RECHAZADA, razon.strip()
    actividad.valido, actividad.validada_el = None, None
    return guarda(actividad, por)


@transaction.atomic
def devolver_actividad(*, actividad: Actividad, por) -> Actividad:
    """De validada o rechazada a borrador, para poder corregirla."""
    actividad = _abierta(actividad)
    if actividad.estado == EstadoDeActividad.BORRADOR:
        raise ValidationError("Ya está en borrador.")
    actividad.estado, actividad.razon_rechazo = EstadoDeActividad.BORRADOR, ""
    actividad.valido, actividad.validada_el = None, None
    return guarda(actividad, por)


@transaction.atomic
def eliminar_actividad(*, actividad: Actividad, por) -> None:
    _exigir(reglas.impedimentos_para_eliminar_actividad(_abierta(actividad), por))
    for evidencia in list(almacen().de(actividad)):
        almacen().quitar(evidencia=evidencia, por=por)
    borra(actividad, por)
