"""Los números de celdas y de frases, escritos con cifras o con letra."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from vinculacion.nucleo.bloques import Celda
from vinculacion.nucleo.palabras import en_palabras
from vinculacion.nucleo.texto import llano

MAXIMO_CON_LETRA = 999
_NUMERO = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
NUMERO_LARGO = 20  # letras: uno más largo no es una cifra de informe, y sumarlo perdería sus decimales


def numero_de(celda: Celda) -> Decimal | None:
    """El número de una celda que no dice otra cosa: «1,765», «12.5 %»; ``None`` si trae más texto."""
    if isinstance(celda, bool) or celda is None:
        return None
    if isinstance(celda, int | float | Decimal):
        return Decimal(str(celda))
    if not isinstance(celda, str):
        return None
    texto = celda.strip().removesuffix("%").strip()
    if len(texto) > NUMERO_LARGO or not _NUMERO.fullmatch(texto):
        return None
    return Decimal(texto.replace(",", "").replace(" ", ""))


def es_porcentaje(celda: Celda) -> bool:
    return isinstance(celda, str) and celda.strip().endswith("%") and numero_de(celda) is not None


def decimales(celda: Celda) -> int:
    """Con cuántos decimales se escribió."""
    numero = numero_de(celda)
    return max(0, -int(numero.as_tuple().exponent)) if numero is not None else 0


@cache
def _con_letra() -> dict[str, int]:
    """De cómo se escribe a cuánto es; el uno no está porque «un» casi siempre es artículo."""
    formas = {}
    for n in range(2, MAXIMO_CON_LETRA + 1):
        for forma in (en_palabras(n), en_palabras(n, "f"), en_palabras(n, apocope=True)):
            formas[llano(forma)] = n
    return formas


@dataclass(frozen=True, slots=True)
class Cuenta:
    """«16 correos electrónicos»: cuántos dice que hay y de qué."""

    n: int
    sustantivo: str
    inicio: int
    fin: int
    texto: str


_PALABRA = re.compile(r"[^\W_]+(?:[.,:/-]\d+)*", re.UNICODE)
_CIFRA = re.compile(r"\d{1,4}|\d{1,3}(?:,\d{3}){1,4}")
ANTES = 40
"""Las letras de antes que bastan para saber si lo que sigue es una cantidad."""
_NO_EXACTO = re.compile(
    r"(?:m[aá]s de|menos de|cerca de|alrededor de|al menos|casi|hasta|aproximadamente|unos|unas|entre|art[ií]culos?|"
    r"numerales|fracci[oó]n|punto|tabla|cuadro|anexos?|circular(?:es)?|n[uú]m\.|no\.|°|de las|de los|[\d,]\s*y)\s*$",
    re.IGNORECASE,
)


def cuentas(texto: str) -> Iterator[Cuenta]:
    """Los números del texto a los que sigue un sustantivo en plural; lo aproximado no cuenta."""
    piezas = list(_PALABRA.finditer(texto))
    formas, i = _con_letra(), 0
    while i < len(piezas):
        n, usadas = _numero_en(piezas, i, formas)
        if n is None or i + usadas >= len(piezas):
            i += 1
            continue
        primera, sustantivo = piezas[i], piezas[i + usadas]
        junto = texto[piezas[i + usadas - 1].end() : sustantivo.start()].strip() == ""
        i += usadas
        if (
            junto
            and sustantivo[0].islower()
            and sustantivo[0].isalpha()
            and len(sustantivo[0]) >= 4
            and sustantivo[0].endswith("s")
            and not _NO_EXACTO.search(texto[max(0, primera.start() - ANTES) : primera.start()])
        ):
            yield Cuenta(n, sustantivo[0], primera.start(), sustantivo.end(), texto[primera.start() : sustantivo.end()])


@dataclass(frozen=True, slots=True)
class Numero:
    n: int
    inicio: int
    fin: int


_UNO = {"un": 1, "uno": 1, "una": 1}


def numeros(texto: str) -> Iterator[Numero]:
    """Todos los números del texto, siga o no un sustantivo; el uno, sólo donde reparte («uno en», «una de»)."""
    piezas = list(_PALABRA.finditer(texto))
    formas, i = _con_letra(), 0
    while i < len(piezas):
        n, usadas = _numero_en(piezas, i, formas)
        if n is None and piezas[i][0].lower() in _UNO and i + 1 < len(piezas):
            reparte = piezas[i + 1][0] in ("en", "a", "por", "con", "para")
            n = 1 if reparte else None
        if n is not None:
            yield Numero(n, piezas[i].start(), piezas[i + usadas - 1].end())
        i += usadas


@cache
def _primeras() -> frozenset[str]:
    """Con qué palabra puede empezar un número escrito con letra."""
    return frozenset(forma.split()[0] for forma in _con_letra())


def _numero_en(piezas: list[re.Match[str]], i: int, formas: dict[str, int]) -> tuple[int | None, int]:
    """El número que empieza en la pieza ``i`` y cuántas piezas ocupa."""
    if _CIFRA.fullmatch(piezas[i][0]):
        return int(piezas[i][0].replace(",", "")), 1
    if llano(piezas[i][0]) not in _primeras():
        return None, 1
    for largo in (5, 4, 3, 2, 1):
        if i + largo <= len(piezas):
            forma = llano(" ".join(pieza[0] for pieza in piezas[i : i + largo]))
            if forma in formas:
                return formas[forma], largo
    return None, 1
