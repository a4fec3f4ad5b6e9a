import django_tables2 as tables
from django.utils.html import format_html

from .models import Informe, Plantilla


class InformeTabla(tables.Table):
    titulo = tables.Column(linkify=True)
    periodo = tables.Column(accessor="periodo", verbose_name="Periodo", order_by=("inicio", "fin"))
    comision = tables.Column(accessor="comision__siglas", verbose_name="Comisión")
    acuerdo = tables.Column(accessor="acuerdo__folio", verbose_name="Acuerdo", default="—")
    pdf = tables.Column(empty_values=(), orderable=False, verbose_name="Descargar", exclude_from_export=True)

    class Meta:
        model = Informe
        fields = ("titulo", "periodo", "comision", "estado", "acuerdo", "pdf")

    def render_pdf(self, record):
        from django.urls import reverse

        return format_html(
            '<a href="{}" aria-label="PDF de {}"><i class="bi bi-file-earmark-pdf" aria-hidden="true"></i> PDF</a>',
            reverse("informes:informe_descargar", args=[record.pk, "pdf"]),
            record.titulo,
        )


class PlantillaTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    cuantos_apartados = tables.Column(verbose_name="Apartados", attrs={"td": {"class": "numero"}})

    class Meta:
        model = Plantilla
        fields = ("nombre", "clave", "cuantos_apartados")
