"""Áreas, organismos y procesos de prueba."""

from itertools import count

from vinculacion.directorio.models import Area, Organismo, ProcesoElectoral

_numero = count(1)


def area(**datos) -> Area:
    n = next(_numero)
    return Area.objects.create(**{"nombre": f"Área {n}", "clase": Area.Clase.UNIDAD, **datos})


def organismo(**datos) -> Organismo:
    n = next(_numero)
    base = {"nombre": f"Organismo {n}", "clase": Organismo.Clase.ACADEMIA, "ambito": "local"}
    return Organismo.objects.create(**{**base, **datos})


def proceso(**datos) -> ProcesoElectoral:
    n = next(_numero)
    base = {"clave": f"proceso-{n}", "nombre": f"Proceso {n}", "clase": ProcesoElectoral.Clase.ELECTORAL}
    return ProcesoElectoral.objects.create(**{**base, **datos})
