"""Preguntas sobre las versiones de un documento, contestadas con razones."""

from datetime import date

from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.periodos import hoy

from ..estados import FIRMADAS, ClaseDeDocumento
from ..models import Convenio, DocumentoDeConvenio


def impedimentos_para_agregar(convenio: Convenio, clase: str, fecha: date) -> dict[str, str]:
    """Por campo, lo que contradice al instrumento."""
    errores = {}
    if fecha > hoy():
        errores["fecha"] = "Esa fecha todavía no llega."
    if clase == ClaseDeDocumento.FIRMADO:
        if convenio.etapa not in FIRMADAS or convenio.fecha_firma is None:
            errores["clase"] = (
                f"El instrumento está en «{convenio.get_etapa_display()}»: páselo primero a «Suscrito», "
                "con la fecha en que se firmó."
            )
        elif fecha < convenio.fecha_firma:
            errores["fecha"] = f"Se suscribió el {fecha_larga(convenio.fecha_firma, dia_semana=False)}, después."
    return errores


def impedimentos_para_quitar(documento: DocumentoDeConvenio) -> list[str]:
    posteriores = documento.convenio.documentos.filter(
        clase=documento.clase, titulo=documento.titulo, numero__gt=documento.numero
    )
    if posteriores.exists():
        return ["Sólo se elimina la última versión: las anteriores son parte de su historia."]
    return []


def dudas_al_agregar(documento: DocumentoDeConvenio) -> list[str]:
    """Lo que llama la atención y puede ser cierto."""
    previa = (
        documento.convenio.documentos.filter(clase=documento.clase, titulo__iexact=documento.titulo)
        .order_by("-numero")
        .first()
    )
    if previa is not None and documento.fecha < previa.fecha:
        return [
            f"La versión {previa.numero} es del {fecha_larga(previa.fecha, dia_semana=False)}, posterior a la fecha de ésta."
        ]
    return []
