"""Preguntas puras sobre la matriz de indicadores, contestadas con razones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from programas.consultas import origenes
from programas.estados import Formula, OrigenDeVariable, PapelDeVariable
from programas.metas.reglas import por_que_cerrado
from programas.models import (
    Accion,
    AjusteDeTiempo,
    Candado,
    DatoDeVariable,
    Explicacion,
    Indicador,
    Supuesto,
    Variable,
)
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.palabras import concuerda, enumera
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import CIFRAS, Contexto

from .consultas import informado, periodos_de

CON_ACCIONES = frozenset({OrigenDeVariable.AVANCE, OrigenDeVariable.META, OrigenDeVariable.ASISTENTES})
RESERVADOS = frozenset({"tp", "tr"})

Errores = dict[str, list[str]]


# -- indicadores -------------------------------------------------------------------
def impedimentos_para_cambiar(indicador: Indicador) -> Errores:
    """Lo que ya no puede cambiar de un indicador guardado, por campo."""
    if indicador.pk is None:
        return {}
    anterior = Indicador.objects.get(pk=indicador.pk)
    errores: Errores = {}
    if anterior.programa_id != indicador.programa_id:
        errores["programa"] = ["Un indicador no se pasa a otro programa."]
    if anterior.frecuencia != indicador.frecuencia and (anotado := _anotado(indicador)):
        errores["frecuencia"] = [f"Ya tiene {enumera(anotado)} por periodo: su frecuencia no puede cambiar."]
    if anterior.formula != indicador.formula and indicador.formula != Formula.EFICACIA and indicador.ajustes.exists():
        errores["formula"] = ["Ya tiene ajustes del tiempo real, que sólo lleva la eficacia."]
    return errores


def impedimentos_por_informado(antes: Mapping[Candado, tuple], despues: Mapping[Candado, tuple]) -> list[str]:
    """Los de dos :func:`consultas.informado`, de antes y después de escribir."""
    return [
        f"Cambiaría el valor ya informado. {por_que_cerrado(candado)}"
        for candado, medido in antes.items()
        if despues.get(candado) != medido
    ]


def _anotado(indicador: Indicador) -> list[str]:
    cuentas = (
        (DatoDeVariable.objects.filter(variable__indicador=indicador).count(), "dato", "datos", "m"),
        (indicador.ajustes.count(), "ajuste de tiempo", "ajustes de tiempo", "m"),
        (indicador.explicaciones.count(), "explicación", "explicaciones", "f"),
    )
    return [concuerda(n, uno, varios, genero) for n, uno, varios, genero in cuentas if n]


def impedimentos_de_supuestos(indicador: Indicador, supuestos: Iterable[Supuesto]) -> list[str]:
    return [f"«{s}» es de otro programa." for s in supuestos if s.programa_id != indicador.programa_id]


# -- variables ---------------------------------------------------------------------
def impedimentos_de_papeles(variables: Iterable[Variable]) -> list[str]:
    """Toda fórmula es un cociente: lleva algo arriba y algo abajo."""
    papeles = {v.papel for v in variables}
    return [f"Falta una variable de papel «{papel.label}»." for papel in PapelDeVariable if papel not in papeles]


def impedimentos_de_variable(
    variable: Variable, acciones: Sequence[Accion], hermanas: Iterable[tuple[Variable, Sequence[Accion]]]
) -> Errores:
    """Lo que no vale de una variable ante las demás de su indicador, por campo."""
    hermanas = list(hermanas)
    errores: Errores = {}
    if any(otra.simbolo == variable.simbolo for otra, _ in hermanas):
        errores["simbolo"] = ["Ya hay una variable con ese símbolo en el indicador."]
    elif (variable.simbolo or "").casefold() in RESERVADOS:
        errores["simbolo"] = ["Tp y Tr son los tiempos de la fórmula: use otro."]
    if variable.origen in CON_ACCIONES and (razones := _de_acciones(variable, acciones, hermanas)):
        errores["acciones"] = razones
    if variable.origen == OrigenDeVariable.CIFRA and variable.cifra:
        errores |= impedimentos_de_cifra(variable)
    if variable.origen == OrigenDeVariable.FIJO and variable.valor is not None and variable.valor < 0:
        errores["valor"] = ["No puede ser negativo."]
    return errores


def _de_acciones(variable: Variable, acciones: Sequence[Accion], hermanas) -> list[str]:
    if not acciones:
        return ["Elija al menos una acción."]
    anio = variable.indicador.programa.anio
    razones = [f"«{a}» es de un plan de {a.eje.programa.anio}." for a in acciones if a.eje.programa.anio != anio]
    if not razones:
        for otra, suyas in hermanas:
            if (otra.papel, otra.origen) != (variable.papel, variable.origen):
                continue
            ya = {o for a in suyas for o in _cuenta_de(otra, a)}
            razones += [f"«{a}» ya cuenta en {otra.simbolo}." for a in acciones if _cuenta_de(variable, a) & ya]
    return razones


def _cuenta_de(variable: Variable, accion: Accion) -> set:
    """De lo que una unidad no debe salir dos veces; las metas de dos acciones alineadas sí son distintas."""
    return {accion.pk} if variable.origen == OrigenDeVariable.META else origenes(accion)


def impedimentos_de_cifra(variable: Variable) -> Errores:
    """La cifra existe, sus parámetros son los suyos y con ellos da un número."""
    cifra = CIFRAS.get(variable.cifra)
    if cifra is None:
        return {"cifra": [f"No existe la cifra «{variable.cifra}»."]}
    parametros = variable.parametros
    if not isinstance(parametros, Mapping) or not all(isinstance(v, str) for v in parametros.values()):
        return {"parametros": ["Los parámetros son pares de nombre y texto."]}
    if any(";" in v or "\n" in v for v in parametros.values()):  # en una hoja separan un parámetro del otro
        return {"parametros": ["Separe con coma los valores de un parámetro, no con punto y coma."]}
    if ajenos := sorted(set(parametros) - set(cifra.parametros)):
        posibles = f"lleva {enumera(sorted(cifra.parametros))}" if cifra.parametros else "no lleva ninguno"
        return {"parametros": [f"Esta cifra no tiene «{', '.join(ajenos)}»: {posibles}."]}
    programa = variable.indicador.programa
    try:
        cifra.valor(Contexto(Periodo.anual(programa.anio), comision=programa.comision), parametros)
    except ValueError as error:
        return {"parametros": [f"Así no se puede calcular: {str(error).rstrip('.')}."]}
    return {}


# -- lo anotado en un periodo ----------------------------------------------------------
def impedimentos_para_anotar(indicador: Indicador, numero: int, hoy: date) -> list[str]:
    """Un dato, un ajuste o una explicación: del periodo que ya empezó y de un trimestre sin informar."""
    if razones := impedimentos_para_planear(indicador.programa):
        return razones
    periodos = periodos_de(indicador)
    if not 1 <= (numero or 0) <= len(periodos):
        return []  # de eso avisa el propio campo
    periodo = periodos[numero - 1]
    if periodo.inicio > hoy:
        return [f"Ese periodo, {periodo}, todavía no empieza."]
    candado = Candado.objects.select_related("programa").filter(
        programa=indicador.programa_id, trimestre=Trimestre.de(periodo.fin).numero, cerrado=True
    )
    return [por_que_cerrado(c) for c in candado]


# -- borrar --------------------------------------------------------------------------
def impedimentos_para_eliminar(
    registro: Supuesto | Indicador | Variable | DatoDeVariable | AjusteDeTiempo | Explicacion, hoy: date
) -> list[str]:
    """Lo que cuelga de un registro, o el trimestre cerrado que ya lo contó."""
    match registro:
        case Supuesto():
            return impedimentos_para_planear(registro.programa) or _usan(registro)
        case Indicador():
            razones = impedimentos_para_planear(registro.programa)
            if not razones and (anotado := _anotado(registro)):
                razones = [f"El indicador tiene {enumera(anotado)}: bórrelos antes."]
            return razones or [f"Ya se informó su valor. {por_que_cerrado(c)}" for c in informado(registro, hoy)]
        case Variable():
            return impedimentos_para_planear(registro.indicador.programa) or _de_quitar(registro)
        case DatoDeVariable():
            return impedimentos_para_anotar(registro.variable.indicador, registro.periodo, hoy)
        case AjusteDeTiempo() | Explicacion():
            return impedimentos_para_anotar(registro.indicador, registro.periodo, hoy)
    raise TypeError(f"La MIR no tiene registros de tipo {type(registro).__name__}.")


def _usan(supuesto: Supuesto) -> list[str]:
    usos = (
        ("indicador", "indicadores", [i.clave for i in supuesto.indicadores.all()]),
        ("riesgo", "riesgos", [str(r.numero) for r in supuesto.riesgos.all()]),
    )
    return [
        f"Lo {'usa el' if len(claves) == 1 else 'usan los'} {uno if len(claves) == 1 else varios} {enumera(claves)}."
        for uno, varios, claves in usos
        if claves
    ]


def impedimentos_para_quitar(variable: Variable) -> list[str]:
    """Una variable con datos capturados no se quita: se perderían."""
    cuantos = variable.datos.count()
    return (
        [f"La variable {variable.simbolo} tiene {concuerda(cuantos, 'dato', 'datos')}: bórrelos antes."]
        if cuantos
        else []
    )


def _de_quitar(variable: Variable) -> list[str]:
    if razones := impedimentos_para_quitar(variable):
        return razones
    return impedimentos_de_papeles(variable.indicador.variables.exclude(pk=variable.pk))
