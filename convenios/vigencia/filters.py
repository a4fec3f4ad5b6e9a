"""Filtros de la página de vencimientos y de la lista de renovaciones."""

import django_filters as filtros
from django.contrib.auth import get_user_model

from vinculacion.directorio.models import Area

from ..estados import Decision
from ..filters import SoloLoVisible
from ..models import Convenio, Renovacion, TipoInstrumento
from . import consultas
from .consultas import Grupo


class VencimientoFiltro(SoloLoVisible, filtros.FilterSet):
    areas = filtros.ModelChoiceFilter(label="Área responsable", queryset=Area.objects.all(), empty_label="Todas")
    tipo = filtros.ModelChoiceFilter(label="Tipo", queryset=TipoInstrumento.objects.all(), empty_label="Todos")
    responsable = filtros.ModelChoiceFilter(
        label="Quien lo lleva",
        queryset=get_user_model()._default_manager.all(),
        empty_label="Todos",
        null_label="Nadie",
    )
    anio = filtros.ChoiceFilter(label="Año en que vence", field_name="vigencia_hasta__year", empty_label="Todos")
    grupo = filtros.ChoiceFilter(
        label="Sólo", choices=Grupo.choices, method="sin_filtrar", empty_label="Todos los grupos"
    )

    class Meta:
        model = Convenio
        fields = ["areas", "tipo", "responsable", "anio", "grupo"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anios = consultas.anios_de_vencimiento(self.queryset)
        self.form.fields["anio"].choices = [(str(a), str(a)) for a in anios]

    def sin_filtrar(self, consulta, nombre, valor):
        """El grupo sale de la fecha del día: lo aparta la página."""
        return consulta


class RenovacionFiltro(filtros.FilterSet):
    decision = filtros.ChoiceFilter(label="Decisión", choices=Decision.choices, empty_label="Todas")
    decidida_desde = filtros.DateFilter(field_name="fecha_decision", lookup_expr="gte", label="Decidida desde")
    decidida_hasta = filtros.DateFilter(field_name="fecha_decision", lookup_expr="lte", label="Decidida hasta")
    sin_sucesor = filtros.BooleanFilter(field_name="sucesor", lookup_expr="isnull", label="Sin sucesor")

    class Meta:
        model = Renovacion
        fields = ["decision", "decidida_desde", "decidida_hasta", "sin_sucesor"]
