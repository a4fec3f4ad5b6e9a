import django_filters as filtros

from programas.models import Accion, Programa, Reprogramacion, TextoDePrograma

PROGRAMAS = Programa.objects.order_by("-anio", "clave")


class ReprogramacionFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(field_name="accion__eje__programa", queryset=PROGRAMAS, label="programa")
    accion = filtros.ModelChoiceFilter(
        queryset=Accion.objects.filter(reprogramaciones__isnull=False).distinct().select_related("eje__programa"),
        label="acción",
    )

    class Meta:
        model = Reprogramacion
        fields = ("programa", "accion")


class TextoFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(queryset=PROGRAMAS, label="programa")

    class Meta:
        model = TextoDePrograma
        fields = ("programa", "lugar")
