"""Páginas de la minuta y del cierre: para quien lleva la sesión, para un colega y para quien no tiene que ver."""

from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import comision as fabrica
from tests.fabricas import minutas as hechas
from tests.fabricas.personas import persona
from vinculacion.archivo.acciones import agregar_evidencia, evidencias_de
from vinculacion.comision.minutas import acciones
from vinculacion.comision.models import Minuta, Sesion
from vinculacion.comision.sala import acciones as sala
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.nucleo.hojas import importar_archivo

pytestmark = pytest.mark.django_db


def con_papel(papel):
    quien = persona()
    quien.groups.add(Group.objects.get(name=papel))
    return quien


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def url(nombre, *args):
    return reverse(f"comision:{nombre}", args=args)


@pytest.fixture
def cvoe():
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return cvoe


@pytest.fixture
def sesion(cvoe):
    return hechas.desahogada(cvoe)


@pytest.fixture
def secretaria(client):
    quien = con_papel(SECRETARIA)
    client.force_login(quien)
    return quien


def test_de_la_sesion_a_la_minuta_aprobada(client, secretaria, cvoe, sesion):
    pagina = texto(client.get(sesion.get_absolute_url()))
    assert url("minuta_nueva", sesion.pk) in pagina
    assert "Se aprobó por unanimidad." in texto(client.get(url("minuta_nueva", sesion.pk)))
    assert not Minuta.objects.exists()
    respuesta = client.post(url("minuta_nueva", sesion.pk))
    minuta = Minuta.objects.get()
    assert respuesta.url == url("minuta_editar", minuta.pk)
    assert client.get(url("minuta_nueva", sesion.pk)).url == minuta.get_absolute_url()
    datos = {"texto": minuta.texto.replace("un cuadro", "dos cuadros"), "version": minuta.version}
    assert client.post(url("minuta_editar", minuta.pk), datos).status_code == 302
    viejo = client.post(url("minuta_editar", minuta.pk), {**datos, "texto": "Lo mío"})
    assert viejo.status_code == 409
    assert "Lo mío" in texto(viejo)
    assert "dos cuadros" in texto(client.get(minuta.get_absolute_url()))
    siguiente = hechas.desahogada(cvoe, date(2020, 11, 5))
    punto = hechas.aprueba_minuta(siguiente)
    ruta = url("minuta_aprobar", minuta.pk)
    assert f'value="{punto.pk}" selected' in texto(client.get(ruta))
    assert client.post(ruta, {"aprobada_en": ""}).status_code == 422
    presentado = siguiente.puntos.get(numero=3)
    assert client.post(ruta, {"aprobada_en": presentado.pk}).status_code == 422
    assert client.post(ruta, {"aprobada_en": punto.pk}).status_code == 302
    assert "Aprobada en la segunda sesión" in texto(client.get(minuta.get_absolute_url()))
    assert client.get(url("minuta_editar", minuta.pk)).status_code == 403
    assert client.get(url("minuta_redactar", minuta.pk)).status_code == 403
    assert client.post(ruta, {"aprobada_en": punto.pk}).status_code == 422
    assert client.post(url("minuta_retirar", minuta.pk), {"razon": ""}).status_code == 422
    assert client.post(url("minuta_retirar", minuta.pk), {"razon": "Era otro"}).status_code == 302
    assert client.get(url("minuta_editar", minuta.pk)).status_code == 200


