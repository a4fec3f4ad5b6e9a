"""Una sesión entera en una tableta: iniciar, pasar lista, votar, acordar y terminar; con el dedo y sin él."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from tests.fabricas import sala as fabrica_sala
from tests.fabricas.personas import persona
from tests.navegador.revision import desborda, enviar, faltas, vigilar
from vinculacion.comision.models import Acuerdo, Asistencia, Punto, Sesion, Voto
from vinculacion.comision.sala import acciones
from vinculacion.cuentas.roles import SECRETARIA

pytestmark = pytest.mark.django_db(transaction=True)
TABLETA = {"width": 820, "height": 1180}
# Lo que se toca y mide menos de 44 px, fuera de la cabecera y de los enlaces dentro de un texto.
CHICOS = """() => [...document.querySelectorAll("#sala button, #sala .btn-marca, #sala summary, #sala textarea, #sala input[type=text], #sala input[type=time]")]
  .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
  .filter(([, r]) => r.width > 2 && (r.height < 43.9 || r.width < 43.9)).map(([t, r]) => `${t} ${r.width}×${r.height}`)"""


@pytest.fixture
def secretaria(db):
    quien = persona()
    quien.groups.add(Group.objects.get(name=SECRETARIA))
    return quien


def fila(page, nombre):
    return page.locator("form.fila").filter(has=page.locator("legend", has_text=nombre))


def marca(page, nombre, estado):
    fila(page, nombre).get_by_text(estado, exact=True).click()


def punto(page, numero):
    return page.locator("article.sala-punto").nth(numero - 1)


def test_una_sesion_entera_en_la_tableta(page, entrar, secretaria):
    quejas = vigilar(page)
    sesion = fabrica_sala.sesion_de_hoy()
    page.set_viewport_size(TABLETA)
    entrar(secretaria, f"/comision/sesiones/{sesion.pk}/")
    enviar(page, page.get_by_role("link", name="Abrir la sala"))
    quorum = page.locator("#sala-quorum")
    expect(quorum).to_contain_text("Sin quórum")
    assert faltas(page) == []

    # Toques seguidos, sin esperar respuesta: ninguno se pierde.
    for nombre in ("Presidencia", "Consejería 2", "Consejería 3", "Secretaría técnica"):
        marca(page, nombre, "Presente")
    expect(quorum).to_contain_text("Hay quórum: 3 de 3")
    marca(page, "Partido Uno", "Suplente")
    expect(page.get_by_label("Quién suple")).to_be_focused()
    page.keyboard.type("Oficina B")
    marca(page, "Secretaría Administrativa", "Justificó")
    expect(page.get_by_label("Motivo, Secretaría Administrativa")).to_be_focused()
    page.keyboard.type("Comisión oficial")
    page.keyboard.press("Tab")
    expect(page.locator("#sala-demas")).to_contain_text("Todas están anotadas")
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(quorum).to_contain_text("En curso")
    assert set(Asistencia.objects.values_list("estado", "motivo", "suplente")) == {
        ("presente", "", ""), ("suplente", "", "Oficina B"), ("justificada", "Comisión oficial", ""),
    }  # fmt: skip
    assert page.evaluate(CHICOS) == []
    assert desborda(page) == ""

    punto(page, 1).get_by_role("button", name="Por unanimidad").dblclick()
    expect(punto(page, 1)).to_contain_text("Por unanimidad: 3 a favor")
    expect(page.locator("#sala-cierre")).to_contain_text("puntos 2, 3 y 4")

    segundo = punto(page, 2)
    segundo.get_by_text("Votar uno por uno").click()
    segundo.get_by_role("button", name="Registrar votación").click()
    expect(segundo.get_by_role("alert")).to_contain_text("Falta el voto de Presidencia")
    boletas = segundo.locator(".boleta")
    boletas.nth(0).get_by_text("A favor", exact=True).click()
    # Cambiar una asistencia a media votación no borra lo ya marcado.
    marca(page, "Secretaría técnica", "Ausente")
    expect(fila(page, "Secretaría técnica").get_by_label("Ausente")).to_be_checked()
    page.wait_for_load_state("networkidle")
    boletas.nth(1).get_by_text("En contra", exact=True).click()
    boletas.nth(2).get_by_text("A favor", exact=True).click()
    segundo.get_by_role("button", name="Registrar votación").click()
    expect(segundo).to_contain_text("2 a favor, 1 en contra, 0 abstenciones")

    # Quien ya votó no pasa a ausente.
    marca(page, "Presidencia", "Ausente")
    expect(fila(page, "Presidencia").get_by_role("alert")).to_contain_text("votó en el punto")
    marca(page, "Presidencia", "Presente")
    expect(fila(page, "Presidencia").get_by_role("alert")).to_have_count(0)

    segundo.get_by_label("Lo que se dijo").fill("La presidencia agradeció.")
    expect(segundo).to_contain_text("Guardado")
    segundo.get_by_role("link", name="Tomar acuerdo").click()
    expect(segundo.get_by_label("Texto")).to_be_visible()
    assert faltas(page) == []
    segundo.get_by_label("Texto").fill("Se aprueba el informe trimestral.")
    segundo.get_by_role("button", name="Tomar acuerdo").click()
    expect(segundo).to_contain_text("/001/")
    expect(segundo.get_by_label("Lo que se dijo")).to_have_value("La presidencia agradeció.")

    punto(page, 3).get_by_role("button", name="Por presentado").click()
    expect(punto(page, 3)).to_contain_text("Deshacer")
    cuarto = punto(page, 4)
    cuarto.get_by_text("Aplazar o retirar").click()
    cuarto.get_by_label("Por qué").fill("No hubo asuntos.")
    cuarto.get_by_role("button", name="Retirar", exact=True).click()
    expect(cuarto.get_by_label("Lo que se dijo")).to_have_value("No hubo asuntos.")
    expect(page.locator("#sala-cierre")).to_have_text("")
    assert faltas(page) == []
    assert page.evaluate(CHICOS) == []

    page.get_by_role("button", name="Terminar la sesión").click()
    expect(quorum).to_contain_text("Celebrada")
    page.set_viewport_size({"width": 390, "height": 844})
    assert desborda(page) == ""
    enviar(page, page.get_by_role("link", name="Salir de la sala"))
    expect(page.get_by_role("cell", name=re.compile("por unanimidad"))).to_be_visible()
    assert faltas(page) == []
    sesion = Sesion.objects.get(pk=sesion.pk)
    assert (sesion.estado, bool(sesion.hora_inicio), bool(sesion.hora_fin)) == ("celebrada", True, True)
    assert list(sesion.puntos.order_by("numero").values_list("resolucion", flat=True)) == [
        "aprobado", "aprobado", "presentado", "retirado",
    ]  # fmt: skip
    assert (Voto.objects.count(), Voto.history.count(), Acuerdo.objects.count()) == (6, 6, 1)
    assert quejas == []


def test_sin_javascript_tambien_se_lleva(browser, direccion, secretaria, entrar, page):
    sesion = fabrica_sala.sesion_de_hoy()
    entrar(secretaria)
    contexto = browser.new_context(java_script_enabled=False, viewport=TABLETA)
    contexto.add_cookies(page.context.cookies())
    simple = contexto.new_page()
    simple.goto(f"{direccion}/comision/sesiones/{sesion.pk}/sala/")
    enviar(simple, simple.get_by_role("button", name="Todas presentes"))
    marca(simple, "Consejería 3", "Ausente")
    enviar(simple, fila(simple, "Consejería 3").get_by_role("button", name="Guardar"))
    expect(simple.locator("#sala-quorum")).to_contain_text("Hay quórum: 2 de 3")
    enviar(simple, simple.get_by_role("button", name="Iniciar sesión"))
    enviar(simple, punto(simple, 1).get_by_role("button", name="Por unanimidad"))
    expect(punto(simple, 1)).to_contain_text("2 a favor")
    enviar(simple, punto(simple, 1).get_by_role("link", name="Tomar acuerdo"))
    simple.get_by_label("Texto").fill("Se aprueba.")
    enviar(simple, simple.get_by_role("button", name="Tomar acuerdo"))
    expect(punto(simple, 1)).to_contain_text("/001/")
    simple.go_back()
    simple.go_back()
    simple.reload()
    assert Acuerdo.objects.count() == 1
    contexto.close()


def test_lo_que_no_se_guarda_se_dice_y_la_nota_de_otra_persona_no_se_pisa(page, entrar, secretaria):
    sesion = fabrica_sala.en_curso()
    page.set_viewport_size(TABLETA)
    entrar(secretaria, f"/comision/sesiones/{sesion.pk}/sala/")
    acciones.anotar_intervenciones(punto=fabrica_sala.punto(sesion, 1), texto="Lo de ella", por=None)
    nota = punto(page, 1).get_by_label("Lo que se dijo")
    nota.fill("Lo mío")
    expect(punto(page, 1)).to_contain_text("Lo de ella")
    expect(nota).to_have_value("Lo mío")
    assert faltas(page) == []
    punto(page, 1).get_by_role("button", name="Guardar lo mío encima").click()
    expect(punto(page, 1)).to_contain_text("Guardado")
    assert Punto.objects.get(sesion=sesion, numero=1).intervenciones == "Lo mío"
    page.context.set_offline(True)
    punto(page, 3).get_by_role("button", name="Por presentado").click()
    expect(page.locator("#sala-aviso")).to_contain_text("No hay conexión")
    page.context.set_offline(False)
    page.context.clear_cookies()
    punto(page, 3).get_by_role("button", name="Por presentado").click()
    expect(page.locator("#sala-aviso")).to_contain_text("No se guardó")
    expect(punto(page, 3).get_by_role("button", name="Por presentado")).to_be_visible()
