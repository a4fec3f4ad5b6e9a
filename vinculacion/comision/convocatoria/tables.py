import django_tables2 as tables

from ..estados import EstadoDeEntrega
from ..models import Convocatoria, Entrega
from ..tables import CORTO, insignia

COLOR_DE_ENTREGA = {
    EstadoDeEntrega.ENVIADA: "verde",
    EstadoDeEntrega.PENDIENTE: "ambar",
    EstadoDeEntrega.FALLIDA: "rojo",
}


def estado_de_entrega(entrega: Entrega) -> str:
    apartada = entrega.estado == EstadoDeEntrega.PENDIENTE and entrega.cuando is not None
    texto = "Enviando" if apartada else entrega.get_estado_display()
    return insignia(texto, COLOR_DE_ENTREGA.get(EstadoDeEntrega(entrega.estado), ""))


class ConvocatoriaTabla(tables.Table):
    asunto = tables.Column(linkify=True)
    sesion = tables.Column(accessor="sesion__clave", verbose_name="Sesión", orderable=False, attrs=CORTO)
    emitida_el = tables.DateTimeColumn(format="d/m/Y H:i", verbose_name="Emitida", attrs=CORTO)
    entregas = tables.Column(empty_values=(), verbose_name="Enviadas", orderable=False, attrs=CORTO)

    class Meta:
        model = Convocatoria
        fields = ("asunto", "sesion", "clase", "emitida_el", "entregas")
        order_by = "-emitida_el"

    def render_entregas(self, record):
        entregas = list(record.entregas.all())
        return f"{sum(e.estado == EstadoDeEntrega.ENVIADA for e in entregas)} de {len(entregas)}"
