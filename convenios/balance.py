"""Las cifras de los convenios en el balance de un informe."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.renglones import Propuesta, balance
from vinculacion.nucleo.secciones import CIFRAS, Contexto

CUENTAS = (
    ("convenios.opiniones", "opinión de pertinencia emitida,opiniones de pertinencia emitidas"),
    ("convenios.suscritos", "convenio suscrito,convenios suscritos"),
    ("convenios.actualizados", "convenio con avance reportado,convenios con avance reportado"),
    ("convenios.vigentes", "convenio vigente al terminar el periodo,convenios vigentes al terminar el periodo"),
    ("convenios.actos", "acto protocolario,actos protocolarios"),
)


@balance
def de_los_convenios(contexto: Contexto) -> Iterator[Propuesta]:
    """Las que esta sala sabe contar hoy."""
    for cifra, sustantivo in CUENTAS:
        if cifra in CIFRAS:
            yield Propuesta(
                clave=cifra,
                rubro="Convenios",
                texto=f'{{{{ {cifra} | cuenta:"{sustantivo}" }}}}',
                url=reverse("convenios:convenio_lista"),
                fuente="convenios.suscritos",
            )
