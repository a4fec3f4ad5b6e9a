"""Lo que un texto afirma contra sí mismo."""

import pytest

from informes.verificador.hallazgos import Gravedad
from informes.verificador.reglas_de_afirmaciones import (
    AjenoALoAnunciado,
    CuentaPorRango,
    DosCifrasDeLoMismo,
    EnumeracionIncompleta,
    PartesQueNoSuman,
)
from vinculacion.nucleo.bloques import Lista

from .apoyo import correr, explicaciones, tabla


class TestPartesQueNoSuman:
    @pytest.mark.parametrize(
        "texto",
        [
            "Hubo un total de 12 acuerdos, tres de ellos en la primera sesión, cinco en la segunda y tres en la última.",
            "Asistió un total de 18 integrantes, de los cuales 11 pertenecen a nueve grupos, y cinco van solos.",
            "Son un total de 91 instancias (27 áreas internas y 63 instituciones externas).",
            "Hay 75 instrumentos suscritos, de los cuales 87 se encuentran vigentes.",
        ],
    )
    def test_senala(self, texto):
        (hallazgo,) = correr(PartesQueNoSuman(), texto)
        assert hallazgo.gravedad == Gravedad.ERROR

    @pytest.mark.parametrize(
        "texto",
        [
            "Hubo un total de 11 acuerdos, tres de ellos en la primera sesión, cinco en la segunda y tres en la última.",
            "Asistió un total de 16 integrantes, de los cuales 11 pertenecen a nueve grupos, y cinco van solos.",
            "Hay 75 instrumentos suscritos, de los cuales 37 se encuentran vigentes.",
            "Un total de 12 notas, enviadas los días 3, 4 y 5 de noviembre de 2020.",
            "Un total de 20 personas, conforme a los artículos 33 y 37.",
        ],
    )
    def test_calla(self, texto):
        assert not correr(PartesQueNoSuman(), texto)


class TestEnumeracionIncompleta:
    @pytest.mark.parametrize(
        ("texto", "dicho"),
        [
            (
                "Se integra por cinco apartados. El primero es uno, el segundo otro, el tercero otro y el quinto el fin.",
                "cuarto",
            ),
            ("Consta de tres partes: la primera abre y la segunda cierra, y la cuarta no cuenta.", "tercero"),
            ("Reporta tres resultados: A) los convenios y B) su seguimiento.", "A) y B)"),
            ("Tiene tres ejes: a) uno, b) dos y d) cuatro.", "d)"),
        ],
    )
    def test_senala(self, texto, dicho):
        assert dicho in explicaciones(correr(EnumeracionIncompleta(), texto))

    @pytest.mark.parametrize(
        "texto",
        [
            "Se integra por tres apartados. El primero es uno, el segundo otro y el tercero el fin.",
            "Reporta dos resultados: A) los convenios y B) su seguimiento.",
            "Tiene cinco apartados y se presentó en la segunda sesión.",
            "Los dos objetivos se cumplieron en el primer trimestre y en el tercero.",
        ],
    )
    def test_calla(self, texto):
        assert not correr(EnumeracionIncompleta(), texto)


NIVELES = tabla("Área|Nivel", *((f"Área {n}", nivel) for n, nivel in enumerate((4, 9, 12, 16, 16, 25, 25))))


class TestCuentaPorRango:
    def test_senala(self):
        dicho = "Hay 5 áreas de nivel medio, con valores entre 12 y 16 puntos."
        assert "tiene 3 entre 12 y 16" in explicaciones(correr(CuentaPorRango(), NIVELES, dicho))
        assert correr(CuentaPorRango(), NIVELES, "De ellas, 3 de las 7 tienen el nivel alto, 25 puntos.")

    def test_calla(self):
        for dicho in (
            "Hay 3 áreas de nivel medio, con valores entre 12 y 16 puntos.",
            "De ellas, 2 de las 7 tienen el nivel alto, 25 puntos.",
            "Hay 5 áreas sin nivel.",
        ):
            assert not correr(CuentaPorRango(), NIVELES, dicho)
        assert not correr(CuentaPorRango(), "Hay 5 áreas con valores entre 12 y 16 puntos.", NIVELES)


class TestDosCifrasDeLoMismo:
    def test_senala(self):
        uno = "En el periodo se enviaron 49 correos electrónicos a la Red de Observación."
        otro = "Durante el periodo se enviaron 48 correos electrónicos a la Red de Observación."
        assert "«49 correos»" in explicaciones(correr(DosCifrasDeLoMismo(), uno, otro))

    @pytest.mark.parametrize(
        "otro",
        [
            "En el periodo se enviaron 49 correos electrónicos a la Red de Observación.",
            "En octubre se enviaron 12 correos electrónicos a la comunidad residente en Chicago.",
            "En el segundo periodo se enviaron 48 correos electrónicos a la Red de Observación.",
        ],
    )
    def test_calla(self, otro):
        uno = "En el periodo se enviaron 49 correos electrónicos a la Red de Observación."
        assert not correr(DosCifrasDeLoMismo(), uno, otro)


class TestAjenoALoAnunciado:
    ORGANOS = ("Comisión de Capacitación", "Comisión de Vinculación", "Comisión de Quejas")

    def test_anota(self):
        organos = tabla("No.|Instancia", *enumerate((*self.ORGANOS, "Consejo Local"), start=1))
        (hallazgo,) = correr(AjenoALoAnunciado(), "Se siguieron las siguientes comisiones:", organos)
        assert (hallazgo.gravedad, "«Consejo Local»" in hallazgo.explicacion) == (Gravedad.NOTA, True)

    def test_calla(self):
        texto = "Se siguieron las siguientes comisiones:"
        assert not correr(AjenoALoAnunciado(), texto, Lista(self.ORGANOS))
        visitas = Lista(
            ("Universidad Nacional", "Universidad Autónoma", "Universidad de Aquí", "Instituto Tecnológico")
        )
        assert not correr(AjenoALoAnunciado(), "Se visitaron las siguientes universidades:", visitas)
