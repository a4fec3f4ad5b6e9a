"""La planeación del programa ficticio y lo que le pasa en el año hasta el día de la carga."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from informes.demo import ficticio_planeacion as datos
from programas.metas.acciones import cerrar_trimestre, fijar_pesos, reprogramar
from programas.mir.acciones import ajustar_tiempo, explicar, guardar_dato, guardar_indicador
from programas.mir.consultas import mediciones
from programas.models import (
    AjusteDeTiempo,
    DatoDeVariable,
    Explicacion,
    Indicador,
    Programa,
    SeguimientoDeRiesgo,
    Variable,
)
from programas.riesgos.acciones import guardar_seguimiento
from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.periodos import Trimestre

from . import marco, planeacion
from .mundo import Mundo


def planear(mundo: Mundo, programa: Programa, hoy: date) -> None:
    """Lo que se escribe antes de aprobarlo."""
    planeacion.textos(mundo, programa, [datos.INTRODUCCION])
    pesos: dict[int, int | None] = {}
    de_ejes: dict[int, int | None] = {}
    for eje in programa.ejes.all():
        de_ejes[eje.pk], de_acciones = datos.PESOS[eje.numero]
        pesos |= zip((a.pk for a in eje.acciones.order_by("inciso")), de_acciones, strict=True)
    fijar_pesos(programa=programa, ejes=de_ejes, acciones=pesos, por=mundo.direccion)
    marco.arboles(mundo, programa, datos.PROBLEMAS, datos.OBJETIVOS)
    supuestos = marco.supuestos(mundo, programa, datos.SUPUESTOS)
    for orden, fila in enumerate(datos.INDICADORES, 1):
        _indicador(mundo, programa, orden, fila, supuestos)
    for fila_de_riesgo in datos.RIESGOS:
        marco.riesgo(mundo, programa, _con_fechas(fila_de_riesgo, hoy), supuestos)


def _indicador(mundo: Mundo, programa: Programa, orden: int, fila: tuple, supuestos: dict) -> None:
    clave, nivel, resumen, nombre, tipo, formula, frecuencia, claves, eje, numerales, origen = fila
    acciones = [mundo.acciones[f"{programa.clave}:{n}"] for n in numerales]
    meta, unidad = marco.ESPERADO.get(formula, (Decimal("0.9") if origen == "dato" else Decimal(1), "Razón"))
    guardar_indicador(
        indicador=Indicador(
            programa=programa,
            clave=clave,
            nivel=nivel,
            resumen=resumen,
            nombre=nombre,
            tipo=tipo,
            formula=formula,
            frecuencia=frecuencia,
            unidad=unidad,
            meta=meta,
            medios_verificacion="Registros del sistema",
            eje=programa.ejes.get(numero=int(eje)) if eje else None,
            accion=acciones[0] if nivel == "actividad" else None,
            area_responsable=mundo.areas["DVOE"],
            orden=orden,
        ),
        supuestos=[supuestos[c] for c in claves.split(";")],
        variables=_variables(formula, acciones, origen),
        por=mundo.direccion,
    )


def _variables(formula: str, acciones: list, origen: str) -> list[dict[str, Any]]:
    arriba, abajo = marco.SIMBOLOS[formula]
    variable = marco.variable
    match origen:
        case "asistentes":
            esperadas = Decimal(datos.PERSONAS_ESPERADAS)
            return [
                variable("logrado", arriba, "Personas que asistieron", "asistentes", acciones),
                variable("programado", abajo, "Personas esperadas en el año", "fijo", valor=esperadas),
            ]
        case "dato":
            return [
                variable("logrado", arriba, "Respuestas favorables", "dato"),
                variable("programado", abajo, "Respuestas recibidas", "dato"),
            ]
        case "cifra":
            return [
                variable("logrado", arriba, "Convenios suscritos", "cifra", cifra="convenios.suscritos"),
                variable("programado", abajo, "Convenios programados", "meta", acciones),
            ]
    return marco.de_avance(formula, acciones)


def _con_fechas(fila: tuple, hoy: date) -> tuple:
    """Los días desde hoy de cada tratamiento, como fechas."""

    def dia(dias: int) -> date:
        return hoy + timedelta(days=dias)

    tratamientos = []
    for texto, inicio, termino, mas in fila[13:]:
        otros = dict(mas)
        if hace := otros.pop("concluido_hace", 0):
            otros["concluido_el"] = dia(-hace)
        tratamientos.append((texto, dia(inicio).isoformat(), dia(termino).isoformat(), otros))
    return (*fila[:13], *tratamientos)


def dar_seguimiento(mundo: Mundo, programas: Iterable[Programa], hoy: date) -> None:
    """Lo que ocurre con el plan en marcha: reprogramación, datos, explicaciones, notas y un candado."""
    especifico, *_ = programas = tuple(programas)
    corre = Trimestre.de(hoy)
    _reprogramar(mundo, especifico, hoy)
    _satisfaccion(mundo, especifico, corre)
    clave, periodo, tr, razon = datos.AJUSTE
    if corre.numero > periodo:
        indicador = especifico.indicadores.get(clave=clave)
        ajuste = AjusteDeTiempo(indicador=indicador, periodo=periodo, tr=Decimal(tr), razon=razon)
        ajustar_tiempo(ajuste=ajuste, por=mundo.direccion)
    for numero, trimestre, nota, ocurrio, probabilidad, impacto in datos.NOTAS:
        if trimestre <= corre.numero:
            seguimiento = SeguimientoDeRiesgo(
                riesgo=especifico.riesgos.get(numero=numero),
                trimestre=trimestre,
                nota=nota,
                se_materializo=ocurrio,
                probabilidad=probabilidad,
                impacto=impacto,
            )
            guardar_seguimiento(seguimiento=seguimiento, por=mundo.direccion)
    _explicar(mundo, especifico, corre, hoy)
    if corre.numero > 1:
        for programa in programas:
            cerrar_trimestre(programa=programa, trimestre=1, razon=datos.CANDADO, por=mundo.secretaria)


def _reprogramar(mundo: Mundo, programa: Programa, hoy: date) -> None:
    acuerdo = (
        Acuerdo.objects.filter(comision=programa.comision, sesion__fecha_celebrada__lte=hoy, sesion__anio=programa.anio)
        .select_related("sesion")
        .order_by("-sesion__fecha_celebrada", "folio")
        .first()
    )
    if acuerdo is None:
        return
    numeral, metas, razon = datos.REPROGRAMACION
    reprogramar(
        accion=mundo.acciones[f"{programa.clave}:{numeral}"],
        metas=metas,
        razon=razon,
        acuerdo=acuerdo,
        fecha=acuerdo.sesion.fecha,
        por=mundo.direccion,
    )


def _satisfaccion(mundo: Mundo, programa: Programa, corre: Trimestre) -> None:
    """Los datos de la encuesta hasta el penúltimo trimestre que terminó: del último, falta."""
    variables = Variable.objects.filter(indicador__programa=programa, origen="dato").order_by("orden")
    for numero, cifras in enumerate(datos.SATISFACCION[: max(corre.numero - 2, 0)], 1):
        for variable, cifra in zip(variables, cifras, strict=True):
            dato = DatoDeVariable(
                variable=variable,
                periodo=numero,
                valor=Decimal(cifra),
                procedencia="Encuesta de salida (datos ficticios)",
            )
            guardar_dato(dato=dato, por=mundo.captura)


def _explicar(mundo: Mundo, programa: Programa, corre: Trimestre, hoy: date) -> None:
    """Todo lo que salió del verde, menos dos indicadores en el trimestre anterior: el del que corre no se detiene."""
    anterior = corre.anterior()
    for fila in mediciones(programa, hoy):
        for medicion in fila.mediciones:
            pendiente = medicion.indicador.clave in datos.SIN_EXPLICAR and medicion.periodo.fin == anterior.fin
            if not medicion.falta_explicar or pendiente:
                continue
            causa, medida, pronostico = datos.EXPLICACIONES[medicion.luz.name]
            explicar(
                explicacion=Explicacion(
                    indicador=medicion.indicador,
                    periodo=medicion.numero,
                    causa=causa,
                    medida=medida,
                    pronostico=pronostico,
                ),
                por=mundo.direccion,
            )
