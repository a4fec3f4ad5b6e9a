from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Panel

from ..models import Convenio
from . import consultas, permisos


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    """Sólo cuando hay: el botón para la primera está arriba."""
    if not usuario.has_perm(permisos.VER):
        return
    suyas = consultas.opiniones_visibles(usuario).filter(convenio=convenio)
    if suyas:
        yield Panel("Opiniones de pertinencia", "convenios/opiniones/_lista.html", {"opiniones": suyas})


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    if usuario.has_perm(permisos.AGREGAR):
        etiqueta = "Nueva opinión" if convenio.opiniones.exists() else "Solicitar opinión"
        yield Accion(etiqueta, f"{reverse('convenios:opinion_nuevo')}?convenio={convenio.pk}")
