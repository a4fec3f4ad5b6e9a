"""Lo que la matriz de indicadores cuenta a un informe y al documento del programa."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django import forms

from programas.claves import ProgramaPorClave
from programas.estados import Formula, NivelMIR
from programas.models import Indicador, Programa
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla, Titulo
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import Contexto, seccion

from . import consultas
from .desarrollo import cantidad, formula, procedencia

# En la hoja vertical caben seis o siete columnas sin partir palabras.
DE_LA_MATRIZ = (
    Columna("Resumen narrativo", "texto", 21),
    Columna("Indicador", "texto", 18),
    Columna("Tipo y frecuencia", "texto", 12),
    Columna("Fórmula", "texto", 16),
    Columna("Medios de verificación", "texto", 14),
    Columna("Supuestos", "texto", 19),
)
DE_LOS_VALORES = (
    Columna("Indicador", "texto", 26),
    Columna("Periodo", "texto", 13),
    Columna("Logrado y programado", "texto", 15),
    Columna("Tiempos", "texto", 14),
    Columna("Resultado", "numero", 11),
    Columna("% de la meta", "numero", 9),
    Columna("Semáforo", "texto", 12),
)
DE_LAS_EXPLICACIONES = (
    Columna("Indicador", "texto", 20),
    Columna("Periodo", "texto", 13),
    Columna("Causa", "texto", 23),
    Columna("Acción", "texto", 22),
    Columna("Pronóstico", "texto", 22),
)
DURO = "\N{NO-BREAK SPACE}"
SIGLAS = (
    "L, R, N: lo logrado. M, O, D: lo programado. Tp: tiempo planeado; Tr: tiempo real; el año es 1.",
    "Acumulado: los periodos concluidos.",
)


class MIRParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")


# -- definición ------------------------------------------------------------------
@seccion("programas.mir", "Matriz de indicadores de un programa", MIRParametros)
def mir(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Los indicadores de cada nivel, con su fórmula, su meta y sus medios de verificación."""
    return bloques_mir(programa)


def bloques_mir(programa: Programa) -> list[Bloque]:
    """Un cuadro por nivel, del fin a las actividades; al pie, de dónde sale cada variable."""
    indicadores = list(consultas.indicadores(programa))
    bloques: list[Bloque] = []
    for nivel in NivelMIR:
        suyos = [i for i in indicadores if i.nivel == nivel]
        if suyos:
            bloques += [
                Titulo(nivel.label, nivel=3),
                Tabla(
                    columnas=DE_LA_MATRIZ,
                    filas=tuple(_definicion(i) for i in suyos),
                    notas=tuple(nota for i in suyos if (nota := _variables(i))),
                    combinar=(0,),
                    enlaces=tuple(i.get_absolute_url() for i in suyos),
                ),
            ]
    return bloques


def _definicion(indicador: Indicador) -> tuple[Celda, ...]:
    return (
        indicador.resumen,
        str(indicador),
        f"{indicador.get_tipo_display()}. {indicador.get_frecuencia_display()}",
        _junto(formula(indicador)),
        indicador.medios_verificacion,
        " ".join(_oracion(s.texto) for s in indicador.supuestos.all()),
    )


def _oracion(texto: str) -> str:
    return texto if texto.endswith((".", "?", "!")) else f"{texto}."


def _variables(indicador: Indicador) -> str:
    partes = [f"{v.simbolo} = {v.nombre} ({procedencia(v)})" for v in indicador.variables.all()]
    return f"{indicador.clave}: {'; '.join(partes)}." if partes else ""


# -- valores ---------------------------------------------------------------------
@seccion("programas.indicadores", "Valores de los indicadores de un programa", MIRParametros)
def indicadores(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Los periodos que terminan dentro del periodo del informe, medidos a su último día."""
    return bloques_indicadores(programa, contexto.periodo.fin, contexto.periodo.inicio)


def bloques_indicadores(programa: Programa, hasta: date, desde: date | None = None) -> list[Bloque]:
    """Los periodos concluidos entre ``desde`` (el 1.º de enero) y ``hasta``, y lo acumulado del año."""
    tramo = Periodo(min(desde or date(programa.anio, 1, 1), hasta), hasta)
    filas = [
        (fila, [m for m in fila.mediciones if m.concluida and m.periodo.fin in tramo])
        for fila in consultas.mediciones(programa, hasta)
    ]
    medidas = [m for _, suyas in filas for m in suyas]
    if not medidas:
        return []
    # Lo acumulado de un solo periodo repetiría su renglón.
    renglones = [
        m for fila, suyas in filas if suyas for m in (*suyas, *([fila.acumulado] if _acumula(fila.acumulado) else ()))
    ]
    bloques: list[Bloque] = [
        Tabla(
            columnas=DE_LOS_VALORES,
            filas=tuple(_valores(m) for m in renglones),
            notas=SIGLAS,
            combinar=(0,),
            enlaces=tuple(m.indicador.get_absolute_url() for m in renglones),
        )
    ]
    return [*bloques, *_explicaciones(medidas)]


def _acumula(acumulado: consultas.Medicion) -> bool:
    return len(acumulado.periodo.meses()) > 12 // acumulado.indicador.periodos


def _valores(medicion: consultas.Medicion) -> tuple[Celda, ...]:
    return (
        str(medicion.indicador),
        capitaliza(medicion.rotulo),
        _pares(_simbolos(medicion.indicador), (medicion.logrado, medicion.programado)),
        _pares(("Tp", "Tr"), (medicion.tp, medicion.tr)) if medicion.tp is not None else "",
        _redondo(medicion.valor, "0.01"),
        _redondo(medicion.cumplimiento, "0.1"),
        medicion.luz.texto,
    )


def _redondo(valor: Decimal | None, a: str) -> Decimal | None:
    """Un número de verdad, para que la hoja de cálculo lo sume; sin ceros de sobra."""
    if valor is None:
        return None
    redondo = valor.quantize(Decimal(a), rounding=ROUND_HALF_UP)
    return redondo.quantize(Decimal(1)) if redondo == redondo.to_integral_value() else redondo


def _simbolos(indicador: Indicador) -> tuple[str, str]:
    """Los de la fórmula, que son la suma de las variables de cada papel."""
    return {Formula.EFICACIA: ("L", "M"), Formula.IMPACTO: ("R", "O"), Formula.RAZON: ("N", "D")}[
        Formula(indicador.formula)
    ]


def _pares(simbolos: tuple[str, str], valores: tuple[Decimal | None, Decimal | None]) -> str:
    return "; ".join(_junto(f"{s} = {cantidad(valor)}") for s, valor in zip(simbolos, valores, strict=True))


def _junto(texto: str) -> str:
    """Que una columna angosta no separe un símbolo de su valor ni un factor del otro."""
    for signo in ("=", "×"):
        texto = texto.replace(f" {signo} ", f"{DURO}{signo}{DURO}")
    return texto


def _explicaciones(medidas: Iterable[consultas.Medicion]) -> list[Bloque]:
    filas = [
        (str(m.indicador), capitaliza(m.rotulo), m.explicacion.causa, m.explicacion.medida, m.explicacion.pronostico)
        for m in medidas
        if m.explicacion and m.fuera_del_verde
    ]
    if not filas:
        return []
    return [
        Tabla(
            columnas=DE_LAS_EXPLICACIONES,
            filas=tuple(filas),
            titulo="Resultados fuera de la meta: causa, acción y pronóstico",
            combinar=(0,),
        )
    ]
