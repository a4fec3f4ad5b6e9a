"""El avance de un plan listo para pintarse: cada cifra con su luz y la lista de registros que la forma."""

from datetime import date

from programas import consultas
from programas.avance.enlaces import registros_de
from programas.models import Programa
from programas.reglas import cuenta_de_otra_fuente
from vinculacion.nucleo.palabras import enumera, mes
from vinculacion.nucleo.periodos import Periodo, Trimestre


def renglones(programa: Programa, fecha: date) -> list[dict]:
    ejes = []
    for eje in consultas.avance(programa):
        ejes.append(
            {
                "eje": eje.eje,
                "filas": [_fila(r, programa.anio, fecha) for r in eje.acciones],
                "luz": eje.luz(fecha),
            }
        )
    return ejes


def meses_escritos(meses: list[int]) -> str:
    """«enero a marzo», «febrero y mayo», «todo el año»."""
    meses = sorted(meses)
    if len(meses) == 12:
        return "todo el año"
    if len(meses) > 2 and meses[-1] - meses[0] == len(meses) - 1:
        return f"{mes(meses[0])} a {mes(meses[-1])}"
    return enumera([mes(m) for m in meses])


def _fila(renglon: consultas.AvanceDeAccion, anio: int, fecha: date) -> dict:
    celdas = []
    for numero, cuenta in enumerate(renglon.avance.trimestres, 1):
        trimestre = Trimestre(anio, numero)
        celdas.append(
            {
                "cuenta": cuenta,
                "acumulado": renglon.avance.acumulado(numero),
                "trimestre": numero,
                "nombre": str(trimestre),
                "luz": consultas.luz_del_trimestre(cuenta, trimestre, fecha),
                "url": registros_de([renglon.accion], trimestre.periodo),
            }
        )
    return {
        "accion": renglon.accion,
        "fuente": cuenta_de_otra_fuente(renglon.accion),
        "celdas": celdas,
        "anual": renglon.avance.anual,
        "por_validar": renglon.por_validar,
        "luz": renglon.luz(fecha),
        "meses": meses_escritos(renglon.accion.meses) if renglon.accion.programado is None else "",
        "url": registros_de([renglon.accion], Periodo.anual(anio)),
    }