def test_volver_a_redactar_ensena_las_diferencias(client, secretaria, sesion):
    minuta = acciones.redactar(sesion=sesion, por=secretaria)
    ruta = url("minuta_redactar", minuta.pk)
    assert "No hay nada que cambiar" in texto(client.get(ruta))
    sala.por_unanimidad(punto=sesion.puntos.get(numero=2), por=secretaria)
    assert "Los registros cambiaron" in texto(client.get(minuta.get_absolute_url()))
    cuerpo = texto(client.get(ruta))
    assert "<del>Se aprobó con dos votos a favor y uno en contra" in cuerpo
    assert "<ins>Se aprobó por unanimidad.</ins>" in cuerpo
    for version in ("", "x", "9" * 40, "0"):
        assert client.post(ruta, {"version": version, "modo": "todo"}).status_code == 409
    assert client.post(ruta, {"version": minuta.version, "modo": "cambios"}).status_code == 302
    assert "uno en contra" not in Minuta.objects.get().texto
    assert "Los registros cambiaron" not in texto(client.get(minuta.get_absolute_url()))


def test_cerrar_dice_todo_y_cerrada_no_se_toca(client, secretaria, cvoe, sesion):
    incompleta = fabrica.sesion(cvoe, date(2020, 12, 1))
    respuesta = client.post(url("sesion_cerrar", incompleta.pk))
    assert respuesta.status_code == 409
    assert "El orden del día está vacío." in texto(respuesta)
    assert "Falta la hora de inicio y término." in texto(respuesta)
    evidencia = agregar_evidencia(registro=sesion, por=secretaria, enlace="https://x.mx/a")
    de_punto = agregar_evidencia(registro=sesion.puntos.first(), por=secretaria, enlace="https://x.mx/b")
    assert "Todavía no tiene minuta" in texto(client.get(url("sesion_cerrar", sesion.pk)))
    assert client.post(url("sesion_cerrar", sesion.pk)).status_code == 302
    assert Sesion.objects.get(pk=sesion.pk).cerrada
    punto = sesion.puntos.first()
    pagina = texto(client.get(sesion.get_absolute_url()))
    assert "Reabrir para corregir" in pagina
    for prohibida in (url("sesion_editar", sesion.pk), url("sesion_estado_editar", sesion.pk),
                      url("punto_editar", punto.pk), url("sesion_evidencia_quitar", sesion.pk, evidencia.pk),
                      url("punto_evidencia_quitar", punto.pk, de_punto.pk)):  # fmt: skip
        assert prohibida not in pagina, prohibida
        assert client.get(prohibida).status_code == 403, prohibida
        client.post(prohibida, {"version": punto.version})
    archivo = SimpleUploadedFile("acta.txt", b"x")
    client.post(url("sesion_evidencia", sesion.pk), {"evidencia-archivo": archivo})
    client.post(url("punto_mover", punto.pk), {"hacia": "abajo"})
    client.post(url("sesion_asistencia", sesion.pk), {})
    client.post(url("sesion_eliminar", sesion.pk))
    assert evidencias_de(sesion).count() == 1
    assert evidencias_de(punto).count() == 1
    assert sesion.puntos.first().titulo == "Orden del día"
    assert client.get(url("asistencia"), {"comision": cvoe.pk, "anio": 2020}).context["cuadricula"].filas
    ruta = url("sesion_reabrir", sesion.pk)
    assert client.post(ruta, {"razon": " "}).status_code == 422
    assert client.post(ruta, {"razon": "El voto estaba mal"}).status_code == 302
    sala.por_unanimidad(punto=sesion.puntos.get(numero=2), por=secretaria)
    pagina = texto(client.get(sesion.get_absolute_url()))
    assert "Correcciones después del cierre" in pagina
    assert "El voto estaba mal" in pagina


def test_las_hojas_no_escriben_en_una_cerrada(secretaria, sesion, tmp_path):
    acciones.cerrar(sesion=sesion, por=secretaria)
    hojas = {
        "puntos": "Sesión,Número,Título\n01SO/2020,2,Otro título\n",
        "asistencia": "Sesión,Capacidad,Asistencia\n01SO/2020,Partido Uno,X\n",
        "acuerdos": "Comisión,Folio,Sesión,Texto\nCVOE,CVOE/001/20,01SO/2020,Otro texto\n",
        "sesiones": "Comisión,Año,Tipo,Número,Fecha programada,Lugar o enlace\nCVOE,2020,Ordinaria,1,01/10/2020,Otro\n",
    }
    for clave, contenido in hojas.items():
        archivo = tmp_path / f"{clave}.csv"
        archivo.write_text(contenido)
        resultado = importar_archivo(clave, archivo, por=secretaria)
        assert any("cerrada" in e.motivo for e in resultado.errores), (clave, resultado.errores)
    assert sesion.puntos.get(numero=2).titulo == "Informe trimestral"
    assert sesion.acuerdos.get().texto == "Se aprueba el informe."


