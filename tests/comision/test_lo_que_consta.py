"""Lo que ya consta en las sesiones no se contradice por otro camino: fechas, calidades, votos, folios y avisos."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.fabricas import comision as fabrica
from tests.fabricas import convocatoria as de_convocatoria
from tests.fabricas.personas import persona
from vinculacion.comision import acciones
from vinculacion.comision.convocatoria import acciones as avisos
from vinculacion.comision.convocatoria import envio
from vinculacion.comision.convocatoria.views import Convocar
from vinculacion.comision.minutas.resources import MinutaRecurso
from vinculacion.comision.models import Integracion, Minuta, Punto, Sesion
from vinculacion.comision.sala.acciones import deshacer, por_unanimidad

pytestmark = pytest.mark.django_db


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def capacidades(cvoe):
    return fabrica.integrar(cvoe, hasta=date(2020, 12, 31))


@pytest.fixture
def sesion(cvoe, capacidades) -> Sesion:
    """Del 22 de diciembre, con todos presentes."""
    hecha = fabrica.trimestre(cvoe)[2]
    return acciones.registrar_asistencia(sesion=hecha, estados={c.pk: "presente" for c in capacidades}, por=None)


@pytest.fixture
def votado(sesion) -> Punto:
    punto = acciones.agregar_punto(sesion=sesion, titulo="Informe", solicitud="aprobacion", por=None)
    return por_unanimidad(punto=punto, por=None)


def mueve(sesion: Sesion, fecha: date) -> Sesion:
    movida = Sesion.objects.get(pk=sesion.pk)
    movida.fecha_celebrada = fecha
    return acciones.guardar_sesion(sesion=movida, por=None, motivo="Se capturó mal")


def test_una_sesion_no_se_mueve_a_donde_quien_asistio_ya_no_integraba(sesion):
    assert mueve(sesion, date(2020, 12, 23)).fecha == date(2020, 12, 23)
    with pytest.raises(ValidationError, match="no integraba la comisión"):
        mueve(sesion, date(2021, 1, 15))


def test_con_acuerdos_no_cambia_de_anio_ni_deja_de_haberse_celebrado(cvoe):
    sesion = fabrica.trimestre(cvoe)[2]
    acciones.tomar_acuerdo(sesion=sesion, texto="Se aprueba.", por=None)
    with pytest.raises(ValidationError, match="folio de 2020"):
        mueve(sesion, date(2021, 1, 15))
    datos = {"sesion": sesion, "motivo": "Corrección", "por": None}
    acciones.cambiar_estado_sesion(**datos, estado="en_curso", fecha_celebrada=sesion.fecha_celebrada)
    for estado in ("convocada", "diferida", "cancelada"):
        with pytest.raises(ValidationError, match="en curso o celebrada"):
            acciones.cambiar_estado_sesion(**datos, estado=estado)


def test_una_capacidad_que_consta_no_cambia_de_comision(sesion, capacidades):
    capacidad = Integracion.objects.get(pk=capacidades[0].pk)
    capacidad.comision = fabrica.comision("OTRA")
    with pytest.raises(ValidationError, match="Ya consta"):
        acciones.guardar_integracion(integracion=capacidad, por=None)


def test_quien_voto_no_pierde_el_voto_hacia_atras(votado, capacidades):
    capacidad = Integracion.objects.get(pk=capacidades[0].pk)
    capacidad.rol = "partido"
    with pytest.raises(ValidationError, match="Ya votó"):
        acciones.guardar_integracion(integracion=capacidad, por=None)


def test_un_punto_votado_no_se_elimina_ni_deja_de_pedir_aprobacion(votado):
    with pytest.raises(ValidationError, match="Ya se votó"):
        acciones.eliminar_punto(punto=votado, por=None)
    votado.solicitud = "presentacion"
    with pytest.raises(ValidationError, match="Ya se votó"):
        acciones.editar_punto(punto=votado, por=None)
    deshacer(punto=votado, por=None)
    acciones.eliminar_punto(punto=Punto.objects.get(pk=votado.pk), por=None)


def test_donde_se_declaro_cumplido_solo_lo_dice_su_seguimiento(cvoe):
    primera, segunda, _ = fabrica.trimestre(cvoe)
    with pytest.raises(ValidationError, match="Sólo un acuerdo cumplido"):
        acciones.tomar_acuerdo(sesion=primera, texto="Se aprueba.", cumplido_en=segunda, por=None)
    acuerdo = acciones.tomar_acuerdo(sesion=primera, texto="Se aprueba.", por=None)
    acuerdo.cumplido_en = segunda
    with pytest.raises(ValidationError, match="seguimiento"):
        acciones.editar_acuerdo(acuerdo=acuerdo, por=None)


def test_una_minuta_aprobada_de_una_hoja_dice_en_que_punto(cvoe):
    sesion = fabrica.trimestre(cvoe)[0]
    with pytest.raises(ValidationError, match="qué punto la aprobó"):
        MinutaRecurso().guardar(Minuta(sesion=sesion, texto="Se instaló.", estado="aprobada"), None)
    assert not Minuta.objects.exists()


def test_dos_que_convocan_a_la_vez_mandan_un_solo_aviso():
    sesion = de_convocatoria.por_convocar()
    de_la_segunda = avisos.Expediente(avisos._huella(sesion), (("carta.pdf", de_convocatoria.pdf()),))
    de_convocatoria.convocar(sesion)
    with pytest.raises(ValidationError, match="sus avisos cambiaron"):
        avisos.emitir(
            sesion=sesion, clase="convocatoria", asunto="Otra", mensaje="Se le convoca.", expediente=de_la_segunda,
            por=None,
        )  # fmt: skip
    assert sesion.convocatorias.count() == 1


def test_un_aviso_que_ya_no_dice_la_verdad_no_se_reintenta(client):
    sesion = de_convocatoria.por_convocar(con_correo=False)
    convocatoria = de_convocatoria.convocar(sesion)
    Integracion.objects.update(correo="alguien@prueba.example")
    sesion.refresh_from_db()
    sesion.fecha_programada += timedelta(days=1)
    acciones.guardar_sesion(sesion=sesion, por=None, motivo="Se empalmaba")
    client.force_login(persona("comision.change_convocatoria", "comision.view_convocatoria"))
    url = reverse("comision:convocatoria_enviar", args=[convocatoria.pk])
    respuesta = client.post(url, {"reintentar": "1"}, follow=True)
    assert "cambió después de este aviso" in respuesta.content.decode()
    assert not convocatoria.entregas.exclude(estado="sin_correo").exists()


def test_las_entregas_de_una_direccion_las_aparta_un_solo_envio():
    convocatoria = de_convocatoria.convocar(de_convocatoria.por_convocar())
    convocatoria.entregas.update(cuando=None, estado="pendiente", correo="misma@prueba.example")
    claves = list(convocatoria.entregas.values_list("pk", flat=True))
    assert [e.pk for e in envio._apartar(claves)] == sorted(claves)
    assert envio._apartar(claves) == []


def test_la_cita_de_una_diferida_que_se_vuelve_a_convocar_es_firme():
    sesion = de_convocatoria.por_convocar()
    acciones.cambiar_estado_sesion(sesion=sesion, estado="diferida", motivo="Sin quórum", por=None)
    vista, sesion = Convocar(), Sesion.objects.get(pk=sesion.pk)
    vista.clase = "convocatoria"
    cita = vista.cita(sesion).decode()
    assert "STATUS:CONFIRMED" in cita and "Diferida" not in cita and "/comision/" not in cita
    de_convocatoria.convocar(sesion)
    acciones.cambiar_estado_sesion(sesion=sesion, estado="diferida", motivo="Otra vez", por=None)
    vista.clase = "cambio"
    assert "Diferida" in vista.cita(Sesion.objects.get(pk=sesion.pk)).decode()
