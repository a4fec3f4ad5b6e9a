"""Lo congelado sigue siendo lo que se congeló: se vuelven a calcular sus huellas."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from informes.estados import ClaseDeVersion
from informes.models import VersionDeInforme

from .huellas import huella_de


@dataclass(frozen=True)
class Comprobacion:
    version: VersionDeInforme
    que: str
    falla: str  # vacía si coincide


def comprobar() -> Iterator[Comprobacion]:
    """De una en una: los documentos y los archivos pueden ser muchos y grandes."""
    congeladas = (
        VersionDeInforme.objects.exclude(clase=ClaseDeVersion.TRABAJO)
        .select_related("informe")
        .prefetch_related("archivos")
        .defer("estructura", "evidencias")
        .order_by("informe__clave", "numero")
    )
    for version in congeladas.iterator(chunk_size=20):
        coincide = huella_de(version.documento) == version.sha256
        yield Comprobacion(version, "contenido", "" if coincide else "La huella del contenido no coincide.")
        for archivo in version.archivos.all():
            yield Comprobacion(version, archivo.nombre, _falla(archivo))


def _falla(archivo) -> str:
    try:
        with archivo.archivo.open("rb") as abierto:
            suma = hashlib.file_digest(abierto, "sha256").hexdigest()
    except OSError:
        return "El archivo no está."
    return "" if suma == archivo.sha256 else "La huella del archivo no coincide: alguien lo cambió."
