"""Cerrar una sesión: lo que falta, lo que queda de sólo lectura y las correcciones a la vista."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.fabricas import comision as fabrica
from tests.fabricas import minutas as hechas
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as comision
from vinculacion.comision.minutas import acciones, consultas, reglas
from vinculacion.comision.models import Asistencia
from vinculacion.comision.sala import acciones as sala
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def cvoe():
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return cvoe


@pytest.fixture
def sesion(cvoe):
    return hechas.desahogada(cvoe)


@pytest.fixture
def quien():
    return persona()


def test_dice_junto_todo_lo_que_falta(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2020, 12, 1))
    assert "orden del día está vacío" in " ".join(reglas.impedimentos_para_cerrar(sesion))
    comision.agregar_punto(sesion=sesion, titulo="Informe", por=None)
    presidencia = cvoe.integraciones.get(nombre="Presidencia")
    assert "No se ha pasado lista." in reglas.impedimentos_para_cerrar(sesion)
    comision.registrar_asistencia(sesion=sesion, estados={presidencia.pk: "presente"}, por=None)
    sesion.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        acciones.cerrar(sesion=sesion, por=quien)
    assert error.value.messages == [
        "Falta la hora de inicio y término.",
        "El punto 1 no se ha resuelto: Informe.",
        "Falta anotar la asistencia de Integrante: Consejería 2, Integrante: Consejería 3, Secretaría técnica, "
        "Partido Uno y Secretaría Administrativa.",
        "No hubo quórum: se necesitaban dos personas con voto y asistió una.",
    ]


def test_solo_se_cierra_la_celebrada(cvoe, quien):
    futura = fabrica.sesion(cvoe, date(2030, 1, 10), celebrada=False)
    with pytest.raises(ValidationError, match="se cierra la que ya se celebró"):
        acciones.cerrar(sesion=futura, por=quien)


def test_en_curso_dice_tambien_lo_demas_que_falta(cvoe):
    sesion = fabrica.sesion(cvoe, hoy(), celebrada=False, estado="en_curso", fecha_celebrada=hoy())
    razones = reglas.impedimentos_para_cerrar(sesion)
    assert "se cierra la que ya se celebró" in razones[0]
    assert "No se ha pasado lista." in razones


def test_cerrada_no_se_escribe_en_ella_por_ningun_lado(sesion, quien):
    abierta = sesion
    cerrada = acciones.cerrar(sesion=sesion, por=quien)
    punto = abierta.puntos.get(numero=2)
    acuerdo = abierta.acuerdos.get()
    asistencia = Asistencia.objects.select_related("sesion", "integracion").filter(sesion=abierta).first()
    acuerdo.texto = "Otro texto"
    punto.titulo = "Otro título"
    abierta.lugar = "Otro lugar"
    intentos = {
        "sesión": lambda: comision.guardar_sesion(sesion=abierta, por=quien),
        "estado": lambda: comision.cambiar_estado_sesion(sesion=abierta, estado="en_curso", motivo="x", por=quien),
        "eliminar sesión": lambda: comision.eliminar_sesion(sesion=abierta, por=quien),
        "agregar punto": lambda: comision.agregar_punto(sesion=abierta, titulo="N", por=quien),
        "editar punto": lambda: comision.editar_punto(punto=punto, por=quien),
        "mover punto": lambda: comision.mover_punto(punto=punto, a=1, por=quien),
        "eliminar punto": lambda: comision.eliminar_punto(punto=punto, por=quien),
        "votar": lambda: sala.por_unanimidad(punto=punto, por=quien),
        "resolver": lambda: sala.resolver(punto=punto, resolucion="retirado", nota="x", por=quien),
        "deshacer": lambda: sala.deshacer(punto=punto, por=quien),
        "intervenciones": lambda: sala.anotar_intervenciones(punto=punto, texto="x", por=quien),
        "lista": lambda: comision.registrar_asistencia(
            sesion=abierta, estados={asistencia.integracion_id: "ausente"}, por=quien
        ),
        "asistencia": lambda: comision.anotar_asistencia(asistencia=asistencia, por=quien),
        "acuerdo nuevo": lambda: comision.tomar_acuerdo(sesion=abierta, texto="B", por=quien),
        "texto del acuerdo": lambda: comision.editar_acuerdo(acuerdo=acuerdo, por=quien),
    }
    for nombre, hacer in intentos.items():
        with pytest.raises(ValidationError) as error:
            hacer()
        assert "está cerrada" in " ".join(error.value.messages), nombre
    cerrada.refresh_from_db()
    assert (cerrada.lugar, cerrada.cerrada) == ("Sala de sesiones", True)


def test_la_minuta_y_el_seguimiento_siguen_abiertos(sesion, quien):
    cerrada = acciones.cerrar(sesion=sesion, por=quien)
    minuta = acciones.redactar(sesion=cerrada, por=quien)
    minuta.texto += "\nUna aclaración."
    acciones.guardar_minuta(minuta=minuta, por=quien)
    comision.dar_seguimiento(acuerdo=cerrada.acuerdos.get(), estado="en_proceso", nota="Se pidió.", por=None)


def test_reabrir_pide_razon_y_lo_corregido_queda_a_la_vista(sesion, quien):
    with pytest.raises(ValidationError, match="no está cerrada"):
        acciones.reabrir(sesion=sesion, razon="x", por=quien)
    cerrada = acciones.cerrar(sesion=sesion, por=quien)
    with pytest.raises(ValidationError, match="ya está cerrada"):
        acciones.cerrar(sesion=sesion, por=quien)
    with pytest.raises(ValidationError) as error:
        acciones.reabrir(sesion=cerrada, razon=" ", por=quien)
    assert set(error.value.error_dict) == {"razon"}
    abierta = acciones.reabrir(sesion=cerrada, razon="El voto se anotó mal", por=quien)
    assert consultas.correcciones(abierta) == []
    sala.por_unanimidad(punto=abierta.puntos.get(numero=2), por=quien)
    comision.dar_seguimiento(acuerdo=abierta.acuerdos.get(), estado="en_proceso", nota="Se pidió.", por=None)
    acciones.cerrar(sesion=abierta, por=quien)
    (voto,) = consultas.correcciones(abierta)
    assert voto.que == "Voto de Integrante: Consejería 3 en el punto 2"
    assert voto.cambios == (("sentido", "En contra", "A favor"),)
    assert voto.quien == str(quien)
    razones = list(abierta.cambios.values_list("razon", "por"))
    assert razones[-3:] == [
        ("Se cerró la sesión.", quien.pk),
        ("Se reabrió para corregir: El voto se anotó mal", quien.pk),
        ("Se cerró la sesión.", quien.pk),
    ]
