import django_tables2 as tables
from django.utils.html import format_html

from programas.estados import COLOR_DE_PROGRAMA
from programas.models import Accion, Eje, Meta, Programa, TipoActividad

CORTO = {"td": {"class": "corto"}}
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


class ProgramaTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    anio = tables.Column(attrs=CORTO, localize=False)
    comision = tables.Column(accessor="comision__siglas", verbose_name="Comisión")
    area = tables.Column(accessor="area__corto", order_by="area__nombre", verbose_name="Unidad")

    class Meta:
        model = Programa
        fields = ("nombre", "tipo", "anio", "estado", "comision", "area")

    def render_estado(self, value, record):
        return format_html('<span class="estado {}">{}</span>', COLOR_DE_PROGRAMA[record.estado], value)

    def value_estado(self, value):
        return value


class EjeTabla(tables.Table):
    numero = tables.Column(verbose_name="No.", attrs=NUMERO)
    nombre = tables.Column(linkify=True)
    programa = tables.Column(linkify=lambda record: record.programa.get_absolute_url())

    class Meta:
        model = Eje
        fields = ("numero", "nombre", "programa")


class AccionTabla(tables.Table):
    clave = tables.Column(accessor="clave", order_by=("eje__programa__clave", "eje__numero", "inciso"), attrs=CORTO)
    nombre = tables.Column(linkify=True)
    fuente = tables.Column(verbose_name="De dónde cuenta")
    meta = tables.Column(accessor="programado", verbose_name="Meta del año", orderable=False, attrs=NUMERO)

    class Meta:
        model = Accion
        fields = ("nombre", "clave", "unidad", "meta", "frecuencia", "fuente")


class MetaTabla(tables.Table):
    accion = tables.Column(
        linkify=lambda record: record.accion.get_absolute_url(), order_by=("accion__eje__numero", "accion__inciso")
    )
    clave = tables.Column(accessor="accion__clave", orderable=False, attrs=CORTO)
    unidad = tables.Column(accessor="accion__unidad", verbose_name="Unidad")
    trimestre = tables.Column(attrs=NUMERO)
    cantidad = tables.Column(attrs=NUMERO)

    class Meta:
        model = Meta
        fields = ("accion", "clave", "unidad", "trimestre", "cantidad")


class TipoActividadTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    cuantas = tables.Column(verbose_name="Actividades", attrs=NUMERO)
    activo = tables.BooleanColumn(yesno="Sí,No")

    class Meta:
        model = TipoActividad
        fields = ("nombre", "clave", "cuantas", "orden", "activo")
