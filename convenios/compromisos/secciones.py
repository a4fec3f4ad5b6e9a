"""Lo que los compromisos cuentan a un informe."""

from collections.abc import Callable, Sequence
from itertools import groupby

from django import forms

from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla, Titulo
from vinculacion.nucleo.palabras import fecha_corta
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from ..models import Compromiso
from . import consultas
from .consultas import VezDeCompromiso
from .situacion import Situacion

GRUPOS: dict[str, Callable[[VezDeCompromiso], str]] = {
    "instrumento": lambda r: r.compromiso.convenio.titulo,
    "area": lambda r: str(r.compromiso.area) if r.compromiso.area else "Sin área responsable",
}
ABIERTOS = (Situacion.VENCIDO, Situacion.POR_VENCER, Situacion.ABIERTO)
ESTADOS: dict[str, tuple[Situacion, ...]] = {
    "": tuple(Situacion),
    "abiertos": ABIERTOS,
    "vencidos": (Situacion.VENCIDO,),
    "cumplidos": (Situacion.CUMPLIDO,),
}


class CompromisosParametros(forms.Form):
    estado = forms.ChoiceField(
        label="Compromisos",
        required=False,
        choices=[
            ("", "Todos los que vencían en el periodo"),
            ("abiertos", "Sin cumplir al terminar el periodo"),
            ("vencidos", "Vencidos al terminar el periodo"),
            ("cumplidos", "Cumplidos al terminar el periodo"),
        ],
    )
    agrupar = forms.ChoiceField(
        label="Agrupar",
        required=False,
        choices=[("", "En una sola tabla"), ("instrumento", "Por instrumento"), ("area", "Por área responsable")],
    )


@seccion("convenios.compromisos", "Compromisos que vencían en el periodo", formulario=CompromisosParametros)
def compromisos(contexto: Contexto, estado: str = "", agrupar: str = "") -> list[Bloque]:
    """Lo que había que cumplir en el periodo, con su fecha, su responsable y si se cumplió."""
    renglones = [r for r in consultas.vencen_en(contexto.periodo) if r.vez.situacion in ESTADOS[estado]]
    if not agrupar:
        return [_tabla(renglones)] if renglones else []
    nombra = GRUPOS[agrupar]
    bloques: list[Bloque] = []
    # sorted respeta el orden por fecha dentro de cada grupo.
    for nombre, suyos in groupby(sorted(renglones, key=nombra), key=nombra):
        bloques += [Titulo(nombre), _tabla(list(suyos), sin=agrupar)]
    return bloques


def _tabla(renglones: Sequence[VezDeCompromiso], sin: str = "") -> Tabla:
    todas: list[tuple[Columna, Callable[[VezDeCompromiso], Celda], str]] = [
        (Columna("Instrumento", ancho=19), lambda r: r.compromiso.convenio.titulo, "instrumento"),
        (Columna("Cláusula", ancho=9), lambda r: r.compromiso.clausula, ""),
        (Columna("Compromiso", ancho=25), lambda r: r.compromiso.que, ""),
        (Columna("Responsable", ancho=15), lambda r: responsable(r.compromiso), "area"),
        (Columna("Vence", "fecha", 17), lambda r: r.vez.vence, ""),
        (Columna("Estado", ancho=15), lambda r: estado_escrito(r), ""),
    ]
    columnas = [(c, saca) for c, saca, grupo in todas if not grupo or grupo != sin]
    if sin:
        columnas = [(Columna(c.titulo, c.clase), saca) for c, saca in columnas]
    return Tabla(
        columnas=tuple(c for c, _ in columnas),
        filas=tuple(tuple(saca(r) for _, saca in columnas) for r in renglones),
        enlaces=tuple(r.compromiso.get_absolute_url() for r in renglones),
    )


def responsable(compromiso: Compromiso) -> str:
    quienes = [o.corto for o in (compromiso.area, compromiso.contraparte) if o]
    return ", ".join(quienes) or compromiso.get_parte_display()


def estado_escrito(renglon: VezDeCompromiso) -> str:
    vez = renglon.vez
    if vez.cumplimiento:
        return f"Cumplido el {fecha_corta(vez.cumplimiento.fecha)}"
    if vez.situacion == Situacion.CANCELADO:
        return vez.situacion.label
    nombre = "Vencido" if vez.situacion == Situacion.VENCIDO else "Sin cumplir"
    return f"{nombre} ({vez.porcentaje} %)" if vez.porcentaje else nombre


@cifra(
    "convenios.compromisos_cumplidos",
    "Compromisos cumplidos en el periodo",
    genero="m",
    singular="compromiso",
    plural="compromisos",
)
def cuantos_cumplidos(contexto: Contexto) -> int:
    return consultas.cumplidos_en(contexto.periodo).count()


@cifra(
    "convenios.compromisos_vencidos",
    "Compromisos vencidos al terminar el periodo",
    genero="m",
    singular="compromiso",
    plural="compromisos",
)
def cuantos_vencidos(contexto: Contexto) -> int:
    return len(consultas.vencidos_al(min(contexto.periodo.fin, hoy())))
