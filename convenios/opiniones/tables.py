"""Columnas de las listas de opiniones."""

import django_tables2 as tables
from django.utils.html import format_html

from vinculacion.nucleo.palabras import fecha_corta

from ..estados import EstadoDeOpinion, Sentido
from ..models import Opinion, PlantillaDeOpinion

COLORES = {EstadoDeOpinion.BORRADOR: "ambar", EstadoDeOpinion.EMITIDA: "verde", EstadoDeOpinion.CANCELADA: "rojo"}
COLOR_DE_SENTIDO = {Sentido.FAVORABLE: "verde", Sentido.CON_OBSERVACIONES: "ambar", Sentido.NO_FAVORABLE: "rojo"}
CORTO = {"td": {"class": "corto"}}


def insignia(texto: str, color: str):
    return format_html('<span class="estado{}">{}</span>', f" estado-{color}" if color else "", texto)


def estado_de(opinion: Opinion):
    return insignia(opinion.get_estado_display(), COLORES[EstadoDeOpinion(opinion.estado)])


def sentido_de(opinion: Opinion):
    """Cadena vacía mientras no se decide."""
    return (
        insignia(opinion.get_sentido_display(), COLOR_DE_SENTIDO[Sentido(opinion.sentido)]) if opinion.sentido else ""
    )


def debajo(texto: str):
    return format_html('<span class="columna-folio">{}</span>', texto)


class OpinionTabla(tables.Table):
    folio = tables.Column(
        verbose_name="Número", order_by=("anio", "numero", "lugar_del_sufijo"), empty_values=(), attrs=CORTO
    )
    convenio = tables.Column(verbose_name="Instrumento", order_by="convenio__titulo")
    areas = tables.ManyToManyColumn(
        transform=lambda a: a.corto, separator=", ", linkify_item=False, orderable=False, verbose_name="Área"
    )
    sentido = tables.Column(verbose_name="Sentido o estado", order_by=("estado", "sentido"), empty_values=())
    fecha = tables.DateColumn(format="d/m/Y", verbose_name="Emitida", attrs=CORTO)
    espera = tables.Column(
        verbose_name="Días",
        attrs={"td": {"class": "numero"}, "th": {"class": "numero", "title": "De la solicitud a la emisión"}},
    )

    class Meta:
        model = Opinion
        fields = ("folio", "convenio", "areas", "sentido", "fecha", "espera")

    def render_folio(self, record):
        nombre = record.folio or f"Borrador {record.pk}"
        enlace = format_html('<a href="{}">{}</a>', record.get_absolute_url(), nombre)
        return (
            format_html("{}{}", enlace, debajo(f"solicitada {fecha_corta(record.solicitada)}"))
            if record.solicitada
            else enlace
        )

    def render_convenio(self, record):
        return format_html("<span>{}{}</span>", record.convenio.titulo, debajo(record.convenio.folio))

    def render_sentido(self, record):
        """De lo emitido importa el sentido; de lo demás, que no está emitido."""
        if record.estado != EstadoDeOpinion.EMITIDA:
            return estado_de(record)
        if record.sentido == Sentido.CON_OBSERVACIONES:
            return insignia("Con observaciones", COLOR_DE_SENTIDO[Sentido.CON_OBSERVACIONES])  # entero no cabe
        return sentido_de(record)

    def render_espera(self, value):
        return value.days


class PlantillaDeOpinionTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    usos = tables.Column(verbose_name="Opiniones", attrs={"td": {"class": "numero"}, "th": {"class": "numero"}})
    activa = tables.BooleanColumn(yesno="Sí,No")

    class Meta:
        model = PlantillaDeOpinion
        fields = ("nombre", "usos", "activa")
