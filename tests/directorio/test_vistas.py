"""Las páginas del directorio."""

from datetime import date
from html import unescape

import pytest

from tests.fabricas.directorio import area, organismo, proceso
from tests.fabricas.personas import de_todo, persona
from vinculacion.directorio.models import Area, NombreDeArea, ProcesoElectoral
from vinculacion.nucleo.busqueda import buscar

pytestmark = pytest.mark.django_db


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


@pytest.mark.parametrize(
    ("modelo", "raiz", "fabrica"),
    [
        ("directorio.organismo", "/directorio/organismos/", organismo),
        ("directorio.area", "/directorio/areas/", area),
        ("directorio.procesoelectoral", "/directorio/procesos/", proceso),
    ],
)
def test_todas_las_paginas_abren(client, modelo, raiz, fabrica):
    client.force_login(de_todo(modelo))
    uno = fabrica()
    nuevo = "nueva/" if modelo.endswith("area") else "nuevo/"
    for ruta in ("", nuevo, f"{uno.pk}/", f"{uno.pk}/editar/", f"{uno.pk}/eliminar/", "importar/", "plantilla/"):
        assert client.get(raiz + ruta).status_code == 200, ruta
    client.force_login(persona())
    assert client.get(raiz).status_code == 403


def test_area_conserva_los_nombres_que_tuvo(client):
    client.force_login(de_todo("directorio.area"))
    respuesta = client.post(
        "/directorio/areas/nueva/",
        {
            "nombre": "Dirección de Vinculación",
            "siglas": "DV",
            "clase": "direccion",
            "activa": "on",
            "nombres-TOTAL_FORMS": "1",
            "nombres-INITIAL_FORMS": "0",
            "nombres-0-nombre": "Unidad de Vinculación",
            "nombres-0-siglas": "UV",
            "nombres-0-hasta": "2022-06-30",
        },
        follow=True,
    )
    creada = Area.objects.get()
    assert creada.nombre_en(date(2021, 1, 1)) == "Unidad de Vinculación"
    assert "Unidad de Vinculación" in texto(respuesta)
    assert "Se creó la área" not in texto(respuesta)
    assert "Se creó el área" in texto(respuesta)


def test_un_area_no_depende_de_si_misma(client):
    client.force_login(de_todo("directorio.area"))
    uno = area()
    hija = area(padre=uno)
    vacio = {"nombres-TOTAL_FORMS": "0", "nombres-INITIAL_FORMS": "0"}
    respuesta = client.post(
        f"/directorio/areas/{uno.pk}/editar/",
        {"nombre": uno.nombre, "clase": uno.clase, "padre": hija.pk, "version": uno.version, **vacio},
    )
    assert respuesta.status_code == 422
    assert "No puede depender de sí misma" in texto(respuesta)


def test_proceso_con_fechas_al_reves(client):
    client.force_login(de_todo("directorio.procesoelectoral"))
    respuesta = client.post(
        "/directorio/procesos/nuevo/",
        {"clave": "p", "nombre": "P", "clase": "electoral", "inicio": "2021-06-01", "fin": "2021-01-01"},
    )
    assert respuesta.status_code == 422
    assert "Es anterior a la fecha de inicio" in texto(respuesta)
    assert not ProcesoElectoral.objects.exists()


def test_la_busqueda_global_halla_por_nombre_anterior_y_respeta_permisos():
    una = area(nombre="Dirección de Vinculación")
    NombreDeArea.objects.create(area=una, nombre="Unidad Técnica", siglas="UT", hasta=date(2022, 1, 1))
    (grupo, resultados), *_ = buscar(persona("directorio.view_area"), "unidad tecnica")
    assert grupo == "Áreas"
    assert resultados[0].url == una.get_absolute_url()
    assert buscar(persona(), "unidad tecnica") == []
