"""Población involucrada y alternativas de prueba, hechas por las acciones de la sala."""

from programas.diagnostico import acciones_poblacion as acciones
from programas.estados import RolDeNodo
from programas.models import Alternativa, Involucramiento, Nodo, Programa
from vinculacion.directorio.models import Area, Organismo

from . import programas
from .arboles import nodo
from .directorio import area as nueva_area


def involucramiento(
    programa: Programa | None = None, quien: Area | Organismo | None = None, interes: int = 4, fuerza: int = 4, **datos
) -> Involucramiento:
    quien = quien or nueva_area()
    datos["area" if isinstance(quien, Area) else "organismo"] = quien
    nuevo = Involucramiento(programa=programa or programas.programa(), interes=interes, fuerza=fuerza, **datos)
    return acciones.guardar_involucramiento(involucramiento=nuevo, por=None)


def medio(programa: Programa | None = None, **datos) -> Nodo:
    """Un medio del objetivo del programa, que responde a una causa nueva de su problema."""
    programa = programa or programas.programa()
    objetivo = Nodo.objects.filter(programa=programa, rol=RolDeNodo.OBJETIVO).first()
    if objetivo is None:
        objetivo = nodo(rol=RolDeNodo.OBJETIVO, contraparte=nodo(de=programa), de=programa)
    return nodo(objetivo, RolDeNodo.MEDIO, **{"contraparte": nodo(objetivo.contraparte), **datos})


def alternativa(de: Nodo | None = None, **datos) -> Alternativa:
    de = de or medio()
    numero = de.programa.alternativas.count() + 1
    base = {"programa": de.programa, "medio": de, "numero": numero, "nombre": "Reunirse con las organizaciones"}
    nueva = Alternativa(**{**base, **datos})
    return acciones.guardar_alternativa(alternativa=nueva, por=None)
