import django_filters as filtros
from django.db.models import F

from ..estados import ClaseDeDocumento
from ..filters import areas_visibles
from ..models import DocumentoDeConvenio


class DocumentoFiltro(filtros.FilterSet):
    clase = filtros.ChoiceFilter(choices=ClaseDeDocumento.choices, empty_label="Todas")
    ultima = filtros.BooleanFilter(label="Sólo la última versión", method="por_ultima")
    convenio__areas = filtros.ModelChoiceFilter(label="Área responsable", queryset=areas_visibles, empty_label="Todas")
    desde = filtros.DateFilter(field_name="fecha", lookup_expr="gte", label="Fechados desde")
    hasta = filtros.DateFilter(field_name="fecha", lookup_expr="lte", label="Fechados hasta")

    class Meta:
        model = DocumentoDeConvenio
        fields = ["clase", "ultima", "convenio__areas", "desde", "hasta"]

    def por_ultima(self, consulta, nombre, valor):
        return consulta.filter(numero=F("ultimo")) if valor else consulta.filter(numero__lt=F("ultimo"))
