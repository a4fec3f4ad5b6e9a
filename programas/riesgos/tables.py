import django_tables2 as tables
from django.utils.html import format_html

from programas.models import Riesgo, SeguimientoDeRiesgo, Tratamiento
from programas.planes.tables import CORTO, NUMERO
from vinculacion.nucleo.periodos import hoy

from . import consultas


def con_severidad(nivel: int | None):
    palabra = consultas.severidad(nivel)
    return format_html(
        '<span class="estado{}">{}</span>',
        f" estado-{palabra.clase}" if palabra.clase else "",
        f"{nivel} {palabra.texto}" if nivel else palabra.texto,
    )


class RiesgoTabla(tables.Table):
    numero = tables.Column(verbose_name="No.", attrs=NUMERO)
    nombre = tables.Column(linkify=True)
    programa = tables.Column(accessor="programa__clave", verbose_name="Programa", attrs=CORTO)
    nivel_inicial = tables.Column(verbose_name="Nivel inicial", orderable=False)
    nivel_residual = tables.Column(verbose_name="Nivel residual", orderable=False, empty_values=())
    respuesta = tables.Column(empty_values=())
    area_responsable = tables.Column(
        accessor="area_responsable__corto", order_by="area_responsable__nombre", verbose_name="Área"
    )

    class Meta:
        model = Riesgo
        fields = ("nombre", "numero", "programa", "nivel_inicial", "respuesta", "nivel_residual", "area_responsable")

    def render_nivel_inicial(self, value):
        return con_severidad(value)

    def render_nivel_residual(self, record):
        return con_severidad(record.nivel_residual)

    def render_respuesta(self, record):
        if not consultas.sin_tratamiento(record):
            return record.get_respuesta_display()
        return format_html(
            '<span>{} <span class="estado estado-ambar">Sin acciones de tratamiento</span></span>',
            record.get_respuesta_display(),
        )


class TratamientoTabla(tables.Table):
    descripcion = tables.Column(linkify=True, verbose_name="Acción para tratarlo")
    riesgo = tables.Column(linkify=lambda record: record.riesgo.get_absolute_url(), order_by=("riesgo__numero",))
    programa = tables.Column(accessor="riesgo__programa__clave", verbose_name="Programa", attrs=CORTO)
    inicio = tables.DateColumn(format="d/m/Y", attrs=CORTO)
    termino = tables.DateColumn(format="d/m/Y", attrs=CORTO)
    area_responsable = tables.Column(
        empty_values=(), order_by=("area_responsable__nombre", "riesgo__area_responsable__nombre"), verbose_name="Área"
    )
    situacion = tables.Column(empty_values=(), orderable=False, verbose_name="Situación")

    class Meta:
        model = Tratamiento
        fields = ("descripcion", "riesgo", "programa", "inicio", "termino", "area_responsable", "situacion")

    def render_area_responsable(self, record):
        area = consultas.area_de(record)
        return area.corto if area else "—"

    def render_situacion(self, record):
        luz = consultas.situacion(record, hoy())
        return format_html('<span class="estado{}">{}</span>', f" estado-{luz.clase}" if luz.clase else "", luz.texto)


class SeguimientoTabla(tables.Table):
    riesgo = tables.Column(linkify=True, order_by=("riesgo__numero",))
    programa = tables.Column(accessor="riesgo__programa__clave", verbose_name="Programa", attrs=CORTO)
    trimestre = tables.Column(attrs=NUMERO)
    nota = tables.Column()
    nivel = tables.Column(verbose_name="Nivel observado", orderable=False, empty_values=())
    se_materializo = tables.BooleanColumn(yesno="Sí,No", verbose_name="Se materializó")

    class Meta:
        model = SeguimientoDeRiesgo
        fields = ("riesgo", "programa", "trimestre", "nota", "nivel", "se_materializo")

    def render_nivel(self, record):
        return con_severidad(record.nivel) if record.nivel else "Sin cambio"
