"""Un correo por persona, cada plazo una vez; el servidor de prueba es de verdad."""

import re
import smtplib
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import Schedule

from convenios.models import AvisoDeVencimiento
from convenios.vigencia import destinatarios, resumen
from tests.fabricas import compromisos as de_compromisos
from tests.fabricas import vigencia as fabrica
from vinculacion.nucleo.periodos import hoy


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
        self.recibidos.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    @property
    def a(self):
        return sorted(para[0].split("@")[0] for para, _ in self.recibidos)

    def de(self, quien):
        return [correo for para, correo in self.recibidos if para == [f"{quien}@prueba.example"]]

    def texto(self, quien):
        return self.de(quien)[-1].get_body(("plain",)).get_content()


@pytest.fixture
def buzon(settings):
    buzon = Buzon()
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    servidor = Controller(buzon, hostname="127.0.0.1", port=puerto)
    servidor.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", puerto
    settings.SITIO = "https://vinculacion.example"
    yield buzon
    servidor.stop()


@pytest.fixture
def gente(db):
    return fabrica.gente()


def del_area(gente, dias, **datos):
    return fabrica.vence(dias, areas=[gente["area"]], responsable=gente["captura"], **datos)


def test_un_correo_reune_todo_y_no_se_repite(buzon, gente):
    cercano = del_area(gente, 20, titulo="Convenio & marco", vigencia_texto="Dos años")
    del_area(gente, 80, titulo="Con tiempo")
    del_area(gente, 120, titulo="Lejano")
    vencido = de_compromisos.compromiso(cercano, fecha_limite=hoy() - timedelta(days=3), que="Entregar el informe.")
    assert resumen.enviar_resumenes(hoy()) == 3  # lo lleva, su área y, porque no se ha decidido, la Dirección
    assert buzon.a == ["dirige", "enlace", "lleva"]
    texto = buzon.texto("lleva")
    assert buzon.de("lleva")[0]["Subject"] == "Vencimientos: 2 instrumentos y 1 compromiso"
    for esperado in (
        "Convenio & marco",
        "en 20 días",
        "Con tiempo",
        "Renovación: sin iniciar. Decidir si se renueva.",
        "Entregar el informe.",
        "hace 3 días",
        f"https://vinculacion.example{cercano.get_absolute_url()}",
        f"https://vinculacion.example{vencido.get_absolute_url()}",
    ):
        assert esperado in texto, esperado
    assert "Lejano" not in texto
    html = buzon.de("lleva")[0].get_body(("html",)).get_content()
    assert '<html lang="es-MX">' in html and "Convenio &amp; marco" in html and "<h2>" in html
    assert not re.search(r"href=\"(?!https://vinculacion\.example/)", html)
    assert "Con tiempo" not in buzon.texto("dirige") and "Entregar" not in buzon.texto("dirige")
    assert resumen.enviar_resumenes(hoy()) == 0 and len(buzon.recibidos) == 3
    assert not AvisoDeVencimiento.objects.filter(enviado=None).exists()


def test_cada_plazo_una_vez_y_tras_un_apagon_solo_el_mas_estrecho(buzon, gente):
    convenio = del_area(gente, 85)
    hasta, plazos = convenio.vigencia_hasta, []
    for faltan in (95, 90, 89, 61, 60, 45, 29, 3, 0, -1, -2, -100):
        antes = len(buzon.de("enlace"))
        resumen.enviar_resumenes(hasta - timedelta(days=faltan))
        if len(buzon.de("enlace")) > antes:
            plazos.append(faltan)
    assert plazos == [90, 60, 29, -1]
    nuevo = fabrica.con_papel("Área", username="nueva", email="nueva@prueba.example", area=gente["area"])
    resumen.enviar_resumenes(hasta - timedelta(days=10))
    assert len(buzon.de("nueva")) == 1
    assert list(AvisoDeVencimiento.objects.filter(usuario=nuevo).values_list("plazo", flat=True)) == [30]
    resumen.enviar_resumenes(hasta - timedelta(days=80))  # un plazo más amplio ya no se dice
    assert len(buzon.de("nueva")) == 1


def test_si_cambia_la_fecha_se_avisa_de_la_nueva(buzon, gente):
    convenio = del_area(gente, 20)
    resumen.enviar_resumenes(hoy())
    convenio.vigencia_hasta += timedelta(days=5)
    convenio.save()
    resumen.enviar_resumenes(hoy())
    assert len(buzon.de("enlace")) == 2


def test_a_quien_no_le_toca_no_le_llega(buzon, gente):
    fabrica.vence(20, areas=[gente["ajena"]], responsable=gente["captura"])
    gente["otro"].is_active = False
    gente["otro"].save()
    resumen.enviar_resumenes(hoy())
    assert buzon.a == ["dirige", "lleva"]


def test_sin_quien_lo_lleve_le_llega_a_la_direccion(buzon, gente):
    gente["captura"].is_active = False
    gente["captura"].save()
    convenio = del_area(gente, 80)
    de_compromisos.compromiso(convenio, fecha_limite=hoy() + timedelta(days=5))
    resumen.enviar_resumenes(hoy())
    assert buzon.a == ["dirige", "enlace"]
    assert "COMPROMISOS QUE VENCEN EN 7 DÍAS" in buzon.texto("dirige")


def test_el_area_de_un_compromiso_ajeno_no_recibe_lo_que_no_veria(buzon, gente):
    convenio = del_area(gente, 300)
    de_compromisos.compromiso(convenio, area=gente["ajena"], fecha_limite=hoy() + timedelta(days=5))
    resumen.enviar_resumenes(hoy())
    assert buzon.a == ["lleva"]


