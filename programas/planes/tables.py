import django_tables2 as tables

from programas.models import Accion, Programa, TipoActividad


class ProgramaTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    anio = tables.Column(attrs={"td": {"class": "corto"}}, localize=False)
    comision = tables.Column(accessor="comision__siglas", verbose_name="comisión")
    area = tables.Column(accessor="area__corto", order_by="area__nombre", verbose_name="unidad")

    class Meta:
        model = Programa
        fields = ("nombre", "tipo", "anio", "estado", "comision", "area")


class AccionTabla(tables.Table):
    clave = tables.Column(accessor="clave", order_by=("eje__programa__clave", "eje__numero", "inciso"))
    nombre = tables.Column(linkify=True)
    fuente = tables.Column(verbose_name="de dónde cuenta")
    meta = tables.Column(
        accessor="programado", verbose_name="meta del año", orderable=False, attrs={"td": {"class": "numero"}}
    )

    class Meta:
        model = Accion
        fields = ("clave", "nombre", "unidad", "meta", "frecuencia", "fuente")


class TipoActividadTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    cuantas = tables.Column(verbose_name="actividades", attrs={"td": {"class": "numero"}})
    activo = tables.BooleanColumn(yesno="Sí,No")

    class Meta:
        model = TipoActividad
        fields = ("nombre", "clave", "cuantas", "orden", "activo")
