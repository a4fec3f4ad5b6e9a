"""La página que revisa un texto escrito en otra parte."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from informes.models import Aceptacion
from informes.verificador import archivos
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db
MAL = "Durante el cuarto trimestre de 2020, la sesión se celebró el martes 26 de octubre de 2020."


@pytest.fixture
def url():
    return reverse("informes:verificar_texto")


@pytest.fixture
def lee(client):
    client.force_login(persona("informes.view_informe"))
    return client


def subido(contenido: bytes, nombre: str = "informe.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, contenido)


def test_ajeno_no_entra(client, url):
    client.force_login(persona())
    assert client.get(url).status_code == 403
    assert client.post(url, {"texto": MAL}).status_code == 403


def test_esta_en_el_menu(lee, url):
    assert f'href="{url}"' in lee.get(reverse("inicio")).content.decode()


@pytest.mark.parametrize("datos", [{"texto": MAL}, {"archivo": "si"}])
def test_dice_lo_hallado_con_su_frase_y_no_guarda_nada(lee, url, datos):
    datos = {"archivo": subido(MAL.encode())} if "archivo" in datos else datos
    respuesta = lee.post(url, datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert "fue lunes" in html
    assert "octubre a diciembre de 2020" in html
    assert not Aceptacion.objects.exists()


def test_el_periodo_que_se_pide_manda(lee, url):
    html = lee.post(url, {"texto": MAL, "inicio": "2021-01-01", "fin": "2021-03-31"}).content.decode()
    assert "enero a marzo de 2021" in html


def descarga(lee, url, formato: str):
    resultado = lee.post(url, {"texto": f"{MAL}\n\n=1+1\x01 el 30 de febrero."}).context["resultado"]
    return lee.post(url, {"hallazgos": resultado["firmado"], "formato": formato})


def test_se_descarga_en_json_y_en_excel(lee, url):
    datos = json.loads(descarga(lee, url, "json").content)
    assert {d["regla"] for d in datos} == {"fecha.dia_semana", "fecha.imposible"}
    hoja = load_workbook(io.BytesIO(descarga(lee, url, "xlsx").content)).active
    assert [c.value for c in hoja[1]][:2] == ["Gravedad", "Regla"]
    assert hoja.max_row == 3
    assert not any(str(c.value).startswith("=") for fila in hoja.iter_rows() for c in fila)


def test_una_descarga_alterada_no_sale(lee, url):
    respuesta = lee.post(url, {"hallazgos": "otra:cosa", "formato": "json"})
    assert respuesta.status_code == 409
    assert "caducó" in respuesta.content.decode()


@pytest.mark.parametrize(
    ("datos", "dicho"),
    [
        ({}, "Suba un archivo o pegue el texto."),
        ({"texto": "  \n "}, "Suba un archivo o pegue el texto."),
        ({"texto": MAL, "archivo": subido(b"otro")}, "no los dos"),
        ({"texto": MAL, "inicio": "2020-10-01"}, "Diga las dos fechas o ninguna."),
        ({"texto": MAL, "inicio": "2020-10-01", "fin": "2020-01-01"}, "Termina antes de empezar."),
        ({"texto": MAL, "inicio": "30 de febrero", "fin": "2020-12-31"}, "Esa fecha no existe"),
        ({"archivo": subido(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "informe.pdf")}, "No es un PDF"),
        ({"archivo": subido(b"%PDF-1.4 roto", "informe.pdf")}, "dañado"),
    ],
)
def test_lo_que_no_vale_se_dice_junto_a_su_campo(lee, url, datos, dicho):
    respuesta = lee.post(url, datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert dicho in html
    if "texto" in datos:
        assert datos["texto"].strip() in html


def test_el_que_pesa_de_mas(lee, url, monkeypatch, settings):
    monkeypatch.setattr(archivos, "TAMANO_MAXIMO", 10)
    assert "pesa más" in lee.post(url, {"archivo": subido(b"x" * 20)}).content.decode()
    settings.ARCHIVO_TAMANO_MAXIMO = 10
    assert "pesa más" in lee.post(url, {"archivo": subido(b"x" * 2000)}).content.decode()


def test_sin_hallazgos_lo_dice(lee, url):
    assert (
        "no está en este texto"
        in lee.post(url, {"texto": "Se celebró el lunes 26 de octubre de 2020."}).content.decode()
    )
