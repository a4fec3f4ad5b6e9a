"""La presentación sólo mira los bloques: vale para cualquier sección."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from informes.estructura.presentacion import Presentacion, aplicar, columnas_de, faltantes, por_anio
from vinculacion.nucleo.bloques import Columna, Grupo, Lista, Parrafo, Tabla
from vinculacion.nucleo.periodos import Periodo

TABLA = Tabla(
    (Columna("No.", "centro"), Columna("Fecha", "fecha"), Columna("Órgano"), Columna("Notas", "numero")),
    (
        (1, date(2020, 10, 5), "Consejo", 3),
        (2, "Del 28 de octubre al 2 de noviembre de 2020", "Ámbito", None),
        (3, date(2020, 10, 20), "Consejo", 4),
    ),
    enlaces=("/1", "/2", "/3"),
)


def puesta(tabla=TABLA, **presentacion) -> Tabla:
    (unica,) = aplicar([tabla], presentacion)
    return unica


def test_sin_nada_que_presentar_queda_igual():
    assert aplicar([TABLA, Parrafo("x")], {}) == [TABLA, Parrafo("x")]


def test_columnas_en_su_orden_con_otro_nombre_y_ancho():
    t = puesta(columnas=[{"titulo": "Órgano", "encabezado": "Instancia", "ancho": 40}, {"titulo": "Fecha"}])
    assert [(c.titulo, c.ancho) for c in t.columnas] == [("Instancia", 40), ("Fecha", None)]
    assert t.filas[0] == ("Consejo", date(2020, 10, 5))
    assert t.enlaces == TABLA.enlaces


def test_ordena_por_varias_y_vuelve_a_numerar_con_los_vacios_al_final():
    t = puesta(orden=[{"columna": "Órgano"}, {"columna": "Notas", "descendente": True}])
    assert [(f[0], f[2], f[3]) for f in t.filas] == [(1, "Ámbito", None), (2, "Consejo", 4), (3, "Consejo", 3)]
    assert t.enlaces == ("/2", "/3", "/1")
    t = puesta(orden=[{"columna": "Notas", "descendente": True}])
    assert [f[3] for f in t.filas] == [4, 3, None]


def test_las_fechas_se_ordenan_por_su_primer_dia_aunque_vayan_escritas():
    t = puesta(orden=[{"columna": "Fecha", "descendente": True}], columnas=[{"titulo": "Notas"}])
    assert [f[0] for f in t.filas] == [None, 4, 3]


def test_agrupa_con_subtotales_y_total():
    t = puesta(agrupar="Órgano", subtotales=True, totales=True)
    assert [c.titulo for c in t.columnas] == ["No.", "Fecha", "Notas"]
    assert [(g.titulo, g.filas) for g in t.grupos] == [("Consejo", 2), ("Ámbito", 1)]
    assert t.grupos[0].subtotales[-1] == 7
    assert t.totales[-1] == 7
    assert [f[0] for f in t.filas] == [1, 2, 3]
    assert t.agrupada_por == "Órgano"


def test_agrupa_por_una_columna_que_no_se_eligio():
    t = puesta(agrupar="Órgano", columnas=[{"titulo": "Notas"}, {"titulo": "Fecha"}])
    assert [c.titulo for c in t.columnas] == ["Notas", "Fecha"]
    assert [g.titulo for g in t.grupos] == ["Consejo", "Ámbito"]


def test_lo_que_la_seccion_ya_agrupaba_se_puede_ordenar_y_sigue_agrupado():
    agrupada = Tabla(
        (Columna("Nota"),), (("b",), ("a",), ("c",)), grupos=(Grupo("Uno", 2), Grupo("Dos", 1)), agrupada_por="Rubro"
    )
    assert [c.titulo for c in columnas_de([agrupada])] == ["Rubro", "Nota"]
    t = puesta(agrupada, orden=[{"columna": "Nota"}])
    assert t.filas == (("a",), ("b",), ("c",))
    assert [(g.titulo, g.filas) for g in t.grupos] == [("Uno", 2), ("Dos", 1)]


def test_los_totales_que_daba_la_seccion_siguen_a_sus_columnas():
    con = Tabla(
        (Columna("Qué"), Columna("Dónde"), Columna("Cuántas", "numero")), (("a", "b", 2),), totales=("Total", "", 2)
    )
    t = puesta(con, columnas=[{"titulo": "Dónde"}, {"titulo": "Cuántas"}])
    assert t.totales == ("Total", 2)
    assert puesta(con, columnas=[{"titulo": "Dónde"}]).totales is None


def test_no_repite_iguales_y_pone_notas_al_pie_del_ultimo_cuadro():
    t = puesta(combinar=["Órgano"], notas=["Cifras preliminares."])
    assert (t.combinar, t.notas) == ((2,), ("Cifras preliminares.",))
    una, otra = aplicar([TABLA, Lista(("x",))], {"notas": ["Ojo."]})
    assert (una.notas, otra.notas) == ((), ("Ojo.",))


def test_una_columna_que_ya_no_esta_se_dice_y_no_tumba():
    como = Presentacion.de({"columnas": [{"titulo": "Notas"}, {"titulo": "Sede"}], "orden": [{"columna": "Costo"}]})
    assert [f.split("»")[0] for f in faltantes([TABLA], como)] == ["La columna «Sede", "La columna «Costo"]
    assert "No., Fecha, Órgano y Notas" in faltantes([TABLA], como)[0]
    assert [c.titulo for c in aplicar([TABLA], como)[0].columnas] == ["Notas"]
    assert "ya no da una tabla" in faltantes([Lista(("x",))], como)[0]


def test_ida_y_vuelta_por_json_y_lo_que_no_se_entiende():
    datos = {
        "columnas": [{"titulo": "Notas", "encabezado": "Cuántas", "ancho": 20}],
        "orden": [{"columna": "Fecha", "descendente": True}],
        "agrupar": "Órgano",
        "subtotales": True,
        "combinar": ["Fecha"],
        "notas": ["Una."],
        "por_anio": True,
    }
    assert Presentacion.de(datos).datos() == datos
    assert Presentacion.de({}).datos() == {}
    malas = ({"color": "rojo"}, {"columnas": ["Notas"]}, {"columnas": [{"nombre": "x"}]}, {"orden": 3}, [1])
    for mala in (*malas, {"agrupar": [1]}, {"combinar": [{}]}, {"columnas": [{"titulo": 5}]}, {"notas": [1]}):
        with pytest.raises(ValidationError, match="no se entiende"):
            Presentacion.de(mala)


def test_por_anio_nombra_los_anios_partidos():
    final = Periodo(date(2020, 10, 1), date(2022, 8, 31))
    como = Presentacion(por_anio=True)
    assert [e for e, _ in por_anio(como, final)] == ["2020 (octubre–diciembre)", "2021", "2022 (enero–agosto)"]
    assert list(por_anio(Presentacion(), final)) == [("", final)]
    trimestre = Periodo(date(2024, 1, 1), date(2024, 3, 31))
    assert list(por_anio(como, trimestre)) == [("", trimestre)]


def test_sólo_se_vuelve_a_contar_la_columna_que_cuenta_renglones():
    cantidades = Tabla((Columna("Acción"), Columna("Cantidad", "centro")), (("b", 1), ("a", 2)))
    assert puesta(cantidades, orden=[{"columna": "Acción"}]).filas == (("a", 2), ("b", 1))


def test_una_columna_elegida_dos_veces_no_cambia_por_cuál_se_agrupa():
    t = puesta(columnas=[{"titulo": "Notas"}, {"titulo": "Notas", "encabezado": "Cuántas"}], agrupar="Órgano")
    assert [c.titulo for c in t.columnas] == ["Notas", "Cuántas"]
    assert [g.titulo for g in t.grupos] == ["Consejo", "Ámbito"]
