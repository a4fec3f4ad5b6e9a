"""Trimestres, periodos y fechas escritas por personas."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from vinculacion.nucleo.periodos import Periodo, Trimestre, hoy, parsear_fechas

FECHAS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
TRIMESTRES = st.builds(Trimestre, st.integers(1901, 2198), st.integers(1, 4))
PERIODOS = st.builds(lambda inicio, dias: Periodo(inicio, inicio + timedelta(days=dias)), FECHAS, st.integers(0, 1500))


def p(inicio: str, fin: str) -> Periodo:
    return Periodo(date.fromisoformat(inicio), date.fromisoformat(fin))


# ── hoy ───────────────────────────────────────────────────────────────────────


def test_hoy_es_el_dia_de_la_ciudad_de_mexico():
    with time_machine.travel(datetime(2021, 1, 1, 3, 0, tzinfo=UTC), tick=False):
        assert hoy() == date(2020, 12, 31)


# ── trimestre ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("numero", "inicio", "fin", "texto"),
    [
        (1, "2020-01-01", "2020-03-31", "primer trimestre de 2020"),
        (2, "2020-04-01", "2020-06-30", "segundo trimestre de 2020"),
        (3, "2020-07-01", "2020-09-30", "tercer trimestre de 2020"),
        (4, "2020-10-01", "2020-12-31", "cuarto trimestre de 2020"),
    ],
)
def test_trimestre(numero, inicio, fin, texto):
    trimestre = Trimestre(2020, numero)
    assert trimestre.periodo == p(inicio, fin)
    assert str(trimestre) == texto
    assert texto.startswith(trimestre.ordinal)


def test_trimestre_se_mueve_y_se_ordena():
    assert Trimestre(2020, 4).siguiente() == Trimestre(2021, 1)
    assert Trimestre(2020, 1).anterior() == Trimestre(2019, 4)
    assert Trimestre(2019, 4) < Trimestre(2020, 1) < Trimestre(2020, 2)


@pytest.mark.parametrize(
    "texto",
    ["2020-4", "2020T4", "2020-T4", "2020 t4", "4/2020", "T4/2020", "4-2020", " 2020-4 ", "Cuarto trimestre de 2020"],
)
def test_trimestre_parse(texto):
    assert Trimestre.parse(texto) == Trimestre(2020, 4)


@pytest.mark.parametrize("texto", ["", "2020", "2020-5", "2020-0", "20-4", "20204", "quinto trimestre de 2020", "x"])
def test_trimestre_parse_rechaza(texto):
    with pytest.raises(ValueError, match="trimestre"):
        Trimestre.parse(texto)


def test_trimestre_de_un_anio_imposible():
    with pytest.raises(ValueError, match="año 20"):
        Trimestre(20, 1)


@given(TRIMESTRES)
def test_trimestre_ida_y_vuelta(trimestre):
    assert Trimestre.parse(str(trimestre)) == Trimestre.parse(trimestre.clave) == trimestre
    assert trimestre.siguiente().anterior() == trimestre
    assert trimestre.siguiente().inicio == trimestre.fin + timedelta(days=1)
    assert Trimestre.de(trimestre.inicio) == Trimestre.de(trimestre.fin) == trimestre
    assert trimestre.periodo.trimestre == trimestre
    assert trimestre.periodo.anterior() == trimestre.anterior().periodo


@given(FECHAS)
def test_toda_fecha_cae_en_su_trimestre(dia):
    assert dia in Trimestre.de(dia).periodo


# ── periodo ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("inicio", "fin", "texto"),
    [
        ("2020-10-01", "2020-12-31", "octubre a diciembre de 2020"),
        ("2020-10-01", "2022-08-31", "octubre de 2020 a agosto de 2022"),
        ("2021-03-01", "2021-03-31", "marzo de 2021"),
        ("2020-02-01", "2020-02-29", "febrero de 2020"),
        ("2020-02-01", "2020-02-28", "1° al 28 de febrero de 2020"),
        ("2021-01-05", "2021-02-03", "5 de enero al 3 de febrero de 2021"),
        ("2020-12-15", "2021-01-15", "15 de diciembre de 2020 al 15 de enero de 2021"),
        ("2021-01-05", "2021-01-05", "5 de enero de 2021"),
        ("2021-01-01", "2021-12-31", "enero a diciembre de 2021"),
    ],
)
def test_periodo_escrito(inicio, fin, texto):
    assert str(p(inicio, fin)) == texto


def test_periodo_al_reves():
    with pytest.raises(ValueError, match=r"termina \(01/01/2020\) antes de empezar \(02/01/2020\)"):
        p("2020-01-02", "2020-01-01")


def test_periodo_contiene():
    periodo = Trimestre(2020, 4).periodo
    assert date(2020, 10, 1) in periodo
    assert date(2020, 12, 31) in periodo
    assert date(2021, 1, 1) not in periodo
    assert None not in periodo
    # Las tres de la mañana UTC del día 1 todavía son 31 de diciembre en la Ciudad de México.
    assert datetime(2021, 1, 1, 3, 0, tzinfo=UTC) in periodo
    assert datetime(2020, 12, 31, 23, 0) in periodo  # noqa: DTZ001


def test_periodo_constructores():
    assert Periodo.anual(2020) == p("2020-01-01", "2020-12-31")
    assert Periodo.mes(2020, 2) == p("2020-02-01", "2020-02-29")
    assert Periodo.anual(2020).trimestre is None


@pytest.mark.parametrize(
    ("periodo", "anterior"),
    [
        (p("2020-10-01", "2020-12-31"), p("2020-07-01", "2020-09-30")),
        (p("2020-03-01", "2020-03-31"), p("2020-02-01", "2020-02-29")),
        (p("2021-01-01", "2021-12-31"), p("2020-01-01", "2020-12-31")),
        (p("2020-10-01", "2022-08-31"), p("2018-11-01", "2020-09-30")),
        (p("2021-01-05", "2021-01-11"), p("2020-12-29", "2021-01-04")),
    ],
)
def test_periodo_anterior(periodo, anterior):
    assert periodo.anterior() == anterior


@pytest.mark.parametrize(
    ("inicio", "fin", "encabezados"),
    [
        ("2020-10-01", "2022-08-31", ["2020 (octubre–diciembre)", "2021", "2022 (enero–agosto)"]),
        ("2020-12-01", "2021-12-31", ["2020 (diciembre)", "2021"]),
        ("2020-11-15", "2021-01-01", ["2020 (15 de noviembre–31 de diciembre)", "2021 (1° de enero)"]),
        ("2021-01-01", "2021-12-31", ["2021"]),
    ],
)
def test_por_anio(inicio, fin, encabezados):
    assert [encabezado for encabezado, _ in p(inicio, fin).por_anio()] == encabezados


@given(PERIODOS)
def test_los_cortes_cubren_el_periodo(periodo):
    trimestres = periodo.trimestres()
    assert periodo.inicio in trimestres[0].periodo
    assert periodo.fin in trimestres[-1].periodo
    assert all(antes.siguiente() == despues for antes, despues in pairwise(trimestres))

    meses = periodo.meses()
    assert meses == sorted(set(meses))
    assert {Trimestre.de(date(*mes, 1)) for mes in meses} == set(trimestres)
    assert sorted({anio for anio, _ in meses}) == periodo.anios()

    partes = [parte for _, parte in periodo.por_anio()]
    assert sum(parte.dias for parte in partes) == periodo.dias
    assert (partes[0].inicio, partes[-1].fin) == (periodo.inicio, periodo.fin)

    anterior = periodo.anterior()
    assert anterior.fin + timedelta(days=1) == periodo.inicio
    if periodo.de_meses_completos:
        assert len(anterior.meses()) == len(meses)
    else:
        assert anterior.dias == periodo.dias
    assert str(periodo)


# ── fechas escritas por personas ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texto", "esperadas"),
    [
        ("", []),
        ("  \n ; ", []),
        ("05/10/2020", ["2020-10-05"]),
        ("5/10/2020", ["2020-10-05"]),
        ("5-10-2020", ["2020-10-05"]),
        ("05.10.2020", ["2020-10-05"]),
        ("2020-10-05", ["2020-10-05"]),
        ("2020-10-05 00:00:00", ["2020-10-05"]),
        ("5 de octubre de 2020", ["2020-10-05"]),
        ("5 de Octubre del 2020.", ["2020-10-05"]),
        ("26 de noviembre 2020", ["2020-11-26"]),
        ("5-oct-2020", ["2020-10-05"]),
        ("5/sept/2020", ["2020-09-05"]),
        ("1° de octubre de 2020", ["2020-10-01"]),
        ("1º de octubre de 2020", ["2020-10-01"]),
        ("1o de octubre de 2020", ["2020-10-01"]),
        ("primero de octubre de 2020", ["2020-10-01"]),
        ("lunes 5 de octubre de 2020", ["2020-10-05"]),
        ("lunes, 5 de octubre de 2020", ["2020-10-05"]),
        ("el día sabado 3 de octubre de 2020", ["2020-10-03"]),
        ("05/10/2020; 07/10/2020", ["2020-10-05", "2020-10-07"]),
        ("07/10/2020, 05/10/2020", ["2020-10-05", "2020-10-07"]),
        ("05/10/2020\r\n07/10/2020\n", ["2020-10-05", "2020-10-07"]),
        ("05/10/2020; 05/10/2020", ["2020-10-05"]),
        ("5, 12 y 19 de octubre de 2020", ["2020-10-05", "2020-10-12", "2020-10-19"]),
        ("5 y 12 de octubre y 2 de noviembre de 2020", ["2020-10-05", "2020-10-12", "2020-11-02"]),
        ("28 de diciembre de 2020, y 4 de enero de 2021", ["2020-12-28", "2021-01-04"]),
        ("05/10/2020; 7 de octubre de 2020\n2020-10-09", ["2020-10-05", "2020-10-07", "2020-10-09"]),
    ],
)
def test_parsear_fechas(texto, esperadas):
    assert parsear_fechas(texto) == [date.fromisoformat(dia) for dia in esperadas]


@pytest.mark.parametrize(
    ("texto", "mensaje"),
    [
        ("31/02/2021", "«31/02/2021» no existe en el calendario."),
        ("30 de febrero de 2021", "«30 de febrero de 2021» no existe en el calendario."),
        ("2021-13-01", "«2021-13-01» no existe en el calendario."),
        ("05/10/20", "«05/10/20»: escriba el año con cuatro cifras."),
        ("05/10/0202", "«05/10/0202»: el año 202 no es creíble."),
        ("martes 5 de octubre de 2020", "«martes 5 de octubre de 2020»: ese día fue lunes."),
        ("5 al 9 de octubre de 2020", "«5 al 9 de octubre de 2020» es un rango"),
        ("5 de octubre", "«5 de octubre»: falta el año."),
        ("5; 05/10/2020", "«5»: falta el mes y el año."),
        ("05/10/2020; mañana", "«mañana» no es una fecha"),
        ("5 de octobre de 2020", "«5 de octobre de 2020» no es una fecha"),
        ("5\x00/10/2020", "no es una fecha"),
        ("٥/10/2020 z", "no es una fecha"),
    ],
)
def test_parsear_fechas_nombra_la_pieza_mala(texto, mensaje):
    with pytest.raises(ValueError) as error:
        parsear_fechas(texto)
    assert mensaje in str(error.value)


def test_parsear_fechas_dice_todas_las_malas_y_no_culpa_dos_veces():
    with pytest.raises(ValueError) as error:
        parsear_fechas("ayer; 31/02/2021; 06/10/2020")
    assert "«ayer»" in str(error.value)
    assert "«31/02/2021»" in str(error.value)
    assert "«06/10/2020»" not in str(error.value)
    with pytest.raises(ValueError) as error:
        parsear_fechas("5 y 31 de noviembre de 2020")
    assert str(error.value) == "«31 de noviembre de 2020» no existe en el calendario."


@given(st.text(max_size=60))
def test_parsear_fechas_lo_entiende_o_lo_explica(texto):
    try:
        fechas = parsear_fechas(texto)
    except ValueError as error:
        assert "«" in str(error)
    else:
        assert fechas == sorted(set(fechas))


def test_parsear_fechas_no_repite_la_misma_falla_ni_hace_una_lista_interminable():
    with pytest.raises(ValueError) as error:
        parsear_fechas("; ".join(["ayer"] * 9 + ["uno", "dos", "tres", "cuatro"]))
    assert str(error.value).count("«ayer»") == 1
    assert str(error.value).endswith("Y 2 más.")
