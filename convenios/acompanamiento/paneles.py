from collections.abc import Iterator

from vinculacion.nucleo.paginas import Accion, Panel

from ..models import Convenio


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    yield from ()


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    yield from ()
