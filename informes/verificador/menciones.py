"""Las fechas que un texto menciona, también las imposibles y las que comparten mes y año."""

import re
from dataclasses import dataclass
from datetime import date

from vinculacion.nucleo import palabras
from vinculacion.nucleo.texto import llano

_MESES = {llano(nombre): n for n, nombre in palabras.MESES.items()} | {"setiembre": 9}
_DIAS = {llano(nombre): n for n, nombre in palabras.DIAS.items()}
_DIA_SEMANA = r"lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
_CON_MES = re.compile(
    rf"(?:\b({_DIA_SEMANA})\s*,?\s+(?:d[ií]a\s+)?)?(?<![\d:/.])\b(\d{{1,2}}|primero)\s*(?:°|º|ro\b|er\b|o\b)?\s+de\s+"
    rf"({'|'.join(_MESES)})\b(?:\s*,?\s+(?:del?\s+)?(?:a[ñn]o\s+)?(\d{{4}})(?![\d-]))?",
    re.IGNORECASE,
)
_SUELTA = re.compile(
    rf"(?:\b({_DIA_SEMANA})\s*,?\s+)?(?<![\d:/.,-])\b(\d{{1,2}})\s*(?:°|º)?(?:\s*,\s*(?:y\s+)?|\s+(?:y|e|al?)\s+)"
    r"(?:el\s+|los\s+|del\s+)?(?:d[ií]as?\s+)?$",
    re.IGNORECASE,
)
_UNE = re.compile(r"\s*(?:,\s*(?:y\s+)?|(?:y|e|al?|hasta)\s+)(?:el\s+|los\s+|del\s+)?(?:d[ií]as?\s+)?", re.IGNORECASE)
_CON_CIFRAS = re.compile(
    rf"(?:\b({_DIA_SEMANA})\s*,?\s+)?(?<![\w/.-])(\d{{1,2}})([/-])(\d{{1,2}})\3(\d{{4}})(?![\w/-])", re.IGNORECASE
)
_ISO = re.compile(r"(?<![\w/.-])(\d{4})-(\d{2})-(\d{2})(?![\w/-])")
_BISIESTO = 2000


@dataclass(frozen=True, slots=True)
class Mencion:
    """Una fecha tal como se escribió; ``anio`` falta si el texto no lo dice. Lunes es 0."""

    dia: int
    mes: int
    anio: int | None
    dia_semana: int | None
    inicio: int
    fin: int
    texto: str

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


def menciones(texto: str) -> list[Mencion]:
    """Todas, en orden de lectura: «jueves 19 y viernes 20 de noviembre de 2020» son dos."""
    return sorted([*_con_mes(texto), *_con_cifras(texto)], key=lambda mencion: mencion.inicio)


def _con_cifras(texto: str) -> list[Mencion]:
    halladas = []
    for m in _CON_CIFRAS.finditer(texto):
        dia, mes, anio = int(m[2]), int(m[4]), int(m[5])
        if 1 <= mes <= 12 and 1 <= dia <= 31:
            halladas.append(Mencion(dia, mes, anio, _semana(m[1]), m.start(), m.end(), m[0]))
    for m in _ISO.finditer(texto):
        anio, mes, dia = int(m[1]), int(m[2]), int(m[3])
        if 1 <= mes <= 12 and 1 <= dia <= 31:
            halladas.append(Mencion(dia, mes, anio, None, m.start(), m.end(), m[0]))
    return halladas


def _con_mes(texto: str) -> list[Mencion]:
    halladas: list[Mencion] = []
    siguiente: Mencion | None = None  # la que se lee después y puede prestar su año
    for m in reversed(list(_CON_MES.finditer(texto))):
        dia = 1 if m[2].lower() == "primero" else int(m[2])
        mes, anio = _MESES[llano(m[3])], int(m[4]) if m[4] else None
        if anio is None and siguiente and siguiente.anio and _UNE.fullmatch(texto[m.end() : siguiente.inicio]):
            anio = siguiente.anio - (mes > siguiente.mes)
        siguiente = Mencion(dia, mes, anio, _semana(m[1]), m.start(), m.end(), m[0].strip())
        halladas.append(siguiente)
        while suelta := _SUELTA.search(texto[: siguiente.inicio]):
            if not 1 <= int(suelta[2]) <= 31:
                break
            dicha = f"{suelta[0].strip()} {siguiente.texto}"
            siguiente = Mencion(int(suelta[2]), mes, anio, _semana(suelta[1]), suelta.start(), siguiente.fin, dicha)
            halladas.append(siguiente)
    return halladas
