"""El español escrito, contra una tabla de casos y contra propiedades."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinculacion.nucleo import palabras
from vinculacion.nucleo.periodos import parsear_fechas


def f(texto: str) -> date:
    return date.fromisoformat(texto)


FECHAS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("dia", "larga", "sin_dia"),
    [
        ("2020-10-01", "jueves 1° de octubre de 2020", "1° de octubre de 2020"),
        ("2020-10-05", "lunes 5 de octubre de 2020", "5 de octubre de 2020"),
        ("2024-01-25", "jueves 25 de enero de 2024", "25 de enero de 2024"),
        ("2020-02-29", "sábado 29 de febrero de 2020", "29 de febrero de 2020"),
        ("2021-09-01", "miércoles 1° de septiembre de 2021", "1° de septiembre de 2021"),
        ("2020-10-31", "sábado 31 de octubre de 2020", "31 de octubre de 2020"),
        ("2020-11-22", "domingo 22 de noviembre de 2020", "22 de noviembre de 2020"),
    ],
)
def test_fecha_larga(dia, larga, sin_dia):
    assert palabras.fecha_larga(f(dia)) == larga
    assert palabras.fecha_larga(f(dia), dia_semana=False) == sin_dia


def test_fecha_corta():
    assert palabras.fecha_corta(date(2020, 10, 1)) == "01/10/2020"


@pytest.mark.parametrize(
    ("desde", "hasta", "con_dia", "sin_dia"),
    [
        (
            "2020-10-05",
            "2020-10-09",
            "lunes 5 al viernes 9 de octubre de 2020",
            "5 al 9 de octubre de 2020",
        ),
        (
            "2020-10-19",
            "2020-11-22",
            "lunes 19 de octubre al domingo 22 de noviembre de 2020",
            "19 de octubre al 22 de noviembre de 2020",
        ),
        (
            "2020-12-28",
            "2021-01-08",
            "lunes 28 de diciembre de 2020 al viernes 8 de enero de 2021",
            "28 de diciembre de 2020 al 8 de enero de 2021",
        ),
        (
            "2020-10-01",
            "2020-10-31",
            "jueves 1° al sábado 31 de octubre de 2020",
            "1° al 31 de octubre de 2020",
        ),
        (
            # mismo mes de años distintos: no se puede compartir nada
            "2020-10-05",
            "2021-10-05",
            "lunes 5 de octubre de 2020 al martes 5 de octubre de 2021",
            "5 de octubre de 2020 al 5 de octubre de 2021",
        ),
        ("2020-10-05", "2020-10-05", "lunes 5 de octubre de 2020", "5 de octubre de 2020"),
    ],
)
def test_rango(desde, hasta, con_dia, sin_dia):
    assert palabras.rango_fechas(f(desde), f(hasta)) == con_dia
    assert palabras.rango_fechas(f(desde), f(hasta), dia_semana=False) == sin_dia


def test_rango_al_reves():
    with pytest.raises(ValueError, match="antes de empezar"):
        palabras.rango_fechas(date(2020, 10, 9), date(2020, 10, 5))


@pytest.mark.parametrize(
    ("dias", "con_dia", "sin_dia"),
    [
        ([], "", ""),
        (["2020-12-07"], "lunes 7 de diciembre de 2020", "7 de diciembre de 2020"),
        (
            ["2020-12-09", "2020-12-07", "2020-12-07"],
            "lunes 7 y miércoles 9 de diciembre de 2020",
            "7 y 9 de diciembre de 2020",
        ),
        (
            ["2020-11-19", "2020-11-20"],
            "jueves 19 y viernes 20 de noviembre de 2020",
            "19 y 20 de noviembre de 2020",
        ),
        (
            ["2020-10-05", "2020-10-12", "2020-10-19", "2020-11-02"],
            "lunes 5, lunes 12 y lunes 19 de octubre y lunes 2 de noviembre de 2020",
            "5, 12 y 19 de octubre y 2 de noviembre de 2020",
        ),
        (
            ["2020-10-05", "2020-11-02", "2020-12-01"],
            "lunes 5 de octubre, lunes 2 de noviembre y martes 1° de diciembre de 2020",
            "5 de octubre, 2 de noviembre y 1° de diciembre de 2020",
        ),
        (
            ["2020-12-28", "2021-01-04"],
            "lunes 28 de diciembre de 2020 y lunes 4 de enero de 2021",
            "28 de diciembre de 2020 y 4 de enero de 2021",
        ),
        (
            ["2020-12-21", "2020-12-28", "2021-01-04"],
            "lunes 21 y lunes 28 de diciembre de 2020, y lunes 4 de enero de 2021",
            "21 y 28 de diciembre de 2020, y 4 de enero de 2021",
        ),
    ],
)
def test_lista(dias, con_dia, sin_dia):
    assert palabras.lista_fechas([f(d) for d in dias]) == con_dia
    assert palabras.lista_fechas([f(d) for d in dias], dia_semana=False) == sin_dia


def test_fechas_de_elige_la_forma():
    a, b = date(2020, 10, 5), date(2020, 10, 9)
    assert palabras.fechas_de(a) == "lunes 5 de octubre de 2020"
    assert palabras.fechas_de(a, a, []) == "lunes 5 de octubre de 2020"
    assert palabras.fechas_de(a, b) == "lunes 5 al viernes 9 de octubre de 2020"
    assert palabras.fechas_de(a, b, [a, b]) == "lunes 5 y viernes 9 de octubre de 2020"
    assert palabras.fechas_de(None) == ""


@given(st.lists(FECHAS, max_size=8), st.booleans())
def test_la_lista_se_vuelve_a_leer(fechas, dia_semana):
    assert parsear_fechas(palabras.lista_fechas(fechas, dia_semana)) == sorted(set(fechas))


@given(FECHAS)
def test_fechas_de_un_dia_sin_cero(dia):
    texto = palabras.fecha_larga(dia)
    assert " 0" not in texto
    assert (" 1° de " in texto) == (dia.day == 1)
    assert texto == texto.lower()


def test_una_hora_tambien_tiene_fecha():
    assert palabras.fecha_larga(datetime(2020, 10, 1, 12, 30)) == "jueves 1° de octubre de 2020"  # noqa: DTZ001


def test_mes():
    assert [palabras.mes(n) for n in (1, 9, 12)] == ["enero", "septiembre", "diciembre"]
    with pytest.raises(ValueError, match="mes 13"):
        palabras.mes(13)


@pytest.mark.parametrize(
    ("n", "masculino", "femenino", "apocope"),
    [
        (1, "primero", "primera", "primer"),
        (2, "segundo", "segunda", "segundo"),
        (3, "tercero", "tercera", "tercer"),
        (4, "cuarto", "cuarta", "cuarto"),
        (7, "séptimo", "séptima", "séptimo"),
        (9, "noveno", "novena", "noveno"),
        (10, "décimo", "décima", "décimo"),
        (11, "décimo primero", "décima primera", "décimo primer"),
        (12, "décimo segundo", "décima segunda", "décimo segundo"),
        (13, "décimo tercero", "décima tercera", "décimo tercer"),
        (20, "vigésimo", "vigésima", "vigésimo"),
        (21, "vigésimo primero", "vigésima primera", "vigésimo primer"),
        (30, "trigésimo", "trigésima", "trigésimo"),
        (42, "cuadragésimo segundo", "cuadragésima segunda", "cuadragésimo segundo"),
        (55, "quincuagésimo quinto", "quincuagésima quinta", "quincuagésimo quinto"),
        (68, "sexagésimo octavo", "sexagésima octava", "sexagésimo octavo"),
        (76, "septuagésimo sexto", "septuagésima sexta", "septuagésimo sexto"),
        (80, "octogésimo", "octogésima", "octogésimo"),
        (99, "nonagésimo noveno", "nonagésima novena", "nonagésimo noveno"),
    ],
)
def test_ordinal(n, masculino, femenino, apocope):
    assert palabras.ordinal(n) == masculino
    assert palabras.ordinal(n, "f") == femenino
    assert palabras.ordinal(n, apocope=True) == apocope
    assert palabras.ordinal(n, "f", apocope=True) == femenino


@pytest.mark.parametrize("n", [0, -1, 100])
def test_ordinal_fuera(n):
    with pytest.raises(ValueError, match="del 1 al 99"):
        palabras.ordinal(n)


def test_los_99_ordinales_son_distintos():
    assert len({palabras.ordinal(n, genero) for n in range(1, 100) for genero in "mf"}) == 198


@pytest.mark.parametrize(
    ("n", "masculino", "femenino", "apocope"),
    [
        (0, "cero", "cero", "cero"),
        (1, "uno", "una", "un"),
        (2, "dos", "dos", "dos"),
        (16, "dieciséis", "dieciséis", "dieciséis"),
        (21, "veintiuno", "veintiuna", "veintiún"),
        (22, "veintidós", "veintidós", "veintidós"),
        (31, "treinta y uno", "treinta y una", "treinta y un"),
        (91, "noventa y uno", "noventa y una", "noventa y un"),
        (100, "cien", "cien", "cien"),
        (101, "ciento uno", "ciento una", "ciento un"),
        (121, "ciento veintiuno", "ciento veintiuna", "ciento veintiún"),
        (200, "doscientos", "doscientas", "doscientos"),
        (500, "quinientos", "quinientas", "quinientos"),
        (700, "setecientos", "setecientas", "setecientos"),
        (900, "novecientos", "novecientas", "novecientos"),
        (999, "novecientos noventa y nueve", "novecientas noventa y nueve", "novecientos noventa y nueve"),
        (1000, "mil", "mil", "mil"),
        (1001, "mil uno", "mil una", "mil un"),
        (1100, "mil cien", "mil cien", "mil cien"),
        (1765, "mil setecientos sesenta y cinco", "mil setecientas sesenta y cinco", "mil setecientos sesenta y cinco"),
        (21_000, "veintiún mil", "veintiún mil", "veintiún mil"),
        (21_021, "veintiún mil veintiuno", "veintiún mil veintiuna", "veintiún mil veintiún"),
        (31_000, "treinta y un mil", "treinta y un mil", "treinta y un mil"),
        (101_000, "ciento un mil", "ciento un mil", "ciento un mil"),
        (200_000, "doscientos mil", "doscientas mil", "doscientos mil"),
        (500_500, "quinientos mil quinientos", "quinientas mil quinientas", "quinientos mil quinientos"),
        (1_000_000, "un millón", "un millón", "un millón"),
        (1_000_001, "un millón uno", "un millón una", "un millón un"),
        (1_001_000, "un millón mil", "un millón mil", "un millón mil"),
        (21_000_000, "veintiún millones", "veintiún millones", "veintiún millones"),
        (200_000_200, "doscientos millones doscientos", "doscientos millones doscientas", None),
        (1_000_000_000, "mil millones", "mil millones", "mil millones"),
        (-3, "menos tres", "menos tres", "menos tres"),
    ],
)
def test_en_palabras(n, masculino, femenino, apocope):
    assert palabras.en_palabras(n) == masculino
    assert palabras.en_palabras(n, "f") == femenino
    if apocope is not None:
        assert palabras.en_palabras(n, apocope=True) == apocope
    assert palabras.en_palabras(n, "f", apocope=True) == femenino


@given(st.integers(0, 999_999))
def test_en_palabras_siempre_se_puede(n):
    femenino, apocope = palabras.en_palabras(n, "f"), palabras.en_palabras(n, apocope=True)
    assert "uno" not in femenino
    assert "cientos" not in femenino
    assert not apocope.endswith("uno")
    assert "uno mil" not in palabras.en_palabras(n)
    for texto in (palabras.en_palabras(n), femenino, apocope):
        assert texto == " ".join(texto.split()) != ""


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_en_palabras_no_confunde_dos_numeros(a, b):
    assert (palabras.en_palabras(a, "f") == palabras.en_palabras(b, "f")) == (a == b)


def test_en_palabras_rechaza():
    with pytest.raises(ValueError, match="no es entero"):
        palabras.en_palabras(Decimal("2.5"))
    with pytest.raises(ValueError, match="género"):
        palabras.en_palabras(2, "x")
    with pytest.raises(ValueError, match="demasiado grande"):
        palabras.en_palabras(10**12)
    assert palabras.en_palabras(Decimal("3.0")) == "tres"


@pytest.mark.parametrize(
    ("n", "singular", "plural", "genero", "esperado"),
    [
        (0, "convenio", "convenios", "m", "ningún convenio"),
        (1, "convenio", "convenios", "m", "un convenio"),
        (3, "convenio", "convenios", "m", "tres convenios"),
        (21, "convenio", "convenios", "m", "veintiún convenios"),
        (31, "convenio", "convenios", "m", "treinta y un convenios"),
        (0, "nota", "notas", "f", "ninguna nota"),
        (1, "nota", "notas", "f", "una nota"),
        (21, "persona", "personas", "f", "veintiuna personas"),
        (200, "persona", "personas", "f", "doscientas personas"),
        (1000, "persona", "personas", "f", "mil personas"),
        (1_000_000, "persona", "personas", "f", "un millón de personas"),
        (2_000_000, "persona", "personas", "f", "dos millones de personas"),
        (1_000_100, "persona", "personas", "f", "un millón cien personas"),
        (1, "área", "áreas", "f", "un área"),
        (0, "área interna", "áreas internas", "f", "ningún área interna"),
        (3, "área", "áreas", "f", "tres áreas"),
        (1, "acta", "actas", "f", "un acta"),
        (1, "actividad", "actividades", "f", "una actividad"),
        (1, "alcaldía", "alcaldías", "f", "una alcaldía"),
    ],
)
def test_concuerda(n, singular, plural, genero, esperado):
    assert palabras.concuerda(n, singular, plural, genero) == esperado


def test_concuerda_con_su_propio_cero():
    assert palabras.concuerda(0, "convenio", "convenios", cero="sin convenios") == "sin convenios"
    assert palabras.concuerda(0, "convenio", "convenios", cero="") == ""


@pytest.mark.parametrize(
    ("n", "esperado"),
    [
        (0, "0 convenios"),
        (1, "1 convenio"),
        (3, "3 convenios"),
        (1765, "1,765 convenios"),
        (1_000_000, "1,000,000 de convenios"),
        (Decimal("2.5"), "2.5 convenios"),
    ],
)
def test_cuenta(n, esperado):
    assert palabras.cuenta(n, "convenio", "convenios") == esperado


@pytest.mark.parametrize(
    ("elementos", "esperado"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a y b"),
        (["a", "b", "c"], "a, b y c"),
        (["IECM", "INE"], "IECM e INE"),
        (["TEPJF", "IECM"], "TEPJF e IECM"),
        (["Coyoacán", "Iztapalapa"], "Coyoacán e Iztapalapa"),
        (["Tlaxcala", "Hidalgo"], "Tlaxcala e Hidalgo"),
        (["México", "Ítaca"], "México e Ítaca"),
        (["agua", "hielo"], "agua y hielo"),
        (["agua", "hierba"], "agua y hierba"),
        (["sales", "iones"], "sales y iones"),
        (["Campeche", "Yucatán"], "Campeche y Yucatán"),
        (["foros", "«Invita a un consejero»"], "foros e «Invita a un consejero»"),
        (["III", "IV"], "III y IV"),
        (["IV", "I"], "IV y I"),
        (["A", "HIS"], "A y HIS"),
        (["Uno, A.C.", "Dos", "Tres"], "Uno, A.C.; Dos; y Tres"),
        (["Uno, A.C.", "Dos"], "Uno, A.C. y Dos"),
        ([1, 2], "1 y 2"),
    ],
)
def test_enumera(elementos, esperado):
    assert palabras.enumera(elementos) == esperado
    assert palabras.enumera(iter(elementos)) == esperado


@pytest.mark.parametrize(
    ("valor", "decimales", "esperado"),
    [
        (1765, None, "1,765"),
        (0, None, "0"),
        (-1765, None, "-1,765"),
        (Decimal("1234.5"), None, "1,234.5"),
        (Decimal("1234.5"), 2, "1,234.50"),
        (2.675, 2, "2.68"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("1.5"), 0, "2"),
        (Decimal("-0.2"), 0, "0"),
        (1234567, 0, "1,234,567"),
        (0.1 + 0.2, 1, "0.3"),
    ],
)
def test_numero(valor, decimales, esperado):
    assert palabras.numero(valor, decimales) == esperado


@pytest.mark.parametrize(
    ("valor", "decimales", "esperado"),
    [
        (100, 1, "100%"),
        (0, 1, "0%"),
        (Decimal("83.333"), 1, "83.3%"),
        (Decimal("66.65"), 1, "66.7%"),
        (Decimal("12.50"), 2, "12.5%"),
        (150, 0, "150%"),
        (Decimal("1250"), 1, "1,250%"),
    ],
)
def test_porcentaje(valor, decimales, esperado):
    assert palabras.porcentaje(valor, decimales) == esperado


def test_letra_y_romano():
    assert [palabras.letra(n) for n in (1, 2, 26, 27, 52, 53, 703)] == ["A", "B", "Z", "AA", "AZ", "BA", "AAA"]
    assert [palabras.romano(n) for n in (1, 3, 4, 9, 14, 40, 90, 400, 1999, 2024)] == [
        "I",
        "III",
        "IV",
        "IX",
        "XIV",
        "XL",
        "XC",
        "CD",
        "MCMXCIX",
        "MMXXIV",
    ]
    for funcion in (palabras.letra, palabras.romano):
        with pytest.raises(ValueError, match="se pidió 0"):
            funcion(0)


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("", ""),
        ("tres convenios del INE", "Tres convenios del INE"),
        ("época", "Época"),
        ("«invita»", "«Invita»"),
        ("¿qué?", "¿Qué?"),
        ("**ocho** notas", "**Ocho** notas"),
        ("_ocho_", "_Ocho_"),
        ("1° de octubre", "1° de octubre"),
        ("INE", "INE"),
    ],
)
def test_capitaliza(texto, esperado):
    assert palabras.capitaliza(texto) == esperado
