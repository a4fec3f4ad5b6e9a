"""Filtros de las listas de compromisos y de avances."""

import django_filters as filtros
from django import forms

from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import Fecha

from ..consultas import convenios_visibles
from ..models import AvanceDeCompromiso, Compromiso, Convenio
from . import consultas
from .situacion import Situacion


def de_la_persona(request):
    """Un área no encuentra en los filtros los instrumentos de otras."""
    if request is None:
        return Convenio.objects.none()
    return convenios_visibles(request.user).filter(compromisos__isnull=False).distinct().order_by("titulo")


def areas_con_compromisos(request):
    if request is None:
        return Area.objects.none()
    visibles = consultas.compromisos_visibles(request.user).order_by()
    return Area.objects.filter(compromisos__in=visibles.values("pk")).distinct()


class ConInstrumento(filtros.ModelChoiceFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label="Instrumento", queryset=de_la_persona, empty_label="Todos", **kwargs)


class CompromisoFiltro(filtros.FilterSet):
    situacion = filtros.ChoiceFilter(label="Estado", choices=Situacion.choices)
    area = filtros.ModelChoiceFilter(
        label="Área responsable",
        queryset=areas_con_compromisos,
        empty_label="Todas",
    )
    convenio = ConInstrumento()
    vence_desde = filtros.DateFilter(field_name="proxima", lookup_expr="gte", label="Vence desde", widget=Fecha())
    vence_hasta = filtros.DateFilter(field_name="proxima", lookup_expr="lte", label="Vence hasta", widget=Fecha())
    atiendo = filtros.BooleanFilter(label="Sólo los que me tocan", method="los_mios", widget=forms.CheckboxInput)

    class Meta:
        model = Compromiso
        fields = ["situacion", "parte", "area", "convenio", "recurrencia", "vence_desde", "vence_hasta", "atiendo"]

    def los_mios(self, consulta, nombre, valor):
        return consultas.que_atiende(consulta, self.request.user) if valor else consulta


class AvanceFiltro(filtros.FilterSet):
    compromiso__convenio = ConInstrumento()
    desde = filtros.DateFilter(field_name="fecha", lookup_expr="gte", label="Desde", widget=Fecha())
    hasta = filtros.DateFilter(field_name="fecha", lookup_expr="lte", label="Hasta", widget=Fecha())

    class Meta:
        model = AvanceDeCompromiso
        fields = ["compromiso__convenio", "cumple", "desde", "hasta"]
