"""El calendario de sesiones como bloques: lo usan los informes, el programa anual y su PDF."""

from vinculacion.nucleo.bloques import Bloque, Columna, Tabla
from vinculacion.nucleo.secciones import Contexto, seccion

from ..models import Comision
from . import consultas

NUNCA = "—"


def bloques_calendario_de_sesiones(comision: Comision, anio: int) -> list[Bloque]:
    """La fecha aprobada junto a la real de cada sesión del año; vacío si no tiene ninguna."""
    renglones = consultas.calendario_del_anio(comision, anio)
    if not renglones:
        return []
    anchos = (9, 13, 18, 18, 11, 14, 17) if any(r.razon for r in renglones) else (10, 15, 23, 23, 13, 16)
    columnas = (
        Columna("Sesión", "texto", anchos[0]),
        Columna("Tipo", "texto", anchos[1]),
        Columna("Calendario aprobado", "fecha", anchos[2]),
        Columna("Fecha", "fecha", anchos[3]),
        Columna("Diferencia", "texto", anchos[4]),
        Columna("Estado", "texto", anchos[5]),
        Columna("Razón del cambio", "texto", anchos[-1]),
    )[: len(anchos)]
    filas = tuple(
        (
            r.sesion.codigo,
            r.sesion.get_tipo_display(),
            r.aprobada or NUNCA,
            r.sesion.fecha,
            r.diferencia,
            r.sesion.get_estado_display(),
            r.razon,
        )[: len(anchos)]
        for r in renglones
    )
    enlaces = tuple(r.sesion.get_absolute_url() for r in renglones)
    return [Tabla(columnas, filas, titulo=f"Calendario de sesiones {anio}", enlaces=enlaces)]


@seccion("comision.calendario", "Calendario de sesiones del año, aprobado y real")
def calendario(contexto: Contexto) -> list[Bloque]:
    """Una tabla por cada año que toca el periodo, con el año entero."""
    if not isinstance(contexto.comision, Comision):
        return []
    bloques: list[Bloque] = []
    for anio in contexto.periodo.anios():
        bloques += bloques_calendario_de_sesiones(contexto.comision, anio)
    return bloques
