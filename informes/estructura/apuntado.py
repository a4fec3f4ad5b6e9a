"""Apuntar un informe o una plantilla a otros planes: qué nombran hoy, qué se propone y el cambio.

Una acción se nombra en un apartado, en los parámetros de una sección o dentro de una cifra viva. La prosa
que cite al plan anterior no se toca: sigue diciendo lo que decía.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz

from programas import consultas
from programas.models import Accion, Programa
from vinculacion.comision.models import Comision
from vinculacion.nucleo.secciones import SECCIONES
from vinculacion.nucleo.texto import llano

from ..acciones import exigir_editable, guardar_apartado, guardar_uso
from ..arbol import en_orden
from ..models import Apartado, Informe, Plantilla, UsoDeSeccion

ETIQUETAS_VIVAS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
PARECIDO = 80  # de 100: por debajo dos nombres de acción ya no son la misma cosa
Documento = Informe | Plantilla


@dataclass
class Mencion:
    """Una acción que un apartado nombra hoy, y en qué partes de él."""

    apartado: Apartado
    numero: str
    clave: str
    lugares: list[str] = field(default_factory=list)
    accion: Accion | None = None
    propuesta: Accion | None = None
    razon: str = ""

    @property
    def campo(self) -> str:
        return f"m-{self.apartado.pk}-{self.clave}"


@dataclass(frozen=True)
class Nombrados:
    """Lo que el documento nombra: planes, comisiones y años en los parámetros de sus secciones."""

    programas: list[Programa]
    comisiones: list[Comision]
    anios: list[int]


@dataclass
class Cambios:
    """A qué se apunta: ``acciones`` por (apartado, clave de hoy); lo demás, igual en todo el documento."""

    programas: dict[str, str] = field(default_factory=dict)
    acciones: dict[tuple[int, str], str] = field(default_factory=dict)
    comisiones: dict[str, str] = field(default_factory=dict)
    anios: dict[int, int] = field(default_factory=dict)


def patron(claves) -> re.Pattern[str]:
    """Una clave de plan, sola o con el numeral de una de sus acciones."""
    opciones = "|".join(re.escape(c) for c in sorted(claves, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<![\w-])({opciones})(?::(\w+(?:\.\w+)?))?(?![\w-])")


def nombrados(documento: Documento) -> Nombrados:
    programas = {p.clave: p for p in Programa.objects.all()}
    busca = patron(programas)
    hallados: dict[str, Programa] = {}
    parametros: list[dict] = []
    for nodo in en_orden(documento):
        for _, texto in _textos(nodo.apartado):
            hallados |= {m[1]: programas[m[1]] for m in busca.finditer(texto)}
        parametros += [uso.parametros for uso in nodo.apartado.secciones.all() if isinstance(uso.parametros, dict)]
    siglas = {str(p["comision"]) for p in parametros if p.get("comision")}
    anios = {int(p["anio"]) for p in parametros if str(p.get("anio", "")).isdecimal()}
    return Nombrados(
        sorted(hallados.values(), key=lambda p: (p.anio, p.clave)),
        list(Comision.objects.filter(siglas__in=siglas).order_by("siglas")),
        sorted(anios),
    )


def _textos(apartado: Apartado) -> Iterator[tuple[str, str]]:
    """(en qué parte, el texto donde puede haber una clave)."""
    if apartado.accion is not None:
        yield "la acción de la que da cuenta", apartado.accion.clave
    for campo in ("narrativa", "explicacion"):
        for etiqueta in ETIQUETAS_VIVAS.findall(getattr(apartado, campo)):
            yield f"una cifra de la {'narrativa' if campo == 'narrativa' else 'explicación'}", etiqueta
    for uso in apartado.secciones.all():
        for valor in _cadenas(uso.parametros):
            yield f"la sección «{uso}»", valor
        for etiqueta in ETIQUETAS_VIVAS.findall(uso.texto_previo):
            yield f"el texto de la sección «{uso}»", etiqueta


def _cadenas(valor: Any) -> Iterator[str]:
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, list | dict):
        for parte in valor.values() if isinstance(valor, dict) else valor:
            yield from _cadenas(parte)


def programa_propuesto(programa: Programa) -> Programa | None:
    """El del mismo tipo que le sigue en el tiempo; si no hay otro posterior, el más reciente de los demás."""
    otros = Programa.objects.filter(tipo=programa.tipo, ficticio=programa.ficticio).exclude(pk=programa.pk)
    return otros.filter(anio__gt=programa.anio).order_by("anio").first() or otros.order_by("-anio").first()


def proponer(documento: Documento, destinos: Mapping[str, Programa]) -> list[Mencion]:
    """Cada acción que un apartado nombra de los planes que cambian, con la que se propone en el nuevo."""
    busca = patron(destinos)
    por_programa = {
        p.pk: list(consultas.acciones().filter(eje__programa=p)) for p in {p.pk: p for p in destinos.values()}.values()
    }
    de_hoy = {a.clave: a for a in consultas.acciones().filter(eje__programa__clave__in=destinos)}
    propuestas: dict[str, tuple[Accion | None, str]] = {}
    menciones: list[Mencion] = []
    for nodo in en_orden(documento):
        suyas: dict[str, Mencion] = {}
        for lugar, texto in _textos(nodo.apartado):
            for hallada in busca.finditer(texto):
                if hallada[2] is None:
                    continue
                clave = hallada[0]
                mencion = suyas.setdefault(clave, Mencion(nodo.apartado, nodo.numero, clave, accion=de_hoy.get(clave)))
                if lugar not in mencion.lugares:
                    mencion.lugares.append(lugar)
        for mencion in suyas.values():
            if mencion.clave not in propuestas:
                destino = destinos[mencion.clave.partition(":")[0]]
                propuestas[mencion.clave] = propuesta(mencion.accion, por_programa[destino.pk])
            mencion.propuesta, mencion.razon = propuestas[mencion.clave]
            menciones.append(mencion)
    return menciones


def propuesta(accion: Accion | None, candidatas: list[Accion]) -> tuple[Accion | None, str]:
    """La equivalente y por qué: la alineada con ella o la de nombre parecido, antes la del mismo inciso."""
    if accion is None:
        return None, "La acción de hoy ya no existe."
    alineadas = {a.pk for a in accion.alineadas.all()}
    if de_la_alineacion := next((c for c in candidatas if c.pk in alineadas), None):
        return de_la_alineacion, "Está alineada con ella."
    parecidas = sorted(candidatas, key=lambda c: -_parecido(accion, c))
    misma = next((c for c in candidatas if (c.eje.numero, c.inciso) == (accion.eje.numero, accion.inciso)), None)
    if parecidas and _parecido(accion, parecidas[0]) >= PARECIDO:
        if misma is not None and _parecido(accion, misma) >= PARECIDO:
            return misma, "Tiene el mismo inciso y un nombre parecido."
        return parecidas[0], "Tiene un nombre parecido."
    if misma is not None:
        # Puesta ya, se confirmaría sin verla: de un año a otro los incisos cambian de asunto.
        return None, f"En su inciso está «{misma.nombre}», que no se le parece: elíjala sólo si es la que sigue."
    return None, "No se halló una equivalente."


def _parecido(una: Accion, otra: Accion) -> float:
    return fuzz.token_sort_ratio(llano(una.nombre), llano(otra.nombre))


@transaction.atomic
def apuntar(*, documento: Documento, cambios: Cambios, por) -> list[str]:
    """Hace los cambios y devuelve, dicho para una persona, lo que quedó sin apuntar."""
    exigir_editable(documento)
    busca = patron(cambios.programas)
    faltas: list[str] = []
    for nodo in en_orden(documento):
        apartado = nodo.apartado
        cambia = _cambiador(apartado, busca, cambios, faltas)
        antes = (apartado.accion_id, apartado.narrativa, apartado.explicacion)
        if apartado.accion is not None and (nueva := cambia(apartado.accion.clave)) != apartado.accion.clave:
            apartado.accion = consultas.accion_por_clave(nueva)
        apartado.narrativa = _en_sus_cifras(apartado.narrativa, cambia)
        apartado.explicacion = _en_sus_cifras(apartado.explicacion, cambia)
        if antes != (apartado.accion_id, apartado.narrativa, apartado.explicacion):
            guardar_apartado(apartado=apartado, por=por)
        for uso in apartado.secciones.all():
            _apunta_uso(uso, cambia, cambios, por, faltas)
    return list(dict.fromkeys(faltas))


def _apunta_uso(uso: UsoDeSeccion, cambia: Callable[[str], str], cambios: Cambios, por, faltas: list[str]) -> None:
    parametros = cambiados(uso.parametros, cambia)
    if isinstance(parametros, dict):
        if (comision := str(parametros.get("comision", ""))) in cambios.comisiones:
            parametros["comision"] = cambios.comisiones[comision]
        if (anio := str(parametros.get("anio", ""))).isdecimal() and int(anio) in cambios.anios:
            parametros["anio"] = type(parametros["anio"])(cambios.anios[int(anio)])
    previo = _en_sus_cifras(uso.texto_previo, cambia)
    if (parametros, previo) != (uso.parametros, uso.texto_previo):
        uso.parametros, uso.texto_previo = parametros, previo
        guardar_uso(uso=uso, por=por)
    if uso.seccion not in SECCIONES:
        faltas.append(f"«{uso.apartado}»: la sección «{uso.seccion}» ya no existe.")


def _en_sus_cifras(texto: str, cambia: Callable[[str], str]) -> str:
    return ETIQUETAS_VIVAS.sub(lambda etiqueta: cambia(etiqueta[0]), texto)


def cambiados(valor: Any, cambia: Callable[[str], str]) -> Any:
    if isinstance(valor, str):
        return cambia(valor)
    if isinstance(valor, list):
        return [cambiados(v, cambia) for v in valor]
    if isinstance(valor, dict):
        return {k: cambiados(v, cambia) for k, v in valor.items()}
    return valor


def _cambiador(apartado: Apartado, busca: re.Pattern, cambios: Cambios, faltas: list[str]) -> Callable[[str], str]:
    def cambia_una(hallada: re.Match) -> str:
        if hallada[2] is None:
            return cambios.programas.get(hallada[1], hallada[0])
        nueva = cambios.acciones.get((apartado.pk, hallada[0]), "")
        if not nueva:
            faltas.append(f"«{apartado}»: sigue nombrando a {hallada[0]}, que no tiene equivalente.")
        return nueva or hallada[0]

    return lambda texto: busca.sub(cambia_una, texto)
