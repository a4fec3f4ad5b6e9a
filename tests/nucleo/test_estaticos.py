"""Lo que las plantillas piden a los estáticos existe: en producción uno que falte tira la página."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

PEDIDO = re.compile(r"""{%\s*static\s+['"]([^'"]+)['"]""")
PLANTILLAS = sorted(p for d in settings.TEMPLATES[0]["DIRS"] for p in d.rglob("*.html"))
PEDIDOS = sorted({ruta for plantilla in PLANTILLAS for ruta in PEDIDO.findall(plantilla.read_text("utf-8"))})


@pytest.mark.parametrize("ruta", PEDIDOS)
def test_cada_estatico_existe(ruta):
    assert finders.find(ruta), ruta
