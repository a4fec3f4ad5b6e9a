"""Filtros de la lista de envíos."""

import django_filters as filtros

from .models import Envio


class EnvioFiltro(filtros.FilterSet):
    clase = filtros.ChoiceFilter(choices=Envio.Clase.choices, empty_label="Todas")
    desde = filtros.DateFilter(field_name="fecha", lookup_expr="gte", label="Desde")
    hasta = filtros.DateFilter(field_name="fecha", lookup_expr="lte", label="Hasta")

    class Meta:
        model = Envio
        fields = ["clase", "desde", "hasta"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nombre in ("desde", "hasta"):
            self.form.fields[nombre].widget.input_type = "date"
