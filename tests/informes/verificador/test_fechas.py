"""Las reglas de fechas: lo que señalan y lo que dejan pasar."""

from datetime import date

import pytest

from informes.verificador.hallazgos import Gravedad
from informes.verificador.reglas_de_fechas import (
    AnioInverosimil,
    DiaDeLaSemana,
    FechaImposible,
    FueraDelPeriodo,
    HoraImposible,
    RangoInvertido,
    SesionDeOtroAnio,
)
from vinculacion.nucleo.bloques import Lista, Titulo

from .apoyo import correr, tabla


class TestDiaDeLaSemana:
    @pytest.mark.parametrize(
        "bloque",
        [
            "Se reunió el martes 26 de octubre de 2020.",
            Titulo("Décima sesión ordinaria, martes 26 de octubre de 2020"),
            Lista(("El martes 26 de octubre de 2020 hubo sesión.",)),
            tabla("Fecha|Tema", ("Martes 26 de octubre de 2020.", "Convenio")),
        ],
    )
    def test_senala_en_cualquier_bloque(self, bloque):
        (hallazgo,) = correr(DiaDeLaSemana(), bloque)
        assert hallazgo.gravedad == Gravedad.ERROR
        assert "fue lunes" in hallazgo.explicacion
        assert "26 de octubre" in hallazgo.fragmento

    def test_revisa_cada_fecha_de_una_lista(self):
        (hallazgo,) = correr(DiaDeLaSemana(), "Los días jueves 19 y sábado 20 de noviembre de 2020.")
        assert "fue viernes" in hallazgo.explicacion

    def test_calla_si_coincide_o_no_se_sabe_el_anio(self):
        assert not correr(DiaDeLaSemana(), "Lunes 7 y miércoles 9 de diciembre de 2020. El martes 26 de octubre.")

    def test_el_renglon_lleva_a_su_registro(self):
        con_enlace = tabla("Fecha", ("Martes 26 de octubre de 2020",), enlaces=("/programas/actividades/7/",))
        assert correr(DiaDeLaSemana(), con_enlace)[0].url == "/programas/actividades/7/"


class TestFechaImposible:
    @pytest.mark.parametrize(
        "texto", ["el 30 de febrero", "el 31 de abril de 2020", "el 29 de febrero de 2021", "31/11/2020"]
    )
    def test_senala(self, texto):
        assert "no existe" in correr(FechaImposible(), texto)[0].explicacion

    def test_senala_la_que_comparte_mes(self):
        (hallazgo,) = correr(FechaImposible(), "Los días 29, 30 y 31 de noviembre de 2020.")
        assert "El 31 de noviembre de 2020" in hallazgo.explicacion

    def test_calla_si_existen(self):
        assert not correr(FechaImposible(), "El 29 de febrero de 2020 y el 31 de diciembre.")


class TestAnioInverosimil:
    def test_senala_las_mismas_cifras_en_otro_orden(self):
        (hallazgo,) = correr(AnioInverosimil(), "Se celebró el 26 de octubre de 2002.")
        assert "2020 sí es del periodo" in hallazgo.explicacion
        assert hallazgo.gravedad == Gravedad.ADVERTENCIA

    def test_en_una_tabla_es_error_y_no_se_dice_dos_veces(self):
        mal = tabla("Fecha|Tema", ("lunes 26 de octubre de 2002", "Convenio"))
        assert correr(AnioInverosimil(), mal)[0].gravedad == Gravedad.ERROR
        assert not correr(DiaDeLaSemana(), mal)
        assert not correr(FueraDelPeriodo(), mal)

    def test_senala_lo_que_no_es_creible(self):
        assert "2202" in correr(AnioInverosimil(), "el 26 de octubre de 2202")[0].explicacion

    def test_calla_con_antecedentes(self):
        assert not correr(AnioInverosimil(), "La Constitución del 5 de febrero de 1917 y el 9 de octubre de 2019.")


class TestSesionDeOtroAnio:
    def test_senala(self):
        texto = "la novena sesión ordinaria de 2020 de la comisión, celebrada el 28 de septiembre de 2018"
        assert "de 2020 y su fecha es de 2018" in correr(SesionDeOtroAnio(), texto)[0].explicacion

    def test_calla_si_coincide_o_si_la_fecha_es_de_otra_cosa(self):
        assert not correr(
            SesionDeOtroAnio(),
            "la novena sesión ordinaria de 2020, celebrada el lunes 28 de septiembre de 2020",
            "la primera sesión ordinaria de 2020 aprobó lo acordado el 3 de diciembre de 2019",
        )


