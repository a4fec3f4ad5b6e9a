"""Preguntas puras sobre planes y actividades, contestadas con razones."""

from django.db.models import Sum

from .estados import EstadoDeActividad, EstadoDePrograma
from .models import Accion, Actividad, Programa

VALIDAR = "programas.validar_actividad"


def impedimentos_para_editar_actividad(actividad: Actividad, usuario) -> list[str]:
    if actividad.estado == EstadoDeActividad.VALIDADA and not usuario.has_perm(VALIDAR):
        return ["La actividad ya está validada: pida a Dirección que la devuelva a borrador para cambiarla."]
    return []


def impedimentos_para_eliminar_actividad(actividad: Actividad, usuario) -> list[str]:
    if actividad.estado == EstadoDeActividad.VALIDADA:
        return ["La actividad está validada: antes hay que devolverla a borrador."]
    return []


def impedimentos_para_validar(actividad: Actividad) -> list[str]:
    if actividad.estado == EstadoDeActividad.VALIDADA:
        return ["Ya está validada."]
    return []


def impedimentos_para_aprobar(programa: Programa) -> list[str]:
    """Todo lo que falta para aprobar un plan, junto."""
    if programa.estado != EstadoDePrograma.BORRADOR:
        return [f"El programa ya está {programa.get_estado_display().lower()}."]
    faltas = []
    acciones = Accion.objects.filter(eje__programa=programa)
    if not acciones.exists():
        faltas.append("No tiene acciones.")
    sin_meta = acciones.annotate(programado=Sum("metas__cantidad")).filter(programado__isnull=True, meses=[])
    faltas += [f"La acción {a.numeral} no tiene metas ni meses." for a in sin_meta.select_related("eje")]
    return faltas
