from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Panel
from vinculacion.nucleo.periodos import hoy

from ..estados import EstadoDeCompromiso, Etapa, Vigencia
from ..models import Compromiso, Convenio
from . import consultas, reglas, tables
from .forms import plazo
from .situacion import Situacion, situacion_de

ANOTAR = "convenios.add_avancedecompromiso"
RECIENTES = 3  # de lo ya cumplido se enseña lo último; lo demás, plegado


def url_de_anotar(compromiso: Compromiso) -> str:
    return f"{reverse('convenios:avance_nuevo')}?compromiso={compromiso.pk}"


def contexto_de_veces(compromiso: Compromiso, usuario) -> dict[str, Any]:
    anota = usuario.has_perm(ANOTAR)
    impedimentos = reglas.impedimentos_para_anotar(compromiso, usuario) if anota else []
    veces = consultas.veces_de(compromiso)
    hechas = [v for v in veces if v.cumplimiento]
    plegadas = hechas[:-RECIENTES] if len(hechas) > RECIENTES else []
    return {
        "plegadas": [_renglon(v) for v in plegadas],
        "veces": [_renglon(v) for v in veces if v not in plegadas],
        "progreso": consultas.progreso(compromiso),
        "se_repite": compromiso.recurrencia != "unica",
        "impedimentos": impedimentos,
        "url_anotar": url_de_anotar(compromiso) if anota and not impedimentos else "",
    }


def _renglon(vez: consultas.Vez) -> dict[str, Any]:
    cumplida = vez.cumplimiento is not None
    return {
        "vez": vez,
        "vence": "" if vez.vence is None else reglas.dia(vez.vence) if cumplida else plazo(vez.vence),
        "insignia": tables.insignia(vez.situacion),
        "dias": abs(vez.dias_de_diferencia),
        "tarde": vez.dias_de_diferencia > 0,
        "clave": vez.vence.isoformat() if vez.vence else "",
    }


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    if not usuario.has_perm("convenios.view_compromiso"):
        return
    suyos = consultas.compromisos_visibles(usuario).filter(convenio=convenio)
    compromisos = list(consultas.con_avances(suyos))
    captura = usuario.has_perm("convenios.add_compromiso")
    if not compromisos and not captura:
        return
    anota = usuario.has_perm(ANOTAR)
    for compromiso in compromisos:
        compromiso.convenio = convenio
    contexto = {
        "compromisos": [
            {
                "compromiso": c,
                "insignia": tables.insignia(situacion_de(c, hoy())),
                "progreso": consultas.progreso(c),
                "plazo": plazo(c.proxima) if c.proxima and c.estado == EstadoDeCompromiso.ABIERTO else "",
                "url_anotar": url_de_anotar(c)
                if anota and c.estado == EstadoDeCompromiso.ABIERTO and not reglas.impedimentos_para_anotar(c, usuario)
                else "",
            }
            for c in compromisos
        ],
        "resumen": _resumen(compromisos),
        "conclusion": _conclusion(convenio, compromisos),
        "url_capturar": reverse("convenios:compromiso_capturar", args=[convenio.pk]) if captura else "",
    }
    yield Panel("Compromisos", "convenios/compromisos/_panel.html", contexto)


def _resumen(compromisos: list[Compromiso]) -> list[tuple[str, int]]:
    """Cuántos hay en cada estado, los más urgentes primero."""
    situaciones = [situacion_de(c, hoy()) for c in compromisos]
    return [(tables.insignia(s), n) for s in Situacion if (n := situaciones.count(s))]


def _conclusion(convenio: Convenio, compromisos: list[Compromiso]) -> str:
    """Qué pasa con un instrumento vigente «hasta cumplir los compromisos»."""
    if convenio.vigencia != Vigencia.COMPROMISOS:
        return ""
    if convenio.etapa == Etapa.CONCLUIDO:
        if not reglas.concluyo_solo(convenio):
            return ""
        return "Concluyó solo al cumplirse el último compromiso. Si se quita ese avance, vuelve a estar vigente."
    if convenio.etapa != Etapa.SUSCRITO:
        return ""
    if not compromisos:
        return "Está vigente hasta que se cumplan sus compromisos: captúrelos para saber cuándo concluye."
    if any(reglas.sin_fin(c) for c in compromisos):
        return "Tiene un compromiso que se repite sin fin: mientras no diga hasta cuándo, el instrumento no concluirá."
    return "Concluirá solo cuando se cumpla el último de sus compromisos."


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    """El panel ya trae los suyos, junto a cada compromiso."""
    yield from ()
