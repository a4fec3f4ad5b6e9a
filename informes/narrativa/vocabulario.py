"""Lo que el lenguaje sabe decir: los datos del documento y los filtros."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from informes.narrativa.lectura import ETIQUETAS
from vinculacion.nucleo import palabras
from vinculacion.nucleo.periodos import Trimestre
from vinculacion.nucleo.secciones import OPCIONES


class SinValor(ValueError):
    """Un dato que no se puede dar en este documento; su texto es el mensaje."""


@dataclass(frozen=True, slots=True)
class DatoDocumento:
    """Un dato que da el propio informe. ``tipo``: texto, numero, fecha o fechas."""

    nombre: str
    tipo: str
    valor: Callable[[Any], Any]


def _trimestre(contexto: Any) -> Trimestre:
    if trimestre := contexto.periodo.trimestre:
        return trimestre
    raise SinValor(f"el periodo del informe ({contexto.periodo}) no es un trimestre")


def _comision(contexto: Any) -> Any:
    if contexto.comision is None:
        raise SinValor("el informe no tiene comisión")
    return contexto.comision


def _anio(contexto: Any) -> str:
    return " a ".join(dict.fromkeys(str(dia.year) for dia in (contexto.periodo.inicio, contexto.periodo.fin)))


DATOS_DEL_DOCUMENTO: dict[str, DatoDocumento] = {
    "periodo": DatoDocumento("Periodo del informe", "texto", lambda c: str(c.periodo)),
    "periodo.inicio": DatoDocumento("Primer día del periodo", "fecha", lambda c: c.periodo.inicio),
    "periodo.fin": DatoDocumento("Último día del periodo", "fecha", lambda c: c.periodo.fin),
    "periodo.dias": DatoDocumento(
        "Primero y último día del periodo", "fechas", lambda c: (c.periodo.inicio, c.periodo.fin)
    ),
    "periodo.trimestre": DatoDocumento("Trimestre del informe", "texto", lambda c: str(_trimestre(c))),
    "trimestre": DatoDocumento("Trimestre del informe", "texto", lambda c: str(_trimestre(c))),
    "trimestre.ordinal": DatoDocumento("Ordinal del trimestre", "texto", lambda c: _trimestre(c).ordinal),
    "trimestre.numero": DatoDocumento("Número del trimestre", "numero", lambda c: _trimestre(c).numero),
    "anio": DatoDocumento("Año del informe", "texto", _anio),
    "comision": DatoDocumento("Nombre de la comisión", "texto", lambda c: str(_comision(c))),
    "comision.siglas": DatoDocumento("Siglas de la comisión", "texto", lambda c: str(_comision(c).siglas)),
    "titulo": DatoDocumento("Título del informe", "texto", lambda c: c.titulo),
}


@dataclass(frozen=True, slots=True)
class Filtro:
    """``admite``: tipo que recibe; siempre entrega texto. ``revisa`` dice qué tiene de malo un argumento."""

    nombre: str
    ayuda: str
    ejemplo: str
    admite: str
    aplica: Callable[[Any, str | None, Any], str]
    revisa: Callable[[str | None, Any], str | None]


class _Opciones:
    """Revisa que el argumento sea uno de los que hay; el editor los ofrece en una lista."""

    def __init__(self, *validas: str) -> None:
        self.validas = validas

    def __call__(self, argumento: str | None, cifra: Any) -> str | None:
        if argumento is None or argumento in self.validas:
            return None
        return f"no admite «{argumento}»" + (f"; sólo {palabras.enumera(self.validas)}" if self.validas else "")


def _genero(cifra: Any) -> str:
    return getattr(cifra, "genero", None) or "m"


def _en_palabras(valor: Any, argumento: str | None, cifra: Any) -> str:
    if argumento == "apocope":
        return palabras.en_palabras(valor, _genero(cifra), apocope=True)
    return palabras.en_palabras(valor, argumento or _genero(cifra))


@dataclass(frozen=True, slots=True)
class _Sustantivo:
    singular: str
    plural: str
    genero: str
    cero: str | None


def _sustantivo(argumento: str | None, cifra: Any) -> _Sustantivo:
    """Lee «singular,plural[,m|f][,texto si es cero]»; sin argumento, el sustantivo de la cifra."""
    if argumento is None:
        singular, plural = getattr(cifra, "singular", ""), getattr(cifra, "plural", "")
        if not (singular and plural):
            raise ValueError('necesita el sustantivo: :"convenio,convenios"')
        return _Sustantivo(singular, plural, _genero(cifra), None)
    partes = [parte.strip() for parte in argumento.split(",", 3)]
    if len(partes) < 2 or not all(partes[:2]):
        raise ValueError(f'necesita singular y plural separados por coma, y se escribió "{argumento}"')
    resto = partes[2:]
    genero = resto.pop(0) if resto and resto[0] in {"m", "f"} else _genero(cifra)
    return _Sustantivo(partes[0], partes[1], genero, ", ".join(resto) or None)


def _revisa_sustantivo(argumento: str | None, cifra: Any) -> str | None:
    try:
        _sustantivo(argumento, cifra)
    except ValueError as error:
        return str(error)
    return None


def _concuerda(valor: Any, argumento: str | None, cifra: Any) -> str:
    nombre = _sustantivo(argumento, cifra)
    return palabras.concuerda(valor, nombre.singular, nombre.plural, nombre.genero, nombre.cero)


def _cuenta(valor: Any, argumento: str | None, cifra: Any) -> str:
    nombre = _sustantivo(argumento, cifra)
    if valor == 0 and nombre.cero:
        return nombre.cero
    return palabras.cuenta(valor, nombre.singular, nombre.plural)


def _formas(argumento: str | None) -> list[str]:
    formas = [forma.strip() for forma in (argumento or "").split(",")]
    if not 2 <= len(formas) <= 3 or not all(formas[:2]):
        raise ValueError('necesita las formas en singular y plural: :"suscribió,suscribieron"')
    return formas


def _revisa_formas(argumento: str | None, cifra: Any) -> str | None:
    try:
        _formas(argumento)
    except ValueError as error:
        return str(error)
    return None


def _elige(valor: Any, argumento: str | None, cifra: Any) -> str:
    """El cero va en singular, como «ningún convenio», salvo que traiga su propia forma."""
    singular, plural, *cero = _formas(argumento)
    if valor == 0:
        return cero[0] if cero else singular
    return singular if valor == 1 else plural


def _fecha(valor: date, argumento: str | None, cifra: Any) -> str:
    if argumento == "corta":
        return palabras.fecha_corta(valor)
    return palabras.fecha_larga(valor, dia_semana=argumento == "larga")


def _llenas(valor: Any) -> list[Any]:
    """Lo que trae una cifra de varios; decir «el » y nada más sería un hueco."""
    if not valor:
        raise SinValor("no hay ninguno en el periodo; escríbalo dentro de un «{% si %}»")
    return list(valor)


def _fechas(valor: Any, argumento: str | None, cifra: Any) -> str:
    if argumento == "cortas":
        return palabras.enumera(palabras.fecha_corta(d) for d in sorted(set(_llenas(valor))))
    return palabras.lista_fechas(_llenas(valor), dia_semana=argumento == "larga")


def _rango(valor: Any, argumento: str | None, cifra: Any) -> str:
    """«del 5 al 9 de octubre de 2020»; si todo fue un día, «el 5 de octubre de 2020»."""
    inicio, fin = min(_llenas(valor)), max(_llenas(valor))
    largo = argumento == "larga"
    if inicio == fin:
        return f"el {palabras.fecha_larga(inicio, dia_semana=largo)}"
    return f"del {palabras.rango_fechas(inicio, fin, dia_semana=largo)}"


def _enumera(valor: Any, argumento: str | None, cifra: Any) -> str:
    return palabras.enumera(_llenas(valor))


def _decimales(argumento: str | None) -> int | None:
    return None if argumento is None else int(argumento)


FILTROS: dict[str, Filtro] = {
    filtro.nombre: filtro
    for filtro in (
        Filtro(
            "numero",
            "Con cifras y separador de miles; entre comillas, cuántos decimales.",
            "1,765",
            "numero",
            lambda valor, argumento, cifra: palabras.numero(valor, _decimales(argumento)),
            _Opciones("0", "1", "2", "3"),
        ),
        Filtro(
            "en_palabras",
            "Con letra, en el género de la cifra; «f» o «m» lo cambian y «apocope» escribe «veintiún».",
            "veintiuna",
            "numero",
            _en_palabras,
            _Opciones("m", "f", "apocope"),
        ),
        Filtro(
            "concuerda",
            "Con letra y su sustantivo: singular y plural; se pueden agregar «m» o «f» y qué decir si es cero.",
            "ningún convenio",
            "numero",
            _concuerda,
            _revisa_sustantivo,
        ),
        Filtro(
            "cuenta",
            "Con cifras y su sustantivo: singular y plural.",
            "3 convenios",
            "numero",
            _cuenta,
            _revisa_sustantivo,
        ),
        Filtro(
            "elige",
            "Sin escribir el número, la palabra que le toca: singular, plural y, si se quiere, la del cero.",
            "suscribieron",
            "numero",
            _elige,
            _revisa_formas,
        ),
        Filtro(
            "ordinal",
            "Ordinal con letra, del 1 al 99; «f» para el femenino y «apocope» para «primer» y «tercer».",
            "décima primera",
            "numero",
            lambda valor, argumento, cifra: palabras.ordinal(
                int(valor), "f" if argumento == "f" else "m", apocope=argumento == "apocope"
            ),
            _Opciones("m", "f", "apocope"),
        ),
        Filtro(
            "porcentaje",
            "Con un decimal y el signo; entre comillas, cuántos decimales.",
            "83.3%",
            "numero",
            lambda valor, argumento, cifra: palabras.porcentaje(valor, int(argumento or 1)),
            _Opciones("0", "1", "2", "3"),
        ),
        Filtro(
            "fecha",
            "Fecha con letra; «larga» antepone el día de la semana y «corta» la escribe con cifras.",
            "1° de octubre de 2020",
            "fecha",
            _fecha,
            _Opciones("larga", "corta"),
        ),
        Filtro(
            "fechas",
            "Cada fecha con letra, juntas por mes; «larga» antepone el día de la semana y «cortas» las escribe con cifras.",
            "7 y 9 de diciembre de 2020",
            "fechas",
            _fechas,
            _Opciones("larga", "cortas"),
        ),
        Filtro(
            "rango",
            "De la primera fecha a la última; «larga» antepone el día de la semana.",
            "del 5 al 9 de octubre de 2020",
            "fechas",
            _rango,
            _Opciones("larga"),
        ),
        Filtro(
            "enumera",
            "Cada nombre, separados por comas y con «y» o «e» antes del último.",
            "Presidencia, Consejería 1 e INE",
            "lista",
            _enumera,
            _Opciones(),
        ),
        Filtro(
            "capitaliza",
            "Mayúscula en la primera letra, para empezar un párrafo.",
            "Tres",
            "texto",
            lambda valor, argumento, cifra: palabras.capitaliza(valor),
            _Opciones(),
        ),
    )
}
# Los que piden palabras, con un ejemplo de ellas.
PIDEN = {
    "concuerda": "convenio,convenios",
    "cuenta": "convenio,convenios",
    "elige": "suscribió,suscribieron",
}
ADMITE = {
    "numero": "números",
    "fecha": "fechas",
    "fechas": "varias fechas",
    "lista": "varios nombres",
    "texto": "texto",
}
POR_OMISION = {"numero": "numero", "fecha": "fecha", "fechas": "fechas", "lista": "enumera"}
ESPERADO: dict[str, Any] = {
    "numero": (int, float, Decimal),
    "fecha": date,
    "fechas": (tuple, list),
    "lista": (tuple, list),
}


def _opciones_de(cifras: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """«programas.tipo» → los valores entre los que se elige; sólo de los parámetros que alguna cifra pide."""
    pedidos = {f"{clave.partition('.')[0]}.{p}" for clave, cifra in cifras.items() for p in cifra.parametros}
    return {clave: [(v, str(n)) for v, n in OPCIONES[clave]() if v] for clave in sorted(pedidos & OPCIONES.keys())}


def vocabulario(cifras: Mapping[str, Any]) -> dict[str, Any]:
    """Lo que el editor ofrece al completar, listo para JSON."""
    return {
        "datos": [
            {
                "clave": clave,
                "nombre": cifra.nombre,
                "tipo": cifra.tipo,
                "parametros": list(cifra.parametros),
                "con_sustantivo": bool(cifra.singular),
            }
            for clave, cifra in sorted(cifras.items())
        ]
        + [
            {"clave": clave, "nombre": dato.nombre, "tipo": dato.tipo, "parametros": []}
            for clave, dato in DATOS_DEL_DOCUMENTO.items()
        ],
        "filtros": [
            {
                "nombre": f.nombre,
                "ayuda": f.ayuda,
                "ejemplo": f.ejemplo,
                "admite": f.admite,
                "argumentos": list(getattr(f.revisa, "validas", ())),
                "pide": PIDEN.get(f.nombre, ""),
            }
            for f in FILTROS.values()
        ],
        "opciones": _opciones_de(cifras),
        "etiquetas": [{"nombre": nombre} for nombre in ETIQUETAS],
    }
