"""Acuerdos vencidos o por vencer: para el área responsable y para la Secretaría técnica."""

from collections.abc import Iterator
from datetime import date

from vinculacion.comision.consultas import abiertos, acuerdos_visibles
from vinculacion.comision.permisos import CAMBIAR_ACUERDO
from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import fecha_larga

from .consultas import PRONTO


@avisos
def acuerdos(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm("comision.view_acuerdo"):
        return
    consulta = abiertos(acuerdos_visibles(usuario)).filter(fecha_limite__lte=fecha + PRONTO).order_by("fecha_limite")
    if not usuario.has_perm(CAMBIAR_ACUERDO):
        if not usuario.area_id:
            return
        consulta = consulta.filter(area_responsable=usuario.area_id)
    for acuerdo in consulta:
        limite = acuerdo.fecha_limite or fecha
        quien = f" · {acuerdo.area_responsable.corto}" if acuerdo.area_responsable else ""
        vencido = limite < fecha
        yield Aviso(
            "Acuerdo",
            f"{acuerdo.folio}{quien}: {'venció' if vencido else 'vence'} el {fecha_larga(limite)}",
            acuerdo.get_absolute_url(),
            limite,
            "vencido" if vencido else "atencion",
        )
