"""Dos personas capturan el mismo calendario al mismo tiempo."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.comision.test_concurrencia import a_la_vez
from tests.fabricas import calendario as fabrica_calendario
from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision.calendario import acciones
from vinculacion.comision.models import Sesion, SuscripcionDeCalendario

pytestmark = pytest.mark.django_db(transaction=True)


def test_quien_llega_despues_no_pisa_lo_guardado():
    cvoe = fabrica.comision()
    fechas = fabrica_calendario.fechas(cuantas=3)
    otras = [replace(f, fecha=f.fecha + timedelta(days=1)) for f in fechas]
    resultados = a_la_vez(
        2,
        lambda n: acciones.capturar_calendario(
            comision=cvoe, anio=2026, fechas=(fechas, otras)[n], por=None, aprobar=True
        ),
    )
    errores = [r for r in resultados if isinstance(r, ValidationError)]
    assert len(errores) == 1
    assert errores[0].chocan
    assert Sesion.objects.count() == 3


def test_una_persona_no_acaba_con_dos_direcciones():
    quien = persona()
    direcciones = a_la_vez(4, lambda n: acciones.suscribir(usuario=quien).secreto)
    assert len(set(direcciones)) == 1
    a_la_vez(4, lambda n: acciones.renovar(usuario=quien))
    assert SuscripcionDeCalendario.objects.count() == 1
