"""Las cifras de los convenios en el balance de un informe."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.renglones import Propuesta, balance
from vinculacion.nucleo.secciones import Contexto

CUENTAS = (
    ("convenios.opiniones", "opinión de pertinencia emitida,opiniones de pertinencia emitidas"),
    ("convenios.suscritos", "convenio suscrito,convenios suscritos"),
    ("convenios.actualizados", "convenio con avance reportado,convenios con avance reportado"),
    ("convenios.vigentes", "convenio vigente al terminar el periodo,convenios vigentes al terminar el periodo"),
    ("convenios.actos", "acto protocolario,actos protocolarios"),
)


@balance
def de_los_convenios(contexto: Contexto) -> Iterator[Propuesta]:
    for cifra, sustantivo in CUENTAS:
        yield Propuesta(
            clave=cifra,
            rubro="Convenios",
            texto=f'{{{{ {cifra} | cuenta:"{sustantivo}" }}}}',
            url=reverse("convenios:convenio_lista"),
            fuente="convenios.suscritos",
        )
