"""Nodos de prueba, hechos por las acciones de la sala."""

from programas.diagnostico import acciones
from programas.diagnostico.arbol import claves, siguiente_clave
from programas.estados import RolDeNodo
from programas.models import Nodo, Programa

from . import programas


def nodo(padre: Nodo | None = None, rol: str = "", *, de: Programa | None = None, **datos) -> Nodo:
    """Cuelga de ``padre`` (una causa, salvo que se diga otra cosa) o, sin él, es un problema central."""
    de = padre.programa if padre else de or programas.programa()
    rol = rol or (RolDeNodo.CAUSA if padre else RolDeNodo.PROBLEMA)
    clave = datos.pop("clave", "") or siguiente_clave(rol, padre, claves(de))
    base = {"texto": f"Texto de {clave}", **datos}
    return acciones.guardar_nodo(
        nodo=Nodo(programa=de, padre=padre, rol=rol, clave=clave, **base), al_final="orden" not in datos, por=None
    )


def problemas(de: Programa | None = None) -> dict[str, Nodo]:
    """Un problema con dos causas, la primera con dos suyas, y dos efectos; por clave."""
    p1 = nodo(de=de)
    c1, _c2 = nodo(p1), nodo(p1)
    nodo(c1)
    nodo(c1)
    nodo(p1, RolDeNodo.EFECTO)
    nodo(p1, RolDeNodo.EFECTO)
    return {n.clave: n for n in Nodo.objects.filter(programa=p1.programa)}
