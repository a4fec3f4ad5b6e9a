"""El informe «seguimiento de acuerdos» como bloques y como documento."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from vinculacion.comision.estados import EstadoDeAcuerdo
from vinculacion.comision.models import Sesion
from vinculacion.nucleo.bloques import Bloque, Columna, Parrafo, SinActividades, Tabla, Titulo
from vinculacion.nucleo.palabras import concuerda, enumera, fecha_corta, fecha_larga
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada, membrete_de_la_casa

from .consultas import Situacion, anterior, dia_del_informe

COLUMNAS = (
    Columna("Folio", ancho=13),
    Columna("Sesión", ancho=10),
    Columna("Acuerdo", ancho=29),
    Columna("Área responsable", ancho=13),
    Columna("Plazo", ancho=11),
    Columna("Estado", ancho=10),
    Columna("Última nota", ancho=14),
)
GRUPOS = {
    "estado": lambda s: EstadoDeAcuerdo(s.estado).label,
    "sesion": lambda s: f"{s.acuerdo.sesion.en_palabras} de {s.acuerdo.sesion.anio}",
}
ORDEN = {estado: lugar for lugar, estado in enumerate(EstadoDeAcuerdo.values)}
SIN_ACUERDOS = "No hay acuerdos a los que dar seguimiento."


def bloques_seguimiento(situaciones: Sequence[Situacion], agrupar: str = "") -> list[Bloque]:
    """Una tabla, o una por estado o por sesión."""
    if not agrupar:
        return [_tabla(situaciones)] if situaciones else []
    nombra = GRUPOS[agrupar]
    if agrupar == "estado":
        situaciones = sorted(situaciones, key=lambda s: ORDEN[s.estado])
    bloques: list[Bloque] = []
    for nombre, suyos in groupby(situaciones, key=nombra):
        bloques += [Titulo(nombre), _tabla(suyos)]
    return bloques


def _tabla(situaciones: Iterable[Situacion]) -> Tabla:
    situaciones = list(situaciones)
    return Tabla(
        COLUMNAS,
        tuple(
            (
                s.acuerdo.folio,
                s.acuerdo.sesion.clave,
                s.acuerdo.texto,
                s.acuerdo.area_responsable.corto if s.acuerdo.area_responsable else "",
                fecha_corta(s.acuerdo.fecha_limite) if s.acuerdo.fecha_limite else "",
                s.estado_escrito,
                s.nota,
            )
            for s in situaciones
        ),
        enlaces=tuple(s.acuerdo.get_absolute_url() for s in situaciones),
    )


def resumen(situaciones: Sequence[Situacion]) -> str:
    """«Cinco acuerdos: tres abiertos, de ellos uno vencido, y dos terminados.»"""
    abiertos = sum(s.abierto for s in situaciones)
    vencidos = sum(s.vencido for s in situaciones)
    partes = [concuerda(abiertos, "abierto", "abiertos")] if abiertos else []
    if vencidos:
        partes[0] += f" ({concuerda(vencidos, 'vencido', 'vencidos')})"
    if cerrados := len(situaciones) - abiertos:
        partes.append(concuerda(cerrados, "terminado", "terminados"))
    return f"{concuerda(len(situaciones), 'acuerdo', 'acuerdos').capitalize()}: {enumera(partes)}."


def bloques_de_sesion(sesion: Sesion, situaciones: Sequence[Situacion], agrupar: str = "estado") -> list[Bloque]:
    previa = anterior(sesion)
    desde = f" y los terminados desde la {previa.en_palabras.lower()} de {previa.anio}" if previa else ""
    if not situaciones:
        return [SinActividades(SIN_ACUERDOS)]
    texto = f"Acuerdos abiertos al {fecha_larga(dia_del_informe(sesion))}{desde}. {resumen(situaciones)}"
    return [Parrafo(texto), *bloques_seguimiento(situaciones, agrupar)]


def documento(sesion: Sesion, situaciones: Sequence[Situacion], agrupar: str = "estado") -> Documento:
    membrete = membrete_de_la_casa()
    return Documento(
        clave=f"seguimiento-de-acuerdos-{sesion.codigo}-{sesion.anio}",
        portada=Portada(
            titulo="Seguimiento de acuerdos",
            subtitulo=f"{sesion.en_palabras} de {sesion.anio}, {fecha_larga(sesion.fecha)}",
            institucion=membrete.institucion,
            organo=sesion.comision.nombre,
            leyenda=f"{sesion.en_palabras} de {sesion.anio}",
        ),
        apartados=(ApartadoArmado("", "Acuerdos", 1, tuple(bloques_de_sesion(sesion, situaciones, agrupar))),),
        autor=sesion.comision.nombre,
        membrete=membrete,
        presentacion="oficio",
    )
