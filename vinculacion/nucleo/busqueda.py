"""Registro de lo que encuentra la búsqueda global."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Resultado:
    titulo: str
    url: str
    detalle: str = ""


@dataclass(frozen=True)
class Buscador:
    nombre: str
    permiso: str
    funcion: Callable[[Any, str, int], list[Resultado]]


BUSCADORES: list[Buscador] = []


def buscador(nombre: str, permiso: str):
    def registrar(funcion):
        BUSCADORES.append(Buscador(nombre, permiso, funcion))
        return funcion

    return registrar


def buscar(usuario, texto: str, tope: int = 8) -> list[tuple[str, list[Resultado]]]:
    """Resultados por sala, sólo de lo que ``usuario`` puede ver."""
    texto = " ".join(texto.split())
    if len(texto) < 2:
        return []
    hallados = []
    for b in sorted(BUSCADORES, key=lambda b: b.nombre):
        if usuario.has_perm(b.permiso):
            resultados = b.funcion(usuario, texto, tope)
            if resultados:
                hallados.append((b.nombre, resultados))
    return hallados
