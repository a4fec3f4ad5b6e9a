"""Lo que comparten todas las pruebas: la red cerrada y el navegador."""

import os
import shutil
import socket

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Lo que abre el navegador queda marcado y va al final: es lo más lento y deja abierto el modo asíncrono."""
    for prueba in items:
        if "browser" in prueba.fixturenames:
            prueba.add_marker("navegador")
    items.sort(key=lambda prueba: prueba.get_closest_marker("navegador") is not None)


def pytest_unconfigure(config):
    """Aquí y no con atexit: los procesos de xdist terminan sin pasar por ahí."""
    from django.conf import settings

    if settings.configured:
        shutil.rmtree(settings.TEMPORAL, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def red_cerrada():
    """Ninguna prueba habla con un equipo de fuera; la que lo intente falla diciendo con quién."""
    conectar = socket.socket.connect

    def solo_este_equipo(enchufe, destino):
        if enchufe.family in (socket.AF_INET, socket.AF_INET6):
            nombre = str(destino[0])
            if not (nombre.startswith("127.") or nombre in {"::1", "localhost"}):
                raise AssertionError(f"La prueba quiso conectarse a {nombre}:{destino[1]}.")
        return conectar(enchufe, destino)

    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(socket.socket, "connect", solo_este_equipo)
        yield


# -- navegador ---------------------------------------------------------------


def _chromium() -> str | None:
    nombres = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, nombres)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """El Chromium del sistema, sin hablar con nadie más que con este equipo."""
    # Playwright deja un ciclo asíncrono en el hilo, y Django rehúsa consultar ahí sin este permiso.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    opciones = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    if os.geteuid() == 0:
        opciones.append("--no-sandbox")
    ruta = _chromium()
    return {
        **browser_type_launch_args,
        **({"executable_path": ruta} if ruta else {}),
        "args": [*browser_type_launch_args.get("args", []), *opciones],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "es-MX", "timezone_id": "America/Mexico_City"}


@pytest.fixture
def direccion(live_server):
    """Dirección del servidor de prueba, sin diagonal al final."""
    return live_server.url


@pytest.fixture
def entrar(page, direccion):
    """``entrar(usuario)`` abre la sesión de esa persona en el navegador y devuelve la página de inicio.

    La sesión se crea en el servidor: la página de entrada tiene sus propias pruebas.
    """
    from django.conf import settings
    from django.test import Client

    def _entrar(usuario, destino="/"):
        cliente = Client()
        cliente.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        galleta = cliente.cookies[settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": galleta.key, "value": galleta.value, "url": direccion}])
        page.goto(direccion + destino)
        return page

    return _entrar
