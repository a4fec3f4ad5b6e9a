"""Qué se puede hacer durante la sesión, con razones."""

from datetime import date

from vinculacion.nucleo.palabras import cuenta, enumera, fecha_larga

from .. import consultas as de_la_sala
from .. import reglas
from ..estados import REALIZADAS, TRANSICIONES, EstadoDeAsistencia, EstadoDeSesion, Resolucion, Solicitud
from ..models import Punto, Sesion
from .consultas import Quorum, Votacion, quorum

DE_VOTACION = frozenset({Resolucion.APROBADO, Resolucion.CON_CAMBIOS, Resolucion.RECHAZADO})
CON_RAZON = frozenset({Resolucion.APLAZADO, Resolucion.RETIRADO})


def impedimentos_para_tratar(sesion: Sesion) -> list[str]:
    """Los puntos se tratan con la sesión en curso, o después para corregir, mientras no se cierre."""
    if razones := reglas.impedimentos_por_cierre(sesion):
        return razones
    if sesion.estado not in REALIZADAS:
        return [
            f"La sesión está {sesion.get_estado_display().lower()}: los puntos se resuelven cuando está en curso o ya "
            "se celebró."
        ]
    return []


def impedimentos_para_votar(punto: Punto, hay: Quorum) -> list[str]:
    razones = impedimentos_para_tratar(punto.sesion)
    if punto.solicitud != Solicitud.APROBACION:
        razones.append("Este punto no pide aprobación: no se vota.")
    elif punto.resolucion in CON_RAZON:
        razones.append(f"El punto quedó «{punto.get_resolucion_display()}»: deshaga antes esa resolución.")
    if not hay.hay:
        razones.append(sin_quorum(hay) + " Sin quórum no se vota.")
    return razones


def impedimentos_para_resolver(punto: Punto, resolucion: str, votos: Votacion, nota: str = "") -> list[str]:
    """A mano se resuelven lo que sólo se presenta, lo que se aplaza o retira y los empates."""
    razones = impedimentos_para_tratar(punto.sesion)
    if resolucion not in Resolucion.values:
        return [*razones, "Elija en qué quedó el punto."]
    if punto.resolucion and punto.resolucion != resolucion:
        razones.append(f"El punto ya quedó «{punto.get_resolucion_display()}»: deshaga antes esa resolución.")
    elif resolucion in DE_VOTACION and not votos.empate:
        razones.append("Aprobar o rechazar sale de los votos: regístrelos en el punto.")
    elif resolucion == Resolucion.PRESENTADO and punto.solicitud == Solicitud.APROBACION:
        razones.append("Este punto pide aprobación: se vota, se aplaza o se retira.")
    elif (resolucion in CON_RAZON or votos.empate) and not nota.strip():
        razones.append(
            "Escriba cómo se resolvió el empate." if resolucion in DE_VOTACION else "Escriba por qué; va en la minuta."
        )
    return razones


def impedimentos_para_anotar_resolucion(punto: Punto) -> list[str]:
    """La que trae una hoja: de lo pasado puede no haber votos, pero no contradice los que haya."""
    previo = Punto.objects.filter(pk=punto.pk).first() if punto.pk else None
    if punto.resolucion == (previo.resolucion if previo else ""):
        return []
    razones = impedimentos_para_tratar(punto.sesion)
    if previo and previo.votos.exists():
        razones.append("El punto tiene votos: su resolución sale de ellos. Corríjalos en la sesión.")
    return razones


def sin_quorum(hay: Quorum) -> str:
    falta = cuenta(hay.necesarios, "persona con voto", "personas con voto")
    return f"No hay quórum: hacen falta {falta} y hay {hay.presentes}."


def advertencias_para_iniciar(sesion: Sesion, hoy: date) -> list[str]:
    """No impiden empezar: quien lleva la sesión las confirma."""
    dudas = []
    if not (hay := quorum(sesion)).hay:
        dudas.append(sin_quorum(hay))
    if sesion.fecha_programada != hoy:
        dudas.append(f"Está programada para el {fecha_larga(sesion.fecha_programada)}, no para hoy.")
    return dudas


def advertencias_para_terminar(sesion: Sesion) -> list[str]:
    """Lo que falta y después impedirá cerrarla."""
    dudas = []
    numeros = list(sesion.puntos.filter(resolucion="").order_by("numero").values_list("numero", flat=True))
    if numeros:
        dudas.append(f"Sin resolver: {'punto' if len(numeros) == 1 else 'puntos'} {enumera(numeros)}.")
    anotadas = {a.integracion_id: a for a in sesion.asistencias.select_related("integracion")}
    integran = de_la_sala.integracion_en(sesion.comision, sesion.fecha)
    if faltan := [c.nombre for c in integran if c.pk not in anotadas]:
        dudas.append(f"Sin anotar en la asistencia: {enumera(faltan)}.")
    sin_nombre = [
        a.integracion.nombre
        for a in anotadas.values()
        if a.estado == EstadoDeAsistencia.SUPLENTE and not a.suplente.strip()
    ]
    if sin_nombre:
        dudas.append(f"Falta decir quién suple a {enumera(sin_nombre)}.")
    return dudas


def impedimentos_para_iniciar(sesion: Sesion) -> list[str]:
    if razones := reglas.impedimentos_por_cierre(sesion):
        return razones
    if sesion.estado == EstadoDeSesion.CELEBRADA:
        return ["La sesión ya se celebró; para corregirla use «Reabrir» en su página."]
    if EstadoDeSesion.EN_CURSO not in {sesion.estado, *TRANSICIONES[sesion.estado]}:
        return [f"Una sesión {sesion.get_estado_display().lower()} no puede pasar a «En curso»: prográmela antes."]
    return []


def impedimentos_para_terminar(sesion: Sesion) -> list[str]:
    if razones := reglas.impedimentos_por_cierre(sesion):
        return razones
    if sesion.estado not in REALIZADAS:
        return ["La sesión no ha empezado."]
    return []
