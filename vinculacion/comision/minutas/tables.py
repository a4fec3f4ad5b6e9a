import django_tables2 as tables

from vinculacion.comision.estados import EstadoDeMinuta
from vinculacion.comision.models import Minuta
from vinculacion.comision.tables import CORTO, insignia


def estado_de_minuta(minuta: Minuta) -> str:
    color = "verde" if minuta.estado == EstadoDeMinuta.APROBADA else "ambar"
    return insignia(minuta.get_estado_display(), color)


class MinutaTabla(tables.Table):
    sesion = tables.Column(
        verbose_name="Minuta de", linkify=lambda record: record.get_absolute_url(),
        order_by=("sesion__fecha_programada",), attrs={"td": {"class": "sesion-nombre"}},
    )  # fmt: skip
    comision = tables.Column(accessor="sesion__comision__siglas", verbose_name="Comisión")
    fecha = tables.DateColumn(
        accessor="sesion__fecha", format="d/m/Y", verbose_name="Fecha", attrs=CORTO, orderable=False
    )
    aprobada_en = tables.Column(accessor="aprobada_en__sesion__clave", verbose_name="Se aprobó en", attrs=CORTO)

    class Meta:
        model = Minuta
        fields = ("sesion", "comision", "fecha", "estado", "aprobada_en")

    def render_estado(self, record):
        return estado_de_minuta(record)

    def value_estado(self, record):
        return record.get_estado_display()
