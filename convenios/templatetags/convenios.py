from django import template

from ..estados import COLOR_DE_SITUACION, Situacion
from ..models import Convenio

register = template.Library()


@register.filter
def situacion(convenio: Convenio) -> tuple[str, str]:
    """(texto, color) de un convenio ya anotado; en trámite importa en qué etapa va, lo demás lo dice la situación."""
    cual = Situacion(convenio.situacion)  # type: ignore[attr-defined]
    en_etapa = cual in (Situacion.TRAMITE, Situacion.SIN_FIRMA)
    return str(convenio.get_etapa_display() if en_etapa else cual.label), COLOR_DE_SITUACION[cual]
