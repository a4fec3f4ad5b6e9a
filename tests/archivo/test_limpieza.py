"""La limpieza diaria quita lo que sobra y nada más."""

import os
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from tests.fabricas.personas import persona
from vinculacion.archivo import limpieza
from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.archivo.models import Serie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def almacen(settings, tmp_path):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path
    return tmp_path


def de_anteayer(ruta) -> None:
    antes = time.time() - 2 * 24 * 3600
    os.utime(ruta, (antes, antes))


def test_programarla_dos_veces_la_deja_una_y_no_le_mueve_la_hora(capsys):
    call_command("programar_limpieza")
    primera = Schedule.objects.get(name=limpieza.NOMBRE)
    limpieza.programar(timezone.now() + timedelta(days=5))
    unica = Schedule.objects.get(name=limpieza.NOMBRE)
    assert unica.pk == primera.pk and unica.next_run == primera.next_run > timezone.now()
    assert timezone.localtime(unica.next_run).hour == limpieza.HORA
    assert "Limpieza diaria" in capsys.readouterr().out


def test_la_tarea_apuntada_existe():
    assert import_string(limpieza.programar().func) is limpieza.limpiar


def test_quita_los_archivos_sin_registro_y_conserva_la_evidencia(almacen):
    serie = Serie.objects.create(clave="s", nombre="Serie", patron="S/{numero}/{anio}")
    archivo = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")
    guardada = almacen / agregar_evidencia(registro=serie, por=persona(), archivo=archivo).archivo.name
    viejo, nuevo = almacen / "evidencia/ab/viejo.pdf", almacen / "evidencia/ab/nuevo.pdf"
    ajeno = almacen / "otra" / "cosa.pdf"
    for ruta in (viejo, nuevo, ajeno):
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(b"x")
    for ruta in (guardada, viejo, ajeno):
        de_anteayer(ruta)
    assert limpieza.quitar_huerfanos() == 1
    assert not viejo.exists()
    assert guardada.exists() and nuevo.exists() and ajeno.exists()


def test_quita_sesiones_vencidas_y_hojas_sin_confirmar(almacen):
    Session.objects.create(session_key="vencida", session_data="", expire_date=timezone.now() - timedelta(hours=1))
    Session.objects.create(session_key="viva", session_data="", expire_date=timezone.now() + timedelta(hours=1))
    hoja = almacen / "importaciones" / "hoja"
    hoja.parent.mkdir()
    hoja.write_bytes(b"x")
    de_anteayer(hoja)
    limpieza.limpiar()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["viva"]
    assert not hoja.exists()
