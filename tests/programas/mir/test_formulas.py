"""Las fórmulas de los indicadores, con los ejemplos del documento 000 y con cualquier número."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from programas.estados import Sentido
from programas.mir.formulas import TOPE, cumplimiento, eficacia, fraccion_del_anio, impacto, razon, tiempo_real

D = Decimal
MAXIMO = 1_000_000
unidades = st.integers(0, MAXIMO)
algunas = st.integers(1, MAXIMO)
cantidades = st.decimals(0, MAXIMO, places=4)
positivas = st.decimals("0.0001", MAXIMO, places=4)
tiempos = st.sampled_from([fraccion_del_anio(1, n) for n in (1, 2, 4, 12)]) | st.decimals("0.0001", 2, places=4)
sentidos = st.sampled_from(Sentido.values)


# -- los ejemplos de la fuente (documento 000, §3.2) ---------------------------------
@pytest.mark.parametrize(
    ("L", "Tp", "M", "Tr", "A"),
    [
        (4, "0.25", 4, 1, "0.25"),  # «A = 4*0.25/4*1»: los cuatro documentos, pero al cabo del año
        (4, "0.25", 4, "0.25", "1"),  # los mismos, dentro del trimestre
        (1, "0.25", 1, "0.25", "1"),  # «N programas elaborados*0.25 / 1 documento programado al trimestre*0.25»
        (4, "0.25", 5, "0.25", "0.8"),
        (3, "0.25", 4, "0.25", "0.75"),
        (1, "1.0", 1, "1.0", "1"),  # «N informes elaborados*1.0 / informe programado*1.0»
    ],
)
def test_eficacia_de_la_fuente(L, Tp, M, Tr, A):
    """Dos componentes de la fuente cierran con «Eficacia = *0.25» y uno con «*0.20».

    El 0.20 es una errata: ese indicador también es trimestral y su propia fórmula lleva 0.25. Ninguna
    fracción del año que la matriz use da 0.20; con L = M sólo saldría de un Tr de 1.25, más que el año.
    """
    assert eficacia(L, D(Tp), M, D(Tr)) == D(A)


def test_el_020_de_la_fuente_no_sale_de_un_trimestre():
    assert eficacia(4, D("0.25"), 4, 1) != D("0.20")
    assert eficacia(4, D("0.25"), 4, D("1.25")) == D("0.20")


@pytest.mark.parametrize(
    ("cuantos", "de", "escrito"), [(1, 4, "0.25"), (1, 12, "0.083"), (1, 1, "1"), (1, 2, "0.5"), (3, 12, "0.25")]
)
def test_los_tiempos_de_la_fuente(cuantos, de, escrito):
    """Trimestre 0.25, mes .083 (que es 1/12 escrito con tres decimales), año 1.0."""
    assert round(fraccion_del_anio(cuantos, de), 3) == D(escrito)


def test_un_informe_mensual_a_tiempo_vale_uno():
    mes = fraccion_del_anio(1, 12)
    assert eficacia(1, mes, 1, mes) == 1
    assert eficacia(1, D("0.083"), 1, D("0.083")) == 1


def test_impacto_de_la_fuente():
    assert impacto(3, 4) == 75
    assert impacto(67, 67) == 100


# -- cualquier número -----------------------------------------------------------------
@given(unidades, algunas, tiempos)
def test_a_es_uno_justo_cuando_se_logra_todo_a_tiempo(L, M, t):
    assert (eficacia(L, t, M, t) == 1) == (L == M)


@given(unidades, unidades, algunas, tiempos, tiempos)
def test_crece_con_lo_logrado(uno, otro, M, Tp, Tr):
    assume(uno < otro)
    assert eficacia(uno, Tp, M, Tr) < eficacia(otro, Tp, M, Tr)
    assert impacto(uno, M) < impacto(otro, M)


@given(algunas, algunas, tiempos, tiempos, tiempos)
def test_baja_con_el_tiempo_real_y_con_lo_programado(L, M, Tp, uno, otro):
    assume(uno < otro)
    assert eficacia(L, Tp, M, uno) > eficacia(L, Tp, M, otro)
    assert eficacia(L, Tp, M, uno) > eficacia(L, Tp, M + 1, uno)


@given(algunas, algunas, tiempos, tiempos, st.integers(2, 12))
def test_es_inversa_del_tiempo_real(L, M, Tp, Tr, veces):
    simple, alargado = eficacia(L, Tp, M, Tr), eficacia(L, Tp, M, Tr * veces)
    assert abs(alargado * veces - simple) <= simple * D("1e-26")


@given(cantidades, positivas, tiempos, tiempos, algunas)
def test_a_escala_da_exactamente_lo_mismo(L, M, Tp, Tr, veces):
    assert eficacia(L * veces, Tp, M * veces, Tr) == eficacia(L, Tp, M, Tr)
    assert impacto(L * veces, M * veces) == impacto(L, M)
    assert razon(L * veces, M * veces) == razon(L, M)


@given(cantidades, tiempos, tiempos)
def test_sin_nada_programado_no_hay_razon(L, Tp, Tr):
    assert eficacia(L, Tp, 0, Tr) is None
    assert impacto(L, 0) is None
    assert razon(L, 0) is None


@given(cantidades, positivas)
def test_el_impacto_es_la_razon_por_cien(R, O):  # noqa: E741
    assert abs(impacto(R, O) - razon(R, O) * 100) <= razon(R, O) * D("1e-25")


@given(cantidades, positivas)
def test_a_tiempo_la_eficacia_es_la_razon(L, M):
    assert eficacia(L, D("0.25"), M, D("0.25")) == razon(L, M)


@given(cantidades, cantidades, st.decimals(0, 2, places=4), st.decimals(0, 2, places=4), sentidos)
def test_nunca_hay_excepcion_ni_negativo(a, b, t, u, sentido):
    for valor in (eficacia(a, t, b, u), impacto(a, b), razon(a, b), cumplimiento(a, b, sentido)):
        assert valor is None or valor >= 0
    assert cumplimiento(None, b, sentido) is None


@given(cantidades, positivas)
def test_se_redondea_una_sola_vez(N, D_):
    exacta = Fraction(N) / Fraction(D_)
    assert razon(N, D_) == D(exacta.numerator) / D(exacta.denominator)


# -- cumplimiento ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("valor", "meta", "sentido", "porciento"),
    [
        ("0.75", 1, Sentido.ASCENDENTE, 75),
        (130, 100, Sentido.ASCENDENTE, 130),
        (0, 1, Sentido.ASCENDENTE, 0),
        (3, 0, Sentido.ASCENDENTE, None),
        (4, 2, Sentido.DESCENDENTE, 50),
        (2, 4, Sentido.DESCENDENTE, 200),
        (0, 4, Sentido.DESCENDENTE, TOPE),
        ("0.0001", 4, Sentido.DESCENDENTE, TOPE),
        (0, 0, Sentido.DESCENDENTE, 100),
        (1, 0, Sentido.DESCENDENTE, 0),
    ],
)
def test_cumplimiento(valor, meta, sentido, porciento):
    assert cumplimiento(D(valor), D(meta), sentido) == porciento


@given(cantidades, cantidades, positivas)
def test_mas_es_mejor_o_peor_segun_el_sentido(uno, otro, meta):
    assume(uno < otro)
    assert cumplimiento(uno, meta, Sentido.ASCENDENTE) < cumplimiento(otro, meta, Sentido.ASCENDENTE)
    assert cumplimiento(uno, meta, Sentido.DESCENDENTE) >= cumplimiento(otro, meta, Sentido.DESCENDENTE)


@given(positivas, sentidos)
def test_llegar_a_la_meta_es_cien(meta, sentido):
    assert cumplimiento(meta, meta, sentido) == 100


@given(tiempos, st.integers(1, 366), st.sampled_from([365, 366]))
def test_el_tiempo_real_nunca_es_menor_que_el_planeado(tp, dias, anio):
    tr = tiempo_real(tp, dias, anio)
    assert tr >= tp
    assert tr in (tp, fraccion_del_anio(dias, anio))
