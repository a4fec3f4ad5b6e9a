"""Preguntas sobre el diagnóstico, contestadas con razones."""

from programas.models import Alternativa, Involucramiento
from programas.reglas import impedimentos_para_planear

__all__ = ["dudas_de_alternativa", "errores_de_involucramiento", "impedimentos_para_planear"]


def errores_de_involucramiento(involucramiento: Involucramiento) -> dict[str, str]:
    """Un área o un organismo, uno solo, y una sola vez en el programa; cada error junto a su campo."""
    area, organismo = involucramiento.area_id, involucramiento.organismo_id
    if area and organismo:
        return {"organismo": "Ya eligió un área: deje sólo uno de los dos."}
    if not area and not organismo:
        return {"area": "Elija un área o, abajo, un organismo."}
    if not involucramiento.programa_id:
        return {}
    campo, quien = ("area", area) if area else ("organismo", organismo)
    otros = Involucramiento.objects.filter(**{"programa": involucramiento.programa_id, f"{campo}_id": quien})
    if otros.exclude(pk=involucramiento.pk).exists():
        return {campo: "Ya está en la población de ese programa."}
    return {}


def dudas_de_alternativa(alternativa: Alternativa) -> list[str]:
    """Lo que no impide guardar, pero deja la elección sin explicar."""
    dudas = []
    if alternativa.elegida and not alternativa.razon.strip():
        dudas.append("La alternativa está elegida y no dice por qué.")
    if alternativa.elegida and not alternativa.accion_id:
        dudas.append("La alternativa está elegida y no dice qué acción la lleva a cabo.")
    return dudas
