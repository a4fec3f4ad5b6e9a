"""Lo que los convenios dicen a un informe: tablas, cifras y fuentes de avance."""

from datetime import date, timedelta

import pytest

from convenios import acciones, fuentes
from convenios.actualizaciones import fuentes as de_actualizaciones
from convenios.actualizaciones.secciones import sesiones_escritas
from convenios.models import Actualizacion
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from vinculacion.nucleo.bloques import a_json, desde_json
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
TRIMESTRE = Periodo(date(2020, 10, 1), date(2020, 12, 31))


@pytest.fixture
def cuarto_trimestre():
    """Lo que dice el cuarto informe de 2020: uno suscrito y avances en tres sesiones."""
    sesiones = fabrica.sesiones_de_2020()
    ine = directorio.organismo(nombre="Instituto Nacional Electoral", siglas="INE")
    radio = directorio.organismo(nombre="Radio Educación")
    contraloria = directorio.organismo(nombre="Secretaría de la Contraloría", siglas="SCG")
    anexo = fabrica.convenio(
        folio="B-2", titulo="Anexo técnico uno con el INE", tipo=fabrica.tipo("Anexo técnico"), contrapartes=[ine],
        fecha_firma=date(2019, 11, 21),
    )  # fmt: skip
    de_radio = fabrica.convenio(
        folio="B-1", titulo="Convenio de difusión", contrapartes=[radio], fecha_firma=date(2019, 4, 10)
    )
    suscrito = fabrica.convenio(
        folio="A-1", titulo="Convenio sobre el Presupuesto Participativo", contrapartes=[contraloria],
        objeto="Vigilar el gasto.", fecha_firma=date(2020, 10, 9),
    )  # fmt: skip
    fabrica.convenio(fecha_firma=date(2020, 9, 30))
    acciones.registrar_actualizaciones(agregar=[(de_radio, s) for s in sesiones] + [(anexo, sesiones[1])], por=None)
    return {"suscrito": suscrito, "anexo": anexo, "radio": de_radio, "sesiones": sesiones}


def test_suscritos(cuarto_trimestre):
    [tabla] = SECCIONES["convenios.suscritos"].bloques(Contexto(TRIMESTRE), {})
    assert [c.titulo for c in tabla.columnas] == ["No.", "Instrumento e institución", "Objeto", "Fecha de suscripción"]
    institucion = "Convenio sobre el Presupuesto Participativo — Secretaría de la Contraloría (SCG)"
    assert tabla.filas == ((1, institucion, "Vigilar el gasto.", date(2020, 10, 9)),)
    assert desde_json(a_json([tabla])) == (tabla,)


def test_suscritos_por_ambito_y_gestion(cuarto_trimestre):
    bloques = SECCIONES["convenios.suscritos"].bloques
    assert bloques(Contexto(TRIMESTRE), {"ambito": "internacional"}) == []
    assert bloques(Contexto(TRIMESTRE), {"gestion": "acompanada"}) == []
    assert len(bloques(Contexto(TRIMESTRE), {"ambito": "nacional", "gestion": "propia"})) == 1
    assert bloques(Contexto(Periodo.anual(2018)), {}) == []


def test_actualizaciones_en_lista(cuarto_trimestre):
    [tabla] = SECCIONES["convenios.actualizaciones"].bloques(Contexto(TRIMESTRE), {})
    assert tabla.columnas[3].titulo == "Sesión ordinaria en la que se reportó"
    assert tabla.filas == (
        (1, "Apoyo y colaboración", "Radio Educación", "Décima, décima primera y décima segunda"),
        (2, "Anexo técnico", "Instituto Nacional Electoral (INE)", "Décima primera"),
    )


def test_actualizaciones_en_matriz(cuarto_trimestre):
    [matriz] = SECCIONES["convenios.actualizaciones"].bloques(Contexto(TRIMESTRE), {"formato": "matriz"})
    assert matriz.columnas == ("10SO", "11SO", "12SO")
    assert matriz.filas == (
        ("Convenio de difusión — Radio Educación", ("X", "X", "X")),
        ("Anexo técnico uno con el INE", ("", "X", "")),
    )


