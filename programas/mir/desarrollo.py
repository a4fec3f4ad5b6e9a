"""Las fórmulas escritas, con símbolos y con números, para que una persona las rehaga a mano."""

from decimal import Decimal

from programas.estados import Formula, OrigenDeVariable, PapelDeVariable
from programas.models import Indicador, Variable
from vinculacion.nucleo.palabras import enumera, numero
from vinculacion.nucleo.secciones import CIFRAS

from .consultas import Medicion

FALTA = "—"
IGUAL_A = {Formula.EFICACIA: "A = ", Formula.IMPACTO: "I = ", Formula.RAZON: ""}


def cantidad(valor: Decimal | int | None, decimales: int = 4) -> str:
    """«1,765», «0.25», «0.0833»: hasta ``decimales`` y sin ceros de sobra; lo que falta, una raya."""
    if valor is None:
        return FALTA
    escrito = numero(valor, decimales)
    return escrito.rstrip("0").rstrip(".") if "." in escrito else escrito


def resultado(indicador: Indicador, valor: Decimal | None) -> str:
    """«0.75», o «83.33 %» si es un impacto."""
    escrito = cantidad(valor, 2)
    return f"{escrito} %" if valor is not None and indicador.formula == Formula.IMPACTO else escrito


def formula(indicador: Indicador) -> str:
    """«A = (L × Tp) / (M × Tr)», con los símbolos del indicador."""
    variables = list(indicador.variables.all())
    arriba = _suma([v.simbolo for v in variables if v.papel == PapelDeVariable.LOGRADO], indicador, 0)
    abajo = _suma([v.simbolo for v in variables if v.papel == PapelDeVariable.PROGRAMADO], indicador, 1)
    return _escrita(indicador, arriba, "Tp", abajo, "Tr")


def operacion(medicion: Medicion) -> str:
    """La cuenta escrita para rehacerla a mano: «A = ((3 + 1) × 0.25) / (4 × 1) = 0.25»; vacía si falta un dato."""
    if medicion.logrado is None or medicion.programado is None:
        return ""
    indicador = medicion.indicador
    arriba, abajo = (
        _suma([cantidad(valor) for v, valor in medicion.variables if v.papel == papel], indicador, n)
        for n, papel in enumerate((PapelDeVariable.LOGRADO, PapelDeVariable.PROGRAMADO))
    )
    escrita = _escrita(indicador, arriba, cantidad(medicion.tp), abajo, cantidad(medicion.tr))
    if medicion.programado == 0:
        return f"{escrita}: no hay nada programado, no se divide entre cero"
    return escrita if medicion.valor is None else f"{escrita} = {resultado(indicador, medicion.valor)}"


def _suma(sumandos: list[str], indicador: Indicador, lugar: int) -> str:
    if not sumandos:  # sin variables todavía: los símbolos de la casa
        return {Formula.EFICACIA: "LM", Formula.IMPACTO: "RO", Formula.RAZON: "ND"}[Formula(indicador.formula)][lugar]
    return f"({' + '.join(sumandos)})" if len(sumandos) > 1 else sumandos[0]


def _escrita(indicador: Indicador, arriba: str, tp: str, abajo: str, tr: str) -> str:
    match indicador.formula:
        case Formula.EFICACIA:
            cociente = f"({arriba} × {tp}) / ({abajo} × {tr})"
        case Formula.IMPACTO:
            cociente = f"{arriba} / {abajo} × 100"
        case _:
            cociente = f"{arriba} / {abajo}"
    return f"{IGUAL_A[Formula(indicador.formula)]}{cociente}"


def procedencia(variable: Variable) -> str:
    """De dónde sale, en pocas palabras: «avance de 1A y 1B», «cifra del sistema: Convenios suscritos»."""
    propio = variable.indicador.programa_id
    claves = enumera([a.numeral if a.eje.programa_id == propio else a.clave for a in variable.acciones.all()])
    match variable.origen:
        case OrigenDeVariable.AVANCE:
            return f"avance de {claves}"
        case OrigenDeVariable.META:
            return f"meta de {claves}"
        case OrigenDeVariable.ASISTENTES:
            return f"asistentes a {claves}"
        case OrigenDeVariable.CIFRA:
            cifra = CIFRAS.get(variable.cifra)
            return f"cifra del sistema: {cifra.nombre if cifra else variable.cifra}"
        case OrigenDeVariable.DATO:
            return "dato que se captura en cada periodo"
    return f"valor fijo: {cantidad(variable.valor)}"
