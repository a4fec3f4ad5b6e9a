"""La captura en un navegador: campos según el tipo, evidencia y renglones de cifras."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from programas.models import Actividad
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import organismo
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def sin_faltas(page):
    hallado = Axe().run(page)
    assert hallado.violations_count == 0, hallado.generate_report()


def test_capturar_con_evidencia_y_otra(page, entrar):
    persona = con_papel(roles.CAPTURA)
    accion = fabrica.accion_de_este_anio(nombre="Impartir pláticas")
    fabrica.tipo("organo", nombre="Nota")
    fabrica.tipo("organismos", "asistencia", "cifras", nombre="Plática")
    organismo(nombre="Universidad del Sur")
    entrar(persona, "/programas/actividades/nueva/")

    expect(page.get_by_label("Mujeres")).to_be_hidden()
    sin_faltas(page)
    page.get_by_label("Tipo").select_option(label="Plática")
    expect(page.get_by_label("Mujeres")).to_be_visible()
    expect(page.get_by_role("group", name="Otras cifras")).to_be_visible()
    page.get_by_label("Mujeres").fill("12")
    page.get_by_label("Tipo").select_option(label="Nota")
    # Con dato sigue a la vista: nada se guarda a escondidas.
    expect(page.get_by_label("Mujeres")).to_be_visible()
    expect(page.get_by_label("Hombres")).to_be_hidden()
    page.get_by_label("Tipo").select_option(label="Plática")

    page.locator("#id_accion").select_option(str(accion.pk))
    page.locator("#id_titulo").fill("Plática en la facultad")
    organismos = page.get_by_role("combobox", name="Organismos que participan")
    organismos.fill("universidad")
    organismos.press("Enter")
    page.get_by_role("button", name="Agregar renglón").click()
    page.locator("[name=cifras-3-etiqueta]").fill("Personas registradas")
    page.locator("[name=cifras-3-numero]").fill("46")
    page.get_by_label("Archivos").set_input_files({"name": "Lista.pdf", "mimeType": "application/pdf", "buffer": PDF})
    sin_faltas(page)
    page.get_by_role("button", name="Guardar y capturar otra").click()
    expect(page.locator("[data-guardado]")).to_be_visible()
    actividad = Actividad.objects.get()
    assert (actividad.mujeres, actividad.evidencias.count(), actividad.organismos.count()) == (12, 1, 1)
    assert [c.numero for c in actividad.cifras.all()] == [46]
    expect(page.locator("#id_titulo")).to_be_focused()
    expect(page.get_by_label("Mujeres")).to_be_visible()


def test_validar_todas_en_un_telefono(page, entrar):
    page.set_viewport_size({"width": 390, "height": 800})
    for _ in range(3):
        fabrica.actividad()
    entrar(con_papel(roles.DIRECCION), "/programas/actividades/por-validar/")
    sin_faltas(page)
    page.get_by_label("Elegir todas").check()
    page.get_by_role("button", name="Validar las elegidas").click()
    expect(page.get_by_text("Se validaron 3 actividades.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Actividad.objects.filter(estado="validada").count() == 3
