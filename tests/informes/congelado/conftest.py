import pytest

from informes import exportacion
from vinculacion.nucleo.salida import json


@pytest.fixture
def imprenta_rapida(monkeypatch):
    """Los formatos que tardan se sustituyen por el contenido: aquí importa cuándo se guardan, no cómo se ven."""
    monkeypatch.setattr(
        exportacion, "escribir", lambda documento, formato, **_: formato.encode() + b"\n" + json.crear(documento)
    )
