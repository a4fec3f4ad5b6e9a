"""La demostración para las pruebas del navegador, cargada una vez y repuesta de una copia."""

import sqlite3

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.fabricas import demo as fabrica
from vinculacion.cuentas.models import Usuario

from .revision import vigilar


@pytest.fixture
def demostracion(transactional_db):
    """Deja la base con la demostración y da ``usuario → persona``. Las bases de SQLite se reponen página por página."""
    copia = settings.TEMPORAL / "demostracion.sqlite3"
    connection.ensure_connection()
    if not copia.exists():
        fabrica.cargar()
        with sqlite3.connect(copia) as destino:
            connection.connection.backup(destino)
        destino.close()
    else:
        origen = sqlite3.connect(copia)
        origen.backup(connection.connection)
        origen.close()
    ContentType.objects.clear_cache()
    return {persona.username: persona for persona in Usuario.objects.all()}


@pytest.fixture
def vigilada(page):
    """La página, con la consola vigilada: al terminar no debe haber ni un error."""
    quejas = vigilar(page)
    yield page
    assert quejas == []
