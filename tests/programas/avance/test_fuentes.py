"""Con la demostración puesta: cada fuente enseña tantos registros como cuenta, y todos abren."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programas import consultas as de_programas
from programas.avance import consultas
from programas.models import Accion, Actividad, Programa
from tests.fabricas import demo
from vinculacion.cuentas.models import Usuario
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Periodo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demostracion(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        demo.cargar()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cliente(demostracion, django_db_blocker):
    with django_db_blocker.unblock():
        cliente = Client()
        persona = Usuario.objects.get(username="direccion")
        cliente.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
        yield cliente


@pytest.mark.parametrize("clave", sorted(FUENTES))
def test_la_fuente_ensena_lo_que_cuenta(cliente, clave):
    fuente = FUENTES[clave]
    todo = (date(2000, 1, 1), date(2026, 12, 31))
    with CaptureQueriesContext(connection) as hechas:
        hechos = fuente.detallar(*todo)
    assert len(hechas) == 1
    assert fuente.contar(*todo) == [(h.fecha, h.unidades) for h in hechos]
    for hecho in (*hechos[:3], *hechos[-3:]):
        assert hecho.texto
        assert cliente.get(hecho.url).status_code == 200
    accion = Accion.objects.exclude(fuente="bitacora").first()
    Accion.objects.filter(pk=accion.pk).update(fuente=clave)
    accion = de_programas.acciones().get(pk=accion.pk)
    accion.alineadas.clear()
    for anio in (2020, 2021, 2026):
        dias = Periodo.anual(anio)
        direccion = f"/programas/registros/?acciones={accion.pk}&desde={dias.inicio}&hasta={dias.fin}"
        visto = cliente.get(direccion).context
        cuenta = fuente.contar(dias.inicio, dias.fin)
        assert visto.get("total", 0) == sum(n for _, n in cuenta) == de_programas.unidades([accion], dias)
        assert visto.get("cuantos", 0) == len(cuenta)


def test_hay_de_que_hablar(cliente):
    con_hechos = {c for c, f in FUENTES.items() if f.contar(date(2000, 1, 1), date(2026, 12, 31))}
    assert len(con_hechos) >= 5
    assert Actividad.objects.exists()


@pytest.mark.parametrize("clave", ["pat-2020", "pe-2021", "pat-2021", "pat-2026", "pe-2026"])
def test_cada_cifra_de_la_demostracion_es_la_suma_de_sus_registros(cliente, clave):
    programa = Programa.objects.get(clave=clave)
    fecha = min(demo.DIA, Periodo.anual(programa.anio).fin)
    acciones = {a.pk: a for a in de_programas.acciones().filter(eje__programa=programa)}
    for renglon in consultas.panorama(programa, fecha).renglones:
        filas = consultas.registros([acciones[renglon.accion.pk]], Periodo(date(programa.anio, 1, 1), fecha))
        assert sum(f.unidades for f in filas) == renglon.avance.avance.anual.alcanzado
        for mes in renglon.meses:
            assert sum(f.unidades for f in filas if f.fecha.month == mes.numero) == mes.alcanzado
