import django_filters as filtros
from django.contrib.auth.models import Group

from .models import Usuario


class UsuarioFiltro(filtros.FilterSet):
    groups = filtros.ModelChoiceFilter(queryset=Group.objects.order_by("name"), label="papel")
    is_active = filtros.BooleanFilter(label="puede entrar")

    class Meta:
        model = Usuario
        fields = ("groups", "area", "is_active")
