"""Pasos vencidos o por vencer: para el área que los tiene y para quien lleva el instrumento en la unidad."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.avisos import Aviso, avisos

from . import consultas

VER = "convenios.view_pasopendiente"


@avisos
def pasos_pendientes(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(VER):
        return
    for paso in consultas.por_atender(usuario, fecha):
        quien = paso.area.corto if paso.area else "la contraparte"
        vencido = paso.fecha_limite is not None and paso.fecha_limite < fecha
        yield Aviso(
            "Paso pendiente vencido" if vencido else "Paso pendiente",
            f"{paso.que} ({quien}): {paso.convenio}",
            paso.get_absolute_url(),
            paso.fecha_limite,
            "vencido" if vencido else "atencion",
        )
