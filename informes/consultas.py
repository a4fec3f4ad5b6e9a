"""Informes y plantillas con lo que sus páginas enseñan, y los programas de que dan cuenta."""

import json
import re

from django.db.models import Count, QuerySet

from programas.estados import EstadoDePrograma
from programas.mir.consultas import Medicion, sin_explicar
from programas.models import Candado, Programa
from vinculacion.nucleo.periodos import Trimestre, hoy

from .models import ImagenDeApartado, Informe, Plantilla, UsoDeSeccion


def informes() -> QuerySet[Informe]:
    return Informe.objects.select_related("comision", "plantilla", "punto__sesion", "acuerdo__sesion")


def ultimo_cambio(pieza: UsoDeSeccion | ImagenDeApartado) -> str:
    """Lo que distingue una versión de la sección o de la imagen de la siguiente; vacío si es nueva."""
    if pieza.pk is None:
        return ""
    return str(pieza.history.order_by("-history_id").values_list("history_id", flat=True).first() or "")


def plantillas() -> QuerySet[Plantilla]:
    return Plantilla.objects.annotate(cuantos_apartados=Count("apartados", distinct=True))


def programas_de(informe: Informe) -> list[Programa]:
    """Los que el informe nombra: por la acción de un apartado, en una sección o en una cifra viva."""
    acciones, textos = set(), []
    for apartado in informe.apartados.select_related("accion__eje").prefetch_related("secciones"):
        if apartado.accion is not None:
            acciones.add(apartado.accion.eje.programa_id)
        textos += [apartado.narrativa, apartado.explicacion]
        for uso in apartado.secciones.all():
            textos += [json.dumps(uso.parametros, ensure_ascii=False), uso.texto_previo]
    nombradas = set(re.findall(r"[\w-]+", " ".join(textos)))
    return [p for p in Programa.objects.order_by("anio", "clave") if p.pk in acciones or p.clave in nombradas]


def por_explicar(informe: Informe) -> list[Medicion]:
    """Las mediciones fuera del verde que terminaron en el periodo y nadie ha explicado.

    De los programas que el informe nombra y de los demás aprobados de esos años, con la misma
    fecha de corte que sus secciones: el fin del periodo, u hoy si no ha llegado. Lo de un
    trimestre cerrado ya se informó así y no se puede explicar sin abrirlo.
    """
    nombrados = {p.pk: p for p in programas_de(informe)}
    vigentes = Programa.objects.filter(anio__in=informe.periodo.anios(), estado=EstadoDePrograma.APROBADO)
    pendientes = sin_explicar(
        [*(nombrados | {p.pk: p for p in vigentes}).values()], informe.periodo, min(informe.fin, hoy())
    )
    cerrados = set(
        Candado.objects.filter(cerrado=True, programa__anio__in=informe.periodo.anios()).values_list(
            "programa_id", "trimestre"
        )
    )
    return [m for m in pendientes if (m.indicador.programa_id, Trimestre.de(m.periodo.fin).numero) not in cerrados]
