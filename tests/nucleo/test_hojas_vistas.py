"""La página de importar: subir, ver qué cambiaría, confirmar."""

import io
import os
import re
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from vinculacion.directorio.models import Area
from vinculacion.nucleo.hojas import vistas

pytestmark = pytest.mark.django_db


def persona(nombre, *permisos):
    usuario = get_user_model().objects.create_user(nombre, f"{nombre}@ejemplo.example", "x")
    usuario.user_permissions.set(Permission.objects.filter(codename__in=permisos))
    return usuario


@pytest.fixture(autouse=True)
def carpeta_propia(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def capturista(client):
    usuario = persona("captura", "view_area", "add_area", "change_area")
    client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
    return usuario


@pytest.fixture
def url():
    return reverse("directorio:area_importar")


def subir(client, url, texto, nombre="areas.csv"):
    contenido = texto if isinstance(texto, bytes) else texto.encode()
    return client.post(url, {"archivo": SimpleUploadedFile(nombre, contenido)})


def ficha_de(respuesta):
    return re.search(r"ficha=([^&]+)", respuesta["Location"])[1]


@pytest.mark.parametrize("permisos", [(), ("add_area",), ("change_area",), ("add_area", "change_area")])
def test_se_ofrece_importar_a_quien_puede(client, url, permisos):
    client.force_login(persona("alguien", "view_area", *permisos), backend="django.contrib.auth.backends.ModelBackend")
    puede = client.get(url).status_code == 200
    assert puede == (len(permisos) == 2)
    for lista in (reverse("directorio:area_lista"), reverse("directorio:area_lista") + "?q=nada"):
        assert (url in client.get(lista).content.decode()) == puede


def test_de_la_hoja_al_registro(client, capturista, url):
    area = Area.objects.create(nombre="Vieja", siglas="V", clase="oficina")
    pagina = client.get(url)
    assert "Columnas de la hoja" in pagina.content.decode() and "identifica" in pagina.content.decode()
    respuesta = subir(client, url, "Nombre,Siglas,Clase\nVieja,VV,Oficina\nNueva,N,Oficina\n")
    assert respuesta.status_code == 302
    assert Area.objects.count() == 1
    ensayo = client.get(respuesta["Location"])
    texto = ensayo.content.decode()
    assert "Confirmar e importar" in texto and "<del>" in texto and "Nueva" in texto
    assert Area.objects.count() == 1 and area.history.count() == 1
    ficha = ficha_de(respuesta)
    hecho = client.post(url, {"ficha": ficha}, follow=True)
    assert "Nuevos: 1; con cambios: 1; iguales: 0" in hecho.content.decode()
    area.refresh_from_db()
    assert area.siglas == "VV"
    marca = area.history.first()
    assert (marca.history_user, marca.history_change_reason) == (capturista, "Importación de areas.csv")
    assert list(vistas.carpeta().iterdir()) == []
    # Volver a confirmar (doble clic, atrás) no repite nada.
    assert "ya se confirmó" in client.post(url, {"ficha": ficha}, follow=True).content.decode()
    assert Area.objects.count() == 2 and area.history.count() == 2


def test_con_errores_no_hay_boton_y_se_descargan(client, capturista, url):
    respuesta = subir(client, url, "Nombre,Clase\nA,Ofisina\nB,Oficina\n")
    ensayo = client.get(respuesta["Location"])
    texto = ensayo.content.decode()
    assert "Confirmar e importar" not in texto and "Ofisina" in texto and "no se guardó nada" in texto
    lista = client.get(respuesta["Location"] + "&errores=1")
    hoja = load_workbook(io.BytesIO(lista.content)).active
    assert [c.value for c in hoja[2]][:3] == [2, "Clase", "Ofisina"]
    # Forzar la confirmación tampoco guarda, y la hoja sigue ahí.
    forzada = client.post(url, {"ficha": ficha_de(respuesta)})
    assert forzada.status_code == 422 and not Area.objects.exists()
    assert client.get(respuesta["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (b"", "vacío"),
        (b"MZ\x90\x00\x03", "programa"),
        (b"%PDF-1.4", "PDF"),
        (b"Nombre,Clace\nA,B", "¿Quiso decir «Clase»?"),
        (b"Nombre,Clase\n<script>,x", None),
    ],
)
def test_lo_que_no_sirve_se_dice_junto_al_campo(client, capturista, url, contenido, frase):
    respuesta = subir(client, url, contenido)
    if frase is None:
        assert "<script>," not in client.get(respuesta["Location"]).content.decode()
        return
    assert respuesta.status_code == 422
    assert frase in respuesta.content.decode()
    assert list(vistas.carpeta().iterdir()) == []


def test_sin_archivo(client, capturista, url):
    assert "Elija un archivo" in client.post(url, {}).content.decode()


def test_la_ficha_es_de_quien_la_subio(client, capturista, url):
    respuesta = subir(client, url, "Nombre,Clase\nA,Oficina\n")
    otra = persona("otra", "view_area", "add_area", "change_area")
    client.force_login(otra, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(respuesta["Location"]).status_code == 302
    client.post(url, {"ficha": ficha_de(respuesta)})
    client.post(url, {"ficha": "inventada"})
    assert not Area.objects.exists()


@pytest.mark.parametrize("permisos", [(), ("view_area",), ("view_area", "add_area"), ("view_area", "change_area")])
def test_hacen_falta_los_dos_permisos(client, url, permisos):
    client.force_login(persona("alguien", *permisos), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 403
    assert client.get(reverse("directorio:area_plantilla")).status_code == 403


def test_plantillas(client, capturista):
    direccion = reverse("directorio:area_plantilla")
    assert load_workbook(io.BytesIO(client.get(direccion).content)).sheetnames[0] == "Datos"
    assert client.get(direccion + "?formato=csv").content.decode("utf-8-sig").startswith("Nombre,Siglas")


def test_lo_abandonado_se_borra(client, capturista, url):
    subir(client, url, "Nombre,Clase\nA,Oficina\n")
    (vieja,) = vistas.carpeta().iterdir()
    hace_dos_dias = time.time() - 2 * 24 * 3600
    os.utime(vieja, (hace_dos_dias, hace_dos_dias))
    subir(client, url, "Nombre,Clase\nB,Oficina\n")
    assert not vieja.exists() and len(list(vistas.carpeta().iterdir())) == 1
