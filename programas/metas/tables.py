import django_tables2 as tables

from programas.models import Reprogramacion, TextoDePrograma

from .consultas import cambios

CORTO = {"td": {"class": "corto"}}
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


class ReprogramacionTabla(tables.Table):
    accion = tables.Column(
        linkify=lambda record: record.get_absolute_url(), order_by=("accion__eje__numero", "accion__inciso")
    )
    clave = tables.Column(accessor="accion__clave", orderable=False, attrs=CORTO)
    que = tables.Column(empty_values=(), verbose_name="Qué cambió", orderable=False)
    acuerdo = tables.Column(linkify=lambda record: record.acuerdo.get_absolute_url(), attrs=CORTO)

    class Meta:
        model = Reprogramacion
        fields = ("accion", "clave", "que", "fecha", "acuerdo")

    def render_que(self, record):
        return "; ".join(
            f"{f'{c.trimestre}T' if c.trimestre else 'meses'}: de {c.antes} a {c.despues}"
            for c in cambios(record)
            if c.cambia
        )


class TextoTabla(tables.Table):
    titulo = tables.Column(linkify=True)
    programa = tables.Column(linkify=lambda record: record.programa.get_absolute_url())
    orden = tables.Column(attrs=NUMERO)

    class Meta:
        model = TextoDePrograma
        fields = ("titulo", "programa", "lugar", "orden")
