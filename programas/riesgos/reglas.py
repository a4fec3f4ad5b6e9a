"""Preguntas sobre riesgos, contestadas con razones."""

from collections.abc import Iterable
from datetime import date

from programas.metas.consultas import cerrados
from programas.metas.reglas import por_que_cerrado
from programas.models import Accion, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.palabras import capitaliza, enumera
from vinculacion.nucleo.periodos import Trimestre

from .consultas import severidad


def impedimentos_para_escribir(registro: Riesgo | Tratamiento | SeguimientoDeRiesgo) -> list[str]:
    """Los de un plan cerrado."""
    riesgo = registro if isinstance(registro, Riesgo) else registro.riesgo
    return impedimentos_para_planear(riesgo.programa)


def impedimentos_para_ligar(
    riesgo: Riesgo, acciones: Iterable[Accion] | None, supuestos: Iterable[Supuesto] | None
) -> dict[str, list[str]]:
    """Un riesgo amenaza a acciones y supuestos de su propio programa; el error va en su campo."""
    faltas = {
        "acciones": [
            f"«{a.clave}» es de otro programa." for a in acciones or () if a.eje.programa_id != riesgo.programa_id
        ],
        "supuestos": [
            f"«{s.clave}» es de otro programa." for s in supuestos or () if s.programa_id != riesgo.programa_id
        ],
    }
    return {campo: razones for campo, razones in faltas.items() if razones}


def advertencias_de_riesgo(riesgo: Riesgo) -> list[str]:
    """Lo que puede ser cierto pero suele ser una errata."""
    inicial, residual = riesgo.nivel_inicial, riesgo.nivel_residual
    if residual and residual > inicial:
        return [
            f"El nivel residual ({residual}, {severidad(residual).texto.lower()}) es mayor que el inicial "
            f"({inicial}, {severidad(inicial).texto.lower()}): el tratamiento habría empeorado el riesgo."
        ]
    return []


def impedimentos_del_tratamiento(tratamiento: Tratamiento, hoy: date) -> dict[str, str]:
    if tratamiento.concluido_el and tratamiento.concluido_el > hoy:
        return {"concluido_el": "Esa fecha todavía no llega."}
    return {}


def impedimentos_para_seguir(riesgo: Riesgo, trimestre: int, hoy: date) -> list[str]:
    """Un trimestre que no empieza o que ya se informó no admite notas."""
    cual = Trimestre(riesgo.programa.anio, trimestre)
    if cual.inicio > hoy:
        return [f"El {cual} todavía no empieza."]
    candado = cerrados(riesgo.programa).get(trimestre)
    return [por_que_cerrado(candado)] if candado else []


def impedimentos_para_eliminar(registro: Riesgo | Tratamiento | SeguimientoDeRiesgo, hoy: date) -> list[str]:
    if razones := impedimentos_para_escribir(registro):
        return razones
    if isinstance(registro, SeguimientoDeRiesgo):
        return impedimentos_para_seguir(registro.riesgo, registro.trimestre, hoy)
    return cuelga_de(registro) if isinstance(registro, Riesgo) else []


def cuelga_de(riesgo: Riesgo) -> list[str]:
    """Lo que hay que borrar antes, nombrado."""
    tratamientos = [
        f"{riesgo.numero}.{n}" for n in riesgo.tratamientos.order_by("numero").values_list("numero", flat=True)
    ]
    notas = [f"{n}T" for n in riesgo.seguimientos.order_by("trimestre").values_list("trimestre", flat=True)]
    razones = []
    if tratamientos:
        razones.append(
            f"Tiene {'tratamientos' if len(tratamientos) > 1 else 'un tratamiento'}: {enumera(tratamientos)}."
        )
    if notas:
        razones.append(f"Tiene {'notas' if len(notas) > 1 else 'una nota'} de seguimiento: {enumera(notas)}.")
    return [capitaliza(r) for r in razones]
