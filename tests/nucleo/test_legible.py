"""Los valores de un registro, como los lee una persona."""

from datetime import time

import pytest
from django import forms

from programas.models import Programa
from vinculacion.nucleo.legible import dato_de_formulario, texto
from vinculacion.nucleo.templatetags.nucleo import tamano


def test_la_hora_va_sin_segundos():
    assert texto(time(9, 5)) == "09:05 h"


def test_un_tamano_redondo_va_sin_decimales():
    assert [tamano(n) for n in (0, 512, 1536, 25 * 1024 * 1024)] == ["0 bytes", "512 bytes", "1.5 KB", "25 MB"]


@pytest.mark.django_db
@pytest.mark.parametrize("escrito", ["9" * 20, "9" * 5000, "abc", "\x00", "NaN", "Infinity", "1e400"])
def test_lo_escrito_que_no_vale_se_lee_tal_cual(escrito):
    """Así se enseña a quien pierde una carrera; no puede tirar la página."""
    assert dato_de_formulario(forms.ModelChoiceField(Programa.objects.all()), escrito) in (escrito, "—")
    assert dato_de_formulario(forms.DecimalField(max_digits=6, decimal_places=2), escrito) == escrito
