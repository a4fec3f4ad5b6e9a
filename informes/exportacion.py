"""Un informe o un programa en el formato que se pida; la página y la orden usan esto mismo."""

from dataclasses import dataclass
from typing import Any

from vinculacion.nucleo.salida.documento import Documento

from . import armado
from .models import Informe


@dataclass(frozen=True)
class Formato:
    nombre: str
    tipo: str


FORMATOS = {
    "pdf": Formato("PDF", "application/pdf"),
    "docx": Formato("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": Formato("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": Formato("JSON", "application/json"),
}


def exportar(informe: Informe, formato: str, **opciones: Any) -> bytes:
    """Los bytes del informe; ``armado.InformeConProblemas`` si un apartado no se puede armar."""
    return escribir(armado.armar(informe, **opciones).exigir(), formato)


def escribir(documento: Documento, formato: str) -> bytes:
    """Los bytes de un documento ya armado."""
    from vinculacion.nucleo.salida import docx, json, pdf, xlsx  # tardan en cargar y casi ninguna página las necesita

    return {"pdf": pdf, "docx": docx, "xlsx": xlsx, "json": json}[formato].crear(documento)
