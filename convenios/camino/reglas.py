"""Lo que pide cada paso del camino, y lo que impide darlo, corregirlo o deshacerlo. No escribe nada."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from vinculacion.nucleo.palabras import cuenta

from ..actos.reglas import impedimentos_por_actos
from ..compromisos.reglas import impedimentos_por_compromisos
from ..estados import (
    FAVORABLES,
    FIRMADAS,
    PASOS,
    SIN_FIRMA,
    ClaseDeDocumento,
    EstadoDeActo,
    EstadoDeCompromiso,
    EstadoDeOpinion,
    Etapa,
    Vigencia,
)
from ..models import CambioDeEtapa, Convenio, Opinion
from ..reglas import dia
from ..vigencia.reglas import impedimentos_por_renovacion

# El paso cuyos requisitos conviene ir juntando desde cada etapa.
SIGUIENTE: dict[str, Etapa] = {
    Etapa.NEGOCIACION: Etapa.SUSCRIPCION,
    Etapa.VALIDACION: Etapa.SUSCRIPCION,
    Etapa.SUSCRIPCION: Etapa.SUSCRITO,
    Etapa.SUSCRITO: Etapa.CONCLUIDO,
    Etapa.CONCLUIDO: Etapa.CONCLUIDO,
}


@dataclass(frozen=True)
class Requisito:
    """``texto`` dice lo que ya está o lo que falta; ``url``, dónde se arregla."""

    texto: str
    cumplido: bool
    url: str = ""


def requisitos(
    convenio: Convenio,
    etapa: str,
    fecha: date,
    *,
    contrapartes: Collection | None = None,
    areas: Collection | None = None,
) -> list[Requisito]:
    """Todo lo que pide llegar a ``etapa`` en ``fecha``, cumplido o no.

    ``contrapartes`` y ``areas``: las que se van a guardar, si todavía no son las del registro.
    Lee lo ya traído de la base: en un tablero no cuesta consultas de más.
    """
    if etapa == Etapa.CONCLUIDO:
        return [] if nacio_firmado(convenio) else [_archivo_firmado(convenio)]
    if etapa not in (Etapa.SUSCRIPCION, Etapa.SUSCRITO):
        return []
    contrapartes = convenio.contrapartes.all() if contrapartes is None else contrapartes
    areas = convenio.areas.all() if areas is None else areas
    editar = reverse("convenios:convenio_editar", args=[convenio.pk])
    editar += f"?siguiente={reverse('convenios:convenio_etapa', args=[convenio.pk])}"
    datos = [
        ("objeto", bool(convenio.objeto.strip()), "Objeto escrito.", "Falta el objeto del instrumento."),
        ("contrapartes", bool(contrapartes), "Contraparte registrada.", "Falta al menos una contraparte."),
        ("areas", bool(areas), "Área responsable registrada.", "Falta el área responsable."),
        _vigencia(convenio),
    ]
    pedidos = [
        Requisito(si, True) if hay else Requisito(no, False, f"{editar}#id_{campo}") for campo, hay, si, no in datos
    ]
    if convenio.tipo.requiere_opinion:
        pedidos.append(_opinion_favorable(convenio, fecha))
    return pedidos


def faltantes(convenio: Convenio, fecha: date) -> list[Requisito]:
    """Lo que hoy le falta para seguir; de uno ya firmado, el archivo con las firmas."""
    siguiente = SIGUIENTE.get(convenio.etapa)
    return [r for r in requisitos(convenio, siguiente, fecha) if not r.cumplido] if siguiente else []


def _vigencia(convenio: Convenio) -> tuple[str, bool, str, str]:
    if convenio.vigencia == Vigencia.FECHA:
        falta = "Falta la fecha hasta la que estará vigente."
        return "vigencia_hasta", convenio.vigencia_hasta is not None, "Vigencia con su fecha.", falta
    if convenio.vigencia == Vigencia.COMPROMISOS:
        falta = "Falta cómo dice el instrumento que termina su vigencia."
        return "vigencia_texto", bool(convenio.vigencia_texto.strip()), "Vigencia con su cláusula.", falta
    return "vigencia", True, "Vigencia indefinida.", ""


def ultima_opinion(convenio: Convenio, fecha: date) -> Opinion | None:
    """La última emitida hasta ``fecha``: la que vale ese día."""
    emitidas = [
        (o.fecha, o.pk, o)
        for o in convenio.opiniones.all()
        if o.estado == EstadoDeOpinion.EMITIDA and o.fecha is not None and o.fecha <= fecha
    ]
    return max(emitidas, key=lambda e: e[:2])[2] if emitidas else None


def tiene_opinion_favorable(convenio: Convenio, fecha: date) -> bool:
    opinion = ultima_opinion(convenio, fecha)
    return opinion is not None and opinion.sentido in FAVORABLES


def _opinion_favorable(convenio: Convenio, fecha: date) -> Requisito:
    vale = ultima_opinion(convenio, fecha)
    if vale is not None and vale.sentido in FAVORABLES:
        return Requisito(f"Opinión de pertinencia favorable: {vale.folio}.", True, vale.get_absolute_url())
    if vale is not None:
        texto = f"La opinión {vale.folio} no es favorable: hace falta una favorable."
        return Requisito(texto, False, vale.get_absolute_url())
    otras = [o for o in convenio.opiniones.all() if o.estado != EstadoDeOpinion.CANCELADA]
    for otra in otras:
        if otra.estado == EstadoDeOpinion.EMITIDA and otra.fecha is not None:
            texto = f"La opinión {otra.folio} se emitió el {dia(otra.fecha)}, después de este paso."
            return Requisito(texto, False, otra.get_absolute_url())
    if otras:
        texto = "La opinión de pertinencia sigue en borrador: falta emitirla."
        return Requisito(texto, False, otras[0].get_absolute_url())
    nueva = f"{reverse('convenios:opinion_nuevo')}?convenio={convenio.pk}"
    return Requisito("Falta una opinión de pertinencia favorable.", False, nueva)


def _archivo_firmado(convenio: Convenio) -> Requisito:
    for documento in convenio.documentos.all():
        if documento.clase == ClaseDeDocumento.FIRMADO:
            return Requisito("Archivo del instrumento firmado.", True, documento.get_absolute_url())
    nuevo = f"{reverse('convenios:documento_nuevo')}?convenio={convenio.pk}&clase={ClaseDeDocumento.FIRMADO}"
    return Requisito("Falta el archivo del instrumento firmado.", False, nuevo)


def nacio_firmado(convenio: Convenio) -> bool:
    """Un registro histórico: su primer paso ya es la firma, y no se le pide el archivo."""
    primero = min(convenio.cambios.all(), key=lambda c: (c.fecha, c.pk), default=None)
    return primero is not None and primero.etapa in FIRMADAS


# -- dar un paso ---------------------------------------------------------------


def pide_nota(convenio: Convenio, etapa: str, fecha: date) -> str:
    """Por qué ese paso no se entiende sin una nota; vacío si no hace falta."""
    if etapa in SIN_FIRMA:
        return "Diga en la nota por qué no se firmó."
    if etapa != Etapa.CONCLUIDO:
        return ""
    if convenio.vigencia_hasta and fecha < convenio.vigencia_hasta:
        return "Concluye antes de su vencimiento: diga la razón en la nota."
    abiertos = sum(c.estado == EstadoDeCompromiso.ABIERTO for c in convenio.compromisos.all())
    if abiertos:
        quedan = cuenta(abiertos, "compromiso abierto", "compromisos abiertos")
        return f"Tiene {quedan}: diga en la nota por qué concluye."
    return ""


def impedimentos_para_pasar(
    convenio: Convenio,
    etapa: str,
    *,
    fecha: date,
    hoy: date,
    nota: str = "",
    ultimo: CambioDeEtapa | None = None,
    contrapartes: Collection | None = None,
    areas: Collection | None = None,
) -> list[str]:
    """Todo lo que impide llevar ``convenio`` a ``etapa`` en ``fecha``. ``ultimo`` es su paso más reciente."""
    if etapa == convenio.etapa:
        return [f"Ya está en «{convenio.get_etapa_display()}»."]
    razones = []
    if etapa not in PASOS[convenio.etapa]:
        razones.append(f"De «{convenio.get_etapa_display()}» no se pasa a «{Etapa(etapa).label}».")
    pedidos = requisitos(convenio, etapa, fecha, contrapartes=contrapartes, areas=areas)
    razones += [r.texto for r in pedidos if not r.cumplido]
    if fecha > hoy:
        razones.append("La fecha del paso todavía no llega.")
    if ultimo is not None and fecha < ultimo.fecha:
        razones.append(
            f"El paso anterior, «{ultimo.get_etapa_display()}», es del {dia(ultimo.fecha)}: éste no puede ser anterior."
        )
    if etapa == Etapa.SUSCRITO and convenio.vigencia_hasta and convenio.vigencia_hasta < fecha:
        razones.append(f"Vencería el {dia(convenio.vigencia_hasta)}, antes de firmarse.")
    if etapa == Etapa.SUSCRITO:
        razones += impedimentos_por_actos(convenio, fecha) + impedimentos_por_compromisos(convenio, fecha)
        razones += impedimentos_por_renovacion(convenio, fecha)
    if not nota.strip() and (motivo := pide_nota(convenio, etapa, fecha)):
        razones.append(motivo)
    return razones


# -- corregir y deshacer -----------------------------------------------------------


def impedimentos_para_corregir(
    convenio: Convenio, paso: CambioDeEtapa, *, fecha: date, nota: str, hoy: date
) -> list[str]:
    """La fecha corregida sigue entre la del paso anterior y la del que sigue; lo demás lo revisa la firma."""
    pasos = list(convenio.cambios.all())
    lugar = [p.pk for p in pasos].index(paso.pk)
    razones = []
    if fecha > hoy:
        razones.append("La fecha del paso todavía no llega.")
    if lugar and fecha < pasos[lugar - 1].fecha:
        previo = pasos[lugar - 1]
        razones.append(f"El paso anterior, «{previo.get_etapa_display()}», es del {dia(previo.fecha)}.")
    if lugar + 1 < len(pasos) and fecha > pasos[lugar + 1].fecha:
        proximo = pasos[lugar + 1]
        razones.append(f"El paso que sigue, «{proximo.get_etapa_display()}», es del {dia(proximo.fecha)}.")
    if paso.etapa == Etapa.SUSCRIPCION:
        razones += _sin_su_opinion(convenio, paso.fecha, fecha)
    if not nota.strip() and not paso.automatico and (motivo := pide_nota(convenio, paso.etapa, fecha)):
        razones.append(motivo)
    return razones


def _sin_su_opinion(convenio: Convenio, antes: date, ahora: date) -> list[str]:
    """Si con la fecha de antes había una opinión favorable y con la de ahora ya no."""
    if tiene_opinion_favorable(convenio, antes) and not tiene_opinion_favorable(convenio, ahora):
        return ["Ese día todavía no había una opinión de pertinencia favorable."]
    return []


def impedimentos_para_mover_firma(convenio: Convenio, firma: date, hoy: date) -> list[str]:
    """Corregir la fecha de firma no puede descolocar los pasos que la rodean ni lo que ya se hizo con ella."""
    razones = []
    if firma > hoy:
        razones.append("La fecha de suscripción todavía no llega.")
    antes = True
    for cambio in convenio.cambios.all():
        if cambio.etapa == Etapa.SUSCRITO:
            antes = False
            razones += _sin_su_opinion(convenio, cambio.fecha, firma)
        elif antes and cambio.fecha > firma:
            razones.append(f"El paso «{cambio.get_etapa_display()}» es del {dia(cambio.fecha)}, posterior a esa firma.")
        elif not antes and cambio.fecha < firma:
            razones.append(f"«{cambio.get_etapa_display()}» desde el {dia(cambio.fecha)}, antes de esa firma.")
    razones += [
        f"Ya reportó avance en una sesión anterior a esa fecha: {a.sesion}."
        for a in convenio.actualizaciones.select_related("sesion")
        if a.sesion.fecha < firma
    ]
    razones += impedimentos_por_actos(convenio, firma) + impedimentos_por_compromisos(convenio, firma)
    return razones + impedimentos_por_renovacion(convenio, firma)


def impedimentos_para_deshacer(convenio: Convenio) -> list[str]:
    """Por qué no se quita su último paso: es el primero, o algo ya cuelga de la firma."""
    pasos = list(convenio.cambios.all())
    if len(pasos) < 2:
        return ["Es el primer paso de su camino: corríjalo, o elimine el instrumento si no debió registrarse."]
    if pasos[-1].etapa != Etapa.SUSCRITO:
        return []
    razones = []
    if reportes := convenio.actualizaciones.count():
        avances = cuenta(reportes, "actualización", "actualizaciones")
        razones.append(f"Ya reportó avance en sesión ({avances}): sin firma no podría.")
    if convenio.compromisos.filter(avances__isnull=False).exists():
        razones.append("Sus compromisos ya tienen avances.")
    if convenio.actos.filter(estado=EstadoDeActo.CELEBRADO).exists():
        razones.append("Su acto protocolario ya se celebró.")
    if convenio.documentos.filter(clase=ClaseDeDocumento.FIRMADO).exists():
        razones.append("Tiene archivado el instrumento firmado: elimine antes ese documento si no corresponde.")
    if hasattr(convenio, "renovacion"):
        razones.append("Ya tiene una renovación en curso.")
    return razones
