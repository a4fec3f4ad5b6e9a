from collections.abc import Iterable

from vinculacion.comision.models import Sesion
from vinculacion.nucleo.paginas import Accion, Panel


def paneles(sesion: Sesion, usuario) -> Iterable[Panel]:
    """Lo que esta parte enseña en la página de la sesión."""
    return ()


def botones(sesion: Sesion, usuario) -> Iterable[Accion]:
    return ()
