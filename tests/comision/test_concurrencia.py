"""Varias personas a la vez sobre la misma sesión."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.fabricas import comision as fabrica
from vinculacion.comision import acciones
from vinculacion.comision.models import Acuerdo, Asistencia, Sesion

pytestmark = pytest.mark.django_db(transaction=True)


def a_la_vez(cuantos, hacer) -> list:
    """Lo que devolvió o lanzó cada quien."""
    salida = Barrier(cuantos)

    def uno(n):
        try:
            salida.wait(timeout=30)
            return hacer(n)
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(cuantos) as hilos:
        return list(hilos.map(uno, range(cuantos)))


def test_los_acuerdos_simultaneos_no_repiten_folio_ni_dejan_hueco():
    sesion = fabrica.sesion(fabrica.comision(), date(2020, 10, 26))
    # Uno de cada cuatro falla: su número no se pierde.
    a_la_vez(12, lambda n: acciones.tomar_acuerdo(sesion=sesion, texto="" if n % 4 == 0 else f"A{n}", por=None))
    folios = sorted(Acuerdo.objects.values_list("folio", flat=True))
    assert folios == [f"CVOE/{n:03}/20" for n in range(1, 10)]


def test_las_sesiones_simultaneas_toman_numeros_seguidos():
    cvoe = fabrica.comision()
    a_la_vez(6, lambda n: fabrica.sesion(cvoe, date(2020, 1, 1 + n)))
    assert sorted(Sesion.objects.values_list("numero", flat=True)) == list(range(1, 7))


def test_de_dos_listas_simultaneas_entra_una_y_la_otra_se_entera():
    cvoe = fabrica.comision()
    capacidades = fabrica.integrar(cvoe)
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26))
    version = sesion.version

    def pasa(n):
        estados = {c.pk: "presente" if i % 2 == n else "ausente" for i, c in enumerate(capacidades)}
        propia = Sesion.objects.get(pk=sesion.pk)
        return acciones.registrar_asistencia(sesion=propia, estados=estados, por=None, version=version)

    resultados = a_la_vez(2, pasa)
    assert sum(isinstance(r, acciones.AsistenciaCambiada) for r in resultados) == 1
    assert Asistencia.objects.filter(estado="presente").count() == 3
