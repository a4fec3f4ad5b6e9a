"""De una cifra a los registros que la forman, y de una meta al lugar donde se fijó."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from programas.models import Accion
from vinculacion.nucleo.periodos import Periodo


def registros_de(acciones: Iterable[Accion], periodo: Periodo, al: date | None = None) -> str:
    """La lista de lo que suma a ``acciones`` en ``periodo``, sin pasar de la fecha de corte; vacía si aún no empieza."""
    fin = min(periodo.fin, al) if al else periodo.fin
    claves = ",".join(str(a.pk) for a in acciones)
    if fin < periodo.inicio or not claves:
        return ""
    return f"{reverse('programas:registros')}?acciones={claves}&desde={periodo.inicio:%Y-%m-%d}&hasta={fin:%Y-%m-%d}"


def metas_de(accion: Accion) -> str:
    """Donde se ve lo programado: el renglón de la acción en la página de metas."""
    return f"{reverse('programas:metas', args=[accion.eje.programa_id])}#accion-{accion.pk}"
