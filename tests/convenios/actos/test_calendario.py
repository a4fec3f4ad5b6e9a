"""Los actos en el calendario de la comisión, en el personal y en el archivo que cada acto descarga."""

from datetime import date, datetime, time
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from convenios.actos import acciones
from tests.fabricas import actos as fabrica
from tests.fabricas import comision, convenios, directorio
from tests.fabricas.personas import persona
from vinculacion.comision.calendario import acciones as del_calendario
from vinculacion.cuentas import roles
from vinculacion.nucleo.calendario import reunir
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
MEXICO = ZoneInfo("America/Mexico_City")


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


@pytest.fixture
def consejera():
    return con_papel(roles.CONSEJERIA)


def cita(client, acto):
    respuesta = client.get(reverse("convenios:acto_ics", args=[acto.pk]))
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    (evento,) = Calendar.from_ical(respuesta.content).walk("VEVENT")
    return evento


def test_la_cita_de_un_acto(client, consejera):
    client.force_login(consejera)
    convenio = convenios.convenio(folio="IECM/1, uno; dos")
    acto = fabrica.acto(
        instrumentos=[convenio], fecha=date(2026, 5, 20), hora=time(11), hora_fin=time(12, 30), lugar="Patio, piso 2"
    )
    evento = cita(client, acto)
    assert evento.decoded("dtstart") == datetime(2026, 5, 20, 11, tzinfo=MEXICO)
    assert evento.decoded("dtend") == datetime(2026, 5, 20, 12, 30, tzinfo=MEXICO)
    assert (evento["uid"], evento["status"], evento["location"]) == (
        f"acto-{acto.pk}@vinculacion", "TENTATIVE", "Patio, piso 2",
    )  # fmt: skip
    assert evento["url"] == f"http://testserver{acto.get_absolute_url()}"
    assert "IECM/1, uno; dos" in evento["description"]


def test_sin_hora_dura_el_dia_y_cancelado_conserva_su_identidad(client, consejera):
    client.force_login(consejera)
    acto = fabrica.acto(fecha=date(2026, 5, 20))
    antes = cita(client, acto)
    assert (antes.decoded("dtstart"), antes.decoded("dtend")) == (date(2026, 5, 20), date(2026, 5, 21))
    acto = acciones.cancelar_acto(acto=acto, motivo="Agenda", version=acto.version, por=None)
    despues = cita(client, acto)
    assert (despues["uid"], despues["status"], despues["transp"]) == (antes["uid"], "CANCELLED", "TRANSPARENT")
    assert despues["sequence"] > antes["sequence"]
    assert despues["summary"] == f"Cancelado: {acto.titulo}"


def test_celebrado_va_en_firme(client, consejera):
    client.force_login(consejera)
    assert cita(client, fabrica.acto(estado="celebrado"))["status"] == "CONFIRMED"


def test_el_calendario_personal_lleva_los_actos_desde_el_anio_pasado(client, consejera):
    comision.sesion(comision.comision(), hoy(), celebrada=False)
    reciente = fabrica.acto(fecha=hoy())
    fabrica.acto(fecha=date(hoy().year - 2, 12, 31))
    secreto = del_calendario.suscribir(usuario=consejera).secreto
    salida = client.get(reverse("comision:calendario_ics", args=[secreto])).content
    uids = {str(e["uid"]) for e in Calendar.from_ical(salida).walk("VEVENT")}
    assert f"acto-{reciente.pk}@vinculacion" in uids
    assert len(uids) == 2


def test_el_calendario_personal_no_lleva_lo_que_su_duena_no_puede_ver(client):
    quien = persona("comision.view_sesion")
    fabrica.acto(fecha=hoy())
    secreto = del_calendario.suscribir(usuario=quien).secreto
    assert b"VEVENT" not in client.get(reverse("comision:calendario_ics", args=[secreto])).content
    area = directorio.area()
    propio = fabrica.acto(fecha=hoy(), instrumentos=[convenios.convenio(areas=[area])])
    enlace = con_papel(roles.AREA, area=area)
    assert [e.clave for e in reunir(enlace, hoy(), hoy())] == [f"acto-{propio.pk}"]


def test_el_calendario_no_crece_en_consultas(client, consejera):
    comision.sesion(comision.comision(), date(2024, 3, 1), celebrada=False)
    client.force_login(consejera)
    secreto = del_calendario.suscribir(usuario=consejera).secreto
    direcciones = [
        reverse("comision:calendario") + "?anio=2024&vista=meses",
        reverse("comision:calendario_ics", args=[secreto]),
    ]
    for direccion in direcciones:
        cuantas = []
        for total in (1, 30):
            while len(reunir(consejera, date(2000, 1, 1), date.max)) < total:
                fabrica.acto(fecha=hoy() if "ics" in direccion else fabrica.FIRMA)
            client.get(direccion)
            with CaptureQueriesContext(connection) as consultas:
                assert client.get(direccion).status_code == 200
            cuantas.append(len(consultas))
        assert cuantas[0] == cuantas[1], direccion


def test_la_vista_por_meses_ensena_los_actos_junto_a_las_sesiones(client, consejera):
    cvoe = comision.comision()
    comision.sesion(cvoe, date(2024, 3, 20), celebrada=False)
    antes = fabrica.acto(titulo="Firma <b>solemne</b>", fecha=date(2024, 3, 5), hora=time(10, 30))
    acciones.cancelar_acto(
        acto=fabrica.acto(titulo="El cancelado", fecha=date(2024, 3, 25)), motivo="x", version=1, por=None
    )
    client.force_login(consejera)
    pagina = client.get(reverse("comision:calendario") + f"?comision={cvoe.pk}&anio=2024&vista=meses")
    marzo = pagina.context["meses"][2]
    assert [getattr(c, "titulo", "sesión") for c in marzo.todo] == ["Firma <b>solemne</b>", "sesión", "El cancelado"]
    cuerpo = pagina.content.decode()
    assert "Firma <b>solemne</b>" not in cuerpo
    dicho = unescape(cuerpo)
    for texto in ("Acto protocolario", "10:30 h", antes.get_absolute_url(), "Cancelado", "Sin sesiones ni actos"):
        assert texto in dicho
    solo_sesiones = persona("comision.view_sesion")
    client.force_login(solo_sesiones)
    assert "Acto protocolario" not in client.get(reverse("comision:calendario") + "?anio=2024").content.decode()


def test_un_anio_sin_sesiones_ensena_sus_actos(client, consejera):
    comision.comision()
    fabrica.acto(titulo="Firma sola", fecha=hoy())
    client.force_login(consejera)
    cuerpo = client.get(reverse("comision:calendario")).content.decode()
    assert "Firma sola" in cuerpo
    assert "está vacío" in cuerpo
