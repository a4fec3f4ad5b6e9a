"""Lo que los registros dicen de cada variable de un programa, traído de una vez."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from programas.consultas import Origen, origenes, que_cuentan, unidades_por_origen
from programas.estados import OrigenDeVariable
from programas.models import Accion, Indicador, Meta, Variable
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, Contexto

from .reparto import Lote, en_partes


class Registros:
    """El valor de cualquier variable en cualquier periodo, al corte.

    Cuatro consultas a lo más, además de las de :func:`consultas.indicadores`; cada cifra del sistema
    distinta agrega la suya por periodo.
    """

    def __init__(self, indicadores: Sequence[Indicador], corte: date):
        self.programa, self.corte = indicadores[0].programa, corte
        variables = [v for i in indicadores for v in i.variables.all()]
        self._unidades = unidades_por_origen(
            self._origenes(variables, OrigenDeVariable.AVANCE), self.programa.anio, hasta=corte
        )
        self._asistentes = self._asistencia(self._origenes(variables, OrigenDeVariable.ASISTENTES))
        self._cifras: dict[tuple, Decimal | None] = {}

    @staticmethod
    def _origenes(variables: Sequence[Variable], de: str) -> set[Origen]:
        return {o for v in variables if v.origen == de for a in v.acciones.all() for o in origenes(a)}

    def _asistencia(self, de: set[Origen]) -> dict[Origen, list[tuple[date, int]]]:
        pares: dict[Origen, list[tuple[date, int]]] = defaultdict(list)
        personas = sum((Coalesce(F(sexo), 0) for sexo in ("hombres", "sin_dato")), Coalesce(F("mujeres"), 0))
        cuentan = que_cuentan().filter(
            accion__in=[o for o in de if isinstance(o, int)],
            fecha_fin__year=self.programa.anio,
            fecha_fin__lte=self.corte,
        )
        for accion, fecha, total in cuentan.order_by().values_list("accion", "fecha_fin").annotate(total=Sum(personas)):
            pares[accion].append((fecha, total))
        return pares

    def lotes(self, variables: Sequence[Variable]) -> list[Lote]:
        """Las unidades de esas variables hasta el corte; un registro que sirve a dos cuenta en la primera."""
        vistos: set[Origen] = set()
        lotes = []
        for variable in variables:
            suyos = {o for a in variable.acciones.all() for o in origenes(a)} - vistos
            vistos |= suyos
            lotes += [
                Lote(fecha, Decimal(unidades), variable.pk)
                for origen in suyos
                for fecha, unidades in self._unidades[origen]
            ]
        return lotes

    def valor(self, variable: Variable, numero: int, periodo: Periodo) -> Decimal | None:
        """Lo de ``periodo``, el ``numero`` de su indicador; ``None`` si falta."""
        match variable.origen:
            case OrigenDeVariable.AVANCE:
                return self._entre(self._unidades, variable, periodo)
            case OrigenDeVariable.ASISTENTES:
                return self._entre(self._asistentes, variable, periodo)
            case OrigenDeVariable.META:
                return programado(list(variable.acciones.all()), periodo)
            case OrigenDeVariable.DATO:
                return next((d.valor for d in variable.datos.all() if d.periodo == numero), None)
            case OrigenDeVariable.CIFRA:
                return self.cifra(variable, periodo)
        return variable.valor

    def _entre(self, pares: dict[Origen, list[tuple[date, int]]], variable: Variable, periodo: Periodo) -> Decimal:
        suyos = {o for a in variable.acciones.all() for o in origenes(a)}
        return Decimal(sum(n for origen in suyos for fecha, n in pares.get(origen, ()) if fecha in periodo))

    def cifra(self, variable: Variable, periodo: Periodo) -> Decimal | None:
        """``None`` si el periodo no empieza o si la cifra, o algo que nombra, ya no existe."""
        if periodo.inicio > self.corte or variable.cifra not in CIFRAS:
            return None
        llave = (variable.cifra, tuple(sorted(variable.parametros.items())), periodo)
        if llave not in self._cifras:
            contexto = Contexto(Periodo(periodo.inicio, min(periodo.fin, self.corte)), comision=self.programa.comision)
            try:
                self._cifras[llave] = Decimal(CIFRAS[variable.cifra].valor(contexto, variable.parametros))
            except (TypeError, ValueError):
                self._cifras[llave] = None
        return self._cifras[llave]


# -- metas -----------------------------------------------------------------------
def programado(acciones: Sequence[Accion], periodo: Periodo) -> Decimal | None:
    """Lo programado en un periodo de meses completos; ``None`` si ninguna acción tiene cantidades."""
    con_metas = [(a, m) for a in acciones for m in a.metas.all()]
    if not con_metas:
        return None
    meses = {mes for _, mes in periodo.meses()}
    total = 0
    for accion, meta in con_metas:
        del_trimestre = range(3 * meta.trimestre - 2, 3 * meta.trimestre + 1)
        if meses >= set(del_trimestre):
            total += meta.cantidad
        else:
            total += sum(n for mes, n in zip(del_trimestre, por_mes(accion, meta), strict=True) if mes in meses)
    return Decimal(total)


def por_mes(accion: Accion, meta: Meta) -> list[int]:
    """La meta de un trimestre en sus tres meses.

    Como el plan la reparta; si no la repartió, entre los meses que la acción tiene programados en ese
    trimestre (los tres, si no tiene) lo más parejo posible, y lo que sobra en los últimos.
    """
    if meta.meses is not None:
        return list(meta.meses)
    del_trimestre = range(3 * meta.trimestre - 2, 3 * meta.trimestre + 1)
    tocan = [mes for mes in del_trimestre if mes in accion.meses] or list(del_trimestre)
    partes = dict(zip(tocan, en_partes(meta.cantidad, len(tocan)), strict=True))
    return [partes.get(mes, 0) for mes in del_trimestre]
