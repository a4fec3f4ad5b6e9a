"""Lo firmado al que le falta su archivo: para quien puede agregarlo."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.avisos import Aviso, avisos

from ..consultas import convenios_visibles
from . import consultas

AGREGAR = "convenios.add_documentodeconvenio"


@avisos
def sin_archivo(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(AGREGAR):
        return
    visibles = convenios_visibles(usuario).select_related(None).prefetch_related(None)
    for convenio in consultas.sin_archivo_firmado(visibles):
        yield Aviso(
            "Falta el archivo firmado", convenio.titulo, convenio.get_absolute_url(), convenio.fecha_firma, "atencion"
        )
