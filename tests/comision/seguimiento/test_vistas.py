"""Páginas del seguimiento: la Secretaría declara, el área informa de lo suyo y los demás leen."""

from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as comision
from vinculacion.comision.models import Acuerdo, SeguimientoDeAcuerdo
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.directorio.models import Area
from vinculacion.nucleo.hojas import importar_archivo

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def url(nombre, *args):
    return reverse(f"comision:{nombre}", args=args)


@pytest.fixture
def area():
    return Area.objects.create(nombre="Unidad Propia", siglas="UP", clase="unidad")


@pytest.fixture
def sesiones():
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return fabrica.trimestre(cvoe)


@pytest.fixture
def acuerdo(sesiones, area):
    return comision.tomar_acuerdo(
        sesion=sesiones[0], texto="A", area_responsable=area, fecha_limite=date(2020, 11, 20), por=None
    )


@pytest.fixture
def secretaria(client):
    quien = con_papel(SECRETARIA)
    client.force_login(quien)
    return quien


def nuevo(acuerdo):
    return f"{url('seguimiento_nuevo')}?acuerdo={acuerdo.pk}"


DATOS = {"estado": "en_proceso", "fecha": "2020-11-03", "nota": "Se pidió el padrón."}


def test_la_secretaria_da_seguimiento_y_declara(client, secretaria, acuerdo, sesiones):
    assert nuevo(acuerdo) in texto(client.get(acuerdo.get_absolute_url()))
    archivos = [SimpleUploadedFile(f"oficio{n}.pdf", b"%PDF-1.4\n%" + bytes([65 + n]) * 40) for n in range(2)]
    respuesta = client.post(nuevo(acuerdo), {**DATOS, "archivos": archivos, "enlace": "https://x.mx/padron"})
    assert respuesta.status_code == 302, texto(respuesta)
    paso = SeguimientoDeAcuerdo.objects.get()
    assert (paso.acuerdo, paso.por, paso.evidencias.count()) == (acuerdo, secretaria, 3)
    pagina = texto(client.get(acuerdo.get_absolute_url()))
    for cosa in ("Se pidió el padrón.", "oficio1.pdf", "martes 3 de noviembre de 2020"):
        assert cosa in pagina
    respuesta = client.post(nuevo(acuerdo), {**DATOS, "estado": "cumplido", "nota": "Se entregó."})
    assert respuesta.status_code == 422
    assert "en qué sesión se declaró cumplido" in texto(respuesta)
    assert "Se entregó." in texto(respuesta)
    respuesta = client.post(nuevo(acuerdo), {**DATOS, "estado": "cumplido", "sesion": sesiones[1].pk})
    assert respuesta.status_code == 302
    assert Acuerdo.objects.get().cumplido_en == sesiones[1]
    assert "Se declaró cumplido en" in texto(client.get(acuerdo.get_absolute_url()))


@pytest.mark.parametrize(
    "malo",
    [
        {"nota": ""},
        {"fecha": "31/02/2020"},
        {"estado": "inventado"},
        {"sesion": "9" * 30},
        {"enlace": "no es"},
        {"archivos": SimpleUploadedFile("virus.exe", b"MZ" + b"\x00" * 60)},
        {"nota": "a\x00b"},
    ],
)
def test_lo_malo_se_dice_y_no_se_pierde(client, secretaria, acuerdo, malo):
    respuesta = client.post(nuevo(acuerdo), {**DATOS, **malo})
    assert respuesta.status_code == 422
    assert not SeguimientoDeAcuerdo.objects.exists()
    if "nota" not in malo:
        assert "Se pidió el padrón." in texto(respuesta)


def test_advierte_sin_area_ni_plazo_y_deja_seguir(client, secretaria, sesiones):
    suelto = comision.tomar_acuerdo(sesion=sesiones[0], texto="A", por=None)
    respuesta = client.post(nuevo(suelto), DATOS)
    assert respuesta.status_code == 422
    assert "no tiene área responsable" in texto(respuesta)
    assert client.post(nuevo(suelto), {**DATOS, "confirmo_advertencias": "1"}).status_code == 302


def test_el_area_informa_solo_de_lo_suyo(client, acuerdo, sesiones, area):
    otra = Area.objects.create(nombre="Unidad Ajena", siglas="UA", clase="unidad")
    ajeno = comision.tomar_acuerdo(sesion=sesiones[0], texto="B", area_responsable=otra, por=None)
    suyo_de_otra = comision.dar_seguimiento(acuerdo=ajeno, estado="en_proceso", nota="Secreto ajeno", por=None)
    client.force_login(con_papel(AREA, area=area))
    formulario = texto(client.get(nuevo(acuerdo)))
    assert "Cumplido" not in formulario.split("<main")[1].split("</form>")[0].replace("cumplido lo declara", "")
    assert sesiones[0].clave not in formulario.split("<main")[1]
    assert client.post(nuevo(acuerdo), DATOS).status_code == 302
    paso = SeguimientoDeAcuerdo.objects.get(acuerdo=acuerdo)
    assert client.post(nuevo(acuerdo), {**DATOS, "estado": "cumplido", "sesion": sesiones[1].pk}).status_code == 422
    assert client.post(url("seguimiento_nuevo"), {**DATOS, "acuerdo": ajeno.pk}).status_code == 422
    assert client.post(nuevo(ajeno), {**DATOS, "acuerdo": ajeno.pk}).status_code == 422
    assert SeguimientoDeAcuerdo.objects.filter(acuerdo=ajeno).count() == 1
    assert client.get(url("seguimiento_detalle", paso.pk)).status_code == 200
    assert client.get(url("seguimiento_detalle", suyo_de_otra.pk)).status_code == 404
    assert "Secreto ajeno" not in texto(client.get(url("seguimiento_lista")))
    for prohibida in (url("seguimiento_editar", paso.pk), url("seguimiento_eliminar", paso.pk),
                      url("seguimiento_importar"), url("seguimiento_plantilla"),
                      url("seguimiento_de_sesion", sesiones[1].pk)):  # fmt: skip
        assert client.get(prohibida).status_code == 403


