"""Las cuentas de los convenios. La página, los informes y las hojas de cálculo dicen lo mismo porque lo preguntan aquí.

Todas parten de una consulta de convenios ya acotada (``acotados``) y hacen consultas constantes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, DateField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value

from convenios import consultas as convenios
from convenios.consultas import convenios_visibles, corte_de, en_tramite, suscritos, vigentes
from convenios.estados import EN_TRAMITE, FIRMADAS, Ambito, Etapa, Gestion, Situacion, Vigencia
from convenios.models import CambioDeEtapa, Convenio
from convenios.permisos import solo_su_area
from vinculacion.nucleo.cuadros import Cruce, porcentaje
from vinculacion.nucleo.periodos import ANIO_MINIMO, Periodo, hoy

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

Convenios = QuerySet[Convenio]
NINGUNA = "null"  # en un enlace: lo que no tiene área o contraparte


# -- de cuáles se habla --------------------------------------------------------


def del_usuario(usuario) -> Convenios:
    """Todos, o los de su área si sólo puede ver ésos."""
    if solo_su_area(usuario):
        return Convenio.objects.filter(pk__in=convenios_visibles(usuario).order_by().values("pk"))
    return Convenio.objects.all()


def acotados(consulta: Convenios, *, ambito="", gestion="", tipo=None, area=None) -> Convenios:
    """Los que cumplen los filtros que se digan. Por subconsulta: ninguno sale dos veces."""
    consulta = convenios.acotados(consulta, ambito=ambito, gestion=gestion)
    if tipo:
        consulta = consulta.filter(tipo=tipo)
    return de_area(consulta, area) if area else consulta


def de_area(consulta: Convenios, area) -> Convenios:
    """``area``: su clave, o ``NINGUNA`` para los que no tienen."""
    de_areas = Convenio.areas.through.objects
    if area == NINGUNA:
        return consulta.exclude(pk__in=de_areas.values("convenio"))
    return consulta.filter(pk__in=de_areas.filter(area=area).values("convenio"))


def con_contraparte(consulta: Convenios, **cuales: str) -> Convenios:
    """``clase`` o ``pais`` de alguna contraparte; ``NINGUNA`` para los que no tienen contrapartes."""
    de_organismos = Convenio.contrapartes.through.objects
    if NINGUNA in cuales.values():
        return consulta.exclude(pk__in=de_organismos.values("convenio"))
    filtros = {f"organismo__{campo}": valor for campo, valor in cuales.items()}
    return consulta.filter(pk__in=de_organismos.filter(**filtros).values("convenio"))


def desde_el_primero(consulta: Convenios) -> Periodo | None:
    """Años completos, del primer instrumento suscrito a hoy; ``None`` si no hay ninguno."""
    extremos = consulta.filter(etapa__in=FIRMADAS).aggregate(primera=Min("fecha_firma"), ultima=Max("fecha_firma"))
    if extremos["primera"] is None:
        return None
    primera = max(extremos["primera"].replace(month=1, day=1), date(ANIO_MINIMO, 1, 1))
    return Periodo(primera, date(max(extremos["ultima"], hoy()).year, 12, 31))


# -- suscritos -----------------------------------------------------------------


@dataclass(frozen=True)
class Suscritos:
    """Los de un año, una parte de él o un ámbito."""

    etiqueta: str
    periodo: Periodo
    nacionales: int
    internacionales: int
    de_la_unidad: int

    @property
    def total(self) -> int:
        return self.nacionales + self.internacionales

    @property
    def acompanados(self) -> int:
        return self.total - self.de_la_unidad

    @property
    def porcentaje_de_la_unidad(self) -> Decimal | None:
        return porcentaje(self.de_la_unidad, self.total)


def _cuenta_suscritos(consulta: Convenios, periodo: Periodo) -> Counter:
    filas = suscritos(periodo, consulta=consulta).order_by().values_list("fecha_firma__year", "ambito", "gestion")
    return Counter({tuple(llave): n for *llave, n in filas.annotate(n=Count("pk"))})


def _reune(etiqueta: str, periodo: Periodo, cuentas: Counter) -> Suscritos:
    def suma(posicion: int, valor: str) -> int:
        return sum(n for llave, n in cuentas.items() if llave[posicion] == valor)

    return Suscritos(
        etiqueta, periodo, suma(1, Ambito.NACIONAL), suma(1, Ambito.INTERNACIONAL), suma(2, Gestion.PROPIA)
    )


def total_suscritos(consulta: Convenios, periodo: Periodo) -> Suscritos:
    return _reune("Total", periodo, _cuenta_suscritos(consulta, periodo))


def por_anio(consulta: Convenios, periodo: Periodo) -> list[Suscritos]:
    """Un renglón por año, también el que no tuvo; el que se toca en parte lo dice: «2020 (octubre–diciembre)»."""
    cuentas = _cuenta_suscritos(consulta, periodo)
    del_anio: dict[int, Counter] = {}
    for llave, n in cuentas.items():
        del_anio.setdefault(llave[0], Counter())[llave] = n
    return [_reune(nombre, corte, del_anio.get(corte.inicio.year, Counter())) for nombre, corte in periodo.por_anio()]


def por(campo: str, consulta: Convenios, periodo: Periodo) -> Cruce:
    """Valores de ``campo`` × año. El instrumento con varias áreas o contrapartes cuenta una vez en cada valor."""
    filas = suscritos(periodo, consulta=consulta).order_by().values_list(campo, "fecha_firma__year")
    cuentas: Counter = Counter()
    for valor, anio, n in filas.annotate(n=Count("pk", distinct=True)):
        cuentas[valor, anio] += n
    totales: Counter = Counter()
    for (valor, _), n in cuentas.items():
        totales[valor] += n
    orden = sorted(totales, key=lambda v: (v is None, -totales[v], str(v)))
    return Cruce(tuple(orden), tuple(periodo.anios()), cuentas)


def por_contraparte(consulta: Convenios, periodo: Periodo) -> Cruce:
    return por("contrapartes__clase", consulta, periodo)


def por_area(consulta: Convenios, periodo: Periodo) -> Cruce:
    return por("areas", consulta, periodo)


def por_pais(consulta: Convenios, periodo: Periodo) -> Cruce:
    return por("contrapartes__pais", consulta, periodo)


def por_tipo(consulta: Convenios, periodo: Periodo) -> Cruce:
    return por("tipo", consulta, periodo)


# -- en vigor ------------------------------------------------------------------


def en_vigor(consulta: Convenios, fecha: date) -> Cruce:
    """Ámbito × clase de vigencia de los que estaban en vigor ese día."""
    filas = vigentes(fecha, consulta).order_by().values_list("ambito", "vigencia").annotate(n=Count("pk"))
    cuentas = Counter({(ambito, vigencia): n for ambito, vigencia, n in filas})
    return Cruce(tuple(Ambito.values), tuple(Vigencia.values), cuentas)


def cierres(periodo: Periodo, al: date) -> list[date]:
    """El fin de cada año del periodo, hasta ``al``."""
    return [f for f in (date(anio, 12, 31) for anio in periodo.anios()) if f < al] + [al]


def serie_en_vigor(consulta: Convenios, fechas: Sequence[date]) -> list[tuple[date, int, int]]:
    """(fecha, nacionales, internacionales) en vigor cada día, en una consulta por muchas fechas que sean."""
    vigencias = _vigencias(consulta)
    serie = []
    for fecha in fechas:
        ese_dia = Counter(ambito for desde, hasta, ambito in vigencias if desde <= fecha <= hasta)
        serie.append((fecha, ese_dia[Ambito.NACIONAL], ese_dia[Ambito.INTERNACIONAL]))
    return serie


def _vigencias(consulta: Convenios) -> list[tuple[date, date, str]]:
    """(primer día, último día, ámbito) de cada vez que un instrumento estuvo en vigor."""
    pasos = con_hasta(CambioDeEtapa.objects.filter(convenio__in=consulta.order_by().values("pk")))
    filas = pasos.filter(etapa=Etapa.SUSCRITO).values_list(
        "fecha",
        "hasta",
        "convenio__fecha_firma",
        "convenio__vigencia_desde",
        "convenio__vigencia",
        "convenio__vigencia_hasta",
        "convenio__ambito",
    )
    halladas = []
    for paso, concluido, firma, desde, clase, vence, ambito in filas.order_by():
        if firma is None:
            continue
        fin = concluido - timedelta(days=1) if concluido else date.max
        if clase == Vigencia.FECHA:
            fin = min(fin, vence) if vence else date.min
        halladas.append((max(paso, firma, desde or firma), fin, ambito))
    return halladas


# -- días por etapa ------------------------------------------------------------


class ConHasta(TypedDict):
    hasta: date | None


def con_hasta(
    pasos: QuerySet[CambioDeEtapa], corte: date | None = None
) -> "QuerySet[WithAnnotations[CambioDeEtapa, ConHasta]]":
    """Anota ``hasta``: cuándo dio el instrumento su siguiente paso; ``None`` si en ``corte`` no lo había dado."""
    siguiente = CambioDeEtapa.objects.filter(convenio=OuterRef("convenio")).filter(
        Q(fecha__gt=OuterRef("fecha")) | Q(fecha=OuterRef("fecha"), pk__gt=OuterRef("pk"))
    )
    if corte is not None:
        pasos, siguiente = pasos.filter(fecha__lte=corte), siguiente.filter(fecha__lte=corte)
    return pasos.annotate(hasta=Subquery(siguiente.order_by("fecha", "pk").values("fecha")[:1]))


def estancias(consulta: Convenios, periodo: Periodo) -> "QuerySet[WithAnnotations[CambioDeEtapa, ConHasta]]":
    """Cada vez que un instrumento estuvo en una etapa del trámite, si terminó en el periodo o al corte seguía abierta.

    Anota ``hasta`` y ``corte``. Lo que se registró ya firmado no tiene ninguna.
    """
    corte = corte_de(periodo)
    pasos = CambioDeEtapa.objects.filter(convenio__in=consulta.order_by().values("pk"), etapa__in=EN_TRAMITE)
    return (
        con_hasta(pasos, corte)
        .filter(Q(hasta__isnull=True) | Q(hasta__gte=periodo.inicio))
        .annotate(corte=Value(corte, output_field=DateField()))
    )


def _redondo(dias: float) -> Decimal:
    return Decimal(dias).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Dias:
    """Una muestra de días; ``None`` donde no hay de qué sacar la medida."""

    dias: tuple[int, ...] = ()

    @property
    def cuantos(self) -> int:
        return len(self.dias)

    @property
    def promedio(self) -> Decimal | None:
        return _redondo(mean(self.dias)) if self.dias else None

    @property
    def mediana(self) -> Decimal | None:
        return _redondo(median(self.dias)) if self.dias else None

    @property
    def menos(self) -> int | None:
        return min(self.dias, default=None)

    @property
    def mas(self) -> int | None:
        return max(self.dias, default=None)


@dataclass(frozen=True)
class DiasEnEtapa:
    etapa: Etapa
    terminadas: Dias
    abiertas: Dias  # llevan estos días, y siguen


def dias_por_etapa(consulta: Convenios, periodo: Periodo) -> list[DiasEnEtapa]:
    corte = corte_de(periodo)
    terminadas: dict[str, list[int]] = {e: [] for e in EN_TRAMITE}
    abiertas: dict[str, list[int]] = {e: [] for e in EN_TRAMITE}
    for etapa, desde, hasta in estancias(consulta, periodo).order_by().values_list("etapa", "fecha", "hasta"):
        grupo, fin = (terminadas, hasta) if hasta else (abiertas, corte)
        grupo[etapa].append((fin - desde).days)
    return [DiasEnEtapa(e, Dias(tuple(terminadas[e])), Dias(tuple(abiertas[e]))) for e in EN_TRAMITE]


def con_tramite(consulta: Convenios) -> Convenios:
    """Los que pasaron por alguna etapa antes de firmarse: los que se registraron ya firmados no dicen cuánto tomó."""
    pasos = CambioDeEtapa.objects.filter(etapa__in=EN_TRAMITE)
    return consulta.filter(pk__in=pasos.order_by().values("convenio"))


def dias_hasta_firmar(consulta: Convenios, periodo: Periodo) -> dict[int, Dias]:
    """Por año de firma: lo que cada instrumento pasó en negociación, validación y suscripción, todo junto."""
    firmados = suscritos(periodo, consulta=consulta).order_by().values("pk")
    pasos = con_hasta(CambioDeEtapa.objects.filter(convenio__in=firmados)).filter(etapa__in=EN_TRAMITE)
    filas = pasos.order_by().values_list("convenio", "convenio__fecha_firma", "fecha", "hasta")
    de_cada_uno: Counter = Counter()
    for convenio, firma, desde, hasta in filas:
        if firma is not None:
            de_cada_uno[convenio, firma.year] += ((hasta or firma) - desde).days
    por_anio: dict[int, list[int]] = {}
    for (_, anio), dias in de_cada_uno.items():
        por_anio.setdefault(anio, []).append(dias)
    return {anio: Dias(tuple(dias)) for anio, dias in sorted(por_anio.items())}


def junta(muestras: Iterable[Dias]) -> Dias:
    return Dias(tuple(d for muestra in muestras for d in muestra.dias))


# -- cómo están hoy ------------------------------------------------------------


@dataclass(frozen=True)
class AlDia:
    en_etapa: dict[str, int]  # etapa del trámite → cuántos
    por_vencer: int
    en_vigor: int  # los por vencer también lo están


def al_dia(consulta: Convenios, fecha: date) -> AlDia:
    filas = convenios.con_situacion(consulta, fecha).order_by().values_list("situacion", "etapa")
    cuentas: Counter = Counter()
    en_etapa: dict[str, int] = dict.fromkeys(EN_TRAMITE, 0)
    for situacion, etapa, n in filas.annotate(n=Count("pk")):
        cuentas[situacion] += n
        if etapa in en_etapa:
            en_etapa[etapa] += n
    por_vencer = cuentas[Situacion.POR_VENCER]
    return AlDia(en_etapa, por_vencer, cuentas[Situacion.VIGENTE] + por_vencer)


# -- los registros detrás de una cifra -----------------------------------------


def registros(
    consulta: Convenios,
    *,
    periodo: Periodo | None = None,
    con_area: Any = None,
    clase: str = "",
    pais: str = "",
    vigencia: str = "",
    en_vigor_al: date | None = None,
    en_tramite_al: date | None = None,
    tramitados: bool | None = None,
) -> Convenios:
    """Los instrumentos que cuenta una cifra, por las mismas reglas con que se contaron."""
    if periodo is not None:
        consulta = suscritos(periodo, consulta=consulta)
    if con_area:
        consulta = de_area(consulta, con_area)
    if clase:
        consulta = con_contraparte(consulta, clase=clase)
    if pais:
        consulta = con_contraparte(consulta, pais=pais)
    if vigencia:
        consulta = consulta.filter(vigencia=vigencia)
    if en_vigor_al:
        consulta = vigentes(en_vigor_al, consulta)
    if en_tramite_al:
        consulta = en_tramite(en_tramite_al, consulta)
    return con_tramite(consulta) if tramitados else consulta
