"""Filtros de la lista de integrantes."""

import django_filters as filtros

from .models import IntegranteRed


class IntegranteFiltro(filtros.FilterSet):
    clase = filtros.ChoiceFilter(choices=IntegranteRed.Clase.choices, empty_label="Todas")
    estado = filtros.ChoiceFilter(choices=IntegranteRed.Estado.choices, empty_label="Todos")

    class Meta:
        model = IntegranteRed
        fields = ["clase", "estado"]
