"""Cada página que alguien puede alcanzar: accesible, sin desborde en teléfono, sin errores ni faltas a la política."""

import pytest
from django.test import Client

from tests import test_recorrido as recorrido
from tests.fabricas import demo

from .revision import desborda, faltas

pytestmark = pytest.mark.django_db(transaction=True)

# En este orden: quien más ve primero, y los demás sólo lo que nadie abrió antes y su inicio.
PAPELES = sorted(
    demo.papel_de(), key=["direccion", "secretaria", "administracion", "captura", "area", "consejeria"].index
)
CUENTA = [
    "/cuenta/contrasena/cambiar/", "/cuenta/segundo-factor/", "/cuenta/salir/", "/cuenta/confirmar/", "/ayuda/",
    "/buscar/?q=universidad", "/no-existe/",
]  # fmt: skip
PUBLICAS = [
    "/cuenta/entrar/", "/cuenta/contrasena/recuperar/", "/cuenta/contrasena/recuperar/enviado/",
    "/cuenta/contrasena/recuperar/hecho/", "/cuenta/contrasena/recuperar/1-x/", "/cuenta/inactiva/",
]  # fmt: skip
_ya: set[str] = set()


def revisar(page, direccion: str, ruta: str) -> list[str]:
    """Abre la página a lo ancho de un escritorio y la estrecha a un teléfono."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(direccion + ruta)
    mal = [f"{ruta}: {falta}" for falta in faltas(page)]
    if queja := desborda(page):
        mal.append(f"{ruta} (1280): {queja}")
    page.set_viewport_size({"width": 390, "height": 844})
    if queja := desborda(page):
        mal.append(f"{ruta} (390): {queja}")
    return mal


def por_abrir(usuario, persona) -> list[str]:
    """Una dirección de cada ruta que esta persona alcanza y nadie ha revisado."""
    cliente = Client()
    cliente.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    sin = recorrido.DESCARGAS if usuario == "direccion" else recorrido.DESCARGAS | recorrido.DOCUMENTOS
    elegidas = []
    for direccion, ruta, respuesta, _ in recorrido.recorrer(cliente, sin=sin):
        nombre = ruta.partition("?")[0]  # con otros parámetros es la misma hoja
        nueva = nombre not in _ya or direccion == "/"
        _ya.add(nombre)
        if nueva and respuesta.status_code == 200 and respuesta["Content-Type"].startswith("text/html"):
            elegidas.append(direccion)
    return elegidas


@pytest.mark.parametrize("usuario", PAPELES)
def test_lo_que_ve_cada_papel(vigilada, entrar, direccion, demostracion, usuario):
    persona = demostracion[usuario]
    rutas = por_abrir(usuario, persona) + (CUENTA if usuario == "direccion" else [])
    entrar(persona)
    mal = [queja for ruta in rutas for queja in revisar(vigilada, direccion, ruta)]
    assert not mal, "\n".join(mal)


def test_lo_publico(vigilada, direccion, db):
    mal = [queja for ruta in PUBLICAS for queja in revisar(vigilada, direccion, ruta)]
    assert not mal, "\n".join(mal)


def test_en_telefono_el_menu_y_los_formularios_se_leen(vigilada, entrar, direccion, demostracion):
    """axe a 390 px sobre una página de cada clase, con el menú abierto."""
    page = vigilada
    page.set_viewport_size({"width": 390, "height": 844})
    entrar(demostracion["direccion"])
    mal = []
    for ruta in ("/", "/convenios/", "/programas/actividades/nueva/", "/informes/1/", "/comision/asistencia/"):
        page.goto(direccion + ruta)
        mal += [f"{ruta}: {falta}" for falta in faltas(page)]
    page.locator(".menu-telefono summary").click()
    assert page.locator(".menu-telefono nav").is_visible()
    mal += [f"menú: {falta}" for falta in faltas(page)]
    page.keyboard.press("Escape")
    assert not page.locator(".menu-telefono nav").is_visible()
    assert not mal, "\n".join(mal)


def test_la_pagina_ajena_se_niega_en_espanol(vigilada, entrar, direccion, demostracion):
    entrar(demostracion["consejeria"], "/personas/")
    assert vigilada.get_by_role("heading", name="No puede entrar a esta página").is_visible()
    assert faltas(vigilada) == []
    entrar(demostracion["area"], "/convenios/999999/")
    assert vigilada.get_by_role("heading", level=1).inner_text()
    assert faltas(vigilada) == []