def test_el_colega_lee(client, acuerdo, sesiones):
    paso = comision.dar_seguimiento(acuerdo=acuerdo, estado="en_proceso", nota="x", por=None)
    client.force_login(con_papel(CONSEJERIA))
    assert client.get(url("seguimiento_detalle", paso.pk)).status_code == 200
    assert "Dar seguimiento" not in texto(client.get(acuerdo.get_absolute_url()))
    assert client.get(nuevo(acuerdo)).status_code == 403
    assert client.get(url("seguimiento_de_sesion", sesiones[1].pk)).status_code == 200


def test_corregir_y_quitar_un_paso(client, secretaria, acuerdo, sesiones):
    paso = comision.dar_seguimiento(acuerdo=acuerdo, estado="en_proceso", nota="x", por=None)
    datos = {**DATOS, "estado": "cumplido", "sesion": sesiones[1].pk}
    assert client.post(url("seguimiento_editar", paso.pk), datos).status_code == 302
    assert Acuerdo.objects.get().estado == "cumplido"
    assert client.post(url("seguimiento_eliminar", paso.pk)).status_code == 302
    assert Acuerdo.objects.get().estado == "pendiente"


def test_el_informe_de_la_sesion(client, secretaria, acuerdo, sesiones):
    ruta = url("seguimiento_de_sesion", sesiones[1].pk)
    pagina = texto(client.get(ruta))
    assert acuerdo.folio in pagina
    assert "Pendiente, vencido" in pagina
    assert acuerdo.get_absolute_url() in pagina
    assert "Décima sesión ordinaria" in texto(client.get(ruta, {"agrupar": "sesion"}))
    assert client.get(ruta, {"agrupar": "x'"}).status_code == 200
    for formato in ("pdf", "docx"):
        respuesta = client.get(url("seguimiento_de_sesion_descargar", sesiones[1].pk, formato))
        assert f"seguimiento-de-acuerdos-11SO-2020-CVOE.{formato}" in respuesta["Content-Disposition"]
    assert client.get(url("seguimiento_de_sesion_descargar", sesiones[1].pk, "x")).status_code == 404
    assert "No hay acuerdos" in texto(client.get(url("seguimiento_de_sesion", sesiones[0].pk)))


def test_mismas_consultas_con_1_y_con_30(client, secretaria, acuerdo, sesiones):
    def cuenta(ruta):
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(ruta).status_code == 200
        return len(hechas)

    rutas = (url("seguimiento_lista"), url("seguimiento_de_sesion", sesiones[1].pk), acuerdo.get_absolute_url())

    def paso(n):
        comision.dar_seguimiento(
            acuerdo=acuerdo, estado="en_proceso", nota=str(n), sesion=sesiones[1], por=secretaria,
            evidencias=[{"enlace": f"https://x.mx/{n}"}],
        )  # fmt: skip

    paso(0)
    antes = [cuenta(r) for r in rutas]
    for n in range(1, 30):
        paso(n)
    assert [cuenta(r) for r in rutas] == antes


def test_la_hoja_va_y_viene(client, secretaria, acuerdo, sesiones, tmp_path):
    comision.dar_seguimiento(acuerdo=acuerdo, estado="cumplido", nota="Se entregó.", sesion=sesiones[1], por=None)
    exportada = client.get(url("seguimiento_lista"), {"_export": "csv"}).content
    archivo = tmp_path / "seguimientos.csv"
    archivo.write_bytes(exportada)
    resultado = importar_archivo("seguimientos_de_acuerdos", archivo, por=secretaria)
    assert (resultado.errores, resultado.iguales) == ([], 1)
    SeguimientoDeAcuerdo.objects.all().delete()
    Acuerdo.objects.update(estado="pendiente", cumplido_en=None)
    assert importar_archivo("seguimientos_de_acuerdos", archivo, por=secretaria).errores == []
    assert (Acuerdo.objects.get().estado, Acuerdo.objects.get().cumplido_en) == ("cumplido", sesiones[1])
    archivo.write_text("Acuerdo,Fecha,Estado en que queda,Nota\nCVOE/001/20,01/10/2020,Cumplido,x\n")
    errores = str(importar_archivo("seguimientos_de_acuerdos", archivo, por=secretaria).errores)
    assert "en qué sesión se declaró cumplido" in errores
    assert "se tomó el 26/10/2020" in errores


def test_la_secretaria_importa_desde_la_pagina(client, secretaria, acuerdo):
    assert url("seguimiento_importar") in texto(client.get(url("seguimiento_lista")))
    assert client.get(url("seguimiento_importar")).status_code == 200
    assert client.get(url("seguimiento_plantilla")).status_code == 200
    hoja = "Acuerdo,Fecha,Estado en que queda,Nota\nCVOE/001/20,03/11/2020,En proceso,Se pidió\n"
    subida = client.post(
        url("seguimiento_importar"), {"archivo": SimpleUploadedFile("s.csv", hoja.encode())}, follow=True
    )
    assert subida.status_code == 200
    assert "Se pidió" in texto(subida)
