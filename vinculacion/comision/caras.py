"""Lo que cada parte de la comisión pone en la página de una sesión, en el orden en que ocurre."""

from collections.abc import Iterator

from vinculacion.nucleo.paginas import Accion, Panel

from .calendario import paneles as de_calendario
from .convocatoria import paneles as de_convocatoria
from .minutas import paneles as de_minutas
from .models import Sesion
from .sala import paneles as de_sala

PARTES = (de_convocatoria, de_sala, de_minutas, de_calendario)


def paneles(sesion: Sesion, usuario) -> Iterator[Panel]:
    for parte in PARTES:
        yield from parte.paneles(sesion, usuario)


def botones(sesion: Sesion, usuario) -> Iterator[Accion]:
    for parte in PARTES:
        yield from parte.botones(sesion, usuario)
