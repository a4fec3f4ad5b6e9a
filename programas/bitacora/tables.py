"""Columnas de la lista de actividades."""

import django_tables2 as tables
from django.db.models import Sum
from django.utils.html import format_html

from programas.estados import EstadoDeActividad
from programas.models import Actividad
from vinculacion.nucleo.palabras import capitaliza, numero

COLOR = {EstadoDeActividad.VALIDADA: "verde", EstadoDeActividad.RECHAZADA: "rojo", EstadoDeActividad.BORRADOR: "azul"}
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


def insignia_de(actividad: Actividad) -> str:
    estado = EstadoDeActividad(actividad.estado)
    return format_html('<span class="estado estado-{}">{}</span>', COLOR[estado], estado.label)


def suma_de_unidades(table) -> str:
    """De toda la lista, no sólo de la página: es la cifra que el avance enseña y que aquí se comprueba."""
    return numero(table.data.data.aggregate(suma=Sum("unidades"))["suma"] or 0)


class ActividadTabla(tables.Table):
    titulo = tables.Column(linkify=True, verbose_name="Actividad", footer="Total de unidades de la lista")
    fecha = tables.Column(accessor="fechas", verbose_name="Fecha", order_by=("fecha_inicio", "fecha_fin"))
    tipo = tables.Column(accessor="tipo__nombre", verbose_name="Tipo")
    accion = tables.Column(
        accessor="accion__numeral",
        verbose_name="Acción",
        attrs={"td": {"class": "corto"}},
        order_by=("accion__eje__programa__clave", "accion__eje__numero", "accion__inciso"),
    )
    unidades = tables.Column(
        verbose_name="Unidades", attrs={**NUMERO, "tf": {"class": "numero"}}, footer=suma_de_unidades
    )
    evidencia = tables.Column(accessor="cuantas_evidencias", verbose_name="Evidencia", attrs=NUMERO)

    class Meta:
        model = Actividad
        fields = ("titulo", "fecha", "tipo", "accion", "unidades", "evidencia", "estado")

    def render_fecha(self, value):
        return capitaliza(value)

    def render_accion(self, record, value):
        return format_html('<span>{} <span class="apagado">{}</span></span>', value, record.accion.eje.programa.clave)

    def value_accion(self, record):
        return record.accion.clave

    def render_estado(self, record):
        return insignia_de(record)

    def value_estado(self, record):
        return record.get_estado_display()
