"""Filas que llegan, se van o cambian, y cada cifra antes y ahora."""

import time
from datetime import date

from informes.revision import cuadros
from vinculacion.nucleo.bloques import Columna, Lista, Matriz, Tabla

COLUMNAS = (Columna("No.", "centro"), Columna("Fecha", "fecha"), Columna("Convenio"), Columna("Mujeres", "numero"))


def tabla(*filas, **mas):
    return Tabla(COLUMNAS, tuple((n, *fila) for n, fila in enumerate(filas, 1)), "Convenios", **mas)


UNAM = (date(2020, 10, 1), "UNAM", 12)
UAM = (date(2020, 10, 8), "UAM", 30)
IPN = (date(2020, 11, 3), "IPN", 7)


def test_una_cifra_cambiada_dice_antes_y_ahora():
    cambio = cuadros.comparar(tabla(UNAM, UAM), tabla(UNAM, (*UAM[:2], 31)))
    (fila,) = cambio.cambiadas
    assert fila.rotulo == "Jueves 8 de octubre de 2020"
    assert [(c.columna, c.antes, c.ahora) for c in fila.celdas] == [("Mujeres", "30", "31")]
    assert not cambio.agregadas
    assert not cambio.quitadas


def test_una_fila_en_medio_no_hace_distintas_a_las_que_se_recorren():
    cambio = cuadros.comparar(tabla(UNAM, UAM), tabla(UNAM, IPN, UAM))
    assert cambio.agregadas == ["Martes 3 de noviembre de 2020 · IPN · 7"]
    assert not cambio.cambiadas
    assert not cambio.quitadas


def test_una_fila_quitada():
    cambio = cuadros.comparar(tabla(UNAM, UAM), tabla(UAM))
    assert cambio.quitadas == ["Jueves 1° de octubre de 2020 · UNAM · 12"]


def test_totales_titulo_notas_y_orden():
    antes = tabla(UNAM, UAM, totales=("", "Total", "", 42), notas=("Una nota.",))
    ahora = Tabla(COLUMNAS, tabla(UAM, UNAM).filas, "Convenios suscritos", totales=("", "Total", "", 43))
    cambio = cuadros.comparar(antes, ahora)
    assert cambio.hechos == [
        "El título era «Convenios» y ahora es «Convenios suscritos».",
        "Notas al pie: antes «Una nota.»; ahora ninguna.",
        "Las mismas filas, en otro orden.",
    ]
    assert [(f.rotulo, f.celdas[0].antes, f.celdas[0].ahora) for f in cambio.cambiadas] == [("Totales", "42", "43")]


def test_otras_columnas():
    ahora = Tabla((Columna("Convenio"), Columna("Sede")), (("UNAM", "CU"),), "Convenios")
    cambio = cuadros.comparar(tabla(UNAM), ahora)
    assert "Columnas que ya no están: No., Fecha y Mujeres." in cambio.hechos
    assert "Columnas nuevas: Sede." in cambio.hechos
    assert not cambio.cambiadas


def test_matrices_y_listas_tambien():
    antes = Matriz("Quién", ("1SO", "2SO"), (("Presidencia", ("X", "")),))
    ahora = Matriz("Quién", ("1SO", "2SO"), (("Presidencia", ("X", "X")),))
    (fila,) = cuadros.comparar(antes, ahora).cambiadas
    assert (fila.rotulo, fila.celdas[0].columna, fila.celdas[0].ahora) == ("Presidencia", "2SO", "X")
    assert cuadros.comparar(Lista(("Uno",)), Lista(("Uno", "Dos"))).agregadas == ["Dos"]


def test_mil_filas_con_cambios_se_comparan_pronto():
    def fila(n, mas=0):
        return (date(2020, 10, 1 + n % 28), f"Aviso {n}", "virtual", n + mas)

    columnas = (Columna("Fecha"), Columna("Aviso"), Columna("Modalidad"), Columna("Personas", "numero"))
    antes = Tabla(columnas, tuple(fila(n) for n in range(1000)), "Avisos")
    ahora = Tabla(columnas, tuple(fila(n, 5) for n in range(1000)), "Avisos")
    inicio = time.perf_counter()
    cambio = cuadros.comparar(antes, ahora)
    assert len(cambio.cambiadas) == 1000
    assert time.perf_counter() - inicio < 3
