"""Lo que los planes y la bitácora cuentan a un informe.

``informes.armado`` usa ``aviso_sin_actividades`` y ``tiene_registros``.
"""

from vinculacion.nucleo.bloques import SinActividades
from vinculacion.nucleo.secciones import Contexto

from .estados import EstadoDeActividad
from .models import Accion, Actividad


def tiene_registros(accion: Accion, contexto: Contexto) -> bool:
    """Si en el periodo hay algún registro no rechazado que cuente para ``accion`` o para las alineadas con ella."""
    claves = [accion.pk, *accion.alineadas.values_list("pk", flat=True)]
    return (
        Actividad.objects.filter(
            accion__in=claves, fecha_fin__gte=contexto.periodo.inicio, fecha_fin__lte=contexto.periodo.fin
        )
        .exclude(estado=EstadoDeActividad.RECHAZADA)
        .exists()
    )


def aviso_sin_actividades(accion: Accion, contexto: Contexto) -> SinActividades:
    return SinActividades("No se reportan actividades en el periodo.")
