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
from decimal import Decimal
from enum import Enum

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from vinculacion.nucleo.fuentes import BITACORA
from vinculacion.nucleo.memoria import memoria, recordada, recordando
from vinculacion.nucleo.periodos import Periodo, Trimestre

from .estados import EstadoDeActividad, EstadoDePrograma
from .models import Accion, Actividad, Candado, Eje, Meta, Programa
from .origenes import Origen, borradores_de, unidades_de

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
    if trimestre.fin <= fecha or cuenta.alcanzado >= cuenta.programado:
        return semaforo(cuenta.programado, cuenta.alcanzado)
    return Semaforo.EN_CURSO if trimestre.inicio <= fecha else Semaforo.POR_INICIAR


def cortes_concluidos(anio: int, fecha: date) -> int:
    """Cuántos trimestres de ``anio`` han terminado en ``fecha``; el que termina ese día, también: ahí se corta su informe."""
    return sum(1 for n in range(1, 5) if Trimestre(anio, n).fin <= fecha)


@dataclass(frozen=True)
class AvanceDeAccion:
    """Una acción con sus cuentas del año: lo suyo, lo de sus alineadas o lo de su fuente."""

    accion: Accion
    avance: Avance
    meses: tuple[int, ...]  # unidades alcanzadas de enero a diciembre
    por_validar: int = 0  # registros que ya suman y Dirección no ha visto

    @property
    def cumplido(self) -> Decimal | None:
        """Porciento de la meta del año, cuando mucho 100; ``None`` si el plan no le da cantidad."""
        anual = self.avance.anual
        return min(Decimal(anual.alcanzado) / anual.programado, Decimal(1)) * 100 if anual.programado else None

    def al_corriente(self, fecha: date) -> Decimal | None:
        """Porciento, cuando mucho 100, de lo programado en los trimestres concluidos; ``None`` si no hay qué exigir."""
        exigible = self.avance.acumulado(cortes_concluidos(self.accion.eje.programa.anio, fecha)).programado
        if not exigible:
            return None
        return min(Decimal(self.avance.anual.alcanzado) / exigible, Decimal(1)) * 100

    def cubierto(self, trimestre: int) -> bool:
        """Si ya alcanzó una meta que el plan no repartió por mes: en cuál se hizo da lo mismo."""
        sin_repartir = any(m.trimestre == trimestre and m.cantidad and m.meses is None for m in self.accion.metas.all())
        return sin_repartir and self.avance.trimestres[trimestre - 1].diferencia >= 0

    def luz(self, fecha: date) -> Semaforo:
        if self.accion.programado is None:
            return Semaforo.SIN_CANTIDAD
        return self.avance.luz(self.accion.eje.programa.anio, fecha)


@dataclass(frozen=True)
class AvanceDeEje:
    """Un eje y sus acciones, cada una con su propia unidad de medida: por eso no se suman."""

    eje: Eje
    acciones: tuple[AvanceDeAccion, ...]

    def al_corriente(self, fecha: date) -> Decimal | None:
        return ponderado((a.accion.peso, a.al_corriente(fecha)) for a in self.acciones)

    def luz(self, fecha: date) -> Semaforo:
        return luz_conjunta([a.luz(fecha) for a in self.acciones], self.al_corriente(fecha))


def luz_del_programa(ejes: Iterable[AvanceDeEje], fecha: date) -> Semaforo:
    con_acciones = [e for e in ejes if e.acciones]
    return luz_conjunta(
        [e.luz(fecha) for e in con_acciones], ponderado((e.eje.peso, e.al_corriente(fecha)) for e in con_acciones)
    )


def luz_conjunta(luces: list[Semaforo], al_corriente: Decimal | None) -> Semaforo:
    """La de varias acciones o ejes, que no se miden en lo mismo.

    Si todas las que tienen cantidad dicen lo mismo, ésa; si no, por el promedio pesado de lo que
    llevan de lo exigible, con los umbrales de la casa.
    """
    con_meta = {luz for luz in luces if luz not in (Semaforo.SIN_CANTIDAD, Semaforo.SIN_META)}
    if not con_meta:
        return Semaforo.SIN_CANTIDAD if Semaforo.SIN_CANTIDAD in luces else Semaforo.SIN_META
    if len(con_meta) == 1:
        return con_meta.pop()
    if al_corriente is not None:
        if al_corriente >= VERDE:
            return Semaforo.VERDE
        return Semaforo.AMBAR if al_corriente >= AMBAR else Semaforo.ROJO
    return Semaforo.EN_CURSO if Semaforo.EN_CURSO in con_meta else Semaforo.VERDE


