"""La Red de Observación en el balance de un informe."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.renglones import Propuesta, balance
from vinculacion.nucleo.secciones import Contexto


@balance
def red(contexto: Contexto) -> Iterator[Propuesta]:
    for cifra, sustantivo in (
        ("observacion.integrantes", "integrante de la Red,integrantes de la Red"),
        ("observacion.asistentes", "asistencia de la Red,asistencias de la Red"),
    ):
        yield Propuesta(
            clave=cifra,
            rubro="Observación electoral",
            texto=f'{{{{ {cifra} | cuenta:"{sustantivo}" }}}}',
            url=reverse("observacion:integrantered_lista"),
        )
