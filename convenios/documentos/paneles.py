from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Panel

from ..models import Convenio
from . import consultas

VER = "convenios.view_documentodeconvenio"
AGREGAR = "convenios.add_documentodeconvenio"


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    if not usuario.has_perm(VER):
        return
    contexto = {
        "grupos": consultas.grupos(convenio),
        "agregar": usuario.has_perm(AGREGAR),
        "nuevo": f"{reverse('convenios:documento_nuevo')}?convenio={convenio.pk}",
    }
    yield Panel("Documentos", "convenios/documentos/_panel.html", contexto)


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    yield from ()
