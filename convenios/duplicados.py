"""Cuándo dos instrumentos parecen ser el mismo. Lo preguntan el formulario, la hoja y el verificador.

Son dudosos los del mismo tipo y con alguna contraparte en común, firmados el mismo día; si no
están firmados, los que además llevan el mismo título.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from vinculacion.nucleo.texto import llano

from .models import Convenio, TipoInstrumento


def _llave(tipo_id: int | None, firma: date | None, titulo: str) -> tuple:
    return (tipo_id, firma) if firma else (tipo_id, " ".join(llano(titulo).split()))


def parecidos(
    *, tipo: TipoInstrumento, contrapartes: Collection, firma: date | None, titulo: str, excepto: int | None = None
) -> list[Convenio]:
    """Los ya registrados que podrían ser el mismo instrumento."""
    candidatos = Convenio.objects.filter(tipo=tipo, contrapartes__in=contrapartes, fecha_firma=firma)
    if excepto is not None:
        candidatos = candidatos.exclude(pk=excepto)
    propia = _llave(tipo.pk, firma, titulo)
    return [c for c in candidatos.distinct().order_by("pk") if _llave(tipo.pk, firma, c.titulo) == propia]


def parejas(convenios: Iterable[Convenio]) -> dict[int, list[Convenio]]:
    """De muchos a la vez (con sus contrapartes precargadas): pk → los otros que parecen el mismo."""
    grupos: dict[Any, list[Convenio]] = defaultdict(list)
    for c in convenios:
        grupos[_llave(c.tipo_id, c.fecha_firma, c.titulo)].append(c)
    resultado: dict[int, list[Convenio]] = {}
    for grupo in (g for g in grupos.values() if len(g) > 1):
        partes = {c.pk: {o.pk for o in c.contrapartes.all()} for c in grupo}
        for c in grupo:
            if otros := [o for o in grupo if o.pk != c.pk and partes[c.pk] & partes[o.pk]]:
                resultado[c.pk] = otros
    return resultado


def grupos(convenios: Iterable[Convenio]) -> list[list[Convenio]]:
    """Los mismos parecidos, cada grupo una sola vez y en el orden en que llegan."""
    convenios = list(convenios)
    otros, vistos, resultado = parejas(convenios), set(), []
    for c in convenios:
        if c.pk in otros and c.pk not in vistos:
            grupo = [c, *(o for o in otros[c.pk] if o.pk not in vistos)]
            vistos |= {o.pk for o in grupo}
            resultado.append(grupo)
    return resultado
