"""Preguntas puras sobre planes y actividades, contestadas con razones."""

from datetime import date

from django.db.models import CASCADE
from rapidfuzz import fuzz

from vinculacion.nucleo.fuentes import BITACORA
from vinculacion.nucleo.palabras import cuenta, enumera
from vinculacion.nucleo.texto import llano

from . import consultas
from .estados import EstadoDeActividad, EstadoDePrograma
from .metas import reglas as de_metas
from .models import Accion, Actividad, Candado, Eje, Programa, Reprogramacion
from .permisos import VALIDAR

PARECIDO = 85  # de 100, según rapidfuzz: desde aquí dos títulos pueden ser el mismo hecho


# -- planes ----------------------------------------------------------------------
def impedimentos_para_planear(programa: Programa) -> list[str]:
    """Un plan cerrado ya no se toca: es la historia de su año."""
    if programa.estado == EstadoDePrograma.CERRADO:
        return [f"El programa «{programa}» está cerrado."]
    return []


def impedimentos_para_cambiar_anio(programa: Programa, anio: int) -> list[str]:
    """``programa`` como está guardado; lo aprobado y lo que se liga por año ya no se pasa a otro."""
    if programa.anio == anio:
        return []
    if programa.estado != EstadoDePrograma.BORRADOR:
        return ["El plan está aprobado: su año no puede cambiar."]
    faltas = []
    if Actividad.objects.filter(accion__eje__programa=programa).exclude(fecha_fin__year=anio).exists():
        faltas.append("Ya tiene actividades: su año no puede cambiar.")
    if Accion.objects.filter(eje__programa=programa, alineadas__isnull=False).exists():
        faltas.append(f"Tiene acciones alineadas con otro plan de {programa.anio}: quite antes la alineación.")
    return faltas


def impedimentos_por_informado(
    antes: dict[tuple[Accion, Candado], int], despues: dict[tuple[Accion, Candado], int]
) -> list[str]:
    """Los de dos :func:`consultas.informado`: lo que dijo un informe aprobado no cambia por otro lado."""
    return [
        f"{accion.clave} pasaría de {cuenta(unidades, 'unidad', 'unidades')} a {despues[accion, candado]}. "
        + de_metas.por_que_cerrado(candado)
        for (accion, candado), unidades in antes.items()
        if despues.get((accion, candado), unidades) != unidades
    ]


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
    return faltas + de_metas.impedimentos_por_pesos(programa)


def impedimentos_para_regresar(programa: Programa) -> list[str]:
    """A borrador sólo vuelve el plan que todavía no se usa: si no, sus metas cambiarían sin reprogramarse."""
    registros = Actividad.objects.filter(accion__eje__programa=programa).count()
    cambios = Reprogramacion.objects.filter(accion__eje__programa=programa).count()
    faltas = []
    if registros:
        faltas.append(f"Ya tiene {cuenta(registros, 'actividad registrada', 'actividades registradas')}.")
    if cambios:
        faltas.append(f"Ya tiene {cuenta(cambios, 'reprogramación', 'reprogramaciones')}.")
    if cerrados := [c.trimestre for c in programa.candados.all() if c.cerrado]:
        faltas.append(f"Ya se informó y está cerrado: {enumera([f'{n}T' for n in cerrados])}.")
    return [*faltas, "Para cambiar una meta, use «Reprogramar» en su acción."] if faltas else []


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


def impedimentos_para_mover(accion: Accion, destino: Programa) -> list[str]:
    """Cambiar de eje una acción con registros, o de plan una con metas aprobadas, desmentiría lo informado."""
    if accion.pk is None:
        return []
    anterior = Accion.objects.select_related("eje__programa").get(pk=accion.pk)
    if anterior.eje_id == accion.eje_id:
        return []
    if razones := impedimentos_para_planear(anterior.eje.programa):
        return razones
    if anterior.actividades.exists() or any(
        consultas.unidades_por_mes([anterior], anterior.eje.programa.anio)[anterior.pk]
    ):
        return ["La acción ya tiene registros: no puede pasarse a otro eje."]
    if anterior.eje.programa_id == destino.pk:
        return []
    if EstadoDePrograma.APROBADO in (anterior.eje.programa.estado, destino.estado):
        return ["Un plan aprobado no da ni recibe acciones de otro."]
    return [f"No puede pasarse a otro programa. {razon}" for razon in cuelgan_de(anterior)]


