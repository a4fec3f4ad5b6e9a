"""Las reglas de tablas: renglones, totales, porcentajes y duplicados."""

import time
from datetime import date
from decimal import Decimal

import pytest

from informes.verificador.reglas_de_tablas import (
    Duplicados,
    Numeracion,
    Porcentajes,
    PorcentajesQueSuman,
    Productos,
    Totales,
    mismo_titulo,
)
from vinculacion.nucleo.bloques import Lista

from .apoyo import correr, explicaciones, tabla


class TestNumeracion:
    @pytest.mark.parametrize("numeros", [("1.", "2.", "4."), (1, 2, 4)])
    def test_senala_el_salto(self, numeros):
        (hallazgo,) = correr(Numeracion(), tabla("No.|Tema", *((n, "x") for n in numeros)))
        assert "del 2 se pasa al 4" in hallazgo.explicacion

    def test_senala_la_repeticion_y_sigue_contando(self):
        (hallazgo,) = correr(Numeracion(), tabla("No.|Tema", *((n, "x") for n in (1, 2, 2, 3))))
        assert "se repite el 2" in hallazgo.explicacion

    def test_lee_el_numero_que_abre_cada_renglon(self):
        assert correr(Numeracion(), Lista(("1. Uno", "2. Dos", "4. Cuatro")))
        assert correr(Numeracion(), tabla("Instancia|Interés", ("1. Uno", "5"), ("2. Dos", "5"), ("4. Tres", "4")))

    def test_calla_si_es_seguida_si_reempieza_o_si_no_numera(self):
        assert not correr(Numeracion(), tabla("No.|Tema", *((n, "x") for n in (9, 10, 11))))
        assert not correr(Numeracion(), tabla("No.|Tema", *((n, "x") for n in (1, 2, 3, 1, 2))))
        assert not correr(Numeracion(), tabla("Mes|Notas", ("2", 1), ("5", 1), ("9", 1)))
        assert not correr(Numeracion(), Lista(("1.1. Uno", "1.2. Dos", "1.3. Tres")))


class TestTotales:
    def test_senala_el_total_declarado(self):
        mal = tabla("Tema|Casos", ("a", 10), ("b", 5), totales=("Total", 16))
        assert "dice 16 y sus renglones suman 15" in explicaciones(correr(Totales(), mal))

    def test_senala_el_total_escrito_como_ultimo_renglon(self):
        mal = tabla("Año|Matrículas", ("2010", "52,031"), ("2011", "52,295"), ("TOTAL", "104,327"))
        assert "suman 104,326" in explicaciones(correr(Totales(), mal))

    def test_senala_el_total_de_un_renglon(self):
        filas = (("a", 1, 2, 3), ("b", 4, 4, 8), ("c", 2, 2, 5))
        (hallazgo,) = correr(Totales(), tabla("Tema|Mujeres|Hombres|Total", *filas))
        assert "dice 5 y sus partes suman 4" in hallazgo.explicacion

    def test_cantidad_contra_sus_trimestres(self):
        filas = (("a", "20", "5", "5", "5", "5"), ("b", "7", "1", "2", "2", "2"), ("c", "6", "1", "2", "2", "2"))
        (hallazgo,) = correr(Totales(), tabla("Acción|Cantidad|1T|2T|3T|4T", *filas))
        assert "dice 6 y sus partes suman 7" in hallazgo.explicacion

    def test_calla_si_cuadra_o_si_no_es_una_suma(self):
        assert not correr(
            Totales(),
            tabla("Tema|Casos|%", ("a", 10, "66.7%"), ("b", None, "33.3%"), totales=("Total", 10, "100%")),
            tabla("No.|Tema|Casos", (1, "a", 2), (2, "b", 3), totales=("", "Total", 5)),
            tabla("Área|Interés|Fuerza|Total", ("a", 2, 3, 6), ("b", 4, 4, 16), ("c", 5, 5, 25)),
            tabla("Tema|Casos", ("a", "4 de 5"), ("b", "5"), totales=("Total", 9)),
        )


class TestPorcentajes:
    def test_senala_el_que_se_aparta(self):
        mal = tabla("Tema|Casos|%", ("a", 50, "50%"), ("b", 30, "35%"), ("c", 20, "20%"))
        (hallazgo,) = correr(Porcentajes(), mal)
        assert hallazgo.explicacion == "Dice 35% y sus partes dan 30.0%."

    def test_senala_alcanzado_entre_programado(self):
        filas = (("a", 4, 4, 100), ("b", 4, 3, 75), ("c", 8, 2, 50))
        (hallazgo,) = correr(Porcentajes(), tabla("Acción|Programado|Alcanzado|Porcentaje", *filas))
        assert "partes dan 25.0%" in hallazgo.explicacion

    def test_admite_redondear_y_cortar(self):
        filas = (("a", 2, "66.7%"), ("b", 1, "33.3%"))
        assert not correr(Porcentajes(), tabla("Tema|Casos|%", *filas))
        assert not correr(Porcentajes(), tabla("Tema|Casos|%", ("a", 2, Decimal("66.6")), ("b", 1, Decimal("33.3"))))

    def test_calla_si_no_se_sabe_de_que_es_parte(self):
        assert not correr(Porcentajes(), tabla("Tema|Casos|%", ("a", 10, "80%"), ("b", 7, "95%"), ("c", 3, "12%")))


