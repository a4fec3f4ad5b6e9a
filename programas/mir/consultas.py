"""Los valores de la matriz de indicadores, calculados de los registros.

Se mide en un **corte**: cuenta lo ocurrido hasta ese día, inclusive, y un periodo concluye cuando
su último día no pasa del corte. Lo acumulado reúne los periodos concluidos o, si todavía no hay
ninguno, el que corre: así lo que aún no se exige no se cuenta como rezago ni como rebase.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from programas.consultas import Semaforo
from programas.estados import Formula, Frecuencia, OrigenDeVariable, PapelDeVariable, Sentido
from programas.models import Accion, AjusteDeTiempo, Candado, Explicacion, Indicador, Programa, Variable
from vinculacion.nucleo import palabras
from vinculacion.nucleo.periodos import Periodo, Trimestre

from . import formulas
from .registros import Registros
from .reparto import Lote, repartir, suma

FUERA_DEL_VERDE = frozenset({Semaforo.ROJO, Semaforo.AMBAR, Semaforo.REBASADA, Semaforo.SIN_DATO})
ORDINAL_DE_PERIODO = {Frecuencia.TRIMESTRAL: "trimestre", Frecuencia.SEMESTRAL: "semestre"}


@dataclass(frozen=True)
class Medicion:
    """El valor de un indicador en un periodo (o acumulado, con ``numero`` 0) y todo lo que lo explica.

    En una eficacia: logrado = hechas − cubrieron + atrasadas. ``None`` es un dato que falta.
    """

    indicador: Indicador
    numero: int
    periodo: Periodo
    corte: date
    variables: tuple[tuple[Variable, Decimal | None], ...]
    logrado: Decimal | None
    programado: Decimal | None
    tp: Decimal | None  # sólo la eficacia lleva tiempos
    tr: Decimal | None
    ajustes: tuple[AjusteDeTiempo, ...]
    valor: Decimal | None
    cumplimiento: Decimal | None
    luz: Semaforo
    explicacion: Explicacion | None
    hechas: Decimal | None  # lo ocurrido dentro del periodo
    cubrieron: Decimal = Decimal(0)  # de eso, lo que cubrió pendientes de periodos anteriores
    atrasadas: Decimal = Decimal(0)  # lo de este periodo que se hizo después de terminado
    ultima: date | None = None  # la de la última unidad que cuenta

    @property
    def ajuste(self) -> AjusteDeTiempo | None:
        """El que fijó el Tr de este periodo; lo acumulado puede reunir varios."""
        return self.ajustes[0] if self.numero and self.ajustes else None

    @property
    def tr_deducido(self) -> Decimal | None:
        """El Tr que dan las fechas de lo contado, aunque una persona haya fijado otro."""
        return None if self.tp is None else tiempo_deducido(self.tp, self.periodo, self.ultima)

    @property
    def concluida(self) -> bool:
        return self.periodo.fin <= self.corte

    @property
    def iniciada(self) -> bool:
        return self.periodo.inicio <= self.corte

    @property
    def fuera_del_verde(self) -> bool:
        """Concluida y con un resultado que pide causa, acción y pronóstico."""
        return self.concluida and self.luz in FUERA_DEL_VERDE

    @property
    def falta_explicar(self) -> bool:
        return self.numero > 0 and self.fuera_del_verde and self.explicacion is None

    @property
    def rotulo(self) -> str:
        """«febrero», «segundo trimestre», «primer semestre», «año»; lo acumulado dice sus meses."""
        if self.numero == 0:
            return "acumulado"
        return rotulo(Frecuencia(self.indicador.frecuencia), self.numero)


@dataclass(frozen=True)
class FilaMIR:
    """Un indicador con sus mediciones del año, en orden, y lo acumulado al corte."""

    indicador: Indicador
    mediciones: tuple[Medicion, ...]
    acumulado: Medicion

    @property
    def ultima(self) -> Medicion | None:
        """La del periodo que corre en el corte o, si el año terminó, la del último."""
        iniciadas = [m for m in self.mediciones if m.iniciada]
        return iniciadas[-1] if iniciadas else None


# -- periodos --------------------------------------------------------------------
def periodos_de(indicador: Indicador) -> list[Periodo]:
    """Los periodos del año en que se mide, en orden; el número 1 es el primero."""
    anio, meses = indicador.programa.anio, 12 // indicador.periodos
    return [
        Periodo(Periodo.mes(anio, ultimo - meses + 1).inicio, Periodo.mes(anio, ultimo).fin)
        for ultimo in range(meses, 13, meses)
    ]


def rotulo(frecuencia: Frecuencia, numero: int) -> str:
    if frecuencia == Frecuencia.MENSUAL:
        return palabras.mes(numero)
    if frecuencia == Frecuencia.ANUAL:
        return "año"
    return f"{palabras.ordinal(numero, apocope=True)} {ORDINAL_DE_PERIODO[frecuencia]}"


def tiempo_deducido(tp: Decimal, periodo: Periodo, ultima: date | None) -> Decimal:
    """Tr: el planeado si todo se hizo dentro del periodo; si no, hasta la ``ultima`` unidad que cuenta."""
    if ultima is None or ultima <= periodo.fin:
        return tp
    return formulas.tiempo_real(tp, Periodo(periodo.inicio, ultima).dias, Periodo.anual(periodo.inicio.year).dias)


# -- lo que se pregunta ------------------------------------------------------------
def indicadores(programa: Programa | None = None) -> QuerySet[Indicador]:
    """Con todo lo que la matriz muestra y mide, en consultas fijas."""
    consulta = Indicador.objects.select_related(
        "programa__comision", "eje", "accion__eje__programa", "area_responsable"
    ).prefetch_related(
        "supuestos",
        "ajustes",
        "explicaciones",
        "variables__datos",
        Prefetch("variables__acciones", Accion.objects.select_related("eje__programa")),
        "variables__acciones__metas",
        "variables__acciones__alineadas",
    )
    return consulta if programa is None else consulta.filter(programa=programa)


def mediciones(programa: Programa, fecha: date) -> list[FilaMIR]:
    """Todos los indicadores de un plan al corte ``fecha``.

    Cuesta lo mismo con 1 que con 30; sólo cada cifra del sistema agrega la consulta que ella haga.
    """
    return medir(list(indicadores(programa)), fecha)


def medir(de: Sequence[Indicador], fecha: date) -> list[FilaMIR]:
    """Indicadores de un mismo programa, traídos con :func:`indicadores`."""
    if not de:
        return []
    registros = Registros(de, fecha)
    return [_Medidor(indicador, registros, fecha).fila() for indicador in de]


def informado(indicador: Indicador, fecha: date) -> dict[Candado, tuple]:
    """Candado → (logrado, programado, Tp, Tr, valor, luz) del periodo que termina en ese trimestre ya informado.

    Lo que todavía no se podía calcular no está.
    """
    cerrados = Candado.objects.filter(programa=indicador.programa_id, cerrado=True).select_related("programa")
    candados = {Trimestre(c.programa.anio, c.trimestre).fin: c for c in cerrados}
    guardado = indicadores().filter(pk=indicador.pk) if candados else ()
    return {
        candados[m.periodo.fin]: (m.logrado, m.programado, m.tp, m.tr, m.valor, m.luz)
        for fila in medir(list(guardado), fecha)
        for m in fila.mediciones
        if m.periodo.fin in candados and m.logrado is not None and m.programado is not None
    }


def sin_explicar(programas: Iterable[Programa], periodo: Periodo, fecha: date) -> list[Medicion]:
    """Mediciones de periodos que terminan dentro de ``periodo``, fuera del verde al corte y sin explicar."""
    return [
        medicion
        for programa in programas
        for fila in mediciones(programa, fecha)
        for medicion in fila.mediciones
        if medicion.periodo.fin in periodo and medicion.falta_explicar
    ]


# -- el cálculo ------------------------------------------------------------------
class _Medidor:
    """Un indicador: primero el valor de cada variable en cada periodo, luego las fórmulas."""

    def __init__(self, indicador: Indicador, registros: Registros, corte: date):
        self.indicador, self.registros, self.corte = indicador, registros, corte
        self.periodos = periodos_de(indicador)
        self.variables = list(indicador.variables.all())
        self.ajustes = {a.periodo: a for a in indicador.ajustes.all()}
        self.explicaciones = {e.periodo: e for e in indicador.explicaciones.all()}
        self.por_tiempo = indicador.formula == Formula.EFICACIA
        self.repartidas = [
            v
            for v in self.variables
            if self.por_tiempo and v.papel == PapelDeVariable.LOGRADO and v.origen == OrigenDeVariable.AVANCE
        ]
        self.sueltas = [v for v in self.variables if v not in self.repartidas]
        self.hechos: list[Lote] = registros.lotes(self.repartidas)
        self.valores = {
            v.pk: [registros.valor(v, numero, p) for numero, p in enumerate(self.periodos, 1)] for v in self.sueltas
        }
        self.contados = repartir(self.hechos, [self._pendiente(n) for n in range(len(self.periodos))], self.periodos)

    def _pendiente(self, n: int) -> Decimal:
        """Lo programado en el periodo que las variables sin reparto no cumplen por sí solas."""
        programado, otras = (
            sum((self.valores[v.pk][n] or Decimal(0) for v in self.sueltas if v.papel == papel), Decimal(0))
            for papel in (PapelDeVariable.PROGRAMADO, PapelDeVariable.LOGRADO)
        )
        return max(Decimal(0), programado - otras)

    def fila(self) -> FilaMIR:
        concluidos = sum(1 for p in self.periodos if p.fin <= self.corte)
        return FilaMIR(
            self.indicador,
            tuple(self._medicion(numero, [numero - 1]) for numero in range(1, len(self.periodos) + 1)),
            self._medicion(0, list(range(max(concluidos, 1)))),
        )

    def _medicion(self, numero: int, cuales: list[int]) -> Medicion:
        periodo = Periodo(self.periodos[cuales[0]].inicio, self.periodos[cuales[-1]].fin)
        contados = [lote for n in cuales for lote in self.contados[n]]
        variables = tuple((v, self._valor(v, cuales, periodo, contados)) for v in self.variables)
        logrado = _total(variables, PapelDeVariable.LOGRADO)
        programado = _total(variables, PapelDeVariable.PROGRAMADO)
        ajustes = tuple(self.ajustes[n + 1] for n in cuales if n + 1 in self.ajustes) if self.por_tiempo else ()
        tp = formulas.fraccion_del_anio(len(cuales), len(self.periodos)) if self.por_tiempo else None
        tr = self._tiempo_real(tp, cuales, periodo) if tp is not None else None
        valor = self._calcula(logrado, programado, tp, tr) if periodo.inicio <= self.corte else None
        porciento = formulas.cumplimiento(valor, self.indicador.meta, self.indicador.sentido)
        atrasadas = suma(lote for lote in contados if lote.fecha > periodo.fin)
        propias = suma(lote for lote in contados if lote.fecha in periodo)
        dentro = suma(lote for lote in self.hechos if lote.fecha in periodo)
        return Medicion(
            indicador=self.indicador,
            numero=numero,
            periodo=periodo,
            corte=self.corte,
            variables=variables,
            logrado=logrado,
            programado=programado,
            tp=tp,
            tr=tr,
            ajustes=ajustes,
            valor=valor,
            cumplimiento=porciento,
            luz=self._luz(periodo, variables, logrado, programado, porciento),
            explicacion=self.explicaciones.get(numero),
            hechas=None if logrado is None else logrado - atrasadas - propias + dentro,
            cubrieron=dentro - propias,
            atrasadas=atrasadas,
            ultima=max((lote.fecha for lote in contados), default=None),
        )

    def _valor(self, variable: Variable, cuales: list[int], periodo: Periodo, contados: list[Lote]) -> Decimal | None:
        if variable in self.repartidas:
            return suma(lote for lote in contados if lote.de == variable.pk)
        if variable.origen == OrigenDeVariable.CIFRA:  # de todo el tramo: quien sale en dos periodos no cuenta doble
            return self.registros.cifra(variable, periodo)
        return _suma_si_hay(self.valores[variable.pk][n] for n in cuales)

    def _tiempo_real(self, tp: Decimal, cuales: list[int], periodo: Periodo) -> Decimal:
        """El que se deduce de las fechas; cada ajuste pone o quita lo que se aparta del tiempo planeado."""
        if len(cuales) == 1 and cuales[0] + 1 in self.ajustes:
            return self.ajustes[cuales[0] + 1].tr
        por_fecha = [lote.fecha for n in cuales if n + 1 not in self.ajustes for lote in self.contados[n]]
        deducido = tiempo_deducido(tp, periodo, max(por_fecha, default=None))
        de_uno = formulas.fraccion_del_anio(1, len(self.periodos))
        apartes = (self.ajustes[n + 1].tr - de_uno for n in cuales if n + 1 in self.ajustes)
        return deducido + sum(apartes, Decimal(0))

    def _calcula(self, logrado, programado, tp, tr) -> Decimal | None:
        if logrado is None or programado is None:
            return None
        match self.indicador.formula:
            case Formula.EFICACIA:
                return formulas.eficacia(logrado, tp, programado, tr)
            case Formula.IMPACTO:
                return formulas.impacto(logrado, programado)
        return formulas.razon(logrado, programado)

    def _luz(self, periodo, variables, logrado, programado, porciento) -> Semaforo:
        if programado is None and any(_sin_cantidad(v) for v, _ in variables):
            return Semaforo.SIN_CANTIDAD
        if programado == 0:
            return Semaforo.SIN_META
        if periodo.inicio > self.corte:
            return Semaforo.POR_INICIAR
        corre = periodo.fin > self.corte
        if logrado is None or programado is None:
            return Semaforo.EN_CURSO if corre else Semaforo.SIN_DATO
        if porciento is None:
            return Semaforo.SIN_META
        nivel = luz_por_umbrales(self.indicador, porciento)
        # Lo que mejora bajando no está cumplido mientras el periodo corra: todavía puede subir.
        cumplido = nivel not in FUERA_DEL_VERDE or nivel == Semaforo.REBASADA
        if corre and (not cumplido or self.indicador.sentido == Sentido.DESCENDENTE):
            return Semaforo.EN_CURSO
        return nivel


def luz_por_umbrales(indicador: Indicador, porciento: Decimal) -> Semaforo:
    """La luz de un porciento de la meta con los umbrales del propio indicador."""
    if porciento > indicador.rebasada_desde:
        return Semaforo.REBASADA
    if porciento >= indicador.verde_desde:
        return Semaforo.VERDE
    return Semaforo.AMBAR if porciento >= indicador.ambar_desde else Semaforo.ROJO


def _sin_cantidad(variable: Variable) -> bool:
    """Pide las metas de acciones que sólo dicen en qué meses, no cuánto."""
    return variable.origen == OrigenDeVariable.META and all(a.programado is None for a in variable.acciones.all())


def _total(variables: Iterable[tuple[Variable, Decimal | None]], papel: PapelDeVariable) -> Decimal | None:
    valores = [valor for variable, valor in variables if variable.papel == papel]
    return _suma_si_hay(valores) if valores else None


def _suma_si_hay(valores: Iterable[Decimal | None]) -> Decimal | None:
    """``None`` si falta alguno: una suma incompleta no es un resultado."""
    total = Decimal(0)
    for valor in valores:
        if valor is None:
            return None
        total += valor
    return total
