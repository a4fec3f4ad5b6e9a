"""Etiquetas de plantilla de la sala."""

from django import template

from vinculacion.comision.estados import Resolucion
from vinculacion.comision.models import Punto
from vinculacion.comision.sala.consultas import Votacion
from vinculacion.comision.tables import insignia

register = template.Library()
COLORES = {
    Resolucion.APROBADO: "verde",
    Resolucion.CON_CAMBIOS: "verde",
    Resolucion.PRESENTADO: "azul",
    Resolucion.RECHAZADO: "rojo",
    Resolucion.APLAZADO: "ambar",
    Resolucion.RETIRADO: "ambar",
}


@register.filter
def insignia_de_resolucion(punto: Punto, votacion: Votacion) -> str:
    """En qué quedó; un empate sin resolver también se dice."""
    if punto.resolucion:
        return insignia(punto.get_resolucion_display(), COLORES[Resolucion(punto.resolucion)])
    return insignia("Empate", "ambar") if votacion.empate else ""
