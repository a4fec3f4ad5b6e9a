"""El cronograma de un plan y sus reprogramaciones, como bloques de un informe o de su documento."""

from django import forms

from programas.claves import ProgramaPorClave, una_accion
from programas.consultas import avances_de, cortes_concluidos
from programas.models import Programa
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import Contexto, cifra, opciones, seccion

from . import consultas
from .tabla import Celda as CeldaDeMeta
from .tabla import Fila, grupos


class DeProgramaParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")


@seccion("programas.cronograma", "Cronograma de metas de un plan", DeProgramaParametros)
def cronograma(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Lo programado de cada acción en el año y en cada trimestre."""
    return bloques_cronograma(programa)


@seccion("programas.reprogramaciones", "Metas reprogramadas en el periodo", DeProgramaParametros)
def reprogramaciones(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Las metas que cambiaron en el periodo: de cuánto a cuánto y por qué."""
    return bloques_reprogramaciones(programa, contexto.periodo)


def bloques_cronograma(programa: Programa) -> list[Bloque]:
    """Acción por acción, lo programado en el año y en cada trimestre; subtotal sólo si la unidad es la misma."""
    filas: list[tuple[Celda, ...]] = []
    enlaces: list[str] = []
    for grupo in grupos(programa):
        for fila in grupo.filas:
            filas.append(_renglon(str(grupo.eje), fila))
            enlaces.append(fila.accion.get_absolute_url())
        if grupo.subtotal:
            *trimestres, anual = grupo.subtotal
            filas.append((str(grupo.eje), "Subtotal", grupo.unidad, "", anual, *trimestres))
            enlaces.append(grupo.eje.get_absolute_url())
    if not filas:
        return []
    columnas = (
        Columna("Eje", "texto", 18),
        Columna("Acción", "texto", 26),
        Columna("Unidad", "texto", 14),
        Columna("Frecuencia", "texto", 12),
        Columna("Cantidad", "centro", 10),
        *(Columna(f"{n}T", "centro", 5) for n in range(1, 5)),
    )
    return [Tabla(columnas=columnas, filas=tuple(filas), combinar=(0,), enlaces=tuple(enlaces))]


def _renglon(eje: str, fila: Fila) -> tuple[Celda, ...]:
    accion = fila.accion
    anual = "—" if fila.anual is None else fila.anual
    celdas = [_celda(c, fila.anual is None) for c in fila.celdas]
    return (eje, str(accion), accion.unidad, accion.get_frecuencia_display(), anual, *celdas)


def _celda(celda: CeldaDeMeta, por_meses: bool) -> Celda:
    """La cantidad o, si el plan sólo dice en qué meses, sus nombres cortos."""
    if por_meses:
        return celda.meses_cortos
    return celda.cantidad if celda.cantidad is not None else ""


def bloques_reprogramaciones(programa: Programa, periodo: Periodo) -> list[Bloque]:
    """Un renglón por cambio; la acción, la razón y el acuerdo se dicen una vez."""
    hechas = consultas.reprogramaciones_de(programa).filter(fecha__gte=periodo.inicio, fecha__lte=periodo.fin)
    filas: list[tuple[Celda, ...]] = []
    enlaces: list[str] = []
    for una in hechas:
        for cambio in consultas.cambios(una):
            if cambio.cambia:
                cuando = f"{cambio.trimestre}T" if cambio.trimestre else "Meses"
                filas.append(
                    (str(una.accion), una.fecha, cuando, capitaliza(cambio.antes), capitaliza(cambio.despues),
                     una.razon, una.acuerdo.folio)
                )  # fmt: skip
                enlaces.append(una.get_absolute_url())
    if not filas:
        return []
    columnas = (
        Columna("Acción", "texto", 22),
        Columna("Fecha", "fecha", 12),
        Columna("Trimestre", "centro", 10),
        Columna("Decía", "centro", 10),
        Columna("Dice", "centro", 10),
        Columna("Razón", "texto", 24),
        Columna("Acuerdo", "texto", 12),
    )
    return [Tabla(columnas=columnas, filas=tuple(filas), combinar=(0,), enlaces=tuple(enlaces))]


@opciones("programas", "trimestre")
def trimestres() -> list[tuple[str, str]]:
    return [("siguiente", "El que sigue al periodo")]


@cifra(
    "programas.meta",
    "Meta programada de una acción: en el periodo, en el trimestre que le sigue o en el que se diga (2021-1)",
    genero="f",
    singular="unidad",
    plural="unidades",
    parametros=("accion", "trimestre"),
)
def meta(contexto: Contexto, accion: str = "", trimestre: str = "") -> int:
    """Lanza ``ValueError`` si no existe la acción o el trimestre es de otro año que su plan."""
    buscada = una_accion(accion)
    anio = buscada.eje.programa.anio
    if trimestre == "siguiente":
        cuales = [Trimestre.de(contexto.periodo.fin).siguiente()]
    else:
        cuales = [Trimestre.parse(trimestre)] if trimestre else contexto.periodo.trimestres()
    suyos = [t.numero for t in cuales if t.anio == anio]
    if not suyos:
        raise ValueError(f"la acción «{accion}» es de un plan de {anio} y el trimestre no")
    return sum(m.cantidad for m in buscada.metas.all() if m.trimestre in suyos)


@cifra(
    "programas.por_alcanzar",
    "Lo que a una acción le falta de lo programado hasta el último trimestre concluido",
    genero="f",
    singular="unidad",
    plural="unidades",
    parametros=("accion",),
)
def por_alcanzar(contexto: Contexto, accion: str = "") -> int:
    buscada, fin = una_accion(accion), contexto.periodo.fin
    anio = buscada.eje.programa.anio
    if anio > fin.year:
        return 0
    (renglon,) = avances_de([buscada], anio, fin)
    return max(-renglon.avance.acumulado(cortes_concluidos(anio, fin)).diferencia, 0)
