"""La población involucrada: sus cuentas, lo que no admite y sus dibujos."""

import xml.etree.ElementTree as ET

import pytest
from django.core.exceptions import ValidationError

from programas import acciones as de_planes
from programas.diagnostico import acciones_poblacion as acciones
from programas.diagnostico import consultas, graficas, secciones
from programas.estados import Involucra
from programas.models import Involucramiento
from tests.fabricas import diagnostico as fabrica
from tests.fabricas.directorio import area, organismo
from tests.fabricas.programas import accion, eje, programa
from vinculacion.nucleo.bloques import Grafica, Parrafo, Tabla
from vinculacion.nucleo.secciones import SECCIONES

pytestmark = pytest.mark.django_db

# Cuadro 1 del documento 000: (interés, fuerza) de las 27 áreas.
CUADRO_1 = [*[(1, 1)] * 5, (2, 2), *[(3, 3)] * 2, (3, 4), *[(4, 4)] * 10, *[(5, 5)] * 8]


def guardar(**datos) -> Involucramiento:
    nuevo = Involucramiento(**{"programa": programa(), "interes": 3, "fuerza": 3, **datos})
    return acciones.guardar_involucramiento(involucramiento=nuevo, por=None)


@pytest.mark.parametrize(
    ("interes", "fuerza", "esperada"),
    [
        (1, 1, "bajo"), (5, 2, "bajo"), (3, 4, "medio"), (4, 4, "medio"), (5, 3, "medio"), (4, 5, "alto"), (5, 5, "alto"),
    ],
)  # fmt: skip
def test_las_bandas(interes, fuerza, esperada):
    uno = fabrica.involucramiento(interes=interes, fuerza=fuerza)
    assert (uno.valor, uno.banda) == (interes * fuerza, esperada)


def test_los_productos_de_cada_banda_cubren_del_1_al_25():
    assert [(b.value, p[0], p[-1]) for b, p in consultas.PRODUCTOS.items()] == [
        ("alto", 20, 25), ("medio", 11, 19), ("bajo", 1, 10),
    ]  # fmt: skip
    assert secciones.BANDAS == "bajo de 1 a 10, medio de 11 a 19, alto de 20 a 25"


def test_el_cuadro_de_las_areas_se_cuenta_de_los_registros():
    """El texto de la fuente dice 13 áreas de nivel medio; su propio cuadro tiene 11, y eso dice la página."""
    uno = programa()
    for interes, fuerza in CUADRO_1:
        fabrica.involucramiento(uno, interes=interes, fuerza=fuerza)
    (grupo,) = consultas.por_grupo(consultas.involucrados(uno))
    assert grupo.bandas == {Involucra.ALTO: 8, Involucra.MEDIO: 11, Involucra.BAJO: 8}
    assert secciones.resumen(grupo) == "8 de 27 con involucramiento alto, 11 medio y 8 bajo."


def test_los_grupos_y_el_orden():
    uno = programa()
    fabrica.involucramiento(uno, organismo(ambito="local"), 5, 5)
    fabrica.involucramiento(uno, organismo(ambito="internacional", nombre="Zeta"), 1, 4)
    fabrica.involucramiento(uno, organismo(ambito="internacional", nombre="Ánimo"), 2, 2)
    fabrica.involucramiento(uno, area(), 1, 1)
    fabrica.involucramiento(programa())
    filas = consultas.involucrados(uno)
    assert [i.valor for i in filas] == [1, 4, 4, 25]
    assert [i.quien.nombre for i in filas[1:3]] == ["Ánimo", "Zeta"]
    grupos = consultas.por_grupo(filas)
    assert [(g.clave, len(g.filas)) for g in grupos] == [("areas", 1), ("internacionales", 2), ("locales", 1)]
    assert [g.clave for g in consultas.por_grupo(filas, "locales")] == ["locales"]


# -- lo que no se admite ---------------------------------------------------------------
def test_area_u_organismo_uno_solo():
    with pytest.raises(ValidationError) as error:
        guardar(area=area(), organismo=organismo())
    assert "organismo" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        guardar()
    assert "area" in error.value.message_dict
    assert not Involucramiento.objects.exists()


@pytest.mark.parametrize("quien", [area, organismo])
def test_dos_veces_en_el_mismo_programa_no(quien):
    uno, dos = programa(), programa()
    alguien = quien()
    primero = fabrica.involucramiento(uno, alguien)
    with pytest.raises(ValidationError) as error:
        fabrica.involucramiento(uno, alguien)
    assert "Ya está en la población" in str(error.value)
    fabrica.involucramiento(dos, alguien)
    primero.interes = 1
    acciones.guardar_involucramiento(involucramiento=primero, por=None)
    assert Involucramiento.objects.get(pk=primero.pk).valor == 4


