"""Preguntas sobre el cierre de una sesión y su minuta; se contestan con razones."""

from datetime import time

from vinculacion.comision import reglas
from vinculacion.comision.estados import REALIZADAS, EstadoDeMinuta, EstadoDeSesion, Resolucion
from vinculacion.comision.models import Integracion, Minuta, Punto, Sesion
from vinculacion.comision.sala import consultas as sala
from vinculacion.nucleo.palabras import concuerda, cuenta, en_palabras, enumera

APRUEBAN = (Resolucion.APROBADO, Resolucion.CON_CAMBIOS)


def impedimentos_para_cerrar(sesion: Sesion) -> list[str]:
    """Todo lo que falta, junto. La minuta no: se escribe y se aprueba después."""
    if sesion.cerrada:
        return ["La sesión ya está cerrada."]
    no_celebrada = f"La sesión está {sesion.get_estado_display().lower()}: se cierra la que ya se celebró."
    if sesion.estado not in REALIZADAS:
        return [no_celebrada]
    en_curso = [no_celebrada] if sesion.estado == EstadoDeSesion.EN_CURSO else []
    return [*en_curso, *_horas(sesion), *_puntos(sesion), *_asistencia(sesion)]


def _horas(sesion: Sesion) -> list[str]:
    falta = [nombre for nombre, h in (("inicio", sesion.hora_inicio), ("término", sesion.hora_fin)) if h is None]
    return [f"Falta la hora de {enumera(falta)}."] if falta else []


def _puntos(sesion: Sesion) -> list[str]:
    puntos = list(sesion.puntos.order_by("numero"))
    if not puntos:
        return ["El orden del día está vacío."]
    return [f"El punto {p.numero} no se ha resuelto: {p.titulo}." for p in puntos if not p.resolucion]


def _asistencia(sesion: Sesion) -> list[str]:
    anotadas = set(sesion.asistencias.values_list("integracion_id", flat=True))
    if not anotadas:
        return ["No se ha pasado lista."]
    integran = Integracion.objects.filter(comision=sesion.comision_id).order_by("orden", "nombre")
    faltan = [i.nombre for i in integran if i.pk not in anotadas and reglas.estaba_vigente(i, sesion.fecha)]
    razones = []
    if faltan:
        mas = f" y {cuenta(len(faltan) - 5, 'más', 'más')}" if len(faltan) > 5 else ""
        razones.append(f"Falta anotar la asistencia de {enumera(faltan[:5])}{mas}.")
    quorum = sala.quorum(sesion)
    if not quorum.hay:
        asistio = en_palabras(quorum.presentes, "f") if quorum.presentes else "ninguna"
        con_voto = concuerda(quorum.necesarios, "persona con voto", "personas con voto", "f")
        razones.append(f"No hubo quórum: se necesitaban {con_voto} y asistió {asistio}.")
    return razones


def advertencias_al_cerrar(sesion: Sesion) -> list[str]:
    """Lo que conviene mirar, aunque no impide cerrar."""
    dudas = []
    if not Minuta.objects.filter(sesion=sesion).exists():
        dudas.append("Todavía no tiene minuta; se puede redactar después de cerrarla.")
    sin_acuerdo = sesion.puntos.filter(solicitud="aprobacion", resolucion__in=APRUEBAN, acuerdos=None, de_tramite=False)
    dudas += [f"El punto {p.numero} se aprobó y de él no salió ningún acuerdo." for p in sin_acuerdo.order_by("numero")]
    return dudas


def impedimentos_para_reabrir(sesion: Sesion) -> list[str]:
    return [] if sesion.cerrada else ["La sesión no está cerrada."]


# -- minuta --------------------------------------------------------------------


def impedimentos_para_redactar(sesion: Sesion) -> list[str]:
    if sesion.estado not in (EstadoDeSesion.EN_CURSO, EstadoDeSesion.CELEBRADA):
        return [f"La sesión está {sesion.get_estado_display().lower()}: la minuta cuenta lo que ya ocurrió."]
    return []


def impedimentos_para_editar_minuta(minuta: Minuta) -> list[str]:
    """La sesión puede estar cerrada: sus hechos ya no cambian, pero la minuta se sigue escribiendo hasta aprobarse."""
    if minuta.estado == EstadoDeMinuta.APROBADA:
        return ["La minuta ya se aprobó: para corregirla hay que retirar antes su aprobación y decir por qué."]
    return []


def momento(sesion: Sesion) -> tuple:
    """Para saber cuál fue después; a falta de hora, la sesión con número mayor."""
    return sesion.fecha, sesion.hora_inicio or sesion.hora_programada or time.min, sesion.pk or 0


def impedimentos_para_aprobar(minuta: Minuta, punto: Punto) -> list[str]:
    if minuta.estado == EstadoDeMinuta.APROBADA:
        return ["La minuta ya está aprobada."]
    razones = []
    if punto.sesion.comision_id != minuta.sesion.comision_id:
        razones.append("Ese punto es de otra comisión.")
    elif momento(punto.sesion) <= momento(minuta.sesion):
        razones.append(f"Se aprueba en una sesión posterior y {punto.sesion.clave} no lo es.")
    if punto.resolucion not in APRUEBAN:
        quedo = punto.get_resolucion_display().lower() if punto.resolucion else "sin resolver"
        razones.append(f"El punto {punto.numero} de {punto.sesion.clave} no está aprobado, está {quedo}.")
    return razones
