"""Lo que el texto dice que hay contra lo que su tabla enseña."""

from datetime import date

import pytest

from informes.verificador.cantidades import cuentas, numero_de
from informes.verificador.fragmentos import Fragmento
from informes.verificador.hallazgos import Gravedad, Revision
from informes.verificador.reglas_de_cifras import CuentaContraTabla, PorcentajeEnTexto
from vinculacion.nucleo.bloques import Lista, Parrafo, Titulo

from .apoyo import correr, explicaciones, tabla


def correos(cuantos: int):
    filas = ((date(2020, 10, 1 + n), f"Aviso {n}") for n in range(cuantos))
    return tabla("Fecha de envío|Información", *filas)


CONVENIOS = tabla("Fecha|Convenio", ("1 de octubre", "a"), ("2 de octubre", "b"), titulo="Convenios suscritos")


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("se enviaron 16 correos electrónicos", [(16, "correos")]),
        ("treinta y cinco notas y doscientas una reuniones", [(35, "notas"), (201, "reuniones")]),
        ("1,765 folios", [(1765, "folios")]),
        ("más de 30 correos, 8 de las 27 áreas y artículo 33 numerales", []),
        ("un convenio y una nota", []),
    ],
)
def test_cuentas(texto, esperado):
    assert [(c.n, c.sustantivo) for c in cuentas(texto)] == esperado


def test_numero_de_una_celda():
    assert [numero_de(c) for c in ("1,765", "12.5 %", 3, "5ª reunión", None, "")] == [1765, numero_de("12.5"), 3] + [
        None
    ] * 3


class TestCuentaContraTabla:
    @pytest.mark.parametrize("cuantos", ["16", "dieciséis"])
    def test_senala_con_cifras_y_con_letra(self, cuantos):
        (hallazgo,) = correr(
            CuentaContraTabla(), f"Se compartieron {cuantos} correos con esta información:", correos(15)
        )
        assert hallazgo.gravedad == Gravedad.ERROR
        assert f"«{cuantos} correos» y la tabla tiene 15 renglones." in hallazgo.explicacion

    def test_si_las_fechas_si_son_tantas_solo_advierte(self):
        dobles = tabla("Fecha|Tema", ("Lunes 7 y miércoles 9 de diciembre de 2020", "a"), (date(2020, 12, 11), "b"))
        (hallazgo,) = correr(CuentaContraTabla(), "Se enviaron tres correos:", dobles)
        assert hallazgo.gravedad == Gravedad.ADVERTENCIA
        assert "con 3 fechas" in hallazgo.explicacion

    def test_senala_sin_dos_puntos_si_la_tabla_habla_de_lo_mismo(self):
        envios = tabla("No.|Información", *((n, f"Aviso {n}") for n in range(1, 10)), titulo="Correos enviados")
        assert correr(CuentaContraTabla(), "La Red recibió 10 correos de su interés.", envios)

    def test_senala_contra_varias_listas_seguidas(self):
        listas = (Titulo("Nacionales", 3), Lista(("a", "b")), Titulo("Locales", 3), Lista(("c", "d", "e")))
        (hallazgo,) = correr(CuentaContraTabla(), "Se identificaron 6 instancias involucradas:", *listas)
        assert "la lista tiene 5 elementos" in hallazgo.explicacion

    def test_dice_la_tabla_que_se_anuncia(self):
        por_columnas = tabla("Décima|Décima primera|Décima segunda", ("lunes", "jueves", "martes"))
        (hallazgo,) = correr(CuentaContraTabla(), "La comisión celebró dos sesiones:", por_columnas, correos(9))
        assert "la tabla tiene 1 renglón y 3 columnas" in hallazgo.explicacion

    @pytest.mark.parametrize(
        ("texto", "bloque"),
        [
            ("Se compartieron 15 correos:", correos(15)),
            ("Se compartieron 15 correos en 3 semanas:", correos(15)),
            ("Se enviaron 55 noticias:", tabla("Semana|Cantidad", ("a", 30), ("b", 25))),
            ("La serie comenzó con nueve sesiones:", tabla("Título|Asistentes", ("Primera", 9))),
            ("Hubo tres sesiones:", tabla("Décima|Décima primera|Décima segunda", ("lunes", "jueves", "martes"))),
            ("Asistieron 27 personas:", correos(3)),
            ("Hay tres niveles: bajo, medio y alto.", correos(5)),
            ("Se han firmado 75 convenios desde 2019. Los avances son éstos.", correos(5)),
            ("Se enviaron más de 20 correos:", correos(25)),
            ("Hay dos objetivos centrales:", Lista(("Objetivo 1, con estos medios:", "a", "b"))),
        ],
    )
    def test_calla(self, texto, bloque):
        assert not correr(CuentaContraTabla(), texto, bloque)

    @pytest.mark.parametrize(
        "texto",
        [
            "En total, 5 convenios suscritos.[^c]\n\n[^c]: Con sus 2 anexos.",
            "En total, 5 convenios suscritos.[^c]\n[^c]: Con sus 2 anexos.",
            "En total, 5 convenios suscritos.\n\n- Con la academia\n- Con organismos de 3 países",
            "Dos nacionales y uno internacional suman tres convenios suscritos.",
        ],
    )
    def test_senala_con_una_nota_o_una_lista_en_medio(self, texto):
        assert correr(CuentaContraTabla(), texto, CONVENIOS)

    def test_senala_con_una_lista_del_sistema_en_medio(self):
        dicho = "En total, 5 convenios suscritos."
        assert correr(CuentaContraTabla(), dicho, Lista(("Academia", "Gobierno", "Medios")), CONVENIOS)

    @pytest.mark.parametrize(
        "texto",
        [
            "Se firmaron 5 convenios:\n\n- 3 con la academia\n- 2 con organismos",
            "Se enviaron 12 correos:\n\n- A la Red\n- A los consulados",
            "En total, dos convenios suscritos.[^c]\n\n[^c]: De 9 convenios que se negociaron.",
        ],
    )
    def test_calla_si_la_lista_es_lo_anunciado(self, texto):
        assert not correr(CuentaContraTabla(), texto, CONVENIOS)

    def test_lo_que_puso_el_sistema_no_se_compara_con_la_tabla_de_otra_cosa(self):
        def hallados(tecleadas):
            fragmentos = [
                Fragmento("A", Parrafo("Hay doce convenios vigentes."), tecleadas=tecleadas),
                Fragmento("A", CONVENIOS),
            ]
            return list(CuentaContraTabla().revisar(Revision(fragmentos)))

        assert not hallados(frozenset())
        assert hallados(frozenset({"doce convenios"}))

    def test_no_mira_la_tabla_de_despues_de_otro_parrafo(self):
        assert not correr(CuentaContraTabla(), "Se enviaron 16 correos:", "Otro párrafo.", correos(15))


class TestPorcentajeEnTexto:
    def test_senala(self):
        assert "29.6%" in explicaciones(correr(PorcentajeEnTexto(), "Respondieron 8 de las 27 áreas (35.1%)."))

    def test_calla_si_cuadra(self):
        assert not correr(PorcentajeEnTexto(), "Respondieron 8 de 27 áreas (29.6%) y 13 de 26 (50%).")
