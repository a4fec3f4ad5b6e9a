"""La matriz lista para pintarse: renglones, mapas y trimestres."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from programas.metas import consultas as de_metas
from programas.models import Riesgo, Tratamiento
from vinculacion.nucleo.periodos import Trimestre

from . import consultas
from .consultas import ESCALA, Severidad, Situacion, severidad

MATERIALIZADO, SIN_NOTA, CON_NOTA = ("Se materializó", "rojo"), ("Sin nota", "ambar"), ("Con nota", "verde")


def renglon(riesgo: Riesgo, fecha: date) -> dict[str, Any]:
    exigible = consultas.trimestre_exigible(riesgo.programa.anio, fecha)
    nota = consultas.nota_de(riesgo, exigible) if exigible else None
    return {
        "riesgo": riesgo,
        "inicial": severidad(riesgo.nivel_inicial),
        "residual": severidad(riesgo.nivel_residual),
        "empeora": (riesgo.nivel_residual or 0) > riesgo.nivel_inicial,
        "sin_tratamiento": consultas.sin_tratamiento(riesgo),
        "vencidos": sum(consultas.situacion(t, fecha) is Situacion.VENCIDO for t in riesgo.tratamientos.all()),
        "exigible": exigible,
        "nota": nota,
    }


def tratamiento(tratamiento: Tratamiento, fecha: date) -> dict[str, Any]:
    return {
        "tratamiento": tratamiento,
        "area": consultas.area_de(tratamiento),
        "luz": consultas.situacion(tratamiento, fecha),
    }


def mapas(riesgos: Iterable[Riesgo]) -> list[dict[str, Any]]:
    """Los dos cuadros como tablas: la probabilidad alta arriba, el impacto creciendo a la derecha."""
    riesgos = list(riesgos)
    cuadros = []
    for titulo, residual in (("Antes del tratamiento", False), ("Después del tratamiento", True)):
        celdas = consultas.mapa_de(riesgos, residual)
        filas = [
            {
                "probabilidad": p,
                "celdas": [{"nivel": p * i, "luz": severidad(p * i), "riesgos": celdas[p, i]} for i in ESCALA],
            }
            for p in reversed(ESCALA)
        ]
        cuadros.append({"titulo": titulo, "filas": filas, "residual": residual})
    return cuadros


def trimestres(riesgo: Riesgo, fecha: date, puede: bool) -> list[dict[str, Any]]:
    """Los cuatro del año, también los vacíos; en los cerrados y en los que no empiezan no se escribe."""
    cerrados = de_metas.cerrados(riesgo.programa)
    renglones = []
    for numero in range(1, 5):
        trimestre = Trimestre(riesgo.programa.anio, numero)
        nota = consultas.nota_de(riesgo, numero)
        empezo = trimestre.inicio <= fecha
        if nota:
            luz = Severidad(*(MATERIALIZADO if nota.se_materializo else CON_NOTA))
        elif not empezo:
            luz = Severidad("Por iniciar", "")
        else:
            luz = Severidad(*SIN_NOTA) if trimestre.fin <= fecha else Severidad("En curso", "azul")
        renglones.append(
            {
                "numero": numero,
                "nombre": str(trimestre),
                "nota": nota,
                "luz": luz,
                "observado": severidad(nota.nivel) if nota and nota.nivel else None,
                "cerrado": numero in cerrados,
                "puede": puede and empezo and numero not in cerrados,
            }
        )
    return renglones
