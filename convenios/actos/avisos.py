"""Los actos que vienen y los que nadie ha dicho si se celebraron."""

from collections.abc import Iterator
from datetime import date, timedelta

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import fecha_larga

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
        direccion, dia = acto.get_absolute_url(), acto.fecha
        if fecha <= dia <= fecha + PRONTO:
            hora = f", {acto.hora:%H:%M} h" if acto.hora else ""
            gravedad = "atencion" if (dia - fecha).days <= DIAS_URGENTE else "info"
            yield Aviso("Acto próximo", f"{acto.titulo}: {fecha_larga(dia)}{hora}", direccion, dia, gravedad)
        if cambia and dia < fecha:
            titulo = f"{acto.titulo}: era el {fecha_larga(dia)}, ¿se celebró?"
            yield Aviso("Acto por confirmar", titulo, direccion, dia, "vencido")
        elif cambia and acto.sin_objeto:
            titulo = f"{acto.titulo}: uno de sus instrumentos ya no se firmará"
            yield Aviso("Acto sin instrumento", titulo, direccion, dia, "atencion")
