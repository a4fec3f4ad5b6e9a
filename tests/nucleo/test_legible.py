"""Los valores de un registro, como los lee una persona."""

from datetime import time

from vinculacion.nucleo.legible import texto
from vinculacion.nucleo.templatetags.nucleo import tamano


def test_la_hora_va_sin_segundos():
    assert texto(time(9, 5)) == "09:05 h"


def test_un_tamano_redondo_va_sin_decimales():
    assert [tamano(n) for n in (0, 512, 1536, 25 * 1024 * 1024)] == ["0 bytes", "512 bytes", "1.5 KB", "25 MB"]
