"""La página de las cifras: quién la ve, que enlaza a lo que cuenta y que no pregunta de más."""

import io
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.fabricas import cifras as fabrica
from tests.fabricas import comision as comisiones
from tests.fabricas.base import con_papel, duena_colega_y_ajena
from vinculacion.comision import acciones
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
URL, XLSX = "/comision/cifras/", "/comision/cifras/xlsx/"
ENLACE = re.compile(r'<td[^>]*><a href="([^"]+)">(\d+)</a>')


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


@pytest.fixture
def secretaria(client):
    quien = con_papel(roles.SECRETARIA)
    client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
    return quien


@pytest.fixture
def anio():
    hecho = fabrica.anio_de_cambios()
    tema = acciones.crear_tema(nombre="Convenios", por=None)
    for sesion in hecho.de_a + hecho.de_b:
        punto = acciones.agregar_punto(
            sesion=sesion, titulo="Orden del día", solicitud="aprobacion", resolucion="aprobado", por=None
        )
        acciones.agregar_punto(sesion=sesion, titulo="Informe", tema=tema, por=None)
        acciones.agregar_punto(sesion=sesion, titulo="Proyecto", tema=tema, solicitud="aprobacion", por=None)
        acciones.tomar_acuerdo(sesion=sesion, punto=punto, texto="Se aprueba.", estado="cumplido", por=None)
        acciones.tomar_acuerdo(
            sesion=sesion, texto="Se pide.", area_responsable=hecho.utaj, fecha_limite=date(2022, 12, 1), por=None
        )
    return hecho


def test_la_secretaria_y_una_consejeria_la_ven_y_un_area_no(client, anio):
    for papel in (roles.SECRETARIA, roles.CONSEJERIA, roles.DIRECCION):
        client.force_login(con_papel(papel), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(URL).status_code == client.get(XLSX).status_code == 200
    gente = duena_colega_y_ajena()
    for quien in (gente.duena, gente.colega, gente.ajena):
        client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(URL).status_code == client.get(XLSX).status_code == 403


def test_propone_la_comision_vigente_y_su_ultimo_anio(client, secretaria, anio):
    cuerpo = texto(client.get(URL))
    assert "Comisión COVIN (COVIN), enero a diciembre de 2022" in cuerpo
    assert reverse("comision:asistencia") + f"?comision={anio.b.pk}&anio=2022" in cuerpo


@pytest.mark.parametrize("filtros", ["?comision={a}&anio=2022", "?comision=todas&anio=", "?comision={a}&tramite=sin"])
def test_cada_numero_lleva_a_lo_que_cuenta(client, secretaria, anio, filtros):
    comisiones.sesion(anio.a, date(2021, 5, 2), tipo="extraordinaria")
    comisiones.sesion(anio.b, date(2022, 11, 10), celebrada=False)
    hallados = ENLACE.findall(texto(client.get(URL + filtros.format(a=anio.a.pk))))
    assert len(hallados) > 12
    for destino, numero in set(hallados):
        respuesta = client.get(destino)
        assert respuesta.status_code == 200
        assert respuesta.context["total"] == int(numero), destino


def test_un_rango_de_fechas_manda_sobre_el_anio(client, secretaria, anio):
    datos = {"comision": anio.a.pk, "anio": "", "desde": "2022-04-01", "hasta": "2022-05-31"}
    cuerpo = texto(client.get(URL, datos))
    assert "abril a mayo de 2022" in cuerpo
    balance = client.get(URL, datos).context["balance"]
    assert [(c.etiqueta, c.valor) for c in balance][:2] == [("Sesiones celebradas", 1), ("Puntos tratados", 3)]


@pytest.mark.parametrize(
    ("datos", "frase"),
    [
        ({"desde": "2022-05-01", "hasta": "2022-04-01"}, "Es anterior a la fecha inicial."),
        ({"desde": "31/02/2022"}, "fecha"),
        ({"comision": "999999"}, "Elija uno de los que se ofrecen."),
        ({"anio": "1850"}, "Elija uno de los que se ofrecen."),
        ({"comision": "\x00"}, ""),
    ],
)
def test_lo_mal_escrito_se_dice_junto_al_campo(client, secretaria, anio, datos, frase):
    for direccion in (URL, XLSX):
        respuesta = client.get(direccion, datos)
        assert respuesta.status_code == 422
        assert frase in texto(respuesta)
        assert "aria-describedby" in texto(respuesta)


@pytest.mark.parametrize("datos", [{"desde": "2022-06-01"}, {"hasta": "2022-06-30"}, {"desde": "2099-01-01"}, {}])
def test_con_una_sola_fecha_tambien_contesta(client, secretaria, anio, datos):
    assert client.get(URL, datos | {"comision": anio.a.pk}).status_code == 200


def test_sin_nada_lo_dice(client, secretaria):
    assert "No hay sesiones celebradas que contar" in texto(client.get(URL))
    comisiones.comision()
    assert "No hay sesiones celebradas que contar" in texto(client.get(URL))


def test_el_libro_trae_las_tablas_de_la_pagina(client, secretaria, anio):
    respuesta = client.get(XLSX, {"comision": anio.a.pk, "anio": "2022"})
    assert respuesta["Content-Disposition"] == 'attachment; filename="cifras-cvoe-20220101-20221231.xlsx"'
    libro = load_workbook(io.BytesIO(respuesta.content))
    assert any("capacidad" in nombre.lower() for nombre in libro.sheetnames)
    puntos = next(h for h in libro if h.title.startswith("Puntos por tema"))
    assert [c.value for c in puntos[2]] == ["Convenios", 6]


def test_las_mismas_consultas_con_una_sesion_que_con_treinta(client, secretaria, anio):
    def consultas():
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(URL, {"comision": anio.a.pk, "anio": "2022"}).status_code == 200
        return len(hechas)

    consultas()
    antes = consultas()
    for dia in range(1, 29):
        sesion = comisiones.sesion(anio.a, date(2022, 5, dia), tipo="extraordinaria")
        punto = acciones.agregar_punto(
            sesion=sesion, titulo="Punto", tema=acciones.crear_tema(nombre=f"Tema {dia}", por=None), por=None
        )
        acciones.tomar_acuerdo(sesion=sesion, punto=punto, texto="Se pide.", por=None)
        fabrica.capacidad(anio.a, "invitada", f"Invitada {dia}", date(2022, 1, 1))
    assert consultas() == antes
