"""Descarga de evidencia y series."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.fabricas.directorio import organismo
from tests.fabricas.personas import de_todo, persona
from vinculacion.archivo.almacen import AlmacenDeEvidencia
from vinculacion.archivo.folios import siguiente_folio
from vinculacion.archivo.models import Serie

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def evidencia(settings, tmp_path):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path
    return AlmacenDeEvidencia().agregar(
        objeto=organismo(), datos={"archivo": SimpleUploadedFile("Oficio ñ.pdf", PDF)}, por=persona()
    )


def test_descarga_quien_puede_ver_el_registro(client, evidencia):
    client.force_login(persona("directorio.view_organismo"))
    respuesta = client.get(evidencia.get_absolute_url())
    assert respuesta.status_code == 200
    assert respuesta.getvalue() == PDF
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["X-Content-Type-Options"] == "nosniff"


def test_para_los_demas_no_existe(client, evidencia):
    assert client.get(evidencia.get_absolute_url()).status_code == 302
    client.force_login(persona("directorio.view_area"))
    assert client.get(evidencia.get_absolute_url()).status_code == 404


def test_una_serie_con_numeros_no_se_elimina(client):
    client.force_login(de_todo("archivo.serie"))
    serie = Serie.objects.create(clave="prueba", nombre="De prueba", patron="P/{numero:03}/{anio}")
    siguiente_folio(serie, 2020)
    assert client.post(f"/archivo/series/{serie.pk}/eliminar/").status_code == 409
    assert Serie.objects.exists()
    respuesta = client.get(f"/archivo/series/{serie.pk}/")
    assert "2020" in respuesta.content.decode()
    assert client.post("/archivo/series/nueva/", {"clave": "x", "nombre": "X", "patron": "malo"}).status_code == 422
