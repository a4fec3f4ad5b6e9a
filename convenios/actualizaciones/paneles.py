from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Panel

from .. import permisos
from ..estados import FIRMADAS
from ..models import Convenio


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    if convenio.etapa in FIRMADAS and usuario.has_perm(permisos.VER_ACTUALIZACIONES):
        actualizaciones = convenio.actualizaciones.select_related("sesion__comision", "reporto")
        contexto = {"actualizaciones": actualizaciones.order_by("-sesion__fecha_programada", "-pk")}
        yield Panel("Actualizaciones", "convenios/actualizaciones/_panel.html", contexto)


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    if convenio.etapa in FIRMADAS and usuario.has_perm(permisos.REPORTAR):
        yield Accion("Anotar actualización", f"{reverse('convenios:actualizacion_nuevo')}?convenio={convenio.pk}")
