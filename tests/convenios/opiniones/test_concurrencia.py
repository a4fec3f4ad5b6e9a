"""Varias emisiones a la vez: ni números repetidos ni huecos."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from convenios.models import Opinion
from convenios.opiniones import acciones
from tests.fabricas import opiniones as fabrica
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sin_imprenta(monkeypatch):
    monkeypatch.setattr(acciones.documentos, "crear", lambda *_: b"%PDF-1.7 de prueba")


def a_la_vez(opiniones, sentidos) -> list:
    salida, por = Barrier(len(opiniones)), persona()

    def uno(n):
        try:
            salida.wait(timeout=30)
            return acciones.emitir(opinion=opiniones[n], sentido=sentidos[n], fecha=date(2020, 3, 13), por=por).folio
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(opiniones)) as hilos:
        return list(hilos.map(uno, range(len(opiniones))))


def test_doce_a_la_vez_y_las_que_fallan_no_gastan_numero():
    borradores = [fabrica.borrador() for _ in range(12)]
    a_la_vez(borradores, ["" if n % 4 == 0 else "favorable" for n in range(12)])
    emitidas = Opinion.objects.filter(estado="emitida").values_list("folio", flat=True)
    assert sorted(emitidas) == [f"IECM/UTVOE/OP/{n:03}/2020" for n in range(1, 10)]


def test_el_mismo_borrador_se_emite_una_sola_vez():
    borrador = fabrica.borrador()
    resultados = a_la_vez([borrador] * 4, ["favorable"] * 4)
    assert sum(isinstance(r, str) for r in resultados) == 1
    assert Opinion.objects.get().folio == "IECM/UTVOE/OP/001/2020"


def test_los_complementos_toman_sufijos_distintos():
    base = fabrica.historica("IECM/UTVOE/OP/007/2020", date(2020, 3, 1))
    complementos = [fabrica.borrador(base.convenio, complementa=base) for _ in range(3)]
    assert sorted(a_la_vez(complementos, ["favorable"] * 3)) == [
        f"IECM/UTVOE/OP/007{s}/2020" for s in ("bis", "quáter", "ter")
    ]
