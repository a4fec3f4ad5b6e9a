"""Etiquetas de plantilla de la comisión."""

from django import template

from vinculacion.comision import tables
from vinculacion.nucleo.palabras import fecha_larga as escribe

register = template.Library()


@register.filter
def fecha_larga(dia) -> str:
    """«jueves 1° de octubre de 2020»."""
    return escribe(dia) if dia else ""


@register.simple_tag
def estado_acuerdo(acuerdo):
    return tables.estado_de_acuerdo(acuerdo)
