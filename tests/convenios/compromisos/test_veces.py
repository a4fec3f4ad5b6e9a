"""Las veces de un compromiso: cuentas de fechas, sin base de datos."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenios.compromisos import veces
from convenios.compromisos.situacion import Situacion, situacion
from convenios.estados import MESES_ENTRE_VECES, Recurrencia

DIAS = st.dates(date(1999, 1, 1), date(2150, 12, 31))
SE_REPITE = st.sampled_from(list(MESES_ENTRE_VECES))


@pytest.mark.parametrize(
    ("fecha", "meses", "esperada"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2199, 12, 1), 1, date(2199, 12, 31)),
    ],
)
def test_mas_meses(fecha, meses, esperada):
    assert veces.mas_meses(fecha, meses) == esperada


def test_el_31_de_enero_vuelve_al_31():
    assert list(islice(veces.fechas(date(2026, 1, 31), "mensual"), 4)) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_una_vez_es_una_vez():
    assert list(veces.fechas(date(2026, 1, 31), "unica", date(2030, 1, 1))) == [date(2026, 1, 31)]


@given(DIAS, SE_REPITE, st.integers(0, 4000))
def test_las_veces_crecen_caben_y_van_un_mes_exacto_tras_otro(primera, recurrencia, dias):
    hasta = primera + timedelta(days=dias)
    todas = list(veces.fechas(primera, recurrencia, hasta))
    assert todas[0] == primera and todas == sorted(set(todas)) and todas[-1] <= hasta
    cada = MESES_ENTRE_VECES[recurrencia]
    for n, fecha in enumerate(todas):
        assert (fecha.year * 12 + fecha.month) - (primera.year * 12 + primera.month) == n * cada
        assert fecha.day <= primera.day and (fecha.day == primera.day or (fecha + timedelta(days=1)).day == 1)
    # La que seguiría ya no cabe.
    assert veces.mas_meses(primera, cada * len(todas)) > hasta


@given(DIAS, SE_REPITE)
def test_sin_fin_se_acaba_con_el_calendario(primera, recurrencia):
    assert max(veces.fechas(primera, recurrencia)) <= date(2199, 12, 31)


@given(DIAS, SE_REPITE, st.integers(0, 2000), st.data())
def test_la_cuenta_cuadra_con_las_veces(primera, recurrencia, dias, datos):
    hasta = primera + timedelta(days=dias)
    todas = list(veces.fechas(primera, recurrencia, hasta))
    cumplidas = datos.draw(st.sets(st.sampled_from(todas)))
    cuenta = veces.cuenta(primera, recurrencia, hasta, cumplidas)
    assert cuenta.total == len(todas) and cuenta.hechas == len(cumplidas)
    assert cuenta.cumplido == (len(cumplidas) == len(todas)) == (cuenta.proxima is None)
    if cuenta.proxima:
        assert cuenta.proxima not in cumplidas and all(f in cumplidas for f in todas if f < cuenta.proxima)


@given(DIAS, SE_REPITE, DIAS)
def test_lo_que_no_tiene_fin_nunca_se_da_por_cumplido_y_siempre_ensena_la_que_sigue(primera, recurrencia, hoy):
    cuenta = veces.cuenta(primera, recurrencia, None, [primera])
    assert not cuenta.cumplido and cuenta.total is None
    assert cuenta.proxima in veces.a_la_vista(primera, recurrencia, None, {primera}, hoy)


def test_lo_cumplido_se_ensena_aunque_la_vigencia_se_acorte():
    vistas = veces.a_la_vista(date(2026, 1, 31), "mensual", date(2026, 2, 28), {date(2026, 5, 31)}, date(2026, 6, 1))
    assert vistas == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 5, 31)]


def test_lo_muy_largo_no_se_ensena_entero():
    vistas = veces.a_la_vista(date(2026, 1, 31), "mensual", date(2190, 1, 1), set(), date(2026, 6, 1))
    assert len(vistas) < 40 and vistas[-1] > date(2027, 1, 1)


def test_sin_plazo_se_cumple_una_vez():
    assert veces.cuenta(None, Recurrencia.UNICA, None, []) == veces.Cuenta(False, None, 0, 1)
    assert veces.cuenta(None, Recurrencia.UNICA, None, [None]) == veces.Cuenta(True, None, 1, 1)


@pytest.mark.parametrize(
    ("dias", "obliga", "esperada"),
    [
        (-1, True, Situacion.VENCIDO),
        (0, True, Situacion.POR_VENCER),
        (30, True, Situacion.POR_VENCER),
        (31, True, Situacion.ABIERTO),
        (-1, False, Situacion.ABIERTO),
    ],
)
def test_situacion_de_lo_abierto(dias, obliga, esperada):
    hoy = date(2026, 6, 15)
    assert situacion("abierto", hoy + timedelta(days=dias), obliga, hoy) == esperada
