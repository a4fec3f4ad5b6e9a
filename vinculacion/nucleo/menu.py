"""Menú del sitio: cada sala anota sus entradas en su ``menu.py`` y aquí se filtran por permiso."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

GRUPOS = ("Registro", "Comisión", "Planeación", "Informes", "Directorio", "Administración")


@dataclass(frozen=True)
class Entrada:
    titulo: str
    vista: str
    permiso: str
    grupo: str
    orden: int
    icono: str

    @property
    def url(self) -> str:
        return reverse(self.vista)


ENTRADAS: list[Entrada] = []


def entrada(titulo: str, vista: str, *, permiso: str, grupo: str, orden: int = 50, icono: str = "dot") -> None:
    if grupo not in GRUPOS:
        raise ValueError(f"Grupo de menú desconocido: {grupo}")
    ENTRADAS.append(Entrada(titulo, vista, permiso, grupo, orden, icono))


def entradas_de(usuario) -> list[tuple[str, list[Entrada]]]:
    visibles = [e for e in ENTRADAS if usuario.has_perm(e.permiso)]
    visibles.sort(key=lambda e: (GRUPOS.index(e.grupo), e.orden, e.titulo))
    return [(grupo, list(entradas)) for grupo, entradas in groupby(visibles, key=lambda e: e.grupo)]


def menu(request) -> dict:
    """Procesador de contexto."""
    usuario = getattr(request, "user", None)
    if usuario is None or not usuario.is_authenticated:
        return {"menu": []}
    return {"menu": entradas_de(usuario)}
