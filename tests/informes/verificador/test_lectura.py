"""Un informe escrito en otra parte, leído a los mismos fragmentos."""

import time

import pytest

from informes.verificador.lectura import leer, leer_texto, periodo_del_texto
from informes.verificador.revision import verificar_texto
from vinculacion.nucleo.bloques import Lista, Parrafo, Tabla, Titulo
from vinculacion.nucleo.periodos import Trimestre

MUESTRA = """
## ÍNDICE

<b>I. Sesiones</b> .....\t3

**I. Sesiones de la
comisión**

Durante el cuarto trimestre de 2020 hubo dos sesiones:

Décima sesión\tDécima primera sesión
Celebrada el martes 26 de octubre de 2020\tCelebrada el jueves 26 de noviembre de 2020

#### Décima sesión, lunes 26 de octubre de 2020:

- **CVOE/043/20.** Orden del día.
- **CVOE/044/20.** Minuta.

- CVOE/46/20. Informe.

1. Vinculación con universidades

Se enviaron cinco correos a la Red:

**Tabla 1. Correos a la Red**

No.\tFecha\tInformación
1.\tLunes 5 de octubre de 2020.\tInvitación al foro
2.\tMartes 6 de octubre de 2020.\tMinuta de la reunión

No.\tFecha\tInformación
4.\tMiércoles 7 de octubre de 2020.\tGuía para observar
5.\tSábado 31 de noviembre de 2020.\tCartel
"""


def test_encabezados_listas_y_tablas():
    fragmentos = leer_texto(MUESTRA)
    assert [(f.apartado, type(f.bloque)) for f in fragmentos][1:] == [
        ("I. Sesiones de la comisión", Titulo),
        ("I. Sesiones de la comisión", Parrafo),
        ("I. Sesiones de la comisión", Tabla),
        ("I. Sesiones de la comisión", Titulo),
        ("I. Sesiones de la comisión", Lista),
        ("1. Vinculación con universidades", Titulo),
        ("1. Vinculación con universidades", Parrafo),
        ("1. Vinculación con universidades", Tabla),
    ]
    lista, tabla = fragmentos[5].bloque, fragmentos[8].bloque
    assert len(lista.elementos) == 3
    assert (tabla.titulo, len(tabla.filas), tabla.columnas[1].titulo) == ("Tabla 1. Correos a la Red", 4, "Fecha")


def test_el_periodo_es_del_que_mas_se_habla():
    assert periodo_del_texto(MUESTRA) == Trimestre(2020, 4).periodo
    assert periodo_del_texto("Un texto sin trimestre.") is None


def test_las_mismas_reglas_lo_revisan():
    halladas = {(h.regla, h.apartado[:2]) for h in verificar_texto(MUESTRA)}
    assert halladas == {
        ("fecha.dia_semana", "I."),
        ("fecha.imposible", "1."),
        ("tabla.numeracion", "1."),
        ("cifra.contra_tabla", "1."),
    }


def test_encabezado_de_dos_renglones_y_tabla_sin_encabezado():
    texto = (
        "Acción\tCantidad\tProgramación\t\n\t\t1T\t2T\nGiras\t3\t1\t2\n\nMetas del año.\n\n1\tUna\n2\tDos\n2\tTres\n"
    )
    con, _, sin = (f.bloque for f in leer_texto(texto))
    assert [c.titulo for c in con.columnas] == ["Acción", "Cantidad", "Programación 1T", "2T"]
    assert (len(con.filas), len(sin.filas)) == (1, 3)


def test_el_total_se_aparta():
    (fragmento,) = leer_texto("Año\tCasos\n2010\t5\n2011\t6\nTOTAL\t12\n")
    assert fragmento.bloque.totales == ("TOTAL", "12")


def test_un_texto_cualquiera_no_tira_la_lectura():
    for texto in ("", "\t\t\n\t", "**sin cerrar", "|---|---|", "- \n1.\n", "\x00\ufeff\n###\n", "a\tb\nc\n\nd\te\tf"):
        leer_texto(texto)
        verificar_texto(texto)


