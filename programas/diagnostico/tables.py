import django_tables2 as tables
from django.utils.html import format_html

from programas.estados import Involucra
from programas.models import Alternativa, Involucramiento
from programas.planes.tables import CORTO, NUMERO

from . import consultas

# La palabra siempre; el color, del más claro al más hondo, sólo la acompaña.
CLASE_DE_BANDA = {
    Involucra.ALTO: "banda-alto",
    Involucra.MEDIO: "banda-medio",
    Involucra.BAJO: "banda-bajo",
}


class InvolucramientoTabla(tables.Table):
    quien = tables.Column(verbose_name="Área u organismo", accessor="quien", order_by="nombre", linkify=True)
    grupo = tables.Column(verbose_name="Grupo", accessor="pk", orderable=False)
    programa = tables.Column(
        accessor="programa__clave", verbose_name="Programa", linkify=lambda record: _diagnostico(record.programa)
    )
    interes = tables.Column(attrs=NUMERO)
    fuerza = tables.Column(attrs=NUMERO)
    valor = tables.Column(verbose_name="Involucramiento", accessor="producto", attrs=NUMERO)
    banda = tables.Column(verbose_name="Nivel", accessor="banda", orderable=False, attrs=CORTO)

    class Meta:
        model = Involucramiento
        fields = ("quien", "grupo", "programa", "interes", "fuerza", "valor", "banda")

    def render_grupo(self, record):
        return consultas.GRUPOS[consultas.grupo_de(record)][0]

    def render_banda(self, value):
        return format_html('<span class="estado {}">{}</span>', CLASE_DE_BANDA[value], value.label)

    def value_banda(self, value):
        return value.label


class AlternativaTabla(tables.Table):
    numero = tables.Column(verbose_name="No.", attrs=NUMERO)
    nombre = tables.Column(linkify=True)
    medio = tables.Column(order_by="medio__clave")
    programa = tables.Column(
        accessor="programa__clave", verbose_name="Programa", linkify=lambda record: _diagnostico(record.programa)
    )
    incidencia = tables.Column(attrs=NUMERO)
    viabilidad = tables.Column(attrs=NUMERO)
    valor = tables.Column(accessor="producto", verbose_name="Valor", attrs=NUMERO)
    elegida = tables.BooleanColumn(yesno="Sí,No", attrs=CORTO)
    accion = tables.Column(order_by=("accion__eje__numero", "accion__inciso"), linkify=True)

    class Meta:
        model = Alternativa
        fields = (
            "numero", "nombre", "medio", "programa", "incidencia", "viabilidad", "valor", "elegida", "accion",
        )  # fmt: skip


def _diagnostico(programa) -> str:
    from django.urls import reverse

    return reverse("programas:diagnostico", args=[programa.pk])
