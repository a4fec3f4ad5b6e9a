"""El asunto y el mensaje que se proponen para cada aviso, sacados de los registros."""

from vinculacion.nucleo.palabras import dia_de_la_semana, fecha_corta, fecha_larga

from ..estados import ClaseDeAviso, Modalidad
from ..models import Convocatoria, Sesion
from ..reglas import hora_prevista
from .reglas import anuncia_fecha, anuncia_lo_de_hoy


def cuando(sesion: Sesion) -> str:
    """«el jueves 26 de noviembre de 2026, a las 11:00 horas»."""
    return f"el {cuando_fue(sesion.fecha_programada, hora_prevista(sesion))}"


def cuando_fue(fecha, hora) -> str:
    return fecha_larga(fecha) + (f", a las {hora:%H:%M} horas" if hora else "")


def donde(sesion: Sesion) -> str:
    """«en modalidad virtual, mediante https://…», «de manera presencial, en la Sala 2»."""
    modo = f"en modalidad {sesion.get_modalidad_display().lower()}"
    if not sesion.lugar:
        return modo
    es_enlace = sesion.lugar.startswith(("https://", "http://"))
    via = "mediante" if es_enlace or sesion.modalidad == Modalidad.VIRTUAL else "en"
    return f"{modo}, {via} {sesion.lugar}"


def la_sesion(sesion: Sesion) -> str:
    """«la décima primera sesión ordinaria de 2026 de la Comisión…»."""
    nombre = sesion.comision.nombre
    articulo = "la" if nombre.lower().startswith("comisión") else "la comisión"
    return f"la {sesion.en_palabras.lower()} de {sesion.anio} de {articulo} {nombre}"


def asunto(sesion: Sesion, clase: str) -> str:
    que = {
        ClaseDeAviso.CONVOCATORIA: "Convocatoria",
        ClaseDeAviso.CAMBIO: "Cambio",
        ClaseDeAviso.CANCELACION: "Cancelación",
    }[ClaseDeAviso(clase)]
    cuerpo = f"{que}: {sesion.en_palabras.lower()} de {sesion.anio} de la {sesion.comision.siglas}"
    if clase == ClaseDeAviso.CANCELACION:
        return cuerpo
    return f"{cuerpo}, {dia_de_la_semana(sesion.fecha_programada)} {fecha_corta(sesion.fecha_programada)}"


def parrafos(sesion: Sesion, clase: str, ultima: Convocatoria | None = None) -> list[str]:
    """Lo que dice el aviso, sin saludo ni despedida; la carta y el correo dicen lo mismo."""
    if clase == ClaseDeAviso.CONVOCATORIA:
        return [
            f"Por instrucciones de la Presidencia de la comisión, se le convoca a {la_sesion(sesion)}, que se "
            f"celebrará {cuando(sesion)}, {donde(sesion)}.",
            "Se acompañan el orden del día y los documentos de los asuntos que se tratarán.",
        ]
    antes = ultima and cuando_fue(ultima.fecha_de_la_sesion, ultima.hora_de_la_sesion)
    convocada = f", que se había convocado para el {antes}," if antes else ""
    if clase == ClaseDeAviso.CANCELACION:
        return [f"Se le informa que {la_sesion(sesion)}{convocada} se cancela."]
    if not anuncia_fecha(sesion, clase, ultima):
        return [f"Se le informa que {la_sesion(sesion)}{convocada} se difiere. La nueva fecha se le avisará."]
    if ultima is None or anuncia_lo_de_hoy(ultima, sesion):
        convocada = ""
    return [f"Se le informa que {la_sesion(sesion)}{convocada} se celebrará {cuando(sesion)}, {donde(sesion)}."]


def mensaje(sesion: Sesion, clase: str, ultima: Convocatoria | None = None) -> str:
    firma = f"Secretaría técnica\n{sesion.comision.nombre}"
    return "\n\n".join(["A quienes integran la comisión:", *parrafos(sesion, clase, ultima), "Atentamente", firma])
