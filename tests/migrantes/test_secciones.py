"""Lo que los envíos dicen a un informe."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from migrantes import fuentes
from tests.fabricas import migrantes as fabrica
from tests.fabricas.personas import persona
from vinculacion.nucleo.bloques import a_json, desde_json
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
TRIMESTRE = Periodo(date(2020, 10, 1), date(2020, 12, 31))
CONTEXTO = Contexto(TRIMESTRE)


@pytest.fixture
def envios():
    return [
        fabrica.envio(date(2020, 12, 14), "invitacion", asunto="Tercer simulacro"),
        fabrica.envio(date(2020, 10, 5), "boletin", asunto="Informe final"),
        fabrica.envio(date(2020, 9, 30)),
        fabrica.envio(date(2021, 1, 1)),
    ]


def test_la_tabla_va_por_fecha(envios):
    [tabla] = SECCIONES["migrantes.envios"].bloques(CONTEXTO, {})
    assert [c.titulo for c in tabla.columnas] == ["Fecha de envío", "Información", "Clase"]
    assert tabla.filas == (
        (date(2020, 10, 5), "Informe final", "Boletín"),
        (date(2020, 12, 14), "Tercer simulacro", "Invitación"),
    )
    assert desde_json(a_json([tabla])) == (tabla,)


def test_por_clase(envios):
    assert len(SECCIONES["migrantes.envios"].bloques(CONTEXTO, {"clase": "boletin"})[0].filas) == 1
    assert SECCIONES["migrantes.envios"].bloques(CONTEXTO, {"clase": "aviso"}) == []
    with pytest.raises(ValidationError, match="no valen"):
        SECCIONES["migrantes.envios"].bloques(CONTEXTO, {"clase": "otra"})


def test_cifra_y_fuente(envios, django_assert_num_queries):
    cuantos = CIFRAS["migrantes.envios"].funcion
    assert (cuantos(CONTEXTO), cuantos(CONTEXTO, clase="invitacion")) == (2, 1)
    with pytest.raises(ValueError, match="no vale como clase"):
        cuantos(CONTEXTO, clase="otra")
    with django_assert_num_queries(1):
        assert [hecho[:2] for hecho in fuentes.envios(TRIMESTRE.inicio, TRIMESTRE.fin)] == [
            (date(2020, 10, 5), 1),
            (date(2020, 12, 14), 1),
        ]


def test_no_se_anota_lo_que_aun_no_se_envia():
    with pytest.raises(ValidationError, match="todavía no llega"):
        fabrica.envio(hoy() + timedelta(days=1))


def test_el_mismo_asunto_y_fecha_es_el_mismo_envio():
    fabrica.envio(asunto="Corazón Chilango")
    with pytest.raises(ValidationError, match="Ya está anotado"):
        fabrica.envio(asunto="  Corazón   Chilango ")


def test_queda_quien_lo_capturo():
    quien = persona()
    envio = fabrica.envio(por=quien)
    assert envio.capturo == quien == envio.history.get().history_user
