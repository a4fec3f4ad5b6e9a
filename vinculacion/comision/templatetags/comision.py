"""Etiquetas de plantilla de la comisión."""

from django import template

from vinculacion.comision import reglas, tables
from vinculacion.comision.seguimiento import tables as tables_de_seguimiento
from vinculacion.nucleo.palabras import fecha_larga as escribe

register = template.Library()


@register.filter
def fecha_larga(dia) -> str:
    """«jueves 1° de octubre de 2020»."""
    return escribe(dia) if dia else ""


@register.simple_tag
def estado_acuerdo(acuerdo):
    return tables.estado_de_acuerdo(acuerdo)


@register.filter
def hora_prevista(sesion):
    return reglas.hora_prevista(sesion)


@register.filter
def estado_sesion(sesion):
    return tables.estado_de_sesion(sesion)


@register.simple_tag
def estado_del_paso(paso):
    return tables_de_seguimiento.estado_del_paso(paso)
