"""Veinte personas piden folio a la vez; dos resuelven el mismo punto."""

import re

import pytest
from django.core.exceptions import ValidationError

from tests.comision.test_concurrencia import a_la_vez
from tests.fabricas import sala as fabrica_sala
from vinculacion.archivo.models import Contador
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision.models import Acuerdo, Asistencia, Punto, Sesion, Voto
from vinculacion.comision.sala import acciones
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db(transaction=True)


def consecutivos() -> list[int]:
    return sorted(int(re.search(r"/(\d+)/", folio)[1]) for folio in Acuerdo.objects.values_list("folio", flat=True))


def test_veinte_a_la_vez_toman_veinte_folios_sin_hueco():
    sesion = fabrica_sala.en_curso()
    puntos = [p.pk for p in sesion.puntos.all()]

    def toma(n):
        propia = Sesion.objects.select_related("comision__serie").get(pk=sesion.pk)
        punto = Punto.objects.get(pk=puntos[n % len(puntos)])
        return de_la_comision.tomar_acuerdo(sesion=propia, punto=punto, texto=f"Acuerdo {n}", por=None).folio

    folios = a_la_vez(20, toma)
    assert not [f for f in folios if isinstance(f, Exception)]
    assert len(set(folios)) == 20
    assert consecutivos() == list(range(1, 21))
    assert Contador.objects.get(anio=hoy().year).ultimo == 20


def test_los_que_fallan_no_dejan_hueco_y_los_de_varias_sesiones_siguen_una_serie():
    sesion = fabrica_sala.en_curso()
    otra = de_la_comision.crear_sesion(
        comision=sesion.comision,
        fecha_programada=hoy(),
        tipo="urgente",
        estado="en_curso",
        fecha_celebrada=hoy(),
        por=None,
    )

    def toma(n):
        if n % 5 == 0:
            return de_la_comision.tomar_acuerdo(sesion=sesion, texto="", por=None)
        return de_la_comision.tomar_acuerdo(sesion=(sesion, otra)[n % 2], texto=f"Acuerdo {n}", por=None)

    resultados = a_la_vez(20, toma)
    assert sum(isinstance(r, ValidationError) for r in resultados) == 4
    assert consecutivos() == list(range(1, 17))


def test_dos_toques_a_la_vez_votan_una_vez():
    sesion = fabrica_sala.en_curso()
    punto = fabrica_sala.punto(sesion, 1).pk
    resultados = a_la_vez(4, lambda n: acciones.por_unanimidad(punto=Punto.objects.get(pk=punto), por=None))
    assert not [r for r in resultados if isinstance(r, Exception)]
    assert (Voto.objects.count(), Voto.history.count()) == (3, 3)


def test_cada_quien_anota_a_alguien_y_nada_se_pierde():
    sesion = fabrica_sala.sesion_de_hoy()
    suyas = [i.pk for i in fabrica_sala.capacidades(sesion.comision)]
    a_la_vez(
        6,
        lambda n: acciones.anotar(
            sesion=Sesion.objects.get(pk=sesion.pk), integracion=suyas[n], estado="presente", antes="", por=None
        ),
    )
    assert Asistencia.objects.filter(estado="presente").count() == 6
