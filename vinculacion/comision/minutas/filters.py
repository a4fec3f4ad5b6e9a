import django_filters

from vinculacion.comision.filters import anios, comisiones
from vinculacion.comision.models import Minuta


class MinutaFiltro(django_filters.FilterSet):
    comision = comisiones(field_name="sesion__comision")
    anio = anios("sesion__anio")

    class Meta:
        model = Minuta
        fields = ["comision", "anio", "estado"]
