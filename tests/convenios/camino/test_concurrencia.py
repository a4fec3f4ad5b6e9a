"""Varias personas mueven el mismo instrumento en el mismo instante: un solo paso, y a las demás se les dice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.fabricas import camino as fabrica
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db(transaction=True)


def test_cuatro_a_la_vez_dan_un_solo_paso():
    convenio = fabrica.recorrido("validacion")
    url = reverse("convenios:convenio_etapa", args=[convenio.pk])
    etapas = ("negociacion", "suscripcion", "no_concretado", "no_requerido")
    salida, clientes = Barrier(len(etapas)), []
    for _ in etapas:
        cliente = Client()
        cliente.force_login(fabrica.con_papel(roles.CAPTURA), backend="django.contrib.auth.backends.ModelBackend")
        clientes.append(cliente)

    def mueve(n: int) -> int:
        try:
            salida.wait(timeout=30)
            datos = {"version": convenio.version, "etapa": etapas[n], "fecha": "2024-04-01", "nota": f"Nota {n}"}
            return clientes[n].post(url, datos).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(etapas)) as hilos:
        respuestas = list(hilos.map(mueve, range(len(etapas))))
    assert sorted(respuestas) == [302, 409, 409, 409]
    assert convenio.cambios.count() == 3
    convenio.refresh_from_db()
    assert convenio.etapa == etapas[respuestas.index(302)] == convenio.cambios.last().etapa
