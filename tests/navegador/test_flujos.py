"""El trabajo de cada quien de principio a fin, en un navegador y sobre la demostración."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from informes.demo.cuentas import CONTRASENA, CUENTAS
from informes.models import Informe
from programas.models import Actividad
from vinculacion.comision.models import Acuerdo, Asistencia, Comision, Sesion

from .revision import enviar, faltas, sin_guiones, vigilar

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
NUEVA = "/programas/actividades/nueva/"


def elegir(page, combo: str, texto: str) -> None:
    """Escribe en una lista buscable y toma la primera opción."""
    campo = page.locator(f"#{combo}_combo")
    campo.fill(texto)
    campo.press("Enter")


# -- entrar --------------------------------------------------------------------------------------


def test_cada_papel_entra_por_la_pagina_y_sale(vigilada, direccion, demostracion):
    page = vigilada
    for usuario, papel, cargo, *_ in CUENTAS:
        page.goto(f"{direccion}/ayuda/")
        assert page.url.endswith("/cuenta/entrar/?next=/ayuda/")
        page.get_by_label("Usuario o correo").fill(usuario)
        page.get_by_label("Contraseña").fill(CONTRASENA)
        page.get_by_role("button", name="Entrar").click()
        page.wait_for_url("**/ayuda/")
        page.locator(".menu-persona summary").click()
        expect(page.locator(".menu-persona-quien")).to_contain_text(papel)
        expect(page.locator(".menu-persona-quien")).to_contain_text(cargo)
        page.goto(f"{direccion}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.locator(".menu-persona summary").click()
        enviar(page, page.get_by_role("button", name="Salir"))
        page.wait_for_url("**/cuenta/entrar/**")
        # «Atrás» no enseña lo que se vio antes de salir.
        page.go_back()
        page.wait_for_load_state()
        assert page.locator(".menu-persona").count() == 0, usuario


def test_entrar_mal_lo_dice_y_conserva_el_usuario(vigilada, direccion, demostracion):
    page = vigilada
    page.goto(f"{direccion}/cuenta/entrar/")
    page.get_by_label("Usuario o correo").fill("captura")
    page.get_by_label("Contraseña").fill("equivocada")
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("alert").first).to_contain_text("no son correctos")
    assert page.get_by_label("Usuario o correo").input_value() == "captura"
    assert page.get_by_label("Contraseña").input_value() == ""
    assert faltas(page) == []


def test_bloqueo_en_la_pagina(vigilada, direccion, demostracion, settings):
    settings.AXES_ENABLED = True
    page = vigilada
    for _ in range(5):
        page.goto(f"{direccion}/cuenta/entrar/")
        page.get_by_label("Usuario o correo").fill("captura")
        page.get_by_label("Contraseña").fill("equivocada")
        enviar(page, page.get_by_role("button", name="Entrar"))
    expect(page.get_by_role("heading", name="Acceso detenido por un momento")).to_be_visible()
    assert faltas(page) == []


# -- capturar ------------------------------------------------------------------------------------


def capturar(page, titulo: str) -> None:
    """Lo menos que pide una actividad; la fecha y el tipo ya vienen puestos o se eligen."""
    elegir(page, "id_accion", "a")
    if not page.locator("#id_tipo").input_value():
        page.locator("#id_tipo").select_option(index=1)
    page.locator("#id_titulo").fill(titulo)


def test_capturar_con_evidencia_y_volver_atras(vigilada, entrar, demostracion, direccion):
    page = vigilada
    entrar(demostracion["captura"], "/")
    page.get_by_role("link", name=re.compile("Capturar|Nueva actividad", re.IGNORECASE)).first.click()
    page.wait_for_url(f"**{NUEVA}**")
    capturar(page, "Plática de prueba en el navegador")
    page.get_by_label("Archivos").set_input_files({"name": "Lista.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("[data-guardado]")).to_be_visible()
    actividad = Actividad.objects.get(titulo="Plática de prueba en el navegador")
    assert actividad.capturo == demostracion["captura"]
    with page.expect_download() as descarga:
        page.evaluate(
            "(u) => { const a = document.createElement('a'); a.href = u; a.download = ''; a.click(); }",
            actividad.evidencias.get().get_absolute_url(),
        )
    assert descarga.value.path().read_bytes() == PDF
    # Volver atrás y enviar otra vez lo mismo no duplica.
    page.go_back()
    page.wait_for_load_state()
    if page.locator("#id_titulo").count() and page.locator("#id_titulo").input_value():
        page.get_by_role("button", name="Guardar", exact=True).click()
        page.wait_for_load_state()
    assert Actividad.objects.filter(titulo="Plática de prueba en el navegador").count() == 1


def test_doble_clic_guarda_una(vigilada, entrar, demostracion):
    page = vigilada
    entrar(demostracion["captura"], NUEVA)
    capturar(page, "Doble clic")
    page.get_by_role("button", name="Guardar", exact=True).dblclick()
    expect(page.locator("[data-guardado]")).to_be_visible()
    assert Actividad.objects.filter(titulo="Doble clic").count() == 1


def test_lo_escrito_sobrevive_a_cerrar_el_navegador_y_a_la_sesion_vencida(page, entrar, demostracion, direccion):
    entrar(demostracion["captura"], NUEVA)
    page.locator("#id_titulo").fill("Escrita antes de cerrar")
    page.locator("#id_titulo").blur()
    page.wait_for_timeout(450)
    page.close()
    otra = page.context.new_page()
    quejas = vigilar(otra)
    otra.goto(direccion + NUEVA)
    otra.get_by_role("button", name="Restaurar").click()
    assert otra.locator("#id_titulo").input_value() == "Escrita antes de cerrar"
    # La sesión vence; al guardar se pide entrar y se vuelve al formulario con lo escrito.
    capturar(otra, "Escrita antes de vencer")
    otra.wait_for_timeout(450)
    otra.context.clear_cookies(name="sessionid")
    otra.get_by_role("button", name="Guardar", exact=True).click()
    otra.wait_for_url("**/cuenta/entrar/**")
    otra.get_by_label("Usuario o correo").fill("captura")
    otra.get_by_label("Contraseña").fill(CONTRASENA)
    otra.get_by_role("button", name="Entrar").click()
    otra.wait_for_url(f"**{NUEVA}**")
    otra.get_by_role("button", name="Restaurar").click()
    assert otra.locator("#id_titulo").input_value() == "Escrita antes de vencer"
    otra.get_by_role("button", name="Guardar", exact=True).click()
    expect(otra.locator("[data-guardado]")).to_be_visible()
    assert Actividad.objects.filter(titulo="Escrita antes de vencer").count() == 1
    assert quejas == []


def test_otra_persona_no_recupera_lo_ajeno(vigilada, entrar, demostracion):
    entrar(demostracion["captura"], NUEVA)
    vigilada.locator("#id_titulo").fill("De captura")
    vigilada.wait_for_timeout(450)
    entrar(demostracion["direccion"], NUEVA)
    assert vigilada.get_by_role("button", name="Restaurar").count() == 0
    assert vigilada.locator("#id_titulo").input_value() == ""


def test_capturar_sin_javascript(browser, browser_context_args, direccion, demostracion):
    page = sin_guiones(browser, browser_context_args, direccion, demostracion["captura"])
    page.goto(direccion + NUEVA)
    page.locator("#id_accion").select_option(index=1)
    page.locator("#id_tipo").select_option(index=1)
    page.locator("#id_titulo").fill("Sin guiones")
    page.get_by_label("Archivos").set_input_files({"name": "Lista.pdf", "mimeType": "application/pdf", "buffer": PDF})
    enviar(page, page.get_by_role("button", name="Guardar", exact=True))
    expect(page.locator("[data-guardado]")).to_be_visible()
    assert Actividad.objects.get(titulo="Sin guiones").evidencias.count() == 1
    page.context.close()


# -- la comisión ---------------------------------------------------------------------------------


def _una_sesion() -> Sesion:
    """La décima ordinaria de 2020, con su lista pasada."""
    return Sesion.objects.filter(anio=2020, asistencias__isnull=False).distinct().order_by("fecha_programada")[0]


def test_corregir_la_lista_con_el_teclado(vigilada, entrar, demostracion):
    page, sesion = vigilada, _una_sesion()
    antes = Asistencia.objects.filter(sesion=sesion, estado="presente").count()
    entrar(demostracion["secretaria"], f"/comision/sesiones/{sesion.pk}/asistencia/")
    casilla = page.locator("[name^='p-']").first
    casilla.focus()
    estaba = casilla.is_checked()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Guardar").click()
    expect(
        page.get_by_text("Se guardó la asistencia de 1 sesión.").or_(page.get_by_text("asistencia de una sesión"))
    ).to_be_visible()
    ahora = Asistencia.objects.filter(sesion=sesion, estado="presente").count()
    assert ahora - antes == (-1 if estaba else 1)


def test_corregir_la_lista_sin_javascript(browser, browser_context_args, direccion, demostracion):
    sesion = _una_sesion()
    antes = Asistencia.objects.filter(sesion=sesion, estado="presente").count()
    page = sin_guiones(browser, browser_context_args, direccion, demostracion["secretaria"])
    page.goto(f"{direccion}/comision/sesiones/{sesion.pk}/asistencia/")
    page.locator("[name^='p-']:checked").first.uncheck()
    enviar(page, page.get_by_role("button", name="Guardar"))
    expect(page.locator("[data-guardado]")).to_be_visible()
    assert Asistencia.objects.filter(sesion=sesion, estado="presente").count() == antes - 1
    page.context.close()


def test_tomar_un_acuerdo_y_folio_repetido(vigilada, entrar, demostracion):
    page, sesion = vigilada, _una_sesion()
    repetido = Acuerdo.objects.filter(sesion__anio=2020).first().folio
    entrar(demostracion["secretaria"], f"/comision/acuerdos/nuevo/?sesion={sesion.pk}")
    page.get_by_label("Texto").fill("Se aprueba lo que se prueba.")
    page.get_by_label("Folio").fill(repetido)
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("#id_folio.is-invalid")).to_be_visible()
    assert page.get_by_label("Texto").input_value() == "Se aprueba lo que se prueba."
    assert faltas(page) == []
    page.get_by_label("Folio").fill("")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("[data-guardado]")).to_be_visible()
    nuevo = Acuerdo.objects.get(texto="Se aprueba lo que se prueba.")
    assert re.fullmatch(r"CVOE/\d{3}/20", nuevo.folio)
    assert Acuerdo.objects.filter(folio=repetido).count() == 1


# -- el informe ----------------------------------------------------------------------------------


def texto_del_pdf(contenido: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(contenido)).pages).split())


def test_hacer_el_informe_y_descargarlo(vigilada, entrar, demostracion, direccion):
    page = vigilada
    entrar(demostracion["secretaria"], "/informes/nuevo/")
    page.locator("#id_titulo").fill("Informe hecho en el navegador")
    page.locator("#id_clave").fill("prueba-2020-4")
    page.locator("#id_inicio").fill("2020-10-01")
    page.locator("#id_fin").fill("2020-12-31")
    real = Comision.objects.get(siglas="CVOE")
    page.locator("#id_comision").evaluate(f"e => {{ e.value = '{real.pk}'; }}")
    plantilla = page.locator("#id_plantilla")
    plantilla.evaluate("e => { e.value = [...e.options].find(o => /trimestral/i.test(o.text)).value; }")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("[data-guardado]")).to_be_visible()
    informe = Informe.objects.get(clave="prueba-2020-4")
    assert informe.apartados.count() > 20
    enviar(page, page.get_by_role("link", name="Leer", exact=True))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    with page.expect_download(timeout=90_000) as descarga:
        page.get_by_role("link", name="Descargar PDF").click()
    texto = texto_del_pdf(descarga.value.path().read_bytes())
    assert "Informe hecho en el navegador" in texto
    assert "CVOE/043/20" in texto


def test_descargar_el_informe_sin_javascript(browser, browser_context_args, direccion, demostracion):
    page = sin_guiones(browser, browser_context_args, direccion, demostracion["consejeria"])
    page.goto(f"{direccion}/informes/")
    enviar(page, page.get_by_role("link", name=re.compile("cuarto", re.IGNORECASE)).first)
    with page.expect_download(timeout=90_000) as descarga:
        page.get_by_role("link", name="Descargar PDF").click()
    assert descarga.value.path().read_bytes().startswith(b"%PDF-")
    page.context.close()


# -- buscar --------------------------------------------------------------------------------------


def test_buscar_desde_cualquier_pagina(vigilada, entrar, demostracion):
    page = vigilada
    entrar(demostracion["consejeria"], "/convenios/")
    page.keyboard.press("Tab")
    page.locator("#busqueda-global").fill("informe trimestral")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buscar/**")
    assert page.locator("main a").count() > 0
