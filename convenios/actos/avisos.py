"""Los actos que vienen y los que nadie ha dicho si se celebraron."""

from collections.abc import Iterator
from datetime import date, timedelta

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import fecha_larga

from ..models import ActoProtocolario
from . import consultas
from .eventos import VER

CAMBIAR = "convenios.change_actoprotocolario"
DIAS_URGENTE = 3
PRONTO = timedelta(days=15)


@avisos
def de_actos(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(VER):
        return
    visibles = consultas.actos_visibles(usuario).prefetch_related(None)
    cambia = usuario.has_perm(CAMBIAR)
    for acto in consultas.programados(visibles):
        yield from _de(acto, fecha, cambia)


def _de(acto: ActoProtocolario, fecha: date, cambia: bool) -> Iterator[Aviso]:
    if fecha <= acto.fecha <= fecha + PRONTO:
        hora = f", {acto.hora:%H:%M} h" if acto.hora else ""
        urgente = (acto.fecha - fecha).days <= DIAS_URGENTE
        titulo = f"{acto.titulo}: {fecha_larga(acto.fecha)}{hora}"
        yield Aviso("Acto próximo", titulo, acto.get_absolute_url(), acto.fecha, "atencion" if urgente else "info")
    if cambia and acto.fecha < fecha:
        titulo = f"{acto.titulo}: era el {fecha_larga(acto.fecha)}, ¿se celebró?"
        yield Aviso("Acto por confirmar", titulo, acto.get_absolute_url(), acto.fecha, "vencido")
    if cambia and acto.sin_objeto and acto.fecha >= fecha:
        titulo = f"{acto.titulo}: uno de sus instrumentos ya no se firmará"
        yield Aviso("Acto sin instrumento", titulo, acto.get_absolute_url(), acto.fecha, "atencion")
