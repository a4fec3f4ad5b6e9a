"""Lo que contradice a un acto se rechaza con su razón; lo dudoso sólo se advierte."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios.actos import acciones, reglas
from convenios.estados import Etapa
from convenios.models import ActoProtocolario, InvitadoDeActo
from tests.fabricas import actos as fabrica
from tests.fabricas import convenios, directorio
from tests.fabricas.actos import FIRMA
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def errores(**datos) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        fabrica.acto(**datos)
    return error.value.message_dict


def test_un_celebrado_no_puede_estar_en_el_futuro():
    assert "todavía no llega" in errores(estado="celebrado", fecha=hoy() + timedelta(days=1))["fecha"][0]
    assert fabrica.acto(estado="celebrado", fecha=hoy()).pk


def test_celebrado_antes_de_la_firma_o_sin_firmar_nombra_a_cada_uno():
    firmado = convenios.convenio(fecha_firma=FIRMA)
    sin_firmar = convenios.convenio()
    razones = errores(estado="celebrado", fecha=date(2024, 2, 1), instrumentos=[firmado, sin_firmar])["convenios"]
    assert len(razones) == 2
    assert any(firmado.folio in r and "1° de marzo de 2024" in r for r in razones)
    assert any(sin_firmar.folio in r and "no está suscrito" in r for r in razones)
    assert fabrica.acto(estado="celebrado", fecha=FIRMA, instrumentos=[firmado]).pk
    assert fabrica.acto(fecha=FIRMA, instrumentos=[sin_firmar]).pk, "programado sí puede ser antes de la firma"


@pytest.mark.parametrize("etapa", [Etapa.NO_CONCRETADO, Etapa.NO_REQUERIDO])
def test_lo_que_no_se_concreto_no_lleva_acto(etapa):
    caido = convenios.convenio()
    type(caido).objects.filter(pk=caido.pk).update(etapa=etapa)
    caido.refresh_from_db()
    assert caido.folio in errores(instrumentos=[caido])["convenios"][0]
    assert fabrica.acto(instrumentos=[caido], estado="cancelado", motivo="No se firmó").pk


def test_sin_instrumento_y_repetido():
    assert "convenios" in errores(instrumentos=[])
    fabrica.acto(titulo="Firma", fecha=FIRMA)
    assert "titulo" in errores(titulo="firma ", fecha=FIRMA)
    assert fabrica.acto(titulo="Firma", fecha=FIRMA + timedelta(days=1)).pk


def test_horas_lugar_y_motivo():
    assert "hora_fin" in errores(hora=time(12), hora_fin=time(11))
    assert "hora" in errores(hora_fin=time(11))
    assert "lugar" in errores(lugar=" ")
    assert fabrica.acto(lugar="", modalidad="virtual").pk
    assert "motivo" in errores(estado="cancelado")
    assert "motivo" in errores(motivo="Lluvia")


def test_pasos():
    acto = fabrica.acto()
    acto.estado = "celebrado"
    acciones.guardar_acto(acto=acto, por=None)
    acto.estado, acto.motivo = "cancelado", "Error"
    with pytest.raises(ValidationError, match="no se cancela"):
        acciones.guardar_acto(acto=acto, por=None)
    acto.estado, acto.motivo = "programado", ""
    acciones.guardar_acto(acto=acto, por=None)
    assert acciones.cancelar_acto(acto=acto, motivo="Agenda", version=acto.version, por=None).estado == "cancelado"


def test_la_asistencia_celebra_y_su_version_se_comprueba():
    acto = fabrica.acto(invitados=["Presidencia", "Rectoría"])
    uno, dos = acto.invitados.all()
    with pytest.raises(acciones.ActoCambiado):
        acciones.anotar_asistencia(acto=acto, asistencia={uno.pk: "si"}, version=acto.version - 1, por=None)
    acto = acciones.anotar_asistencia(acto=acto, asistencia={uno.pk: "si"}, version=acto.version, por=None)
    uno.refresh_from_db()
    dos.refresh_from_db()
    assert (acto.estado, uno.asistio, dos.asistio) == ("celebrado", "si", "sin_anotar")
    acto.estado = "programado"
    with pytest.raises(ValidationError, match="quién asistió"):
        acciones.guardar_acto(acto=acto, por=None)


def test_no_se_celebra_sin_firma_desde_la_asistencia():
    acto = fabrica.acto(instrumentos=[convenios.convenio()])
    with pytest.raises(ValidationError, match="no está suscrito"):
        acciones.anotar_asistencia(acto=acto, asistencia={}, version=acto.version, por=None)
    acto.refresh_from_db()
    assert acto.estado == "programado"


def test_impedimentos_por_actos_nombra_los_que_quedarian_antes():
    convenio = convenios.convenio(fecha_firma=FIRMA)
    assert reglas.impedimentos_por_actos(convenio, FIRMA) == []
    acto = fabrica.acto(instrumentos=[convenio], estado="celebrado", fecha=FIRMA)
    fabrica.acto(instrumentos=[convenio], fecha=FIRMA)
    assert reglas.impedimentos_por_actos(convenio, FIRMA) == []
    (razon,) = reglas.impedimentos_por_actos(convenio, FIRMA + timedelta(days=1))
    assert acto.titulo in razon
    (razon,) = reglas.impedimentos_por_actos(convenio, None)
    assert acto.titulo in razon
    assert reglas.impedimentos_por_actos(type(convenio)(), FIRMA) == []


def test_dudas():
    convenio, otro = convenios.convenio(fecha_firma=FIRMA), convenios.convenio(fecha_firma=FIRMA)
    primero = fabrica.acto(instrumentos=[convenio], estado="celebrado")
    nuevo = ActoProtocolario(titulo=f"Firma del {convenio.titulo.upper()}", fecha=FIRMA)
    dudas = reglas.dudas(nuevo, [convenio, otro])
    assert len(dudas) == 3
    assert "ya pasó" in dudas[0]
    assert primero.titulo in dudas[1]
    assert convenio.folio in dudas[1]
    assert otro.folio not in dudas[1]
    assert "también lo leerán" in dudas[2]
    assert reglas.dudas(primero, [convenio]) == []


def test_borrar_un_celebrado_con_asistencia_no_se_puede():
    acto = fabrica.acto(invitados=["Presidencia"], estado="celebrado")
    invitado = acto.invitados.get()
    invitado.asistio = "no"
    acciones.guardar_invitado(invitado=invitado, por=None)
    with pytest.raises(ValidationError, match="asistencia"):
        acciones.eliminar_acto(acto=acto, por=None)
    invitado.asistio = "sin_anotar"
    acciones.guardar_invitado(invitado=invitado, por=None)
    acciones.eliminar_acto(acto=acto, por=None)
    assert not InvitadoDeActo.objects.exists()


def test_invitados():
    acto = fabrica.acto(invitados=["Presidencia"])
    unam, uam = directorio.organismo(), directorio.organismo()

    def invita(**datos):
        return acciones.guardar_invitado(invitado=InvitadoDeActo(acto=acto, **datos), por=None)

    assert invita(cargo="Rectoría", organismo=unam).orden == 2
    assert invita(cargo="Rectoría", organismo=uam, calidad="firmante").orden == 3
    with pytest.raises(ValidationError, match="ya está en la lista"):
        invita(cargo=" rectoria", organismo=uam)
    with pytest.raises(ValidationError, match="deje uno"):
        invita(cargo="Otra", organismo=uam, area=directorio.area())
    with pytest.raises(ValidationError, match="ya se celebró"):
        invita(cargo="Otra", asistio="si")


def test_copiar_la_lista_de_otro_acto_agrega_los_que_faltan_sin_asistencia():
    anterior = fabrica.acto(invitados=["Presidencia", "Rectoría", "Prensa"], estado="celebrado")
    rectoria = anterior.invitados.get(cargo="Rectoría")
    rectoria.asistio, rectoria.calidad = "si", "firmante"
    acciones.guardar_invitado(invitado=rectoria, por=None)
    acto = fabrica.acto(invitados=["Prensa"])
    assert acciones.copiar_invitados(acto=acto, de=anterior, por=None) == 2
    assert [(i.cargo, i.calidad, i.asistio) for i in acto.invitados.all()] == [
        ("Prensa", "invitada", "sin_anotar"),
        ("Presidencia", "invitada", "sin_anotar"),
        ("Rectoría", "firmante", "sin_anotar"),
    ]
    assert acciones.copiar_invitados(acto=acto, de=anterior, por=None) == 0
