"""Las caras y los botones de un registro: cada sala anota los suyos en su ``menu.py``.

Así una sala de arriba ofrece lo que hace con un registro de abajo sin que éste la nombre.
"""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Enlace:
    modelo: str  # «programas.programa»
    clave: str
    titulo: str
    vista: str
    permiso: str
    orden: int

    def url(self, objeto) -> str:
        return reverse(self.vista, args=[objeto.pk])


CARAS: list[Enlace] = []
BOTONES: list[Enlace] = []


def cara(modelo: str, clave: str, titulo: str, vista: str, *, permiso: str, orden: int) -> None:
    """Una página más del registro, en la barra que las reúne."""
    CARAS.append(Enlace(modelo, clave, titulo, vista, permiso, orden))


def boton(modelo: str, clave: str, titulo: str, vista: str, *, permiso: str, orden: int = 50) -> None:
    """Algo más que se puede hacer con el registro, desde su detalle."""
    BOTONES.append(Enlace(modelo, clave, titulo, vista, permiso, orden))


def de(enlaces: list[Enlace], objeto, usuario) -> list[Enlace]:
    propios = [e for e in enlaces if e.modelo == objeto._meta.label_lower and usuario.has_perm(e.permiso)]
    return sorted(propios, key=lambda e: (e.orden, e.titulo))
