from collections.abc import Iterator
from typing import Any

from vinculacion.nucleo.paginas import Accion, Panel
from vinculacion.nucleo.periodos import hoy

from ..models import Convenio
from ..permisos import CAMBIAR
from . import consultas, reglas


def contexto(convenio: Convenio, usuario) -> dict[str, Any]:
    """La tarjeta «Camino» que encabeza la página del instrumento."""
    cambia = usuario.has_perm(CAMBIAR)
    return {
        "camino": consultas.etapas(convenio),
        "posibles": consultas.pasos_posibles(convenio, hoy()) if cambia else [],
        "faltantes": reglas.faltantes(convenio, hoy()),
        "siguiente_etapa": reglas.SIGUIENTE.get(convenio.etapa),
        "cambia": cambia,
    }


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    yield Panel(
        "Pasos del camino",
        "convenios/_cambios.html",
        {
            "convenio": convenio,
            "tramos": consultas.tramos(convenio, hoy()),
            "deshechos": list(consultas.deshechos(convenio)),
            "cambia": usuario.has_perm(CAMBIAR),
            "deshace": usuario.has_perm(CAMBIAR) and not reglas.impedimentos_para_deshacer(convenio),
        },
    )


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    yield from ()
