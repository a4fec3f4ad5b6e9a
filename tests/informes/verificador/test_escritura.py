"""Palabras repetidas, artículos, signos y compuestas; y los nombres y renglones que se escriben de dos formas."""

import pytest

from informes.verificador.reglas_de_afirmaciones import MujeresYHombres
from informes.verificador.reglas_de_cifras import CifraYLetra
from informes.verificador.reglas_de_escritura import (
    ArticuloQueNoConcuerda,
    CompuestaDeDosFormas,
    PalabraRepetida,
    SignoSinPareja,
)
from informes.verificador.reglas_de_fechas import RangoInvertido
from informes.verificador.reglas_de_listas import RenglonCasiIgual, RotuloConDosTextos
from informes.verificador.reglas_de_nombres import NombreSinPreposicion
from vinculacion.nucleo.bloques import Lista

from .apoyo import correr, explicaciones, tabla

ACCION = "El acompañamiento a quienes se registren para observar las etapas del proceso y de la jornada {}."


@pytest.mark.parametrize(
    ("regla", "texto"),
    [
        (PalabraRepetida(), "El informe de de la Comisión."),
        (PalabraRepetida(), "Se presentó el convenio convenio de apoyo."),
        (ArticuloQueNoConcuerda(), "La sesión de la Comité Técnico."),
        (ArticuloQueNoConcuerda(), "Se aprobaron los procedimiento."),
        (ArticuloQueNoConcuerda(), "La violencia contra la Mujeres. Los derechos de las mujeres."),
        (SignoSinPareja(), "Invitación a la conferencia “Importancia de la participación."),
        (SignoSinPareja(), "Derechos de la población residente en el extranjero”, de cara al proceso."),
        (CifraYLetra(), "Se celebraron tres (4) sesiones."),
        (CifraYLetra(), "Hubo 12 (once) acuerdos."),
        (MujeresYHombres(), "Asistieron 40 personas, 24 mujeres y 26 hombres."),
        (MujeresYHombres(), "Hubo diez asistentes (seis mujeres y tres hombres)."),
        (RangoInvertido(), "La integración para el periodo 2022-2020."),
        (
            NombreSinPreposicion(),
            "La Comisión Permanente Igualdad de Género. La Comisión Permanente de Igualdad de Género sesionó.",
        ),
        (
            CompuestaDeDosFormas(),
            "Son político-electorales, político-electorales y político-electoral, no políticos-electorales.",
        ),
        (
            CompuestaDeDosFormas(),
            "Son político-electorales, político-electorales y político-electoral, no políticos electorales.",
        ),
    ],
)
def test_senala(regla, texto):
    assert correr(regla, texto)


@pytest.mark.parametrize(
    ("regla", "texto"),
    [
        (PalabraRepetida(), "Se informa que, que se sepa, no hubo. El nos nos dijo."),
        (
            ArticuloQueNoConcuerda(),
            "Los publica el Consejo. El lunes y los lunes. La Comisión del Comité y las sesiones.",
        ),
        (ArticuloQueNoConcuerda(), "A más tardar el viernes; los viernes. Al menos los menos. El país y los países."),
        (SignoSinPareja(), "El curso “Uno” y el “Dos”."),
        (CifraYLetra(), "En dos mil veinte (2020), tres (3) sesiones y cuatro (todas) minutas; 31 (treinta y uno)."),
        (CifraYLetra(), "El artículo cincuenta y nueve (59)."),
        (MujeresYHombres(), "Asistieron 40 personas, 24 mujeres y 16 hombres. De 30 personas, 12 mujeres, 10 hombres."),
        (RangoInvertido(), "El proceso 2020-2021 y el oficio 2022-2020."),
        (
            NombreSinPreposicion(),
            "La Elección de Comisiones de Participación. La Elección de las Comisiones de Participación.",
        ),
        (CompuestaDeDosFormas(), "El político-electoral, los político-electorales y lo socio-cultural."),
    ],
)
def test_calla(regla, texto):
    assert not correr(regla, texto)


def test_el_signo_que_cierra_en_el_parrafo_de_junto_no_falta():
    assert not correr(SignoSinPareja(), "El curso “Prevención y atención", "de la violencia política”, en línea.")


class TestRotuloConDosTextos:
    UNO = (
        "Actividad institucional 5: Generar vínculos con organizaciones mediante actividades de capacitación electoral."
    )

    def test_senala_una_vez(self):
        otro = self.UNO.replace("capacitación electoral", "profesionalización ciudadana")
        (hallazgo,) = correr(RotuloConDosTextos(), self.UNO, otro, otro)
        assert "capacitación electoral" in hallazgo.explicacion

    def test_calla_si_es_el_mismo_o_la_pagina_lo_corto_o_es_otra_cosa(self):
        otra = "Actividad institucional 5: Editar el boletín mensual que se reparte entre los consulados del país."
        for segundo in (self.UNO, self.UNO[:70], otra):
            assert not correr(RotuloConDosTextos(), self.UNO, segundo)


class TestRenglonCasiIgual:
    def test_senala_la_palabra_que_cambia(self):
        una, otra = tabla("Acción", (ACCION.format("consultiva"),)), tabla("Acción", (ACCION.format("electoral"),))
        assert "jornada consultiva" in explicaciones(correr(RenglonCasiIgual(), una, otra))

    @pytest.mark.parametrize("otra", [ACCION.format("consultiva"), "Otra cosa.", ACCION.format("2024"), ""])
    def test_calla(self, otra):
        assert not correr(RenglonCasiIgual(), Lista((ACCION.format("consultiva"),)), Lista((otra,)))

    def test_calla_dentro_de_la_misma_lista(self):
        assert not correr(RenglonCasiIgual(), Lista((ACCION.format("consultiva"), ACCION.format("electoral"))))