def faltas_de_plan_aprobado(accion: Accion, programa: Programa) -> dict[str, str]:
    """Con el plan aprobado, los meses marcados y el peso no cambian al editar la acción."""
    if programa.estado != EstadoDePrograma.APROBADO:
        return {}
    anterior = Accion.objects.filter(pk=accion.pk).first() if accion.pk else None
    faltas = {}
    if sorted(accion.meses or []) != sorted(anterior.meses if anterior else []):
        faltas["meses"] = de_metas.CON_REPROGRAMACION
    if accion.peso != (anterior.peso if anterior else None):
        faltas["peso"] = de_metas.CON_PESOS
    return faltas


def impedimentos_para_eliminar(registro: Programa | Eje | Accion) -> list[str]:
    """Todo lo que cuelga, por su nombre, y las metas aprobadas de una acción."""
    razones = cuelgan_de(registro)
    aprobada = isinstance(registro, Accion) and registro.eje.programa.estado == EstadoDePrograma.APROBADO
    if aprobada and (registro.meses or registro.metas.exists()):
        razones.insert(0, "Sus metas están aprobadas: en vez de borrarla, reprográmelas en cero.")
    if isinstance(registro, Programa) and registro.candados.exists():
        razones.append("Tiene trimestres que ya se informaron.")
    return razones


MUESTRA = 3  # cuántos se nombran de cada clase


def cuelgan_de(registro) -> list[str]:
    """Una frase por clase: «Dependen de aquí 2 indicadores: «…», «…»», también lo que sólo la menciona."""
    frases = []
    for relacion in registro._meta.related_objects:
        if relacion.on_delete is CASCADE or relacion.hidden:
            continue
        otros = relacion.related_model._base_manager.filter(**{relacion.field.name: registro})
        total = otros.count()
        if total:
            opciones = relacion.related_model._meta
            varios = getattr(relacion.related_model, "VARIOS", opciones.verbose_name_plural)
            nombres = [f"«{o}»" for o in otros.order_by("pk")[:MUESTRA]]
            resto = [f"{total - MUESTRA} más"] if total > MUESTRA else []
            verbo = "Depende de aquí" if total == 1 else "Dependen de aquí"
            frases.append(f"{verbo} {cuenta(total, opciones.verbose_name, varios)}: {enumera([*nombres, *resto])}.")
    return frases


def impedimentos_para_alinear(accion: Accion, otra: Accion) -> list[str]:
    if otra.eje.programa_id == accion.eje.programa_id:
        return [f"«{otra}» es del mismo programa."]
    if otra.eje.programa.anio != accion.eje.programa.anio:
        return [f"«{otra}» es de otro año."]
    return []


# -- bitácora --------------------------------------------------------------------
def campo_de_fecha(actividad: Actividad) -> str:
    """El que dice cuándo concluyó."""
    return "fecha_fin" if actividad.fecha_fin != actividad.fecha_inicio else "fecha_inicio"


def impedimentos_de_fecha(actividad: Actividad, hoy: date) -> dict[str, str]:
    """La bitácora guarda hechos del año de su programa; el error va en el campo que lo causa."""
    if not actividad.fecha_inicio or not actividad.fecha_fin:
        return {}
    campo = campo_de_fecha(actividad)
    if actividad.fecha_fin > hoy:
        return {campo: "Esa fecha todavía no llega: en la bitácora va lo que ya concluyó."}
    anio = actividad.accion.eje.programa.anio
    if actividad.fecha_fin.year != anio:
        return {campo: f"Concluye en {actividad.fecha_fin.year} y la acción es de un programa de {anio}."}
    return {}


def impedimentos_para_capturar(accion: Accion) -> list[str]:
    return impedimentos_para_planear(accion.eje.programa)


def impedimentos_para_evidencia(actividad: Actividad, usuario) -> list[str]:
    """``usuario`` puede faltar: una orden sin persona no corrige lo validado. Agregar evidencia no cambia cifras."""
    if actividad.estado == EstadoDeActividad.VALIDADA and not (usuario and usuario.has_perm(VALIDAR)):
        return ["La actividad ya está validada: pida a Dirección que la devuelva a borrador para cambiarla."]
    return impedimentos_para_capturar(actividad.accion)


def impedimentos_para_editar_actividad(actividad: Actividad, usuario) -> list[str]:
    return impedimentos_para_evidencia(actividad, usuario) or de_metas.impedimentos_por_candado(
        actividad.accion, actividad.fecha_fin
    )


def impedimentos_para_eliminar_actividad(actividad: Actividad, usuario) -> list[str]:
    if actividad.estado == EstadoDeActividad.VALIDADA:
        return ["La actividad está validada: antes hay que devolverla a borrador."]
    return impedimentos_para_capturar(actividad.accion) or de_metas.impedimentos_por_candado(
        actividad.accion, actividad.fecha_fin
    )


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
