"""Capturar el calendario del año y llevarlo al propio, en un navegador."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from tests.navegador.revision import desborda, faltas
from vinculacion.comision.models import Sesion
from vinculacion.cuentas.roles import SECRETARIA
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretaria(db):
    quien = persona()
    quien.groups.add(Group.objects.get(name=SECRETARIA))
    return quien


@pytest.mark.parametrize("ancho", [1280, 820, 390])
def test_capturar_y_aprobar_el_calendario(page, entrar, secretaria, db, ancho):
    quejas = []
    page.on("console", lambda m: quejas.append(m.text) if m.type == "error" and "422" not in m.text else None)
    cvoe, anio = fabrica.comision(), hoy().year
    page.set_viewport_size({"width": ancho, "height": 900})
    entrar(secretaria, f"/comision/calendario/capturar/?comision={cvoe.pk}&anio={anio}")
    assert (faltas(page), desborda(page)) == ([], "")
    page.get_by_label("Fecha de la 01SO").fill(f"{anio}-02-20")
    page.get_by_label("Fecha de la 02SO").fill(f"{anio}-01-20")
    page.get_by_label("Hora de la 01SO").fill("11:00")
    page.get_by_role("button", name="Poner a todas la hora y la modalidad de la primera").click()
    expect(page.get_by_label("Hora de la 02SO")).to_have_value("11:00")
    expect(page.get_by_label("Hora de la 03SO")).to_have_value("")  # sin fecha no lleva hora
    page.get_by_role("button", name="Guardar y aprobar el calendario").click()
    expect(page.locator("#error_id_s2-fecha")).to_contain_text("Es anterior a la de la 01SO")
    expect(page.get_by_label("Fecha de la 01SO")).to_have_value(f"{anio}-02-20")
    assert faltas(page) == []
    page.get_by_label("Fecha de la 01SO").fill(f"{anio}-01-15")
    page.get_by_role("button", name="Guardar y aprobar el calendario").click()
    expect(page.get_by_text("El calendario quedó aprobado.")).to_be_visible()
    assert (faltas(page), desborda(page)) == ([], "")
    assert Sesion.objects.filter(fecha_calendario__isnull=False, hora_programada="11:00").count() == 2
    page.goto(f"{page.url}&vista=meses")
    expect(page.get_by_role("heading", name="Enero")).to_be_visible()
    assert faltas(page) == []
    assert quejas == []


def test_mi_direccion(page, entrar, secretaria, db):
    fabrica.comision()
    entrar(secretaria, "/comision/calendario/mio/")
    page.get_by_role("button", name="Crear mi dirección").click()
    direccion = page.get_by_label("Cópiela en su programa de calendario").input_value()
    assert faltas(page) == []
    assert page.request.get(direccion).headers["content-type"].startswith("text/calendar")
    page.get_by_role("button", name="Dejar de usarla").click()
    expect(page.get_by_role("button", name="Crear mi dirección")).to_be_visible()
    assert page.request.get(direccion).status == 404