@pytest.mark.parametrize("cifra", [0, 6, -1, 10**9])
def test_cifras_fuera_de_uno_a_cinco(cifra):
    for campo in ("interes", "fuerza"):
        with pytest.raises(ValidationError) as error:
            guardar(area=area(), **{campo: cifra})
        assert campo in error.value.message_dict
    assert not Involucramiento.objects.exists()


def test_un_programa_cerrado_no_cambia():
    uno = programa()
    dentro = fabrica.involucramiento(uno)
    otra = fabrica.alternativa(fabrica.medio(uno))
    abierto = fabrica.involucramiento()
    de_planes.cerrar_programa(programa=uno, por=None)
    dentro = Involucramiento.objects.get(pk=dentro.pk)
    dentro.interes = 1
    fuera = Involucramiento.objects.get(pk=dentro.pk)
    fuera.programa = abierto.programa  # ni sacarlo a un programa abierto
    ajeno = Involucramiento.objects.get(pk=abierto.pk)
    ajeno.programa = type(uno).objects.get(pk=uno.pk)  # ni meterlo desde otro
    otra.programa.refresh_from_db()
    for intento in (
        lambda: acciones.guardar_involucramiento(involucramiento=dentro, por=None),
        lambda: acciones.guardar_involucramiento(involucramiento=fuera, por=None),
        lambda: acciones.guardar_involucramiento(involucramiento=ajeno, por=None),
        lambda: acciones.eliminar(registro=dentro, por=None),
        lambda: acciones.guardar_alternativa(alternativa=otra, por=None),
        lambda: acciones.eliminar(registro=otra, por=None),
    ):
        with pytest.raises(ValidationError, match="cerrado"):
            intento()
    assert Involucramiento.objects.filter(programa=uno, interes=4).count() == 1


# -- dibujos y bloques --------------------------------------------------------------------
def test_la_cuadricula_dice_cuantos_hay_en_cada_cruce():
    uno = programa()
    for interes, fuerza in ((5, 4), (5, 4), (1, 1)):
        fabrica.involucramiento(uno, interes=interes, fuerza=fuerza)
    svg, descripcion = graficas.poder_e_interes(consultas.involucrados(uno))
    ET.fromstring(svg)
    assert ">2<" in svg
    assert "Alto · 20" in svg
    assert descripcion == (
        "3 áreas y organismos por su interés y su fuerza: "
        "2 con interés 5 y fuerza 4 (alto) y 1 con interés 1 y fuerza 1 (bajo)."
    )


def test_los_bloques_segun_grupo_y_formato():
    uno = programa()
    fabrica.involucramiento(uno, area(nombre="Secretaría Ejecutiva"), 5, 5)
    fabrica.involucramiento(uno, organismo(ambito="nacional"), 3, 4)
    tabla, frase, *_, grafica = secciones.bloques_involucramiento(uno)
    assert isinstance(tabla, Tabla)
    assert tabla.filas == ((1, "Secretaría Ejecutiva", 5, 5, 25, "Alto"),)
    assert frase == Parrafo("Áreas internas: 1 de 1 con involucramiento alto, 0 medio y 0 bajo.")
    assert isinstance(grafica, Grafica)
    solo = secciones.bloques_involucramiento(uno, "nacionales", "tabla")
    assert [type(b) for b in solo] == [Tabla, Parrafo]
    assert [type(b) for b in secciones.bloques_involucramiento(uno, formato="grafica")] == [Grafica]
    assert secciones.bloques_involucramiento(uno, "locales") == []
    assert secciones.bloques_involucramiento(programa()) == []


def test_las_secciones_reciben_la_clave_del_programa():
    uno = programa(clave="pe-2031", anio=2031)
    fabrica.involucramiento(uno)
    parametros = {"programa": "pe-2031", "formato": "tabla"}
    assert len(SECCIONES["programas.involucramiento"].bloques(None, parametros)) == 2
    for clave in ("programas.alternativas", "programas.estructura"):
        assert SECCIONES[clave].bloques(None, {"programa": "pe-2031"}) == []
    with pytest.raises(ValidationError, match="No existe un programa"):
        SECCIONES["programas.involucramiento"].bloques(None, {"programa": "nada"})


