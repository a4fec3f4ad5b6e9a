"""Lo que cada parte pone en la página de un instrumento, en el orden en que se consulta."""

from collections.abc import Iterator

from vinculacion.nucleo.paginas import Accion, Panel

from .acompanamiento import paneles as de_acompanamiento
from .actos import paneles as de_actos
from .actualizaciones import paneles as de_actualizaciones
from .camino import paneles as de_camino
from .compromisos import paneles as de_compromisos
from .documentos import paneles as de_documentos
from .models import Convenio
from .opiniones import paneles as de_opiniones
from .vigencia import paneles as de_vigencia

PARTES = (
    de_camino,
    de_acompanamiento,
    de_vigencia,
    de_opiniones,
    de_documentos,
    de_actos,
    de_compromisos,
    de_actualizaciones,
)


def paneles(convenio: Convenio, usuario) -> Iterator[Panel]:
    for parte in PARTES:
        yield from parte.paneles(convenio, usuario)


def botones(convenio: Convenio, usuario) -> Iterator[Accion]:
    for parte in PARTES:
        yield from parte.botones(convenio, usuario)