def test_los_renglones_numerados_con_un_blanco_en_medio_son_una_lista():
    """Así llegan los que se numeraron a mano en un Word o en un PDF."""
    elementos = "\n\n".join(f"{n}. Comisión número {n}" for n in range(1, 6))
    (lista,) = [f.bloque for f in leer_texto(f"Se enlistan las áreas:\n\n{elementos}\n") if isinstance(f.bloque, Lista)]
    assert len(lista.elementos) == 5
    dos = leer_texto("1. Introducción\n\n2. Marco jurídico\n\nTexto.")
    assert [f.bloque.texto for f in dos if isinstance(f.bloque, Titulo)] == ["1. Introducción", "2. Marco jurídico"]


def test_una_entrada_del_indice_partida_en_dos_renglones():
    indice = leer(
        "ÍNDICE\nIntroducción ........ 3\n3. Vinculación para relaciones de cooperación con organismos públicos y\n"
        "privados, a nivel local y nacional ........ 11\n4. Cierre ........ 15\n"
    ).indice
    assert [(e.texto[:14], e.texto[-8:], e.pagina) for e in indice] == [
        ("Introducción", "oducción", 3),
        ("3. Vinculación", "nacional", 11),
        ("4. Cierre", ". Cierre", 15),
    ]


NIVELES = "Nombre\tNivel\n" + "a\t3\n" * 1_500 + "\n" + "Hay 4 de las 9 áreas con 3 puntos. Es así.\n\n" * 1_200
CASI = "".join(
    f"Uno\tDos\nEl área de enlace y vínculos\t{n}\nEl área de sistemas\t{n}\n\nOtra.\n\n" for n in range(700)
)


@pytest.mark.parametrize(
    "texto",
    [
        *(
            (pieza * 60_000)[:60_000]
            for pieza in ("1,", "AB-", "<a ", "[a](", "palabra ", "de ", "un total de 11, 3, 4, ", "“", "1 de enero ")
        ),
        "a\tb\n" + "-" * 60_000 + "x",
        "Décima sesión:\n\n- a\n\n" * 2_700,
        NIVELES,
        CASI,
    ],
    ids=lambda texto: repr(texto[:12]),
)
def test_el_tiempo_no_crece_con_el_cuadrado(texto):
    """Con unas 60,000 letras: lo que antes tardaba minutos."""
    inicio = time.process_time()
    verificar_texto(texto)
    assert time.process_time() - inicio < 15


PARTES = "Tema\tCasos\t%\na\t50\t50%\nb\t30\t30%\nc\t20\t{}\n"


@pytest.mark.parametrize(
    ("texto", "reglas"),
    [
        ("El jueves 3 de abrıl de 2020.", {"fecha.dia_semana"}),
        ("El jueves veıntiuno de mayo de 2020 y el vıernes 30 de abril de 2020.", {"fecha.dia_semana"}),
        ("Se enviaron 1" + ",000" * 2_000 + " correos:\n\nNo.\tTema\n1\ta\n2\tb\n", set()),
        (PARTES.format("20." + "1" * 40 + "%"), set()),
        (PARTES.format("20.1%"), {"tabla.porcentaje"}),
        ("Tema\tDe\t%\na\t999999999999999999\t0.0000000000000001\nb\t1\t5\nc\t2\t6\n", set()),
        (f"Tema\tCasos\na\t{'9' * 40}\nb\t1\nTotal\t3\n", set()),
        ("Respondieron 8 de las 27 áreas (35." + "1" * 60 + "%).", set()),
        (
            "La 0 sesión ordinaria, celebrada el 3 de abril de 2020. La 0 sesión ordinaria, celebrada el 4 de abril de 2020.",
            set(),
        ),
    ],
    ids=lambda dato: repr(dato)[:24],
)
def test_lo_raro_no_tira_ninguna_regla(texto, reglas):
    assert {h.regla for h in verificar_texto(texto)} == reglas


def test_el_titulo_de_una_tabla_pegado_al_parrafo_es_de_ella():
    texto = "Hubo dos cursos en línea.\nTabla 12. Cursos\n\nCurso\tAsistentes\nUno\t10\nTabla 13. Otros\t\nCurso\tHoras\nDos\t4\nTres\t5"
    parrafo, primera, segunda = (f.bloque for f in leer_texto(texto))
    assert parrafo == Parrafo("Hubo dos cursos en línea.")
    assert [primera.titulo, segunda.titulo] == ["Tabla 12. Cursos", "Tabla 13. Otros"]
