"""Folios sin huecos ni repetidos, aunque veinte personas pidan a la vez."""

import re
from collections.abc import Sequence

from django.db import transaction

from vinculacion.nucleo.periodos import hoy

from .models import Contador, Serie


@transaction.atomic
def siguiente_folio(serie: Serie, anio: int) -> str:
    """Da el folio que sigue.

    Va en la misma transacción que guarda el registro: si ésta se deshace, el
    número también, y no queda hueco. La fila del contador se bloquea hasta el fin.
    """
    Contador.objects.get_or_create(serie=serie, anio=anio)
    contador = Contador.objects.select_for_update().get(serie=serie, anio=anio)
    contador.ultimo += 1
    contador.save(update_fields=["ultimo"])
    return serie.formato(contador.ultimo, anio)


def leer_folio(serie: Serie, folio: str) -> tuple[int, int]:
    """El número y el año de ``folio``; ``ValueError`` si no sigue el patrón de la serie."""
    numero, _, anio = leer_folio_con_sufijo(serie, folio, sufijos=())
    return numero, anio


def leer_folio_con_sufijo(serie: Serie, folio: str, sufijos: Sequence[str]) -> tuple[int, str, int]:
    """El número, el sufijo («bis», o vacío) y el año; ``ValueError`` si no sigue el patrón o el sufijo no es de esos."""
    espacio = r"\s*" if sufijos else ""
    opciones = "|".join(["", *map(re.escape, sufijos)])
    partes = re.split(r"(\{numero(?::0\d)?\}|\{anio(?::0\d)?\})", serie.patron)
    expresion = "".join(
        rf"(?P<numero>\d+){espacio}(?P<sufijo>{opciones})"
        if p.startswith("{numero")
        else r"(?P<anio>\d+)"
        if p.startswith("{anio")
        else re.escape(p)
        for p in partes
    )
    hallado = re.fullmatch(expresion, folio.strip(), re.IGNORECASE if sufijos else 0)
    if hallado is None:
        raise ValueError(f"«{folio}» no se escribe como los folios de esta serie: {serie.formato(1, hoy().year)}.")
    anio = int(hallado["anio"])
    return int(hallado["numero"]), hallado["sufijo"].lower(), anio + 2000 if anio < 100 else anio


@transaction.atomic
def anotar_folio(serie: Serie, folio: str, sufijos: Sequence[str] = ()) -> str:
    """Anota un folio dado antes (captura histórica o importación) para que no se repita.

    Devuelve el folio escrito como manda el patrón. ``ValueError`` si no lo sigue.
    """
    numero, sufijo, anio = leer_folio_con_sufijo(serie, folio, sufijos)
    Contador.objects.get_or_create(serie=serie, anio=anio)
    contador = Contador.objects.select_for_update().get(serie=serie, anio=anio)
    if numero > contador.ultimo:
        contador.ultimo = numero
        contador.save(update_fields=["ultimo"])
    return serie.formato(numero, anio, sufijo)
