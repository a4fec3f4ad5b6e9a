import django_filters as filtros

from programas.models import AjusteDeTiempo, DatoDeVariable, Explicacion, Indicador, Supuesto, Variable
from programas.planes.filters import PROGRAMAS


def _programa(camino: str = "programa"):
    return filtros.ModelChoiceFilter(field_name=camino, queryset=PROGRAMAS, label="programa")


class IndicadorFiltro(filtros.FilterSet):
    programa = _programa()

    class Meta:
        model = Indicador
        fields = ("programa", "nivel", "tipo", "formula", "frecuencia", "area_responsable")


class SupuestoFiltro(filtros.FilterSet):
    programa = _programa()

    class Meta:
        model = Supuesto
        fields = ("programa",)


class VariableFiltro(filtros.FilterSet):
    programa = _programa("indicador__programa")

    class Meta:
        model = Variable
        fields = ("programa", "origen", "papel")


class DatoFiltro(filtros.FilterSet):
    programa = _programa("variable__indicador__programa")

    class Meta:
        model = DatoDeVariable
        fields = ("programa",)


class AjusteFiltro(filtros.FilterSet):
    programa = _programa("indicador__programa")

    class Meta:
        model = AjusteDeTiempo
        fields = ("programa",)


class ExplicacionFiltro(filtros.FilterSet):
    programa = _programa("indicador__programa")

    class Meta:
        model = Explicacion
        fields = ("programa",)
