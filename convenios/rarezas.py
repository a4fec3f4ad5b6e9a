"""Lo que en un instrumento llama la atención sin ser un error: se avisa al capturar y se informa al importar."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString

from vinculacion.directorio.models import Ambito as AmbitoDeOrganismo
from vinculacion.directorio.models import Organismo
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.periodos import hoy

from . import duplicados, familia
from .estados import EN_TRAMITE, Ambito, Etapa, Vigencia
from .models import Convenio

Rareza = tuple[str, str]  # (columna, motivo); el motivo empieza con su clase y dos puntos

PRIMER_ANIO = 1999  # el primero de que hay instrumentos
DESCANSOS = {(1, 1), (5, 1), (9, 16), (12, 25)}
VIGENCIA_LARGA = timedelta(days=20 * 365)
VIGENCIA_CORTA = timedelta(days=30)
TRAMITE_VIEJO = timedelta(days=2 * 365)
FOLIO_RARO = 0.02  # la forma de un folio es rara si la lleva menos de uno de cada cincuenta
BASTANTES_FOLIOS = 20


def _de_fuera(organismo: Organismo) -> bool:
    return organismo.pais != "MX" or organismo.ambito == AmbitoDeOrganismo.INTERNACIONAL


def de_fechas(convenio: Convenio) -> Iterator[Rareza]:
    firma, desde, hasta = convenio.fecha_firma, convenio.vigencia_desde, convenio.vigencia_hasta
    if firma is not None:
        if firma.weekday() >= 5:
            yield "fecha_firma", f"Firma en fin de semana: {fecha_larga(firma)}."
        elif (firma.month, firma.day) in DESCANSOS:
            yield "fecha_firma", f"Firma en día de descanso: {fecha_larga(firma, dia_semana=False)}."
        if firma.year < PRIMER_ANIO:
            yield "fecha_firma", f"Fecha poco común: se firmó en {firma.year}."
    inicio = desde or firma
    if inicio is not None and hasta is not None:
        if hasta - inicio > VIGENCIA_LARGA:
            yield "vigencia_hasta", f"Vigencia muy larga: de {inicio.year} a {hasta.year}."
        elif hasta - inicio < VIGENCIA_CORTA:
            yield "vigencia_hasta", f"Vigencia muy corta: {(hasta - inicio).days} días."


def de_ambito(convenio: Convenio, contrapartes: Collection[Organismo]) -> Iterator[Rareza]:
    de_fuera = [_de_fuera(o) for o in contrapartes]
    if convenio.ambito == Ambito.INTERNACIONAL and de_fuera and not any(de_fuera):
        yield "ambito", "Ámbito dudoso: dice internacional y todas sus contrapartes son mexicanas."
    elif convenio.ambito == Ambito.NACIONAL and de_fuera and all(de_fuera):
        yield "ambito", "Ámbito dudoso: dice nacional y ninguna de sus contrapartes es mexicana."


def de_familia(convenio: Convenio) -> Iterator[Rareza]:
    if motivo := familia.falta_padre(convenio.tipo, convenio.padre):
        yield "padre", motivo
    if motivo := familia.firmado_antes_que_su_padre(convenio.fecha_firma, convenio.padre):
        yield "padre", motivo


def de_registro(convenio: Convenio, areas: Collection, en_etapa_desde: date | None = None) -> Iterator[Rareza]:
    """Lo que falta o quedó atrás en un registro que llega de una hoja."""
    if not convenio.objeto.strip():
        yield "objeto", "Sin objeto."
    if not areas:
        yield "areas", "Sin área responsable."
    if convenio.vigencia == Vigencia.COMPROMISOS and not convenio.vigencia_texto.strip():
        yield "vigencia_texto", "Sin redacción de la vigencia: termina al cumplirse los compromisos y no dice cómo."
    if convenio.etapa == Etapa.SUSCRITO and convenio.vigencia_hasta and convenio.vigencia_hasta < hoy():
        vencio = fecha_larga(convenio.vigencia_hasta, dia_semana=False)
        yield "etapa", f"Vencido y sin concluir: venció el {vencio} y sigue como suscrito."
    if convenio.etapa in EN_TRAMITE and en_etapa_desde and hoy() - en_etapa_desde > TRAMITE_VIEJO:
        yield "etapa", f"Trámite muy viejo: sin moverse desde {en_etapa_desde.year}."


def forma(folio: str) -> str:
    """«IECM/CONV/012/2020» → «IECM/CONV/#/#»."""
    return re.sub(r"\d+", "#", folio.upper())


