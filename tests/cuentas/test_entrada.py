"""Entrar, salir, equivocarse demasiado y recuperar la contraseña, de punta a punta."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.cuentas.pasos import ENTRADA, dentro, entra, texto
from tests.fabricas.base import CONTRASENA, con_papel
from vinculacion.cuentas.roles import ADMINISTRACION, CAPTURA

pytestmark = pytest.mark.django_db

NUEVA = "Otra-clave-larga-2026"


# -- entrar y salir ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "login", ["captura.uno", "CAPTURA.UNO", "captura.uno@iecm.example", "Captura.Uno@IECM.example"]
)
def test_se_entra_con_usuario_o_correo(client, ana, bloqueo, login):
    respuesta = entra(client, login)
    assert respuesta.status_code == 302
    assert respuesta.url == "/"
    assert dentro(client)


def test_el_correo_se_guarda_en_minusculas(client):
    con_papel(CAPTURA, username="mayus", email="MAYUS@Iecm.Example")
    assert entra(client, "mayus@iecm.example").status_code == 302


@pytest.mark.parametrize(
    ("login", "contrasena"),
    [("captura.uno", "mala"), ("nadie", CONTRASENA), ("nadie@x.example", "mala"), ("", ""), ("a\x00b", "x")],
)
def test_lo_equivocado_se_dice_en_espanol_y_no_dice_que_existe(client, ana, login, contrasena):
    respuesta = entra(client, login, contrasena)
    assert respuesta.status_code == 200
    assert not dentro(client)
    contenido = re.search(r'role="alert".*?</div>|<div class="invalid-feedback".*?</div>', texto(respuesta), re.DOTALL)[
        0
    ]
    assert contrasena == "" or contrasena not in contenido
    if login and "\x00" not in login:
        assert "correct" in contenido


def test_el_mensaje_es_el_mismo_exista_o_no(client, ana):
    def queja(login):
        return re.search(r'role="alert".*?</div>', texto(entra(client, login, "mala")), re.DOTALL)[0]

    assert queja("captura.uno") == queja("nadie")
    assert queja("captura.uno@iecm.example") == queja("nadie@iecm.example")


@pytest.mark.parametrize(
    "destino", ["https://malo.example/", "//malo.example/", "javascript:alert(1)", "https:malo.example"]
)
def test_next_no_saca_del_sitio(client, ana, destino):
    respuesta = entra(client, "captura.uno", next=destino)
    assert respuesta.status_code == 302
    assert respuesta.url == "/"


def test_next_lleva_a_donde_se_iba(client, ana):
    previa = client.get("/ayuda/")
    assert previa.url == "/cuenta/entrar/?next=/ayuda/"
    assert 'value="/ayuda/"' in texto(client.get(previa.url))
    assert entra(client, "captura.uno", next="/ayuda/").url == "/ayuda/"


def test_quien_ya_no_puede_entrar_no_entra_ni_sigue_dentro(client, ana):
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/ayuda/").status_code == 200
    ana.is_active = False
    ana.save()
    assert client.get("/ayuda/").status_code == 302
    client.logout()
    respuesta = entra(client, "captura.uno")
    assert not dentro(client)
    assert respuesta.status_code == 200 or "Cuenta inactiva" in texto(client.get(respuesta.url))


def test_salir_pide_confirmacion_y_solo_con_post(client, ana):
    entra(client, "captura.uno")
    pagina = client.get("/cuenta/salir/")
    assert pagina.status_code == 200
    assert dentro(client)
    assert client.post("/cuenta/salir/").url == ENTRADA
    assert not dentro(client)
    assert client.get("/ayuda/").status_code == 302


def test_la_sesion_caduca(client, ana, settings):
    entra(client, "captura.uno")
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 60)):
        assert client.get("/ayuda/").status_code == 302


def test_la_sesion_termina_al_cerrar_el_navegador_y_cambia_de_llave(client, ana):
    client.get(ENTRADA)
    client.session.save()
    antes = client.session.session_key
    entra(client, "captura.uno")
    galleta = client.cookies["sessionid"]
    assert galleta["httponly"]
    assert galleta["samesite"] == "Lax"
    assert not galleta["max-age"]
    assert client.session.session_key != antes


def test_con_sello_csrf_de_verdad(ana):
    from django.test import Client

    estricto = Client(enforce_csrf_checks=True)
    respuesta = entra(estricto, "captura.uno")
    assert respuesta.status_code == 403
    assert 'lang="es-MX"' in texto(respuesta)


@pytest.mark.parametrize(
    "ruta",
    [
        "signup/",
        "email/",
        "login/code/",
        "confirm-email/",
        "password/reset/",
        "social/",
        "login/",
        "3rdparty/",
        "phone/change/",
    ],
)
def test_lo_de_allauth_que_no_se_ofrece_no_existe(client, ana, ruta):
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/cuenta/{ruta}").status_code == 404


@pytest.mark.parametrize("nombre", ["account_signup", "account_email", "account_request_login_code", "admin:index"])
def test_ni_tiene_nombre(nombre):
    with pytest.raises(NoReverseMatch):
        reverse(nombre)


# -- bloqueo por intentos ------------------------------------------------------------------------


def test_cinco_fallas_bloquean_aunque_la_sexta_sea_buena(client, ana, bloqueo):
    for _ in range(4):
        assert entra(client, "captura.uno", "mala").status_code == 200
    quinta = entra(client, "captura.uno", "mala")
    assert quinta.status_code == 429
    assert "Acceso detenido por un momento" in texto(quinta)
    assert entra(client, "captura.uno").status_code == 429
    assert not dentro(client)


def test_usuario_y_correo_cuentan_juntos(client, ana, bloqueo):
    for login in ("captura.uno", "captura.uno@iecm.example", "CAPTURA.UNO", "Captura.Uno@iecm.example"):
        entra(client, login, "mala")
    assert entra(client, "captura.uno", "mala").status_code == 429
    for login in ("captura.uno", "captura.uno@iecm.example", "CAPTURA.uno"):
        assert entra(client, login).status_code == 429, login


def test_el_bloqueo_es_por_persona_y_direccion(client, ana, bloqueo):
    otra = con_papel(CAPTURA, username="captura.dos")
    for _ in range(6):
        entra(client, "captura.uno", "mala")
    assert entra(client, otra.username).status_code == 302
    client.logout()
    respuesta = client.post(ENTRADA, {"login": "captura.uno", "password": CONTRASENA}, REMOTE_ADDR="127.0.0.9")
    assert respuesta.status_code == 302


def test_correos_que_no_existen_no_bloquean_a_los_demas(client, ana, bloqueo):
    for _ in range(6):
        entra(client, "inventado@x.example", "mala")
    assert entra(client, "captura.uno@iecm.example").status_code == 302


def test_el_bloqueo_se_pasa_solo(client, ana, bloqueo):
    for _ in range(6):
        entra(client, "captura.uno", "mala")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert entra(client, "captura.uno").status_code == 302


def test_acertar_olvida_las_fallas(client, ana, bloqueo):
    for _ in range(3):
        for _ in range(4):
            assert entra(client, "captura.uno", "mala").status_code == 200
        assert entra(client, "captura.uno").status_code == 302
        client.post("/cuenta/salir/")


def test_administracion_desbloquea(client, ana, bloqueo):
    from django.test import Client

    for _ in range(6):
        entra(client, "captura.uno@iecm.example", "mala")
    administra = Client()
    administra.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    respuesta = administra.post(f"/personas/{ana.pk}/desbloquear/", follow=True)
    assert "Ya puede volver a intentar entrar." in texto(respuesta)
    assert "No tenía intentos fallidos" in texto(administra.post(f"/personas/{ana.pk}/desbloquear/", follow=True))
    assert entra(client, "captura.uno").status_code == 302


def test_la_contrasena_no_queda_escrita_en_los_intentos(client, ana, bloqueo):
    from axes.models import AccessAttempt

    entra(client, "captura.uno", "secreto-mal-escrito")
    intento = AccessAttempt.objects.get()
    assert intento.username == "captura.uno"
    assert "secreto-mal-escrito" not in intento.post_data


def test_detras_del_intermediario_cuenta_la_direccion_de_quien_entra(client, ana, bloqueo, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(6):
        # Lo que la persona ponga por su cuenta antes del intermediario no la disfraza.
        client.post(
            ENTRADA, {"login": "captura.uno", "password": "mala"}, headers={"x-forwarded-for": "1.1.1.1, 127.0.0.7"}
        )
    bueno = {"login": "captura.uno", "password": CONTRASENA}
    assert client.post(ENTRADA, bueno, headers={"x-forwarded-for": "2.2.2.2, 127.0.0.7"}).status_code == 429
    assert client.post(ENTRADA, bueno, headers={"x-forwarded-for": "1.1.1.1, 127.0.0.8"}).status_code == 302


# -- contraseña por correo -----------------------------------------------------------------------


def enlace() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def elige(client, ruta, contrasena=NUEVA, repetida=None):
    pagina = client.get(ruta, follow=True)
    final = pagina.redirect_chain[-1][0] if pagina.redirect_chain else ruta
    return client.post(final, {"password1": contrasena, "password2": repetida or contrasena}, follow=True)


def test_recuperar_la_contrasena(client, ana):
    respuesta = client.post("/cuenta/contrasena/recuperar/", {"email": "Captura.Uno@iecm.example"}, follow=True)
    assert "Revise su correo" in texto(respuesta)
    (mensaje,) = mail.outbox
    assert mensaje.to == ["captura.uno@iecm.example"] or mensaje.to == ["Captura.Uno@iecm.example"]
    assert mensaje.subject == "Elegir una contraseña nueva"
    assert "pidió cambiar la contraseña de su cuenta «captura.uno»" in mensaje.body
    assert "&" not in mensaje.body
    ruta = enlace()
    assert "Contraseña cambiada" in texto(elige(client, ruta))
    assert entra(client, "captura.uno").status_code == 200
    assert entra(client, "captura.uno", NUEVA).status_code == 302
    # El enlace sirve una sola vez.
    client.post("/cuenta/salir/")
    assert "El enlace ya no sirve" in texto(client.get(ruta, follow=True))


def test_el_enlace_vence(client, ana, settings):
    client.post("/cuenta/contrasena/recuperar/", {"email": ana.email})
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)):
        respuesta = client.get(enlace(), follow=True)
    assert "El enlace ya no sirve" in texto(respuesta)


@pytest.mark.parametrize("ruta", ["1-x", "zzzz-abc-def", "1-cxyz-0000"])
def test_un_enlace_inventado_no_sirve_y_no_truena(client, db, ruta):
    respuesta = client.get(f"/cuenta/contrasena/recuperar/{ruta}/", follow=True)
    assert "El enlace ya no sirve" in texto(respuesta)


def test_un_correo_desconocido_recibe_la_misma_pagina_y_ningun_mensaje(client, ana):
    respuesta = client.post("/cuenta/contrasena/recuperar/", {"email": "nadie@x.example"}, follow=True)
    assert "Revise su correo" in texto(respuesta)
    assert mail.outbox == []


def test_quien_no_puede_entrar_tampoco_recupera(client, ana):
    ana.is_active = False
    ana.save()
    client.post("/cuenta/contrasena/recuperar/", {"email": ana.email})
    assert mail.outbox == []


@pytest.mark.parametrize("mala", ["corta", "123456789012", "captura.uno1", "contraseña12"])
def test_una_contrasena_debil_se_rechaza_con_su_razon(client, ana, mala):
    client.post("/cuenta/contrasena/recuperar/", {"email": ana.email})
    respuesta = elige(client, enlace(), mala)
    ana.refresh_from_db()
    if mala == "contraseña12":
        assert ana.check_password(mala)
        return
    assert ana.check_password(CONTRASENA)
    assert "contraseña" in texto(respuesta)
    assert "This password" not in texto(respuesta)


def test_recuperarla_quita_el_bloqueo(client, ana, bloqueo):
    for _ in range(6):
        entra(client, "captura.uno", "mala")
    client.post("/cuenta/contrasena/recuperar/", {"email": ana.email})
    elige(client, enlace())
    assert entra(client, "captura.uno", NUEVA).status_code == 302


def test_cambiar_la_contrasena_cierra_las_otras_sesiones(client, ana):
    from django.test import Client

    otra = Client()
    entra(otra, "captura.uno")
    entra(client, "captura.uno")
    datos = {"oldpassword": "mala", "password1": NUEVA, "password2": NUEVA}
    respuesta = client.post("/cuenta/contrasena/cambiar/", datos)
    assert respuesta.status_code == 200
    assert "contraseña actual" in texto(respuesta).lower()
    assert client.post("/cuenta/contrasena/cambiar/", {**datos, "oldpassword": CONTRASENA}).status_code == 302
    assert client.get("/ayuda/").status_code == 200
    assert otra.get("/ayuda/").status_code == 302


def test_invitacion(client, ana):
    client.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    ana.set_unusable_password()
    ana.save()
    respuesta = client.post(f"/personas/{ana.pk}/invitar/", follow=True)
    assert "Se envió a captura.uno@iecm.example" in texto(respuesta)
    (mensaje,) = mail.outbox
    assert mensaje.subject == "Su cuenta en Vinculación"
    assert "con el papel Captura" in mensaje.body
    assert "Su nombre de usuario es captura.uno" in mensaje.body
    client.logout()
    assert "Contraseña cambiada" in texto(elige(client, enlace()))
    assert entra(client, "captura.uno", NUEVA).status_code == 302


def test_no_se_invita_a_quien_no_puede_entrar(client, ana):
    client.force_login(con_papel(ADMINISTRACION), backend="django.contrib.auth.backends.ModelBackend")
    ana.is_active = False
    ana.save()
    assert "actívela antes" in texto(client.post(f"/personas/{ana.pk}/invitar/", follow=True))
    assert mail.outbox == []
