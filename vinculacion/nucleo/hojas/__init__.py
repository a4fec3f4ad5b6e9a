"""Hojas de cálculo de entrada y salida, sobre django-import-export.

Una sala declara sus recursos en ``resources.py``; la página y las órdenes ``importar``,
``plantilla`` y ``catalogo`` salen de ahí.
"""

from .celdas import (
    Entero,
    Fecha,
    FechaHora,
    Hora,
    Lista,
    NumeroDecimal,
    Opcion,
    Pares,
    SiNo,
    Texto,
    a_texto,
)
from .escritura import a_csv, a_xlsx, exportar, plantilla, respuesta
from .importacion import (
    ErrorFila,
    RarezaFila,
    RecursoDesconocido,
    ResultadoImportacion,
    importar_archivo,
    recurso_por_clave,
)
from .lectura import ArchivoIlegible
from .recurso import RECURSOS, Columna, Recurso, descubrir
from .relaciones import RelacionPorNombre, VariasPorNombre
from .vistas import VistaImportar, VistaPlantilla

__all__ = [
    "RECURSOS", "ArchivoIlegible", "Columna", "Entero", "ErrorFila", "Fecha", "FechaHora", "Hora",
    "Lista", "NumeroDecimal", "Opcion", "Pares", "RarezaFila", "Recurso", "RecursoDesconocido",
    "RelacionPorNombre", "ResultadoImportacion", "SiNo", "Texto", "VariasPorNombre",
    "VistaImportar", "VistaPlantilla", "a_csv", "a_texto", "a_xlsx", "descubrir", "exportar",
    "importar_archivo", "plantilla", "recurso_por_clave", "respuesta",
]  # fmt: skip
