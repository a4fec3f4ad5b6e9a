import django_tables2 as tables
from django.utils.html import format_html

from vinculacion.nucleo.graficas import en_uri

from ..models import Identidad


def muestra_de_color(color: str) -> str:
    """Un cuadro del color y su clave; como imagen, porque la CSP no deja escribir estilos."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18"><rect width="18" height="18" fill="{color}"/></svg>'
    return format_html('<img src="{}" alt="" width="18" height="18"> {}', en_uri(svg), color)


class IdentidadTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    cuantos_informes = tables.Column(verbose_name="Informes", attrs={"td": {"class": "numero"}})

    class Meta:
        model = Identidad
        fields = ("nombre", "institucion", "color", "letra", "predeterminada", "cuantos_informes")

    def render_color(self, value):
        return muestra_de_color(value)

    def value_color(self, value):
        return value

    def render_predeterminada(self, value):
        return "Sí" if value else "No"

    def value_predeterminada(self, value):
        return "Sí" if value else "No"
