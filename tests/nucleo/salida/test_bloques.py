"""Los bloques: van y vuelven de JSON iguales, dicen lo que no entienden y no dejan armar lo que no cuadra."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.fabricas.bloques import PNG, documentos
from vinculacion.nucleo import bloques
from vinculacion.nucleo.bloques import Cifra, Colofon, Columna, Frase, Grupo, Imagen, Referencia, Tabla, hay_contenido
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.salida import json as congelado
from vinculacion.nucleo.salida.documento import Documento, Membrete, Portada
from vinculacion.nucleo.tablas_derivadas import agrupada, con_totales, cruce_por_anio

COLUMNAS = (Columna("Rubro"), Columna("Actividad"), Columna("Mujeres", "numero"), Columna("Avance (%)", "numero"))
FILAS = (("Red", "Curso", 3, 50), ("INE", "Nota", 1, 10), ("Red", "Charla", None, 20), ("", "Suelta", 2, 30))
TABLA = Tabla(COLUMNAS, FILAS, titulo="Asistencia", enlaces=("/1/", "/2/", "/3/", "/4/"), combinar=(1,))


@settings(max_examples=60, deadline=None)
@given(documentos())
def test_todo_documento_vuelve_igual_de_su_json(documento):
    escrito = congelado.crear(documento)
    assert congelado.leer(escrito) == documento
    assert congelado.crear(congelado.leer(escrito)) == escrito


def test_un_congelado_de_la_primera_version_se_lee():
    """Sin lo que se agregó después: grupos, letra, institución y presentación."""
    viejo = {
        "formato": "vinculacion.informe/1",
        "clave": "trimestral",
        "idioma": "es-MX",
        "autor": "",
        "creado": None,
        "membrete": {"logo": "img/marca.svg", "logo_alt": "", "color": "#123456", "domicilio": ""},
        "portada": {"titulo": "Informe", "fecha_sesion": "2021-01-21"},
        "apartados": [
            {
                "numero": "I",
                "titulo": "Uno",
                "nivel": 1,
                "ancla": "uno",
                "en_indice": True,
                "hijos": [],
                "bloques": [
                    {
                        "bloque": "tabla",
                        "columnas": [{"titulo": "Dato", "clase": "fecha", "ancho": None}],
                        "filas": [[{"fecha": "2021-01-02"}], [{"decimal": "1.50"}]],
                        "titulo": "",
                        "totales": None,
                        "notas": [],
                        "combinar": [],
                        "enlaces": [],
                    }
                ],
            }
        ],
    }
    leido = congelado.leer(json.dumps(viejo))
    assert leido.apartados[0].bloques == (
        Tabla((Columna("Dato", "fecha"),), ((date(2021, 1, 2),), (Decimal("1.50"),))),
    )
    assert (leido.membrete.letra, leido.presentacion) == ("sans", "informe")


@pytest.mark.parametrize(
    ("dato", "dice"),
    [
        ({"bloque": "holograma"}, "Bloque desconocido: 'holograma'"),
        ({"bloque": "parrafo", "texto": "Hola", "voz": "grave"}, "no conoce: voz"),
        ({"bloque": "frase", "partes": [{"etiqueta": "a", "valor": 1, "unidad": "m"}]}, "no conoce: unidad"),
        ({"bloque": "tabla", "columnas": [{"titulo": "A", "filtro": 1}], "filas": []}, "no conoce: filtro"),
        ({"bloque": "tabla", "columnas": [{"titulo": "A"}], "filas": [[{"hora": "12:00"}]]}, "No se entiende"),
    ],
)
def test_lo_que_no_se_conoce_se_dice(dato, dice):
    with pytest.raises(ValueError, match=dice):
        bloques.desde_json([dato])


def test_un_membrete_de_mas_adelante_se_dice():
    datos = congelado.a_datos(Documento("x", Portada("X"), ()))
    with pytest.raises(ValueError, match="no conoce: sello"):
        congelado.desde_datos(datos | {"membrete": datos["membrete"] | {"sello": 1}})


@pytest.mark.parametrize(
    "arma",
    [
        lambda: replace(TABLA, grupos=(Grupo("Red", 3),)),
        lambda: replace(TABLA, grupos=(Grupo("Red", 4), Grupo("Nada", 0))),
        lambda: replace(TABLA, grupos=(Grupo("Red", 4, ("Subtotal",)),)),
        lambda: Imagen("Foto", "https://ejemplo.example/foto.png"),
        lambda: Imagen(" ", PNG),
        lambda: Imagen("Foto", PNG, ancho=200),
        lambda: Membrete(letra="gótica"),
        lambda: Membrete(logo="data:text/html;base64,AAAA"),
    ],
)
def test_lo_que_no_cuadra_no_se_arma(arma):
    with pytest.raises(ValueError, match=r"."):
        arma()


def test_una_referencia_o_un_colofon_no_son_algo_que_contar():
    assert not hay_contenido([Referencia("Véase el anexo.", "a"), Colofon(())])
    assert hay_contenido([Frase((Cifra("notas", 0),))])
    assert not hay_contenido([Frase((" ",))])


def test_agrupar_no_pierde_ni_repite_filas():
    hecha = agrupada(con_totales(TABLA), 0, subtotales=True)
    assert [(g.titulo, g.filas) for g in hecha.grupos] == [("Red", 2), ("INE", 1), ("Sin dato", 1)]
    assert hecha.filas == (("Curso", 3, 50), ("Charla", None, 20), ("Nota", 1, 10), ("Suelta", 2, 30))
    assert hecha.enlaces == ("/1/", "/3/", "/2/", "/4/")
    assert (hecha.agrupada_por, hecha.combinar) == ("Rubro", (0,))
    # Un porcentaje no se suma.
    assert [g.subtotales for g in hecha.grupos][:2] == [("Subtotal", 3, None), ("Subtotal", 1, None)]
    assert con_totales(TABLA).totales == ("Total", None, 6, None)


def test_sin_nada_que_sumar_no_hay_totales():
    sola = Tabla((Columna("A"),), (("x",),))
    assert con_totales(sola) is sola


def test_el_cruce_va_por_anio_y_no_pierde_lo_que_cae_fuera():
    hechos = [
        ("Consejo", date(2020, 11, 1), 2),
        ("Comisión", date(2021, 5, 1), 1),
        ("Consejo", date(2022, 8, 31), 3),
        ("Consejo", date(2019, 1, 1), 1),
    ]
    cruce = cruce_por_anio("Órgano", hechos, Periodo(date(2020, 10, 1), date(2022, 8, 31)), titulo="Notas")
    assert [c.titulo for c in cruce.columnas] == [
        "Órgano", "2020 (octubre–diciembre)", "2021", "2022 (enero–agosto)", "2019 (fuera del periodo)", "Total",
    ]  # fmt: skip
    assert cruce.filas == (("Consejo", 2, 0, 3, 1, 6), ("Comisión", 0, 1, 0, 0, 1))
    assert cruce.totales == ("Total", 2, 1, 3, 1, 7)
