"""Lo que el verificador pregunta a las salas, en un número fijo de consultas por informe."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django import forms
from django.db.models import Count, Q

from convenios import duplicados
from convenios.actos.consultas import celebrados
from convenios.models import ActoProtocolario, Convenio, Opinion
from informes.arbol import Nodo
from informes.models import Informe
from programas import consultas as de_programas
from programas.claves import AccionesPorClave
from programas.estados import EstadoDeActividad
from programas.models import Accion, Actividad
from vinculacion.archivo.models import Serie
from vinculacion.comision.models import Acuerdo, Comision
from vinculacion.nucleo.periodos import Periodo

from .hallazgos import Gravedad, Hallazgo

SECCION_DE_ACTIVIDADES = "programas.actividades"


@dataclass(frozen=True)
class EstadoDeRegistros:
    """Cómo están los registros de una acción que concluyeron en el periodo."""

    accion: Accion
    en_borrador: int
    rechazados: int
    sin_evidencia: int
    que_cuentan: int


def acciones_por_nodo(nodos: Sequence[Nodo]) -> dict[int, list[Accion]]:
    """Las acciones de que da cuenta cada apartado; una que ya nombró otro apartado no se repite."""
    vistas: set[int] = set()
    resultado: dict[int, list[Accion]] = {}
    for nodo in nodos:
        propias = [nodo.apartado.accion] if nodo.apartado.accion else []
        for uso in nodo.apartado.secciones.all():
            if uso.seccion == SECCION_DE_ACTIVIDADES:
                propias += _nombradas(uso.parametros.get("accion", ""))
        nuevas = list({a.pk: a for a in propias if a.pk not in vistas}.values())
        vistas |= {a.pk for a in nuevas}
        resultado[nodo.apartado.pk] = nuevas
    return resultado


def _nombradas(claves) -> list[Accion]:
    try:
        return AccionesPorClave(required=False).clean(claves)
    except forms.ValidationError:
        return []  # ya lo dice el armado


def registros_por_accion(acciones: Iterable[Accion], periodo: Periodo) -> dict[int, list[EstadoDeRegistros]]:
    """Por acción, el estado de sus registros y el de los de cada acción alineada que los tenga."""
    pedidas = con_metas(acciones)
    origenes = {a.pk: [a, *a.alineadas.all()] for a in pedidas}
    todas = {o.pk: o for grupo in origenes.values() for o in grupo}
    cuenta = ~Q(estado=EstadoDeActividad.RECHAZADA)
    filas = (
        Actividad.objects.filter(accion__in=todas, fecha_fin__gte=periodo.inicio, fecha_fin__lte=periodo.fin)
        .order_by()
        .values("accion")
        .annotate(
            en_borrador=Count("pk", filter=Q(estado=EstadoDeActividad.BORRADOR), distinct=True),
            rechazados=Count("pk", filter=Q(estado=EstadoDeActividad.RECHAZADA), distinct=True),
            que_cuentan=Count("pk", filter=cuenta, distinct=True),
            con_evidencia=Count("pk", filter=cuenta & Q(evidencias__isnull=False), distinct=True),
        )
    )
    estados = {
        fila["accion"]: EstadoDeRegistros(
            todas[fila["accion"]],
            fila["en_borrador"],
            fila["rechazados"],
            fila["que_cuentan"] - fila["con_evidencia"],
            fila["que_cuentan"],
        )
        for fila in filas
    }
    return {pk: [estados[o.pk] for o in grupo if o.pk in estados] for pk, grupo in origenes.items()}


def con_metas(acciones: Iterable[Accion]) -> list[Accion]:
    claves = [a.pk for a in acciones]
    return list(
        Accion.objects.filter(pk__in=claves)
        .select_related("eje__programa")
        .prefetch_related("metas", "alineadas__eje__programa")
    )


@dataclass(frozen=True)
class MetaDelPeriodo:
    accion: Accion
    programado: int
    alcanzado: int


def metas_incumplidas(acciones: Iterable[Accion], periodo: Periodo) -> list[MetaDelPeriodo]:
    """Lo programado en los trimestres enteros del periodo que no se alcanzó, ni antes en el mismo año."""
    enteros = [t for t in periodo.trimestres() if t.inicio in periodo and t.fin in periodo]
    por_anio: dict[int, list[Accion]] = defaultdict(list)
    for accion in con_metas(acciones):
        por_anio[accion.eje.programa.anio].append(accion)
    faltas = []
    for anio, suyas in por_anio.items():
        numeros = [t.numero for t in enteros if t.anio == anio]
        if not numeros:
            continue
        for renglon in de_programas.avances_de(suyas, anio):
            cuenta = sum((renglon.avance.trimestres[n - 1] for n in numeros), de_programas.CERO)
            adelantado = renglon.avance.acumulado(max(numeros)).diferencia >= 0
            if cuenta.diferencia < 0 and not adelantado:
                faltas.append(MetaDelPeriodo(renglon.accion, cuenta.programado, cuenta.alcanzado))
    return faltas


# -- acuerdos --------------------------------------------------------------------


def patron_de_folios(serie: Serie, sufijos: str = "") -> re.Pattern[str]:
    """Cómo se reconoce en un texto un folio de la serie, aunque le falten ceros o le sobre el siglo.

    ``sufijos``: los que admite tras el número, como expresión («bis|ter»).
    """
    partes = re.split(r"(\{\w+(?::0\d)?\})", serie.patron)
    con_sufijo = rf"\s?(?P<sufijo>{sufijos})?" if sufijos else ""
    grupos = {"numero": rf"(?P<numero>\d{{1,4}}){con_sufijo}", "anio": r"(?P<anio>\d{4}|\d{2})"}
    patron = "".join(
        grupos[parte.strip("{}").split(":")[0]] if parte.startswith("{") else re.escape(parte) for parte in partes
    )
    return re.compile(rf"(?<![\w/]){patron}(?![\w/])")


def folios_por_anio(comision: Comision) -> dict[int, dict[int, str]]:
    """Los acuerdos registrados de la comisión: año → número → folio."""
    patron = patron_de_folios(comision.serie)
    folios: dict[int, dict[int, str]] = defaultdict(dict)
    for folio in Acuerdo.objects.filter(comision=comision).order_by().values_list("folio", flat=True):
        if hallado := patron.fullmatch(folio):
            folios[anio_de(hallado)][int(hallado["numero"])] = folio
    return folios


def anio_de(hallado: re.Match[str]) -> int:
    return int(hallado["anio"]) if len(hallado["anio"]) == 4 else 2000 + int(hallado["anio"])


# -- opiniones -------------------------------------------------------------------


class OpinionDada(NamedTuple):
    folio: str
    estado: str


@dataclass(frozen=True)
class SerieDeOpiniones:
    """Las opiniones numeradas de una serie: año → (número, sufijo) → cuál es."""

    patron: re.Pattern[str]
    por_anio: dict[int, dict[tuple[int, str], OpinionDada]]


def series_de_opiniones() -> list[SerieDeOpiniones]:
    dadas: dict[int, dict[int, dict[tuple[int, str], OpinionDada]]] = defaultdict(lambda: defaultdict(dict))
    campos = ("serie_id", "anio", "numero", "sufijo", "folio", "estado")
    for serie, anio, n, sufijo, folio, estado in Opinion.objects.exclude(numero=None).order_by().values_list(*campos):
        dadas[serie][anio][n, sufijo] = OpinionDada(folio, estado)
    series = Serie.objects.in_bulk(dadas)
    return [SerieDeOpiniones(patron_de_folios(series[s], "bis|ter|qu[aá]ter"), suyas) for s, suyas in dadas.items()]


# -- convenios -------------------------------------------------------------------


def convenios_repetidos(periodo: Periodo) -> list[list[Convenio]]:
    """Los que parecen el mismo instrumento, entre los firmados en el periodo."""
    firmados = (
        Convenio.objects.filter(fecha_firma__gte=periodo.inicio, fecha_firma__lte=periodo.fin)
        .select_related("tipo")
        .prefetch_related("contrapartes")
        .order_by("fecha_firma", "pk")
    )
    return duplicados.grupos(firmados)


DIAS_DEL_MISMO_EVENTO = 31


def actos_celebrados(periodo: Periodo) -> list[ActoProtocolario]:
    return list(celebrados(periodo).prefetch_related("convenios"))


def actividades_junto_a(actos: Sequence[ActoProtocolario]) -> list[Actividad]:
    """Las de la bitácora que cuentan y cayeron cerca de alguno de esos actos."""
    if not actos:
        return []
    cerca = timedelta(days=DIAS_DEL_MISMO_EVENTO)
    desde, hasta = min(a.fecha for a in actos) - cerca, max(a.fecha for a in actos) + cerca
    return list(
        Actividad.objects.filter(fecha_fin__gte=desde, fecha_inicio__lte=hasta)
        .exclude(estado=EstadoDeActividad.RECHAZADA)
        .order_by("fecha_inicio", "pk")
        .only("titulo", "fecha_inicio", "fecha_fin", "fechas_sueltas")
    )


# -- lo hallado ------------------------------------------------------------------


def errores_sin_aceptar(informe: Informe) -> list[Hallazgo]:
    """Los errores que hoy se hallan y nadie ha aceptado con su razón; arma el informe entero."""
    from .revision import verificar

    aceptados = set(informe.aceptaciones.values_list("huella", flat=True))
    return [h for h in verificar(informe) if h.gravedad == Gravedad.ERROR and h.huella not in aceptados]