class TestDuplicados:
    def test_senala_misma_fecha_y_titulo_aunque_haya_erratas(self):
        dia = date(2020, 11, 3)
        filas = ((1, dia, "Nota sobre las elecciones generales"), (2, dia, "Nota sobre las elecciones generale"))
        (hallazgo,) = correr(Duplicados(), tabla("No.|Fecha|Tema", *filas))
        assert hallazgo.fragmento.startswith("2 ·")

    def test_senala_en_una_lista_de_texto(self):
        assert correr(
            Duplicados(),
            Lista(("El 5 de octubre de 2020 hubo un foro nacional.", "Hubo un foro nacional el 5 de octubre de 2020.")),
        )

    def test_calla_si_difiere_una_palabra_un_numero_o_el_dia(self):
        dia = date(2020, 11, 24)
        filas = (
            (dia, "Invitación a la 11ª sesión de la Comisión de Género"),
            (dia, "Invitación a la 11ª sesión de la Comisión de Normatividad"),
            (dia, "Invitación a la 2ª sesión de la Comisión de Normatividad"),
            (date(2020, 11, 25), "Invitación a la 11ª sesión de la Comisión de Género"),
        )
        assert not correr(Duplicados(), tabla("Fecha|Tema", *filas))

    def test_muchos_del_mismo_dia_no_tardan_mas_por_renglon(self):
        dia, letras = date(2020, 11, 3), "abcdefghijklmnop"
        temas = [f"Reunión con el grupo {a}{b}{c}x" for a in letras for b in letras for c in letras]
        inicio = time.process_time()
        (hallazgo,) = correr(Duplicados(), tabla("Fecha|Tema", *((dia, tema) for tema in [*temas, temas[0]])))
        assert time.process_time() - inicio < 10
        assert temas[0] in hallazgo.fragmento

    def test_calla_sin_titulo(self):
        dia = date(2020, 11, 24)
        assert not correr(Duplicados(), tabla("No.|Fecha", (1, dia), (2, dia)))


@pytest.mark.parametrize(
    ("uno", "otro", "igual"),
    [
        ("Reunión con la Red de Observación", "Reunión con Red de observacion", True),
        ("Nota sobre EE.UU. (parte VIII)", "Nota sobre EE.UU. (parte IX)", False),
        ("Anexo técnico 1 del convenio", "Anexo técnico 2 del convenio", False),
        ("Foro", "Foro", False),
    ],
)
def test_mismo_titulo(uno, otro, igual):
    assert mismo_titulo(uno, otro) is igual


class TestPorcentajesQueSuman:
    def test_senala_y_calla(self):
        mal = tabla("Tema|%", ("a", "50%"), ("b", "30%"), ("c", "25%"), totales=("Total", "100%"))
        assert "suman 105%" in explicaciones(correr(PorcentajesQueSuman(), mal))
        bien = tabla("Tema|%", ("a", "33.3%"), ("b", "33.3%"), ("c", "33.3%"), totales=("Total", "100%"))
        assert not correr(PorcentajesQueSuman(), bien)


class TestProductos:
    def test_senala_el_que_se_aparta(self):
        filas = (("1", "a", 1, 3, 3), ("2", "b", 2, 3, 6), ("3", "c", 2, 2, 4), ("4", "d", 1, 2, 3))
        (hallazgo,) = correr(Productos(), tabla("No.|Riesgo|Probabilidad|Impacto|Nivel de riesgo", *filas))
        assert hallazgo.explicacion == "Dice 3, y 1 × 2 son 2."

    def test_calla(self):
        filas = (("a", 2, 3, 5), ("b", 4, 4, 8), ("c", 1, 5, 6))
        assert not correr(Productos(), tabla("Riesgo|Mujeres|Hombres|Total", *filas))
        assert not correr(Productos(), tabla("Tema|Uno|Dos|Tres", *filas))


def test_redondear_de_mas_no_es_redondear():
    filas = (("a", 2, "66.7%"), ("b", 1, "33.4%"), ("c", 3, "100%"))
    (hallazgo,) = correr(Porcentajes(), tabla("Tema|De tres|Parte|%", *((t, n, 3, p) for t, n, p in filas)))
    assert "33.4%" in hallazgo.explicacion
