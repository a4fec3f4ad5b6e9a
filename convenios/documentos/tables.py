import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ..models import DocumentoDeConvenio
from ..tables import CORTO


class DocumentoTabla(tables.Table):
    titulo = tables.Column(verbose_name="Documento", linkify=True)
    numero = tables.Column(verbose_name="Versión", attrs=CORTO)
    convenio = tables.Column(
        verbose_name="Instrumento", order_by="convenio__titulo", attrs={"td": {"class": "columna-instrumento"}}
    )
    fecha = tables.DateColumn(format="d/m/Y", attrs=CORTO)

    class Meta:
        model = DocumentoDeConvenio
        fields = ("titulo", "clase", "numero", "convenio", "fecha")

    def render_numero(self, value, record):
        return value if value == record.ultimo else f"{value} de {record.ultimo}"

    def render_convenio(self, record):
        destino = reverse("convenios:convenio_detalle", args=[record.convenio_id])
        return format_html(
            '<a href="{}">{}</a><span class="columna-folio">{}</span>', destino, record.convenio, record.convenio.folio
        )
