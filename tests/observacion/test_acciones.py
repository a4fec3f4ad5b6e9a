"""Quién puede estar en la Red y quién pudo asistir."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from observacion import acciones, consultas
from observacion.models import AsistenciaRed, IntegranteRed
from tests.fabricas import observacion as fabrica
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db


def test_la_reunion_de_noviembre_suma_dieciseis():
    reunion = fabrica.reunion()
    personas = {fabrica.integrante(): n for n in (2, 2, 1, 1, 1, 1, 1, 1, 1)}
    personas |= {fabrica.integrante("individual"): 1 for _ in range(5)}
    assert acciones.registrar_asistencia(actividad=reunion, personas=personas, por=persona()) == 14
    asistencia = consultas.asistencia_de(reunion)
    assert (asistencia.organizaciones, asistencia.personas_de_organizaciones, asistencia.individuales) == (9, 11, 5)
    assert asistencia.total == 16


def test_solo_toca_a_quien_se_nombra_y_cero_quita():
    reunion, una, otra = fabrica.reunion(), fabrica.integrante(), fabrica.integrante()
    quien = persona()
    acciones.registrar_asistencia(actividad=reunion, personas={una: 2, otra: 3}, por=quien)
    assert acciones.registrar_asistencia(actividad=reunion, personas={una: 2}, por=quien) == 0
    assert acciones.registrar_asistencia(actividad=reunion, personas={una: 0}, por=quien) == 1
    assert AsistenciaRed.objects.get().integrante == otra
    assert AsistenciaRed.history.filter(history_type="-").get().history_user == quien


def test_todo_lo_que_impide_se_dice_y_nada_se_guarda():
    reunion = fabrica.reunion(date(2020, 11, 4))
    bien = fabrica.integrante()
    nueva = fabrica.integrante(nombre="Nueva", desde=date(2020, 12, 1))
    ida = fabrica.integrante(nombre="Ida", hasta=date(2020, 1, 31), estado="baja")
    sola = fabrica.integrante("individual", nombre="Sola")
    with pytest.raises(ValidationError) as error:
        acciones.registrar_asistencia(actividad=reunion, personas={bien: 1, nueva: 1, ida: 1, sola: 2}, por=None)
    assert error.value.messages == [
        "Nueva: se integró el 1° de diciembre de 2020.",
        "Ida: se dio de baja el 31 de enero de 2020.",
        "Sola: a título individual asiste una sola persona.",
    ]
    assert not AsistenciaRed.objects.exists()


def test_a_lo_rechazado_no_se_le_anota():
    reunion = fabrica.reunion(estado="rechazada", razon_rechazo="Sin evidencia")
    with pytest.raises(ValidationError, match="rechazada"):
        acciones.registrar_asistencia(actividad=reunion, personas={fabrica.integrante(): 1}, por=None)


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"desde": date(2020, 1, 1), "hasta": date(2019, 1, 1)}, "hasta"),
        ({"estado": "baja"}, "hasta"),
    ],
)
def test_fechas_de_un_integrante(datos, campo):
    with pytest.raises(ValidationError) as error:
        acciones.guardar_integrante(integrante=IntegranteRed(clase="organizacion", nombre="Una", **datos), por=None)
    assert campo in error.value.error_dict
