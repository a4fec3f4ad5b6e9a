"""Las marcas se llenan sin que un dato se lea como marca ni como formato."""

import pytest

from convenios.opiniones import marcas
from vinculacion.nucleo.bloques import Parrafo
from vinculacion.nucleo.salida.html import parrafo


def test_llena_lo_que_sabe_y_deja_lo_demas():
    texto = marcas.llenar(
        "{{ instrumento }} y {{numero}}; {{ sentido }}", {"instrumento": "El convenio", "numero": "7"}
    )
    assert texto == "El convenio y 7; {{ sentido }}"


def test_un_dato_no_es_marca_ni_formato():
    malo = "# {{ numero }} **x** <b>\n\n- {% load %}"
    texto = marcas.llenar("A: {{ objeto }}.", {"objeto": malo, "numero": "7"})
    assert marcas.llenar(texto, {"numero": "7"}) == texto and not marcas.errores(texto)
    assert parrafo(Parrafo(texto, "markdown")) == (
        '<div class="narrativa"><p>A: # {{ numero }} **x** &lt;b&gt; - {% load %}.</p></div>'
    )


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("{{ contraparte }}", "No hay una marca {{ contraparte }}."),
        ("{{ settings.SECRET_KEY }}", "No hay una marca {{ settings.SECRET_KEY }}."),
        ("{{ objeto", "sin cerrar"),
        ("objeto }}", "sin abrir"),
        ("{{ }}", "No hay una marca {{  }}."),
        ("{{" + "x" * 500 + "}}", "sin cerrar"),
    ],
)
def test_lo_que_no_vale_se_nombra(texto, dice):
    primera, *_, ultima = marcas.errores(texto)
    assert dice in primera and "instrumento, folio, tipo" in ultima


def test_lo_que_vale_no_tiene_errores():
    assert not marcas.errores(" ".join(f"{{{{ {nombre} }}}} {{{{{nombre}}}}}" for nombre in marcas.MARCAS))
