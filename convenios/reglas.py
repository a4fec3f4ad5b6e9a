"""Preguntas sobre un convenio, contestadas con razones. No escriben nada."""

from datetime import date

from vinculacion.nucleo.palabras import enumera, fecha_larga

from .estados import ClaseDeDocumento
from .models import Convenio

DIAS_POR_VENCER = 90
DIAS_SIN_MOVIMIENTO = 60


def dia(fecha: date) -> str:
    return fecha_larga(fecha, dia_semana=False)


def impedimentos_para_eliminar(convenio: Convenio) -> list[str]:
    """Lo que se iría con él sin que nadie lo pidiera, o quedaría sin él."""
    razones = []
    if actos := list(convenio.actos.values_list("titulo", flat=True)):
        razones.append(f"Está en {enumera([f'el acto «{a}»' for a in actos])}: quítelo antes de ahí.")
    if convenio.documentos.filter(clase=ClaseDeDocumento.FIRMADO).exists():
        razones.append("Tiene archivado el instrumento firmado: elimine antes ese documento si no corresponde.")
    return razones