def ponderado(partes: Iterable[tuple[int | None, Decimal | None]]) -> Decimal | None:
    """El promedio pesado de los valores que hay; sin pesos, todos pesan igual. ``None`` si no hay ninguno."""
    partes = list(partes)
    hay_pesos = any(peso for peso, _ in partes)
    sumandos = [((peso or 0) if hay_pesos else 1, valor) for peso, valor in partes if valor is not None]
    total = sum(peso for peso, _ in sumandos)
    return sum((peso * valor for peso, valor in sumandos), Decimal(0)) / total if total else None


def avance(programa: Programa, hasta: date | None = None) -> list[AvanceDeEje]:
    """Acción × trimestre de un plan, en un número fijo de consultas; con ``hasta``, como estaba ese día."""
    acciones = list(
        Accion.objects.filter(eje__programa=programa)
        .select_related("eje", "eje__programa__area", "area_responsable")
        .prefetch_related("metas", "alineadas")
        .order_by("eje__numero", "inciso")
    )
    por_eje: dict[int, list[AvanceDeAccion]] = defaultdict(list)
    for renglon in avances_de(acciones, programa.anio, hasta):
        por_eje[renglon.accion.eje_id].append(renglon)
    return [
        AvanceDeEje(eje, tuple(por_eje[eje.pk]))
        for eje in programa.ejes.order_by("numero")  # la relación ya sabe quién es su programa
    ]


def avances_de(acciones: list[Accion], anio: int, hasta: date | None = None) -> list[AvanceDeAccion]:
    """El avance de cada acción en ``anio``; espera ``metas`` y ``alineadas`` ya traídas."""
    with memoria():  # las unidades y lo que falta validar salen de las mismas sumas
        por_mes = unidades_por_mes(acciones, anio, hasta)
        pendientes = _por_validar(acciones, anio, hasta)
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


def unidades_por_mes(acciones: list[Accion], anio: int, hasta: date | None = None) -> dict[int, list[int]]:
    """Unidades de enero a diciembre por acción; espera ``alineadas`` ya traídas."""
    de = {a.pk: origenes(a) for a in acciones}
    propias = unidades_por_origen(set().union(*de.values()), anio, hasta)
    resultado = {}
    for pk, suyos in de.items():
        meses = [0] * 12
        for origen in suyos:
            for fecha, cuantas in propias[origen]:
                meses[fecha.month - 1] += cuantas
        resultado[pk] = meses
    return resultado


def informado(acciones: Iterable[int]) -> dict[tuple[Accion, Candado], int]:
    """(acción, candado) → unidades que alcanzó en un trimestre de su plan que ya se informó."""
    cuentas = {}
    candados = Candado.objects.filter(cerrado=True).select_related("programa")
    cerrados = list(candados.filter(programa__ejes__acciones__in=list(acciones)).distinct())
    for programa in {c.programa for c in cerrados}:
        suyas = list(
            Accion.objects.filter(pk__in=acciones, eje__programa=programa)
            .select_related("eje__programa")
            .prefetch_related("alineadas")
        )
        meses = unidades_por_mes(suyas, programa.anio)
        for candado in (c for c in cerrados if c.programa == programa):
            for accion in suyas:
                del_trimestre = meses[accion.pk][3 * candado.trimestre - 3 : 3 * candado.trimestre]
                cuentas[accion, candado] = sum(del_trimestre)
    return cuentas


def origenes(accion: Accion) -> set[Origen]:
    """De dónde salen sus unidades: sus registros, los de sus alineadas y las otras fuentes; cada uno, una vez."""
    return {a.pk if a.fuente == BITACORA else a.fuente for a in (accion, *accion.alineadas.all())}


