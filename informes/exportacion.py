"""Un informe o un programa en el formato que se pida; la página y la orden usan esto mismo."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from vinculacion.nucleo.salida.documento import Documento, recorrido

from . import armado
from .congelado.consultas import contenido, vigente
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

# Medido: cuántos renglones de tabla escribe cada formato en unos tres segundos.
RENGLONES_DE_UNOS_SEGUNDOS = {"pdf": 400, "docx": 2_500, "xlsx": 6_000, "json": 100_000}


def exportar(informe: Informe, formato: str, **opciones: Any) -> bytes:
    """Los bytes del informe; ``armado.InformeConProblemas`` si un apartado no se puede armar.

    De uno aprobado, los que se congelaron: no se vuelve a escribir nada.
    """
    if hecho := congelado(informe, formato):
        return hecho
    return escribir(armado.armar(informe, **opciones).exigir(), formato)


def congelado(informe: Informe, formato: str) -> bytes | None:
    version = vigente(informe)
    return contenido(version, formato) if version else None


def escribir(documento: Documento, formato: str, **de_pdf: Any) -> bytes:
    """Los bytes de un documento ya armado. ``de_pdf``: ``avisar`` y ``deposito``, que sólo el PDF usa."""
    from vinculacion.nucleo.salida import docx, json, pdf, xlsx  # tardan en cargar y casi ninguna página las necesita

    if formato == "pdf":
        return pdf.crear(documento, **de_pdf)
    return {"docx": docx, "xlsx": xlsx, "json": json}[formato].crear(documento)


def deposito() -> Path:
    """Donde quedan las piezas impresas, para no imprimir otra vez lo que no cambió.

    Oculta: se vuelve a llenar sola y no va en los respaldos.
    """
    carpeta = Path(settings.MEDIA_ROOT, "informes", ".imprenta")
    carpeta.mkdir(parents=True, exist_ok=True, mode=0o700)
    return carpeta


def tarda(documento: Documento, formato: str) -> bool:
    """Si conviene hacerlo en segundo plano: más de unos segundos frente a la pantalla."""
    renglones = sum(len(getattr(b, "filas", "....")) for paso in recorrido(documento) for b, _ in paso.bloques)
    return renglones > RENGLONES_DE_UNOS_SEGUNDOS[formato]
