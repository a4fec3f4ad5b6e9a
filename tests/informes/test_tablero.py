"""La página de inicio: las cifras de los planes son las de su propia página."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programas.avance.consultas import panorama
from programas.consultas import Semaforo
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def solo_meses(programa):
    return fabrica.accion(fabrica.eje(programa), meses=[1, 2, 3])


def test_un_plan_de_puros_meses_va_sin_cantidad(client):
    plan = fabrica.programa(hoy().year)
    solo_meses(plan)
    hallado = panorama(plan, hoy())
    assert hallado.total.luz is hallado.ejes[0].luz is Semaforo.SIN_CANTIDAD
    client.force_login(con_papel(roles.CONSEJERIA))
    pagina = client.get("/").content.decode()
    assert "Sin cantidad" in pagina and " de 0<" not in pagina


def test_con_una_meta_el_plan_ya_tiene_luz():
    plan = fabrica.programa(hoy().year - 1)
    solo_meses(plan)
    fabrica.accion(fabrica.eje(plan), metas={1: 2})
    hallado = panorama(plan, hoy())
    assert [e.luz for e in hallado.ejes] == [Semaforo.SIN_CANTIDAD, Semaforo.ROJO]
    assert hallado.total.luz is Semaforo.ROJO


def test_cuesta_lo_mismo_con_un_eje_que_con_varios(client):
    client.force_login(con_papel(roles.DIRECCION))
    plan = fabrica.programa(hoy().year)
    fabrica.actividad(fabrica.accion(fabrica.eje(plan), metas={1: 2}))
    client.get("/")
    with CaptureQueriesContext(connection) as una:
        client.get("/")
    for _ in range(5):
        fabrica.actividad(fabrica.accion(fabrica.eje(plan), metas={1: 2}))
    with CaptureQueriesContext(connection) as varias:
        client.get("/")
    assert len(varias) == len(una)


@pytest.mark.parametrize("anio", ["1900", "abcd", "99999999999", ""])
def test_un_anio_que_no_hay_enseña_el_ultimo(client, anio):
    fabrica.programa(2020)
    client.force_login(con_papel(roles.CONSEJERIA))
    assert "Avance de 2020" in client.get("/", {"anio": anio}).content.decode()


def test_el_papel_area_no_ve_los_planes(client):
    fabrica.programa(hoy().year)
    client.force_login(con_papel(roles.AREA))
    assert "Avance de" not in client.get("/").content.decode()