def de_folios(folios: Iterable[str], todos: Iterable[str]) -> dict[str, str]:
    """De ``folios``, los que no se parecen a los demás, con su motivo."""
    formas = Counter(forma(f) for f in todos)
    total = sum(formas.values())
    if total < BASTANTES_FOLIOS:
        return {}
    usual = formas.most_common(1)[0][0]
    return {
        f: f"Folio distinto a los demás: la mayoría se escribe «{usual}»."
        for f in folios
        if formas[forma(f)] / total < FOLIO_RARO
    }


def de_duplicado(otro: Convenio) -> str:
    return f"Posible duplicado: mismo tipo, contraparte y fecha que «{otro}» ({otro.folio})."


# -- al capturar a mano ------------------------------------------------------------


def dudas(convenio: Convenio, *, contrapartes: Collection[Organismo], cambiados: Collection[str]) -> list[str]:
    """Lo que se avisa una vez antes de guardar; al editar, sólo de los campos que cambiaron."""
    cambio = set(cambiados)
    avisos: list[str] = []
    if cambio & {"tipo", "contrapartes", "fecha_firma", "titulo"}:
        otros = duplicados.parecidos(
            tipo=convenio.tipo,
            contrapartes=contrapartes,
            firma=convenio.fecha_firma,
            titulo=convenio.titulo,
            excepto=convenio.pk,
        )
        avisos += [_con_enlace(otro) for otro in otros[:3]]
    if cambio & {"tipo", "padre", "fecha_firma"}:
        avisos += [motivo for _, motivo in de_familia(convenio)]
    if "fecha_firma" in cambio and convenio.pk:
        avisos += familia.firmados_despues_que_sus_hijos(convenio.fecha_firma, convenio.derivados.all())[:3]
    if cambio & {"fecha_firma", "vigencia_desde", "vigencia_hasta"}:
        avisos += [motivo for _, motivo in de_fechas(convenio)]
    if cambio & {"ambito", "contrapartes"}:
        avisos += [motivo for _, motivo in de_ambito(convenio, contrapartes)]
    return avisos


def _con_enlace(otro: Convenio) -> SafeString:
    que = "fecha" if otro.fecha_firma else "título"
    return format_html(
        "Ya hay un instrumento del mismo tipo, con la misma contraparte y {}: "
        '<a href="{}" target="_blank" rel="noopener">{} ({})</a>. Ábralo y compare antes de guardar.',
        que,
        otro.get_absolute_url(),
        otro.titulo,
        otro.folio,
    )


# -- al importar -------------------------------------------------------------------


class Mirada:
    """Las rarezas de muchos instrumentos recién escritos, en un número fijo de consultas."""

    def __init__(self, llaves: Collection[int], en_etapa_desde: dict[int, date]):
        todos = list(
            Convenio.objects.select_related("tipo", "padre")
            .prefetch_related("contrapartes", "areas")
            .order_by("fecha_firma", "folio")
        )
        self.por_llave = {c.pk: c for c in todos}
        self.parejas = duplicados.parejas(todos)
        self.folios = de_folios([self.por_llave[k].folio for k in llaves], [c.folio for c in todos])
        self.en_etapa_desde = en_etapa_desde

    def de(self, llave: int) -> Iterator[Rareza]:
        convenio = self.por_llave[llave]
        if motivo := self.folios.get(convenio.folio):
            yield "folio", motivo
        for otro in self.parejas.get(llave, [])[:3]:
            yield "folio", de_duplicado(otro)
        yield from de_familia(convenio)
        yield from de_fechas(convenio)
        yield from de_ambito(convenio, convenio.contrapartes.all())
        yield from de_registro(convenio, convenio.areas.all(), self.en_etapa_desde.get(llave))