def unidades_por_origen(de: set[Origen], anio: int, hasta: date | None = None) -> dict[Origen, list[tuple[date, int]]]:
    """Pares (fecha, unidades) de cada origen en ``anio``; con ``hasta``, como estaba ese día.

    Una consulta para la bitácora, que ya suma por día, y una por cada fuente distinta.
    """
    dias = _hasta(anio, hasta)
    return {origen: [] for origen in de} if dias is None else unidades_de(de, dias)


def _hasta(anio: int, fecha: date | None) -> Periodo | None:
    """Los días de ``anio`` que ya pasaron en ``fecha``; ``None`` si el año no había empezado."""
    entero = Periodo.anual(anio)
    if fecha is None or fecha >= entero.fin:
        return entero
    return Periodo(entero.inicio, fecha) if fecha >= entero.inicio else None


def _por_validar(acciones: list[Accion], anio: int, hasta: date | None = None) -> dict[int, int]:
    """Cuántos de los registros que suman a cada acción siguen en borrador."""
    de = {a.pk: {o for o in origenes(a) if isinstance(o, int)} for a in acciones}
    dias = _hasta(anio, hasta)
    if dias is None:
        return dict.fromkeys(de, 0)
    cuentas = borradores_de(set().union(*de.values()), dias)
    return {pk: sum(cuentas.get(o, 0) for o in suyos) for pk, suyos in de.items()}


def unidades(acciones: Iterable[Accion], periodo: Periodo) -> int:
    """Las que concluyeron en ``periodo``, de la bitácora o de otra fuente; lo que dos acciones comparten, una vez."""
    de = {origen for accion in acciones for origen in origenes(accion)}
    return sum(n for pares in unidades_de(de, periodo).values() for _, n in pares)


def hay_registros(accion: Accion, periodo: Periodo) -> bool:
    """Si algo suyo o de sus alineadas concluyó en ``periodo``, en la bitácora o en su fuente."""
    de = origenes(accion) | {a.pk for a in (accion, *accion.alineadas.all())}
    return any(unidades_de(de, periodo).values())


def trimestre_en_que_se_cumplio(accion: Accion, antes_de: date) -> Trimestre | None:
    """El trimestre, terminado antes de ``antes_de``, en que se alcanzó toda la meta del año.

    Sólo si de ahí en adelante no hay nada programado: lo que falta por hacer no está cumplido.
    """
    metas = {m.trimestre: m.cantidad for m in accion.metas.all()}
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


def que_cuentan_en(periodo: Periodo) -> QuerySet[Actividad]:
    return que_cuentan().filter(**_en(periodo))


def pks_que_cuentan(acciones: Iterable[Accion]) -> set[int]:
    """Las acciones cuyos registros cuentan para ésas: ellas y sus alineadas."""
    return {pk for a in acciones for pk in (a.pk, *(x.pk for x in a.alineadas.all()))}


def de_acciones(acciones: Iterable[Accion]) -> Q:
    return Q(accion__in=pks_que_cuentan(acciones))


def actividades_del_periodo(
    periodo: Periodo, *, acciones: Iterable[Accion] = (), tipos: Iterable[str] = ()
) -> QuerySet[Actividad]:
    """Lo que un informe enlista: registros no rechazados que concluyeron en el periodo, por fecha."""
    consulta = que_cuentan_en(periodo)
    if acciones:
        consulta = consulta.filter(de_acciones(acciones))
    if tipos:
        consulta = consulta.filter(tipo__clave__in=list(tipos))
    return con_todo(consulta).prefetch_related("organismos__nombres").order_by("fecha_inicio", "pk")


@recordada
def registros_del_periodo(
    periodo: Periodo, acciones: tuple[Accion, ...] = (), tipos: tuple[str, ...] = ()
) -> list[Actividad]:
    """Lo mismo, ya leído: lo que una frase cuenta y la tabla enlista se consulta una vez."""
    return list(actividades_del_periodo(periodo, acciones=acciones, tipos=tipos))


def con_todo(consulta: QuerySet[Actividad]) -> QuerySet[Actividad]:
    return consulta.select_related("accion__eje__programa", "tipo", "organo", "capturo", "valido").prefetch_related(
        "organismos", "cifras"
    )


