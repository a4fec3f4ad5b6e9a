"""Descargas que ya están listas, un día después de terminadas."""

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
    for trabajo in consultas.de(usuario).filter(estado=EstadoDeTrabajo.LISTO, terminado__gte=desde):
        formato = FORMATOS[trabajo.formato].nombre
        yield Aviso("Descarga lista", f"{trabajo.informe} ({formato})", trabajo.get_absolute_url())
