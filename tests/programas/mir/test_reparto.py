"""A qué periodo cuenta cada unidad: nada se pierde, nada cuenta dos veces."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programas.mir.reparto import Lote, en_partes, repartir, suma
from vinculacion.nucleo.periodos import Periodo

D = Decimal


def periodos(cuantos: int, anio: int = 2021) -> list[Periodo]:
    meses = 12 // cuantos
    return [Periodo(Periodo.mes(anio, u - meses + 1).inicio, Periodo.mes(anio, u).fin) for u in range(meses, 13, meses)]


def lote(mes: int, dia: int, unidades: int, de: int = 1) -> Lote:
    return Lote(date(2021, mes, dia), D(unidades), de)


def cuentan(lotes, *programado) -> list[int]:
    return [int(suma(c)) for c in repartir(lotes, [D(m) for m in programado], periodos(len(programado)))]


def test_lo_que_se_hace_a_tiempo_queda_en_su_periodo():
    assert cuentan([lote(2, 1, 4), lote(5, 1, 2)], 4, 2, 1, 0) == [4, 2, 0, 0]


def test_lo_atrasado_cubre_primero_lo_mas_viejo():
    assert cuentan([lote(2, 1, 1), lote(8, 1, 6)], 4, 2, 1, 0) == [4, 2, 1, 0]
    assert cuentan([lote(8, 1, 4)], 4, 2, 1, 0) == [4, 0, 0, 0]


def test_lo_que_rebasa_se_queda_donde_se_hizo():
    assert cuentan([lote(2, 1, 9)], 4, 2, 1, 0) == [9, 0, 0, 0]
    assert cuentan([lote(2, 1, 9), lote(5, 1, 1)], 4, 2, 1, 0) == [9, 1, 0, 0]
    assert cuentan([lote(12, 31, 8)], 4, 2, 1, 0) == [4, 2, 1, 1]


def test_un_lote_se_parte_y_cada_parte_dice_su_variable():
    uno, otro, _, _ = repartir([lote(5, 3, 5, de=7)], [D(2), D(1), D(0), D(0)], periodos(4))
    assert uno == [lote(5, 3, 2, de=7)]
    assert otro == [lote(5, 3, 3, de=7)]


@st.composite
def anios(draw):
    cuantos = draw(st.sampled_from([1, 2, 4, 12]))
    programado = [D(n) for n in draw(st.lists(st.integers(0, 20), min_size=cuantos, max_size=cuantos))]
    dias = st.integers(0, 364).map(lambda n: date(2021, 1, 1) + timedelta(days=n))
    lotes = draw(st.lists(st.builds(Lote, dias, st.integers(0, 15).map(D), st.integers(1, 3)), max_size=30))
    return periodos(cuantos), programado, lotes


@given(anios())
def test_se_conserva_todo_y_por_variable(anio):
    tramos, programado, lotes = anio
    contados = [lote for suyos in repartir(lotes, programado, tramos) for lote in suyos]
    assert suma(contados) == suma(lotes)
    for de in (1, 2, 3):
        assert suma(x for x in contados if x.de == de) == suma(x for x in lotes if x.de == de)
    for dia in {x.fecha for x in lotes}:  # ninguna unidad cuenta dos veces
        assert suma(x for x in contados if x.fecha == dia) == suma(x for x in lotes if x.fecha == dia)


@given(anios())
def test_lo_posterior_sólo_cubre_lo_pendiente_y_nada_cuenta_antes_de_hacerse(anio):
    tramos, programado, lotes = anio
    for tramo, meta, suyos in zip(tramos, programado, repartir(lotes, programado, tramos), strict=True):
        assert all(x.fecha >= tramo.inicio for x in suyos)
        a_tiempo, tarde = suma(x for x in suyos if x.fecha in tramo), suma(x for x in suyos if x.fecha > tramo.fin)
        assert not tarde or a_tiempo + tarde <= meta


@given(anios())
def test_no_queda_pendiente_un_periodo_si_uno_posterior_rebasa(anio):
    tramos, programado, lotes = anio
    contados = repartir(lotes, programado, tramos)
    for n, (meta, suyos) in enumerate(zip(programado, contados, strict=True)):
        rebasan_despues = any(suma(contados[k]) > programado[k] for k in range(n + 1, len(tramos)))
        assert not (rebasan_despues and suma(suyos) < meta)


@given(anios(), st.integers(0, 364))
def test_un_corte_anterior_nunca_cuenta_mas(anio, dia):
    tramos, programado, lotes = anio
    corte = date(2021, 1, 1) + timedelta(days=dia)
    hasta = repartir([x for x in lotes if x.fecha <= corte], programado, tramos)
    for antes, todo in zip(hasta, repartir(lotes, programado, tramos), strict=True):
        assert suma(antes) <= suma(todo)


@pytest.mark.parametrize(
    ("cantidad", "partes", "reparto"),
    [(1, 3, [0, 0, 1]), (2, 3, [0, 1, 1]), (4, 3, [1, 1, 2]), (5, 3, [1, 2, 2]), (6, 3, [2, 2, 2]), (0, 2, [0, 0])],
)
def test_en_partes_deja_lo_que_sobra_para_el_final(cantidad, partes, reparto):
    assert en_partes(cantidad, partes) == reparto


@given(st.integers(0, 1_000_000), st.integers(1, 12))
def test_en_partes_suma_lo_mismo_y_difiere_a_lo_mas_en_uno(cantidad, partes):
    reparto = en_partes(cantidad, partes)
    assert sum(reparto) == cantidad
    assert max(reparto) - min(reparto) <= 1
