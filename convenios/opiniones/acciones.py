"""Escrituras de las opiniones: borrador, emisión con su número y cancelación."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.archivo.folios import anotar_folio, leer_folio, siguiente_folio
from vinculacion.archivo.models import Contador
from vinculacion.directorio.models import Area
from vinculacion.nucleo.modelos import borra, guarda, guarda_con_varias
from vinculacion.nucleo.periodos import hoy

from ..estados import EstadoDeOpinion
from ..models import Opinion, PlantillaDeOpinion
from . import consultas, documentos, marcas, redaccion, reglas
from .consultas import Numero


def _bloqueada(opinion: Opinion) -> Opinion:
    consulta = Opinion.objects.select_for_update(of=("self",)).select_related("convenio__tipo", "serie", "complementa")
    return consulta.get(pk=opinion.pk)


def _exige(razones: list[str] | dict[str, list[str]]) -> None:
    if razones:
        raise ValidationError(razones)


# -- borrador -------------------------------------------------------------------


@transaction.atomic
def guardar_opinion(*, opinion: Opinion, areas: Iterable[Area] | None = None, por) -> Opinion:
    """Crea o corrige un borrador.

    Uno nuevo toma del instrumento las áreas que no se digan y, de su plantilla, el texto que no se escriba.
    """
    nueva = opinion.pk is None
    if not nueva:
        _exige(reglas.impedimentos_para_editar(_bloqueada(opinion)))
    errores = {}
    base = opinion.complementa
    if base is not None:
        if base.estado != EstadoDeOpinion.EMITIDA:
            errores["complementa"] = ["Sólo se complementa una opinión emitida."]
        opinion.serie = base.serie
    if opinion.solicitada and opinion.solicitada > hoy():
        errores["solicitada"] = ["Esa fecha todavía no llega."]
    if fallas := marcas.errores(opinion.texto):
        errores["texto"] = fallas
    _exige(errores)
    opinion.estado, opinion.folio, opinion.numero, opinion.sufijo, opinion.anio = "borrador", None, None, "", None
    opinion.sentido, opinion.fecha, opinion.motivo, opinion.emitio = "", None, "", None
    areas = list(areas) if areas is not None else None
    if nueva:
        areas = areas or list(opinion.convenio.areas.all())
    opinion.full_clean()
    guarda_con_varias(opinion, {"areas": areas}, por)
    if nueva and opinion.plantilla and not opinion.texto.strip():
        opinion.texto = redaccion.borrador(opinion, opinion.plantilla)
        guarda(opinion, por, "Redactada con la plantilla")
    return opinion


@transaction.atomic
def volver_a_generar(*, opinion: Opinion, plantilla: PlantillaDeOpinion, version: int, por) -> Opinion:
    """Reemplaza el texto por el de la plantilla; el anterior queda en la historia."""
    actual = _bloqueada(opinion)
    _exige(reglas.impedimentos_para_editar(actual))
    if actual.version != version:
        raise ValidationError("Otra persona guardó la opinión mientras usted la veía: revise otra vez.")
    actual.plantilla, actual.texto = plantilla, redaccion.borrador(actual, plantilla)
    return guarda(actual, por, "Se volvió a generar desde la plantilla")


@transaction.atomic
def eliminar_opinion(*, opinion: Opinion, por) -> None:
    _exige(reglas.impedimentos_para_eliminar(_bloqueada(opinion)))
    borra(opinion, por)


@transaction.atomic
def guardar_plantilla(*, plantilla: PlantillaDeOpinion, por) -> PlantillaDeOpinion:
    if fallas := marcas.errores(plantilla.texto):
        raise ValidationError({"texto": fallas})
    return guarda(plantilla, por)


# -- emisión --------------------------------------------------------------------


def emitir(*, opinion: Opinion, sentido: str, fecha: date | None, por, folio: str = "") -> Opinion:
    """Toma el número que sigue, fija el texto y guarda su PDF; si algo falla, el número no se gasta.

    ``folio``: el número con que ya se había emitido fuera del sistema. Su documento es el original, que
    se adjunta: aquí no se fabrica otro.
    """
    folio = folio.strip()
    if not folio:
        documentos.preparar()  # antes de bloquear el contador: tarda en cargar
    with transaction.atomic():
        if opinion.complementa_id:  # que nadie cancele la que complementa mientras ésta se emite
            Opinion.objects.select_for_update().get(pk=opinion.complementa_id)
        actual = _bloqueada(opinion)
        razones = reglas.impedimentos_para_emitir(actual, sentido=sentido, fecha=fecha, hoy=hoy(), folio=folio)
        if razones or fecha is None:  # sin fecha hay razones
            raise ValidationError(razones)
        actual.sentido, actual.fecha, actual.emitio = sentido, fecha, por
        actual.estado = EstadoDeOpinion.EMITIDA
        _numerar(actual, fecha, folio)
        actual.texto = redaccion.texto_final(actual)
        guarda(actual, por, "Se capturó con su número histórico" if folio else "Se emitió")
        if not folio:
            _guardar_pdf(actual, por)
    return actual


def _numerar(opinion: Opinion, fecha: date, folio: str) -> None:
    """La fila del contador queda bloqueada hasta el fin: nadie más toma ese número ni ese sufijo."""
    base = opinion.complementa
    if folio:
        cual = reglas.leer_numero(opinion, folio)
        anotar_folio(opinion.serie, folio, reglas.ESCRITURAS)
        reglas.revisar_repetida(opinion, cual)
        if base is None and cual.sufijo:
            opinion.complementa = consultas.con_numero(opinion.serie, cual._replace(sufijo=""))
    elif base is not None:
        contador, _ = Contador.objects.get_or_create(serie=opinion.serie, anio=base.anio or fecha.year)
        Contador.objects.select_for_update().get(pk=contador.pk)
        previsto = reglas.numero_previsto(opinion, fecha)
        if previsto is None:
            raise ValidationError({"complementa": "Sólo se complementa una opinión emitida."})
        cual = previsto
    else:
        numero, anio = leer_folio(opinion.serie, siguiente_folio(opinion.serie, fecha.year))
        cual = Numero(numero, "", anio)
    opinion.numero, opinion.sufijo, opinion.anio = cual
    opinion.folio = cual.folio(opinion.serie)


def _guardar_pdf(opinion: Opinion, por) -> None:
    hecho = documentos.documento(opinion)
    archivo = SimpleUploadedFile(f"{hecho.clave}.pdf", documentos.crear(hecho, "pdf"), "application/pdf")
    agregar_evidencia(registro=opinion, por=por, archivo=archivo, titulo=consultas.titulo_del_pdf(opinion))


@transaction.atomic
def cancelar(*, opinion: Opinion, motivo: str, por) -> Opinion:
    """El número queda usado y su documento en el expediente."""
    actual = _bloqueada(opinion)
    _exige(reglas.impedimentos_para_cancelar(actual))
    if not motivo.strip():
        raise ValidationError({"motivo": "Diga por qué se cancela."})
    actual.estado, actual.motivo = EstadoDeOpinion.CANCELADA, motivo.strip()
    return guarda(actual, por, f"Se canceló: {actual.motivo}")
