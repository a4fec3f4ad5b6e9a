"""Escrituras de la renovación: decidirla y darle un sucesor."""

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy

from ..acciones import guardar_convenio
from ..estados import Etapa, Vigencia
from ..models import Convenio, Renovacion
from . import reglas
from .permisos import DECIDIR


def _apartada(pk: int | None) -> Renovacion | None:
    return Renovacion.objects.select_for_update(of=("self",)).filter(pk=pk).first() if pk else None


@transaction.atomic
def guardar_renovacion(*, renovacion: Renovacion, por) -> Renovacion:
    """Inicia, decide o corrige. Sólo decide quien dirige la unidad; sin ``por`` escribe el propio sistema."""
    anterior = _apartada(renovacion.pk)
    Convenio.objects.select_for_update(of=("self",)).filter(pk=renovacion.convenio_id).first()
    renovacion.razon = renovacion.razon.strip()
    renovacion.full_clean()
    decide = por is None or por.has_perm(DECIDIR)
    if razones := reglas.impedimentos_para_guardar(renovacion, anterior, decide=decide, hoy=hoy()):
        raise ValidationError(razones)
    return guarda(renovacion, por)


@transaction.atomic
def crear_sucesor(*, renovacion: Renovacion, folio: str, titulo: str, por) -> Convenio:
    """El instrumento que lo renueva, en negociación y con los datos del que vence; las fechas son de cada uno."""
    apartada = Renovacion.objects.select_for_update(of=("self",)).get(pk=renovacion.pk)
    if razones := reglas.impedimentos_para_crear_sucesor(apartada):
        raise ValidationError(razones)
    viejo = apartada.convenio
    nuevo = guardar_convenio(
        convenio=Convenio(
            folio=folio,
            titulo=titulo,
            tipo=viejo.tipo,
            padre=viejo.padre,
            ambito=viejo.ambito,
            objeto=viejo.objeto,
            gestion=viejo.gestion,
            responsable=viejo.responsable if viejo.responsable and viejo.responsable.is_active else None,
            etapa=Etapa.NEGOCIACION,
            vigencia=Vigencia.COMPROMISOS if viejo.vigencia == Vigencia.COMPROMISOS else Vigencia.INDEFINIDA,
        ),
        contrapartes=viejo.contrapartes.all(),
        areas=viejo.areas.all(),
        nota="Nace como renovación de otro instrumento.",
        por=por,
    )
    apartada.sucesor = nuevo
    guarda(apartada, por, "Se creó su sucesor")
    renovacion.sucesor, renovacion.version = nuevo, apartada.version
    return nuevo


@transaction.atomic
def eliminar_renovacion(*, renovacion: Renovacion, por) -> None:
    apartada = Renovacion.objects.select_for_update(of=("self",)).get(pk=renovacion.pk)
    if razones := reglas.impedimentos_para_eliminar(apartada):
        raise ValidationError(razones)
    borra(apartada, por)
