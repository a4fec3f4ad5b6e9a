import django_filters as filtros

from .models import Informe


class InformeFiltro(filtros.FilterSet):
    class Meta:
        model = Informe
        fields = ("estado", "comision")
