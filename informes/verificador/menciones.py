"""Las fechas que un texto menciona, también las imposibles y las que comparten mes y año."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vinculacion.nucleo import palabras
from vinculacion.nucleo.texto import llano

_MESES = {llano(nombre): n for n, nombre in palabras.MESES.items()} | {"setiembre": 9}
_DIAS = {llano(nombre): n for n, nombre in palabras.DIAS.items()}
_DIA_SEMANA = r"lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"


def _con_letra(desde: int, hasta: int) -> dict[str, int]:
    """«treinta y uno» → 31; las largas primero, para que «treinta» no se coma a «treinta y uno»."""
    formas = {llano(forma): n for n in range(desde, hasta) for forma in (palabras.en_palabras(n),)}
    return dict(sorted(formas.items(), key=lambda forma: -len(forma[0])))


_DIAS_CON_LETRA = _con_letra(2, 40) | {"primero": 1}  # «treinta y dos de mayo» tampoco existe
_ANIOS_CON_LETRA = {f"dos mil {forma}": 2000 + n for forma, n in _con_letra(1, 100).items()}


def _admite_acentos(formas) -> str:
    vocales = str.maketrans({"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uú]"})
    return "|".join(forma.translate(vocales).replace(" ", r"\s+") for forma in formas)


_CON_MES = re.compile(
    rf"(?:\b({_DIA_SEMANA})\s*,?\s+(?:d[ií]a\s+)?)?(?<![\d:/.])\b(\d{{1,2}}|{_admite_acentos(_DIAS_CON_LETRA)})"
    rf"\s*(?:°|º|ro\b|er\b|o\b)?\s+de\s+({'|'.join(_MESES)})\b"
    rf"(?:\s*,?\s+(?:del?\s+)?(?:a[ñn]o\s+)?((?:\d{{4}}(?![\d-]))|(?:{_admite_acentos(_ANIOS_CON_LETRA)})\b))?",
    re.IGNORECASE,
)
_SUELTA = re.compile(
    rf"(?:\b({_DIA_SEMANA})\s*,?\s+)?(?<![\d:/.,-])\b(\d{{1,2}})\s*(?:°|º)?(?:\s*,\s*(?:y\s+)?|\s+(?:y|e|al?)\s+)"
    r"(?:el\s+|los\s+|del\s+)?(?:d[ií]as?\s+)?$",
    re.IGNORECASE,
)
_UNE = re.compile(r"\s*(?:,\s*(?:y\s+)?|(?:y|e|al?|hasta)\s+)(?:el\s+|los\s+|del\s+)?(?:d[ií]as?\s+)?", re.IGNORECASE)
_HASTA = re.compile(r"\s*(?:al?|hasta)\s", re.IGNORECASE)
_CON_CIFRAS = re.compile(
    rf"(?:\b({_DIA_SEMANA})\s*,?\s+)?(?<![\w/.-])(\d{{1,2}})([/-])(\d{{1,2}})\3(\d{{4}})(?![\w/-])", re.IGNORECASE
)
_ISO = re.compile(r"(?<![\w/.-])(\d{4})-(\d{2})-(\d{2})(?![\w/-])")
_BISIESTO = 2000
MESES_DE_UN_ANIO_A_OTRO = 6
VENTANA = 40
"""Lo más que ocupa un día suelto con su enlace: «miércoles 19 y los días »."""


@dataclass(frozen=True, slots=True)
class Mencion:
    """Una fecha tal como se escribió; ``anio`` falta si el texto no lo dice. Lunes es 0."""

    dia: int
    mes: int
    anio: int | None
    dia_semana: int | None
    inicio: int
    fin: int

    @property
    def existe(self) -> bool:
        """Sin año se da por bisiesto: sólo se culpa a lo que no existe nunca."""
        return _fecha(self.anio or _BISIESTO, self.mes, self.dia) is not None

    @property
    def fecha(self) -> date | None:
        return _fecha(self.anio, self.mes, self.dia) if self.anio else None


def _fecha(anio: int, mes: int, dia: int) -> date | None:
    try:
        return date(anio, mes, dia)
    except ValueError:
        return None


def _semana(nombre: str | None) -> int | None:
    return _DIAS[llano(nombre)] if nombre else None


@lru_cache(maxsize=8192)
def menciones(texto: str) -> tuple[Mencion, ...]:
    """Todas, en orden de lectura: «jueves 19 y viernes 20 de noviembre de 2020» son dos."""
    texto = texto.replace("ı", "i")  # la de algunos PDF: la expresión la da por «i» y el diccionario no
    halladas = [*_con_mes(texto), *_con_cifras(texto)]
    return tuple(sorted(halladas, key=lambda mencion: mencion.inicio))


def _numero(dicho: str, con_letra: dict[str, int]) -> int:
    return int(dicho) if dicho.isdigit() else con_letra[" ".join(llano(dicho).split())]


def _con_cifras(texto: str) -> list[Mencion]:
    halladas = []
    for m in _CON_CIFRAS.finditer(texto):
        dia, mes, anio = int(m[2]), int(m[4]), int(m[5])
        if (1 <= dia <= 31 and 1 <= mes <= 12) or es_fecha_segura(dia, mes, anio):
            halladas.append(Mencion(dia, mes, anio, _semana(m[1]), m.start(), m.end()))
    for m in _ISO.finditer(texto):
        anio, mes, dia = int(m[1]), int(m[2]), int(m[3])
        if 1 <= mes <= 12 and 1 <= dia <= 31:
            halladas.append(Mencion(dia, mes, anio, None, m.start(), m.end()))
    return halladas


def es_fecha_segura(dia: int, mes: int, anio: int) -> bool:
    """«15/13/2020» quiso ser una fecha; «12/25/2020» es de quien escribe primero el mes."""
    return 12 < dia <= 39 and 12 < mes <= 39 and 1900 <= anio <= 2199


def _con_mes(texto: str) -> list[Mencion]:
    halladas: list[Mencion] = []
    siguiente: Mencion | None = None  # la que se lee después y puede prestar su año
    for m in reversed(list(_CON_MES.finditer(texto))):
        dia = _numero(m[2], _DIAS_CON_LETRA)
        mes, anio = _MESES[llano(m[3])], _numero(m[4], _ANIOS_CON_LETRA) if m[4] else None
        if anio is None and siguiente and siguiente.anio:
            enlace = _UNE.fullmatch(texto[m.end() : siguiente.inicio])
            if enlace and mes <= siguiente.mes:
                anio = siguiente.anio
            elif enlace and _HASTA.match(enlace[0]):
                # «del 28 de diciembre al 3 de enero de 2021»; «del 22 de noviembre al 19 de octubre» está al revés.
                anio = siguiente.anio - (mes - siguiente.mes >= MESES_DE_UN_ANIO_A_OTRO)
        siguiente = Mencion(dia, mes, anio, _semana(m[1]), m.start(), m.end())
        halladas.append(siguiente)
        while suelta := _suelta_antes_de(texto, siguiente.inicio):
            dia, dia_semana, inicio = suelta
            siguiente = Mencion(dia, mes, anio, dia_semana, inicio, siguiente.fin)
            halladas.append(siguiente)
    return halladas


def _suelta_antes_de(texto: str, fin: int) -> tuple[int, int | None, int] | None:
    """El «jueves 19 y» que va justo antes: día, día de la semana y dónde empieza."""
    desde = max(0, fin - VENTANA)
    hallada = _SUELTA.search(texto[desde:fin])
    if hallada is None or not 1 <= int(hallada[2]) <= 31:
        return None
    return int(hallada[2]), _semana(hallada[1]), desde + hallada.start()
