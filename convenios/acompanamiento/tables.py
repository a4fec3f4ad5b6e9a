import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from vinculacion.nucleo.palabras import fecha_corta
from vinculacion.nucleo.periodos import hoy

from ..models import Convenio, PasoPendiente
from ..tables import CORTO, instrumento
from .consultas import ultimo_movimiento
from .reglas import CERRADAS

DE_LA_CONTRAPARTE = "Contraparte"
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


def quien(paso: PasoPendiente) -> str:
    return paso.area.corto if paso.area else DE_LA_CONTRAPARTE


def atrasado(paso: PasoPendiente) -> bool:
    return (
        paso.hecho is None
        and paso.fecha_limite is not None
        and paso.fecha_limite < hoy()
        and paso.convenio.etapa not in CERRADAS
    )


class AcompanamientoTabla(tables.Table):
    titulo = tables.Column(verbose_name="Instrumento", attrs={"td": {"class": "columna-instrumento"}})
    areas = tables.ManyToManyColumn(
        transform=lambda a: a.corto, separator=", ", linkify_item=False, orderable=False, verbose_name="Área"
    )
    etapa = tables.Column()
    dias = tables.Column(verbose_name="Días en la etapa", accessor="desde", order_by="-desde", attrs=NUMERO)
    faltan = tables.Column(verbose_name="Pasos pendientes", orderable=False, empty_values=())
    movimiento = tables.Column(verbose_name="Último movimiento", orderable=False, empty_values=(), attrs=CORTO)

    class Meta:
        model = Convenio
        fields = ("titulo", "areas", "etapa", "dias", "faltan", "movimiento")

    def render_titulo(self, record):
        return instrumento(record.get_absolute_url(), record)

    def value_titulo(self, record):
        return f"{record.titulo} ({record.folio})"

    def render_dias(self, value):
        return (hoy() - value).days

    def render_faltan(self, record):
        if not record.faltan:
            return "—"
        return format_html(
            '<ul class="pendientes-celda">{}</ul>',
            format_html_join("", "<li>{}<span>{}</span></li>", ((p.que, self._pie(p)) for p in record.faltan)),
        )

    def _pie(self, paso):
        if paso.fecha_limite is None:
            return quien(paso)
        if paso.fecha_limite >= hoy():
            return f"{quien(paso)}, para el {fecha_corta(paso.fecha_limite)}"
        marca = mark_safe('<i class="bi bi-exclamation-triangle" aria-hidden="true"></i>')
        return format_html(
            '<strong class="atrasado">{} {}, venció el {}</strong>', marca, quien(paso), fecha_corta(paso.fecha_limite)
        )

    def value_faltan(self, record):
        return "; ".join(
            f"{p.que} ({quien(p)}{f', {fecha_corta(p.fecha_limite)}' if p.fecha_limite else ''})" for p in record.faltan
        )

    def render_movimiento(self, record):
        cuando = ultimo_movimiento(record)
        return fecha_corta(cuando) if cuando else "—"

    def value_movimiento(self, record):
        return ultimo_movimiento(record)


class PasoPendienteTabla(tables.Table):
    que = tables.Column(linkify=("convenios:pasopendiente_detalle", [tables.A("pk")]))
    convenio = tables.Column(verbose_name="Instrumento", accessor="convenio__titulo")
    area = tables.Column(verbose_name="Quién lo tiene", empty_values=(), order_by="area__nombre")
    fecha_limite = tables.DateColumn(format="d/m/Y", attrs=CORTO)
    estado = tables.Column(empty_values=(), order_by="hecho", attrs=CORTO)

    class Meta:
        model = PasoPendiente
        fields = ("que", "convenio", "area", "fecha_limite", "estado")

    def render_area(self, record):
        return quien(record)

    def render_estado(self, record):
        return estado(record)

    def value_estado(self, record):
        return estado_escrito(record)


def estado_escrito(paso: PasoPendiente) -> str:
    if paso.hecho:
        return f"Hecho el {fecha_corta(paso.hecho)}"
    if paso.convenio.etapa in CERRADAS:
        return "Quedó sin hacer"
    return "Vencido" if atrasado(paso) else "Por hacer"


def estado(paso: PasoPendiente):
    texto = estado_escrito(paso)
    color = {"Vencido": " estado-rojo", "Por hacer": " estado-azul"}.get(texto, " estado-verde" if paso.hecho else "")
    return format_html('<span class="estado{}">{}</span>', color, texto)
