"""Una persona que captura, el bloqueo encendido y el correo en memoria."""

import pytest
from django.core.cache import cache

from tests.fabricas.base import con_papel
from vinculacion.cuentas.roles import CAPTURA


@pytest.fixture(autouse=True)
def _limpio(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ana(db):
    return con_papel(CAPTURA, username="captura.uno", email="captura.uno@iecm.example")


@pytest.fixture
def bloqueo(settings):
    settings.AXES_ENABLED = True
