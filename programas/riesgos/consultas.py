"""La matriz de riesgos: niveles, mapas, situación de los tratamientos y notas que faltan.

El nivel es probabilidad × impacto, de 1 a 9, y no se escribe nunca (documento 000, matriz
de gestión de riesgos).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from programas.consultas import cortes_concluidos
from programas.estados import EstadoDePrograma, EstadoDeTratamiento, RespuestaAlRiesgo
from programas.models import Accion, Candado, Programa, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from vinculacion.directorio.models import Area
from vinculacion.nucleo.periodos import Trimestre

ABIERTOS = (EstadoDeTratamiento.PENDIENTE, EstadoDeTratamiento.EN_PROCESO)
ESCALA = (1, 2, 3)
DIAS_POR_VENCER = 15


class Severidad(NamedTuple):
    """La palabra de un nivel y la clase de su color."""

    texto: str
    clase: str


BAJO, MEDIO, ALTO = Severidad("Bajo", "verde"), Severidad("Medio", "ambar"), Severidad("Alto", "rojo")
SIN_EVALUAR = Severidad("Sin evaluar", "")


def severidad(nivel: int | None) -> Severidad:
    """Bajo de 1 a 2, medio de 3 a 4, alto de 6 a 9; sin nivel, sin evaluar."""
    if not nivel:
        return SIN_EVALUAR
    return BAJO if nivel <= 2 else MEDIO if nivel <= 4 else ALTO


class Situacion(Enum):
    """Cómo va un tratamiento a una fecha; la palabra y la clase de su color."""

    CANCELADO = ("Cancelado", "")
    A_TIEMPO = ("Concluido a tiempo", "verde")
    TARDE = ("Concluido tarde", "ambar")
    VENCIDO = ("Vencido", "rojo")
    SIN_EMPEZAR = ("Debió empezar", "ambar")
    POR_INICIAR = ("Por iniciar", "")
    EN_CURSO = ("En curso", "azul")

    @property
    def texto(self) -> str:
        return self.value[0]

    @property
    def clase(self) -> str:
        return self.value[1]


def situacion(tratamiento: Tratamiento, fecha: date) -> Situacion:
    """Lo concluido después de ``fecha`` todavía no lo estaba: un informe cuenta hasta su corte."""
    if tratamiento.estado == EstadoDeTratamiento.CANCELADO:
        return Situacion.CANCELADO
    concluido = tratamiento.concluido_el
    if concluido and concluido <= fecha:
        return Situacion.A_TIEMPO if concluido <= tratamiento.termino else Situacion.TARDE
    if tratamiento.termino < fecha:
        return Situacion.VENCIDO
    if tratamiento.inicio > fecha:
        return Situacion.POR_INICIAR
    return Situacion.SIN_EMPEZAR if tratamiento.estado == EstadoDeTratamiento.PENDIENTE else Situacion.EN_CURSO


# -- riesgos de un programa --------------------------------------------------------
def todos() -> QuerySet[Riesgo]:
    """Los de todos los planes, con lo que la lista, la matriz y el informe enseñan de cada uno."""
    return (
        Riesgo.objects.select_related("programa", "area_responsable")
        .prefetch_related(
            Prefetch("tratamientos", Tratamiento.objects.select_related("area_responsable").order_by("numero")),
            Prefetch("seguimientos", SeguimientoDeRiesgo.objects.order_by("trimestre")),
            Prefetch("acciones", Accion.objects.select_related("eje__programa").order_by("eje__numero", "inciso")),
            Prefetch(
                "supuestos",
                Supuesto.objects.select_related("programa").prefetch_related("indicadores").order_by("clave"),
            ),
        )
        .order_by("-programa__anio", "programa__clave", "numero")
    )


def riesgos(programa: Programa) -> list[Riesgo]:
    """Por número, en un número fijo de consultas; con sus tratamientos, notas, acciones y supuestos a mano."""
    hallados = list(todos().filter(programa=programa))
    for riesgo in hallados:
        riesgo.programa = programa
    return hallados


def tratamientos() -> QuerySet[Tratamiento]:
    return Tratamiento.objects.select_related(
        "riesgo__programa", "riesgo__area_responsable", "area_responsable"
    ).order_by("-riesgo__programa__anio", "riesgo__programa__clave", "riesgo__numero", "numero")


def seguimientos() -> QuerySet[SeguimientoDeRiesgo]:
    return SeguimientoDeRiesgo.objects.select_related("riesgo__programa").order_by(
        "-riesgo__programa__anio", "riesgo__programa__clave", "riesgo__numero", "trimestre"
    )


def area_de(tratamiento: Tratamiento) -> Area | None:
    """Quien responde de la acción: la suya o, si no tiene, la del riesgo."""
    return tratamiento.area_responsable or tratamiento.riesgo.area_responsable


def sin_tratamiento(riesgo: Riesgo) -> bool:
    """Se dijo que se evita o se reduce, y ninguna acción lo hace; espera ``tratamientos`` ya traídos."""
    vivos = [t for t in riesgo.tratamientos.all() if t.estado != EstadoDeTratamiento.CANCELADO]
    return riesgo.respuesta in (RespuestaAlRiesgo.EVITAR, RespuestaAlRiesgo.REDUCIR) and not vivos


# -- mapa ---------------------------------------------------------------------------
def mapa(programa: Programa, residual: bool) -> dict[tuple[int, int], list[Riesgo]]:
    """Los riesgos de cada celda (probabilidad, impacto), antes o después del tratamiento."""
    return mapa_de(riesgos(programa), residual)


def mapa_de(riesgos: Iterable[Riesgo], residual: bool) -> dict[tuple[int, int], list[Riesgo]]:
    """Las nueve celdas, aunque estén vacías; lo que no se ha vuelto a evaluar no está en el residual."""
    celdas: dict[tuple[int, int], list[Riesgo]] = {(p, i): [] for p in ESCALA for i in ESCALA}
    for riesgo in riesgos:
        if not residual:
            celdas[riesgo.probabilidad, riesgo.impacto].append(riesgo)
        elif riesgo.probabilidad_residual and riesgo.impacto_residual:
            celdas[riesgo.probabilidad_residual, riesgo.impacto_residual].append(riesgo)
    return celdas


# -- vencimientos ---------------------------------------------------------------------
def _abiertos() -> QuerySet[Tratamiento]:
    return (
        tratamientos()
        .filter(estado__in=ABIERTOS, riesgo__programa__estado=EstadoDePrograma.APROBADO)
        .order_by("termino", "pk")
    )


def vencidos(fecha: date) -> QuerySet[Tratamiento]:
    """Los que debieron terminar antes de ``fecha``, de los planes aprobados; el más viejo primero."""
    return _abiertos().filter(termino__lt=fecha)


def tratamientos_por_vencer(fecha: date, dias: int = DIAS_POR_VENCER) -> QuerySet[Tratamiento]:
    return _abiertos().filter(termino__gte=fecha, termino__lte=fecha + timedelta(days=dias))


def por_atender(fecha: date) -> QuerySet[Tratamiento]:
    """Los vencidos y los que vencen pronto."""
    return vencidos(fecha) | tratamientos_por_vencer(fecha)


# -- seguimiento por trimestre ----------------------------------------------------------
def nota_de(riesgo: Riesgo, trimestre: int) -> SeguimientoDeRiesgo | None:
    """Espera ``seguimientos`` ya traídos."""
    return next((s for s in riesgo.seguimientos.all() if s.trimestre == trimestre), None)


def trimestre_exigible(anio: int, fecha: date) -> int:
    """El último trimestre del año que ya terminó, cuya nota debe estar; 0 si ninguno."""
    return cortes_concluidos(anio, fecha)


def sin_nota(fecha: date) -> dict[Programa, list[Riesgo]]:
    """Los riesgos de planes aprobados a los que falta la nota del trimestre que acaba de terminar.

    Los trimestres con candado no se piden: ahí ya no se puede escribir.
    """
    trimestre = Trimestre.de(fecha).anterior()
    hallados: dict[Programa, list[Riesgo]] = {}
    pendientes = (
        Riesgo.objects.filter(programa__anio=trimestre.anio, programa__estado=EstadoDePrograma.APROBADO)
        .exclude(seguimientos__trimestre=trimestre.numero)
        .exclude(
            programa__in=Candado.objects.filter(trimestre=trimestre.numero, cerrado=True).values("programa"),
        )
        .select_related("programa")
        .order_by("programa__clave", "numero")
    )
    for riesgo in pendientes:
        hallados.setdefault(riesgo.programa, []).append(riesgo)
    return hallados
