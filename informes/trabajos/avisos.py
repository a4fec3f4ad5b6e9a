"""Lo que se pidió en segundo plano y ya terminó, un día después."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from informes.estados import EstadoDeTrabajo
from informes.exportacion import FORMATOS
from vinculacion.nucleo.avisos import Aviso, avisos

from . import consultas
from .views import VER


@avisos
def descargas(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(VER):
        return
    desde = timezone.now() - timedelta(days=1)
    terminados = (EstadoDeTrabajo.LISTO, EstadoDeTrabajo.FALLIDO)
    for trabajo in consultas.de(usuario).filter(estado__in=terminados, terminado__gte=desde):
        listo = trabajo.estado == EstadoDeTrabajo.LISTO
        que = trabajo.get_clase_display()
        titulo = f"{trabajo.informe} ({FORMATOS[trabajo.formato].nombre})" if trabajo.formato else str(trabajo.informe)
        yield Aviso(
            f"{que} lista" if listo else f"{que}: no se pudo",
            titulo,
            trabajo.get_absolute_url(),
            gravedad="info" if listo else "atencion",
        )
