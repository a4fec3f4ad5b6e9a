"""Envíos de prueba."""

from datetime import date
from itertools import count

from migrantes import acciones
from migrantes.models import Envio

_numero = count(1)


def envio(fecha: date = date(2020, 10, 5), clase: str = "boletin", por=None, **datos) -> Envio:
    n = next(_numero)
    return acciones.guardar_envio(envio=Envio(fecha=fecha, clase=clase, **{"asunto": f"Envío {n}", **datos}), por=por)
