"""El diagnóstico en un navegador: capturar sin perder nada, llegar de una cuenta a quienes la forman, y verse bien."""

import pytest
from playwright.sync_api import expect

from programas.models import Involucramiento
from tests.fabricas import diagnostico as fabrica
from tests.fabricas import programas
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import area, organismo
from tests.navegador.revision import desborda, faltas, vigilar
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db(transaction=True)


def test_capturar_y_abrir_una_cuenta(page, entrar):
    uno = programas.programa()
    juridica, social = area(nombre="Área jurídica"), area(nombre="Área social")
    quejas = vigilar(page)
    entrar(con_papel(roles.DIRECCION), f"/programas/{uno.pk}/diagnostico/")
    page.get_by_role("link", name="Capturar población").click()
    page.wait_for_load_state()  # las flechas las atiende un guion que llega con la página
    page.get_by_label("Área jurídica, interés").fill("5")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Área social, interés")).to_be_focused()
    page.keyboard.type("7")
    expect(page.locator("[data-cuadricula-cambios]")).to_have_text("2 cambios sin guardar")
    page.get_by_role("button", name="Guardar cambios").click()
    expect(page.get_by_role("alert").first).to_contain_text("«7» no es un número de 1 a 5")
    expect(page.get_by_label("Área jurídica, interés")).to_have_value("5")
    assert faltas(page) == []
    for quien in (juridica, social):
        page.get_by_label(f"{quien}, interés").fill("5")
        page.get_by_label(f"{quien}, fuerza").fill("4")
    page.get_by_role("button", name="Guardar cambios").click()
    expect(page.get_by_text("Se guardaron 2 cambios.")).to_be_visible()
    assert {i.valor for i in Involucramiento.objects.all()} == {20}

    page.get_by_role("link", name="Ver el diagnóstico").click()
    page.get_by_role("link", name="2 con interés 5 y fuerza 4, alto").click()
    expect(page.locator(".tabla-cuenta")).to_contain_text("2 áreas y organismos")
    assert quejas == []


@pytest.mark.parametrize("ancho", [1280, 390])
def test_accesible_y_sin_desborde(page, entrar, ancho):
    uno = programas.programa(objetivo="Acercar al Instituto a la ciudadanía")
    for n in range(12):
        nombre = f"Dirección Ejecutiva de Nombre Muy Largo y de Otras Atribuciones {n}"
        fabrica.involucramiento(uno, area(nombre=nombre), n % 5 + 1, n % 4 + 1)
        fabrica.involucramiento(uno, organismo(nombre=f"Organismo de {nombre}"), 5, 5)
    de = programas.eje(uno)
    for _ in range(4):
        fabrica.alternativa(
            fabrica.medio(uno),
            incidencia=5,
            viabilidad=4,
            elegida=True,
            razon="Cuesta poco",
            accion=programas.accion(de),
        )
    page.set_viewport_size({"width": ancho, "height": 900})
    persona = con_papel(roles.DIRECCION)
    for ruta in ("diagnostico/", "diagnostico/poblacion/"):
        entrar(persona, f"/programas/{uno.pk}/{ruta}")
        assert faltas(page) == []
        assert not desborda(page)
