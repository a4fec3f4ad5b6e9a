"""Lo que las páginas genéricas hacen en un navegador: accesibilidad, borradores, selección y envío único."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.fabricas.directorio import organismo
from tests.fabricas.personas import de_todo
from vinculacion.directorio.models import Organismo

from .revision import enviar, sin_guiones

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.nucleo.rutas")]


@pytest.fixture
def dueno(db):
    return de_todo("directorio.organismo", username="titular")


def faltas(page) -> list[str]:
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("ancho", [1280, 390])
def test_accesibles_y_sin_desborde(page, entrar, direccion, dueno, ancho):
    quejas = []
    page.on("console", lambda m: quejas.append(m.text) if m.type == "error" else None)
    page.set_viewport_size({"width": ancho, "height": 844})
    uno = organismo(nombre="Universidad de la ciudad")
    for n in range(30):
        organismo(nombre=f"Organismo con un nombre bastante largo número {n}", padre=uno)
    entrar(dueno, "/especimen/")
    for ruta in ("", "nuevo/", f"{uno.pk}/", f"{uno.pk}/editar/", f"{uno.pk}/eliminar/", "importar/"):
        page.goto(f"{direccion}/especimen/{ruta}")
        assert faltas(page) == [], ruta
        assert page.evaluate("document.documentElement.scrollWidth") <= ancho, ruta
    assert quejas == []


@pytest.mark.parametrize("ruta", ["/cuenta/entrar/", "/cuenta/contrasena/recuperar/"])
def test_entrada_accesible(page, direccion, ruta):
    page.goto(direccion + ruta)
    assert faltas(page) == []


def test_lo_escrito_sobrevive_a_la_sesion_caducada(page, entrar, direccion, dueno):
    for n in range(12):
        organismo(nombre=f"Instituto número {n}")
    entrar(dueno, "/especimen/nuevo/")
    page.fill("[name=nombre]", "Escrito y no guardado")
    page.click("#id_padre_combo")
    page.keyboard.type("numero 7")
    page.keyboard.press("Enter")
    page.click("[data-agrega]")
    page.fill("[name=nombres-1-nombre]", "Segundo renglón")
    page.wait_for_timeout(500)
    page.context.clear_cookies(name="sessionid")
    page.click("button[name=guardar]")
    page.wait_for_url("**/cuenta/entrar/**")

    entrar(dueno, "/especimen/nuevo/")
    page.click("text=Restaurar")
    assert page.input_value("[name=nombre]") == "Escrito y no guardado"
    assert page.input_value("#id_padre_combo") == "Instituto número 7"
    assert page.input_value("[name=nombres-1-nombre]") == "Segundo renglón"

    # Guardado de verdad, el borrador ya no se ofrece.
    page.fill("[name=nombres-1-nombre]", "")
    page.click("#id_clase_combo")
    page.keyboard.type("ople")
    page.keyboard.press("Enter")
    page.select_option("[name=ambito]", "local")
    page.click("button[name=guardar]")
    page.wait_for_selector("[data-guardado]")
    assert Organismo.objects.get(nombre="Escrito y no guardado").padre.nombre == "Instituto número 7"
    page.goto(f"{direccion}/especimen/nuevo/")
    assert page.locator(".borrador").count() == 0


def test_salir_borra_los_borradores(page, entrar, dueno):
    entrar(dueno, "/especimen/nuevo/")
    page.fill("[name=nombre]", "A medias")
    page.wait_for_timeout(500)
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.click(".menu-persona summary")
    page.click("text=Salir")
    page.wait_for_url("**/cuenta/entrar/**")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_archivo_vacio_se_avisa_antes_de_enviar(page, entrar, dueno):
    uno = organismo()
    entrar(dueno, f"/especimen/{uno.pk}/")
    page.set_input_files("[name=evidencia-archivo]", {"name": "v.pdf", "mimeType": "application/pdf", "buffer": b""})
    assert page.locator(".aviso-archivo").inner_text() == "El archivo está vacío (0 bytes)."


def test_sin_conexion_avisa_y_no_envia(page, entrar, dueno):
    entrar(dueno, "/especimen/nuevo/")
    page.fill("[name=nombre]", "Sin red")
    page.context.set_offline(True)
    page.wait_for_selector("[data-sin-conexion]:not([hidden])")
    page.click("button[name=guardar]")
    page.context.set_offline(False)
    assert page.input_value("[name=nombre]") == "Sin red"
    assert page.url.endswith("/especimen/nuevo/")


def test_sin_javascript_tambien_se_captura(browser, direccion, dueno, browser_context_args):
    page = sin_guiones(browser, browser_context_args, direccion, dueno)
    page.goto(f"{direccion}/especimen/nuevo/")
    page.fill("[name=nombre]", "Sin guiones")
    page.select_option("[name=clase]", "ople")
    page.select_option("[name=ambito]", "local")
    enviar(page, page.locator("button[name=guardar]"))
    assert "Se creó el organismo" in page.content()
    page.context.close()
