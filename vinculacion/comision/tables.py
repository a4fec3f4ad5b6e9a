"""Columnas de las listas de la comisión."""

import django_tables2 as tables
from django.utils.html import format_html

from vinculacion.nucleo.palabras import cuenta, fecha_larga
from vinculacion.nucleo.periodos import hoy

from .estados import ABIERTOS, REALIZADAS, EstadoDeAcuerdo, EstadoDeSesion
from .models import Acuerdo, Asistencia, Comision, Integracion, Punto, Sesion, Tema, Voto

COLOR_DE_SESION = {
    EstadoDeSesion.CONVOCADA: "azul",
    EstadoDeSesion.EN_CURSO: "ambar",
    EstadoDeSesion.CELEBRADA: "verde",
    EstadoDeSesion.DIFERIDA: "ambar",
    EstadoDeSesion.CANCELADA: "rojo",
}
COLOR_DE_ACUERDO = {EstadoDeAcuerdo.EN_PROCESO: "azul", EstadoDeAcuerdo.CUMPLIDO: "verde"}
CORTO = {"td": {"class": "corto"}}
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


def insignia(texto: str, color: str = "") -> str:
    return format_html('<span class="estado {}">{}</span>', f"estado-{color}" if color else "", texto)


def estado_de_sesion(sesion: Sesion) -> str:
    return insignia(sesion.get_estado_display(), COLOR_DE_SESION.get(EstadoDeSesion(sesion.estado), ""))


def esta_vencido(acuerdo: Acuerdo) -> bool:
    return acuerdo.estado in ABIERTOS and acuerdo.fecha_limite is not None and acuerdo.fecha_limite < hoy()


def estado_de_acuerdo(acuerdo: Acuerdo) -> str:
    if esta_vencido(acuerdo):
        return insignia(f"{acuerdo.get_estado_display()}, vencido", "rojo")
    return insignia(acuerdo.get_estado_display(), COLOR_DE_ACUERDO.get(EstadoDeAcuerdo(acuerdo.estado), ""))


class ComisionTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    desde = tables.DateColumn(format="d/m/Y", attrs=CORTO)
    hasta = tables.DateColumn(format="d/m/Y", attrs=CORTO)

    class Meta:
        model = Comision
        fields = ("nombre", "siglas", "tipo", "desde", "hasta")


class IntegracionTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    comision = tables.Column(accessor="comision__siglas", verbose_name="Comisión")
    orden = tables.Column(attrs=NUMERO)
    desde = tables.DateColumn(format="d/m/Y", attrs=CORTO)
    hasta = tables.DateColumn(format="d/m/Y", attrs=CORTO)

    class Meta:
        model = Integracion
        fields = ("nombre", "rol", "comision", "orden", "desde", "hasta")


class TemaTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    num_puntos = tables.Column(verbose_name="Puntos", attrs=NUMERO)
    activo = tables.Column()

    class Meta:
        model = Tema
        fields = ("nombre", "num_puntos", "activo")

    def render_activo(self, value):
        return "Sí" if value else "No"


class SesionTabla(tables.Table):
    sesion = tables.Column(
        accessor="pk", verbose_name="Sesión", linkify=lambda record: record.get_absolute_url(),
        order_by=("anio", "tipo", "numero"), attrs={"td": {"class": "sesion-nombre"}},
    )  # fmt: skip
    comision = tables.Column(accessor="comision__siglas", verbose_name="Comisión")
    fecha_programada = tables.DateColumn(format="d/m/Y", verbose_name="Programada", attrs=CORTO)
    fecha_celebrada = tables.DateColumn(format="d/m/Y", verbose_name="Celebrada", attrs=CORTO)
    num_puntos = tables.Column(verbose_name="Puntos", attrs=NUMERO)
    num_acuerdos = tables.Column(verbose_name="Acuerdos", attrs=NUMERO)

    class Meta:
        model = Sesion
        fields = ("sesion", "comision", "fecha_programada", "fecha_celebrada", "estado", "num_puntos", "num_acuerdos")
        order_by = "-fecha_programada"

    def render_sesion(self, record):
        return str(record)

    def value_sesion(self, record):
        return record.clave

    def render_estado(self, record):
        return estado_de_sesion(record)

    def value_estado(self, record):
        return record.get_estado_display()


