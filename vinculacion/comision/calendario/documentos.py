"""El calendario de un año como documento."""

from dataclasses import replace

from vinculacion.nucleo.bloques import Parrafo, Tabla
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada, membrete_de_la_casa

from ..models import Comision
from .secciones import bloques_calendario_de_sesiones

SIN_SESIONES = "No hay sesiones en el calendario de ese año."


def calendario(comision: Comision, anio: int) -> Documento:
    bloques = [
        replace(bloque, titulo="") if isinstance(bloque, Tabla) else bloque  # ya lo dice el del documento
        for bloque in bloques_calendario_de_sesiones(comision, anio) or [Parrafo(SIN_SESIONES)]
    ]
    membrete = membrete_de_la_casa()
    return Documento(
        clave=f"calendario-{comision.siglas}-{anio}",
        portada=Portada(
            titulo=f"Calendario de sesiones {anio}", institucion=membrete.institucion, organo=comision.nombre
        ),
        apartados=(ApartadoArmado("", "", 1, tuple(bloques), ancla="calendario", en_indice=False),),
        autor=comision.nombre,
        membrete=membrete,
        presentacion="oficio",
    )
