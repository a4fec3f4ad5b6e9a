import django_tables2 as tables
from django.utils.html import format_html

from ..estados import EstadoDeObservacion
from ..models import Observacion
from . import consultas, referencia

COLOR = {
    EstadoDeObservacion.ABIERTA: "ambar",
    EstadoDeObservacion.ATENDIDA: "verde",
    EstadoDeObservacion.NO_PROCEDE: "azul",
    EstadoDeObservacion.RETIRADA: "",
}


def estado_de(observacion: Observacion) -> str:
    color = COLOR[EstadoDeObservacion(observacion.estado)]
    clase = f"estado estado-{color}" if color else "estado"
    return format_html('<span class="{}">{}</span>', clase, observacion.get_estado_display())


class ObservacionTabla(tables.Table):
    """La misma en pantalla y en la hoja de cálculo: ésta lleva además lo que allá no cabe."""

    texto = tables.Column(linkify=True)
    apartado = tables.Column(accessor="lugar", verbose_name="Apartado", empty_values=())
    oficina = tables.Column(accessor="oficina__nombre", verbose_name="Oficina", default="")
    creado = tables.DateTimeColumn(verbose_name="Escrita", format="d/m/Y")
    cita = tables.Column(visible=False)
    respuesta = tables.Column(visible=False, empty_values=())
    respondio = tables.Column(visible=False, default="")
    respondida = tables.DateTimeColumn(visible=False, format="d/m/Y H:i", default="")

    class Meta:
        model = Observacion
        fields = ("texto", "apartado", "oficina", "estado", "creado", "cita", "respuesta", "respondio", "respondida")

    def render_texto(self, record):
        return str(record)

    def value_texto(self, record):
        return record.texto

    def render_apartado(self, record):
        return consultas.donde(record)

    def render_estado(self, record):
        return estado_de(record)

    def value_estado(self, record):
        return record.get_estado_display()

    def value_respuesta(self, record):
        return referencia.escrita(record.respuesta) if record.estado in consultas.RESPONDIDAS else ""
