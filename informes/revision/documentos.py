"""La tabla de observaciones: una sección del informe y un documento aparte."""

from collections.abc import Sequence
from itertools import groupby

from django.utils import timezone

from vinculacion.nucleo.bloques import Bloque, Columna, Parrafo, SinActividades, Tabla
from vinculacion.nucleo.palabras import capitaliza, concuerda, enumera, fecha_corta
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

from ..armado import portada
from ..estados import EstadoDeObservacion, Hoja
from ..identidades.consultas import membrete_de
from ..models import Informe, Observacion
from . import consultas, referencia

COLUMNAS = (
    Columna("No.", "centro", ancho=5),
    Columna("Oficina", ancho=12),
    Columna("Apartado", ancho=17),
    Columna("Dice", ancho=15),
    Columna("Observación", ancho=22),
    Columna("Estado", ancho=9),
    Columna("Respuesta", ancho=20),
)
SIN_OBSERVACIONES = "No se recibieron observaciones."
AGRUPAR = {"": "En una sola tabla", "oficina": "Una tabla por oficina", "apartado": "Una tabla por apartado"}


def bloques(filas: Sequence[tuple[str, Observacion]], agrupar: str = "", titulo: str = "") -> list[Bloque]:
    """``filas``: (apartado, observación) en orden."""
    if not agrupar:
        return [_tabla(filas, titulo)] if filas else []

    def nombre(fila: tuple[str, Observacion]) -> str:
        return fila[0] if agrupar == "apartado" else _oficina(fila[1])

    if agrupar == "oficina":
        filas = sorted(filas, key=nombre)
    return [_tabla(list(suyas), grupo) for grupo, suyas in groupby(filas, key=nombre)]


def _tabla(filas: Sequence[tuple[str, Observacion]], titulo: str) -> Tabla:
    return Tabla(
        COLUMNAS,
        tuple(
            (
                numero,
                _oficina(o),
                apartado,
                f"«{o.cita}»" if o.cita else "",
                o.texto,
                o.get_estado_display(),
                _respuesta(o),
            )
            for numero, (apartado, o) in enumerate(filas, start=1)
        ),
        titulo=titulo,
        enlaces=tuple(o.get_absolute_url() for _, o in filas),
    )


def _oficina(observacion: Observacion) -> str:
    return str(observacion.oficina.nombre) if observacion.oficina else ""


def _respuesta(observacion: Observacion) -> str:
    """Reabierta, la que tuvo ya no es su respuesta."""
    if observacion.estado not in consultas.RESPONDIDAS:
        return ""
    fecha = f" ({fecha_corta(timezone.localdate(observacion.respondida))})" if observacion.respondida else ""
    return f"{referencia.escrita(observacion.respuesta)}{fecha}"


def resumen(filas: Sequence[tuple[str, Observacion]]) -> str:
    """«Tres observaciones: dos atendidas y una que no procede.»"""
    cuantas = {estado: sum(o.estado == estado for _, o in filas) for estado in EstadoDeObservacion}
    partes = [
        concuerda(cuantas[estado], uno, varios, "f")
        for estado, uno, varios in (
            (EstadoDeObservacion.ABIERTA, "por responder", "por responder"),
            (EstadoDeObservacion.ATENDIDA, "atendida", "atendidas"),
            (EstadoDeObservacion.NO_PROCEDE, "que no procede", "que no proceden"),
        )
        if cuantas[estado]
    ]
    total = concuerda(len(filas), "observación", "observaciones", "f")
    return f"{capitaliza(total)}: {enumera(partes)}." if partes else ""


def documento(informe: Informe) -> Documento:
    filas = consultas.en_orden(informe)
    hechos: list[Bloque] = [Parrafo(resumen(filas)), *bloques(filas)] if filas else [SinActividades(SIN_OBSERVACIONES)]
    membrete = membrete_de(informe)
    del_informe = portada(informe, membrete.institucion)
    return Documento(
        clave=f"observaciones-{informe.clave}",
        portada=Portada(
            titulo="Observaciones y respuestas",
            subtitulo=informe.titulo,
            institucion=del_informe.institucion,
            organo=del_informe.organo,
            periodo=del_informe.periodo,
            leyenda=informe.get_estado_display(),
        ),
        apartados=(ApartadoArmado("", "Observaciones", 1, tuple(hechos), hoja=Hoja.APAISADA),),
        autor=informe.comision.nombre,
        membrete=membrete,
        presentacion="carpeta",
    )
