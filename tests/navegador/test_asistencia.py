"""Pasar lista y tomar un acuerdo en un navegador, con el teclado."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones
from vinculacion.comision.models import Acuerdo, Asistencia
from vinculacion.cuentas.roles import SECRETARIA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretaria(db):
    quien = persona()
    quien.groups.add(Group.objects.get(name=SECRETARIA))
    return quien


@pytest.fixture
def decima(db):
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return fabrica.sesion(cvoe, date(2020, 10, 26), numero=10)


def test_pasar_lista_sin_raton(page, entrar, secretaria, decima):
    fabrica.sesion(decima.comision, date(2020, 11, 26), numero=11)
    quejas = []
    page.on("console", lambda m: quejas.append(m.text) if m.type == "error" else None)
    entrar(secretaria, f"/comision/asistencia/pasar-lista/?comision={decima.comision_id}&anio=2020")
    page.locator("[data-presente]").first.focus()
    for tecla in ("Space", "ArrowDown", "Space", "ArrowRight", "Space", "ArrowUp", "ArrowLeft", "Space", "Space"):
        page.keyboard.press(tecla)
    expect(page.locator(f"[data-cuenta-de='{decima.pk}']")).to_have_text("2")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Se guardó la asistencia de 2 sesiones.")).to_be_visible()
    assert Asistencia.objects.filter(estado="presente").count() == 3
    assert Axe().run(page).response["violations"] == []
    assert quejas == []


def test_presente_y_justificada_se_excluyen_y_marcar_a_todas(page, entrar, secretaria, decima):
    entrar(secretaria, f"/comision/sesiones/{decima.pk}/asistencia/")
    primera = page.locator("tbody tr").first
    primera.locator("[name^='j-']").check()
    page.get_by_role("button", name="Marcar a todas").click()
    expect(page.locator(f"[data-cuenta-de='{decima.pk}']")).to_have_text("5")
    primera.locator("[name^='p-']").check()
    expect(primera.locator("[name^='j-']")).not_to_be_checked()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("6 de 6 capacidades")).to_be_visible()


def test_tomar_un_acuerdo_desde_su_punto(page, entrar, secretaria, decima):
    acciones.agregar_punto(sesion=decima, titulo="Informe trimestral", por=None)
    entrar(secretaria, f"/comision/sesiones/{decima.pk}/")
    page.get_by_role("link", name="Tomar acuerdo del punto 1").click()
    page.get_by_label("Texto").fill("Se aprueba el informe trimestral.")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("CVOE/001/20").first).to_be_visible()
    assert page.url.endswith(f"/comision/sesiones/{decima.pk}/")
    assert Acuerdo.objects.get().punto.titulo == "Informe trimestral"
