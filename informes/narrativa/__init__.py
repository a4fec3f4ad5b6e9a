"""Las cifras vivas del texto de un informe: un lenguaje pequeño y cerrado.

    Se suscribió {{ convenios.suscritos | concuerda:"convenio,convenios" }} del
    {{ periodo.inicio | fecha }} al {{ periodo.fin | fecha }}.
    {% si convenios.opiniones %}…{% sino %}…{% fin %}

No es una plantilla de Django a propósito: el texto lo escriben personas que no
programan, sólo debe alcanzar cifras registradas, y lo que no se entiende es un
error con su lugar, nunca un hueco. ``cifras`` es siempre un mapa de clave a ``CifraViva``.
"""

from informes.narrativa.lectura import (
    Condicional,
    Dato,
    ErrorNarrativa,
    Filtrado,
    NarrativaInvalida,
    Nodo,
    Texto,
    analizar,
    tokens_usados,
)
from informes.narrativa.redaccion import errores, redactar, sustituciones
from informes.narrativa.vocabulario import DATOS_DEL_DOCUMENTO, FILTROS, vocabulario

__all__ = [
    "DATOS_DEL_DOCUMENTO",
    "FILTROS",
    "Condicional",
    "Dato",
    "ErrorNarrativa",
    "Filtrado",
    "NarrativaInvalida",
    "Nodo",
    "Texto",
    "analizar",
    "errores",
    "redactar",
    "sustituciones",
    "tokens_usados",
    "vocabulario",
]
