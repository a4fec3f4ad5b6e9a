"""Los mensajes a la comunidad migrante en el balance de un informe."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.renglones import Propuesta, balance
from vinculacion.nucleo.secciones import Contexto


@balance
def envios(contexto: Contexto) -> Iterator[Propuesta]:
    yield Propuesta(
        clave="migrantes.envios",
        rubro="Comunidad migrante",
        texto='{{ migrantes.envios | cuenta:"mensaje enviado,mensajes enviados" }}',
        url=reverse("migrantes:envio_lista"),
        fuente="migrantes.envios",
    )
