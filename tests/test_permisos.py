"""Cada dirección × cada papel, en una sola tabla: una página nueva no puede escaparse."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from vinculacion.cuentas.models import Usuario
from vinculacion.cuentas.roles import ROLES

# Las que se abren sin sesión, a propósito.
PUBLICAS = {
    "salud", "account_login", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_authenticate", "comision:calendario_ics", "constancia:ver", "constancia:pdf",
}  # fmt: skip
# De allauth, lo que pide sesión: nada más de él tiene ruta.
DE_LA_CUENTA = {
    "account_reauthenticate", "account_change_password", "account_set_password", "mfa_index", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}  # fmt: skip
# Con sesión, pero sin permiso propio: las de la cuenta de cada quien, la búsqueda, el manual, el inicio
# y la descarga, que la ve quien ve el registro (tests/archivo/test_vistas.py).
DE_TODOS = {"inicio", "buscar", "manual", "manual_pagina", "archivo:descargar"}


def rutas(patrones=None, espacio="") -> Iterator[tuple[str, URLPattern]]:
    for patron in patrones if patrones is not None else get_resolver().url_patterns:
        if isinstance(patron, URLResolver):
            dentro = f"{espacio}{patron.namespace}:" if patron.namespace else espacio
            yield from rutas(patron.url_patterns, dentro)
        else:
            yield f"{espacio}{patron.name}", patron


def permiso_de(patron: URLPattern) -> str | None:
    clase = getattr(patron.callback, "view_class", patron.callback)
    return getattr(clase, "permiso", None)


PROPIAS = [(nombre, patron) for nombre, patron in rutas() if nombre not in PUBLICAS | DE_LA_CUENTA | DE_TODOS]


def direccion(nombre: str, patron: URLPattern) -> str:
    """Una dirección cualquiera de esa ruta: el permiso se pregunta antes que el registro."""
    valores = {"int": 999_999_999, "slug": "nada", "str": "nada", "uuid": "00000000-0000-0000-0000-000000000000"}
    argumentos = {
        n: valores[type(c).__name__.replace("Converter", "").lower().replace("string", "str")]
        for n, c in patron.pattern.converters.items()
    }
    return reverse(nombre, kwargs=argumentos)


def test_las_publicas_son_estas():
    abiertas = {nombre for nombre, patron in rutas() if not getattr(patron.callback, "login_required", True)}
    # account_logout pide sesión, pero sin ella sólo lleva a la entrada.
    assert abiertas | {"account_logout"} == PUBLICAS


def test_toda_ruta_propia_declara_su_permiso():
    sin_permiso = [nombre for nombre, patron in PROPIAS if not permiso_de(patron)]
    assert not sin_permiso
    assert len(PROPIAS) > 60


@pytest.mark.django_db
def test_todo_permiso_declarado_existe():
    from django.contrib.auth.models import Permission

    existentes = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.select_related("content_type")}
    assert {permiso_de(p) for _, p in PROPIAS} <= existentes


@pytest.fixture
def personas(db):
    area = apps.get_model("directorio", "Area").objects.create(nombre="Área de prueba", clase="unidad")
    creadas = {}
    for numero, papel in enumerate(ROLES):
        persona = Usuario.objects.create(
            username=f"persona{numero}", email=f"persona{numero}@prueba.example", area=area
        )
        persona.groups.add(Group.objects.get(name=papel))
        creadas[papel] = persona
    return creadas


@pytest.mark.parametrize("papel", ROLES)
def test_cada_papel_abre_lo_suyo_y_nada_mas(client, personas, papel):
    persona = personas[papel]
    client.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    mal = []
    for nombre, patron in PROPIAS:
        debe = permiso_de(patron) in ROLES[papel]
        for metodo in ("get", "post"):
            respuesta = getattr(client, metodo)(direccion(nombre, patron))
            prohibida = respuesta.status_code == 403
            if prohibida == debe or respuesta.status_code >= 500:
                mal.append(f"{metodo.upper()} {nombre}: {respuesta.status_code} (permiso: {debe})")
    assert not mal


def test_sin_sesion_todo_lleva_a_la_entrada(client, db):
    entrada = reverse("account_login")
    mal = []
    for nombre, patron in rutas():
        if nombre in PUBLICAS:
            continue
        for metodo in ("get", "post"):
            respuesta = getattr(client, metodo)(direccion(nombre, patron))
            if respuesta.status_code != 302 or not respuesta["Location"].startswith(entrada):
                mal.append(f"{metodo} {nombre}: {respuesta.status_code}")
    assert not mal
    assert Usuario.objects.count() == 0


@pytest.mark.parametrize("papel", ROLES)
def test_la_cuenta_propia_es_de_todos(client, personas, papel):
    client.force_login(personas[papel], backend="django.contrib.auth.backends.ModelBackend")
    for nombre in ("inicio", "buscar", "manual", "account_change_password", "mfa_index"):
        respuesta = client.get(reverse(nombre))
        assert respuesta.status_code in (200, 302), nombre