class TestFueraDelPeriodo:
    @pytest.mark.parametrize("fecha", [date(2019, 10, 5), "Lunes 5 de octubre de 2019"])
    def test_en_una_tabla_de_actividades_advierte(self, fecha):
        (hallazgo,) = correr(FueraDelPeriodo(), tabla("No.|Fecha|Tema", (1, date(2020, 10, 7), "a"), (2, fecha, "b")))
        assert hallazgo.gravedad == Gravedad.ADVERTENCIA
        assert "Si el año fuera 2020" in hallazgo.explicacion

    def test_en_el_texto_solo_anota(self):
        (hallazgo,) = correr(FueraDelPeriodo(), "El jueves 4 de marzo de 2021 se visitó la sede.")
        assert hallazgo.gravedad == Gravedad.NOTA

    @pytest.mark.parametrize(
        "texto",
        [
            "La comisión lo aprobó el 26 de marzo de 2019.",
            "El 26 de marzo de 2019, mediante el CVOE/008/19, se nombró a su titular.",
            "En seguimiento al taller del lunes 28 de septiembre de 2020, el 19 de noviembre de 2020 hubo otro.",
            "El 5 de octubre de 2020 empezó.",
        ],
    )
    def test_calla_con_antecedentes(self, texto):
        assert not correr(FueraDelPeriodo(), texto)

    def test_calla_en_la_introduccion_y_en_otras_columnas(self):
        assert not correr(FueraDelPeriodo(), "El 4 de marzo de 2019 inició.", apartado="Introducción")
        assert not correr(
            FueraDelPeriodo(), tabla("Folio|Vigente hasta", ("a", date(2023, 1, 1)), ("b", date(2024, 1, 1)))
        )
        assert not correr(FueraDelPeriodo(), tabla("Fecha", (date(2021, 1, 21),)), apartado="Actividades pendientes")

    def test_calla_si_el_rango_toca_el_periodo(self):
        assert not correr(
            FueraDelPeriodo(), tabla("Fecha", ("Lunes 28 de septiembre al viernes 2 de octubre de 2020",))
        )

    def test_sin_periodo_no_opina(self):
        assert not correr(FueraDelPeriodo(), tabla("Fecha", (date(1999, 1, 1),)), periodo=None)


class TestHoraImposible:
    @pytest.mark.parametrize("texto", ["a las 28:00 horas", "a las 11:75 horas", "de 13:00 a 11:00 horas"])
    def test_senala(self, texto):
        assert correr(HoraImposible(), texto)

    @pytest.mark.parametrize(
        "texto", ["a las 18:00 horas", "de 11:00 a 13:00 horas", "de 22:00 a 01:00 horas", "la razón 28:00"]
    )
    def test_calla(self, texto):
        assert not correr(HoraImposible(), texto)


class TestRangoInvertido:
    def test_senala(self):
        assert correr(RangoInvertido(), "Fue del 22 de noviembre al 19 de octubre de 2020.")

    @pytest.mark.parametrize(
        "texto",
        [
            "Fue del 19 de octubre al 22 de noviembre de 2020.",
            "Fue del 28 de diciembre al 3 de enero de 2021.",
            "El 22 de noviembre de 2020 y el 19 de octubre de 2020.",
        ],
    )
    def test_calla(self, texto):
        assert not correr(RangoInvertido(), texto)


@pytest.mark.parametrize(
    "texto",
    ["treinta y uno de noviembre de dos mil veinte", "el treinta de febrero", "15/13/2020", "36 de octubre de 2020"],
)
def test_imposible_con_letra_y_con_cifras(texto):
    assert correr(FechaImposible(), texto)


def test_posible_con_letra():
    assert not correr(
        FechaImposible(), "El treinta y uno de octubre de dos mil veinte y el veintinueve de febrero de 2020."
    )
    (hallazgo,) = correr(DiaDeLaSemana(), "El lunes treinta y uno de octubre de dos mil veinte.")
    assert "sábado" in hallazgo.explicacion
