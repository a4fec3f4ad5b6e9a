"""Dos personas trabajan a la vez en el mismo árbol."""

import time

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from informes.models import Apartado, Informe
from tests.comision.test_concurrencia import a_la_vez
from tests.fabricas import estructura as fabrica_propia
from tests.fabricas import informes as fabrica

pytestmark = pytest.mark.django_db(transaction=True)


def test_quien_edita_un_apartado_y_quien_lo_mueve_no_se_esperan_uno_al_otro():
    apartado = fabrica.apartado(fabrica.informe(), "Uno")
    cliente = Client()
    cliente.force_login(fabrica_propia.editora(), backend="django.contrib.auth.backends.ModelBackend")
    direccion = reverse("informes:apartado_editar", args=[apartado.pk])
    abierta = cliente.get(direccion).context
    escrito = {campo.html_name: campo.value() or "" for campo in abierta["formulario"]}

    def mueve():
        with transaction.atomic():
            Informe.objects.select_for_update(of=("self",)).get(pk=apartado.informe_id)
            time.sleep(1)  # lo que tarda en llegar quien edita
            Apartado.objects.filter(pk=apartado.pk).update(orden=7)
        return 302

    def edita():
        time.sleep(0.3)
        datos = {**escrito, "titulo": "Dos", "version": abierta["version"]}
        return cliente.post(direccion, datos).status_code

    assert a_la_vez(2, lambda n: (mueve, edita)[n]()) == [302, 302]
    apartado.refresh_from_db()
    assert (apartado.titulo, apartado.orden) == ("Dos", 7)
