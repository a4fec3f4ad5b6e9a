"""Lo que ya estaba escrito con columnas por código se ve igual después de la migración."""

from importlib import import_module

import pytest
from django.apps import apps

from informes.models import UsoDeSeccion
from tests.fabricas import informes as fabrica

pytestmark = pytest.mark.django_db
migracion = import_module("informes.migrations.0003_columnas_a_la_presentacion")


@pytest.mark.parametrize(
    ("antes", "parametros", "presentacion"),
    [
        (
            {"accion": "pat-2020:1B", "columnas": "fecha, organo=Instancia", "agrupar": "organo"},
            {"accion": "pat-2020:1B"},
            {
                "columnas": [{"titulo": "Fecha"}, {"titulo": "Órgano", "encabezado": "Instancia"}],
                "combinar": ["Órgano"],
                "orden": [{"columna": "Órgano"}],
            },
        ),
        (
            {"columnas": ["titulo=Curso, taller"], "agrupar": "objetivo", "orden": "titulo"},
            {},
            {
                "columnas": [{"titulo": "Objetivo"}, {"titulo": "Actividad", "encabezado": "Curso, taller"}],
                "combinar": ["Objetivo"],
                "orden": [{"columna": "Objetivo"}, {"columna": "Actividad"}],
            },
        ),
        ({"accion": "x", "orden": ""}, {"accion": "x"}, {}),
    ],
)
def test_pasa_a_la_presentacion(antes, parametros, presentacion):
    apartado = fabrica.apartado(fabrica.informe(), "Uno")
    uso = UsoDeSeccion.objects.create(apartado=apartado, seccion="programas.actividades", parametros=antes)
    migracion.a_la_presentacion(apps, None)
    uso.refresh_from_db()
    assert (uso.parametros, uso.presentacion) == (parametros, presentacion)
