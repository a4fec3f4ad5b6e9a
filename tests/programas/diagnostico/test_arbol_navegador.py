"""El árbol en un navegador: agregar, mover, mudar y no poder eliminar, sin perder el lugar."""

import pytest
from playwright.sync_api import expect

from programas.models import Nodo
from tests.fabricas import arboles as fabrica
from tests.fabricas import programas
from tests.fabricas.base import con_papel
from tests.navegador.revision import desborda, enviar, faltas, vigilar
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programa():
    return programas.programa(clave="pe-2021")


@pytest.fixture
def direccion_de_unidad():
    return con_papel(roles.DIRECCION)


def test_hacer_un_arbol(page, entrar, programa, direccion_de_unidad):
    quejas = vigilar(page)
    arbol = f"/programas/{programa.pk}/arbol/problemas/"
    entrar(direccion_de_unidad, arbol)
    assert faltas(page) == []
    page.locator(".vacio").get_by_role("link", name="Agregar problema central").click()
    page.get_by_label("Texto").fill("Escasa vinculación")
    page.get_by_role("button", name="Guardar", exact=True).click()

    page.get_by_role("link", name="Agregar causa a P1").click()
    page.get_by_label("Texto").fill("Falta de canales")
    page.get_by_role("button", name="Guardar y capturar otro").click()
    page.get_by_label("Texto").fill("Nadie conoce los convenios")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".arbol-ramas .arbol-clave")).to_contain_text(["C1", "C2"])
    c2 = Nodo.objects.get(clave="C2")
    expect(page.locator(f"#nodo-{c2.pk}")).to_be_in_viewport()
    assert page.url.endswith(f"#nodo-{c2.pk}")

    page.get_by_role("link", name="Agregar causa a C1").click()
    expect(page.get_by_label("Clave")).to_have_value("C1.1")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Texto")
    page.get_by_label("Texto").fill("No hay registro")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".arbol-marco img")).to_have_attribute("alt", "Problema central P1, Escasa vinculación. Causas: "
        "C1, Falta de canales (de C1: C1.1, No hay registro); C2, Nadie conoce los convenios.")  # fmt: skip

    page.get_by_role("button", name="Subir C2").click()
    expect(page.locator(".arbol-ramas .arbol-clave")).to_contain_text(["C2", "C1", "C1.1"])
    expect(page.get_by_role("button", name="Subir C2")).to_be_disabled()

    page.get_by_role("link", name="Eliminar C1", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("No se puede eliminar «C1 Falta de canales»")
    expect(page.locator(".confirmar li")).to_contain_text("De él cuelga «C1.1 No hay registro»")
    page.get_by_role("link", name="Volver").click()
    page.get_by_role("link", name="Eliminar C1.1").click()
    enviar(page, page.get_by_role("button", name="Sí, eliminar"))
    assert page.url.endswith(f"#nodo-{Nodo.objects.get(clave='C1').pk}")
    assert sorted(Nodo.objects.values_list("clave", flat=True)) == ["C1", "C2", "P1"]
    assert quejas == []


def test_proponer_objetivos(page, entrar, programa, direccion_de_unidad):
    fabrica.problemas(programa)
    entrar(direccion_de_unidad, f"/programas/{programa.pk}/arbol/objetivos/")
    page.get_by_role("button", name="Proponer el árbol de objetivos").click()
    expect(page.get_by_text("Por redactar en positivo: 7")).to_be_visible()
    page.get_by_role("link", name="Editar M1", exact=True).click()
    page.get_by_label("Texto").fill("Áreas que se coordinan")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("Por redactar en positivo: 6")).to_be_visible()


@pytest.mark.parametrize("ancho", [1280, 390])
def test_accesible_y_sin_desborde(page, entrar, direccion, programa, direccion_de_unidad, ancho):
    page.set_viewport_size({"width": ancho, "height": 844})
    nodos = fabrica.problemas(programa)
    largo = "Los organismos carecen de canales estables de vinculación con el instituto nacional. " * 3
    fabrica.nodo(nodos["C1.1"], texto=largo)
    for _ in range(6):
        fabrica.nodo(nodos["P1"], texto=largo)
    entrar(direccion_de_unidad)
    pk = nodos["C1"].pk
    for ruta in (
        f"{programa.pk}/arbol/problemas/",
        f"{programa.pk}/arbol/objetivos/",
        "nodos/",
        "nodos/nuevo/",
        f"nodos/nuevo/?padre={pk}&rol=causa",
        f"nodos/{pk}/",
        f"nodos/{pk}/editar/",
        f"nodos/{pk}/eliminar/",
    ):
        page.goto(f"{direccion}/programas/{ruta}")
        assert faltas(page) == [], ruta
        assert desborda(page) == "", ruta
