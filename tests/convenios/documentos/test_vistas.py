"""Las páginas de documentos: quien captura, una colega de su área, un área ajena."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.documentos.resources import DocumentoRecurso
from convenios.models import DocumentoDeConvenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio, documentos
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db
NUEVO = "convenios:documento_nuevo"


@pytest.fixture
def entra(client):
    def _entra(papel, **datos):
        usuario = persona(**datos)
        usuario.groups.add(Group.objects.get(name=papel))
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def captura(convenio, **mas):
    base = {"convenio": convenio.pk, "clase": "proyecto", "titulo": "Proyecto", "fecha": "2026-01-15"}
    return {**base, "enlace": "https://www.iecm.example/p.pdf", **mas}


def test_subir_un_archivo_y_luego_su_nueva_version(entra):
    client, convenio = entra(roles.CAPTURA), fabrica.convenio()
    datos = {**captura(convenio), "enlace": "", "archivo": documentos.pdf()}
    respuesta = client.post(reverse(NUEVO), datos)
    assert respuesta.status_code == 302 and respuesta["Location"].endswith("#documentos")
    primera = DocumentoDeConvenio.objects.get()
    pagina = client.get(f"{reverse(NUEVO)}?version_de={primera.pk}")
    assert pagina.context["formulario"].fields["titulo"].disabled
    otra = {"fecha": "2026-02-01", "enlace": "https://www.iecm.example/p2.pdf", "titulo": "Se ignora"}
    client.post(f"{reverse(NUEVO)}?version_de={primera.pk}", otra)
    assert list(convenio.documentos.values_list("titulo", "numero")) == [("Proyecto", 2), ("Proyecto", 1)]
    texto = client.get(convenio.get_absolute_url()).content.decode()
    assert "1 versión anterior" in texto and "Nueva versión" in texto
    detalle = client.get(primera.get_absolute_url()).content.decode()
    assert primera.evidencias.get().sha256 in detalle and "Todas sus versiones" in detalle


def test_los_errores_van_a_su_campo(entra):
    client, convenio = entra(roles.CAPTURA), fabrica.convenio()
    casos = {
        "fecha": {"fecha": "31/02/2026"},
        "archivo": {"enlace": ""},
        "enlace": {"enlace": "esto no es\x00"},
        "titulo": {"titulo": "T" * 201},
        "clase": {"clase": "firmado"},
        "convenio": {"convenio": "9" * 30},
    }
    for campo, mal in casos.items():
        respuesta = client.post(reverse(NUEVO), captura(convenio) | mal)
        assert respuesta.status_code == 422 and campo in respuesta.context["formulario"].errors, campo
    for basura in ("x", "9" * 40, "999999"):
        assert client.get(reverse(NUEVO), {"version_de": basura}).status_code == 404
    assert not DocumentoDeConvenio.objects.exists()


def test_una_version_con_fecha_anterior_se_pregunta(entra):
    client, convenio = entra(roles.CAPTURA), fabrica.convenio()
    documentos.version(convenio, titulo="Proyecto", fecha=date(2026, 2, 1))
    respuesta = client.post(reverse(NUEVO), captura(convenio))
    assert respuesta.status_code == 422 and "posterior a la fecha de ésta" in respuesta.content.decode()
    assert client.post(reverse(NUEVO), captura(convenio, confirmo_advertencias="1")).status_code == 302


def test_el_area_agrega_a_lo_suyo_y_no_ve_lo_ajeno(entra):
    area = directorio.area()
    suyo, ajeno = fabrica.convenio(areas=[area]), fabrica.convenio()
    documento = documentos.version(ajeno)
    client = entra(roles.AREA, area=area)
    assert client.post(reverse(NUEVO), captura(suyo)).status_code == 302
    assert client.post(reverse(NUEVO), captura(ajeno)).status_code == 422
    for vista in ("detalle", "editar", "eliminar"):
        estado = client.get(reverse(f"convenios:documento_{vista}", args=[documento.pk])).status_code
        assert estado == (404 if vista == "detalle" else 403)
    assert client.get(f"{reverse(NUEVO)}?version_de={documento.pk}").status_code == 404
    lista = client.get(reverse("convenios:documento_lista")).content.decode()
    assert suyo.folio in lista and ajeno.folio not in lista
    propio = suyo.documentos.get()
    assert client.get(propio.get_absolute_url()).status_code == 200
    assert client.get(reverse("convenios:documento_editar", args=[propio.pk])).status_code == 403


def test_eliminar_solo_la_ultima(entra):
    client, convenio = entra(roles.CAPTURA), fabrica.convenio()
    primera, _ = documentos.version(convenio), documentos.version(convenio)
    url = reverse("convenios:documento_eliminar", args=[primera.pk])
    assert "última versión" in client.get(url).content.decode()
    assert client.post(url).status_code == 409 and convenio.documentos.count() == 2


def test_editar_con_la_version_vieja_de_la_pagina_es_un_choque(entra):
    client, documento = entra(roles.CAPTURA), documentos.version(fabrica.convenio())
    url = reverse("convenios:documento_editar", args=[documento.pk])
    assert client.post(url, {"fecha": "2026-01-16", "nota": "", "version": "0"}).status_code == 409
    bien = {"fecha": "2026-01-16", "nota": "Ya revisado", "version": documento.version}
    assert client.post(url, bien).status_code == 302


def test_las_mismas_consultas_con_uno_y_con_treinta(entra):
    client = entra(roles.CAPTURA)
    convenio = fabrica.convenio()
    documentos.version(convenio)

    def cuantas(url):
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(url).status_code == 200
        return len(hechas)

    urls = (reverse("convenios:documento_lista"), convenio.get_absolute_url())
    [cuantas(u) for u in urls]
    antes = [cuantas(u) for u in urls]
    for n in range(29):
        documentos.version(convenio, titulo=f"Documento {n % 7}")
    assert [cuantas(u) for u in urls] == antes


def test_la_hoja_va_y_vuelve_y_pide_enlace_en_lo_nuevo(tmp_path):
    convenio = fabrica.convenio(folio="C-1")
    documentos.version(convenio)
    documentos.version(convenio, archivo=documentos.pdf())
    archivo = tmp_path / "documentos.xlsx"
    archivo.write_bytes(hojas.exportar(DocumentoRecurso, DocumentoDeConvenio.objects.all(), "xlsx"))
    resultado = hojas.importar_archivo("documentos_de_convenio", archivo)
    assert (resultado.iguales, resultado.errores) == (2, [])
    encabezado = "Convenio,Clase,Documento,Versión del documento,Fecha del documento,Qué cambió,Enlace\n"
    nuevo = tmp_path / "nuevo.csv"
    nuevo.write_text(f"{encabezado}C-1,Proyecto,Histórico,3,05/01/2020,,https://www.iecm.example/h.pdf\n")
    assert hojas.importar_archivo("documentos_de_convenio", nuevo).nuevos == 1
    assert convenio.documentos.get(titulo="Histórico").numero == 3
    nuevo.write_text(f"{encabezado}C-1,Proyecto,Sin nada,1,05/01/2020,,\n")
    assert "Falta el enlace" in hojas.importar_archivo("documentos_de_convenio", nuevo).errores[0].motivo
