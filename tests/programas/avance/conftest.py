"""Un plan de 2020 con todo lo que mezcla el avance: lo propio, lo alineado y lo de otra fuente."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.fabricas import programas as fabrica
from tests.fabricas.directorio import area
from vinculacion.nucleo import fuentes

HECHOS = [(date(2020, 3, 2), 1), (date(2020, 10, 9), 2), (date(2020, 12, 1), 3)]


@pytest.fixture
def fuente(monkeypatch):
    def hechos(inicio, fin):
        return [(d, n, f"Hecho del {d:%d/%m}", "/") for d, n in HECHOS if inicio <= d <= fin]

    nueva = fuentes.Fuente("prueba.hechos", "Hechos de prueba", hechos, "convenios.ver_todos")
    monkeypatch.setitem(fuentes.FUENTES, nueva.clave, nueva)
    return nueva.clave


@pytest.fixture
def plan(fuente):
    """1A mezcla las tres cosas; 1B sólo la bitácora, por meses; 2A no tiene cantidades."""
    unidad = area(nombre="Unidad de prueba")
    pat = fabrica.programa(2020, area=unidad, clave="pat-2020")
    especifico = fabrica.programa(2020, "especifico", clave="pe-2020")
    de_fuente = fabrica.accion(fabrica.eje(especifico), fuente=fuente)
    alineada = fabrica.accion(de_fuente.eje, metas={1: 2})
    uno, dos = fabrica.eje(pat), fabrica.eje(pat)
    mezcla = fabrica.accion(uno, metas={1: 4, 2: 0, 3: 0, 4: 6}, unidad="Nota", alineadas=[de_fuente, alineada])
    por_mes = fabrica.accion(
        uno, metas={1: (1, 1, 0), 4: (2, 0, 1)}, unidad="Nota", area_responsable=area(nombre="Otra")
    )
    sin_cantidad = fabrica.accion(dos, meses=[2, 5, 11])
    for accion, dias in (
        (mezcla, ["2020-01-10", "2020-10-05", "2020-10-20"]),
        (alineada, ["2020-02-02", "2020-12-31"]),
        (por_mes, ["2020-01-05", "2020-05-05", "2020-10-01"]),
        (sin_cantidad, ["2020-02-14", "2020-02-15", "2020-08-01"]),
    ):
        for dia in dias:
            fabrica.actividad(accion, el=date.fromisoformat(dia))
    return SimpleNamespace(
        programa=pat, especifico=especifico, uno=uno, dos=dos, unidad=unidad,
        mezcla=mezcla, por_mes=por_mes, sin_cantidad=sin_cantidad, alineada=alineada, de_fuente=de_fuente,
    )  # fmt: skip
