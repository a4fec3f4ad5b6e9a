"""La página de las cifras: quién la ve, que enlaza a lo que cuenta y que no pregunta de más."""

import io
import re
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.base import con_papel, duena_colega_y_ajena
from tests.fabricas.cifras_de_convenios import poblar
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
URL, XLSX = "/convenios/cifras/", "/convenios/cifras/xlsx/"
REGISTROS, ESTANCIAS = f"{URL}registros/", f"{URL}estancias/"
ENLACE = re.compile(r'<a href="(/convenios/cifras/[^"]+)">(\d+)</a>')


def entra(client, quien):
    client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
    return quien


@pytest.fixture
def captura(client):
    cache.clear()
    return entra(client, con_papel(roles.CAPTURA))


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def valores(client, **datos):
    return {c.etiqueta: c.valor for c in client.get(URL, datos).context["balance"]}


def test_la_ven_todos_los_papeles_y_cada_quien_cuenta_lo_que_puede_ver(client):
    gente = duena_colega_y_ajena()
    fabrica.convenio(areas=[gente.duena.area], fecha_firma=date(2021, 5, 1))
    fabrica.convenio(areas=[directorio.area()], fecha_firma=date(2021, 6, 1))
    for papel in (roles.CAPTURA, roles.DIRECCION, roles.SECRETARIA, roles.CONSEJERIA):
        entra(client, con_papel(papel))
        assert valores(client)["Suscritos"] == 2
        assert client.get(XLSX).status_code == 200
    for quien, cuantos in ((gente.duena, 1), (gente.colega, 1)):
        entra(client, quien)
        assert valores(client)["Suscritos"] == cuantos
        assert client.get(REGISTROS).context["total"] == cuantos
    entra(client, gente.ajena)
    assert "No hay convenios que contar" in texto(client.get(URL))
    assert client.get(REGISTROS).context["total"] == client.get(ESTANCIAS).context["total"] == 0


def test_las_estancias_de_otra_area_no_se_ven(client):
    gente = duena_colega_y_ajena()
    fabrica.convenio(areas=[gente.duena.area], fecha=date(2021, 5, 1))
    for quien, cuantas in ((gente.duena, 1), (gente.ajena, 0)):
        entra(client, quien)
        assert client.get(ESTANCIAS).context["total"] == cuantas


def test_los_numeros_de_la_pagina_llevan_a_listas_con_esa_cuenta(client, captura):
    poblar(40, 11)
    hallados = sorted(ENLACE.findall(texto(client.get(URL, {"desde": "2015-06-01", "hasta": "2021-08-31"}))))
    assert len(hallados) > 15
    for destino, numero in hallados[::6]:  # todos, sin pasar por la página, en test_cuadros
        respuesta = client.get(destino)
        assert (respuesta.status_code, respuesta.context["total"]) == (200, int(numero)), destino


def test_sin_pedir_nada_cuenta_desde_el_primero(client, captura):
    fabrica.convenio(fecha_firma=date(1999, 7, 1))
    cuerpo = texto(client.get(URL))
    assert "Desde 1999" in cuerpo and "Suscritos: enero de 1999 a diciembre de" in cuerpo
    assert valores(client) | {} == {"Suscritos": 1, "De la unidad": 1, "En vigor": 1, "En trámite": 0}
    assert "No hay convenios que contar" in texto(client.get(URL, {"desde": "2005-01-01", "al": "1998-01-01"}))


def test_en_vigor_el_dia_que_se_pida(client, captura):
    fabrica.convenio(fecha_firma=date(2019, 7, 1), vigencia="fecha", vigencia_hasta=date(2020, 6, 30))
    for dia, cuantos in (("2019-06-30", 0), ("2019-07-01", 1), ("2020-06-30", 1), ("2020-07-01", 0)):
        assert valores(client, al=dia)["En vigor"] == cuantos


@pytest.mark.parametrize(
    ("datos", "frase"),
    [
        ({"desde": "2022-05-01", "hasta": "2022-04-01"}, "Es anterior a la fecha inicial."),
        ({"desde": "31/02/2022"}, "fecha"),
        ({"desde": "0001-01-01"}, "Escriba un año entre 1900 y 2199."),
        ({"al": "9999-12-31"}, "Escriba un año entre 1900 y 2199."),
        ({"area": "999999"}, "Elija uno de los que se ofrecen."),
        ({"tipo": "9" * 40}, "Elija uno de los que se ofrecen."),
        ({"anio": "1850"}, "Elija uno de los que se ofrecen."),
        ({"ambito": "\x00"}, ""),
    ],
)
def test_lo_mal_escrito_se_dice_junto_al_campo(client, captura, datos, frase):
    for direccion in (URL, XLSX):
        respuesta = client.get(direccion, datos)
        assert respuesta.status_code == 422
        assert frase in texto(respuesta)
        assert "aria-describedby" in texto(respuesta)


@pytest.mark.parametrize(
    "datos",
    [
        {"desde": "2022-06-01", "hasta": "2021-06-01"},
        {"area": "9" * 40, "con_area": "x", "tipo": "\x00"},
        {"pais": "ZZ", "clase": "nada", "en_vigor_al": "ayer", "tramitados": "quizá"},
        {"desde": "9999-12-31"},
        {"hasta": "0001-01-01"},
        {"etapa": "suscrito", "terminada": "9"},
    ],
)
def test_un_enlace_estropeado_no_tira_la_pagina(client, captura, datos):
    poblar(5, 1)
    for direccion in (REGISTROS, ESTANCIAS):
        for formato in ("", "csv"):
            assert client.get(direccion, datos | {"_export": formato}).status_code == 200


def test_el_libro_trae_las_tablas_de_la_pagina(client, captura):
    fabrica.convenio(fecha_firma=date(2021, 5, 1))
    respuesta = client.get(XLSX, {"anio": "2021"})
    libro = load_workbook(io.BytesIO(respuesta.content))
    hoja = next(h for h in libro if h.title.startswith("Suscritos por año"))
    assert [c.value for c in hoja[2]][:5] == ["2021", 1, 0, 1, 1]
    assert "2021-01-01" in respuesta["Content-Disposition"]


def test_las_estancias_dicen_sus_dias(client, captura):
    convenio = fabrica.convenio(fecha=date(2021, 5, 1))
    convenio.cambios.create(etapa="validacion", fecha=date(2021, 5, 11))
    cuerpo = client.get(ESTANCIAS, {"etapa": "negociacion", "_export": "csv"}).content.decode("utf-8-sig")
    assert cuerpo.splitlines()[1].endswith("Negociación,2021-05-01,2021-05-11,10")
    assert "Sigue" in texto(client.get(ESTANCIAS, {"terminada": "false"}))


@pytest.mark.parametrize("direccion", [URL, XLSX, REGISTROS, ESTANCIAS])
def test_las_mismas_consultas_con_pocos_que_con_muchos(client, captura, direccion):
    def consultas():
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(direccion).status_code == 200
        return len(hechas)

    poblar(20, 2)
    consultas()
    antes = consultas()
    poblar(60, 3)
    assert consultas() == antes
    assert antes < 60
