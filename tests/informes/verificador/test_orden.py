"""``manage.py verificar``."""

import json

import pytest
from django.core.management import CommandError, call_command

from informes import acciones
from informes.verificador.revision import verificar
from tests.fabricas import informes as fabrica

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    informe = fabrica.informe()
    fabrica.apartado(informe, "Reunión", narrativa="Fue el martes 26 de octubre de 2020.")
    return informe


def test_enlista_y_termina_bien(informe, capsys):
    call_command("verificar", informe.clave)
    dicho = capsys.readouterr().out
    assert "[Error] 1. Reunión" in dicho
    assert "fue lunes" in dicho
    assert dicho.strip().endswith("1 error, 0 advertencias, 0 notas.")


def test_json_es_una_lista(informe, capsys):
    call_command("verificar", informe.clave, "--json")
    (hallazgo,) = json.loads(capsys.readouterr().out)
    assert (hallazgo["regla"], hallazgo["gravedad"], hallazgo["aceptado"]) == ("fecha.dia_semana", "error", None)


def test_sin_hallazgos_la_lista_json_va_vacia(capsys):
    sano = fabrica.informe(clave="sano")
    fabrica.apartado(sano, "Reunión", narrativa="Fue el lunes 26 de octubre de 2020.")
    call_command("verificar", "sano", "--json")
    assert json.loads(capsys.readouterr().out) == []


def test_estricto_termina_con_uno_mientras_haya_errores_sin_aceptar(informe):
    with pytest.raises(SystemExit) as salida:
        call_command("verificar", informe.clave, "--estricto")
    assert salida.value.code == 1
    acciones.aceptar_hallazgo(informe=informe, hallazgo=verificar(informe)[0], razon="Así dice el acta.", por=None)
    call_command("verificar", informe.clave, "--estricto")


def test_clave_desconocida(informe):
    with pytest.raises(CommandError, match="No existe el informe «otro»"):
        call_command("verificar", "otro")


def test_revisa_un_texto_escrito_en_otra_parte(tmp_path, capsys):
    ruta = tmp_path / "informe.txt"
    ruta.write_text("Se celebró la sesión el lunes 1 de octubre de 2020.", encoding="utf-8")
    call_command("verificar", "--texto", str(ruta))
    assert "jueves" in capsys.readouterr().out
    ruta.write_bytes(b"\xff\xfe\x00")
    for argumentos in ((), ("trimestral-2020-4", "--texto", str(ruta)), ("--texto", str(ruta)), ("--texto", "/no/hay")):
        with pytest.raises(CommandError):
            call_command("verificar", *argumentos)
