"""Filtros de las listas de convenios y de sus avances."""

from datetime import timedelta

import django_filters as filtros
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from vinculacion.directorio.models import Area, Organismo, paises
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO, hoy

from .consultas import convenios_visibles
from .estados import Etapa, Situacion
from .models import Convenio


class Entero(filtros.NumberFilter):
    field_class = forms.IntegerField


def areas_visibles(request) -> QuerySet[Area]:
    """Las de los instrumentos que la persona puede ver: un área no sabe de las ajenas."""
    if request is None:
        return Area.objects.none()
    return Area.objects.filter(convenios__in=convenios_visibles(request.user).order_by().values("pk")).distinct()


class SoloLoVisible:
    """Ofrece lo que aparece en los convenios que la persona puede ver: un área no sabe de los ajenos."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nombre in {"areas", "contraparte", "responsable"} & self.form.fields.keys():
            campo = self.form.fields[nombre]
            campo.queryset = campo.queryset.filter(convenios__in=self.visibles).distinct()

    @property
    def visibles(self):
        return self.queryset.order_by().values("pk")


class ConvenioFiltro(SoloLoVisible, filtros.FilterSet):
    situacion = filtros.ChoiceFilter(label="Situación", choices=Situacion.choices, empty_label="Todas")
    areas = filtros.ModelChoiceFilter(label="Área responsable", queryset=Area.objects.all(), empty_label="Todas")
    contraparte = filtros.ModelChoiceFilter(
        label="Contraparte", queryset=Organismo.objects.all(), method="por_contraparte"
    )
    clase = filtros.ChoiceFilter(
        label="Clase de contraparte", choices=Organismo.Clase.choices, method="por_clase", empty_label="Todas"
    )
    pais = filtros.ChoiceFilter(label="País de la contraparte", choices=paises, method="por_pais")
    responsable = filtros.ModelChoiceFilter(label="Quien lo lleva", queryset=get_user_model()._default_manager.all())
    anio = Entero(
        label="Año en que se suscribió",
        field_name="fecha_firma",
        lookup_expr="year",
        min_value=ANIO_MINIMO,
        max_value=ANIO_MAXIMO,
    )
    firmado_desde = filtros.DateFilter(field_name="fecha_firma", lookup_expr="gte", label="Suscrito desde")
    firmado_hasta = filtros.DateFilter(field_name="fecha_firma", lookup_expr="lte", label="Suscrito hasta")
    vence_en = Entero(label="Vence en los próximos (días)", method="por_vencer", min_value=0, max_value=3650)

    class Meta:
        model = Convenio
        fields = [
            "situacion", "etapa", "tipo", "ambito", "contraparte", "clase", "pais", "areas", "gestion", "responsable",
            "vigencia", "vence_en", "anio", "firmado_desde", "firmado_hasta",
        ]  # fmt: skip

    @classmethod
    def filter_for_field(cls, field, field_name, lookup_expr=None):
        filtro = super().filter_for_field(field, field_name, lookup_expr)
        if isinstance(filtro, filtros.ChoiceFilter | filtros.ModelChoiceFilter):
            filtro.extra["empty_label"] = "Todas" if field_name in ("etapa", "gestion", "vigencia") else "Todos"
        return filtro

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nombre in ("firmado_desde", "firmado_hasta"):
            self.form.fields[nombre].widget.input_type = "date"
        usados = set(Organismo.objects.filter(convenios__in=self.visibles).order_by().values_list("pais", flat=True))
        self.form.fields["pais"].choices = [p for p in paises() if p[0] in usados]

    # Subconsultas, no cruces: con varias contrapartes la lista repetiría el convenio.
    def por_contraparte(self, consulta, nombre, organismo):
        return consulta.filter(
            pk__in=Convenio.contrapartes.through.objects.filter(organismo=organismo).values("convenio")
        )

    def por_clase(self, consulta, nombre, clase):
        return consulta.filter(pk__in=Convenio.objects.filter(contrapartes__clase=clase).values("pk"))

    def por_pais(self, consulta, nombre, pais):
        return consulta.filter(pk__in=Convenio.objects.filter(contrapartes__pais=pais).values("pk"))

    def por_vencer(self, consulta, nombre, dias):
        hasta = hoy() + timedelta(days=int(dias))
        return consulta.filter(etapa=Etapa.SUSCRITO, vigencia_hasta__gte=hoy(), vigencia_hasta__lte=hasta)
