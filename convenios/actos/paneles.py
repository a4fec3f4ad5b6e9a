from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Panel

from ..estados import SIN_FIRMA
from ..models import Convenio
from . import consultas
from .eventos import VER

AGREGAR = "convenios.add_actoprotocolario"


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    if not usuario.has_perm(VER):
        return
    actos = list(consultas.actos_visibles(usuario).filter(convenios=convenio).order_by("-fecha", "-pk"))
    puede = usuario.has_perm(AGREGAR) and convenio.etapa not in SIN_FIRMA
    if actos or puede:
        nuevo = f"{reverse('convenios:acto_nuevo')}?convenios={convenio.pk}" if puede else ""
        yield Panel("Actos protocolarios", "convenios/actos/_panel.html", {"actos": actos, "nuevo": nuevo})


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    yield from ()
