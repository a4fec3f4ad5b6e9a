"""Trimestres y periodos: la única aritmética de fechas de informe que hay en la casa."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.utils import timezone

from vinculacion.nucleo import palabras

Mes = tuple[int, int]
"""Año y mes: ``(2020, 10)``."""

ANIO_MINIMO, ANIO_MAXIMO = 1900, 2199
"""Fuera de aquí un año es una errata de captura."""


def hoy() -> date:
    """La fecha de hoy en la Ciudad de México, no la del servidor."""
    return timezone.localdate()


def _fin_de_mes(anio: int, mes: int) -> date:
    return date(anio, mes, monthrange(anio, mes)[1])


def _mover_mes(anio: int, mes: int, cuantos: int) -> Mes:
    anio, indice = divmod(anio * 12 + mes - 1 + cuantos, 12)
    return anio, indice + 1


@dataclass(frozen=True, order=True, slots=True)
class Trimestre:
    """Un trimestre natural; se ordena por año y número."""

    anio: int
    numero: int

    def __post_init__(self) -> None:
        if self.numero not in (1, 2, 3, 4):
            raise ValueError(f"No hay trimestre {self.numero}: van del 1 al 4.")
        if not ANIO_MINIMO <= self.anio <= ANIO_MAXIMO:
            raise ValueError(f"El año {self.anio} está fuera de {ANIO_MINIMO}–{ANIO_MAXIMO}.")

    @classmethod
    def de(cls, fecha: date) -> Self:
        """El trimestre en que cae una fecha."""
        return cls(fecha.year, (fecha.month + 2) // 3)

    @classmethod
    def parse(cls, texto: str) -> Self:
        """Lee «2020-4», «2020T4», «4/2020» o «cuarto trimestre de 2020»."""
        limpio = _sin_acentos(str(texto))
        if hallado := re.fullmatch(r"(\d{4}) ?(?:[-/ ] ?t?|t) ?(\d)", limpio):
            return cls(int(hallado[1]), int(hallado[2]))
        if hallado := re.fullmatch(r"t?(\d) ?[-/ ] ?(\d{4})", limpio):
            return cls(int(hallado[2]), int(hallado[1]))
        if hallado := re.fullmatch(r"(primer|segundo|tercer|cuarto) trimestre (?:de |del )?(\d{4})", limpio):
            return cls(int(hallado[2]), ["primer", "segundo", "tercer", "cuarto"].index(hallado[1]) + 1)
        raise ValueError(f"«{texto}» no es un trimestre: escriba, por ejemplo, «2020-4».")

    @property
    def inicio(self) -> date:
        return date(self.anio, self.numero * 3 - 2, 1)

    @property
    def fin(self) -> date:
        return _fin_de_mes(self.anio, self.numero * 3)

    @property
    def periodo(self) -> "Periodo":
        return Periodo(self.inicio, self.fin)

    @property
    def ordinal(self) -> str:
        """«primer», «segundo», «tercer», «cuarto»: como va ante «trimestre»."""
        return palabras.ordinal(self.numero, apocope=True)

    @property
    def clave(self) -> str:
        """«2020-4»: para direcciones y nombres de archivo; la lee :meth:`parse`."""
        return f"{self.anio}-{self.numero}"

    def siguiente(self) -> Self:
        return self._mover(1)

    def anterior(self) -> Self:
        return self._mover(-1)

    def _mover(self, cuantos: int) -> Self:
        anio, indice = divmod(self.anio * 4 + self.numero - 1 + cuantos, 4)
        return type(self)(anio, indice + 1)

    def __str__(self) -> str:
        return f"{self.ordinal} trimestre de {self.anio}"


@dataclass(frozen=True, order=True, slots=True)
class Periodo:
    """De una fecha a otra, ambas incluidas."""

    inicio: date
    fin: date

    def __post_init__(self) -> None:
        if self.fin < self.inicio:
            raise ValueError(
                f"El periodo termina ({palabras.fecha_corta(self.fin)}) antes de empezar"
                f" ({palabras.fecha_corta(self.inicio)})."
            )

    @classmethod
    def anual(cls, anio: int) -> Self:
        return cls(date(anio, 1, 1), date(anio, 12, 31))

    @classmethod
    def mes(cls, anio: int, mes: int) -> Self:
        return cls(date(anio, mes, 1), _fin_de_mes(anio, mes))

    def __contains__(self, fecha: date | None) -> bool:
        """Una fecha ausente no está en ningún periodo; una hora con zona cuenta en su día local."""
        if fecha is None:
            return False
        if isinstance(fecha, datetime):
            fecha = timezone.localdate(fecha) if timezone.is_aware(fecha) else fecha.date()
        return self.inicio <= fecha <= self.fin

    @property
    def dias(self) -> int:
        return (self.fin - self.inicio).days + 1

    @property
    def de_meses_completos(self) -> bool:
        return self.inicio.day == 1 and self.fin == _fin_de_mes(self.fin.year, self.fin.month)

    @property
    def trimestre(self) -> Trimestre | None:
        """El trimestre que este periodo es exactamente, si es alguno."""
        trimestre = Trimestre.de(self.inicio)
        return trimestre if trimestre.periodo == self else None

    def trimestres(self) -> list[Trimestre]:
        """Los trimestres que toca, aunque sea en parte."""
        trimestres = [Trimestre.de(self.inicio)]
        while trimestres[-1].fin < self.fin:
            trimestres.append(trimestres[-1].siguiente())
        return trimestres

    def meses(self) -> list[Mes]:
        """Los meses que toca, aunque sea en parte."""
        ultimo = (self.fin.year, self.fin.month)
        meses = [(self.inicio.year, self.inicio.month)]
        while meses[-1] != ultimo:
            meses.append(_mover_mes(*meses[-1], 1))
        return meses

    def anios(self) -> list[int]:
        return list(range(self.inicio.year, self.fin.year + 1))

    def anterior(self) -> "Periodo":
        """El que termina la víspera y dura lo mismo: en meses si son completos, si no en días."""
        fin = self.inicio - timedelta(days=1)
        if not self.de_meses_completos:
            return Periodo(fin - timedelta(days=self.dias - 1), fin)
        return Periodo(date(*_mover_mes(self.inicio.year, self.inicio.month, -len(self.meses())), 1), fin)

    def por_anio(self) -> list[tuple[str, "Periodo"]]:
        """Cortes por año con su encabezado: «2020 (octubre–diciembre)», «2021», «2022 (enero–agosto)»."""
        cortes = []
        for anio in self.anios():
            completo = Periodo.anual(anio)
            parte = Periodo(max(self.inicio, completo.inicio), min(self.fin, completo.fin))
            if parte == completo:
                cortes.append((str(anio), parte))
                continue
            if parte.de_meses_completos:
                extremos = [palabras.mes(parte.inicio.month), palabras.mes(parte.fin.month)]
            else:
                extremos = [
                    palabras.fecha_larga(dia, dia_semana=False).removesuffix(f" de {anio}")
                    for dia in (parte.inicio, parte.fin)
                ]
            detalle = "–".join(dict.fromkeys(extremos))
            cortes.append((f"{anio} ({detalle})", parte))
        return cortes

    def __str__(self) -> str:
        if not self.de_meses_completos:
            return palabras.rango_fechas(self.inicio, self.fin, dia_semana=False)
        desde, hasta = palabras.mes(self.inicio.month), palabras.mes(self.fin.month)
        if self.inicio.year != self.fin.year:
            return f"{desde} de {self.inicio.year} a {hasta} de {self.fin.year}"
        if desde == hasta:
            return f"{hasta} de {self.fin.year}"
        return f"{desde} a {hasta} de {self.fin.year}"


# ── fechas escritas por personas ──────────────────────────────────────────────


def _sin_acentos(texto: str) -> str:
    """Minúsculas, sin tildes y con espacios simples."""
    descompuesto = unicodedata.normalize("NFD", texto.lower())
    return " ".join("".join(c for c in descompuesto if not unicodedata.combining(c)).split())


_NUMERO_DE_MES = {_sin_acentos(nombre): n for n, nombre in palabras.MESES.items()}
_NUMERO_DE_MES |= {nombre[:3]: n for nombre, n in list(_NUMERO_DE_MES.items())}
_NUMERO_DE_MES |= {"setiembre": 9, "sept": 9}
_NUMERO_DE_DIA = {_sin_acentos(nombre): n for n, nombre in palabras.DIAS.items()}

_CORTE = re.compile(r"\s*[;,\n]\s*(?:y\s+)?|\s+y\s+", re.IGNORECASE)
_COMA_TRAS_DIA = re.compile(r"\b(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\s*,", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?")
_CON_CIFRAS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_CON_LETRA = re.compile(
    rf"(?:(?:el|los|dias?)\s+)*(?:({'|'.join(_NUMERO_DE_DIA)})\s+)?"
    r"(\d{1,2}|primero)\s?(?:°|º|o|ro)?"
    rf"(?:\s*(?:de\s|[/.-])?\s*({'|'.join(sorted(_NUMERO_DE_MES, key=len, reverse=True))})\.?"
    r"(?:\s*(?:de\s|del\s|[/.-])?\s*(\d{4}))?)?"
)


class _FechaIncompleta(ValueError):
    """Falta el mes o el año y ninguna pieza posterior lo da."""


def _fecha(anio: int, mes: int, dia: int, pieza: str) -> date:
    if not ANIO_MINIMO <= anio <= ANIO_MAXIMO:
        raise ValueError(f"«{pieza}»: el año {anio} no es creíble.")
    try:
        return date(anio, mes, dia)
    except ValueError:
        raise ValueError(f"«{pieza}» no existe en el calendario.") from None


def _leer_fecha(pieza: str, contexto: tuple[int | None, int | None]) -> tuple[date, tuple[int | None, int | None]]:
    """Una fecha y el (año, mes) que heredan las piezas escritas antes: «5, 12 y 19 de octubre de 2020»."""
    limpia = _sin_acentos(pieza).rstrip(".")
    if hallada := _ISO.fullmatch(limpia):
        return _fecha(int(hallada[1]), int(hallada[2]), int(hallada[3]), pieza), (None, None)
    if hallada := _CON_CIFRAS.fullmatch(limpia):
        return _fecha(int(hallada[4]), int(hallada[3]), int(hallada[1]), pieza), (None, None)
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", limpia):
        raise ValueError(f"«{pieza}»: escriba el año con cuatro cifras.")
    if not (hallada := _CON_LETRA.fullmatch(limpia)):
        if " al " in limpia:
            raise ValueError(f"«{pieza}» es un rango: captúrelo como fecha de inicio y fecha de fin.")
        raise ValueError(f"«{pieza}» no es una fecha: escriba, por ejemplo, 05/10/2020 o 5 de octubre de 2020.")
    nombre_dia, dia, nombre_mes, anio_escrito = hallada.groups()
    anio, mes = contexto
    if nombre_mes:
        mes = _NUMERO_DE_MES[nombre_mes]
    if anio_escrito:
        anio = int(anio_escrito)
    if mes is None or anio is None:
        falta = "el año" if mes is not None else "el mes y el año"
        raise _FechaIncompleta(f"«{pieza}»: falta {falta}.")
    fecha = _fecha(anio, mes, 1 if dia == "primero" else int(dia), pieza)
    if nombre_dia and _NUMERO_DE_DIA[nombre_dia] != fecha.weekday():
        raise ValueError(f"«{pieza}»: ese día fue {palabras.dia_de_la_semana(fecha)}.")
    return fecha, (anio, mes)


def parsear_fechas(texto: str) -> list[date]:
    """Fechas sueltas tal como las escribe una persona, ordenadas y sin repetir.

    Acepta dd/mm/aaaa, ISO y «5 de octubre de 2020» (también lo que escribe
    ``palabras.lista_fechas``), separadas por «;», coma, «y» o renglón. Un texto
    vacío es una lista vacía. ``ValueError`` nombra las tres primeras piezas que no se entienden.
    """
    piezas = [pieza.strip() for pieza in _CORTE.split(_COMA_TRAS_DIA.sub(r"\1", texto or ""))]
    fechas: set[date] = set()
    fallas: list[str] = []
    contexto: tuple[int | None, int | None] = (None, None)
    for pieza in reversed([pieza for pieza in piezas if pieza]):
        try:
            fecha, contexto = _leer_fecha(pieza, contexto)
        except ValueError as error:
            # Tras una pieza mala, lo incompleto suele ser consecuencia: no se culpa dos veces.
            if not (fallas and isinstance(error, _FechaIncompleta)):
                fallas.insert(0, str(error))
        else:
            fechas.add(fecha)
    if fallas:
        distintas = list(dict.fromkeys(fallas))
        de_mas = [f"Y {len(distintas) - 3} más."] if len(distintas) > 3 else []
        raise ValueError(" ".join([*distintas[:3], *de_mas]))
    return sorted(fechas)
