"""Folios: su forma, su prefijo y su orden."""

from informes.verificador.reglas_de_folios import FolioDeOtraForma, FoliosQueSaltan, PrefijoDeDosFormas, PrefijoParecido
from vinculacion.nucleo.bloques import Lista

from .apoyo import correr, explicaciones, tabla


class TestFolioDeOtraForma:
    def test_senala_al_que_no_sigue_a_la_mayoria(self):
        (hallazgo,) = correr(FolioDeOtraForma(), "CVOE/048/20, CVOE/049/20, CVOE/50/20 y CVOE/051/20")
        assert "CVOE/050/20" in hallazgo.explicacion

    def test_senala_el_anio_con_cuatro_cifras(self):
        (hallazgo,) = correr(FolioDeOtraForma(), "CVOE/048/20, CVOE/049/20, CVOE/028/2019 y CVOE/051/20")
        assert "CVOE/028/19" in hallazgo.explicacion

    def test_calla_sin_mayoria(self):
        assert not correr(FolioDeOtraForma(), "los acuerdos CVOE/008/19 y CVOE/028/2019")


class TestPrefijoParecido:
    def test_senala(self):
        texto = "CVOE/048/20, CVOE/049/20, CVOE/050/20, CVOE/051/20 y CVEO/052/20"
        assert "CVOE" in explicaciones(correr(PrefijoParecido(), texto))

    def test_calla_con_otra_serie(self):
        assert not correr(PrefijoParecido(), "CVOE/048/20, CVOE/049/20, CVOE/050/20, CVOE/051/20 e IECM/ACU-CG/052/20")


class TestPrefijoDeDosFormas:
    def test_senala(self):
        texto = "los acuerdos IECM-ACU-CG-075-2020 e IECM/ACU-CG-031/2020"
        assert "en otro lugar" in explicaciones(correr(PrefijoDeDosFormas(), texto))

    def test_calla(self):
        assert not correr(
            PrefijoDeDosFormas(), "los acuerdos IECM/ACU-CG-075/2020 e IECM/ACU-CG-031/2020; IECM-ACT-04-2020"
        )


class TestFoliosQueSaltan:
    @staticmethod
    def lista(*numeros: int) -> Lista:
        return Lista(tuple(f"CVOE/{n:03}/20. Algo." for n in numeros))

    def test_senala_el_salto_y_la_repeticion_aunque_vayan_en_dos_listas(self):
        assert "falta 47" in explicaciones(correr(FoliosQueSaltan(), self.lista(43, 44, 45), self.lista(46, 48, 49)))
        assert "Se repite el 45" in explicaciones(correr(FoliosQueSaltan(), self.lista(43, 44, 45, 45, 46)))
        de_tabla = tabla("Folio|Asunto", *((f"CVOE/{n:03}/20", "x") for n in (1, 2, 3, 4, 6)))
        assert correr(FoliosQueSaltan(), de_tabla)

    def test_calla_si_van_seguidos_o_si_nunca_fueron_seguidos(self):
        assert not correr(FoliosQueSaltan(), self.lista(43, 44, 45, 46))
        assert not correr(FoliosQueSaltan(), self.lista(3, 19, 44, 45, 71))
