"""Lo que se acompaña cuenta como avance de una acción."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.periodos import Periodo, Trimestre, hoy

from ..estados import EN_TRAMITE, Gestion
from ..models import CambioDeEtapa
from ..permisos import VER_TODOS


@fuente("convenios.acompanamientos", "Instrumentos acompañados, una vez por trimestre", VER_TODOS)
def acompanamientos(inicio: date, fin: date) -> Iterator[Hecho]:
    """Los que lista la tabla de cada trimestre (``consultas.acompanados_en``), en una sola consulta.

    Cada uno cuenta en su último paso del trimestre o, si siguió en trámite sin moverse, el día en que empieza.
    """
    corte = min(Trimestre.de(fin).fin, hoy())
    pasos = CambioDeEtapa.objects.filter(convenio__gestion=Gestion.ACOMPANADA, fecha__lte=corte)
    pasos = pasos.select_related("convenio").order_by("convenio", "fecha", "pk")
    hechos = [h for _, grupo in groupby(pasos, lambda p: p.convenio_id) for h in _de_uno(list(grupo), corte)]
    yield from sorted(h for h in hechos if inicio <= h.fecha <= fin)


def _de_uno(pasos: list[CambioDeEtapa], corte: date) -> Iterator[Hecho]:
    convenio = pasos[0].convenio
    for trimestre in Periodo(pasos[0].fecha, corte).trimestres():
        ultimo = [p for p in pasos if p.fecha <= trimestre.fin][-1]
        if ultimo.fecha >= trimestre.inicio or ultimo.etapa in EN_TRAMITE:
            texto = f"{convenio.folio} · {convenio.titulo}"
            yield Hecho(max(ultimo.fecha, trimestre.inicio), 1, texto, convenio.get_absolute_url())