def actividades() -> QuerySet[Actividad]:
    """La lista de la bitácora, con cuánta evidencia tiene cada registro."""
    # Aparte y no en grupo: así sólo se cuenta la de los renglones que se enseñan.
    suya = Actividad.objects.filter(pk=OuterRef("pk")).order_by().values("pk").annotate(n=Count("evidencias"))
    return con_todo(Actividad.objects.annotate(cuantas_evidencias=Subquery(suya.values("n"))))


def por_validar(periodo: Periodo | None = None) -> QuerySet[Actividad]:
    """Los borradores; con ``periodo``, los que concluyeron en él."""
    borradores = actividades().filter(estado=EstadoDeActividad.BORRADOR).order_by("fecha_fin", "pk")
    return borradores if periodo is None else borradores.filter(**_en(periodo))


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
        Accion.objects.select_related("eje__programa__area", "area_responsable")
        .prefetch_related("metas", Prefetch("alineadas", Accion.objects.select_related("eje__programa")))
        .order_by("-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso")
    )


def accion_por_clave(clave: str) -> Accion:
    """La acción de ``pat-2020:1A``; ``Accion.DoesNotExist`` si no la hay."""
    programa, _, numeral = clave.partition(":")
    # «1A», o «1.2» cuando el inciso es un número: lo mismo que escribe ``Accion.numeral``.
    partes = re.fullmatch(r"(\d{1,2})(?:\.(\d\w*)|([A-Z]\w*))", numeral.strip().upper())
    if partes:
        eje, inciso = int(partes[1]), partes[2] or partes[3]
        accion = (
            _acciones_del_programa(programa.strip()).get((eje, inciso))
            if recordando()
            else (acciones().filter(eje__programa__clave=programa.strip(), eje__numero=eje, inciso=inciso).first())
        )
        if accion is not None:
            return accion
    raise Accion.DoesNotExist(f"No existe la acción «{clave}».")


@recordada
def _acciones_del_programa(clave: str) -> dict[tuple[int, str], Accion]:
    return {(a.eje.numero, a.inciso): a for a in acciones().filter(eje__programa__clave=clave)}


def sin_captura(anio: int, mes: int) -> list[Accion]:
    """Acciones de planes aprobados programadas ese mes para las que nadie ha registrado nada en él.

    Una meta del trimestre que no se repartió por mes y ya se alcanzó no debe nada en los meses que le quedan.
    """
    dias = Periodo.mes(anio, mes)
    vigentes = acciones().filter(
        eje__programa__anio=anio, eje__programa__estado=EstadoDePrograma.APROBADO, fuente=BITACORA
    )
    tocan = [a for a in vigentes if mes in meses_programados(a)]
    con_registro = set(que_cuentan_en(dias).order_by().values_list("accion_id", flat=True))
    faltan = []
    for renglon in avances_de(tocan, anio, dias.fin):
        accion, trimestre = renglon.accion, (mes + 2) // 3
        cubierta = renglon.cubierto(trimestre)
        registrada = renglon.meses[mes - 1] or con_registro & {accion.pk, *(x.pk for x in accion.alineadas.all())}
        if not cubierta and not registrada:
            faltan.append(accion)
    return faltan


def meses_programados(accion: Accion) -> dict[int, int | None]:
    """Mes → cuánto toca en él; ``None`` si el plan dice cuándo y no cuánto. Espera ``metas`` ya traídas.

    Manda el reparto por mes de la meta; si no lo hay, el cronograma de la acción, y al final
    los tres meses del trimestre que tiene meta.
    """
    meses: dict[int, int | None] = dict.fromkeys(accion.meses)
    for meta in accion.metas.all():
        suyos = range(3 * meta.trimestre - 2, 3 * meta.trimestre + 1)
        if meta.meses is not None:
            for mes, cuanto in zip(suyos, meta.meses, strict=True):
                meses.pop(mes, None)
                if cuanto:
                    meses[mes] = cuanto
        elif meta.cantidad and not accion.meses:
            meses.update(dict.fromkeys(suyos))
    return dict(sorted(meses.items()))


def anios() -> list[int]:
    return list(Programa.objects.order_by("-anio").values_list("anio", flat=True).distinct())
