"""Filtros de las listas de la comisión."""

import django_filters
from django import forms
from django.db.models import Q

from vinculacion.directorio.models import Area
from vinculacion.nucleo.periodos import hoy

from . import consultas
from .models import Acuerdo, Comision, Integracion, Punto, Sesion, Tema

SI = forms.Select(choices=[("", "---------"), ("true", "Sí")])


def comisiones(**mas):
    return django_filters.ModelChoiceFilter(queryset=Comision.objects.all(), label="Comisión", **mas)


def anios(campo: str):
    """Años en que hay sesiones, del más reciente al más antiguo."""

    def opciones():
        return [(a, str(a)) for a in Sesion.objects.order_by("-anio").values_list("anio", flat=True).distinct()]

    return django_filters.ChoiceFilter(field_name=campo, label="Año", choices=opciones)


class SesionesFiltro(django_filters.ModelChoiceFilter):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label", "Sesión")
        super().__init__(*args, queryset=Sesion.objects.select_related("comision"), **kwargs)

    @property
    def field(self):
        campo = super().field
        campo.label_from_instance = lambda s: f"{s.clave} ({s.comision.siglas})"
        return campo


class ComisionFiltro(django_filters.FilterSet):
    class Meta:
        model = Comision
        fields = ["tipo"]


class IntegracionFiltro(django_filters.FilterSet):
    comision = comisiones()
    vigente = django_filters.BooleanFilter(label="Vigente hoy", method="filtra_vigente")

    class Meta:
        model = Integracion
        fields = ["comision", "rol"]

    def filtra_vigente(self, consulta, nombre, valor):
        vigente = Q(desde__lte=hoy()) & (Q(hasta__isnull=True) | Q(hasta__gte=hoy()))
        return consulta.filter(vigente) if valor else consulta.exclude(vigente)


class SesionFiltro(django_filters.FilterSet):
    comision = comisiones()
    anio = anios("anio")

    class Meta:
        model = Sesion
        fields = ["comision", "anio", "tipo", "estado"]


class PuntoFiltro(django_filters.FilterSet):
    comision = comisiones(field_name="sesion__comision")
    sesion = SesionesFiltro()
    tema = django_filters.ModelChoiceFilter(queryset=Tema.objects.all(), label="Tema")

    class Meta:
        model = Punto
        fields = ["comision", "sesion", "tema", "solicitud", "de_tramite"]


class AcuerdoFiltro(django_filters.FilterSet):
    comision = comisiones()
    anio = anios("sesion__anio")
    sesion = SesionesFiltro()
    area_responsable = django_filters.ModelChoiceFilter(queryset=Area.objects.all(), label="Área responsable")
    vencidos = django_filters.BooleanFilter(label="Sólo vencidos", method="filtra_vencidos", widget=SI)

    class Meta:
        model = Acuerdo
        fields = ["comision", "anio", "sesion", "estado", "area_responsable", "vencidos"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(acuerdos__isnull=False).distinct()
        self.filters["area_responsable"].extra["queryset"] = areas
        if self.request is not None and not self.request.user.has_perm(consultas.VE_TODO):
            # Quien sólo ve lo de su área no tiene por qué conocer la lista de sesiones ni la de áreas.
            for nombre in ("comision", "sesion", "area_responsable"):
                del self.filters[nombre]

    def filtra_vencidos(self, consulta, nombre, valor):
        return consultas.vencidos(consulta) if valor else consulta