def test_descarga(client, secretaria, sesion):
    minuta = acciones.redactar(sesion=sesion, por=secretaria)
    pdf = client.get(url("minuta_descargar", minuta.pk, "pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert "minuta-01SO-2020-CVOE.pdf" in pdf["Content-Disposition"]
    assert client.get(url("minuta_descargar", minuta.pk, "exe")).status_code == 404


def test_el_colega_lee_y_el_ajeno_no(client, sesion):
    minuta = acciones.redactar(sesion=sesion, por=None)
    leer = (minuta.get_absolute_url(), url("minuta_lista"), url("minuta_descargar", minuta.pk, "pdf"))
    escribir = (url("minuta_nueva", sesion.pk), url("minuta_editar", minuta.pk), url("minuta_redactar", minuta.pk),
                url("minuta_aprobar", minuta.pk), url("minuta_retirar", minuta.pk), url("sesion_cerrar", sesion.pk),
                url("sesion_reabrir", sesion.pk))  # fmt: skip
    client.force_login(con_papel(CONSEJERIA))
    assert {client.get(ruta).status_code for ruta in leer} == {200}
    assert {client.get(ruta).status_code for ruta in escribir} == {403}
    assert {client.post(ruta).status_code for ruta in escribir} == {403}
    assert "Volver a redactar" not in texto(client.get(minuta.get_absolute_url()))
    client.force_login(con_papel(AREA))
    assert {client.get(ruta).status_code for ruta in (*leer, *escribir)} == {403}


def test_mismas_consultas_con_1_y_con_30(client, secretaria, cvoe):
    def cuenta():
        with CaptureQueriesContext(connection) as hechas_:
            assert client.get(url("minuta_lista")).status_code == 200
        return len(hechas_)

    def minuta(numero):
        sesion = fabrica.sesion(cvoe, date(2020, 1 + numero % 12, 5), numero=numero)
        acciones.redactar(sesion=sesion, por=None)

    minuta(1)
    una = cuenta()
    for numero in range(2, 31):
        minuta(numero)
    assert cuenta() == una


def test_la_hoja_de_minutas_va_y_viene(client, secretaria, cvoe, sesion, tmp_path):
    siguiente = hechas.desahogada(cvoe, date(2020, 11, 5))
    punto = hechas.aprueba_minuta(siguiente)
    acciones.aprobar(minuta=acciones.redactar(sesion=sesion, por=secretaria), punto=punto, por=secretaria)
    exportada = client.get(url("minuta_lista"), {"_export": "csv"}).content
    archivo = tmp_path / "minutas.csv"
    archivo.write_bytes(exportada)
    resultado = importar_archivo("minutas", archivo, por=secretaria)
    assert (resultado.errores, resultado.iguales) == ([], 1)
    Minuta.objects.all().delete()
    resultado = importar_archivo("minutas", archivo, por=secretaria)
    assert resultado.errores == []
    assert (Minuta.objects.get().estado, Minuta.objects.get().aprobada_en) == ("aprobada", punto)
    archivo.write_text("Sesión,Texto\n01SO/2020,Otro\n")
    assert "ya se aprobó" in str(importar_archivo("minutas", archivo, por=secretaria).errores)
    archivo.write_text(f"Sesión,Texto,Estado\n{siguiente.clave},Texto,Aprobada\n")
    assert importar_archivo("minutas", archivo, por=secretaria).errores
