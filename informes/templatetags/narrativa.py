"""Señala en el árbol los apartados cuyos textos no se pueden escribir."""

from django import template

from informes.narrativa.usos import fallas_de

register = template.Library()


@register.filter
def fallas_de_narrativa(apartado) -> list[str]:
    """``{% with fallas=nodo.apartado|fallas_de_narrativa %}``"""
    return fallas_de(apartado)
