"""La misma sesión con dos fechas."""

import pytest

from informes.verificador.reglas_de_sesiones import SesionConDosFechas

from .apoyo import correr, tabla

UNA = "La décima sesión ordinaria, celebrada el lunes 26 de octubre de 2020, abrió el periodo."


@pytest.mark.parametrize(
    "otra",
    [
        "Minuta de la décima sesión ordinaria de la Comisión, celebrada el 27 de octubre de 2020.",
        "10ª sesión ordinaria, martes 27 de octubre de 2020.",
        tabla("Décima sesión ordinaria|Otra", ("Celebrada el 27 de octubre de 2020", "x")),
    ],
)
def test_senala(otra):
    (hallazgo,) = correr(SesionConDosFechas(), UNA, UNA.replace("abrió", "inició"), otra)
    assert "27 de octubre" in hallazgo.explicacion
    assert "26 de octubre" in hallazgo.explicacion


@pytest.mark.parametrize(
    "otra",
    [
        "Minuta de la décima sesión ordinaria de la Comisión, celebrada el 26 de octubre de 2020.",
        "La décima sesión ordinaria del Consejo General, celebrada el 28 de octubre de 2020.",
        "La décima sesión urgente, celebrada el 28 de octubre de 2020.",
        "La décima sesión ordinaria, celebrada el 30 de octubre de 2019.",
        "La décima sesión ordinaria se programó para el 20 de octubre de 2020.",
        "La décima sesión ordinaria. El 3 de noviembre de 2020 hubo un foro.",
    ],
)
def test_calla(otra):
    assert not correr(SesionConDosFechas(), UNA, UNA.replace("abrió", "inició"), otra)
