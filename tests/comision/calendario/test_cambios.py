"""Cada cambio de estado o de fecha queda anotado, y mover lo convocado pide su razón."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from tests.fabricas import calendario as fabrica_calendario
from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones, consultas, reglas
from vinculacion.comision.calendario import consultas as del_calendario
from vinculacion.comision.models import Integracion, Sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def quien():
    return persona()


@pytest.fixture
def convocada(cvoe):
    fabrica.integrar(cvoe)
    return fabrica_calendario.convocada(cvoe, date(2026, 5, 20))


def test_todo_el_camino_queda_anotado_con_fecha_razon_y_autor(cvoe, quien):
    sesion = acciones.crear_sesion(comision=cvoe, fecha_programada=date(2020, 10, 26), por=quien)
    acciones.cambiar_estado_sesion(sesion=sesion, estado="convocada", por=quien)
    acciones.cambiar_estado_sesion(
        sesion=sesion, estado="diferida", por=quien, motivo="Sin quórum", fecha_programada=date(2020, 10, 28)
    )
    acciones.cambiar_estado_sesion(sesion=sesion, estado="convocada", por=quien)
    acciones.cambiar_estado_sesion(sesion=sesion, estado="en_curso", por=quien, hora_inicio="12:05")
    acciones.cambiar_estado_sesion(
        sesion=sesion, estado="celebrada", por=quien, fecha_celebrada=date(2020, 10, 29), hora_inicio="12:05"
    )
    pasos = [(c.antes, c.despues, c.fecha_despues, c.razon) for c in sesion.cambios.all()]
    assert pasos == [
        ("", "programada", date(2020, 10, 26), ""),
        ("programada", "convocada", date(2020, 10, 26), ""),
        ("convocada", "diferida", date(2020, 10, 28), "Sin quórum"),
        ("diferida", "convocada", date(2020, 10, 28), ""),
        ("convocada", "en_curso", date(2020, 10, 28), ""),
        ("en_curso", "celebrada", date(2020, 10, 29), ""),
    ]
    assert {c.por for c in sesion.cambios.all()} == {quien}


def test_editar_otra_cosa_no_es_un_cambio(cvoe, quien):
    sesion = acciones.crear_sesion(comision=cvoe, fecha_programada=date(2026, 5, 20), por=quien)
    sesion.lugar = "Sala 1"
    acciones.guardar_sesion(sesion=sesion, por=quien)
    assert sesion.cambios.count() == 1


def test_mover_lo_convocado_pide_la_razon(convocada, quien):
    convocada.fecha_programada = date(2026, 5, 21)
    with pytest.raises(ValidationError) as error:
        acciones.guardar_sesion(sesion=convocada, por=quien)
    assert "ya se convocó" in error.value.message_dict["motivo"][0]
    acciones.guardar_sesion(sesion=convocada, por=quien, motivo="Se cruza con el Consejo")
    cambio = convocada.cambios.last()
    assert (cambio.fecha_antes, cambio.fecha_despues) == (date(2026, 5, 20), date(2026, 5, 21))
    assert cambio.razon == "Se cruza con el Consejo"
    convocada = Sesion.objects.get(pk=convocada.pk)
    convocada.hora_programada = time(17)
    with pytest.raises(ValidationError, match="fecha u hora"):
        acciones.guardar_sesion(sesion=convocada, por=quien)
    acciones.guardar_sesion(sesion=convocada, por=quien, motivo="Por la tarde")
    assert convocada.cambios.last().razon == "Por la tarde (Hora: 12:00 → 17:00)"


def test_dice_a_quien_se_aviso_y_que_aviso_se_debe(convocada, quien):
    assert del_calendario.aviso_debido(convocada) == ""
    convocada.fecha_programada = date(2026, 5, 21)
    acciones.guardar_sesion(sesion=convocada, por=quien, motivo="Se mueve")
    assert del_calendario.aviso_debido(convocada) == "cambio"
    avisadas = del_calendario.notificadas(convocada)
    assert [str(e.integracion) for e in avisadas] == [nombre for _, nombre in fabrica.CAPACIDADES]
    assert {e.convocatoria.fecha_de_la_sesion for e in avisadas} == {date(2026, 5, 20)}
    cancelada = acciones.cambiar_estado_sesion(sesion=convocada, estado="cancelada", por=quien, motivo="Sin materia")
    assert del_calendario.aviso_debido(cancelada) == "cancelacion"


def test_la_cerrada_no_se_mueve_ni_cambia_de_estado(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26))
    Sesion.objects.filter(pk=sesion.pk).update(cerrada=True)
    with pytest.raises(ValidationError, match="cerrada"):
        acciones.cambiar_estado_sesion(sesion=sesion, estado="en_curso", por=quien, motivo="Corregir")


def test_lo_convocado_no_se_elimina(convocada, quien):
    with pytest.raises(ValidationError, match="cancélela"):
        acciones.eliminar_sesion(sesion=convocada, por=quien)


def test_la_hora_vieja_anotada_como_inicio_sigue_valiendo(cvoe):
    vieja = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False, hora_inicio=time(10))
    assert reglas.hora_prevista(vieja) == time(10)
    celebrada = fabrica.sesion(cvoe, date(2020, 5, 20), hora_inicio=time(10))
    assert reglas.hora_prevista(celebrada) is None


# -- integración que cambia ----------------------------------------------------


def integrar(cvoe, rol, nombre, desde, hasta=None, persona="A. Pérez"):
    return acciones.crear_integracion(
        comision=cvoe, rol=rol, nombre=nombre, desde=desde, hasta=hasta, persona=persona, por=None
    )


def test_una_persona_en_dos_capacidades_sale_bien_en_la_matriz(cvoe, quien):
    integrante = integrar(cvoe, "integrante", "Consejería 2", date(2020, 1, 1), date(2020, 10, 31))
    preside = integrar(cvoe, "presidencia", "Presidencia", date(2020, 11, 1))
    antes, despues, _ = fabrica.trimestre(cvoe)
    acciones.registrar_asistencia(sesion=antes, estados={integrante.pk: "presente"}, por=quien)
    acciones.registrar_asistencia(sesion=despues, estados={preside.pk: "presente"}, por=quien)
    matriz = {c.nombre: m for c, m in consultas.matriz_de_asistencia([antes, despues])}
    assert matriz == {"Consejería 2": ["presente", None], "Presidencia": [None, "presente"]}
    assert reglas.dudas_de_integracion(preside) == []
    preside.desde = date(2020, 12, 1)
    with pytest.raises(ValidationError, match="Asistió fuera"):
        acciones.guardar_integracion(integracion=preside, por=quien)


def test_las_capacidades_encimadas_se_dudan(cvoe):
    integrar(cvoe, "presidencia", "Presidencia", date(2020, 1, 1))
    otra = Integracion(comision=cvoe, rol="presidencia", nombre="Nueva presidencia", desde=date(2020, 6, 1))
    assert "ya preside" in reglas.dudas_de_integracion(otra)[0]
    dos = Integracion(comision=cvoe, rol="integrante", nombre="B", persona="a. pérez", desde=date(2020, 6, 1))
    assert "contaría dos veces" in reglas.dudas_de_integracion(dos)[0]
    invitada = Integracion(comision=cvoe, rol="invitada", nombre="C", persona="A. Pérez", desde=date(2020, 6, 1))
    assert reglas.dudas_de_integracion(invitada) == []
