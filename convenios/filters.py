"""Filtros de las listas de convenios y de sus avances."""

import django_filters as filtros

from vinculacion.comision.models import Sesion
from vinculacion.directorio.models import Area

from .estados import Situacion
from .models import Actualizacion, Convenio


class ConvenioFiltro(filtros.FilterSet):
    situacion = filtros.ChoiceFilter(label="Situación", choices=Situacion.choices, empty_label="Todas")
    areas = filtros.ModelChoiceFilter(
        label="Área responsable", queryset=Area.objects.filter(convenios__isnull=False).distinct(), empty_label="Todas"
    )
    firmado_desde = filtros.DateFilter(field_name="fecha_firma", lookup_expr="gte", label="Suscrito desde")
    firmado_hasta = filtros.DateFilter(field_name="fecha_firma", lookup_expr="lte", label="Suscrito hasta")

    class Meta:
        model = Convenio
        fields = ["situacion", "etapa", "tipo", "ambito", "areas", "gestion", "firmado_desde", "firmado_hasta"]

    @classmethod
    def filter_for_field(cls, field, field_name, lookup_expr=None):
        filtro = super().filter_for_field(field, field_name, lookup_expr)
        if isinstance(filtro, filtros.ChoiceFilter | filtros.ModelChoiceFilter):
            filtro.extra["empty_label"] = "Todas" if field_name in ("etapa", "gestion") else "Todos"
        return filtro

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nombre in ("firmado_desde", "firmado_hasta"):
            self.form.fields[nombre].widget.input_type = "date"


class ActualizacionFiltro(filtros.FilterSet):
    sesion = filtros.ModelChoiceFilter(
        label="Sesión",
        queryset=Sesion.objects.filter(actualizaciones__isnull=False).select_related("comision").distinct(),
        empty_label="Todas",
    )
    anio = filtros.NumberFilter(field_name="sesion__anio", label="Año de la sesión")
    convenio__areas = filtros.ModelChoiceFilter(
        label="Área responsable", queryset=Area.objects.filter(convenios__isnull=False).distinct(), empty_label="Todas"
    )

    class Meta:
        model = Actualizacion
        fields = ["sesion", "anio", "convenio__areas"]
