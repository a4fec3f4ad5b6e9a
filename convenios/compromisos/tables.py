"""Columnas de las listas de compromisos y de avances."""

import django_tables2 as tables
from django.utils.html import format_html

from ..models import AvanceDeCompromiso, Compromiso
from ..tables import CORTO
from . import consultas
from .situacion import COLORES, Situacion

ANCHA = {"td": {"class": "columna-instrumento"}}


def insignia(situacion: str):
    color = COLORES[Situacion(situacion)]
    clase = f" estado-{color}" if color else ""
    return format_html('<span class="estado{}">{}</span>', clase, Situacion(situacion).label)


class CompromisoTabla(tables.Table):
    que = tables.Column(verbose_name="Compromiso", attrs=ANCHA)
    parte = tables.Column(verbose_name="Quién")
    recurrencia = tables.Column(verbose_name="Se cumple")
    proxima = tables.DateColumn(format="d/m/Y", verbose_name="Vence", attrs=CORTO)
    avance = tables.Column(empty_values=(), verbose_name="Avance", orderable=False, attrs=CORTO)
    situacion = tables.Column(verbose_name="Estado")

    class Meta:
        model = Compromiso
        fields = ("que", "parte", "recurrencia", "proxima", "avance", "situacion")

    def render_que(self, record):
        datos = [p for p in (record.convenio.folio, record.clausula) if p]
        return format_html(
            '<a href="{}">{}</a><span class="columna-folio">{}</span>',
            record.get_absolute_url(),
            record,
            " · ".join(datos),
        )

    def render_parte(self, record):
        quienes = [o.corto for o in (record.area, record.contraparte) if o]
        return format_html(
            '<span>{}<span class="columna-folio">{}</span></span>', record.get_parte_display(), ", ".join(quienes)
        )

    def value_parte(self, record):
        return record.get_parte_display()

    def render_avance(self, record):
        return consultas.progreso(record).texto

    def render_situacion(self, value):
        return insignia(value)

    def value_situacion(self, value):
        return Situacion(value).label


class AvanceTabla(tables.Table):
    fecha = tables.DateColumn(format="d/m/Y", linkify=("convenios:avance_detalle", [tables.A("pk")]), attrs=CORTO)
    compromiso = tables.Column(orderable=False, attrs=ANCHA)
    vez = tables.DateColumn(format="d/m/Y", verbose_name="De lo que vence", attrs=CORTO)
    porcentaje = tables.Column(verbose_name="Avance", attrs=CORTO)
    nota = tables.Column(orderable=False)
    por = tables.Column(orderable=False)

    class Meta:
        model = AvanceDeCompromiso
        fields = ("fecha", "compromiso", "vez", "porcentaje", "nota", "por")

    def render_compromiso(self, record):
        return format_html(
            '<span>{}<span class="columna-folio">{}</span></span>',
            record.compromiso,
            record.compromiso.convenio.folio,
        )

    def render_porcentaje(self, record):
        return "Cumplido" if record.cumple else f"{record.porcentaje} %"

    def render_nota(self, value):
        return value if len(value) <= 140 else f"{value[:139].rstrip()}…"
