"""Columnas de las listas de convenios."""

import django_tables2 as tables
from django.utils.html import format_html

from vinculacion.nucleo.palabras import fecha_corta

from .estados import Etapa, Situacion
from .models import Convenio, TipoInstrumento
from .templatetags.convenios import situacion

CORTO = {"td": {"class": "corto"}}


def instrumento(url: str, convenio: Convenio):
    """Título que lleva a ``url`` y, debajo, el folio."""
    return format_html('<a href="{}">{}</a><span class="columna-folio">{}</span>', url, convenio.titulo, convenio.folio)


class ConvenioTabla(tables.Table):
    titulo = tables.Column(verbose_name="Instrumento", attrs={"td": {"class": "columna-instrumento"}})
    contrapartes = tables.ManyToManyColumn(
        transform=lambda o: o.corto, separator=", ", linkify_item=False, orderable=False, verbose_name="Contraparte"
    )
    areas = tables.ManyToManyColumn(
        transform=lambda a: a.corto, separator=", ", linkify_item=False, orderable=False, verbose_name="Área"
    )
    situacion = tables.Column(verbose_name="Situación", attrs={"td": {"class": "columna-situacion"}})
    fecha_firma = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Suscrito")

    class Meta:
        model = Convenio
        fields = ("titulo", "tipo", "contrapartes", "areas", "situacion", "fecha_firma")

    def render_titulo(self, value, record):
        return instrumento(record.get_absolute_url(), record)

    def render_situacion(self, record):
        texto, color = situacion(record)
        marca = format_html('<span class="estado{}">{}</span>', f" estado-{color}" if color else "", texto)
        if record.etapa != Etapa.SUSCRITO or record.vigencia_hasta is None:
            return marca
        return format_html(
            '<span>{}<span class="columna-folio">hasta {}</span></span>', marca, fecha_corta(record.vigencia_hasta)
        )

    def value_situacion(self, value):
        return Situacion(value).label


class TipoInstrumentoTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    usos = tables.Column(verbose_name="Convenios", attrs={"td": {"class": "numero"}, "th": {"class": "numero"}})
    requiere_opinion = tables.BooleanColumn(yesno="Sí,No", verbose_name="Requiere opinión")
    activo = tables.BooleanColumn(yesno="Sí,No")

    class Meta:
        model = TipoInstrumento
        fields = ("nombre", "nivel", "requiere_opinion", "usos", "activo")
