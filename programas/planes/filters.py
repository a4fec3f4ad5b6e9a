import django_filters as filtros

from programas.models import Accion, Eje, Programa, TipoActividad


class ProgramaFiltro(filtros.FilterSet):
    class Meta:
        model = Programa
        fields = ("tipo", "anio", "estado")


class AccionFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(
        field_name="eje__programa", queryset=Programa.objects.order_by("-anio", "clave"), label="programa"
    )
    eje = filtros.ModelChoiceFilter(
        queryset=Eje.objects.select_related("programa").order_by("-programa__anio", "numero")
    )

    class Meta:
        model = Accion
        fields = ("programa", "eje", "fuente")


class TipoActividadFiltro(filtros.FilterSet):
    class Meta:
        model = TipoActividad
        fields = ("activo",)
