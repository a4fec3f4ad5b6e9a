"""Columnas de las listas de convenios."""

import django_tables2 as tables
from django.utils.html import format_html

from .estados import COLOR_DE_SITUACION, Situacion
from .models import Actualizacion, Convenio, TipoInstrumento

CORTO = {"td": {"class": "corto"}}


class ConvenioTabla(tables.Table):
    titulo = tables.Column(verbose_name="Instrumento", attrs={"td": {"class": "columna-instrumento"}})
    contrapartes = tables.ManyToManyColumn(
        transform=lambda o: o.corto, separator=", ", linkify_item=False, orderable=False, verbose_name="Contraparte"
    )
    areas = tables.ManyToManyColumn(
        transform=lambda a: a.corto, separator=", ", linkify_item=False, orderable=False, verbose_name="Área"
    )
    situacion = tables.Column(verbose_name="Situación")
    fecha_firma = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Suscrito")
    vigencia_hasta = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Vence")

    class Meta:
        model = Convenio
        fields = ("titulo", "tipo", "contrapartes", "areas", "situacion", "fecha_firma", "vigencia_hasta")

    def render_titulo(self, value, record):
        return format_html(
            '<a href="{}">{}</a><span class="columna-folio">{}</span>', record.get_absolute_url(), value, record.folio
        )

    def render_situacion(self, value, record):
        """En trámite importa en qué etapa va; lo demás lo dice la situación."""
        color = COLOR_DE_SITUACION[Situacion(value)]
        texto = (
            record.get_etapa_display() if value in (Situacion.TRAMITE, Situacion.SIN_FIRMA) else Situacion(value).label
        )
        return format_html('<span class="estado{}">{}</span>', f" estado-{color}" if color else "", texto)

    def value_situacion(self, value):
        return Situacion(value).label


class TipoInstrumentoTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    usos = tables.Column(verbose_name="Convenios", attrs={"td": {"class": "numero"}, "th": {"class": "numero"}})
    activo = tables.BooleanColumn(yesno="Sí,No")

    class Meta:
        model = TipoInstrumento
        fields = ("nombre", "usos", "activo")


class ActualizacionTabla(tables.Table):
    convenio = tables.Column(
        linkify=lambda record: record.get_absolute_url(),
        verbose_name="Instrumento",
        accessor="convenio__titulo",
        order_by="convenio__titulo",
    )
    folio = tables.Column(accessor="convenio__folio", attrs={"td": {"class": "folio"}})
    sesion = tables.Column(verbose_name="Sesión", order_by="sesion__fecha_programada")
    fecha = tables.DateColumn(
        accessor="sesion__fecha", format="d/m/Y", order_by="sesion__fecha_programada", attrs=CORTO
    )
    avance = tables.Column(orderable=False)

    class Meta:
        model = Actualizacion
        fields = ("convenio", "folio", "sesion", "fecha", "avance")

    def render_avance(self, value):
        return value if len(value) <= 140 else f"{value[:139].rstrip()}…"

    def value_avance(self, value):
        return value
