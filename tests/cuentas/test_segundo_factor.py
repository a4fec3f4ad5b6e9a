"""El segundo factor: activarlo, entrar con él, perderlo y quitarlo."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.cuentas.pasos import dentro, entra, texto
from tests.fabricas.base import CONTRASENA, con_papel
from vinculacion.cuentas.roles import ADMINISTRACION

pytestmark = pytest.mark.django_db


def codigo(secreto: str) -> str:
    return format_hotp_value(hotp_value(secreto, next(iter(yield_hotp_counters_from_time()))))


def confirma(client) -> None:
    """Cambiar la seguridad de la cuenta pide otra vez la contraseña."""
    assert client.post("/cuenta/confirmar/", {"password": CONTRASENA}).status_code == 302


def activa(client, persona) -> str:
    """Activa la aplicación por las páginas y devuelve la clave."""
    entra(client, persona.username)
    confirma(client)
    pagina = client.get("/cuenta/segundo-factor/aplicacion/activar/")
    assert pagina.status_code == 200, pagina
    secreto = pagina.context["form"].secret
    mala = client.post("/cuenta/segundo-factor/aplicacion/activar/", {"code": "000000"})
    assert mala.status_code == 200
    assert "ncorrect" in texto(mala)
    buena = client.post("/cuenta/segundo-factor/aplicacion/activar/", {"code": codigo(secreto)})
    assert buena.status_code == 302
    return secreto


@pytest.fixture
def con_factor(client, ana):
    secreto = activa(client, ana)
    client.post("/cuenta/salir/")
    cache.clear()  # el código recién usado no sirve dos veces
    return secreto


def test_con_segundo_factor_la_contrasena_sola_no_abre(client, con_factor):
    respuesta = entra(client, "captura.uno", next="/ayuda/")
    assert respuesta.url.startswith("/cuenta/segundo-factor/codigo/")
    assert client.get("/ayuda/").status_code == 302
    pagina = client.get(respuesta.url)
    assert "Escriba el código de seis cifras" in texto(pagina)
    assert client.post(respuesta.url, {"code": "000000"}).status_code == 200
    assert not dentro(client)
    assert client.post(respuesta.url, {"code": codigo(con_factor)}).url == "/ayuda/"
    assert dentro(client)


def test_el_codigo_tiene_tope_de_intentos(client, con_factor):
    ruta = entra(client, "captura.uno").url
    for _ in range(5):
        client.post(ruta, {"code": "000000"})
    respuesta = client.post(ruta, {"code": codigo(con_factor)})
    assert respuesta.status_code == 200
    assert not dentro(client)
    assert "demasiados" in texto(respuesta).lower()


def test_un_codigo_de_recuperacion_sirve_una_vez(client, ana, con_factor):
    client.post(entra(client, "captura.uno").url, {"code": codigo(con_factor)})
    confirma(client)
    pagina = client.get("/cuenta/segundo-factor/recuperacion/")
    assert pagina.status_code == 200
    uno = pagina.context["unused_codes"][0]
    descarga = client.get("/cuenta/segundo-factor/recuperacion/descargar/")
    assert uno in descarga.content.decode()
    assert "attachment" in descarga["Content-Disposition"]
    client.post("/cuenta/salir/")
    assert client.post(entra(client, "captura.uno").url, {"code": uno}).url == "/"
    client.post("/cuenta/salir/")
    assert client.post(entra(client, "captura.uno").url, {"code": uno}).status_code == 200


def test_desactivar_y_volver_a_entrar_sin_el(client, con_factor):
    client.post(entra(client, "captura.uno").url, {"code": codigo(con_factor)})
    assert "Desactivar" in texto(client.get("/cuenta/segundo-factor/"))
    confirma(client)
    assert client.post("/cuenta/segundo-factor/aplicacion/desactivar/").status_code == 302
    client.post("/cuenta/salir/")
    assert entra(client, "captura.uno").url == "/"


def test_administracion_quita_el_factor_de_quien_perdio_el_telefono(client, ana, con_factor):
    from django.test import Client

    administra = Client()
    administra.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    assert "Quitar el segundo factor" in texto(administra.get(f"/personas/{ana.pk}/"))
    respuesta = administra.post(f"/personas/{ana.pk}/quitar-segundo-factor/", follow=True)
    assert "Se quitó el segundo factor" in texto(respuesta)
    assert "Quitar el segundo factor" not in texto(respuesta)
    assert "No tenía activo" in texto(administra.post(f"/personas/{ana.pk}/quitar-segundo-factor/", follow=True))
    assert entra(client, "captura.uno").url == "/"


def test_cambiar_la_seguridad_pide_confirmar(client, ana):
    entra(client, "captura.uno")
    respuesta = client.get("/cuenta/segundo-factor/aplicacion/activar/")
    assert respuesta.url.startswith("/cuenta/confirmar/")
    assert "Confirme que es usted" in texto(client.get(respuesta.url))
    assert client.post(respuesta.url, {"password": "mala"}).status_code == 200
    assert client.post(respuesta.url, {"password": CONTRASENA}).url.endswith("/activar/")
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert client.get("/cuenta/segundo-factor/aplicacion/activar/").status_code == 302


def test_confirmar_tambien_se_bloquea(client, ana, bloqueo):
    """Quien encuentra una sesión abierta no puede probar contraseñas sin fin."""
    entra(client, "captura.uno")
    for _ in range(5):
        respuesta = client.post("/cuenta/confirmar/", {"password": "mala"})
    assert respuesta.status_code == 429


def test_las_paginas_de_la_cuenta_estan_en_espanol(client, con_factor):
    client.post(entra(client, "captura.uno").url, {"code": codigo(con_factor)})
    confirma(client)
    ingles = re.compile(r"\b(the|your|password|sign|code|account|email|please|with)\b", re.IGNORECASE)
    for nombre in (
        "account_change_password", "mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_deactivate_totp", "account_reauthenticate", "mfa_reauthenticate", "account_logout",
    ):  # fmt: skip
        respuesta = client.get(reverse(nombre))
        assert respuesta.status_code == 200, nombre
        visible = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", texto(respuesta), flags=re.DOTALL)
        assert not ingles.findall(visible), (nombre, ingles.findall(visible))
