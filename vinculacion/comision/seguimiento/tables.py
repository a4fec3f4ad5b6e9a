import django_tables2 as tables

from vinculacion.comision.models import SeguimientoDeAcuerdo
from vinculacion.comision.tables import COLOR_DE_ACUERDO, CORTO, insignia


def estado_del_paso(paso: SeguimientoDeAcuerdo) -> str:
    return insignia(paso.get_estado_display(), COLOR_DE_ACUERDO.get(paso.estado, ""))


class SeguimientoTabla(tables.Table):
    fecha = tables.DateColumn(format="d/m/Y", linkify=("comision:seguimiento_detalle", [tables.A("pk")]), attrs=CORTO)
    acuerdo = tables.Column(accessor="acuerdo__folio", order_by="acuerdo__folio", attrs=CORTO)
    sesion = tables.Column(accessor="sesion__clave", verbose_name="Se informó en", orderable=False, attrs=CORTO)
    por = tables.Column(verbose_name="Lo anotó", orderable=False)

    class Meta:
        model = SeguimientoDeAcuerdo
        fields = ("fecha", "acuerdo", "estado", "nota", "sesion", "por")

    def render_estado(self, record):
        return estado_del_paso(record)

    def value_estado(self, record):
        return record.get_estado_display()