class PuntoTabla(tables.Table):
    titulo = tables.Column(linkify=True)
    sesion = tables.Column(
        accessor="sesion__clave", verbose_name="Sesión", order_by=("sesion__anio", "sesion__numero"), attrs=CORTO
    )
    numero = tables.Column(verbose_name="Punto", attrs=NUMERO)

    class Meta:
        model = Punto
        fields = ("titulo", "sesion", "numero", "tema", "solicitud")


class AcuerdoTabla(tables.Table):
    folio = tables.Column(linkify=True, attrs=CORTO)
    texto = tables.Column(verbose_name="Acuerdo")
    sesion = tables.Column(
        accessor="sesion__clave", verbose_name="Sesión", order_by=("sesion__fecha_programada",), attrs=CORTO
    )
    area_responsable = tables.Column(
        accessor="area_responsable__corto", verbose_name="Área responsable", order_by="area_responsable__nombre"
    )
    fecha_limite = tables.DateColumn(format="d/m/Y", attrs=CORTO)

    class Meta:
        model = Acuerdo
        fields = ("folio", "texto", "sesion", "area_responsable", "fecha_limite", "estado")

    def render_texto(self, value):
        return value if len(value) <= 180 else f"{value[:179].rstrip()}…"

    def value_texto(self, value):
        return value

    def render_estado(self, record):
        return estado_de_acuerdo(record)

    def value_estado(self, record):
        return record.get_estado_display()


def fechas_de(sesion: Sesion) -> str:
    """Para el detalle: la fecha real y, si difiere, la programada."""
    if sesion.fecha_celebrada is None:
        return f"Programada para el {fecha_larga(sesion.fecha_programada)}"
    que = "Celebrada" if sesion.estado == EstadoDeSesion.CELEBRADA else "Iniciada"
    fecha = f"{que} el {fecha_larga(sesion.fecha_celebrada)}"
    if sesion.fecha_celebrada == sesion.fecha_programada:
        return fecha
    return f"{fecha} (programada para el {fecha_larga(sesion.fecha_programada)})"


def inicio_de(sesion: Sesion):
    """La hora en que empezó de verdad; antes de celebrarse no hay."""
    return sesion.hora_inicio if sesion.estado in REALIZADAS else None


def plazos_de(comision: Comision) -> str:
    plazos = (
        ("ordinaria", comision.horas_ordinaria),
        ("extraordinaria", comision.horas_extraordinaria),
        ("urgente", comision.horas_urgente),
    )
    return "; ".join(f"{tipo}, {cuenta(horas, 'hora', 'horas') if horas else 'sin plazo'}" for tipo, horas in plazos)


class AsistenciaTabla(tables.Table):
    sesion = tables.Column(
        accessor="sesion__clave",
        linkify=lambda record: record.sesion.get_absolute_url(),
        order_by=("sesion__fecha_programada",),
    )
    comision = tables.Column(accessor="sesion__comision__siglas", verbose_name="Comisión")
    integracion = tables.Column(verbose_name="Capacidad", order_by=("integracion__orden", "integracion__nombre"))

    class Meta:
        model = Asistencia
        fields = ("sesion", "comision", "integracion", "estado", "motivo", "suplente")


class VotoTabla(tables.Table):
    punto = tables.Column(linkify=lambda record: record.punto.get_absolute_url(), order_by=("punto__numero",))
    sesion = tables.Column(
        accessor="punto__sesion__clave", verbose_name="Sesión", order_by=("punto__sesion__fecha_programada",)
    )
    integracion = tables.Column(verbose_name="Capacidad", order_by=("integracion__orden", "integracion__nombre"))

    class Meta:
        model = Voto
        fields = ("punto", "sesion", "integracion", "sentido")
