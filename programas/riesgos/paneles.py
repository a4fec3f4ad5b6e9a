"""Los riesgos de otra cosa, para que su página los enseñe."""

from programas.models import Accion, Supuesto
from vinculacion.nucleo.paginas import Panel

from . import consultas


def paneles_de_accion(accion: Accion) -> list[Panel]:
    """Los riesgos que amenazan a la acción; ninguno si no los hay."""
    return _panel(consultas.todos().filter(acciones=accion))


def paneles_de_supuesto(supuesto: Supuesto) -> list[Panel]:
    return _panel(consultas.todos().filter(supuestos=supuesto))


def _panel(riesgos) -> list[Panel]:
    filas = [{"riesgo": r, "luz": consultas.severidad(r.nivel_residual or r.nivel_inicial)} for r in riesgos]
    return [Panel("Riesgos", "programas/riesgos_ligados.html", {"filas": filas})] if filas else []
