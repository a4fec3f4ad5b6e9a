"""Cuánto suman los registros de un periodo, sin leerlos uno por uno."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Sum

from programas.consultas import pks_que_cuentan, que_cuentan_en
from programas.models import Accion
from vinculacion.nucleo.memoria import recordada
from vinculacion.nucleo.periodos import Periodo

SUMADOS = ("unidades", "mujeres", "hombres", "sin_dato")


class Suma(NamedTuple):
    registros: int = 0
    unidades: int = 0
    mujeres: int = 0
    hombres: int = 0
    sin_dato: int = 0

    @property
    def asistentes(self) -> int:
        return self.mujeres + self.hombres + self.sin_dato


def suma(periodo: Periodo, acciones: Collection[Accion] = (), tipos: Collection[str] = ()) -> Suma:
    """De lo no rechazado; sin acciones o sin tipos, de todos."""
    suyas, pks = [], pks_que_cuentan(acciones)
    for accion, tipo, parte in _por_accion_y_tipo(periodo):
        if (not acciones or accion in pks) and (not tipos or tipo in tipos):
            suyas.append(parte)
    return Suma(*map(sum, zip(Suma(), *suyas, strict=True)))


@recordada
def _por_accion_y_tipo(periodo: Periodo) -> list[tuple[int, str, Suma]]:
    """Todas: un informe pide muchas, cada una de otra acción o de otro tipo."""
    partes = que_cuentan_en(periodo).order_by().values_list("accion", "tipo__clave")
    sumados = [Sum(campo, default=0) for campo in SUMADOS]
    return [(accion, tipo, Suma(*de)) for accion, tipo, *de in partes.annotate(Count("pk"), *sumados)]
