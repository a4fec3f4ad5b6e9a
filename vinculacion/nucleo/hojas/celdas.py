"""Widgets: de lo que una persona escribe en una celda al valor del modelo, y de regreso.

``clean`` lanza ValueError con el motivo en español; ``render`` da texto, o el tipo propio de la
hoja (fecha, número) con ``force_native_type=True``.
"""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from import_export import widgets
from rapidfuzz import fuzz, process

from ..palabras import mes

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def normaliza(texto) -> str:
    """Sin acentos, sin mayúsculas y sin espacios de más: así se comparan los nombres."""
    sin_marcas = unicodedata.normalize("NFKD", str(texto))
    plano = "".join(c for c in sin_marcas if not unicodedata.combining(c))
    return " ".join(plano.casefold().split())


def parecido(texto: str, candidatos) -> str | None:
    """El candidato que más se parece, o None si ninguno se parece bastante."""
    mapa = {normaliza(c): c for c in candidatos if c}
    buscado = normaliza(texto)
    mejor = process.extractOne(buscado, mapa.keys(), scorer=fuzz.ratio, score_cutoff=60)
    if mejor is None and len(buscado) >= 4:
        # Unas siglas caben por azar dentro de casi cualquier nombre: aquí sólo se proponen nombres.
        nombres = [c for c in mapa if len(c) > 4]
        mejor = process.extractOne(buscado, nombres, scorer=fuzz.WRatio, score_cutoff=80)
    return mapa[mejor[0]] if mejor else None


def quiso_decir(texto: str, candidatos) -> str:
    propuesta = parecido(texto, candidatos)
    return f' ¿Quiso decir "{propuesta}"?' if propuesta else ""


