"""Los actos en el calendario."""

from collections.abc import Iterator
from datetime import date, datetime

from vinculacion.comision.calendario.ics import DURACION, ZONA
from vinculacion.nucleo.calendario import Evento, eventos
from vinculacion.nucleo.palabras import enumera

from ..estados import EstadoDeActo
from ..models import ActoProtocolario
from . import consultas
from .documentos import donde

VER = "convenios.view_actoprotocolario"
CLASE = "Acto protocolario"


@eventos
def de_actos(usuario, desde: date, hasta: date) -> Iterator[Evento]:
    if usuario.has_perm(VER):
        for acto in consultas.actos_visibles(usuario).filter(fecha__range=(desde, hasta)).order_by("fecha", "pk"):
            yield evento(acto)


def evento(acto: ActoProtocolario) -> Evento:
    """``acto.convenios.all()`` trae sólo lo que puede ver quien lo lleva a su calendario."""
    inicio: date | datetime = acto.fecha
    fin: date | datetime = acto.fecha
    if acto.hora:
        inicio = datetime.combine(acto.fecha, acto.hora, ZONA)
        fin = datetime.combine(acto.fecha, acto.hora_fin, ZONA) if acto.hora_fin else inicio + DURACION
    cancelado = acto.estado == EstadoDeActo.CANCELADO
    renglones = [f"{CLASE}. {acto.get_modalidad_display()}. {acto.get_estado_display()}."]
    if folios := [c.folio for c in acto.convenios.all()]:
        renglones.append(f"{'Instrumento' if len(folios) == 1 else 'Instrumentos'}: {enumera(folios)}.")
    return Evento(
        clave=f"acto-{acto.pk}",
        clase=CLASE,
        titulo=acto.titulo,
        inicio=inicio,
        fin=fin,
        todo_el_dia=acto.hora is None,
        lugar=donde(acto),
        url=acto.get_absolute_url(),
        estado=acto.get_estado_display(),
        modificado=acto.modificado,
        version=acto.version,
        detalle="\n".join(renglones),
        firme=acto.estado == EstadoDeActo.CELEBRADO,
        cancelado=cancelado,
    )
