"""Español escrito como lo escriben las instituciones mexicanas.

Babel da los nombres de meses y días y los números con cifras; num2words, los
números con letra. Aquí se agrega lo que no traen: género, apócope, ordinales,
el «1°» y las fechas que comparten mes y año. Nada de esto necesita Django.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from babel.dates import get_day_names, get_month_names
from babel.numbers import format_decimal
from num2words import num2words

LOCAL = "es_MX"
MESES: dict[int, str] = {n: str(nombre) for n, nombre in get_month_names("wide", locale=LOCAL).items()}
DIAS: dict[int, str] = {n: str(nombre) for n, nombre in get_day_names("wide", locale=LOCAL).items()}
MILLON = 1_000_000

Numero = int | float | Decimal


def _femenino(genero: str) -> bool:
    if genero not in {"m", "f"}:
        raise ValueError(f"El género debe ser «m» o «f»; se recibió «{genero}».")
    return genero == "f"


# ── fechas ────────────────────────────────────────────────────────────────────


def mes(n: int) -> str:
    """Nombre del mes en minúsculas."""
    if n not in MESES:
        raise ValueError(f"No hay mes {n}: van del 1 al 12.")
    return MESES[n]


def dia_de_la_semana(d: date) -> str:
    """«lunes», «sábado»."""
    return DIAS[d.weekday()]


def _dia(d: date, dia_semana: bool) -> str:
    cifra = "1°" if d.day == 1 else str(d.day)
    return f"{dia_de_la_semana(d)} {cifra}" if dia_semana else cifra


def fecha_larga(d: date, dia_semana: bool = True) -> str:
    """«jueves 1° de octubre de 2020»; sin día de la semana si así se pide."""
    return f"{_dia(d, dia_semana)} de {mes(d.month)} de {d.year}"


def fecha_corta(d: date) -> str:
    """«01/10/2020», como se captura en los formularios."""
    return f"{d.day:02}/{d.month:02}/{d.year:04}"


def rango_fechas(inicio: date, fin: date, dia_semana: bool = True) -> str:
    """«lunes 19 de octubre al domingo 22 de noviembre de 2020», sin repetir mes ni año."""
    if fin < inicio:
        raise ValueError(f"El rango termina ({fecha_corta(fin)}) antes de empezar ({fecha_corta(inicio)}).")
    if inicio == fin:
        return fecha_larga(inicio, dia_semana)
    desde = _dia(inicio, dia_semana)
    if inicio.year != fin.year:
        desde = fecha_larga(inicio, dia_semana)
    elif inicio.month != fin.month:
        desde += f" de {mes(inicio.month)}"
    return f"{desde} al {fecha_larga(fin, dia_semana)}"


def lista_fechas(fechas: Iterable[date], dia_semana: bool = True) -> str:
    """«lunes 7 y miércoles 9 de diciembre de 2020»: ordena, quita repetidas y agrupa por mes y año."""
    anios = []
    for anio, del_anio in groupby(sorted(set(fechas)), key=lambda d: d.year):
        meses = [
            f"{_une([_dia(d, dia_semana) for d in del_mes])} de {mes(n)}"
            for n, del_mes in groupby(del_anio, key=lambda d: d.month)
        ]
        anios.append(f"{_une(meses)} de {anio}")
    if len(anios) > 1 and any(" y " in anio or ", " in anio for anio in anios):
        # La coma deja ver dónde acaba un año cuyas fechas ya llevan su propia «y».
        return f"{', '.join(anios[:-1])}, y {anios[-1]}"
    return _une(anios)


def fechas_de(
    inicio: date | None,
    fin: date | None = None,
    sueltas: Iterable[date] | None = None,
    dia_semana: bool = True,
) -> str:
    """Las fechas de una actividad: sueltas, rango o un solo día, según lo que tenga."""
    if lista := list(sueltas or ()):
        return lista_fechas(lista, dia_semana)
    if inicio is None:
        return ""
    return rango_fechas(inicio, fin or inicio, dia_semana)


# ── ordinales ─────────────────────────────────────────────────────────────────

_UNIDADES = ("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno")
_DECENAS = (
    "",
    "décimo",
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
)


def ordinal(n: int, genero: str = "m", apocope: bool = False) -> str:
    """«décima primera», «vigésimo tercero»; con apócope, «primer» y «tercer» (trimestre). Del 1 al 99.

    Tabla propia: num2words escribe «décimoprimero» y «quadragésimo», y no tiene femenino.
    """
    if not 1 <= n <= 99:
        raise ValueError(f"Sólo hay ordinales con letra del 1 al 99; se pidió {n}.")
    palabras = [palabra for palabra in (_DECENAS[n // 10], _UNIDADES[n % 10]) if palabra]
    if _femenino(genero):
        palabras = [palabra[:-1] + "a" for palabra in palabras]
    elif apocope and palabras[-1] in {"primero", "tercero"}:
        palabras[-1] = palabras[-1][:-1]
    return " ".join(palabras)


# ── números con letra ─────────────────────────────────────────────────────────


def _entero(n: Numero) -> int:
    entero = int(n)
    if entero != n:
        raise ValueError(f"{numero(n)} no es entero: no se escribe con letra.")
    return entero


def _apocopa(texto: str) -> str:
    """Un «uno» final ante sustantivo masculino o ante «mil» y «millones»."""
    return re.sub(r"uno$", "un", re.sub(r"veintiuno$", "veintiún", texto))


def _menor_de_un_millon(n: int, femenino: bool, apocope: bool) -> str:
    miles, resto = divmod(n, 1000)
    partes = []
    if miles:
        # «veintiún mil personas»: ante «mil» el uno se apocopa en ambos géneros,
        # pero las centenas sí concuerdan («doscientas mil»).
        partes.append("" if miles == 1 else _apocopa(num2words(miles, lang="es")))
        partes.append("mil")
    if resto or not miles:
        final = num2words(resto, lang="es")
        if femenino:
            final = re.sub(r"uno$", "una", final)
        elif apocope:
            final = _apocopa(final)
        partes.append(final)
    texto = " ".join(parte for parte in partes if parte)
    return re.sub(r"(cient|quinient)os\b", r"\1as", texto) if femenino else texto


def en_palabras(n: Numero, genero: str = "m", apocope: bool = False) -> str:
    """Un entero con letra: «veintiuno», «veintiuna» (f), «veintiún» (m con apócope).

    El apócope es para cuando sigue el sustantivo; el femenino no lo tiene.
    Los millones son masculinos siempre: «doscientos millones doscientas».
    """
    femenino = _femenino(genero)
    entero = _entero(n)
    if entero < 0:
        return f"menos {en_palabras(-entero, genero, apocope)}"
    millones, resto = divmod(entero, MILLON)
    if not millones:
        return _menor_de_un_millon(resto, femenino, apocope)
    if millones >= MILLON:
        raise ValueError(f"{numero(entero)} es demasiado grande para escribirlo con letra.")
    texto = "un millón" if millones == 1 else f"{_menor_de_un_millon(millones, False, True)} millones"
    return f"{texto} {_menor_de_un_millon(resto, femenino, apocope)}" if resto else texto


# Femeninos que empiezan con «a» tónica sin tilde y por eso llevan «un»: un acta, ningún aula.
_A_TONICA = {"acta", "agua", "ala", "alma", "arma", "aula", "habla", "hambre"}


def _llega_con_un(sustantivo: str) -> bool:
    primera = sustantivo.lower().split(maxsplit=1)[0] if sustantivo.strip() else ""
    return primera.startswith(("á", "há")) or primera in _A_TONICA


def _de(n: int) -> str:
    """«un millón de personas», pero «un millón cien personas»."""
    return "de " if n and n % MILLON == 0 else ""


def concuerda(n: Numero, singular: str, plural: str, genero: str = "m", cero: str | None = None) -> str:
    """Número con letra y su sustantivo: «un convenio», «veintiuna notas», «ningún convenio»."""
    femenino = _femenino(genero)
    entero = _entero(n)
    if entero == 0:
        if cero is not None:
            return cero
        return f"{'ninguna' if femenino and not _llega_con_un(singular) else 'ningún'} {singular}"
    if entero == 1:
        return f"{'una' if femenino and not _llega_con_un(singular) else 'un'} {singular}"
    return f"{en_palabras(entero, genero, apocope=True)} {_de(entero)}{plural}"


def cuenta(n: Numero, singular: str, plural: str) -> str:
    """Número con cifras y su sustantivo: «1 convenio», «1,765 folios», «0 notas»."""
    return f"{numero(n)} {_de(int(n)) if n == int(n) else ''}{singular if n == 1 else plural}"


# ── números con cifras ────────────────────────────────────────────────────────


def numero(n: Numero, decimales: int | None = None) -> str:
    """«1,765»; con ``decimales`` fijos redondea como se hace a mano (la mitad sube)."""
    valor = n if isinstance(n, int) else Decimal(str(n))
    if decimales is None:
        return format_decimal(valor, locale=LOCAL)
    if decimales < 0:
        raise ValueError("El número de decimales no puede ser negativo.")
    redondo = Decimal(valor).quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    fraccion = f".{'0' * decimales}" if decimales else ""
    return format_decimal(redondo + 0, format=f"#,##0{fraccion}", locale=LOCAL)  # + 0 quita el «-0»


def porcentaje(x: Numero, decimales: int = 1) -> str:
    """Un porcentaje ya calculado en base 100: «83.3%», «100%» (sin fracción si es cero)."""
    texto = numero(x, decimales)
    return f"{texto.rstrip('0').rstrip('.') if '.' in texto else texto}%"


def letra(n: int) -> str:
    """Letra de inciso: 1 → A, 26 → Z, 27 → AA."""
    if n < 1:
        raise ValueError(f"Los incisos empiezan en 1; se pidió {n}.")
    texto = ""
    while n:
        n, resto = divmod(n - 1, 26)
        texto = chr(ord("A") + resto) + texto
    return texto


_ROMANOS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def romano(n: int) -> str:
    """Número romano, del 1 al 3999."""
    if not 1 <= n <= 3999:
        raise ValueError(f"Sólo hay números romanos del 1 al 3999; se pidió {n}.")
    texto = ""
    for valor, signo in _ROMANOS:
        veces, n = divmod(n, valor)
        texto += signo * veces
    return texto


# ── frases ────────────────────────────────────────────────────────────────────


_ROMANO = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def conjuncion(siguiente: str) -> str:
    """«y», o «e» si lo que sigue suena a i: «e INE», «e historia»; pero «y hielo», «y IV»."""
    palabra = re.sub(r"^\W*(\w*).*", r"\1", siguiente, flags=re.DOTALL)
    if palabra and _ROMANO.fullmatch(palabra):  # número romano: se lee como número
        return "y"
    if len(palabra) > 1 and palabra.isupper() and palabra[0] == "H":  # sigla: se lee «hache»
        return "y"
    if len(palabra) > 1 and palabra.isupper() and palabra[0] in "IÍ":
        return "e"
    return "e" if re.match(r"h?[ií](?![aeoáéó])", palabra, re.IGNORECASE) else "y"


def _une(textos: list[str]) -> str:
    if len(textos) < 2:
        return "".join(textos)
    return f"{', '.join(textos[:-1])} {conjuncion(textos[-1])} {textos[-1]}"


def enumera(elementos: Iterable[object]) -> str:
    """«a, b y c»; con punto y coma si algún elemento ya trae comas."""
    textos = [str(elemento) for elemento in elementos]
    if len(textos) > 2 and any(", " in texto for texto in textos):
        return f"{'; '.join(textos[:-1])}; {conjuncion(textos[-1])} {textos[-1]}"
    return _une(textos)


def capitaliza(texto: str) -> str:
    """Mayúscula sólo en la primera letra; lo demás queda como está («INE»)."""
    i = len(texto) - len(re.sub(r"^[\W_]+", "", texto))
    return texto[:i] + texto[i : i + 1].upper() + texto[i + 1 :]
