"""Lo que la lista, el informe y los avisos preguntan de las opiniones, preguntado una vez."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, F, Max, Q, QuerySet, Value, When

from vinculacion.archivo.acciones import evidencias_de
from vinculacion.archivo.models import Contador, Evidencia, Serie
from vinculacion.nucleo.periodos import Periodo

from ..consultas import de_su_area
from ..estados import FAVORABLES, EstadoDeOpinion, Sentido, Sufijo
from ..models import Opinion, PlantillaDeOpinion
from ..permisos import solo_su_area

SUFIJOS = ("", *Sufijo.values)  # en el orden en que se usan
DIAS_HABILES_DE_ESPERA = 10
PREFIJO_DE_SERIE = "opinion"
LUGAR_DEL_SUFIJO = Case(*(When(sufijo=s, then=Value(n)) for n, s in enumerate(SUFIJOS)), default=Value(0))


def opiniones() -> QuerySet[Opinion]:
    """Primero los borradores y luego de la más reciente a la más antigua; ``espera`` va de la solicitud a la emisión."""
    return (
        Opinion.objects.select_related("convenio__tipo", "serie", "complementa", "plantilla", "emitio")
        .prefetch_related("areas")
        .annotate(
            espera=F("fecha") - F("solicitada"),
            lugar_del_sufijo=LUGAR_DEL_SUFIJO,
        )
        .order_by(F("anio").desc(nulls_first=True), F("numero").desc(nulls_first=True), "-lugar_del_sufijo", "-pk")
    )


def opiniones_visibles(usuario) -> QuerySet[Opinion]:
    """Un área sólo ve las emitidas de sus instrumentos."""
    consulta = opiniones()
    if solo_su_area(usuario):
        consulta = consulta.filter(convenio__in=de_su_area(usuario), estado=EstadoDeOpinion.EMITIDA)
    return consulta


# -- lo que se puede elegir -----------------------------------------------------


def series_elegibles(actual: Serie | None = None) -> QuerySet[Serie]:
    """Las de opiniones, por su clave o porque ya se usan: tomar un número de otra serie la dejaría con un hueco."""
    usadas = Opinion.objects.order_by().values("serie")
    return Serie.objects.filter(
        Q(clave__startswith=PREFIJO_DE_SERIE) | Q(pk__in=usadas) | Q(pk=actual.pk if actual else None)
    )


def serie_reciente() -> Serie | None:
    """La de la última opinión; si no hay ninguna, la única que se puede elegir."""
    ultima = Opinion.objects.select_related("serie").order_by(F("fecha").desc(nulls_last=True), "-pk").first()
    if ultima is not None:
        return ultima.serie
    posibles = list(series_elegibles()[:2])
    return posibles[0] if len(posibles) == 1 else None


def plantillas_elegibles(actual: PlantillaDeOpinion | None = None) -> QuerySet[PlantillaDeOpinion]:
    return PlantillaDeOpinion.objects.filter(Q(activa=True) | Q(pk=actual.pk if actual else None))


def plantilla_usual() -> PlantillaDeOpinion | None:
    reciente = Opinion.objects.filter(plantilla__activa=True).order_by("-pk").select_related("plantilla").first()
    return reciente.plantilla if reciente else PlantillaDeOpinion.objects.filter(activa=True).order_by("pk").first()


def complementables() -> QuerySet[Opinion]:
    return opiniones().filter(estado=EstadoDeOpinion.EMITIDA, numero__isnull=False)


# -- numeración -----------------------------------------------------------------


class Numero(NamedTuple):
    numero: int
    sufijo: str
    anio: int

    def folio(self, serie: Serie) -> str:
        return serie.formato(self.numero, self.anio, Sufijo(self.sufijo).label if self.sufijo else "")

    @property
    def lugar(self) -> tuple[int, int, int]:
        return self.anio, self.numero, SUFIJOS.index(self.sufijo)


def con_numero(serie: Serie, cual: Numero) -> Opinion | None:
    return Opinion.objects.filter(serie=serie, anio=cual.anio, numero=cual.numero, sufijo=cual.sufijo).first()


def ultimo_numero(serie: Serie, anio: int) -> int:
    return Contador.objects.filter(serie=serie, anio=anio).aggregate(n=Max("ultimo"))["n"] or 0


def siguiente_sufijo(base: Opinion) -> str | None:
    """El que sigue al último usado con el número de ``base``, también por canceladas; ``None`` si ya no queda."""
    usados = Opinion.objects.filter(serie=base.serie_id, anio=base.anio, numero=base.numero)
    ultimo = max(SUFIJOS.index(s) for s in usados.values_list("sufijo", flat=True))
    return SUFIJOS[ultimo + 1] if ultimo + 1 < len(SUFIJOS) else None


def vecinas(serie: Serie, cual: Numero) -> tuple[Opinion | None, Opinion | None]:
    """La emitida con el número anterior y con el posterior, del mismo año."""
    mismas = Opinion.objects.filter(serie=serie, anio=cual.anio, numero__isnull=False, fecha__isnull=False)
    antes = mismas.filter(numero__lt=cual.numero).order_by("-numero", "-fecha").first()
    despues = mismas.filter(numero__gt=cual.numero).order_by("numero", "fecha").first()
    return antes, despues


def pdf_emitido(opinion: Opinion) -> Evidencia | None:
    """El que se guardó al emitirla; las capturadas con su número histórico no lo tienen."""
    if not opinion.folio:
        return None
    return evidencias_de(opinion).filter(titulo=titulo_del_pdf(opinion), tipo_mime="application/pdf").first()


def titulo_del_pdf(opinion: Opinion) -> str:
    return f"{opinion.folio}, como se emitió"


# -- cifras ---------------------------------------------------------------------


def emitidas(periodo: Periodo) -> QuerySet[Opinion]:
    """Emitidas en el periodo, por fecha y número. Las canceladas no cuentan."""
    return (
        opiniones()
        .filter(estado=EstadoDeOpinion.EMITIDA, fecha__gte=periodo.inicio, fecha__lte=periodo.fin)
        .order_by("fecha", "anio", "numero", LUGAR_DEL_SUFIJO, "pk")
    )


def favorables(periodo: Periodo) -> QuerySet[Opinion]:
    return emitidas(periodo).filter(sentido__in=FAVORABLES)


Breve = tuple[date | None, str, date | None]  # emisión, sentido, solicitud


@dataclass(frozen=True)
class Cuenta:
    """Cuántas de cada sentido y cuántos días tardaron, en promedio, las que dicen cuándo se solicitaron."""

    nombre: str
    por_sentido: tuple[int, ...]
    dias: Decimal | None

    @property
    def total(self) -> int:
        return sum(self.por_sentido)


def _cuenta(nombre: str, filas: Iterable[Breve]) -> Cuenta:
    filas = list(filas)
    cuantas = tuple(sum(1 for _, sentido, _s in filas if sentido == s) for s in Sentido.values)
    esperas = [(fecha - solicitada).days for fecha, _, solicitada in filas if fecha and solicitada]
    dias = (Decimal(sum(esperas)) / len(esperas)).quantize(Decimal("0.1")) if esperas else None
    return Cuenta(nombre, cuantas, dias)


def por_anio(periodo: Periodo) -> list[Cuenta]:
    """Un renglón por año del periodo y, si son varios, el total al final."""
    filas = list(emitidas(periodo).values_list("fecha", "sentido", "solicitada"))
    cuentas = [_cuenta(nombre, (f for f in filas if f[0] in parte)) for nombre, parte in periodo.por_anio()]
    return [*cuentas, _cuenta("Total", filas)] if len(cuentas) > 1 else cuentas


def dias_promedio(periodo: Periodo) -> Decimal | None:
    return _cuenta("", emitidas(periodo).values_list("fecha", "sentido", "solicitada")).dias


# -- lo que pide atención ---------------------------------------------------------


def dias_habiles(desde: date, hasta: date) -> int:
    """De lunes a viernes, sin contar ``desde``; no sabe de asuetos."""
    return sum(1 for n in range(1, (hasta - desde).days + 1) if (desde + timedelta(days=n)).weekday() < 5)


def demoradas(consulta: QuerySet[Opinion], fecha: date) -> list[Opinion]:
    """Borradores cuya solicitud lleva más días hábiles de los que se esperan."""
    borradores = consulta.filter(estado=EstadoDeOpinion.BORRADOR, solicitada__lt=fecha).order_by("solicitada", "pk")
    return [o for o in borradores if o.solicitada and dias_habiles(o.solicitada, fecha) > DIAS_HABILES_DE_ESPERA]
