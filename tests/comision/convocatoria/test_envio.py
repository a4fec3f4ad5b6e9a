"""Cada correo sale una vez, cada uno con su suerte; el servidor de prueba es de verdad."""

import smtplib
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from tests.fabricas import convocatoria as fabrica
from vinculacion.comision.convocatoria import acciones, consultas, envio
from vinculacion.comision.models import Entrega


class Buzon:
    """Recibe todo menos lo que va a ``rechazadas``."""

    def __init__(self):
        self.recibidos, self.rechazadas = [], set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.rechazadas:
            return "550 Esa cuenta no existe"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.recibidos.append((envelope.rcpt_tos[0], envelope.content.decode("utf-8", "replace")))
        return "250 OK"


@pytest.fixture
def buzon(settings):
    buzon = Buzon()
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    servidor = Controller(buzon, hostname="127.0.0.1", port=puerto)
    servidor.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = puerto
    yield buzon
    servidor.stop()


def estados(convocatoria):
    return list(convocatoria.entregas.order_by("correo").values_list("estado", flat=True))


@pytest.mark.django_db
def test_llega_a_cada_quien_con_sus_adjuntos(buzon):
    convocatoria = fabrica.convocar(fabrica.por_convocar())
    assert envio.enviar(convocatoria.pk) == "Salieron 6 de 6."
    assert sorted(a for a, _ in buzon.recibidos) == [f"integrante{n}@prueba.example" for n in range(1, 7)]
    assert "carta.pdf" in buzon.recibidos[0][1] and "Subject: Convocatoria" in buzon.recibidos[0][1]
    assert estados(convocatoria) == ["enviada"] * 6
    assert all(convocatoria.entregas.values_list("cuando", flat=True))
    assert envio.enviar(convocatoria.pk) == "Nada por enviar."
    assert len(buzon.recibidos) == 6


@pytest.mark.django_db
def test_una_rechazada_no_detiene_a_las_demas_y_se_reintenta_sola(buzon):
    buzon.rechazadas = {"integrante3@prueba.example"}
    convocatoria = fabrica.convocar(fabrica.por_convocar())
    envio.enviar(convocatoria.pk)
    fallida = convocatoria.entregas.get(estado="fallida")
    assert fallida.correo == "integrante3@prueba.example" and "550" in fallida.error
    assert len(buzon.recibidos) == 5
    # Se corrige el correo en la integración y se reintenta: sólo va a quien faltaba.
    fallida.integracion.correo = "correcto@prueba.example"
    fallida.integracion.save()
    assert acciones.volver_a_pendientes(por=None, convocatoria=convocatoria) == 1
    envio.enviar(convocatoria.pk)
    assert buzon.recibidos[-1][0] == "correcto@prueba.example" and len(buzon.recibidos) == 6
    assert estados(convocatoria) == ["enviada"] * 6


@pytest.mark.django_db
def test_sin_servidor_cada_una_dice_por_que(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    convocatoria = fabrica.convocar(fabrica.por_convocar())
    assert envio.enviar(convocatoria.pk) == "Salieron 0 de 6."
    assert estados(convocatoria) == ["fallida"] * 6
    assert "No se pudo hablar con el servidor" in convocatoria.entregas.first().error


@pytest.mark.django_db
def test_quien_muere_a_la_mitad_no_manda_dos_veces(buzon, monkeypatch):
    """El proceso muere después de entregar y antes de anotarlo: esa no se repite; las demás sí salen."""
    convocatoria = fabrica.convocar(fabrica.por_convocar())
    original = smtplib.SMTP.sendmail
    idas = []

    def muere(self, *args, **kwargs):
        respuesta = original(self, *args, **kwargs)
        idas.append(args[1])
        if len(idas) == 3:
            raise KeyboardInterrupt
        return respuesta

    monkeypatch.setattr(smtplib.SMTP, "sendmail", muere)
    with pytest.raises(KeyboardInterrupt):
        envio.enviar(convocatoria.pk)
    monkeypatch.setattr(smtplib.SMTP, "sendmail", original)
    assert len(buzon.recibidos) == 3
    envio.enviar(convocatoria.pk)
    assert len(buzon.recibidos) == 6 and len({a for a, _ in buzon.recibidos}) == 6
    dudosa = convocatoria.entregas.get(estado="pendiente")
    assert dudosa.cuando is not None
    # Pasado el tiempo se da por interrumpida, y sólo sale otra vez si alguien lo pide para ella.
    Entrega.objects.filter(pk=dudosa.pk).update(cuando=timezone.now() - timedelta(hours=1))
    envio.enviar(convocatoria.pk)
    dudosa.refresh_from_db()
    assert dudosa.estado == "fallida" and dudosa.error == consultas.INTERRUMPIDA
    assert acciones.volver_a_pendientes(por=None, convocatoria=convocatoria) == 0
    assert acciones.volver_a_pendientes(por=None, convocatoria=convocatoria, entrega=dudosa) == 1


@pytest.mark.django_db
def test_dos_capacidades_con_el_mismo_correo_reciben_uno(buzon):
    sesion = fabrica.por_convocar()
    sesion.comision.integraciones.filter(nombre__startswith="Integrante").update(correo="misma@prueba.example")
    convocatoria = fabrica.convocar(sesion)
    assert envio.enviar(convocatoria.pk) == "Salieron 6 de 6."
    assert len(buzon.recibidos) == 5


@pytest.mark.django_db(transaction=True)
def test_dos_procesos_a_la_vez_no_repiten(buzon):
    convocatoria = fabrica.convocar(fabrica.por_convocar())
    Entrega.objects.update(estado="pendiente", cuando=None, error="")  # lo que haya hecho la tarea al emitir
    buzon.recibidos.clear()

    def manda(_):
        try:
            return envio.enviar(convocatoria.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(manda, range(4)))
    assert sorted(a for a, _ in buzon.recibidos) == [f"integrante{n}@prueba.example" for n in range(1, 7)]
    assert estados(convocatoria) == ["enviada"] * 6


@pytest.mark.django_db(transaction=True)
def test_emitir_encola_la_tarea_y_esta_manda(buzon):
    convocatoria = fabrica.convocar(fabrica.por_convocar())
    assert len(buzon.recibidos) == 6
    assert estados(convocatoria) == ["enviada"] * 6
