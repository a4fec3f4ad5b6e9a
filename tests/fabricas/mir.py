"""Indicadores de prueba, hechos por las acciones de la sala."""

from itertools import count

from programas.estados import Formula, NivelMIR
from programas.estados import OrigenDeVariable as Origen
from programas.estados import PapelDeVariable as Papel
from programas.mir import acciones
from programas.models import AjusteDeTiempo, DatoDeVariable, Explicacion, Indicador, Supuesto

from . import programas as planes

_numero = count(1)
SIMBOLOS = {Formula.EFICACIA: "LM", Formula.IMPACTO: "RO", Formula.RAZON: "ND"}


def variable(papel: str, simbolo: str, origen: str = Origen.AVANCE, **datos) -> dict:
    return {"papel": papel, "simbolo": simbolo, "nombre": f"Variable {simbolo}", "origen": origen, **datos}


def logrado(simbolo: str = "L", origen: str = Origen.AVANCE, **datos) -> dict:
    return variable(Papel.LOGRADO, simbolo, origen, **datos)


def programado(simbolo: str = "M", origen: str = Origen.META, **datos) -> dict:
    return variable(Papel.PROGRAMADO, simbolo, origen, **datos)


def supuesto(de=None, **datos) -> Supuesto:
    base = {"clave": f"S{next(_numero)}", "texto": "Hay recursos financieros, humanos y materiales"}
    return acciones.guardar_supuesto(supuesto=Supuesto(programa=de or planes.programa(), **{**base, **datos}), por=None)


def indicador(de=None, accion=None, *, supuestos=None, variables=None, **datos) -> Indicador:
    """Sin ``variables``, mide el avance de ``accion`` contra su meta; con ``variables=()``, queda sin ninguna."""
    if de is None:
        de = accion.eje.programa if accion else planes.programa()
    n = next(_numero)
    base = {"clave": f"A{n}", "nivel": NivelMIR.ACTIVIDAD, "resumen": f"Resumen {n}", "nombre": f"Indicador {n}"}
    nuevo = Indicador(programa=de, **{**base, **datos})
    if nuevo.formula == Formula.IMPACTO and "meta" not in datos:
        nuevo.meta = 100
    if variables is None:
        accion = accion or planes.accion(planes.eje(de), metas={1: 4})
        arriba, abajo = SIMBOLOS[nuevo.formula]
        variables = [logrado(arriba, acciones=[accion]), programado(abajo, acciones=[accion])]
    return acciones.guardar_indicador(indicador=nuevo, supuestos=supuestos, variables=variables or None, por=None)


def dato(de, periodo: int = 1, valor=1, **datos) -> DatoDeVariable:
    base = {"procedencia": "Un oficio"}
    return acciones.guardar_dato(
        dato=DatoDeVariable(variable=de, periodo=periodo, valor=valor, **{**base, **datos}), por=None
    )


def ajuste(de: Indicador, periodo: int = 1, tr="0.5", **datos) -> AjusteDeTiempo:
    base = {"razon": "Se pospuso por la emergencia sanitaria"}
    return acciones.ajustar_tiempo(
        ajuste=AjusteDeTiempo(indicador=de, periodo=periodo, tr=tr, **{**base, **datos}), por=None
    )


def explicacion(de: Indicador, periodo: int = 1, **datos) -> Explicacion:
    base = {"causa": "No hubo contraparte", "medida": "Reagendar", "pronostico": "En mayo se alcanza"}
    return acciones.explicar(explicacion=Explicacion(indicador=de, periodo=periodo, **{**base, **datos}), por=None)
