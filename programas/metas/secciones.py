"""El cronograma de un plan y sus reprogramaciones, como bloques de un informe o de su documento."""

from django import forms

from programas.claves import ProgramaPorClave
from programas.models import Programa
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import Contexto, seccion

from . import consultas
from .tabla import Celda as CeldaDeMeta
from .tabla import Fila, grupos


class DeProgramaParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")


@seccion("programas.cronograma", "Cronograma de metas de un plan", DeProgramaParametros)
def cronograma(contexto: Contexto, programa: Programa) -> list[Bloque]:
    return bloques_cronograma(programa)


@seccion("programas.reprogramaciones", "Metas reprogramadas en el periodo", DeProgramaParametros)
def reprogramaciones(contexto: Contexto, programa: Programa) -> list[Bloque]:
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
