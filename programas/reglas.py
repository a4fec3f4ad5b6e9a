"""Preguntas puras sobre planes y actividades, contestadas con razones."""

from datetime import date

from rapidfuzz import fuzz

from vinculacion.nucleo.fuentes import BITACORA
from vinculacion.nucleo.texto import llano

from .estados import EstadoDeActividad, EstadoDePrograma
from .models import Accion, Actividad, Programa
from .permisos import VALIDAR

PARECIDO = 85  # de 100, según rapidfuzz: desde aquí dos títulos pueden ser el mismo hecho


# -- planes ----------------------------------------------------------------------
def impedimentos_para_planear(programa: Programa) -> list[str]:
    """Un plan cerrado ya no se toca: es la historia de su año."""
    if programa.estado == EstadoDePrograma.CERRADO:
        return [f"El programa «{programa}» está cerrado."]
    return []


def impedimentos_para_aprobar(programa: Programa) -> list[str]:
    """Todo lo que falta para aprobar un plan, junto."""
    if programa.estado != EstadoDePrograma.BORRADOR:
        return [f"El programa ya está {programa.get_estado_display().lower()}."]
    acciones = list(Accion.objects.filter(eje__programa=programa).select_related("eje").prefetch_related("metas"))
    faltas = []
    if not acciones:
        faltas.append("No tiene acciones.")
    con_acciones = {a.eje_id for a in acciones}
    faltas += [f"El eje «{e}» no tiene acciones." for e in programa.ejes.all() if acciones and e.pk not in con_acciones]
    faltas += [f"La acción {a.numeral} no tiene metas ni meses." for a in acciones if not a.meses and not a.metas.all()]
    return faltas


def impedimentos_para_cerrar(programa: Programa, hoy: date) -> list[str]:
    """Un plan se cierra cuando su año terminó y no queda nada por validar."""
    if programa.estado != EstadoDePrograma.APROBADO:
        return ["Sólo se cierra un programa aprobado."]
    faltas = []
    if hoy.year <= programa.anio:
        faltas.append(f"El año {programa.anio} todavía no termina.")
    por_validar = Actividad.objects.filter(accion__eje__programa=programa, estado=EstadoDeActividad.BORRADOR).count()
    if por_validar:
        faltas.append(f"Quedan actividades por validar: {por_validar}.")
    return faltas


def impedimentos_para_mover(accion: Accion) -> list[str]:
    """Cambiar de eje (o de inciso en otro plan) una acción con registros dejaría sin sentido lo informado."""
    if accion.pk is None:
        return []
    anterior = Accion.objects.get(pk=accion.pk)
    if anterior.eje_id != accion.eje_id and anterior.actividades.exists():
        return ["La acción ya tiene registros: no puede pasarse a otro eje."]
    return []


def impedimentos_para_alinear(accion: Accion, otra: Accion) -> list[str]:
    if otra.eje.programa_id == accion.eje.programa_id:
        return [f"«{otra}» es del mismo programa."]
    if otra.eje.programa.anio != accion.eje.programa.anio:
        return [f"«{otra}» es de otro año."]
    return []


# -- bitácora --------------------------------------------------------------------
def impedimentos_de_fecha(actividad: Actividad, hoy: date) -> dict[str, str]:
    """La bitácora guarda hechos del año de su programa; el error va en el campo que lo causa."""
    if not actividad.fecha_inicio or not actividad.fecha_fin:
        return {}
    campo = "fecha_fin" if actividad.fecha_fin != actividad.fecha_inicio else "fecha_inicio"
    if actividad.fecha_fin > hoy:
        return {campo: "Esa fecha todavía no llega: en la bitácora va lo que ya concluyó."}
    anio = actividad.accion.eje.programa.anio
    if actividad.fecha_fin.year != anio:
        return {campo: f"Concluye en {actividad.fecha_fin.year} y la acción es de un programa de {anio}."}
    return {}


def impedimentos_para_capturar(accion: Accion) -> list[str]:
    return impedimentos_para_planear(accion.eje.programa)


def impedimentos_para_editar_actividad(actividad: Actividad, usuario) -> list[str]:
    """``usuario`` puede faltar: una orden sin persona no corrige lo validado."""
    if actividad.estado == EstadoDeActividad.VALIDADA and not (usuario and usuario.has_perm(VALIDAR)):
        return ["La actividad ya está validada: pida a Dirección que la devuelva a borrador para cambiarla."]
    return impedimentos_para_capturar(actividad.accion)


def impedimentos_para_eliminar_actividad(actividad: Actividad, usuario) -> list[str]:
    if actividad.estado == EstadoDeActividad.VALIDADA:
        return ["La actividad está validada: antes hay que devolverla a borrador."]
    return impedimentos_para_capturar(actividad.accion)


def impedimentos_para_validar(actividad: Actividad) -> list[str]:
    if actividad.estado == EstadoDeActividad.VALIDADA:
        return [f"«{actividad}» ya está validada."]
    if actividad.estado == EstadoDeActividad.RECHAZADA:
        return [f"«{actividad}» está rechazada: quien la capturó debe corregirla primero."]
    return []


def cuenta_de_otra_fuente(accion: Accion) -> str:
    """El nombre de la fuente de la que sale el avance, o vacío si sale de la bitácora."""
    return "" if accion.fuente == BITACORA else accion.get_fuente_display()


def mismo_hecho(un_titulo: str, otro_titulo: str) -> bool:
    """Si dos títulos se parecen tanto que quizá sean el mismo hecho capturado dos veces."""
    return fuzz.token_sort_ratio(llano(un_titulo), llano(otro_titulo)) >= PARECIDO
