"""Ordenar los puntos con el teclado y arrastrando, y emitir una convocatoria, en un navegador."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from tests.fabricas import convocatoria as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision.models import Convocatoria
from vinculacion.cuentas.roles import SECRETARIA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretaria(db):
    quien = persona()
    quien.groups.add(Group.objects.get(name=SECRETARIA))
    return quien


@pytest.fixture
def sesion(db):
    return fabrica.por_convocar()


def titulos(sesion):
    return list(sesion.puntos.order_by("numero").values_list("titulo", flat=True))


def sin_faltas(page):
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []


def test_ordenar_con_teclado_y_arrastrando(page, entrar, secretaria, sesion):
    quejas = []
    page.on("console", lambda m: quejas.append(m.text) if m.type == "error" else None)
    entrar(secretaria, f"/comision/sesiones/{sesion.pk}/orden/")
    page.get_by_role("button", name="Bajar el punto 1").focus()
    page.keyboard.press("Enter")
    aviso = page.locator("[data-orden-aviso]")
    expect(aviso).to_have_text("Ahora es el punto 2.")
    # El foco sigue al punto: otra vez Enter lo baja un lugar más.
    page.keyboard.press("Enter")
    expect(aviso).to_have_text("Ahora es el punto 3.")
    assert titulos(sesion) == ["Informe trimestral", "Asuntos generales", "Orden del día"]
    page.get_by_label("Lugar del punto 3").fill("1")
    page.keyboard.press("Enter")
    expect(aviso).to_have_text("Ahora es el punto 1.")
    asa, ultimo = page.locator("[data-asa]").first, page.locator("[data-punto]").last
    asa.scroll_into_view_if_needed()
    de, a = asa.bounding_box(), ultimo.bounding_box()
    page.mouse.move(de["x"] + 10, de["y"] + 10)
    page.mouse.down()
    page.mouse.move(de["x"] + 10, a["y"] + a["height"] - 5, steps=10)
    page.mouse.up()
    expect(aviso).to_have_text("Ahora es el punto 3.")
    assert titulos(sesion) == ["Informe trimestral", "Asuntos generales", "Orden del día"]
    page.locator("summary", has_text="Agregar documento").first.click()
    sin_faltas(page)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert quejas == []


def test_agregar_un_punto_y_convocar(page, entrar, secretaria, sesion):
    entrar(secretaria, f"/comision/sesiones/{sesion.pk}/orden/")
    page.get_by_label("Título").last.fill("Informe de la misión de acompañamiento")
    page.get_by_role("button", name="Agregar punto").click()
    expect(page.get_by_text("Se agregó el punto 3.")).to_be_visible()
    page.get_by_role("link", name="Convocar").click()
    expect(page.get_by_text("A tiempo: puede convocarse")).to_be_visible()
    sin_faltas(page)
    page.get_by_role("button", name="Emitir y enviar").click()
    expect(page.get_by_text("6 de 6 por correo")).to_be_visible()
    sin_faltas(page)
    convocatoria = Convocatoria.objects.get()
    assert convocatoria.evidencias.count() == 3  # carta, orden del día y cita
    page.get_by_role("link", name="Ver la sesión").click()
    page.get_by_text("Ver la entrega a cada integrante").click()
    expect(page.get_by_text("integrante1@prueba.example")).to_be_visible()
    sin_faltas(page)
