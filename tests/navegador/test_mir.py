"""La matriz de indicadores en un navegador: escribir una fórmula, leer su cuenta y explicarla."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programas.estados import OrigenDeVariable as Origen
from programas.models import Explicacion, Indicador
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

from .revision import desborda, enviar, faltas, sin_guiones

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def persona(db):
    return con_papel(roles.DIRECCION)


@pytest.fixture
def accion(db):
    accion = planes.accion(planes.eje(planes.programa(2021)), metas={1: 4, 2: 4}, nombre="Publicar noticias")
    for dia in (date(2021, 2, 1), date(2021, 4, 20)):
        planes.actividad(accion, el=dia)
    return accion


def elige(page, renglon: int, texto: str) -> None:
    combo = page.locator(f"#id_variables-{renglon}-acciones_combo")
    combo.fill(texto)
    combo.press("Enter")


def test_se_escribe_un_indicador_con_su_formula(vigilada, entrar, persona, accion):
    page = vigilada
    entrar(persona, f"/programas/indicadores/nuevo/?programa={accion.eje.programa_id}")
    # Cada variable enseña sólo lo que pide su origen.
    primera = page.locator("[data-renglon]").first
    expect(primera.get_by_label("Valor fijo")).to_be_hidden()
    page.locator("#id_variables-0-origen").select_option("fijo")
    expect(primera.get_by_label("Valor fijo")).to_be_visible()
    expect(primera.locator("[data-campo=acciones]")).to_be_hidden()
    page.locator("#id_variables-0-origen").select_option("cifra")
    expect(primera.locator("[data-campo=parametros_escritos]")).to_be_visible()
    page.locator("#id_variables-0-origen").select_option("avance")
    page.get_by_role("button", name="Agregar variable").click()
    expect(page.locator("#id_variables-2-papel")).to_be_visible()
    expect(page.locator("#id_variables-2-valor")).to_be_hidden()

    page.get_by_label("Clave").fill("A1")
    page.get_by_label("Nivel").select_option("actividad")
    page.locator("#id_nombre").fill("Noticias publicadas")
    page.locator("#id_resumen").fill("Se publican noticias")
    page.locator("#id_variables-0-nombre").fill("Noticias hechas")
    elige(page, 0, "publicar")
    page.locator("#id_variables-1-nombre").fill("Noticias programadas")
    page.get_by_role("button", name="Guardar", exact=True).click()
    # La segunda no dijo qué acciones: el error sale en su renglón y lo escrito sigue ahí.
    expect(page.locator("[data-renglon]").nth(1).get_by_text("Elija al menos una acción.")).to_be_visible()
    expect(page.locator("#id_variables-0-nombre")).to_have_value("Noticias hechas")
    assert faltas(page) == []
    elige(page, 1, "publicar")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("heading", name="A1 Noticias publicadas")).to_be_visible()
    assert [v.simbolo for v in Indicador.objects.get().variables.all()] == ["L", "M"]
    expect(page.get_by_text("A = (2 × 0.25) / (4 × 0.3014) = 0.41").first).to_be_visible()


def test_de_la_matriz_a_explicar(vigilada, entrar, persona, accion):
    page = vigilada
    indicador = fabrica.indicador(accion=accion, clave="A1", nombre="Noticias publicadas")
    entrar(persona, f"/programas/{accion.eje.programa_id}/mir/")
    enviar(page, page.get_by_role("link", name="A1 Noticias publicadas"))
    enviar(page, page.get_by_role("link", name="Explicar primer trimestre"))
    for campo, texto in (("causa", "Faltó personal"), ("medida", "Contratar"), ("pronostico", "4 en junio")):
        page.locator(f"#id_{campo}").fill(texto)
    assert faltas(page) == []
    page.get_by_role("button", name="Guardar", exact=True).click()
    page.wait_for_url(f"**{indicador.get_absolute_url()}#p1")
    expect(page.get_by_text("Faltó personal")).to_be_visible()
    assert Explicacion.objects.get().periodo == 1


@pytest.mark.parametrize("ancho", [1280, 390])
def test_accesibles_y_sin_desborde(vigilada, entrar, direccion, persona, accion, ancho):
    page = vigilada
    page.set_viewport_size({"width": ancho, "height": 844})
    programa = accion.eje.programa
    indicador = fabrica.indicador(accion=accion, frecuencia="mensual")
    con_dato = fabrica.indicador(
        programa, variables=[fabrica.logrado(origen=Origen.DATO), fabrica.programado(acciones=[accion])]
    )
    ajuste, explicacion = fabrica.ajuste(indicador), fabrica.explicacion(indicador)
    supuesto = fabrica.supuesto(programa)
    entrar(persona)
    for ruta in (
        f"{programa.pk}/mir/",
        f"{programa.pk}/mir/?ver=definicion",
        f"{programa.pk}/mir/datos/",
        f"indicadores/{indicador.pk}/",
        f"indicadores/{con_dato.pk}/editar/",
        f"indicadores/nuevo/?programa={programa.pk}",
        f"ajustes/nuevo/?indicador={indicador.pk}&periodo=2",
        f"ajustes/{ajuste.pk}/",
        f"explicaciones/{explicacion.pk}/editar/",
        f"supuestos/{supuesto.pk}/",
        "indicadores/",
        "variables/",
        "datos/",
    ):
        page.goto(f"{direccion}/programas/{ruta}")
        assert faltas(page) == [], ruta
        assert desborda(page) == "", ruta


def test_sin_javascript_la_formula_se_escribe_igual(browser, direccion, persona, accion, browser_context_args):
    page = sin_guiones(browser, browser_context_args, direccion, persona)
    page.goto(f"{direccion}/programas/indicadores/nuevo/?programa={accion.eje.programa_id}")
    page.fill("#id_clave", "A1")
    page.select_option("#id_nivel", "actividad")
    page.fill("#id_nombre", "Noticias publicadas")
    page.fill("#id_resumen", "Se publican noticias")
    page.fill("#id_variables-0-nombre", "Noticias hechas")
    page.select_option("#id_variables-0-acciones", str(accion.pk))
    page.fill("#id_variables-1-nombre", "Previstas")
    page.select_option("#id_variables-1-origen", "fijo")
    page.fill("#id_variables-1-valor", "4")
    enviar(page, page.locator("button[name=guardar]"))
    assert "Se creó el indicador" in page.content()
    page.context.close()
