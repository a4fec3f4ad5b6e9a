"""Filtros de la lista de actualizaciones."""

import django_filters as filtros

from vinculacion.comision.models import Sesion

from ..filters import areas_visibles
from ..models import Actualizacion


class ActualizacionFiltro(filtros.FilterSet):
    sesion = filtros.ModelChoiceFilter(
        label="Sesión",
        queryset=Sesion.objects.filter(actualizaciones__isnull=False).select_related("comision").distinct(),
        empty_label="Todas",
    )
    anio = filtros.NumberFilter(field_name="sesion__anio", label="Año de la sesión")
    convenio__areas = filtros.ModelChoiceFilter(label="Área responsable", queryset=areas_visibles, empty_label="Todas")

    class Meta:
        model = Actualizacion
        fields = ["sesion", "anio", "convenio__areas"]
