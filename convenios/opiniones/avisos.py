"""Solicitudes de opinión que llevan demasiado esperando."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.avisos import Aviso, avisos

from . import consultas, permisos


@avisos
def opiniones_demoradas(usuario, fecha: date) -> Iterator[Aviso]:
    """Para quien puede hacer algo con el borrador."""
    if not usuario.has_perm(permisos.CAMBIAR):
        return
    for opinion in consultas.demoradas(consultas.opiniones_visibles(usuario).prefetch_related(None), fecha):
        yield Aviso(
            "Opinión sin emitir", str(opinion.convenio), opinion.get_absolute_url(), opinion.solicitada, "atencion"
        )
