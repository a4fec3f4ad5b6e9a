"""``manage.py informe``: lo que escribe y lo que contesta cuando no puede."""

import pytest
from django.core.management import CommandError, call_command

from informes.models import Apartado
from tests.fabricas import informes as fabrica

pytestmark = pytest.mark.django_db


def test_escribe_el_pdf(tmp_path):
    fabrica.apartado(fabrica.informe(), "Uno", narrativa="Texto.")
    salida = tmp_path / "informe.pdf"
    call_command("informe", "trimestral-2020-4", salida=salida)
    assert salida.read_bytes().startswith(b"%PDF-")


def test_una_clave_desconocida_dice_las_que_hay(tmp_path):
    fabrica.informe()
    with pytest.raises(CommandError, match="Hay: trimestral-2020-4"):
        call_command("informe", "otro", salida=tmp_path / "x.pdf")


def test_otra_terminacion_se_rechaza(tmp_path):
    with pytest.raises(CommandError, match="debe terminar en"):
        call_command("informe", "otro", salida=tmp_path / "x.exe")


def test_un_informe_con_problemas_no_deja_archivo(tmp_path):
    apartado = fabrica.apartado(fabrica.informe(), "Roto")
    Apartado.objects.filter(pk=apartado.pk).update(narrativa="{{ no.existe }}")
    salida = tmp_path / "x.pdf"
    with pytest.raises(CommandError, match=r"«Roto».*no\.existe"):
        call_command("informe", "trimestral-2020-4", salida=salida)
    assert not salida.exists()
