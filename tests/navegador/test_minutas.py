"""De la minuta al cierre y el seguimiento de un acuerdo, en un navegador."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from tests.fabricas import comision as fabrica
from tests.fabricas import minutas as hechas
from tests.fabricas.personas import persona
from tests.navegador.revision import desborda, enviar, faltas, vigilar
from vinculacion.comision import acciones
from vinculacion.comision.models import Minuta, SeguimientoDeAcuerdo
from vinculacion.comision.sala import acciones as sala
from vinculacion.cuentas.roles import AREA, SECRETARIA
from vinculacion.directorio.models import Area

pytestmark = pytest.mark.django_db(transaction=True)


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


@pytest.fixture
def sesion(db):
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return hechas.desahogada(cvoe)


def revisa(page):
    for ancho in (1280, 820, 390):
        page.set_viewport_size({"width": ancho, "height": 900})
        assert desborda(page) in ("", None, [])
    assert faltas(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_redactar_corregir_comparar_y_cerrar(page, entrar, sesion):
    quejas = vigilar(page)
    entrar(con_papel(SECRETARIA), sesion.get_absolute_url())
    page.get_by_role("link", name="Redactar la minuta").click()
    expect(page.get_by_text("Se aprobó con dos votos a favor y uno en contra")).to_be_visible()
    revisa(page)
    enviar(page, page.get_by_role("button", name="Guardar como borrador y editar"))
    revisa(page)
    texto = page.get_by_label("Texto")
    texto.fill(texto.input_value().replace("Se pidió agregar un cuadro.", "La Presidencia pidió un cuadro más."))
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("La Presidencia pidió un cuadro más.")).to_be_visible()
    sala.por_unanimidad(punto=sesion.puntos.get(numero=2), por=None)
    page.reload()
    expect(page.get_by_role("heading", name="Los registros cambiaron")).to_be_visible()
    revisa(page)
    enviar(page, page.get_by_role("link", name="Comparar y volver a redactar"))
    revisa(page)
    page.get_by_role("button", name="Poner sólo lo que cambió").click()
    expect(page.get_by_text("La Presidencia pidió un cuadro más.")).to_be_visible()
    assert "uno en contra" not in Minuta.objects.get().texto
    page.get_by_role("link", name="Ver la sesión").click()
    enviar(page, page.get_by_role("link", name="Cerrar la sesión"))
    revisa(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    expect(page.get_by_text("La sesión está cerrada: es de sólo lectura.")).to_be_visible()
    revisa(page)
    page.get_by_role("link", name="Reabrir para corregir").click()
    page.get_by_label("Razón").fill("Falta un voto")
    page.get_by_role("button", name="Reabrir para corregir").click()
    expect(page.get_by_text("Se reabrió para corregir: Falta un voto").first).to_be_visible()
    assert quejas == []


def test_el_area_informa_con_su_evidencia(page, entrar, sesion):
    quejas = vigilar(page)
    area = Area.objects.create(nombre="Unidad Propia", siglas="UP", clase="unidad")
    acuerdo = acciones.tomar_acuerdo(sesion=sesion, texto="Se pide el padrón.", area_responsable=area, por=None)
    entrar(con_papel(AREA, area=area), acuerdo.get_absolute_url())
    enviar(page, page.get_by_role("link", name="Dar seguimiento").first)
    revisa(page)
    page.get_by_label("Nota").fill("Se entregó el padrón.")
    page.get_by_label("Archivos").set_input_files(
        [
            {"name": f"oficio{n}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%" + bytes([65 + n]) * 40}
            for n in (1, 2)
        ]
    )
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("link", name="oficio2.pdf")).to_be_visible()
    revisa(page)
    assert SeguimientoDeAcuerdo.objects.get().evidencias.count() == 2
    entrar(
        con_papel(SECRETARIA),
        f"/comision/sesiones/{hechas.desahogada(sesion.comision, fecha=sesion.fecha.replace(month=11)).pk}/seguimiento/",
    )
    expect(page.get_by_text(acuerdo.folio)).to_be_visible()
    revisa(page)
    assert quejas == []
