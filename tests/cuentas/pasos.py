"""Lo que repiten las pruebas de la cuenta."""

from html import unescape

from tests.fabricas.base import CONTRASENA

ENTRADA = "/cuenta/entrar/"


def entra(client, login, contrasena=CONTRASENA, **mas):
    return client.post(ENTRADA, {"login": login, "password": contrasena, **mas})


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def dentro(client) -> bool:
    return "_auth_user_id" in client.session
