"""Qué fechas se leen en un texto y cuáles comparten mes y año."""

from datetime import date

import pytest

from informes.verificador.menciones import menciones


def leidas(texto: str) -> list[tuple[int, int, int | None]]:
    return [(m.dia, m.mes, m.anio) for m in menciones(texto)]


@pytest.mark.parametrize(
    ("texto", "esperadas"),
    [
        ("el lunes 26 de octubre de 2020", [(26, 10, 2020)]),
        ("jueves 26 de noviembre 2020", [(26, 11, 2020)]),
        ("el 1° de octubre y el primero de diciembre de 2020", [(1, 10, 2020), (1, 12, 2020)]),
        ("Lunes 7 y miércoles 9 de diciembre de 2020.", [(7, 12, 2020), (9, 12, 2020)]),
        ("los días 5, 12 y 19 de octubre de 2020", [(5, 10, 2020), (12, 10, 2020), (19, 10, 2020)]),
        ("del lunes 19 de octubre al domingo 22 de noviembre de 2020", [(19, 10, 2020), (22, 11, 2020)]),
        ("del 28 de diciembre al 3 de enero de 2021", [(28, 12, 2020), (3, 1, 2021)]),
        ("el 05/10/2020 y el 2020-10-06", [(5, 10, 2020), (6, 10, 2020)]),
        ("el 31 de abril", [(31, 4, None)]),
        ("el 31 de noviembre, el 26 de octubre de 2020", [(31, 11, None), (26, 10, 2020)]),
        ("JUEVES 21 DE ENERO DE 2021", [(21, 1, 2021)]),
    ],
)
def test_lee(texto, esperadas):
    assert leidas(texto) == esperadas


@pytest.mark.parametrize(
    "texto",
    [
        "acuerdo CVOE/043/20 y IECM/ACU-CG-075/2020",
        "a las 11:00 horas, 12 personas",
        "artículos 37, 50 y 52",
        "13/45/2020",
        "el proceso 2020-2021",
    ],
)
def test_no_inventa(texto):
    assert menciones(texto) == ()


def test_cada_dia_conserva_su_nombre():
    jueves, viernes = menciones("los días jueves 19 y viernes 20 de noviembre de 2020")
    assert (jueves.dia_semana, viernes.dia_semana) == (3, 4)
    assert jueves.fecha == date(2020, 11, 19)


def test_sin_anio_el_29_de_febrero_se_concede():
    assert menciones("29 de febrero")[0].existe
    assert not menciones("29 de febrero de 2021")[0].existe
