"""Las preguntas que comparten la página, el tablero, la exportación y el informe.

Una actividad cuenta en el trimestre en que **concluye** (``fecha_fin``). Cuentan los
borradores y las validadas; una rechazada no. Una acción suma sus registros y los de
las acciones con que está alineada; un registro tiene una sola acción, de modo que
nunca se suma dos veces en la misma.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from vinculacion.nucleo.fuentes import BITACORA, FUENTES
from vinculacion.nucleo.periodos import Periodo, Trimestre

from .estados import EstadoDeActividad, EstadoDePrograma
from .models import Accion, Actividad, Eje, Meta, Programa

# Umbrales del semáforo, en porciento de lo programado acumulado. Los de la casa mientras
# un indicador no fije los suyos: meta cumplida, hasta un quinto abajo, y más de un tercio arriba.
VERDE, AMBAR, REBASADA = 100, 80, 130


class Semaforo(Enum):
    """Cada luz con su palabra y su clase; nunca sólo el color."""

    SIN_META = ("No programada", "")
    SIN_CANTIDAD = ("Sin cantidad", "")  # el plan dice en qué meses, no cuánto
    SIN_DATO = ("Falta el dato", "ambar")
    POR_INICIAR = ("Por iniciar", "")
    EN_CURSO = ("En curso", "azul")
    ROJO = ("Rezago", "rojo")
    AMBAR = ("En riesgo", "ambar")
    VERDE = ("En meta", "verde")
    REBASADA = ("Rebasada", "azul")

    @property
    def texto(self) -> str:
        return self.value[0]

    @property
    def clase(self) -> str:
        return self.value[1]


def semaforo(programado: int, alcanzado: int, iniciado: bool = True) -> Semaforo:
    """La luz de ``alcanzado / programado``; sin meta no hay porciento, nunca una división entre cero."""
    if programado == 0:
        return Semaforo.SIN_META
    if not iniciado and alcanzado == 0:
        return Semaforo.POR_INICIAR
    porciento = alcanzado * 100 / programado
    if porciento > REBASADA:
        return Semaforo.REBASADA
    if porciento >= VERDE:
        return Semaforo.VERDE
    return Semaforo.AMBAR if porciento >= AMBAR else Semaforo.ROJO


@dataclass(frozen=True)
class Cuenta:
    """Unidades de medida de una acción: lo que el plan prometió y lo que se hizo."""

    programado: int
    alcanzado: int

    @property
    def diferencia(self) -> int:
        return self.alcanzado - self.programado

    def __add__(self, otra: "Cuenta") -> "Cuenta":
        return Cuenta(self.programado + otra.programado, self.alcanzado + otra.alcanzado)


CERO = Cuenta(0, 0)


@dataclass(frozen=True)
class Avance:
    """Lo programado y lo alcanzado por trimestre, de una acción, un eje o un programa."""

    trimestres: tuple[Cuenta, ...]  # las cuatro

    @property
    def anual(self) -> Cuenta:
        return sum(self.trimestres, CERO)

    def acumulado(self, hasta: int) -> Cuenta:
        """Del primer trimestre al ``hasta``, inclusive."""
        return sum(self.trimestres[:hasta], CERO)

    def luz(self, anio: int, fecha: date) -> Semaforo:
        """En ``fecha``, todo lo alcanzado contra lo programado en los trimestres ya concluidos.

        El trimestre que corre todavía no se exige, pero sí cuenta para decir que una meta se rebasó.
        """
        logrado = self.anual.alcanzado
        if self.anual.programado == 0:
            return Semaforo.SIN_META
        corte = cortes_concluidos(anio, fecha)
        exigible = self.acumulado(corte).programado
        comprometido = self.acumulado(min(corte + 1, 4)).programado if fecha.year >= anio else 0
        if comprometido and logrado * 100 > REBASADA * comprometido:
            return Semaforo.REBASADA
        if exigible:
            # Lo adelantado en el trimestre que corre cubre un atraso, pero no rebasa lo exigible.
            return semaforo(exigible, min(logrado, exigible))
        if logrado >= comprometido:
            return Semaforo.VERDE if logrado else Semaforo.POR_INICIAR
        return Semaforo.EN_CURSO


def luz_del_trimestre(cuenta: Cuenta, trimestre: Trimestre, fecha: date) -> Semaforo:
    """La de una celda acción × trimestre: no hay rezago antes de que el trimestre termine."""
    if trimestre.fin < fecha or cuenta.alcanzado >= cuenta.programado:
        return semaforo(cuenta.programado, cuenta.alcanzado)
    return Semaforo.EN_CURSO if trimestre.inicio <= fecha else Semaforo.POR_INICIAR


def cortes_concluidos(anio: int, fecha: date) -> int:
    """Cuántos trimestres de ``anio`` han terminado en ``fecha``."""
    return sum(1 for n in range(1, 5) if Trimestre(anio, n).fin < fecha)


@dataclass(frozen=True)
class AvanceDeAccion:
    """Una acción con sus cuentas del año: lo suyo, lo de sus alineadas o lo de su fuente."""

    accion: Accion
    avance: Avance
    meses: tuple[int, ...]  # unidades alcanzadas de enero a diciembre
    por_validar: int = 0  # registros que ya suman y Dirección no ha visto

    def luz(self, fecha: date) -> Semaforo:
        if self.accion.programado is None:
            return Semaforo.SIN_CANTIDAD
        return self.avance.luz(self.accion.eje.programa.anio, fecha)


@dataclass(frozen=True)
class AvanceDeEje:
    """Un eje con la suma de sus acciones, cada una con su propia unidad de medida."""

    eje: Eje
    avance: Avance
    acciones: tuple[AvanceDeAccion, ...]

    @property
    def por_validar(self) -> int:
        return sum(a.por_validar for a in self.acciones)

    @property
    def sin_cantidad(self) -> bool:
        """Todas sus acciones dicen en qué meses, y ninguna cuánto."""
        return bool(self.acciones) and all(a.accion.programado is None for a in self.acciones)

    def luz(self, fecha: date) -> Semaforo:
        return Semaforo.SIN_CANTIDAD if self.sin_cantidad else self.avance.luz(self.eje.programa.anio, fecha)


def luz_del_programa(programa: Programa, ejes: Iterable[AvanceDeEje], fecha: date) -> Semaforo:
    """La del plan entero; «Sin cantidad» sólo si ninguna de sus acciones la tiene."""
    con_acciones = [e for e in ejes if e.acciones]
    if con_acciones and all(e.sin_cantidad for e in con_acciones):
        return Semaforo.SIN_CANTIDAD
    return sumar(e.avance for e in con_acciones).luz(programa.anio, fecha)


def avance(programa: Programa) -> list[AvanceDeEje]:
    """Acción × trimestre de un plan, en un número fijo de consultas."""
    acciones = list(
        Accion.objects.filter(eje__programa=programa)
        .select_related("eje", "eje__programa", "area_responsable")
        .prefetch_related("metas", "alineadas")
        .order_by("eje__numero", "inciso")
    )
    por_eje: dict[int, list[AvanceDeAccion]] = defaultdict(list)
    for renglon in avances_de(acciones, programa.anio):
        por_eje[renglon.accion.eje_id].append(renglon)
    return [
        AvanceDeEje(eje, sumar(a.avance for a in por_eje[eje.pk]), tuple(por_eje[eje.pk]))
        for eje in programa.ejes.order_by("numero")  # la relación ya sabe quién es su programa
    ]


def avances_de(acciones: list[Accion], anio: int) -> list[AvanceDeAccion]:
    """El avance de cada acción en ``anio``; espera ``metas`` y ``alineadas`` ya traídas."""
    por_mes = unidades_por_mes(acciones, anio)
    pendientes = _por_validar(acciones, anio)
    avances = []
    for accion in acciones:
        metas = {m.trimestre: m.cantidad for m in accion.metas.all()}
        meses = por_mes[accion.pk]
        trimestres = tuple(Cuenta(metas.get(n, 0), sum(meses[3 * n - 3 : 3 * n])) for n in range(1, 5))
        avances.append(AvanceDeAccion(accion, Avance(trimestres), tuple(meses), pendientes[accion.pk]))
    return avances


def sumar(avances: Iterable[Avance]) -> Avance:
    totales = [CERO] * 4
    for uno in avances:
        totales = [a + b for a, b in zip(totales, uno.trimestres, strict=True)]
    return Avance(tuple(totales))


def unidades_por_mes(acciones: list[Accion], anio: int) -> dict[int, list[int]]:
    """Unidades de enero a diciembre por acción; espera ``alineadas`` ya traídas.

    Una consulta para la bitácora y una por cada fuente distinta que se use.
    """
    origenes = {a.pk: [a, *a.alineadas.all()] for a in acciones}
    de_bitacora = {o.pk for grupo in origenes.values() for o in grupo if o.fuente == BITACORA}
    propias: dict[int, list[int]] = defaultdict(lambda: [0] * 12)
    cuentan = (
        que_cuentan()
        .filter(accion__in=de_bitacora, fecha_fin__year=anio)
        .order_by()
        .values("accion", mes=ExtractMonth("fecha_fin"))
        .annotate(total=Sum("unidades"))
    )
    for fila in cuentan:
        propias[fila["accion"]][fila["mes"] - 1] += fila["total"]
    de_fuente = {
        clave: _fuente_por_mes(clave, anio)
        for clave in {o.fuente for grupo in origenes.values() for o in grupo} - {BITACORA}
    }
    resultado = {}
    for pk, grupo in origenes.items():
        sumandos = [propias[o.pk] for o in grupo if o.fuente == BITACORA]
        sumandos += [de_fuente[clave] for clave in {o.fuente for o in grupo} - {BITACORA}]
        resultado[pk] = [sum(mes) for mes in zip(*sumandos, strict=True)] if sumandos else [0] * 12
    return resultado


def _por_validar(acciones: list[Accion], anio: int) -> dict[int, int]:
    """Cuántos de los registros que suman a cada acción siguen en borrador."""
    origenes = {a.pk: {o.pk for o in (a, *a.alineadas.all()) if o.fuente == BITACORA} for a in acciones}
    cuentas = dict(
        Actividad.objects.filter(
            estado=EstadoDeActividad.BORRADOR, fecha_fin__year=anio, accion__in=set().union(*origenes.values())
        )
        .order_by()
        .values_list("accion")
        .annotate(n=Count("pk"))
    )
    return {pk: sum(cuentas.get(o, 0) for o in grupo) for pk, grupo in origenes.items()}


def _fuente_por_mes(clave: str, anio: int) -> list[int]:
    meses = [0] * 12
    fuente = FUENTES.get(clave)
    if fuente is not None:
        for fecha, unidades in fuente.contar(date(anio, 1, 1), date(anio, 12, 31)):
            meses[fecha.month - 1] += unidades
    return meses


def unidades(accion: Accion, periodo: Periodo) -> int:
    """Unidades de ``accion`` que concluyeron en ``periodo``, de la bitácora o de su fuente."""
    grupo = [accion, *accion.alineadas.all()]
    total = (
        que_cuentan()
        .filter(accion__in=[a for a in grupo if a.fuente == BITACORA], **_en(periodo))
        .aggregate(total=Sum("unidades"))["total"]
        or 0
    )
    for clave in {a.fuente for a in grupo} - {BITACORA}:
        if clave in FUENTES:
            total += sum(n for _, n in FUENTES[clave].contar(periodo.inicio, periodo.fin))
    return total


def trimestre_en_que_se_cumplio(accion: Accion, antes_de: date) -> Trimestre | None:
    """El trimestre, terminado antes de ``antes_de``, en que se alcanzó toda la meta del año.

    Sólo si de ahí en adelante no hay nada programado: lo que falta por hacer no está cumplido.
    """
    metas = dict(Meta.objects.filter(accion=accion).values_list("trimestre", "cantidad"))
    anual = sum(metas.values())
    if not anual:
        return None
    anio = accion.eje.programa.anio
    meses = unidades_por_mes([accion], anio)[accion.pk]
    for numero in range(1, 5):
        trimestre = Trimestre(anio, numero)
        if trimestre.fin >= antes_de:
            return None
        falta_programado = any(metas.get(n) for n in range(numero + 1, 5))
        if sum(meses[: 3 * numero]) >= anual and not falta_programado:
            return trimestre
    return None


def _en(periodo: Periodo) -> dict:
    return {"fecha_fin__gte": periodo.inicio, "fecha_fin__lte": periodo.fin}


def que_cuentan() -> QuerySet[Actividad]:
    return Actividad.objects.exclude(estado=EstadoDeActividad.RECHAZADA)


def de_acciones(acciones: Iterable[Accion]) -> Q:
    """Los registros que cuentan para esas acciones: los suyos y los de sus alineadas."""
    claves = {pk for a in acciones for pk in (a.pk, *(x.pk for x in a.alineadas.all()))}
    return Q(accion__in=claves)


def actividades_del_periodo(
    periodo: Periodo, *, acciones: Iterable[Accion] = (), tipos: Iterable[str] = ()
) -> QuerySet[Actividad]:
    """Lo que un informe enlista: registros no rechazados que concluyeron en el periodo, por fecha."""
    consulta = que_cuentan().filter(**_en(periodo))
    if acciones:
        consulta = consulta.filter(de_acciones(acciones))
    if tipos:
        consulta = consulta.filter(tipo__clave__in=list(tipos))
    return con_todo(consulta).prefetch_related("organismos__nombres").order_by("fecha_inicio", "pk")


def con_todo(consulta: QuerySet[Actividad]) -> QuerySet[Actividad]:
    return consulta.select_related("accion__eje__programa", "tipo", "organo", "capturo", "valido").prefetch_related(
        "organismos", "cifras"
    )


def actividades() -> QuerySet[Actividad]:
    """La lista de la bitácora, con cuánta evidencia tiene cada registro."""
    return con_todo(Actividad.objects.annotate(cuantas_evidencias=Count("evidencias", distinct=True)))


def por_validar() -> QuerySet[Actividad]:
    return actividades().filter(estado=EstadoDeActividad.BORRADOR).order_by("fecha_fin", "pk")


def metas() -> QuerySet[Meta]:
    return Meta.objects.select_related("accion__eje__programa").order_by(
        "-accion__eje__programa__anio",
        "accion__eje__programa__clave",
        "accion__eje__numero",
        "accion__inciso",
        "trimestre",
    )


def programas() -> QuerySet[Programa]:
    return Programa.objects.select_related("area", "comision", "acuerdo")


def programas_de(anio: int) -> QuerySet[Programa]:
    return programas().filter(anio=anio).order_by("tipo")


def acciones() -> QuerySet[Accion]:
    return (
        Accion.objects.select_related("eje__programa", "area_responsable")
        .prefetch_related("metas", Prefetch("alineadas", Accion.objects.select_related("eje__programa")))
        .order_by("-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso")
    )


def accion_por_clave(clave: str) -> Accion:
    """La acción de ``pat-2020:1A``; ``Accion.DoesNotExist`` si no la hay."""
    programa, _, numeral = clave.partition(":")
    # «1A», o «1.2» cuando el inciso es un número: lo mismo que escribe ``Accion.numeral``.
    partes = re.fullmatch(r"(\d{1,2})(?:\.(\d\w*)|([A-Z]\w*))", numeral.strip().upper())
    if partes:
        accion = (
            acciones()
            .filter(eje__programa__clave=programa.strip(), eje__numero=partes[1], inciso=partes[2] or partes[3])
            .first()
        )
        if accion is not None:
            return accion
    raise Accion.DoesNotExist(f"No existe la acción «{clave}».")


def sin_captura(anio: int, mes: int) -> list[Accion]:
    """Acciones de planes aprobados programadas ese mes para las que nadie ha registrado nada en él."""
    con_registro = set(
        que_cuentan().filter(fecha_fin__year=anio, fecha_fin__month=mes).order_by().values_list("accion_id", flat=True)
    )
    vigentes = acciones().filter(
        eje__programa__anio=anio, eje__programa__estado=EstadoDePrograma.APROBADO, fuente=BITACORA
    )
    return [
        a for a in vigentes if _programada_en(a, mes) and not con_registro & {a.pk, *(x.pk for x in a.alineadas.all())}
    ]


def _programada_en(accion: Accion, mes: int) -> bool:
    """Por su cronograma de meses; si no lo tiene, por la meta del trimestre."""
    if accion.meses:
        return mes in accion.meses
    return any(m.trimestre == (mes + 2) // 3 and m.cantidad for m in accion.metas.all())


def anios() -> list[int]:
    return list(Programa.objects.order_by("-anio").values_list("anio", flat=True).distinct())
