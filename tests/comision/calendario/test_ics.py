"""iCalendar: lo que sale se lee de vuelta con la misma biblioteca."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from icalendar import Calendar

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision.calendario import acciones, ics
from vinculacion.comision.models import SuscripcionDeCalendario
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
MEXICO = ZoneInfo("America/Mexico_City")


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


@pytest.fixture
def cvoe():
    return fabrica.comision()


def leido(sesion):
    salida = ics.calendario([sesion], lambda s: f"https://sitio.example{s.get_absolute_url()}")
    (evento,) = Calendar.from_ical(salida).walk("VEVENT")
    return salida, evento


def test_con_hora_lleva_la_zona_de_la_ciudad(cvoe):
    sesion = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False, hora_programada=time(11))
    salida, evento = leido(sesion)
    assert b"DTSTART;TZID=America/Mexico_City:20260520T110000" in salida
    assert b"BEGIN:VTIMEZONE" in salida
    assert evento.decoded("dtstart") == datetime(2026, 5, 20, 11, tzinfo=MEXICO)
    assert evento.decoded("dtend") == datetime(2026, 5, 20, 12, tzinfo=MEXICO)
    assert (evento["status"], evento["sequence"], evento["uid"]) == (
        "TENTATIVE",
        sesion.version,
        f"sesion-{sesion.pk}@vinculacion",
    )
    assert evento["url"] == f"https://sitio.example/comision/sesiones/{sesion.pk}/"


def test_sin_hora_es_todo_el_dia(cvoe):
    salida, evento = leido(fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False))
    assert b"DTSTART;VALUE=DATE:20260520" in salida
    assert evento.decoded("dtend") == date(2026, 5, 21)


def test_celebrada_va_con_su_fecha_y_horas_reales(cvoe):
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26), hora_inicio=time(12, 5), hora_fin=time(14, 30))
    _, evento = leido(sesion)
    assert evento.decoded("dtstart") == datetime(2020, 10, 26, 12, 5, tzinfo=MEXICO)
    assert evento.decoded("dtend") - evento.decoded("dtstart") == timedelta(hours=2, minutes=25)
    assert evento["status"] == "CONFIRMED"


def test_la_hora_vieja_y_los_estados(cvoe):
    sesion = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False, hora_inicio=time(10))
    assert leido(sesion)[1].decoded("dtstart").hour == 10
    uid, secuencia = leido(sesion)[1]["uid"], leido(sesion)[1]["sequence"]
    sesion = de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="convocada", por=None)
    assert leido(sesion)[1]["status"] == "CONFIRMED"
    sesion = de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="cancelada", por=None, motivo="Sin materia")
    _, evento = leido(sesion)
    assert (evento["status"], evento["uid"]) == ("CANCELLED", uid)
    assert evento["sequence"] > secuencia
    assert evento["summary"] == "Cancelada: Primera sesión ordinaria de la CVOE"


def test_comas_renglones_emoji_y_lineas_largas_vuelven_iguales(cvoe):
    lugar = (
        "Sala de sesiones, piso 2; «edificio \\ sede» \N{BALLOT BOX WITH BALLOT} https://iecm.example/" + "ñandú" * 20
    )
    titulo = "Informe, con comas; puntos y comas\ny otro renglón \N{PARTY POPPER} " + "áéíóú " * 40
    sesion = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False, lugar=lugar)
    de_la_comision.agregar_punto(sesion=sesion, titulo=titulo.strip(), por=None)
    salida, evento = leido(sesion)
    assert all(len(renglon) <= 75 for renglon in salida.split(b"\r\n"))
    assert evento["location"] == lugar
    assert f"1. {titulo.strip()}" in evento["description"]
    assert "Orden del día\n1. " in evento["description"]


def test_la_cita_de_una_convocatoria_va_en_firme(cvoe):
    sesion = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False, hora_programada=time(11))
    (evento,) = Calendar.from_ical(ics.de_una_sesion(sesion)).walk("VEVENT")
    assert evento["status"] == "CONFIRMED"
    assert "url" not in evento


# -- páginas -------------------------------------------------------------------


def test_una_sesion_se_descarga(client, cvoe):
    sesion = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False)
    client.force_login(con_papel(CONSEJERIA))
    respuesta = client.get(reverse("comision:sesion_ics", args=[sesion.pk]))
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert "01SO-2026-cvoe.ics" in respuesta["Content-Disposition"]
    assert Calendar.from_ical(respuesta.content).walk("VEVENT")
    assert client.get(reverse("comision:sesion_ics", args=[999_999])).status_code == 404


def feed(client, secreto):
    return client.get(reverse("comision:calendario_ics", args=[secreto]))


def test_la_direccion_secreta_se_lee_sin_entrar(client, cvoe):
    fabrica.sesion(cvoe, hoy(), celebrada=False)
    fabrica.sesion(cvoe, date(2020, 10, 26))
    secreto = acciones.suscribir(usuario=con_papel(CONSEJERIA)).secreto
    respuesta = feed(client, secreto)
    assert (respuesta.status_code, respuesta["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "private" in respuesta["Cache-Control"]
    assert len(Calendar.from_ical(respuesta.content).walk("VEVENT")) == 1
    assert client.post(reverse("comision:calendario_ics", args=[secreto])).status_code == 405
    assert client.head(reverse("comision:calendario_ics", args=[secreto])).status_code == 200


def test_revocada_inactiva_o_sin_permiso_no_existe(client, cvoe, caplog):
    quien = con_papel(SECRETARIA)
    viejo = acciones.suscribir(usuario=quien).secreto
    assert acciones.suscribir(usuario=quien).secreto == viejo
    nuevo = acciones.renovar(usuario=quien).secreto
    assert nuevo != viejo
    assert (feed(client, viejo).status_code, feed(client, nuevo).status_code) == (404, 200)
    quien.is_active = False
    quien.save()
    assert feed(client, nuevo).status_code == 404
    quien.is_active = True
    quien.save()
    assert feed(client, nuevo).status_code == 200
    quien.groups.set([Group.objects.get(name=AREA)])
    assert feed(client, nuevo).status_code == 404
    acciones.revocar(usuario=quien)
    assert feed(client, nuevo).status_code == 404
    assert feed(client, "nada").status_code == 404
    # La dirección es el secreto: no se anota en la bitácora.
    assert nuevo not in caplog.text


def test_el_feed_no_crece_en_consultas(client, cvoe, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    secreto = acciones.suscribir(usuario=con_papel(CONSEJERIA)).secreto
    cuantas = []
    for numero in (1, 30):
        while cvoe.sesiones.count() < numero:
            sesion = fabrica.sesion(cvoe, hoy(), celebrada=False)
            de_la_comision.agregar_punto(sesion=sesion, titulo="Punto", por=None)
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert feed(client, secreto).status_code == 200
        cuantas.append(len(consultas))
    assert cuantas[0] == cuantas[1]


def test_mi_calendario_crea_renueva_y_revoca_sólo_el_propio(client, cvoe):
    duena, colega = con_papel(CONSEJERIA), con_papel(CONSEJERIA)
    ajeno = acciones.suscribir(usuario=colega).secreto
    client.force_login(duena)
    pagina = reverse("comision:mi_calendario")
    assert "Crear mi dirección" in client.get(pagina).content.decode()
    client.post(pagina, {"hacer": "crear"})
    mia = SuscripcionDeCalendario.objects.get(usuario=duena).secreto
    cuerpo = client.get(pagina).content.decode()
    assert f"http://testserver/comision/calendario/{mia}.ics" in cuerpo
    assert ajeno not in cuerpo
    client.post(pagina, {"hacer": "renovar"})
    assert SuscripcionDeCalendario.objects.get(usuario=duena).secreto != mia
    client.post(pagina, {"hacer": "otra cosa"})
    client.post(pagina, {"hacer": "revocar"})
    assert list(SuscripcionDeCalendario.objects.values_list("secreto", flat=True)) == [ajeno]
    client.force_login(con_papel(AREA))
    assert client.get(pagina).status_code == 403
