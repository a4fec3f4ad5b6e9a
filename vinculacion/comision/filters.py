"""Filtros de las listas de la comisión."""

import django_filters
from django import forms
from django.db.models import Q

from vinculacion.directorio.models import Area
from vinculacion.nucleo.periodos import hoy

from . import consultas
from .estados import Resolucion
from .models import Acuerdo, Asistencia, Comision, Integracion, Punto, Sesion, Tema, Voto
from .seguimiento.consultas import SITUACIONES

SIN_RESOLVER = "pendiente"
SI = forms.Select(choices=[("", "---------"), ("true", "Sí")])


def comisiones(**mas):
    return django_filters.ModelChoiceFilter(queryset=Comision.objects.all(), label="Comisión", **mas)


def anios(campo: str):
    """Años en que hay sesiones, del más reciente al más antiguo."""

    def opciones():
        return [(a, str(a)) for a in Sesion.objects.order_by("-anio").values_list("anio", flat=True).distinct()]

    return django_filters.ChoiceFilter(field_name=campo, label="Año", choices=opciones)


def celebradas(campo: str = ""):
    """«Celebrada desde» y «hasta» sobre la fecha de ``campo``; las cifras enlazan con ellos."""

    def dia(cual: str, comparacion: str):
        return django_filters.DateFilter(
            field_name=f"{campo}fecha_celebrada",
            lookup_expr=comparacion,
            label=f"Sesión celebrada {cual}" if campo else f"Celebrada {cual}",
        )

    return dia("desde", "gte"), dia("hasta", "lte")


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
    desde, hasta = celebradas()

    class Meta:
        model = Sesion
        fields = ["comision", "anio", "tipo", "estado", "desde", "hasta"]


class PuntoFiltro(django_filters.FilterSet):
    comision = comisiones(field_name="sesion__comision")
    sesion = SesionesFiltro()
    tema = django_filters.ModelChoiceFilter(queryset=Tema.objects.all(), label="Tema", null_label="Sin tema")
    resolucion = django_filters.ChoiceFilter(
        label="Resolución", choices=[*Resolucion.choices, (SIN_RESOLVER, "Sin resolver")], method="filtra_resolucion"
    )
    desde, hasta = celebradas("sesion__")

    class Meta:
        model = Punto
        fields = ["comision", "sesion", "tema", "solicitud", "resolucion", "de_tramite", "desde", "hasta"]

    def filtra_resolucion(self, consulta, nombre, valor):
        return consulta.filter(resolucion="" if valor == SIN_RESOLVER else valor) if valor else consulta


class AcuerdoFiltro(django_filters.FilterSet):
    comision = comisiones()
    anio = anios("sesion__anio")
    sesion = SesionesFiltro()
    area_responsable = django_filters.ModelChoiceFilter(
        queryset=Area.objects.all(), label="Área responsable", null_label="Sin área"
    )
    desde, hasta = celebradas("sesion__")
    situacion = django_filters.ChoiceFilter(
        label="Situación", choices=[(k, nombre) for k, (nombre, _) in SITUACIONES.items()], method="filtra_situacion"
    )

    class Meta:
        model = Acuerdo
        fields = ["comision", "anio", "sesion", "estado", "area_responsable", "desde", "hasta", "situacion"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(acuerdos__isnull=False).distinct()
        self.filters["area_responsable"].extra["queryset"] = areas
        if self.request is not None and not self.request.user.has_perm(consultas.VE_TODO):
            # Quien sólo ve lo de su área no tiene por qué conocer la lista de sesiones ni la de áreas.
            for nombre in ("comision", "sesion", "area_responsable"):
                del self.filters[nombre]

    def filtra_situacion(self, consulta, nombre, valor):
        return SITUACIONES[valor][1](consulta) if valor else consulta


class AsistenciaFiltro(django_filters.FilterSet):
    comision = comisiones(field_name="sesion__comision")
    sesion = SesionesFiltro()

    class Meta:
        model = Asistencia
        fields = ["comision", "sesion", "estado"]


class VotoFiltro(django_filters.FilterSet):
    comision = comisiones(field_name="punto__sesion__comision")
    sesion = SesionesFiltro(field_name="punto__sesion")

    class Meta:
        model = Voto
        fields = ["comision", "sesion", "sentido"]
