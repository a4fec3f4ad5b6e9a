"""Convenios detenidos en su trámite; lo que vence lo avisa ``vigencia``."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.avisos import Aviso, avisos

from . import consultas, permisos


@avisos
def de_convenios(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(permisos.VER):
        return
    visibles = consultas.convenios_visibles(usuario).select_related(None).prefetch_related(None)
    for c in consultas.detenidos(visibles, fecha):
        titulo = f"{c.titulo} ({c.get_etapa_display().lower()})"
        yield Aviso("Convenio sin movimiento", titulo, c.get_absolute_url(), c.ultimo_paso, "atencion")
