import django_tables2 as tables
from django.utils.html import format_html, format_html_join

from ..estados import EstadoDeActo
from ..models import ActoProtocolario, InvitadoDeActo
from ..tables import CORTO

COLORES = {EstadoDeActo.PROGRAMADO: "azul", EstadoDeActo.CELEBRADO: "verde", EstadoDeActo.CANCELADO: "rojo"}


def insignia(acto: ActoProtocolario):
    return format_html(
        '<span class="estado estado-{}">{}</span>', COLORES[EstadoDeActo(acto.estado)], acto.get_estado_display()
    )


class ActoTabla(tables.Table):
    fecha = tables.DateColumn(format="d/m/Y", attrs=CORTO)
    titulo = tables.Column(verbose_name="Acto", attrs={"td": {"class": "columna-instrumento"}})
    modalidad = tables.Column(attrs=CORTO)

    class Meta:
        model = ActoProtocolario
        fields = ("fecha", "titulo", "modalidad", "lugar", "estado")

    def render_fecha(self, record):
        hora = format_html('<span class="columna-folio">{} h</span>', f"{record.hora:%H:%M}") if record.hora else ""
        return format_html("<span>{}{}</span>", f"{record.fecha:%d/%m/%Y}", hora)

    def value_fecha(self, record):
        return record.fecha

    def render_titulo(self, record):
        folios = format_html_join(", ", "{}", ((c.folio,) for c in record.convenios.all()))
        return format_html(
            '<span><a href="{}">{}</a><span class="columna-folio">{}</span></span>',
            record.get_absolute_url(),
            record,
            folios,
        )

    def value_titulo(self, record):
        return record.titulo

    def render_estado(self, record):
        return insignia(record)

    def value_estado(self, record):
        return record.get_estado_display()


class InvitadoTabla(tables.Table):
    acto = tables.Column(
        linkify=lambda record: record.acto.get_absolute_url(),
        order_by=("acto__fecha", "acto__titulo"),
        attrs={"td": {"class": "columna-instrumento"}},
    )
    fecha = tables.DateColumn(accessor="acto__fecha", format="d/m/Y", attrs=CORTO)
    cargo = tables.Column(verbose_name="Oficina o cargo")
    de = tables.Column(empty_values=(), verbose_name="Organismo o área", orderable=False)

    class Meta:
        model = InvitadoDeActo
        fields = ("cargo", "de", "calidad", "asistio", "acto", "fecha")

    def render_de(self, record):
        return (record.organismo or record.area).corto if record.organismo or record.area else "—"
