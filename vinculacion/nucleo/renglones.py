"""Renglones que cada sala propone a un informe: las cifras de su balance y lo que le queda pendiente.

Se anotan en ``balance.py`` y ``pendientes.py`` de cada sala, que así no sabe nada de informes. El
texto es narrativa: lleva cifras vivas, para que el número siga a los registros aunque se reescriba.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from .secciones import Contexto

_LLAVES = re.compile(r"\{(?=[{%])|(?<=[}%])\}")
_SIGNOS = re.compile(r"([\\*_`\[\]<])")


@dataclass(frozen=True)
class Propuesta:
    """``clave`` la distingue de todas y no cambia; si sale de un registro es la que da ``clave_de``.

    ``fuente``: de qué fuente de avance trata («convenios.suscritos»); si una acción del programa cuenta
    de ella, el renglón va en el rubro de esa acción, y si no en ``rubro``.
    """

    clave: str
    rubro: str
    texto: str
    url: str = ""
    fuente: str = ""


Proponente = Callable[[Contexto], Iterable[Propuesta]]
BALANCE: list[Proponente] = []
PENDIENTES: list[Proponente] = []


def balance(funcion: Proponente) -> Proponente:
    """Anota ``funcion(contexto)``: lo que la sala cuenta de todo el periodo, una cifra por renglón."""
    BALANCE.append(funcion)
    return funcion


def pendientes(funcion: Proponente) -> Proponente:
    """Anota ``funcion(contexto)``: lo que al terminar el periodo quedaba por hacer."""
    PENDIENTES.append(funcion)
    return funcion


def clave_de(registro: models.Model, motivo: str = "") -> str:
    """«comision.acuerdo:12», y tras otros dos puntos el motivo si un registro puede salir por varios."""
    return ":".join(filter(None, (registro._meta.label_lower, str(registro.pk), motivo)))


def literal(texto: str) -> str:
    """Lo capturado en un registro, para ponerlo en un texto: en un renglón y sin nada que parezca Markdown o cifra."""
    return _SIGNOS.sub(r"\\\1", _LLAVES.sub("", " ".join(str(texto).split())))
