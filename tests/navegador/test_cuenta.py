"""La cuenta de cada quien en el navegador: segundo factor y contraseña por correo, en nuestra hoja y accesibles."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from tests.fabricas.base import CONTRASENA, con_papel
from vinculacion.cuentas.roles import CAPTURA

from .revision import desborda, enviar, faltas

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _limpio(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def persona(db):
    return con_papel(CAPTURA, username="captura", email="captura@prueba.example")


def codigo(secreto: str) -> str:
    return format_hotp_value(hotp_value(secreto, next(iter(yield_hotp_counters_from_time()))))


def impecable(page) -> None:
    assert faltas(page) == [], page.url
    page.set_viewport_size({"width": 390, "height": 844})
    assert desborda(page) == "", page.url
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".marca-signo").first.is_visible(), page.url  # la hoja es la nuestra


def entra(page, direccion, contrasena=CONTRASENA) -> None:
    page.goto(f"{direccion}/cuenta/entrar/")
    page.get_by_label("Usuario o correo").fill("captura")
    page.get_by_label("Contraseña").fill(contrasena)
    page.get_by_role("button", name="Entrar").click()


def test_segundo_factor_de_punta_a_punta(vigilada, direccion, persona):
    page = vigilada
    entra(page, direccion)
    page.wait_for_url(f"{direccion}/")
    page.locator(".menu-persona summary").click()
    enviar(page, page.get_by_role("link", name="Segundo factor"))
    impecable(page)
    page.get_by_role("link", name="Activar").click()
    expect(page.get_by_role("heading", name="Confirme que es usted")).to_be_visible()
    impecable(page)
    page.locator("[name=password]").fill(CONTRASENA)
    page.get_by_role("button", name="Confirmar").click()
    qr = page.get_by_alt_text("Código QR para la aplicación de autenticación")
    expect(qr).to_be_visible()
    assert qr.evaluate("e => e.complete && e.naturalWidth > 0")
    impecable(page)
    secreto = page.locator(".clave-totp").inner_text()
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="Activar").click()
    expect(page.locator(".is-invalid")).to_be_visible()
    impecable(page)
    page.locator("[name=code]").fill(codigo(secreto))
    page.get_by_role("button", name="Activar").click()
    expect(page.get_by_role("heading", name="Códigos de recuperación")).to_be_visible()
    impecable(page)
    codigos = page.locator(".codigos li").all_inner_texts()
    assert len(codigos) == 10
    with page.expect_download() as descarga:
        page.get_by_role("link", name="Descargar").click()
    assert codigos[0] in descarga.value.path().read_text()

    page.locator(".menu-persona summary").click()
    enviar(page, page.get_by_role("button", name="Salir"))
    entra(page, direccion)
    expect(page.get_by_role("heading", name="Segundo factor")).to_be_visible()
    impecable(page)
    page.locator("[name=code]").fill(codigos[0])
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(f"{direccion}/")
    for ruta in ("recuperacion/generar/", "aplicacion/desactivar/"):
        page.goto(f"{direccion}/cuenta/segundo-factor/{ruta}")
        if page.locator("[name=password]").count():
            page.locator("[name=password]").fill(CONTRASENA)
            enviar(page, page.get_by_role("button", name="Confirmar"))
        impecable(page)
    page.get_by_role("button", name="Desactivar").click()
    expect(page.get_by_text("Sin activar")).to_be_visible()


def test_recuperar_la_contrasena_de_punta_a_punta(vigilada, direccion, persona):
    page = vigilada
    page.goto(f"{direccion}/cuenta/entrar/")
    page.get_by_role("link", name="¿Olvidó su contraseña?").click()
    page.locator("[name=email]").fill("no es un correo")
    page.get_by_role("button", name="Enviar el enlace").click()
    expect(page.locator(".is-invalid")).to_be_visible()
    impecable(page)
    page.locator("[name=email]").fill("captura@prueba.example")
    page.get_by_role("button", name="Enviar el enlace").click()
    expect(page.get_by_role("heading", name="Revise su correo")).to_be_visible()
    page.goto(re.search(r"http://\S+", mail.outbox[0].body)[0])
    expect(page.get_by_role("heading", name="Elegir contraseña")).to_be_visible()
    impecable(page)
    page.locator("[name=password1]").fill("corta")
    page.locator("[name=password2]").fill("otra")
    page.get_by_role("button", name="Guardar la contraseña").click()
    expect(page.locator(".is-invalid").first).to_be_visible()
    impecable(page)
    for campo in ("password1", "password2"):
        page.locator(f"[name={campo}]").fill("Una-clave-nueva-2026")
    page.get_by_role("button", name="Guardar la contraseña").click()
    expect(page.get_by_role("heading", name="Contraseña cambiada")).to_be_visible()
    impecable(page)
    entra(page, direccion, "Una-clave-nueva-2026")
    page.wait_for_url(f"{direccion}/")


def test_cambiar_la_contrasena(vigilada, entrar, direccion, persona):
    page = vigilada
    entrar(persona, "/cuenta/contrasena/cambiar/")
    page.get_by_role("button", name="Cambiar contraseña").click()
    expect(page.locator(".resumen-errores")).to_be_visible()
    impecable(page)
    page.locator("[name=oldpassword]").fill(CONTRASENA)
    for campo in ("password1", "password2"):
        page.locator(f"[name={campo}]").fill("Una-clave-nueva-2026")
    page.get_by_role("button", name="Cambiar contraseña").click()
    expect(page.get_by_text("Su contraseña se cambió.")).to_be_visible()
    persona.refresh_from_db()
    assert persona.check_password("Una-clave-nueva-2026")
