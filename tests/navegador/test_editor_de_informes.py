"""El editor y la lectura de un informe, en un navegador de verdad."""

from playwright.sync_api import expect

from informes.models import Apartado, Informe

from .revision import desborda

FICTICIO = "pat-2026:1C"


def test_se_escoge_una_cifra_de_la_acción_y_el_apartado_se_guarda(vigilada, entrar, demostracion):
    informe = Informe.objects.exclude(estado="publicado").get()
    apartado = Apartado.objects.get(informe=informe, accion__inciso="C", accion__eje__numero=1)
    page = vigilada
    entrar(demostracion["secretaria"], f"/informes/apartados/{apartado.pk}/editar/")
    texto = page.locator("#id_narrativa")
    texto.fill("Al micrositio se enviaron")
    page.get_by_role("button", name="Cifra", exact=True).first.click()
    page.locator("#selector-busca").fill("unidades que cuentan")
    page.keyboard.press("Enter")
    accion = page.locator("#selector-p-accion")
    expect(accion).to_have_value(FICTICIO)  # la del apartado, sin buscarla entre todas
    page.locator("#selector-p-filtro").select_option("concuerda")
    page.get_by_label("Empieza con mayúscula").check()
    expect(page.locator(".selector-queda")).to_contain_text("Hoy diría:")
    page.get_by_role("button", name="Poner en el texto").click()
    expect(texto).to_have_value(
        f'Al micrositio se enviaron {{{{ programas.unidades accion="{FICTICIO}" | concuerda | capitaliza }}}}'
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".resumen-errores")).to_have_count(0)
    apartado.refresh_from_db()
    assert "programas.unidades" in apartado.narrativa
    assert apartado.accion.clave == FICTICIO


def test_lo_elegido_en_el_selector_se_separa_de_la_palabra_anterior(vigilada, entrar, demostracion):
    apartado = Apartado.objects.filter(informe__estado="borrador").first()
    page = vigilada
    entrar(demostracion["secretaria"], f"/informes/apartados/{apartado.pk}/editar/")
    texto = page.locator("#id_narrativa")
    for antes, despues in (("Hubo", "Hubo {{ anio }}"), ("Hubo (", "Hubo ({{ anio }}"), ("", "{{ anio }}")):
        texto.fill(antes)
        page.get_by_role("button", name="Cifra", exact=True).first.click()
        page.locator("#selector-busca").fill("año del informe")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Poner en el texto").click()
        expect(texto).to_have_value(despues)


def test_lo_que_el_servidor_devuelve_con_error_no_se_ofrece_recuperar(page, entrar, demostracion):
    apartado = Apartado.objects.filter(informe__estado="borrador").first()
    entrar(demostracion["secretaria"], f"/informes/apartados/{apartado.pk}/editar/")
    page.locator("#id_narrativa").fill("Hubo {{ no.existe }}")
    with page.expect_navigation():
        page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".resumen-errores")).to_be_visible()
    expect(page.locator("#id_narrativa")).to_have_value("Hubo {{ no.existe }}")
    expect(page.locator(".borrador")).to_have_count(0)


def test_la_asistencia_se_lee_en_sus_columnas(vigilada, entrar, demostracion):
    informe = Informe.objects.get(estado="publicado")
    entrar(demostracion["consejeria"], f"/informes/{informe.pk}/documento/")
    celda = vigilada.locator("table.matriz tbody td").filter(has_text="X").first
    assert celda.evaluate("e => getComputedStyle(e).display") == "table-cell"


def test_en_teléfono_cabe_el_menú_de_cada_apartado(vigilada, entrar, demostracion):
    informe = Informe.objects.exclude(estado="publicado").get()
    vigilada.set_viewport_size({"width": 390, "height": 844})
    entrar(demostracion["direccion"], f"/informes/{informe.pk}/")
    vigilada.locator(".arbol-mas summary").nth(4).click()
    expect(vigilada.locator(".arbol-mas[open] ul")).to_be_visible()
    assert desborda(vigilada) == ""
