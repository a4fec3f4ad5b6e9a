"""Las estancias que hay detrás de un promedio de días."""

import django_tables2 as tables

from convenios.models import CambioDeEtapa
from convenios.tables import CORTO, instrumento

NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


class EstanciaTabla(tables.Table):
    convenio = tables.Column(
        verbose_name="Instrumento", order_by="convenio__titulo", attrs={"td": {"class": "columna-instrumento"}}
    )
    etapa = tables.Column(verbose_name="Etapa")
    fecha = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Desde")
    hasta = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Hasta", default="Sigue")
    dias = tables.Column(verbose_name="Días", empty_values=(), orderable=False, attrs=NUMERO)

    class Meta:
        model = CambioDeEtapa
        fields = ("convenio", "etapa", "fecha", "hasta", "dias")

    def render_convenio(self, record):
        return instrumento(record.convenio.get_absolute_url(), record.convenio)

    def value_convenio(self, record):
        return f"{record.convenio.folio} · {record.convenio.titulo}"

    def render_dias(self, record):
        return ((record.hasta or record.corte) - record.fecha).days
