"""Qué de los convenios cuenta como avance de una acción, en una consulta cada una."""

from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.fuentes import Hecho, fuente
from vinculacion.nucleo.memoria import recordada
from vinculacion.nucleo.periodos import Periodo

from . import consultas
from .estados import Ambito, Gestion
from .models import Convenio
from .permisos import VER_TODOS


def _suscritos(inicio: date, fin: date, **campos: str) -> Iterator[Hecho]:
    for convenio in _firmados(inicio, fin):
        if convenio.fecha_firma is not None and all(getattr(convenio, c) == valor for c, valor in campos.items()):
            texto = f"{convenio.folio} · {convenio.titulo}"
            yield Hecho(convenio.fecha_firma, 1, texto, convenio.get_absolute_url())


@recordada
def _firmados(inicio: date, fin: date) -> list[Convenio]:
    """Todos: un plan suele contar por separado los de cada ámbito."""
    return list(consultas.suscritos(Periodo(inicio, fin)))


@fuente("convenios.suscritos", "Convenios suscritos", VER_TODOS)
def suscritos(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin)


@fuente("convenios.suscritos_nacionales", "Convenios suscritos, ámbito nacional", VER_TODOS)
def suscritos_nacionales(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin, ambito=Ambito.NACIONAL)


@fuente("convenios.suscritos_internacionales", "Convenios suscritos, ámbito internacional", VER_TODOS)
def suscritos_internacionales(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin, ambito=Ambito.INTERNACIONAL)


@fuente("convenios.suscritos_de_la_unidad", "Convenios suscritos que lleva la propia unidad", VER_TODOS)
def suscritos_de_la_unidad(inicio: date, fin: date) -> Iterator[Hecho]:
    return _suscritos(inicio, fin, gestion=Gestion.PROPIA)
