"""El avance que un informe puede mostrar: el calendario del plan y lo de cada área."""

from datetime import date

from django import forms

from programas.claves import ProgramaPorClave
from programas.models import Programa
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Matriz, Tabla
from vinculacion.nucleo.palabras import porcentaje
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.secciones import Contexto, seccion

from .consultas import Grupo, Marca, Mes, panorama
from .tablas import MESES_CORTOS

NOTA_DEL_PLAN = "La X marca los meses programados; un número, cuánto se programó en el mes."
NOTA_DEL_AVANCE = (
    "El número es lo hecho en el mes; con asterisco, fuera de lo programado; 0, programado y sin registros; "
    "X, programado y por venir; –, del trimestre y cubierto en otro mes."
)


def bloques_calendario(programa: Programa, fecha: date | None = None) -> list[Bloque]:
    """Acciones × meses, un cuadro por eje: sólo lo programado o, con ``fecha``, también lo hecho hasta ese día."""
    escribe = _programado if fecha is None else _hecho
    cuadros = [g for g in panorama(programa, fecha or hoy()).ejes if g.renglones]
    return [
        Matriz(
            "Acción",
            MESES_CORTOS,
            tuple((str(r.accion), tuple(escribe(m) for m in r.meses)) for r in grupo.renglones),
            titulo=f"Eje {grupo.eje.numero}: {grupo.eje.nombre}" if grupo.eje else "",
            notas=(NOTA_DEL_PLAN if fecha is None else NOTA_DEL_AVANCE,) if grupo is cuadros[-1] else (),
        )
        for grupo in cuadros
    ]


def _programado(mes: Mes) -> Celda:
    return "" if mes.marca in (Marca.NADA, Marca.FUERA) else mes.cuanto or "X"


def _hecho(mes: Mes) -> Celda:
    match mes.marca:
        case Marca.NADA:
            return ""
        case Marca.FUERA:
            return f"{mes.alcanzado}*"
        case Marca.POR_VENIR:
            return "X"
        case Marca.CUBIERTO:
            return "–"
    return mes.alcanzado


def bloques_avance_por_area(programa: Programa, fecha: date | None = None) -> list[Bloque]:
    """Por área responsable: cuántas acciones en cada situación y cuánto llevan de la meta del año."""
    visto = panorama(programa, fecha or hoy())
    if not visto.areas:
        return []
    return [
        Tabla(
            columnas=(
                Columna("Área responsable", "texto", 30),
                Columna("Acciones", "numero", 11),
                Columna("Situación de sus acciones", "texto", 29),
                Columna("Meses sin registros", "numero", 14),
                Columna("De la meta del año", "numero", 16),
            ),
            filas=tuple(_fila(area) for area in visto.areas),
            totales=_fila(visto.total, "Todo el programa") if len(visto.areas) > 1 else None,
            notas=(
                "El porciento es el promedio de las acciones con meta; ninguna pasa de 100."
                + (" El del programa lleva sus pesos." if visto.con_pesos and len(visto.areas) > 1 else ""),
            ),
        )
    ]


def _fila(grupo: Grupo, nombre: str = "") -> tuple[Celda, ...]:
    return (
        nombre or grupo.nombre,
        len(grupo.renglones),
        ", ".join(f"{luz.texto.lower()}: {cuantas}" for luz, cuantas in grupo.luces),
        grupo.meses_sin_registros,
        "—" if grupo.cumplido is None else porcentaje(grupo.cumplido),
    )


class CalendarioParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")
    solo_plan = forms.BooleanField(
        label="sólo lo programado", required=False, help_text="Sin marcar: también lo hecho hasta el fin del periodo."
    )


@seccion("programas.calendario", "Calendario de un plan: programado y hecho por mes", CalendarioParametros)
def calendario(contexto: Contexto, programa: Programa, solo_plan: bool = False) -> list[Bloque]:
    """En qué meses se programó cada acción y en cuáles se hizo."""
    return bloques_calendario(programa, None if solo_plan else contexto.periodo.fin)


class PorAreaParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")


@seccion("programas.avance_por_area", "Avance de un plan por área responsable", PorAreaParametros)
def avance_por_area(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Cómo van al cierre del periodo las acciones de cada área, y cuánto llevan de la meta del año."""
    return bloques_avance_por_area(programa, contexto.periodo.fin)
