"""Lo que se escribe en la matriz de indicadores.

Todas reciben ``por``, quien actúa, y lo dejan en la historia. ``ValidationError`` lleva los errores
por campo.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programas.estados import OrigenDeVariable
from programas.models import (
    Accion,
    AjusteDeTiempo,
    DatoDeVariable,
    Explicacion,
    Indicador,
    Supuesto,
    Variable,
)
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.modelos import borra, firma, guarda
from vinculacion.nucleo.periodos import hoy

from . import consultas, reglas

CAMPOS = ("papel", "simbolo", "nombre", "origen", "cifra", "parametros", "valor", "orden")


def _exigir(razones) -> None:
    if razones:
        raise ValidationError(razones)


@transaction.atomic
def guardar_supuesto(*, supuesto: Supuesto, por) -> Supuesto:
    _exigir(impedimentos_para_planear(supuesto.programa))
    if supuesto.pk and Supuesto.objects.get(pk=supuesto.pk).programa_id != supuesto.programa_id:
        raise ValidationError({"programa": "Un supuesto no se pasa a otro programa."})
    return guarda(supuesto, por)


# -- indicadores -------------------------------------------------------------------
@transaction.atomic
def guardar_indicador(
    *,
    indicador: Indicador,
    por,
    supuestos: Iterable[Supuesto] | None = None,
    variables: Iterable[Mapping[str, Any]] | None = None,
) -> Indicador:
    """Guarda el indicador y, si se dan, sus supuestos y sus variables; ``None`` los deja como están.

    Cada variable es un diccionario: ``papel, simbolo, nombre, origen, acciones, cifra, parametros,
    valor`` y, para renombrar una que ya existe, ``pk``. Las que ya no vienen se quitan; el orden es el de
    la lista. Los errores de una variable llevan la llave ``variables-<n>-<campo>`` (n desde 0, como en
    un formset); los del conjunto, ``variables``.
    """
    _exigir(impedimentos_para_planear(indicador.programa))
    _exigir(reglas.impedimentos_para_cambiar(indicador))
    with _sin_cambiar_lo_informado(indicador):
        guarda(indicador, por)
        if supuestos is not None:
            _dejar_supuestos(indicador, list(supuestos), por)
        if variables is not None:
            _dejar_variables(indicador, list(variables), por)
    indicador._prefetched_objects_cache = {}
    return indicador


@contextmanager
def _sin_cambiar_lo_informado(indicador: Indicador) -> Iterator[None]:
    """Ni la fórmula, ni los umbrales, ni las variables cambian lo que midió un trimestre cerrado."""
    antes = consultas.informado(indicador, hoy()) if indicador.pk else {}
    yield
    if antes:
        _exigir(reglas.impedimentos_por_informado(antes, consultas.informado(indicador, hoy())))


def _dejar_supuestos(indicador: Indicador, supuestos: list[Supuesto], por) -> None:
    if razones := reglas.impedimentos_de_supuestos(indicador, supuestos):
        raise ValidationError({"supuestos": razones})
    if {s.pk for s in supuestos} != set(indicador.supuestos.values_list("pk", flat=True)):
        firma(indicador, por)
        indicador.supuestos.set(supuestos)


# -- variables ---------------------------------------------------------------------
@transaction.atomic
def guardar_variable(*, variable: Variable, por, acciones: Iterable[Accion] | None = None) -> Variable:
    """Una sola variable, como llega de una hoja de cálculo; su indicador puede estar todavía incompleto."""
    _exigir(impedimentos_para_planear(variable.indicador.programa))
    if variable.pk and Variable.objects.get(pk=variable.pk).indicador_id != variable.indicador_id:
        raise ValidationError({"indicador": "Una variable no se pasa a otro indicador."})
    suyas = list(acciones) if acciones is not None else list(variable.acciones.all()) if variable.pk else []
    suyas = _solo_lo_suyo(variable, suyas)
    _exigir(_con_datos_y_otro_origen(variable))
    hermanas = [
        (otra, list(otra.acciones.all()))
        for otra in variable.indicador.variables.exclude(pk=variable.pk).prefetch_related(
            "acciones__alineadas", "acciones__eje__programa"
        )
    ]
    _exigir(reglas.impedimentos_de_variable(variable, suyas, hermanas))
    with _sin_cambiar_lo_informado(variable.indicador):
        guarda(variable, por)
        _dejar_acciones(variable, suyas, por)
    return variable


def _dejar_variables(indicador: Indicador, filas: list[Mapping[str, Any]], por) -> None:
    """Todas o ninguna: primero se revisan juntas, después se escriben."""
    actuales = {v.pk: v for v in indicador.variables.all()}
    antes = {pk: {campo: getattr(v, campo) for campo in CAMPOS} for pk, v in actuales.items()}
    variables = _emparejar(indicador, filas, actuales)
    quitadas = [v for v in actuales.values() if v not in variables]
    listas: list[tuple[Variable, list[Accion]]] = []
    for orden, (variable, fila) in enumerate(zip(variables, filas, strict=True), 1):
        for campo in CAMPOS:
            if campo in fila:
                setattr(variable, campo, fila[campo])
        variable.orden = orden
        acciones = fila.get("acciones")
        if acciones is None:
            acciones = variable.acciones.all() if variable.pk else []
        listas.append((variable, _solo_lo_suyo(variable, list(acciones))))
    faltas = [razon for quitada in quitadas for razon in reglas.impedimentos_para_quitar(quitada)]
    faltas += reglas.impedimentos_de_papeles(variables)
    _exigir(_errores_por_renglon(listas) | ({"variables": faltas} if faltas else {}))

    for quitada in quitadas:
        borra(quitada, por)
    # Dos que intercambian símbolo chocarían al guardar la primera: se sueltan antes.
    for n, (variable, _) in enumerate(listas):
        if variable.pk and antes[variable.pk]["simbolo"] != variable.simbolo:
            Variable.objects.filter(pk=variable.pk).update(simbolo=f"~{n}")
    for variable, acciones in listas:
        if variable.pk is None or antes[variable.pk] != {campo: getattr(variable, campo) for campo in CAMPOS}:
            guarda(variable, por)
        _dejar_acciones(variable, acciones, por)


def _emparejar(indicador: Indicador, filas: list[Mapping[str, Any]], actuales: dict[int, Variable]) -> list[Variable]:
    """La variable de cada renglón: la que dice su ``pk``, la que ya lleva su símbolo o una nueva."""
    libres = dict(actuales)
    pedidas = [libres.pop(fila.get("pk") or 0, None) for fila in filas]
    por_simbolo = {v.simbolo: v for v in libres.values()}
    return [
        pedida or por_simbolo.pop(fila.get("simbolo", ""), None) or Variable(indicador=indicador)
        for pedida, fila in zip(pedidas, filas, strict=True)
    ]


def _errores_por_renglon(listas: Sequence[tuple[Variable, Sequence[Accion]]]) -> dict[str, list[str]]:
    errores: dict[str, list[str]] = {}
    for n, (variable, acciones) in enumerate(listas):
        campos: dict[str, list[str]] = {}
        try:
            # El símbolo repetido se busca en la lista, no en la base: ahí están todavía los de antes.
            variable.full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            campos = dict(error.message_dict)
        for campo, razones in (
            *reglas.impedimentos_de_variable(variable, acciones, listas[:n]).items(),
            *_con_datos_y_otro_origen(variable).items(),
        ):
            campos.setdefault(campo, []).extend(razones)
        errores |= {f"variables-{n}-{campo}": razones for campo, razones in campos.items()}
    return errores


def _solo_lo_suyo(variable: Variable, acciones: list[Accion]) -> list[Accion]:
    """Vacía lo que no corresponde al origen: queda de cuando se había elegido otro."""
    if variable.origen != OrigenDeVariable.CIFRA:
        variable.cifra, variable.parametros = "", {}
    elif isinstance(variable.parametros, Mapping):
        variable.parametros = {nombre: valor for nombre, valor in variable.parametros.items() if valor != ""}
    if variable.origen != OrigenDeVariable.FIJO:
        variable.valor = None
    return acciones if variable.origen in reglas.CON_ACCIONES else []


def _con_datos_y_otro_origen(variable: Variable) -> dict[str, list[str]]:
    if variable.pk and variable.origen != OrigenDeVariable.DATO and variable.datos.exists():
        return {"origen": ["Ya tiene datos capturados: su origen no puede cambiar."]}
    return {}


def _dejar_acciones(variable: Variable, acciones: Sequence[Accion], por) -> None:
    if {a.pk for a in acciones} != set(variable.acciones.values_list("pk", flat=True)):
        firma(variable, por)
        variable.acciones.set(acciones)


# -- lo anotado en un periodo ----------------------------------------------------------
@transaction.atomic
def guardar_dato(*, dato: DatoDeVariable, por) -> DatoDeVariable:
    """El valor de un periodo para una variable que nadie puede calcular, con su procedencia."""
    return _anotar(dato, dato.variable.indicador, por)


@transaction.atomic
def ajustar_tiempo(*, ajuste: AjusteDeTiempo, por) -> AjusteDeTiempo:
    """Fija el Tr de un periodo, con su razón, en lugar del que se deduce de las fechas."""
    return _anotar(ajuste, ajuste.indicador, por)


@transaction.atomic
def explicar(*, explicacion: Explicacion, por) -> Explicacion:
    """Causa, acción y pronóstico de un periodo."""
    return _anotar(explicacion, explicacion.indicador, por)


def _anotar(anotado, indicador: Indicador, por):
    if anotado.pk:
        anterior = type(anotado).objects.get(pk=anotado.pk)
        _exigir(reglas.impedimentos_para_eliminar(anterior, hoy()))  # moverlo lo quita de donde estaba
    if razones := reglas.impedimentos_para_anotar(indicador, anotado.periodo, hoy()):
        raise ValidationError({"periodo": razones})
    return guarda(anotado, por)


# -- borrar --------------------------------------------------------------------------
@transaction.atomic
def eliminar(*, registro: Supuesto | Indicador | Variable | DatoDeVariable | AjusteDeTiempo | Explicacion, por) -> None:
    _exigir(reglas.impedimentos_para_eliminar(registro, hoy()))
    if isinstance(registro, Variable):
        with _sin_cambiar_lo_informado(registro.indicador):
            borra(registro, por)
    else:
        borra(registro, por)
