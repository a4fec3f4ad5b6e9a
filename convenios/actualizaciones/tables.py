"""Columnas de la lista de actualizaciones."""

import django_tables2 as tables

from ..models import Actualizacion
from ..tables import CORTO, instrumento


class ActualizacionTabla(tables.Table):
    convenio = tables.Column(
        verbose_name="Instrumento", order_by="convenio__titulo", attrs={"td": {"class": "columna-instrumento"}}
    )
    sesion = tables.Column(verbose_name="Sesión", order_by="sesion__fecha_programada")
    fecha = tables.DateColumn(
        accessor="sesion__fecha", format="d/m/Y", order_by="sesion__fecha_programada", attrs=CORTO, verbose_name="Fecha"
    )
    avance = tables.Column(orderable=False)

    class Meta:
        model = Actualizacion
        fields = ("convenio", "sesion", "fecha", "avance")

    def render_convenio(self, record):
        return instrumento(record.get_absolute_url(), record.convenio)

    def render_avance(self, value):
        return value if len(value) <= 140 else f"{value[:139].rstrip()}…"
