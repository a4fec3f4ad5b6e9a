import django_filters as filtros

from vinculacion.comision.estados import Modalidad

from ..consultas import convenios_visibles
from ..estados import EstadoDeActo
from ..filters import areas_visibles
from ..models import ActoProtocolario, Convenio
from . import consultas


def anios() -> list[tuple[int, str]]:
    fechas = ActoProtocolario.objects.order_by().dates("fecha", "year", order="DESC")
    return [(f.year, str(f.year)) for f in fechas]


class ActoFiltro(filtros.FilterSet):
    anio = filtros.TypedChoiceFilter(label="Año", field_name="fecha__year", choices=anios, coerce=int)
    estado = filtros.ChoiceFilter(choices=EstadoDeActo.choices)
    modalidad = filtros.ChoiceFilter(choices=Modalidad.choices, empty_label="Todas")
    convenio = filtros.ModelChoiceFilter(label="Instrumento", queryset=Convenio.objects.none(), method="por_convenio")
    area = filtros.ModelChoiceFilter(
        label="Área responsable",
        queryset=areas_visibles,
        method="por_area",
        empty_label="Todas",
    )

    class Meta:
        model = ActoProtocolario
        fields = ["anio", "estado", "modalidad", "convenio", "area"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.visibles = convenios_visibles(self.request.user)
        campo = self.form.fields["convenio"]
        campo.queryset = self.visibles.filter(actos__isnull=False).distinct().prefetch_related(None).order_by("titulo")
        campo.label_from_instance = lambda c: f"{c.titulo} ({c.folio})"

    def por_convenio(self, consulta, nombre, valor):
        return consulta.filter(pk__in=consultas.de_convenios(self.visibles.filter(pk=valor.pk)))

    def por_area(self, consulta, nombre, valor):
        """Por los instrumentos que quien mira puede ver: un área no adivina los de otra."""
        return consulta.filter(pk__in=consultas.de_convenios(self.visibles.filter(areas=valor)))