def a_texto(valor) -> str:
    """Lo que la persona ve en la celda: Excel guarda 5 como 5.0 y las fechas como tales."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    if isinstance(valor, datetime):
        if valor.time() == time.min:
            return valor.strftime("%d/%m/%Y")
        return valor.strftime("%d/%m/%Y %H:%M")
    if isinstance(valor, date):
        return valor.strftime("%d/%m/%Y")
    if isinstance(valor, time):
        return valor.strftime("%H:%M")
    texto = CONTROL.sub("", str(valor).replace("\r\n", "\n").replace("\r", "\n")).strip()
    # El apóstrofo con que exportamos lo que parece fórmula (ver escritura.protege).
    return texto[1:] if re.match(r"'+[=+\-@]", texto) else texto


class Texto(widgets.CharWidget):
    formato = "Texto"
    ejemplo = ""

    def __init__(self, nulo=False):
        self.nulo = nulo
        super().__init__()

    def clean(self, value, row=None, **kwargs):
        return a_texto(value) or (None if self.nulo else "")

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else a_texto_propio(value)


def a_texto_propio(valor) -> str:
    return CONTROL.sub("", str(valor).replace("\r\n", "\n").replace("\r", "\n")).strip()


class Entero(widgets.Widget):
    formato = "Número entero"
    ejemplo = "12"
    _forma = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,18})(\.0+)?")

    def clean(self, value, row=None, **kwargs):
        texto = a_texto(value).replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if not texto:
            return None
        if isinstance(value, bool) or not self._forma.fullmatch(texto):
            raise ValueError(f"«{texto}» no es un número entero.")
        return int(texto.split(".")[0].replace(",", ""))

    def render(self, value, obj=None, **kwargs):
        if kwargs.get("force_native_type"):
            return value
        return "" if value is None else str(value)


class NumeroDecimal(widgets.Widget):
    formato = "Número; punto para los decimales"
    ejemplo = "12.5"
    _forma = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,18})?(\.\d{1,15})?")

    def __init__(self, flotante=False):
        self.flotante = flotante
        super().__init__()

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, float) and not isinstance(value, bool):
            value = f"{value:.12f}".rstrip("0").rstrip(".")
        texto = a_texto(value).replace(" ", "").replace("$", "")
        if not texto:
            return None
        if not self._forma.fullmatch(texto) or isinstance(value, bool):
            raise ValueError(
                f"«{texto}» no es un número. Use punto para los decimales y, si quiere, comas para los miles."
            )
        try:
            numero = Decimal(texto.replace(",", ""))
        except InvalidOperation:
            raise ValueError(f"«{texto}» no es un número.") from None
        return float(numero) if self.flotante else numero

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return None if kwargs.get("force_native_type") else ""
        numero = Decimal(str(value))
        # 12.50 y 12.5 son el mismo dato: si no, reimportar un export «cambiaría» la fila.
        numero = numero.quantize(1) if numero == numero.to_integral() else numero.normalize()
        return numero if kwargs.get("force_native_type") else format(numero, "f")


class SiNo(widgets.Widget):
    formato = "Sí o No"
    ejemplo = "Sí"
    _si = {"si", "s", "x", "1", "verdadero", "true", "cierto", "yes"}
    _no = {"no", "n", "0", "falso", "false"}

    def clean(self, value, row=None, **kwargs):
        texto = a_texto(value)
        if not texto:
            return None
        plano = normaliza(texto)
        if plano in self._si:
            return True
        if plano in self._no:
            return False
        raise ValueError(f"«{texto}» no se entiende: escriba Sí o No.")

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else ("Sí" if value else "No")

    def permitidos(self):
        return ["Sí", "No"]


_MESES = tuple(mes(n) for n in range(1, 13))


class Fecha(widgets.Widget):
    formato = "Fecha dd/mm/aaaa"
    ejemplo = "05/10/2020"
    _forma = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
    _iso = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
    _larga = re.compile(r"(?:[a-z]+,? )?(\d{1,2})[°º]? de ([a-z]+) (?:de|del) (\d{4})")

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        texto = a_texto(value)
        if not texto:
            return None
        if isinstance(value, int | float):
            raise ValueError(f"«{texto}» es un número, no una fecha (dd/mm/aaaa).")
        if m := self._forma.fullmatch(texto):
            dia, mes, anio = (int(x) for x in m.groups())
        elif m := self._iso.fullmatch(texto):
            anio, mes, dia = (int(x) for x in m.groups())
        elif (m := self._larga.fullmatch(normaliza(texto))) and m[2] in _MESES:
            dia, mes, anio = int(m[1]), _MESES.index(m[2]) + 1, int(m[3])
        else:
            raise ValueError(f"«{texto}» no es una fecha. Escríbala como dd/mm/aaaa.")
        try:
            return date(anio, mes, dia)
        except ValueError:
            raise ValueError(f"La fecha «{texto}» no existe en el calendario.") from None

    def render(self, value, obj=None, **kwargs):
        if isinstance(value, datetime):
            value = value.date()
        if kwargs.get("force_native_type") or isinstance(value, str):
            return value
        return value.strftime("%d/%m/%Y") if value else ""


class Hora(widgets.Widget):
    formato = "Hora hh:mm (24 horas)"
    ejemplo = "17:30"

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.time()
        if isinstance(value, time):
            return value
        texto = a_texto(value)
        if not texto:
            return None
        if isinstance(value, float) and 0 <= value < 1:
            minutos = round(value * 1440)
            return time(minutos // 60 % 24, minutos % 60)
        m = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?(?: ?h(?:rs?|oras)?\.?)?", texto.lower())
        if not m or int(m[1]) > 23 or int(m[2]) > 59:
            raise ValueError(f"«{texto}» no es una hora. Escríbala como hh:mm, de 00:00 a 23:59.")
        return time(int(m[1]), int(m[2]))

    def render(self, value, obj=None, **kwargs):
        return value.strftime("%H:%M") if value else ""


class FechaHora(widgets.Widget):
    formato = "Fecha y hora dd/mm/aaaa hh:mm"
    ejemplo = "05/10/2020 17:30"

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            momento = value
        elif isinstance(value, date):
            momento = datetime.combine(value, time.min)
        else:
            texto = a_texto(value)
            if not texto:
                return None
            fecha, _, hora = texto.replace("T", " ").partition(" ")
            momento = datetime.combine(Fecha().clean(fecha), Hora().clean(hora) if hora.strip() else time.min)
        return timezone.make_aware(momento) if timezone.is_naive(momento) else momento

    def render(self, value, obj=None, **kwargs):
        if not value:
            return None if kwargs.get("force_native_type") else ""
        if isinstance(value, str):
            return value
        local = timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
        return local if kwargs.get("force_native_type") else local.strftime("%d/%m/%Y %H:%M")


class Opcion(widgets.Widget):
    """Una de varias: se acepta la etiqueta o el valor guardado."""

    formato = "Una de las opciones"

    def __init__(self, opciones, nulo=False):
        self.opciones = [(v, str(e)) for v, e in _aplana(opciones) if v not in (None, "")]
        self.nulo = nulo
        self._por_texto = {}
        for valor, _etiqueta in self.opciones:
            self._por_texto.setdefault(normaliza(valor), valor)
        for valor, etiqueta in self.opciones:
            self._por_texto[normaliza(etiqueta)] = valor
        self._etiquetas = dict(self.opciones)
        super().__init__()

    @property
    def ejemplo(self):
        return self.opciones[0][1] if self.opciones else ""

    def clean(self, value, row=None, **kwargs):
        texto = a_texto(value)
        if not texto:
            return None if self.nulo else ""
        try:
            return self._por_texto[normaliza(texto)]
        except KeyError:
            etiquetas = self.permitidos()
            lista = ", ".join(etiquetas[:12]) + ("…" if len(etiquetas) > 12 else "")
            raise ValueError(f'"{texto}" no es una opción.{quiso_decir(texto, etiquetas)} Opciones: {lista}.') from None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self._etiquetas.get(value, str(value))

    def permitidos(self):
        return [e for _v, e in self.opciones]


def _aplana(opciones):
    for valor, etiqueta in opciones:
        if isinstance(etiqueta, list | tuple):
            yield from etiqueta
        else:
            yield valor, etiqueta


class Lista(widgets.Widget):
    """Varios valores en una celda, separados por punto y coma (para JSONField de listas)."""

    def __init__(self, de=None, guarda=None):
        self.de = de or Texto()
        # Cómo se guarda cada elemento: las fechas, por ejemplo, como texto ISO.
        self.guarda = guarda or (lambda v: v.isoformat() if isinstance(v, date) else v)
        super().__init__()

    @property
    def formato(self):
        return f"{self.de.formato}; si son varios, separados por punto y coma"

    @property
    def ejemplo(self):
        return "; ".join([self.de.ejemplo] * 2) if self.de.ejemplo else ""

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, str):
            limpio = self.de.clean(value, row=row)
            return [] if limpio in (None, "") else [self.guarda(limpio)]
        piezas = [p.strip() for p in re.split(r"[;\n]", a_texto(value)) if p.strip()]
        return [self.guarda(self.de.clean(p, row=row)) for p in piezas]

    def render(self, value, obj=None, **kwargs):
        return "; ".join(self._pieza(v) for v in value or ())

    def _pieza(self, valor):
        if isinstance(valor, str) and isinstance(self.de, Fecha):
            valor = date.fromisoformat(valor)
        return self.de.render(valor)


class Pares(widgets.Widget):
    """Cifras sueltas «Etiqueta: número; Etiqueta: número» (para JSONField de diccionario)."""

    formato = "Etiqueta: número; si son varias, separadas por punto y coma"
    ejemplo = "Personas registradas: 46; Videos válidos: 26"

    def clean(self, value, row=None, **kwargs):
        pares = {}
        for pieza in re.split(r"[;\n]", a_texto(value)):
            if not pieza.strip():
                continue
            etiqueta, dos_puntos, numero = pieza.rpartition(":")
            if not dos_puntos or not etiqueta.strip():
                raise ValueError(f"«{pieza.strip()}» no tiene la forma «Etiqueta: número».")
            if not numero.strip():
                raise ValueError(f"A «{etiqueta.strip()}» le falta el número.")
            if etiqueta.strip() in pares:
                raise ValueError(f"La etiqueta «{etiqueta.strip()}» está repetida.")
            pares[etiqueta.strip()] = Entero().clean(numero)
        return pares

    def render(self, value, obj=None, **kwargs):
        return "; ".join(f"{k}: {v}" for k, v in (value or {}).items())
