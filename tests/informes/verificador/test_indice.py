"""El índice, los encabezados y las tablas que se citan."""

from informes.verificador.fragmentos import Entrada, Fragmento
from informes.verificador.hallazgos import Revision
from informes.verificador.lectura import leer
from informes.verificador.reglas_de_indice import (
    ApartadoSinTexto,
    IndiceContraTitulos,
    NumeracionDeApartados,
    PaginasDelIndice,
    TablaCitada,
)
from vinculacion.nucleo.bloques import Parrafo, Titulo

from .apoyo import correr, explicaciones, tabla

INDICE = (Entrada("Introducción", 3), Entrada("1. Convenios", 4), Entrada("2. Redes", 6), Entrada("3. Cierre", 9))


def titulos(*textos: str, **pagina: int) -> list[Fragmento]:
    return [Fragmento(t, Titulo(t, 1), pagina=pagina.get("pagina", 0)) for t in textos]


def con_indice(regla, indice, fragmentos=()):
    return list(regla.revisar(Revision(list(fragmentos), indice=indice)))


class TestPaginasDelIndice:
    def test_senala_la_que_va_hacia_atras(self):
        mal = (*INDICE[:1], Entrada("1. Convenios", 2), *INDICE[2:])
        assert "Dice página 2" in explicaciones(con_indice(PaginasDelIndice(), mal))

    def test_senala_la_que_no_es_donde_el_apartado_esta(self):
        paginas = {"Introducción": 4, "1. Convenios": 5, "2. Redes": 8, "3. Cierre": 10}
        fragmentos = [Fragmento(t, Titulo(t, 1), pagina=p) for t, p in paginas.items()]
        assert "Dice página 6 y está en la 7." in explicaciones(con_indice(PaginasDelIndice(), INDICE, fragmentos))

    def test_calla(self):
        assert not con_indice(PaginasDelIndice(), INDICE)
        assert not con_indice(PaginasDelIndice(), [Entrada("VIII. Tabla1", 1), *INDICE])


class TestIndiceContraTitulos:
    def test_senala_otro_numero_y_otro_titulo(self):
        fragmentos = titulos("Introducción", "1. Convenios", "3. Redes", "4. Cierre")
        dicho = explicaciones(con_indice(IndiceContraTitulos(), INDICE, fragmentos))
        assert "lo numera 2 y en el texto es el 3" in dicho
        fragmentos = titulos("Introducción", "1. Convenios", "2. Observación ciudadana", "3. Cierre")
        assert "Observación ciudadana" in explicaciones(con_indice(IndiceContraTitulos(), INDICE, fragmentos))

    def test_calla_si_coinciden_o_si_no_se_leyeron(self):
        bien = titulos("Introducción", "1. Convenios (OPL)", "2. Redes", "3. Cierre.")
        assert not con_indice(IndiceContraTitulos(), INDICE, bien)
        assert not con_indice(IndiceContraTitulos(), INDICE, titulos("Otro", "Más"))


class TestNumeracionDeApartados:
    def test_senala(self):
        assert "Se pasa del A al C." in explicaciones(
            correr(NumeracionDeApartados(), *(Titulo(t) for t in ("A) a", "C) c")))
        )
        assert "Se repite el 2." in explicaciones(
            correr(NumeracionDeApartados(), *(Titulo(t) for t in ("2. a", "2. c")))
        )

    def test_calla(self):
        seguidos = ("I. a", "1. b", "A) c", "B) d", "2. e", "A) f", "B) g", "II. h", "1. i")
        assert not correr(NumeracionDeApartados(), *(Titulo(t) for t in seguidos))


class TestApartadoSinTexto:
    def test_senala_y_calla(self):
        assert correr(ApartadoSinTexto(), Titulo("A) Uno"), Titulo("B) Dos"), Parrafo("Algo."))
        assert not correr(ApartadoSinTexto(), Titulo("1. Uno"), Titulo("A) Dos"), Parrafo("Algo."), Titulo("B) Tres"))


class TestTablaCitada:
    def test_senala_y_calla(self):
        dos = [tabla("a|b", ("x", "y"), titulo=f"Tabla {n}. Algo") for n in (1, 2)]
        assert "No hay tabla 4" in explicaciones(correr(TablaCitada(), "Véase la tabla 4.", *dos))
        assert not correr(TablaCitada(), "Véase la tabla 2 y el cuadro 7.", *dos)

    def test_un_titulo_pegado_al_parrafo_no_es_una_cita(self):
        dos = [tabla("a|b", ("x", "y"), titulo=f"Tabla {n}. Algo") for n in (1, 2)]
        assert not correr(TablaCitada(), "Hubo un curso. Tabla 12. Curso impartido", *dos)


def test_el_indice_se_lee_sin_puntos():
    texto = "## Índice\n\nIntroducción\t4\n\nI.\tSesiones\t5\n1. Redes\t6\n\n## Introducción\n\nTexto."
    assert [(e.texto, e.pagina) for e in leer(texto).indice] == [
        ("Introducción", 4),
        ("I. Sesiones", 5),
        ("1. Redes", 6),
    ]


def test_el_indice_se_lee_con_puntos_con_tabulador_y_en_negritas():
    texto = "## ÍNDICE\n\n<b>Introducción</b> .....\t3\n**1. Convenios .......... 4**\n2. Redes\t6\n\n## Introducción\n\nTexto."
    assert [(e.texto, e.pagina) for e in leer(texto).indice] == [
        ("Introducción", 3),
        ("1. Convenios", 4),
        ("2. Redes", 6),
    ]