def test_nada_que_decir_no_manda_nada(buzon, gente):
    del_area(gente, 200)
    del_area(gente, -300)
    relevado = del_area(gente, 20)
    fabrica.firmar(fabrica.con_sucesor(relevado).sucesor)
    assert resumen.enviar_resumenes(hoy()) == 0 and buzon.recibidos == []


def test_la_rechazada_no_detiene_a_las_demas_y_se_intenta_al_otro_dia(buzon, gente):
    del_area(gente, 20)
    buzon.rechazadas = {"enlace@prueba.example"}
    resultado = resumen.avisar(hoy())
    assert resultado.enviados == 2 and "enlace" in resultado.fallas[0]
    buzon.rechazadas = set()
    assert resumen.enviar_resumenes(hoy()) == 1 and buzon.a == ["dirige", "enlace", "lleva"]


def test_sin_servidor_no_se_aparta_nada(settings, gente):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    del_area(gente, 20)
    with pytest.raises(OSError):
        resumen.enviar_resumenes(hoy())
    with pytest.raises(CommandError, match="No se pudo hablar"):
        call_command("avisar_vencimientos")
    assert not AvisoDeVencimiento.objects.exists()


def test_quien_muere_a_la_mitad_no_manda_dos_veces(buzon, gente, monkeypatch, capsys):
    """El proceso muere después de entregar y antes de anotarlo: ése no se repite; los demás sí salen."""
    del_area(gente, 20)
    original, idas = smtplib.SMTP.sendmail, []

    def muere(self, *args, **kwargs):
        respuesta = original(self, *args, **kwargs)
        idas.append(args[1])
        if len(idas) == 2:
            raise KeyboardInterrupt
        return respuesta

    monkeypatch.setattr(smtplib.SMTP, "sendmail", muere)
    with pytest.raises(KeyboardInterrupt):
        resumen.enviar_resumenes(hoy())
    monkeypatch.setattr(smtplib.SMTP, "sendmail", original)
    assert len(buzon.recibidos) == 2
    resumen.enviar_resumenes(hoy())
    assert buzon.a == ["dirige", "enlace", "lleva"]
    AvisoDeVencimiento.objects.filter(enviado=None).update(apartado=timezone.now() - timedelta(hours=1))
    call_command("avisar_vencimientos")
    assert "1 aviso quedó a medias" in capsys.readouterr().err
    call_command("avisar_vencimientos", repetir_interrumpidos=True)
    assert len(buzon.recibidos) == 4 and not AvisoDeVencimiento.objects.filter(enviado=None).exists()


def test_una_conexion_cortada_deja_la_duda_y_no_repite(buzon, gente, monkeypatch):
    del_area(gente, 20)

    def corta(self, *args, **kwargs):
        raise smtplib.SMTPServerDisconnected("se fue")

    with monkeypatch.context() as parche:
        parche.setattr(smtplib.SMTP, "sendmail", corta)
        assert len(resumen.avisar(hoy()).fallas) == 3
    assert resumen.avisar(hoy()).enviados == 0 and buzon.recibidos == []


@pytest.mark.django_db(transaction=True)
def test_dos_procesos_a_la_vez_no_repiten(buzon):
    gente = fabrica.gente()
    for dias in (5, 40, 70):
        del_area(gente, dias)

    def manda(_):
        try:
            return resumen.enviar_resumenes(hoy())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        assert sum(hilos.map(manda, range(4))) == 3
    assert buzon.a == ["dirige", "enlace", "lleva"]


def test_consultas_constantes(gente):
    def cuantas():
        with CaptureQueriesContext(connection) as hechas:
            destinatarios.por_persona(hoy())
        return len(hechas)

    de_compromisos.compromiso(del_area(gente, 20), fecha_limite=hoy())
    una = cuantas()
    for n in range(30):
        de_compromisos.compromiso(del_area(gente, n), fecha_limite=hoy())
    assert cuantas() == una < 20


def test_la_orden(buzon, gente, capsys):
    del_area(gente, 20)
    call_command("avisar_vencimientos", simular=True)
    dicho = capsys.readouterr().out
    assert "enlace <enlace@prueba.example>: Vencimientos: 1 instrumento" in dicho and "3 personas" in dicho
    assert not AvisoDeVencimiento.objects.exists()
    for mala in ("31/12/2026", "2026-02-30", "0001-01-01"):
        with pytest.raises(CommandError, match="no es una fecha"):
            call_command("avisar_vencimientos", fecha=mala)
    buzon.rechazadas = {"enlace@prueba.example"}
    with pytest.raises(CommandError, match="No salieron todos"):
        call_command("avisar_vencimientos", fecha=hoy().isoformat())
    assert "Salieron 2 correos" in capsys.readouterr().out


def test_se_apunta_una_sola_vez_y_respeta_cuando_le_toca(db, capsys):
    call_command("avisar_vencimientos", programar=True)
    primera = Schedule.objects.get(name=resumen.NOMBRE)
    assert timezone.localtime(primera.next_run).hour == resumen.HORA and primera.next_run > timezone.now()
    assert primera.func == "convenios.vigencia.resumen.enviar_resumenes"
    Schedule.objects.update(next_run=timezone.now() + timedelta(days=3))
    assert resumen.programar().next_run > timezone.now() + timedelta(days=2)
    assert Schedule.objects.count() == 1
