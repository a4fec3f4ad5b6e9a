"""Qué impide cambiar una meta, un trimestre ya informado o los pesos; siempre con razones."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from programas.estados import EstadoDePrograma
from programas.models import META_MAXIMA, Accion, Candado, Eje, Programa
from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.palabras import fecha_corta
from vinculacion.nucleo.periodos import Trimestre

CON_REPROGRAMACION = "El plan está aprobado: sus metas cambian sólo con «Reprogramar», con su razón y su acuerdo."
CON_PESOS = "El plan está aprobado: sus pesos cambian sólo en «Pesos», con su razón."
COMO_SE_ABRE = "Para corregirlo, Dirección o Secretaría técnica lo abre en «Metas», con su razón."


# -- candados ----------------------------------------------------------------------
def por_que_cerrado(candado: Candado) -> str:
    trimestre = Trimestre(candado.programa.anio, candado.trimestre)
    return f"El {trimestre} de «{candado.programa}» está cerrado: {candado.razon.rstrip('. ')}. {COMO_SE_ABRE}"


def cerrados() -> QuerySet[Candado]:
    return Candado.objects.filter(cerrado=True).select_related("programa")


def impedimentos_por_candado(accion: Accion, fecha: date, leidos: list[Candado] | None = None) -> list[str]:
    """Un registro no cambia si concluye en un trimestre cerrado de su plan o de uno con que está alineado.

    ``leidos``: los ``cerrados`` ya traídos, para no preguntar por ellos fila por fila.
    """
    trimestre = Trimestre.de(fecha)
    if leidos is None:
        leidos = list(cerrados().filter(trimestre=trimestre.numero, programa__anio=trimestre.anio))
    suyos = [c for c in leidos if (c.programa.anio, c.trimestre) == (trimestre.anio, trimestre.numero)]
    planes = {accion.eje.programa_id}
    if any(c.programa_id not in planes for c in suyos):
        planes |= set(accion.alineadas.values_list("eje__programa", flat=True))
    return [por_que_cerrado(c) for c in suyos if c.programa_id in planes]


def impedimentos_para_abrir(programa: Programa, candado: Candado | None) -> list[str]:
    if programa.estado == EstadoDePrograma.CERRADO:
        return [f"El programa «{programa}» está cerrado: primero hay que reabrirlo."]
    if candado is None or not candado.cerrado:
        return ["El trimestre ya está abierto."]
    return []


def impedimentos_para_cerrar_otra_vez(candado: Candado | None) -> list[str]:
    """La primera vez lo cierra la aprobación de su informe; a mano sólo se cierra lo que se abrió."""
    if candado is None:
        return ["El trimestre se cierra solo cuando se aprueba su informe."]
    return ["El trimestre ya está cerrado."] if candado.cerrado else []


# -- metas -------------------------------------------------------------------------
def faltas_de_metas(metas: Mapping[int, Any]) -> dict[str, str]:
    """``{trimestre: (cantidad, meses)}`` → el error de cada campo ``meta_N``."""
    faltas = {}
    for trimestre, programada in metas.items():
        if programada is None:
            continue
        cantidad, meses = programada
        if not all(0 <= n <= META_MAXIMA for n in (cantidad, *(meses or ()))):
            faltas[f"meta_{trimestre}"] = f"Debe estar entre 0 y {META_MAXIMA:,}."
        elif meses and sum(meses) != cantidad:
            faltas[f"meta_{trimestre}"] = (
                f"Los tres meses suman {sum(meses):,} y la meta del trimestre es {cantidad:,}."
            )
    return faltas


def impedimentos_para_reprogramar(programa: Programa) -> list[str]:
    if programa.estado == EstadoDePrograma.CERRADO:
        return [f"El programa «{programa}» está cerrado."]
    if programa.estado == EstadoDePrograma.BORRADOR:
        return ["El programa está en borrador: sus metas se cambian en la misma acción, sin reprogramar."]
    return []


def faltas_de_reprogramacion(
    programa: Programa, razon: str, acuerdo: Acuerdo | None, fecha: date, hoy: date
) -> dict[str, str]:
    """Lo que le falta a la hoja, campo por campo."""
    faltas = {}
    if not razon.strip():
        faltas["razon"] = "Diga por qué se cambia la meta."
    if acuerdo is None:
        faltas["acuerdo"] = "Elija el acuerdo que lo permite."
    elif programa.comision_id and acuerdo.comision_id != programa.comision_id:
        faltas["acuerdo"] = f"El acuerdo {acuerdo} no es de la comisión que supervisa el plan."
    aprobado = programa.acuerdo.sesion.fecha if programa.acuerdo else None
    if fecha > hoy:
        faltas["fecha"] = "Esa fecha todavía no llega."
    elif aprobado and fecha < aprobado:
        faltas["fecha"] = f"El plan se aprobó el {fecha_corta(aprobado)}: no pudo reprogramarse antes."
    return faltas


def cambiados(antes: Mapping[str, Any], despues: Mapping[str, Any]) -> set[int]:
    """Los trimestres en que dos fotografías difieren, por su cantidad, su reparto o sus meses marcados."""
    trimestres = {n for n in range(1, 5) if antes["metas"].get(str(n)) != despues["metas"].get(str(n))}
    return trimestres | meses_cambiados(antes, despues)


def meses_cambiados(antes: Mapping[str, Any], despues: Mapping[str, Any]) -> set[int]:
    return {(mes + 2) // 3 for mes in set(antes["meses"]) ^ set(despues["meses"])}


# -- pesos -------------------------------------------------------------------------
def faltas_de_pesos(ejes: list[Eje], acciones: list[Accion]) -> dict[str, str]:
    """Cada grupo, todo en blanco o hasta sumar 100. Claves: ``ejes`` y ``eje_<pk>``."""
    faltas = {}
    if falta := _falta_de_suma([e.peso for e in ejes], "los ejes"):
        faltas["ejes"] = falta
    for eje in ejes:
        suyas = [a.peso for a in acciones if a.eje_id == eje.pk]
        if falta := _falta_de_suma(suyas, f"las acciones del eje {eje.numero}"):
            faltas[f"eje_{eje.pk}"] = falta
    return faltas


def _falta_de_suma(pesos: list[int | None], de_quien: str) -> str:
    dados = [p for p in pesos if p is not None]
    if not dados:
        return ""
    suma = sum(dados)
    if len(dados) < len(pesos):
        blancos = len(pesos) - len(dados)
        return f"Los pesos de {de_quien} suman {suma} y hay {blancos} en blanco: dé todos o deje todos en blanco."
    return "" if suma == 100 else f"Los pesos de {de_quien} suman {suma} y deben sumar 100."


def impedimentos_por_pesos(programa: Programa) -> list[str]:
    acciones = list(Accion.objects.filter(eje__programa=programa))
    return list(faltas_de_pesos(list(programa.ejes.order_by("numero")), acciones).values())
