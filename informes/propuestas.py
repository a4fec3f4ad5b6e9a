"""Los informes que están listos para presentarse en una sesión de su comisión."""

from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError

from vinculacion.comision.estados import Solicitud
from vinculacion.comision.models import Punto, Sesion
from vinculacion.nucleo.propuestas import Propuesta, al_quitar, propuestas

from . import acciones
from .estados import EstadoDeInforme
from .models import Informe


@propuestas
def informes(sesion: Sesion, usuario) -> Iterator[Propuesta]:
    """Los que están en revisión y sin punto; incluirlos es editarlos."""
    if not usuario.has_perm("informes.change_informe"):
        return
    listos = Informe.objects.filter(comision=sesion.comision_id, estado=EstadoDeInforme.REVISION, punto__isnull=True)
    for informe in listos.order_by("fin", "titulo"):
        yield Propuesta(
            clave=f"informe-{informe.pk}",
            clase="Informe",
            titulo=informe.titulo,
            solicitud=Solicitud.APROBACION,
            url=informe.get_absolute_url(),
            presenta=informe.unidad,
            detalle=str(informe.periodo),
            al_incluir=partial(_presentar, informe.pk),
        )


def _presentar(clave: int, punto: Punto, por) -> None:
    informe = Informe.objects.select_for_update(of=("self",)).get(pk=clave)
    if informe.punto_id:
        raise ValidationError(f"«{informe}» ya está en el orden del día de una sesión.")
    informe.punto = punto
    acciones.guardar_informe(informe=informe, por=por)


@al_quitar
def soltar_informes(punto: Punto, por) -> None:
    """Uno ya presentado se queda con su punto: lo dice su portada."""
    for informe in punto.informes.select_for_update(of=("self",)):
        if informe.estado not in (EstadoDeInforme.BORRADOR, EstadoDeInforme.REVISION):
            raise ValidationError(f"En este punto se presentó «{informe}», que ya está {_estado(informe)}.")
        informe.punto = None
        acciones.guardar_informe(informe=informe, por=por)


def _estado(informe: Informe) -> str:
    return informe.get_estado_display().lower()
