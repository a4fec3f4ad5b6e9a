"""Nombres, acentos, títulos y siglas de dos formas."""

import pytest

from informes.verificador.reglas_de_nombres import (
    FaltaElAcento,
    NombreDeDosFormas,
    SiglasDeDosFormas,
    TituloDeDosFormas,
)

from .apoyo import correr, explicaciones


class TestNombreDeDosFormas:
    @pytest.mark.parametrize(
        ("uno", "otro"),
        [
            ("Consejera Marta Estrada Ruiz", "Consejera Marta Estrada Ruíz"),
            ("Unidad Técnica de Servicios Informáticos", "Unidad Técnica de Servicio Informáticos"),
            ("Reglamento Interior del Instituto Electoral", "Reglamento Interno del Instituto"),
            ("Comisión de Vinculación con Organismos Externos", "Comisión de Vinculación con Organismos Exterrnos"),
        ],
    )
    def test_senala(self, uno, otro):
        assert "en otro lugar" in explicaciones(
            correr(NombreDeDosFormas(), f"Es {uno}.", f"Es {uno}, otra vez.", f"Es {otro}.")
        )

    @pytest.mark.parametrize(
        ("uno", "otro"),
        [
            ("Consejero Electoral Suplente", "Consejera Electoral Suplente"),
            ("Comisión de Participación Comunitaria", "Comisiones de Participación Comunitaria"),
            ("Proceso Electoral Local", "Procesos Electorales Locales"),
            ("Anexo Técnico Uno", "Anexo Técnico Dos"),
            ("Comisión Nacional de Quejas", "Comisión Nacional de Prerrogativas"),
        ],
    )
    def test_calla(self, uno, otro):
        assert not correr(NombreDeDosFormas(), f"Es {uno}.", f"Es {otro}.")


class TestFaltaElAcento:
    def test_senala(self):
        assert "«sesión»" in explicaciones(correr(FaltaElAcento(), "La sesion de la Comisión."))

    def test_senala_la_palabra_que_se_aparta(self):
        assert "«jurídicos»" in explicaciones(
            correr(FaltaElAcento(), "Asuntos jurídicos, textos jurídicos, actos jurídicos y casos juridicos.")
        )

    def test_calla(self):
        assert not correr(FaltaElAcento(), "COMISION DE ENLACE, en www.iecm.mx/comision/sesion y comision@iecm.mx.")
        assert not correr(FaltaElAcento(), "Su práctica, la práctica y otra práctica: quien practica aprende.")


class TestTituloDeDosFormas:
    def test_senala(self):
        uno, otro = (
            "El curso “Violencia Política contra la Mujeres”.",
            "El curso “Violencia Política contra las Mujeres”.",
        )
        assert "casi igual" in explicaciones(correr(TituloDeDosFormas(), uno, otro))
        assert "mayúsculas" in explicaciones(
            correr(TituloDeDosFormas(), "«Otra justicia es posible»", "«Otra Justicia es Posible»")
        )

    def test_calla(self):
        for otro in (
            "“Nota de las elecciones (parte IX)”",
            "“Nota de las elecciones (parte VIII)”",
            "“Un foro muy distinto”",
        ):
            assert not correr(TituloDeDosFormas(), "“Nota de las elecciones (parte VIII)”", otro)


class TestSiglasDeDosFormas:
    def test_anota(self):
        assert "«I.E.C.M.»" in explicaciones(correr(SiglasDeDosFormas(), "El IECM, el IECM y el I.E.C.M. firmaron."))
        assert "«OPLES»" in explicaciones(correr(SiglasDeDosFormas(), "Los OPL, otros OPL y los OPLES."))

    def test_calla(self):
        assert not correr(SiglasDeDosFormas(), "El IECM, el INE, la UNAM y el PES; IECM/ACU-CG/01. En EE.UU. y A.C.")
