import django_filters

from vinculacion.comision.models import SeguimientoDeAcuerdo


class SeguimientoFiltro(django_filters.FilterSet):
    class Meta:
        model = SeguimientoDeAcuerdo
        fields = ["estado"]
