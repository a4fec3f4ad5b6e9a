"""Cabeceras, galletas, métodos y ajustes de producción."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.fabricas.base import con_papel
from vinculacion.cuentas.roles import ADMINISTRACION, CAPTURA

RAIZ = Path(__file__).resolve().parent.parent
PUBLICAS = ["/salud/", "/cuenta/entrar/", "/cuenta/contrasena/recuperar/", "/no-existe/"]


@pytest.fixture
def dentro(client, db):
    client.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    return client


def revisa_cabeceras(respuesta) -> None:
    politica = dict([*parte.split(" ", 1), ""][:2] for parte in respuesta["Content-Security-Policy"].split("; "))
    assert politica["default-src"] == "'none'"
    assert politica["script-src"] == "'self'"
    assert politica["style-src"] == "'self'"
    assert politica["frame-ancestors"] == politica["object-src"] == politica["base-uri"] == "'none'"
    assert politica["form-action"] == "'self'"
    for fuentes in politica.values():
        assert not re.search(r"unsafe|\*|https?:", fuentes), politica
    assert respuesta["X-Frame-Options"] == "DENY"
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["Referrer-Policy"] == "same-origin"
    assert respuesta["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in respuesta


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", PUBLICAS)
def test_cabeceras_sin_sesion(client, ruta):
    revisa_cabeceras(client.get(ruta))


@pytest.mark.parametrize(
    "ruta", ["/", "/personas/", "/personas/nueva/", "/no-existe/", "/ayuda/", "/personas/?_export=csv"]
)
def test_cabeceras_con_sesion(dentro, ruta):
    respuesta = dentro.get(ruta)
    revisa_cabeceras(respuesta)


@pytest.mark.parametrize("ruta", ["/", "/personas/", "/personas/nueva/", "/cuenta/segundo-factor/"])
def test_lo_privado_no_lo_guarda_nadie_mas(dentro, ruta):
    assert "private" in dentro.get(ruta)["Cache-Control"] or "no-store" in dentro.get(ruta)["Cache-Control"]


def test_al_salir_el_navegador_olvida_lo_que_vio(dentro):
    assert "Clear-Site-Data" not in dentro.get("/")
    assert dentro.post("/cuenta/salir/")["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_salud_es_publica_y_no_dice_mas(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        respuesta = client.get("/salud/")
    assert respuesta.status_code == 200
    assert respuesta.content.decode() == "en servicio"
    assert not respuesta.cookies


@pytest.mark.django_db
def test_salud_avisa_si_la_base_no_contesta(client, monkeypatch):
    class Muda:
        def cursor(self):
            raise OperationalError("no contesta")

    monkeypatch.setattr("vinculacion.nucleo.views.connection", Muda())
    client.raise_request_exception = False
    respuesta = client.get("/salud/")
    assert respuesta.status_code >= 500
    assert "OperationalError" not in respuesta.content.decode()


@pytest.mark.parametrize("ruta", ["/", "/personas/", "/personas/nueva/", "/ayuda/", "/buscar/"])
def test_head_y_options(dentro, ruta):
    assert dentro.head(ruta).status_code == 200
    assert dentro.head(ruta).content == b""
    opciones = dentro.options(ruta)
    assert opciones.status_code == 200
    assert "GET" in opciones["Allow"]
    assert "TRACE" not in opciones["Allow"]


@pytest.mark.parametrize("ruta", ["/", "/personas/", "/personas/nueva/", "/personas/1/", "/cuenta/entrar/", "/salud/"])
def test_trace_no(dentro, ruta):
    respuesta = dentro.generic("TRACE", ruta)
    assert respuesta.status_code == 405


@pytest.mark.parametrize("metodo", ["put", "patch", "delete"])
def test_otros_metodos_no(dentro, metodo):
    persona = con_papel(CAPTURA)
    assert getattr(dentro, metodo)(f"/personas/{persona.pk}/editar/").status_code == 405
    assert getattr(dentro, metodo)(f"/personas/{persona.pk}/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ruta", ["/admin/", "/admin/login/", "/static/../manage.py", "/archivos-privados/", "/media/", "/.env"]
)
def test_lo_que_no_hay(client, ruta):
    assert client.get(ruta).status_code in (404, 302)
    client.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(ruta).status_code == 404


@pytest.mark.django_db
def test_sin_sello_csrf_no_se_guarda_y_se_explica():
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    respuesta = cliente.post("/personas/nueva/", {"username": "x"})
    assert respuesta.status_code == 403
    assert 'lang="es-MX"' in respuesta.content.decode()


@pytest.mark.parametrize(
    "ruta",
    [
        "/personas/?q=%00", "/personas/?ordenar=%00,password", "/personas/?ordenar=-password", "/personas/?pagina=-1",
        "/personas/?pagina=99999999999999999999", "/personas/?por_pagina=-5", "/personas/?groups=%27%20OR%201=1",
        "/personas/?area=99999999999999999999999", "/personas/?is_active=quizas", "/buscar/?q=%00%00%00",
        "/buscar/?q=" + "x" * 3000, "/personas/99999999999999999999999/", "/ayuda/..%2f..%2fsettings/",
        "/personas/?_export=exe", "/personas/nueva/?siguiente=//malo.example/", "/personas/?q=%F0%9F%92%A5",
    ],
)  # fmt: skip
def test_direcciones_raras_no_truenan(dentro, ruta):
    respuesta = dentro.get(ruta)
    assert respuesta.status_code in (200, 400, 404)
    contenido = unescape(respuesta.content.decode())
    assert "Traceback" not in contenido
    assert 'href="//malo.example' not in contenido


def test_lo_escrito_sale_como_texto(dentro):
    ataque = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    persona = con_papel(CAPTURA, first_name=ataque, cargo=ataque)
    for ruta in ("/personas/", f"/personas/{persona.pk}/", f"/personas/{persona.pk}/editar/", f"/buscar/?q={ataque}"):
        contenido = dentro.get(ruta).content.decode()
        assert "<script>alert" not in contenido, ruta
        assert "<img src=x" not in contenido, ruta


def test_las_hojas_no_llevan_formulas(dentro):
    """Un nombre que empieza con = no se ejecuta al abrir la exportación."""
    con_papel(CAPTURA, cargo='=HYPERLINK("http://malo.example";"clic")')
    contenido = dentro.get("/personas/?_export=csv").content.decode("utf-8-sig")
    celdas = re.split(r"[,\n]", contenido)
    assert not [c for c in celdas if c.strip().strip('"').startswith("=")]


def test_el_correo_no_deja_meter_cabeceras(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    respuesta = client.post(reverse("account_reset_password"), {"email": "a@b.example\nBcc: otro@x.example"})
    assert respuesta.status_code == 200
    assert mail.outbox == []


# -- ajustes de producción -----------------------------------------------------------------------


def en_produccion(codigo: str, **entorno) -> subprocess.CompletedProcess:
    base = {
        "PATH": os.environ["PATH"],
        "ENTORNO": "produccion",
        "SECRET_KEY": "kT3-" + "aB9_xZ" * 12,
        "ALLOWED_HOSTS": "vinculacion.example",
        "DATABASE_URL": "postgres://nadie:nada@127.0.0.1:1/nada",
        "DJANGO_SETTINGS_MODULE": "vinculacion.settings",
    }
    ambiente = {k: v for k, v in {**base, **entorno}.items() if v is not None}
    return subprocess.run(
        [sys.executable, "-c", codigo], cwd=RAIZ, env=ambiente, capture_output=True, text=True, timeout=60, check=False
    )


def test_los_ajustes_de_produccion_pasan_la_revision():
    codigo = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from django.conf import settings as s\n"
        "call_command('check', deploy=True, fail_level='WARNING')\n"
        "assert not s.DEBUG and s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.AXES_ENABLED\n"
        "assert s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY and s.SECURE_SSL_REDIRECT\n"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and 'Argon2' in s.PASSWORD_HASHERS[0]\n"
        "assert 'django.contrib.admin' not in s.INSTALLED_APPS\n"
    )
    resultado = en_produccion(codigo)
    assert resultado.returncode == 0, resultado.stderr
    assert "no issues" in resultado.stdout or "0 silenced" in resultado.stdout


@pytest.mark.parametrize(
    "falta",
    [
        {"SECRET_KEY": None},
        {"ALLOWED_HOSTS": None},
        {"DATABASE_URL": None},
        {"ENTORNO": "producion"},
        {"HSTS_SEGUNDOS": "muchos"},
    ],
)
def test_sin_lo_necesario_no_arranca(falta, tmp_path):
    if (RAIZ / ".env").exists():
        pytest.skip("Hay un .env que completa lo que falta.")
    resultado = en_produccion("import django; django.setup()", **falta)
    assert resultado.returncode != 0
    (nombre,) = falta
    assert nombre in resultado.stderr


def test_depurar_no_se_enciende_en_produccion():
    codigo = "from django.conf import settings as s; assert s.DEBUG is False"
    assert en_produccion(codigo, DEPURAR="1").returncode == 0
