"""Lo esencial de un instrumento, como encabeza su página."""

from datetime import date
from typing import Any

from .estados import FIRMADAS, Etapa
from .models import Convenio
from .reglas import dia

AL_LADO = {"Pasos del camino"}  # paneles angostos: van junto a los datos
A_LO_ANCHO = {"Familia"}  # los que piden toda la página: van al final


def _dias(n: int) -> str:
    return f"{n} día" if n == 1 else f"{n} días"


def vigencia(convenio: Convenio, fecha: date) -> tuple[str, str]:
    """Hasta cuándo, y cuánto falta o hace cuánto venció."""
    hasta = convenio.vigencia_hasta
    if hasta is None:
        return convenio.get_vigencia_display(), ""
    if convenio.etapa != Etapa.SUSCRITO:
        return f"Hasta el {dia(hasta)}", ""
    dias = (hasta - fecha).days
    cuanto = "vence hoy" if dias == 0 else f"faltan {_dias(dias)}" if dias > 0 else f"venció hace {_dias(-dias)}"
    return f"Hasta el {dia(hasta)}", cuanto.replace("faltan 1 día", "falta 1 día")


def esencial(convenio: Convenio, fecha: date) -> list[tuple[str, Any, str]]:
    """(rótulo, dato, acotación) de lo que se busca primero."""
    contrapartes = list(convenio.contrapartes.all())
    hasta, cuanto = vigencia(convenio, fecha)
    firma = convenio.fecha_firma
    renglones: list[tuple[str, Any, str]] = [
        ("Contraparte" if len(contrapartes) == 1 else "Contrapartes", contrapartes, ""),
        ("Áreas responsables", list(convenio.areas.all()), ""),
        ("Suscrito", firma or (None if convenio.etapa in FIRMADAS else "Todavía no"), ""),
        ("Vigencia", hasta, cuanto),
    ]
    if convenio.vigencia_desde and convenio.vigencia_desde != firma:
        renglones.insert(3, ("En vigor desde", convenio.vigencia_desde, ""))
    return renglones
