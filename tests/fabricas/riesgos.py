"""Riesgos de prueba, hechos por las acciones de la sala."""

from datetime import date

from programas.estados import Escala, RespuestaAlRiesgo
from programas.models import Programa, Riesgo, SeguimientoDeRiesgo, Tratamiento
from programas.riesgos import acciones
from tests.fabricas import programas as de_programas


def riesgo(de: Programa | None = None, *, acciones_=None, supuestos=None, **datos) -> Riesgo:
    """``riesgo(programa, probabilidad=2, impacto=3)``; toma el número que sigue."""
    de = de or de_programas.programa(2021)
    numero = de.riesgos.count() + 1
    base = {
        "numero": numero,
        "nombre": f"Riesgo {numero}",
        "probabilidad": Escala.MEDIO,
        "impacto": Escala.ALTO,
        "respuesta": RespuestaAlRiesgo.REDUCIR,
    }
    return acciones.guardar_riesgo(
        riesgo=Riesgo(programa=de, **{**base, **datos}), acciones=acciones_, supuestos=supuestos, por=None
    )


def tratamiento(de: Riesgo | None = None, **datos) -> Tratamiento:
    """De enero a julio del año del programa."""
    de = de or riesgo()
    anio = de.programa.anio
    base = {
        "numero": de.tratamientos.count() + 1,
        "descripcion": "Calendario de trabajo con responsables",
        "inicio": date(anio, 1, 1),
        "termino": date(anio, 7, 31),
    }
    return acciones.guardar_tratamiento(tratamiento=Tratamiento(riesgo=de, **{**base, **datos}), por=None)


def seguimiento(de: Riesgo | None = None, trimestre: int = 1, **datos) -> SeguimientoDeRiesgo:
    base = {"nota": "Sin cambios en el trimestre"}
    return acciones.guardar_seguimiento(
        seguimiento=SeguimientoDeRiesgo(riesgo=de or riesgo(), trimestre=trimestre, **{**base, **datos}), por=None
    )
