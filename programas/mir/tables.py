import django_tables2 as tables
from django.urls import reverse

from programas.models import AjusteDeTiempo, DatoDeVariable, Explicacion, Indicador, Supuesto, Variable

from .periodos import nombre_largo

CORTO = {"td": {"class": "corto"}}
NUMERO = {"td": {"class": "numero"}, "th": {"class": "numero"}}


def _periodo(indicador: str):
    """La columna del periodo con su nombre; ``indicador`` es el camino desde el registro."""

    def escribe(self, value, record):
        dueno = record
        for paso in indicador.split("__"):
            dueno = getattr(dueno, paso)
        return nombre_largo(dueno, value)

    return escribe


def _pagina(modelo: str):
    """El enlace al detalle de un registro que no tiene dirección propia."""
    return lambda record: reverse(f"programas:{modelo}_detalle", args=[record.pk])


class IndicadorTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    programa = tables.Column(
        accessor="programa__clave", verbose_name="Programa", linkify=lambda record: record.programa.get_absolute_url()
    )
    area_responsable = tables.Column(accessor="area_responsable__corto", verbose_name="Área", orderable=False)

    class Meta:
        model = Indicador
        fields = ("nombre", "clave", "nivel", "tipo", "frecuencia", "programa", "area_responsable")


class SupuestoTabla(tables.Table):
    texto = tables.Column(linkify=True)
    programa = tables.Column(
        accessor="programa__clave", verbose_name="Programa", linkify=lambda record: record.programa.get_absolute_url()
    )
    indicadores = tables.Column(accessor="cuantos_indicadores", verbose_name="Indicadores", attrs=NUMERO)
    riesgos = tables.Column(accessor="cuantos_riesgos", verbose_name="Riesgos", attrs=NUMERO)

    class Meta:
        model = Supuesto
        fields = ("texto", "clave", "programa", "indicadores", "riesgos")


class VariableTabla(tables.Table):
    nombre = tables.Column(linkify=lambda record: record.indicador.get_absolute_url())
    indicador = tables.Column(accessor="indicador__clave", verbose_name="Indicador", attrs=CORTO)
    programa = tables.Column(accessor="indicador__programa__clave", verbose_name="Programa", attrs=CORTO)

    class Meta:
        model = Variable
        fields = ("nombre", "simbolo", "papel", "origen", "indicador", "programa")


class DatoTabla(tables.Table):
    variable = tables.Column(linkify=_pagina("datodevariable"))
    indicador = tables.Column(accessor="variable__indicador__clave", verbose_name="Indicador", attrs=CORTO)
    valor = tables.Column(attrs=NUMERO)

    class Meta:
        model = DatoDeVariable
        fields = ("variable", "indicador", "periodo", "valor", "procedencia")

    render_periodo = _periodo("variable__indicador")


class AjusteTabla(tables.Table):
    indicador = tables.Column(linkify=_pagina("ajustedetiempo"))
    tr = tables.Column(verbose_name="Tr", attrs=NUMERO)

    class Meta:
        model = AjusteDeTiempo
        fields = ("indicador", "periodo", "tr", "razon")

    render_periodo = _periodo("indicador")


class ExplicacionTabla(tables.Table):
    indicador = tables.Column(linkify=_pagina("explicacion"))

    class Meta:
        model = Explicacion
        fields = ("indicador", "periodo", "causa", "medida", "pronostico")

    render_periodo = _periodo("indicador")