def test_solo_cuentan_las_sesiones_celebradas_de_la_comision_del_informe(cuarto_trimestre):
    otra = fabrica.comision("COVIN")
    assert SECCIONES["convenios.actualizaciones"].bloques(Contexto(TRIMESTRE, otra), {}) == []
    programada = fabrica.sesion(13, date(2020, 12, 30), estado="programada", fecha_celebrada=None)
    Actualizacion.objects.create(convenio=cuarto_trimestre["anexo"], sesion=programada)
    [tabla] = SECCIONES["convenios.actualizaciones"].bloques(Contexto(TRIMESTRE), {})
    assert tabla.filas[1][3] == "Décima primera"


def test_sesiones_de_varios_anios_y_tipos():
    dos = [
        fabrica.sesion(12, date(2020, 12, 17)),
        fabrica.sesion(1, date(2020, 12, 20), tipo="urgente"),
        fabrica.sesion(1, date(2021, 1, 21)),
    ]
    assert sesiones_escritas(dos, con_anio=True) == "Décima segunda y primera urgente de 2020; primera de 2021"


def test_la_contraparte_lleva_el_nombre_de_entonces():
    sepi = directorio.organismo(nombre="Secretaría nueva", siglas="SN")
    sepi.nombres.create(nombre="Secretaría vieja", hasta=date(2022, 1, 1))
    fabrica.convenio(titulo="Convenio", contrapartes=[sepi], fecha_firma=date(2020, 10, 9))
    [tabla] = SECCIONES["convenios.suscritos"].bloques(Contexto(TRIMESTRE), {})
    assert tabla.filas[0][1] == "Convenio — Secretaría vieja"


def test_cifras(cuarto_trimestre):
    contexto = Contexto(TRIMESTRE)
    valores = {
        c: CIFRAS[f"convenios.{c}"].funcion(contexto) for c in ("suscritos", "actualizados", "vigentes", "en_tramite")
    }
    assert valores == {"suscritos": 1, "actualizados": 2, "vigentes": 4, "en_tramite": 0}
    assert CIFRAS["convenios.suscritos"].funcion(contexto, ambito="internacional") == 0
    with pytest.raises(ValueError, match="«local» no vale como ambito"):
        CIFRAS["convenios.suscritos"].funcion(contexto, ambito="local")


def test_fuentes_en_una_consulta(cuarto_trimestre, django_assert_num_queries):
    def pares(fuente):
        with django_assert_num_queries(1):
            return [hecho[:2] for hecho in fuente(TRIMESTRE.inicio, TRIMESTRE.fin)]

    decima, onceava, docena = (s.fecha_celebrada for s in cuarto_trimestre["sesiones"])
    assert pares(fuentes.suscritos) == [(date(2020, 10, 9), 1)] == pares(fuentes.suscritos_nacionales)
    assert pares(fuentes.suscritos_internacionales) == []
    assert pares(de_actualizaciones.actualizaciones) == [(decima, 1), (onceava, 1), (onceava, 1), (docena, 1)]
    assert pares(de_actualizaciones.actualizados) == [(decima, 1), (onceava, 1)]


@pytest.mark.parametrize("formato", ["lista", "matriz"])
def test_las_mismas_consultas_con_uno_y_con_treinta(formato, django_assert_max_num_queries):
    sesiones = fabrica.sesiones_de_2020()
    for _ in range(12):
        convenio = fabrica.convenio(fecha_firma=date(2020, 1, 1))
        acciones.registrar_actualizaciones(agregar=[(convenio, s) for s in sesiones], por=None)
    with django_assert_max_num_queries(3):
        SECCIONES["convenios.actualizaciones"].bloques(Contexto(TRIMESTRE), {"formato": formato})


def test_de_un_periodo_en_curso_se_cuenta_lo_vigente_hoy_como_en_su_pagina():
    """El que vence antes de que termine el año sigue en vigor mientras no venza."""
    anio = Periodo.anual(hoy().year + 1)
    en_curso = Periodo(hoy() - timedelta(days=30), anio.fin)
    fabrica.convenio(
        fecha_firma=hoy() - timedelta(days=90), vigencia="fecha", vigencia_hasta=hoy() + timedelta(days=10)
    )
    assert CIFRAS["convenios.vigentes"].funcion(Contexto(en_curso)) == 1
    tabla = SECCIONES["convenios.vigentes"].bloques(Contexto(en_curso), {})[0]
    assert tabla.filas[0][-1] == 1
