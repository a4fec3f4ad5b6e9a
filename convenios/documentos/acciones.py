"""Agregar, corregir y quitar versiones de los documentos de un instrumento."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from vinculacion.archivo.acciones import agregar_evidencia, quitar_evidencia
from vinculacion.nucleo.modelos import borra, guarda

from ..models import Convenio, DocumentoDeConvenio
from . import consultas, reglas


@transaction.atomic
def agregar_version(*, documento: DocumentoDeConvenio, archivo=None, enlace: str = "", por) -> DocumentoDeConvenio:
    """Guarda la versión que sigue de un documento, con su archivo o su enlace.

    El número lo pone esta acción, salvo que ``documento`` ya traiga el suyo (versiones históricas de una hoja).
    """
    if not archivo and not enlace:
        raise ValidationError({"archivo": "Elija un archivo o escriba un enlace."})
    if archivo and enlace:
        raise ValidationError({"enlace": "Agregue el archivo o el enlace, de uno en uno."})
    # Dos personas a la vez: la segunda espera y toma el número que sigue.
    convenio = Convenio.objects.select_for_update().get(pk=documento.convenio_id)
    if errores := reglas.impedimentos_para_agregar(convenio, documento.clase, documento.fecha):
        raise ValidationError(errores)
    documento.titulo = consultas.mismo_titulo(convenio, documento.clase, documento.titulo)
    if documento.numero is None:
        previas = convenio.documentos.filter(clase=documento.clase, titulo=documento.titulo)
        documento.numero = (previas.aggregate(n=Max("numero"))["n"] or 0) + 1
    documento.por = por
    guarda(documento, por)
    agregar_evidencia(registro=documento, por=por, archivo=archivo, enlace=enlace)
    return documento


@transaction.atomic
def corregir_documento(*, documento: DocumentoDeConvenio, por) -> DocumentoDeConvenio:
    """La fecha y la nota. Otro archivo es otra versión; otro nombre u otra clase, otro documento."""
    previo = DocumentoDeConvenio.objects.select_related("convenio").get(pk=documento.pk)
    for campo in ("convenio_id", "clase", "titulo", "numero"):
        if getattr(previo, campo) != getattr(documento, campo):
            raise ValidationError("De una versión ya guardada sólo se corrigen la fecha y la nota.")
    if documento.fecha != previo.fecha:
        errores = reglas.impedimentos_para_agregar(previo.convenio, documento.clase, documento.fecha)
        if errores:
            raise ValidationError(errores)
    return guarda(documento, por)


@transaction.atomic
def quitar_version(*, documento: DocumentoDeConvenio, por) -> None:
    """Sólo la última; su archivo se va con ella."""
    Convenio.objects.select_for_update().get(pk=documento.convenio_id)
    if razones := reglas.impedimentos_para_quitar(documento):
        raise ValidationError(razones)
    for evidencia in documento.evidencias.all():
        quitar_evidencia(evidencia=evidencia, por=por)
    borra(documento, por)
