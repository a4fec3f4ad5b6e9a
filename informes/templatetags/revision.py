"""Lo que la revisión pone en las páginas del informe y de sus apartados."""

from django import template
from django.urls import reverse

from informes.revision import consultas, edicion

register = template.Library()


@register.filter
def quien_edita(ediciones) -> str:
    """«Titular de la unidad lo tiene abierto desde las 10:40 h»."""
    return edicion.dicho(ediciones)


@register.simple_tag(takes_context=True)
def abiertos_en(context, documento) -> dict[int, str]:
    """``{% abiertos_en objeto as abiertos %}``: por apartado, quién más lo tiene abierto."""
    return edicion.abiertos_en(documento, context["request"].user)


@register.filter
def de(abiertos: dict[int, str], clave: int) -> str:
    return abiertos.get(clave, "")


@register.inclusion_tag("informes/revision/_en_el_informe.html", takes_context=True)
def revision_de(context, informe) -> dict:
    """Cuántas observaciones hay y cuántas esperan respuesta."""
    if not context["request"].user.has_perm("informes.view_observacion"):
        return {}
    return {
        "cuentas": consultas.cuentas(informe),
        "url": reverse("informes:informe_observaciones", args=[informe.pk]),
    }
