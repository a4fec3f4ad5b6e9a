"""Columnas de las listas de la Red."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from programas.models import Actividad

from .models import IntegranteRed

CORTO = {"td": {"class": "corto"}}
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


class IntegranteTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    desde = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Desde")
    asistencias = tables.Column(accessor="veces", attrs=NUMERO, verbose_name="Asistencias")

    class Meta:
        model = IntegranteRed
        fields = ("nombre", "clase", "desde", "estado", "ciudad", "asistencias")

    def render_estado(self, value, record):
        color = " estado-verde" if record.estado == IntegranteRed.Estado.ACTIVO else ""
        return format_html('<span class="estado{}">{}</span>', color, value)

    def value_estado(self, value):
        return value


class ReunionTabla(tables.Table):
    titulo = tables.Column(
        linkify=lambda record: reverse("observacion:asistencia", args=[record.pk]), verbose_name="Actividad"
    )
    fecha_inicio = tables.DateColumn(format="d/m/Y", attrs=CORTO, verbose_name="Fecha")
    red_organizaciones = tables.Column(attrs=NUMERO, verbose_name="Organizaciones")
    red_personas = tables.Column(attrs=NUMERO, verbose_name="De organizaciones")
    red_individuales = tables.Column(attrs=NUMERO, verbose_name="Individuales")
    red_total = tables.Column(attrs=NUMERO, verbose_name="Total")

    class Meta:
        model = Actividad
        fields = (
            "titulo",
            "tipo",
            "fecha_inicio",
            "red_organizaciones",
            "red_personas",
            "red_individuales",
            "red_total",
        )
