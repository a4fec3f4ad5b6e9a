from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Panel

from ..models import Convenio
from . import consultas, reglas, tables

VER, AGREGAR, CAMBIAR = (f"convenios.{verbo}_pasopendiente" for verbo in ("view", "add", "change"))


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    if not usuario.has_perm(VER):
        return
    cambia = usuario.has_perm(CAMBIAR)
    pasos: list[dict[str, Any]] = [
        {
            "paso": paso,
            "quien": tables.quien(paso),
            "atrasado": tables.atrasado(paso),
            "estado": tables.estado_escrito(paso),
            "impedimentos": reglas.impedimentos_para_tocar(paso, usuario) if cambia else [],
        }
        for paso in convenio.pendientes.select_related("area", "convenio")
        .prefetch_related("evidencias")
        .order_by(*consultas.POR_HACER_PRIMERO)
    ]
    agrega = usuario.has_perm(AGREGAR) and convenio.etapa not in reglas.CERRADAS
    if not pasos and not agrega:
        return
    contexto = {
        "por_hacer": [p for p in pasos if p["paso"].hecho is None],
        "hechos": [p for p in pasos if p["paso"].hecho is not None],
        "cambia": cambia,
        "nuevo": f"{reverse('convenios:pasopendiente_nuevo')}?convenio={convenio.pk}" if agrega else "",
        "regreso": f"{convenio.get_absolute_url()}#pendientes",
    }
    yield Panel("Pasos pendientes", "convenios/acompanamiento/_panel.html", contexto)


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    yield from ()
