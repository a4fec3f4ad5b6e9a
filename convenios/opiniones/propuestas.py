"""Las opiniones emitidas que la comisión todavía no conoce."""

from collections.abc import Iterator
from datetime import timedelta

from vinculacion.comision.estados import Solicitud
from vinculacion.comision.models import Punto, Sesion
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.propuestas import Propuesta, propuestas
from vinculacion.nucleo.texto import llano

from ..permisos import VER_TODOS
from . import consultas, permisos

DIAS_HACIA_ATRAS = 92


@propuestas
def opiniones(sesion: Sesion, usuario) -> Iterator[Propuesta]:
    """Las de los tres meses anteriores a la sesión. Se reconocen por su número en el título de un punto."""
    if not (usuario.has_perm(permisos.VER) and usuario.has_perm(VER_TODOS)):
        return
    desde = sesion.fecha_programada - timedelta(days=DIAS_HACIA_ATRAS)
    emitidas = list(consultas.emitidas(Periodo(desde, sesion.fecha_programada)).prefetch_related("areas"))
    if not emitidas:
        return
    puntos = Punto.objects.filter(sesion__comision=sesion.comision_id, sesion__fecha_programada__gte=desde)
    titulos = [llano(titulo) for titulo in puntos.values_list("titulo", flat=True)]
    for opinion in emitidas:
        if any(llano(opinion.folio or "") in titulo for titulo in titulos):
            continue
        fecha = fecha_larga(opinion.fecha, dia_semana=False) if opinion.fecha else ""
        yield Propuesta(
            clave=f"opinion-{opinion.pk}",
            clase="Opinión de pertinencia",
            titulo=f"Opinión de pertinencia {opinion.folio}, sobre «{opinion.convenio}»",
            solicitud=Solicitud.PRESENTACION,
            url=opinion.get_absolute_url(),
            tema="Convenios",
            detalle=f"{opinion.get_sentido_display()}; {fecha}",
        )
