"""Lo que las metas cuentan a un informe y el cumplimiento ponderado."""

from datetime import date
from decimal import Decimal

import pytest

from programas import consultas as de_programas
from programas.estados import EstadoDePrograma
from programas.metas import acciones, consultas
from programas.metas.secciones import bloques_cronograma, bloques_reprogramaciones
from tests.fabricas import metas as fabrica_metas
from tests.fabricas import programas as fabrica
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import SECCIONES

pytestmark = pytest.mark.django_db


def test_el_cronograma_con_subtotales_sólo_de_la_misma_unidad():
    eje = fabrica.eje()
    fabrica.accion(eje, metas={1: 2, 2: 3}, unidad="Nota", nombre="Notas")
    fabrica.accion(eje, metas={1: 1, 4: 4}, unidad="nota", nombre="Más notas")
    otro = fabrica.eje(eje.programa)
    fabrica.accion(otro, metas={1: 1}, unidad="Nota")
    fabrica.accion(otro, meses=[1, 2, 12], unidad="Reunión", nombre="Reuniones")
    (tabla,) = bloques_cronograma(eje.programa)
    assert tabla.combinar == (0,)
    assert [f[1:3] + f[4:] for f in tabla.filas] == [
        ("1A Notas", "Nota", 5, 2, 3, "", ""),
        ("1B Más notas", "nota", 5, 1, "", "", 4),
        ("Subtotal", "Nota", 10, 3, 3, 0, 4),
        ("2A Acción A de prueba", "Nota", 1, 1, "", "", ""),
        ("2B Reuniones", "Reunión", "—", "ene, feb", "", "", "dic"),
    ]
    assert bloques_cronograma(fabrica.programa()) == []
    assert {"programas.cronograma", "programas.reprogramaciones"} <= set(SECCIONES)


def test_las_reprogramaciones_del_periodo():
    accion = fabrica.accion(metas={1: 4, 2: (1, 1, 1)}, meses=[1])
    programa = accion.eje.programa
    acuerdo = fabrica_metas.acuerdo_para(programa)
    acciones.reprogramar(
        accion=accion, metas={1: 2, 2: 3, 3: 1}, meses=[], razon="Pandemia", acuerdo=acuerdo,
        fecha=date(2020, 5, 3), por=None,
    )  # fmt: skip
    (tabla,) = bloques_reprogramaciones(programa, Trimestre(2020, 2).periodo)
    assert [f[2:5] for f in tabla.filas] == [
        ("1T", "4", "2"), ("2T", "3 (1 + 1 + 1)", "3"), ("3T", "Sin meta", "1"), ("Meses", "Enero", "Ninguno"),
    ]  # fmt: skip
    assert tabla.filas[0][5:] == ("Pandemia", acuerdo.folio)
    assert bloques_reprogramaciones(programa, Periodo(date(2020, 7, 1), date(2020, 9, 30))) == []


def test_el_cumplimiento_ponderado():
    programa = fabrica.programa(estado=EstadoDePrograma.BORRADOR)
    uno, dos = fabrica.eje(programa), fabrica.eje(programa)
    mitad = fabrica.accion(uno, metas={4: 2})
    rebasada = fabrica.accion(uno, metas={4: 1})
    fabrica.accion(uno, meses=[1])  # sin cantidad: no entra
    nada = fabrica.accion(dos, metas={4: 5})
    fabrica.actividad(mitad)
    fabrica.actividad(rebasada, unidades=9)

    def valores():
        dado = consultas.cumplimiento_ponderado(programa, de_programas.avance(programa))
        return [dado[uno.pk], dado[dos.pk], dado["programa"]]

    assert valores() == [Decimal(75), Decimal(0), Decimal("37.5")]
    sin_cantidad = uno.acciones.get(inciso="C")
    acciones.fijar_pesos(
        programa=programa,
        ejes={uno.pk: 80, dos.pk: 20},
        acciones={mitad.pk: 70, rebasada.pk: 20, sin_cantidad.pk: 10, nada.pk: 100},
        por=None,
    )
    assert [round(v, 2) for v in valores()] == [Decimal("61.11"), Decimal(0), Decimal("48.89")]
    vacio = fabrica.programa()
    assert consultas.cumplimiento_ponderado(vacio, de_programas.avance(vacio)) == {"programa": None}
