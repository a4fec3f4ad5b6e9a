"""La orden que dice qué hay para importar y para informar."""

import json

import pytest
from django.core.management import call_command

from informes import catalogo
from vinculacion.cuentas.roles import ROLES

pytestmark = pytest.mark.django_db


def test_catalogo_json_y_texto(capsys):
    call_command("catalogo", "--json")
    datos = json.loads(capsys.readouterr().out)
    assert set(datos) == {"recursos", "secciones", "cifras", "roles", "informes"}
    areas = next(r for r in datos["recursos"] if r["clave"] == "areas")
    assert areas["identifica"] == ["Nombre"]
    assert {"encabezado", "obligatoria", "formato", "opciones"} <= set(areas["columnas"][0])
    assert [p["nombre"] for p in datos["roles"]] == list(ROLES)
    call_command("catalogo")
    texto = capsys.readouterr().out
    assert "areas: Áreas" in texto and "Cifras para narrativas" in texto


def test_cada_seccion_dice_en_una_frase_que_cuenta():
    sin_frase = [s.clave for _, suyas in catalogo.por_sala() for s, dice in suyas if not 20 <= len(dice) <= 130]
    assert sin_frase == []
