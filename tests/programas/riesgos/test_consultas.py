"""Niveles, mapas, situaciones y vencimientos."""

from datetime import date

import pytest
import time_machine

from programas.estados import EstadoDePrograma
from programas.models import Candado, Tratamiento
from programas.riesgos import consultas
from programas.riesgos.consultas import Situacion
from tests.fabricas import programas as de_programas
from tests.fabricas import riesgos as fabrica

pytestmark = pytest.mark.django_db


def test_severidad_de_cada_nivel_posible():
    dichas = {n: consultas.severidad(n).texto for n in (1, 2, 3, 4, 6, 9)}
    assert dichas == {1: "Bajo", 2: "Bajo", 3: "Medio", 4: "Medio", 6: "Alto", 9: "Alto"}
    assert consultas.severidad(None) == ("Sin evaluar", "")


def test_los_residuales_que_el_documento_000_trae_mal():
    """Riesgo 4: 1 × 2, impreso 3. Riesgo 5: 1 × 1, impreso 2. El producto manda."""
    programa = de_programas.programa(2021)
    # (probabilidad, impacto, residuales) de los siete, en el orden de la fuente.
    fuente = [(1, 3, 1, 2), (2, 3, 1, 2), (2, 3, 2, 2), (2, 3, 1, 2), (2, 2, 1, 1), (2, 2, 1, 2), (2, 3, 2, 2)]
    for p, i, pr, ir in fuente:
        fabrica.riesgo(programa, probabilidad=p, impacto=i, probabilidad_residual=pr, impacto_residual=ir)
    riesgos = consultas.riesgos(programa)
    assert [r.nivel_inicial for r in riesgos] == [3, 6, 6, 6, 4, 4, 6]
    impresos = [2, 2, 4, 3, 2, 2, 4]
    assert [r.nivel_residual for r in riesgos] == [2, 2, 4, 2, 1, 2, 4]
    assert [r.numero for r, impreso in zip(riesgos, impresos, strict=True) if r.nivel_residual != impreso] == [4, 5]


def test_el_mapa_antes_y_despues():
    programa = de_programas.programa(2021)
    uno = fabrica.riesgo(programa, probabilidad=3, impacto=1, probabilidad_residual=1, impacto_residual=1)
    dos = fabrica.riesgo(programa, probabilidad=3, impacto=1)
    antes, despues = consultas.mapa(programa, False), consultas.mapa(programa, True)
    assert len(antes) == len(despues) == 9
    assert antes[3, 1] == [uno, dos]
    assert antes[1, 3] == []
    assert despues[1, 1] == [uno]
    assert sum(map(len, despues.values())) == 1  # el que no se ha vuelto a evaluar no está


@pytest.mark.parametrize(
    ("datos", "el", "esperada"),
    [
        ({"estado": "pendiente"}, date(2020, 12, 31), Situacion.POR_INICIAR),
        ({"estado": "pendiente"}, date(2021, 1, 1), Situacion.SIN_EMPEZAR),
        ({"estado": "en_proceso"}, date(2021, 7, 31), Situacion.EN_CURSO),
        ({"estado": "en_proceso"}, date(2021, 8, 1), Situacion.VENCIDO),
        ({"estado": "pendiente"}, date(2021, 8, 1), Situacion.VENCIDO),
        ({"estado": "concluido", "concluido_el": date(2021, 7, 31)}, date(2021, 8, 1), Situacion.A_TIEMPO),
        ({"estado": "concluido", "concluido_el": date(2021, 8, 1)}, date(2021, 8, 1), Situacion.TARDE),
        ({"estado": "concluido", "concluido_el": date(2021, 6, 1)}, date(2021, 5, 31), Situacion.EN_CURSO),
        ({"estado": "concluido", "concluido_el": date(2021, 9, 1)}, date(2021, 8, 15), Situacion.VENCIDO),
        ({"estado": "cancelado"}, date(2021, 8, 1), Situacion.CANCELADO),
    ],
)
def test_situacion_de_un_tratamiento(datos, el, esperada):
    tratamiento = Tratamiento(inicio=date(2021, 1, 1), termino=date(2021, 7, 31), **datos)
    assert consultas.situacion(tratamiento, el) is esperada


def test_vencidos_y_por_vencer_solo_de_planes_aprobados():
    riesgo = fabrica.riesgo()
    tarde = fabrica.tratamiento(riesgo, termino=date(2021, 3, 30))
    hoy_vence = fabrica.tratamiento(riesgo, termino=date(2021, 3, 31), estado="en_proceso")
    en_quince = fabrica.tratamiento(riesgo, termino=date(2021, 4, 15))
    fabrica.tratamiento(riesgo, termino=date(2021, 4, 16))
    fabrica.tratamiento(riesgo, termino=date(2021, 3, 1), estado="cancelado")
    fabrica.tratamiento(riesgo, termino=date(2021, 3, 1), estado="concluido", concluido_el=date(2021, 3, 5))
    fecha = date(2021, 3, 31)
    assert list(consultas.vencidos(fecha)) == [tarde]
    assert list(consultas.tratamientos_por_vencer(fecha)) == [hoy_vence, en_quince]
    riesgo.programa.estado = EstadoDePrograma.BORRADOR
    riesgo.programa.save()
    assert not consultas.vencidos(fecha).exists()


def test_a_que_riesgos_les_falta_la_nota_del_trimestre_que_termino():
    programa = de_programas.programa(2021)
    con, sin = fabrica.riesgo(programa), fabrica.riesgo(programa)
    fabrica.seguimiento(con, 1)
    assert consultas.sin_nota(date(2021, 4, 1)) == {programa: [sin]}
    assert consultas.sin_nota(date(2021, 3, 31)) == {}
    assert consultas.sin_nota(date(2022, 1, 5)) == {programa: [con, sin]}
    Candado.objects.create(programa=programa, trimestre=1, razon="Informe")
    assert consultas.sin_nota(date(2021, 4, 1)) == {}


@time_machine.travel("2021-05-10 12:00-06:00")
def test_que_trimestre_se_exige():
    assert [consultas.trimestre_exigible(a, date(2021, 5, 10)) for a in (2020, 2021, 2022)] == [4, 1, 0]


def test_sin_acciones_de_tratamiento():
    def falta(respuesta, **tratamiento):
        riesgo = fabrica.riesgo(respuesta=respuesta)
        if tratamiento:
            fabrica.tratamiento(riesgo, **tratamiento)
        return consultas.sin_tratamiento(riesgo)

    assert falta("reducir")
    assert falta("evitar")
    assert falta("reducir", estado="cancelado")
    assert not falta("reducir", estado="pendiente")
    assert not falta("asumir")


def test_los_riesgos_de_un_programa_cuestan_lo_mismo_con_1_que_con_30(django_assert_num_queries):
    programa = de_programas.programa(2021)

    def leer():
        return [
            [
                r.programa.nombre,
                *(a.clave for a in r.acciones.all()),
                *map(str, (*r.tratamientos.all(), *r.seguimientos.all(), *r.supuestos.all())),
            ]
            for r in consultas.riesgos(programa)
        ]

    accion = de_programas.accion(de_programas.eje(programa))
    for n in range(30):
        riesgo = fabrica.riesgo(programa, acciones_=[accion])
        fabrica.tratamiento(riesgo)
        fabrica.seguimiento(riesgo, 1)
        if n in (0, 29):
            with django_assert_num_queries(5):
                leer()
