"""Archivos: por su contenido y no por su nombre, dentro del tope, y sólo para quien ve el registro."""

import io
import zipfile
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.archivo import acciones
from vinculacion.archivo.models import Evidencia, Serie
from vinculacion.archivo.validadores import validar_archivo
from vinculacion.comision import acciones as comision

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
DUENA = ("comision.view_sesion", "comision.change_sesion")


def archivo(nombre="minuta.pdf", contenido=PDF):
    return SimpleUploadedFile(nombre, contenido)


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


@pytest.fixture
def sesion():
    return fabrica.sesion(fabrica.comision(), date(2020, 10, 26))


@pytest.fixture
def duena(client):
    quien = persona(*DUENA)
    client.force_login(quien)
    return quien


def docx() -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("word/document.xml", "<w/>")
    return salida.getvalue()


@pytest.mark.parametrize(
    ("nombre", "contenido"), [("a.pdf", PDF), ("A.PDF", PDF), ("a.docx", docx()), ("a.txt", "Año".encode())]
)
def test_se_acepta(nombre, contenido):
    validar_archivo(archivo(nombre, contenido))


@pytest.mark.parametrize(
    ("nombre", "contenido", "razon"),
    [
        ("a.pdf", b"", "vacío"),
        ("factura.pdf", EXE, "su contenido es de otro tipo"),
        ("a.exe", EXE, "No se aceptan archivos «.exe»"),
        ("sinextension", PDF, "No se aceptan"),
        ("a.pdf", b"<html><script>alert(1)</script></html>", "su contenido es de otro tipo"),
        ("a.svg", b"<svg/>", "No se aceptan"),
    ],
)
def test_se_rechaza_con_su_razon(nombre, contenido, razon):
    with pytest.raises(ValidationError) as error:
        validar_archivo(archivo(nombre, contenido))
    assert razon in error.value.messages[0]


def sube(client, sesion, **datos):
    datos = {f"evidencia-{k}": v for k, v in datos.items()}
    return client.post(reverse("comision:sesion_evidencia", args=[sesion.pk]), datos)


@pytest.mark.parametrize(
    ("subido", "razon"),
    [
        (lambda: archivo(contenido=b""), "está vacío"),
        (lambda: archivo("malo.pdf", EXE), "es de otro tipo"),
    ],
)
def test_en_la_pagina_el_error_va_junto_al_campo_y_no_se_pierde_el_titulo(client, duena, sesion, subido, razon):
    respuesta = sube(client, sesion, archivo=subido(), titulo="Minuta firmada")
    assert respuesta.status_code == 422
    assert razon in texto(respuesta)
    assert "Minuta firmada" in texto(respuesta)
    assert not Evidencia.objects.exists()


def test_lo_que_pasa_del_tope_no_se_guarda_ni_rompe(client, duena, sesion, settings):
    settings.ARCHIVO_TAMANO_MAXIMO = 64 * 1024
    respuesta = sube(client, sesion, archivo=archivo(contenido=PDF + b"0" * 300_000), titulo="Grande")
    assert respuesta.status_code == 422
    assert "el máximo es 64" in texto(respuesta)
    assert "Grande" in texto(respuesta)
    assert not Evidencia.objects.exists()


def test_descarga_privada_con_su_nombre(client, duena, sesion):
    assert sube(client, sesion, archivo=archivo("Minuta año.pdf"), titulo="Minuta").status_code == 302
    guardada = Evidencia.objects.get()
    assert (guardada.sha256, guardada.tamano, guardada.tipo_mime) == (guardada.sha256, len(PDF), "application/pdf")
    assert str(settings.MEDIA_ROOT) in guardada.archivo.path
    respuesta = client.get(guardada.get_absolute_url())
    assert b"".join(respuesta.streaming_content if respuesta.streaming else [respuesta.content]) == PDF
    assert respuesta["Content-Disposition"].startswith("attachment;")
    assert "Minuta" in respuesta["Content-Disposition"]
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["Content-Type"] == "application/pdf"


def test_quien_no_ve_el_registro_no_descarga(client, duena, sesion):
    evidencia = acciones.agregar_evidencia(registro=sesion, archivo=archivo(), por=duena)
    url = evidencia.get_absolute_url()
    assert client.get(url).status_code == 200
    client.force_login(persona("comision.view_sesion"))
    assert client.get(url).status_code == 200
    client.force_login(persona("comision.view_acuerdo"))
    assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_la_evidencia_de_un_acuerdo_es_de_su_area(client, sesion):
    from vinculacion.directorio.models import Area

    areas = [Area.objects.create(nombre=f"Unidad {n}", siglas=f"U{n}", clase="unidad") for n in "AB"]
    acuerdo = comision.tomar_acuerdo(sesion=sesion, texto="A", por=None, area_responsable=areas[0])
    evidencia = acciones.agregar_evidencia(registro=acuerdo, archivo=archivo(), por=persona())
    for area, estado in zip(areas, (200, 404), strict=True):
        client.force_login(persona("comision.view_acuerdo", area=area))
        assert client.get(evidencia.get_absolute_url()).status_code == estado


def test_lo_mismo_no_se_agrega_dos_veces_y_quitar_borra_del_disco(duena, sesion, django_capture_on_commit_callbacks):
    evidencia = acciones.agregar_evidencia(registro=sesion, archivo=archivo(), por=duena)
    with pytest.raises(ValidationError, match="ya es evidencia"):
        acciones.agregar_evidencia(registro=sesion, archivo=archivo("otro.pdf"), por=duena)
    acciones.agregar_evidencia(registro=sesion, enlace="https://www.iecm.example/", por=duena)
    ruta, deposito = evidencia.archivo.name, evidencia.archivo.storage
    assert deposito.exists(ruta)
    with django_capture_on_commit_callbacks(execute=True):
        acciones.quitar_evidencia(evidencia=evidencia, por=duena)
    assert not deposito.exists(ruta)


def test_si_falta_del_disco_no_hay_error_interno(client, duena, sesion):
    evidencia = acciones.agregar_evidencia(registro=sesion, archivo=archivo(), por=duena)
    evidencia.archivo.storage.delete(evidencia.archivo.name)
    assert client.get(evidencia.get_absolute_url()).status_code == 404


# -- series --------------------------------------------------------------------


def test_paginas_de_series(client):
    client.force_login(persona("archivo.view_serie", "archivo.add_serie", "archivo.change_serie"))
    datos = {"nombre": "Acuerdos", "clave": "cvoe", "patron": "CVOE/{numero:03}"}
    respuesta = client.post(reverse("archivo:serie_nuevo"), datos)
    assert respuesta.status_code == 422
    assert "Debe llevar" in texto(respuesta)
    assert client.post(reverse("archivo:serie_nuevo"), {**datos, "patron": "C/{numero:03}/{anio}"}).status_code == 302
    una = Serie.objects.get()
    cuerpo = texto(client.get(una.get_absolute_url()))
    assert "C/001/" in cuerpo
    assert "ningún folio" in cuerpo
    assert "Acuerdos" in texto(client.get(reverse("archivo:serie_lista")))
