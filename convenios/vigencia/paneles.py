from collections.abc import Iterator
from typing import Any

from vinculacion.nucleo.paginas import Accion, Panel
from vinculacion.nucleo.periodos import hoy

from ..estados import COLOR_DE_SITUACION, FIRMADAS, EstadoDeCompromiso, Etapa, Situacion
from ..models import Convenio
from . import botones as acciones_posibles
from . import consultas, permisos, reglas, tables
from .redaccion import cuando


def contexto(convenio: Convenio, usuario, *, en_renovacion: bool = False) -> dict[str, Any]:
    """Hasta cuándo vale, qué se decidió, qué sigue y de quién a quién se ha renovado."""
    renovacion = reglas.renovacion_de(convenio)
    estado = consultas.estado_de(convenio)
    siguiente = consultas.Siguiente("")
    if convenio.etapa == Etapa.SUSCRITO:
        abiertos = convenio.compromisos.filter(estado=EstadoDeCompromiso.ABIERTO).count()
        siguiente = consultas.que_sigue(convenio, hoy(), abiertos)
    return {
        "convenio": convenio,
        "renovacion": renovacion,
        "insignia": tables.insignia(estado),
        "cuando": cuando(convenio.vigencia_hasta, hoy())
        if convenio.vigencia_hasta and convenio.etapa == Etapa.SUSCRITO
        else "",
        "siguiente": siguiente,
        "botones": acciones_posibles.de(convenio, siguiente.pasos, usuario, convenio.get_absolute_url()),
        "en_renovacion": en_renovacion,
        "cadena": [_eslabon(c, convenio, usuario) for c in consultas.cadena(convenio)],
    }


def _eslabon(convenio: Convenio, actual: Convenio, usuario) -> dict[str, Any]:
    situacion = Situacion(convenio.situacion)  # type: ignore[attr-defined]
    visible = consultas.puede_ver(usuario, convenio)
    return {
        "convenio": convenio if visible else None,
        "es_este": convenio.pk == actual.pk,
        "situacion": situacion.label,
        "color": COLOR_DE_SITUACION[situacion],
    }


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    if not usuario.has_perm(permisos.VER):
        return
    vence = convenio.etapa in FIRMADAS and convenio.vigencia in reglas.RENOVABLES
    if vence or reglas.renovacion_de(convenio) or hasattr(convenio, "renueva_a"):
        yield Panel("Vigencia y renovación", "convenios/vigencia/_panel.html", contexto(convenio, usuario))


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    if usuario.has_perm(permisos.INICIAR) and reglas.conviene_iniciar(convenio, hoy()):
        yield from acciones_posibles.de(convenio, ["iniciar"], usuario)
