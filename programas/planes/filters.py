import django_filters as filtros

from programas.models import Accion, Eje, Meta, Programa, TipoActividad

PROGRAMAS = Programa.objects.order_by("-anio", "clave")


class ProgramaFiltro(filtros.FilterSet):
    class Meta:
        model = Programa
        fields = ("tipo", "anio", "estado")


class EjeDeProgramaFilter(filtros.ModelChoiceFilter):
    """El nombre del eje no basta: dos planes pueden tener el mismo."""

    def __init__(self, **mas):
        ejes = Eje.objects.select_related("programa").order_by("-programa__anio", "programa__clave", "numero")
        super().__init__(queryset=ejes, **mas)
        self.field_class = type(
            "CampoDeEje",
            (self.field_class,),
            {"label_from_instance": lambda self, eje: f"{eje.programa.clave} · {eje}"},
        )


class EjeFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(queryset=Programa.objects.order_by("-anio", "clave"), label="Programa")

    class Meta:
        model = Eje
        fields = ("programa",)


class AccionFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(field_name="eje__programa", queryset=PROGRAMAS, label="programa")
    eje = EjeDeProgramaFilter(label="eje")

    class Meta:
        model = Accion
        fields = ("programa", "eje", "fuente")


class MetaFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(field_name="accion__eje__programa", queryset=PROGRAMAS, label="programa")

    class Meta:
        model = Meta
        fields = ("programa", "trimestre")


class TipoActividadFiltro(filtros.FilterSet):
    class Meta:
        model = TipoActividad
        fields = ("activo",)
