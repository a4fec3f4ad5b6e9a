"""Carga de la demostración por las mismas acciones que usan las páginas.

Todo va en una transacción: o queda entera o no queda nada. Una segunda corrida no
agrega: los hechos se reconocen por su plan de 2020 y lo ficticio por su marca.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from informes.demo import bitacora_2020, marco_2021, migrantes, planes, red
from informes.demo.ficticio import generar
from programas.models import Programa

from . import (
    bitacora,
    comision,
    comision_ficticia,
    convenios,
    directorio,
    informe,
    marco,
    planeacion,
    planeacion_ficticia,
)
from .mundo import Mundo

Aviso = Callable[[str], None]


@transaction.atomic
def cargar(*, hoy: date, ficticio: bool, avisar: Aviso, contrasena: str) -> bool:
    """Deja la demostración cargada; ``False`` si ya lo estaba y no hizo nada."""
    faltan_hechos = not Programa.objects.filter(clave="pat-2020").exists()
    falta_ficticio = ficticio and not Programa.objects.filter(ficticio=True).exists()
    if not (faltan_hechos or falta_ficticio):
        return False
    mundo = Mundo(avisar)
    avisar("Áreas, organismos y cuentas")
    directorio.cargar(mundo, contrasena)
    if faltan_hechos:
        _hechos(mundo)
    if falta_ficticio:
        _ficticio(mundo, hoy)
    return True


def _hechos(mundo: Mundo) -> None:
    mundo.avisar("Sesiones y acuerdos de 2020, calendario de 2021")
    comision.hechos(mundo)
    mundo.avisar("Planes de 2020 y 2021")
    planeacion.catalogo_de_tipos(mundo)
    for plan in planes.leer():
        programa = planeacion.plan(mundo, plan, marco_2021.EJES.get(plan["clave"]))
        if plan["clave"] in marco_2021.TEXTOS:
            planeacion.textos(mundo, programa, marco_2021.TEXTOS[plan["clave"]])
        if plan["clave"] == marco_2021.PLAN:
            mundo.avisar("Marco lógico, indicadores y riesgos de 2021")
            marco.cargar(mundo, programa)
        planeacion.aprobar(mundo, programa)
    planeacion.alinear(mundo, [(f"pat-2021:{a}", f"pe-2021:{b}") for a, b in planes.ALINEACION_2021])
    mundo.avisar("Bitácora de 2020")
    for registros in (bitacora_2020.ACTIVIDADES, red.ACTIVIDADES, migrantes.ACTIVIDADES):
        bitacora.actividades(mundo, registros, plan="pat-2020")
    bitacora.red_2020(mundo)
    bitacora.envios(mundo, migrantes.ENVIOS)
    mundo.avisar("Convenios")
    convenios.hechos(mundo)
    mundo.avisar("Plantilla e informe del cuarto trimestre de 2020")
    informe.hechos(mundo)


def _ficticio(mundo: Mundo, hoy: date) -> None:
    anio = generar(hoy)
    mundo.avisar(f"Programa ficticio de {anio['anio']}")
    directorio.organismos(mundo, anio["organismos"])
    comision_ficticia.cargar(mundo, anio)
    planeacion.catalogo_de_tipos(mundo)
    especifico, pat = (planeacion.plan(mundo, plan) for plan in anio["planes"])
    planeacion_ficticia.planear(mundo, especifico, hoy)
    for programa in (especifico, pat):
        planeacion.aprobar(mundo, programa)
    planeacion.alinear(mundo, anio["alineacion"])
    bitacora.red_ficticia(mundo, anio["integrantes"])
    mundo.avisar(f"Bitácora ficticia de {anio['anio']}")
    bitacora.actividades(mundo, anio["actividades"])
    bitacora.envios(mundo, anio["envios"])
    mundo.avisar("Convenios ficticios")
    convenios.ficticios(mundo, anio)
    informe.ficticio(mundo, anio["anio"], hoy)
    mundo.avisar("Indicadores y riesgos del año ficticio")
    planeacion_ficticia.dar_seguimiento(mundo, (especifico, pat), hoy)