# -- alternativas y estructura ---------------------------------------------------------------
def test_la_alternativa_es_toda_del_mismo_programa():
    suyo, ajeno = fabrica.medio(), fabrica.medio()
    with pytest.raises(ValidationError) as error:
        fabrica.alternativa(suyo, programa=ajeno.programa)
    assert "medio" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        fabrica.alternativa(suyo, accion=accion())
    assert "accion" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        fabrica.alternativa(suyo.contraparte)
    assert "medio" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        fabrica.alternativa(suyo, incidencia=6, viabilidad=0)
    assert {"incidencia", "viabilidad"} <= error.value.message_dict.keys()


def test_el_valor_se_calcula_y_se_dice_como():
    una = fabrica.alternativa(incidencia=5, viabilidad=4, elegida=True, razon="La más viable")
    sin = fabrica.alternativa(una.medio, incidencia=5)
    (tabla,) = secciones.bloques_alternativas(una.programa)
    assert [c.titulo for c in tabla.columnas] == [
        "Medio",
        "Núm.",
        "Alternativa",
        "Valor",
        "Elegida",
        "Por qué",
        "Acción",
    ]
    assert [fila[3] for fila in tabla.filas] == ["5 × 4 = 20", ""]
    assert (sin.valor, secciones.valor_escrito(sin)) == (None, "")


def test_la_estructura_une_problema_solucion_y_acciones():
    uno = programa(objetivo="Acercar a la ciudadanía")
    primero = eje(uno, nombre="Vínculos")
    elegida, suelta = accion(primero, nombre="Convenios"), accion(primero, nombre="Boletines")
    vacio = eje(uno, nombre="Sin acciones")
    medio = fabrica.medio(uno, texto="Más convenios")
    fabrica.alternativa(medio, elegida=True, accion=elegida)
    fabrica.alternativa(medio, elegida=False, accion=suelta)
    una = consultas.estructura(uno)
    assert [c.nivel for c in una.correspondencias] == ["Propósito", *["Componentes y actividades"] * 3]
    proposito, par, resto, sin = una.correspondencias
    assert proposito.texto == "Acercar a la ciudadanía"
    assert proposito.problematica.startswith("P1")
    assert (par.problematica, par.solucion) == (str(medio.contraparte), "M1 Más convenios")
    assert secciones.del_programa(par) == f"{primero}: {elegida}."
    assert secciones.del_programa(resto) == f"{primero}: {suelta}."
    assert secciones.del_programa(sin) == f"{vacio}."
    tabla, dibujo = secciones.bloques_estructura(uno)
    assert len(tabla.filas) == 4
    assert "Boletines" in dibujo.svg
    assert "Sin acciones (sin acciones)" in dibujo.descripcion


def test_un_problema_sin_respuesta_y_un_medio_sin_causa_tienen_su_renglon():
    uno = programa()
    medio = fabrica.medio(uno)
    causa = medio.contraparte
    medio.contraparte = None
    medio.save()
    filas = [(c.problematica, c.solucion) for c in consultas.estructura(uno).correspondencias]
    assert (str(causa), "") in filas
    assert ("", str(medio)) in filas


def test_la_estructura_cabe_en_hojas_y_escapa_lo_escrito():
    uno = programa(objetivo="Objetivo <b>con</b> marcas & letras " * 4)
    for _ in range(3):
        de = eje(uno, nombre="Un eje con nombre bastante largo para ocupar varios renglones")
        for _ in range(14):
            accion(de, nombre="Una acción <i>descrita</i> con todo detalle para que ocupe dos renglones o hasta tres")
    dibujos = graficas.dibujos_de_estructura(consultas.estructura(uno))
    assert len(dibujos) > 1
    for titulo, svg, _ in dibujos:
        raiz = ET.fromstring(svg)
        assert float(raiz.get("height")) <= 900
        assert titulo.endswith(f"de {len(dibujos)})")
    assert sum(svg.count("<rect") for _, svg, _ in dibujos) >= 42 + 3 + len(dibujos)


def test_un_eje_con_demasiadas_acciones_se_parte():
    uno = programa()
    de = eje(uno)
    for _ in range(26):
        accion(de, nombre="Una acción descrita con todo detalle para que ocupe dos renglones o más, según se mida " * 2)
    dibujos = graficas.dibujos_de_estructura(consultas.estructura(uno))
    assert len(dibujos) >= 2
    assert all(float(ET.fromstring(svg).get("height")) <= 900 for _, svg, _ in dibujos)
