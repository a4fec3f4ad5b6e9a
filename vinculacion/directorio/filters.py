"""Filtros de las listas del directorio."""

import django_filters

from .models import Area, Organismo, ProcesoElectoral


class AreaFiltro(django_filters.FilterSet):
    padre = django_filters.ModelChoiceFilter(
        queryset=Area.objects.filter(hijas__isnull=False).distinct(), label="Depende de"
    )

    class Meta:
        model = Area
        fields = ["clase", "padre", "activa"]


class OrganismoFiltro(django_filters.FilterSet):
    pais = django_filters.ChoiceFilter(label="País", choices=Organismo._meta.get_field("pais").choices)
    padre = django_filters.ModelChoiceFilter(
        queryset=Organismo.objects.filter(hijos__isnull=False).distinct(), label="Forma parte de"
    )

    class Meta:
        model = Organismo
        fields = ["ambito", "clase", "pais", "padre", "activo"]


class ProcesoElectoralFiltro(django_filters.FilterSet):
    class Meta:
        model = ProcesoElectoral
        fields = ["clase"]
