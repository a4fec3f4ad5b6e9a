"""Con la demostración puesta, cada papel sigue los enlaces que ve: todos abren, en español y sin consultas de más."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.fabricas import demo
from vinculacion.cuentas.models import Usuario

CONSULTAS = 60  # ninguna página necesita más; las listas y exportaciones, bastante menos
CONSULTAS_LISTA = 30
CONSULTAS_DOCUMENTO = 180  # calcula todas sus secciones, con una o dos cada una
# Tardan en armar el documento entero: las abre sólo quien lo dirige; las descargas tienen sus pruebas.
DOCUMENTOS = {"informes:informe_documento", "informes:informe_verificar"}
# También lo arman, para compararlo con el guardado.
LO_COMPARAN = {"informes:informe_cambios", "informes:informe_comparar"}
DESCARGAS = {"informes:informe_descargar"}
VARIANTES = {"ordenar", "por_pagina", "pagina"}  # la misma página, acomodada de otro modo
PAPELES = list(demo.papel_de())

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demostracion(django_db_setup, django_db_blocker):
    """La demostración una sola vez para todo el archivo; se deshace al final."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.cargar()
        yield
        transaction.set_rollback(True)


def enlaces(contenido: str, base: str) -> list[str]:
    """Direcciones internas de la página, sin las que hacen algo (van por POST) ni las anclas."""
    vistas = []
    for crudo in re.findall(r'<a\s[^>]*?href="([^"]*)"', contenido):
        partes = urlsplit(urljoin(base, unescape(crudo)))
        if partes.netloc not in ("", "testserver") or partes.scheme not in ("", "http"):
            continue
        if not partes.path.startswith(("/static/", "/cuenta/")):
            vistas.append(partes.path + (f"?{partes.query}" if partes.query else ""))
    return vistas


def ruta_de(direccion: str) -> str:
    """El nombre de la ruta y los parámetros que lleva: dos fichas de organismo son «la misma» página."""
    partes = urlsplit(direccion)
    nombre = resolve(partes.path).view_name
    return f"{nombre}?{'&'.join(sorted({p.split('=')[0] for p in partes.query.split('&') if p}))}"


def recorrer(cliente: Client, inicio: str = "/", muestras: int = 1, sin: frozenset[str] | set[str] = frozenset()):
    """Da (dirección, ruta, respuesta, consultas) de ``muestras`` páginas de cada ruta que se alcanza desde el inicio."""
    cola, vistas, veces = deque([inicio]), {inicio}, Counter()
    while cola:
        direccion = cola.popleft()
        ruta = ruta_de(direccion)
        nombre, _, parametros = ruta.partition("?")
        if veces[ruta] >= muestras or nombre in sin or VARIANTES & set(parametros.split("&")):
            continue
        veces[ruta] += 1
        reset_queries()  # el registro tiene tope: lleno, cada página contaría cero
        with CaptureQueriesContext(connection) as consultas:
            respuesta = cliente.get(direccion)
        yield direccion, ruta, respuesta, len(consultas)
        if respuesta.status_code == 200 and respuesta["Content-Type"].startswith("text/html"):
            for enlace in enlaces(respuesta.content.decode(), direccion):
                if enlace not in vistas:
                    vistas.add(enlace)
                    cola.append(enlace)


def visible(contenido: str) -> str:
    return re.sub(r"<(script|style|textarea|code|pre)\b.*?</\1>|<[^>]+>", " ", contenido, flags=re.DOTALL)


@pytest.mark.parametrize("usuario", PAPELES)
def test_todo_lo_que_ve_abre(demostracion, django_db_blocker, usuario):
    with django_db_blocker.unblock():
        cliente = Client(raise_request_exception=False)
        cliente.force_login(Usuario.objects.get(username=usuario), backend="django.contrib.auth.backends.ModelBackend")
        mal, abiertas = [], set()
        dirige = usuario == "direccion"
        sin = DESCARGAS if dirige else DESCARGAS | DOCUMENTOS
        for direccion, ruta, respuesta, consultas in recorrer(cliente, muestras=2 if dirige else 1, sin=sin):
            abiertas.add(ruta)
            if respuesta.status_code not in (200, 302):
                mal.append(f"{direccion}: {respuesta.status_code}")
                continue
            nombre = ruta.partition("?")[0]
            tope = CONSULTAS_LISTA if nombre.endswith("_lista") else CONSULTAS
            if consultas > (CONSULTAS_DOCUMENTO if nombre in DOCUMENTOS | LO_COMPARAN else tope):
                mal.append(f"{direccion}: {consultas} consultas")
            if respuesta.status_code == 200 and respuesta["Content-Type"].startswith("text/html"):
                contenido = respuesta.content.decode()
                texto = visible(contenido)
                if contenido.count("<h1") != 1:
                    mal.append(f"{direccion}: {contenido.count('<h1')} h1")
                if raro := re.search(r"\{%|%\}|&lt;(?:QuerySet|function|bound)|\bNone\b", texto):
                    mal.append(f"{direccion}: se ve «{texto[max(0, raro.start() - 30) : raro.end() + 20].strip()}»")
                if ingles := re.search(
                    r"\b(the|this field|required|delete|search|submit|choose|select one|add another|historical)\b",
                    texto,
                    re.IGNORECASE,
                ):
                    mal.append(
                        f"{direccion}: en inglés «{texto[max(0, ingles.start() - 30) : ingles.end() + 20].strip()}»"
                    )
        assert len(abiertas) > 5
        assert not mal, "\n".join(mal)
