"""Convenios que piden atención: por vencer, recién vencidos y detenidos en su trámite."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.avisos import Aviso, avisos

from . import consultas, permisos
from .reglas import DIAS_URGENTE


@avisos
def de_convenios(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(permisos.VER):
        return
    visibles = consultas.convenios_visibles(usuario).select_related(None).prefetch_related(None)
    for c in consultas.recien_vencidos(visibles, fecha):
        yield Aviso("Convenio vencido", c.titulo, c.get_absolute_url(), c.vigencia_hasta, "vencido")
    for c in consultas.por_vencer(visibles, fecha):
        urgente = c.vigencia_hasta is not None and (c.vigencia_hasta - fecha).days <= DIAS_URGENTE
        yield Aviso(
            "Convenio por vencer", c.titulo, c.get_absolute_url(), c.vigencia_hasta, "atencion" if urgente else "info"
        )
    for c in consultas.detenidos(visibles, fecha):
        titulo = f"{c.titulo} ({c.get_etapa_display().lower()})"
        yield Aviso("Convenio sin movimiento", titulo, c.get_absolute_url(), c.ultimo_paso, "atencion")
