"""Las páginas del calendario, para quien lo lleva, quien lo lee y quien no tiene nada que ver."""

from datetime import date, time
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import calendario as fabrica_calendario
from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones
from vinculacion.comision.calendario import acciones as del_calendario
from vinculacion.comision.models import Comision, Integracion, Sesion
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def url(nombre, *args):
    return reverse(f"comision:{nombre}", args=args)


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def secretaria(client):
    quien = con_papel(SECRETARIA)
    client.force_login(quien)
    return quien


def renglones(*fechas, **mas) -> dict[str, str]:
    """Lo que manda la cuadrícula con esas fechas en las primeras sesiones y lo demás en blanco."""
    datos = {}
    for numero in range(1, 13):
        dia = fechas[numero - 1] if numero <= len(fechas) else ""
        datos |= {f"s{numero}-fecha": dia, f"s{numero}-hora": "11:00" if dia else "", f"s{numero}-modalidad": "virtual"}
    return {**datos, **mas}


# -- el año --------------------------------------------------------------------


def test_el_calendario_lo_lee_quien_ve_sesiones(client, cvoe):
    capturadas = fabrica_calendario.fechas(2020, 3)
    del_calendario.capturar_calendario(comision=cvoe, anio=2020, fechas=capturadas, por=None, aprobar=True)
    pagina = f"{url('calendario')}?comision={cvoe.pk}&anio=2020"
    client.force_login(con_papel(AREA))
    assert client.get(pagina).status_code == 403
    client.force_login(con_papel(CONSEJERIA))
    cuerpo = texto(client.get(pagina))
    assert "lunes 20 de enero de 2020" in cuerpo
    assert "Capturar calendario" not in cuerpo
    assert client.get(url("calendario_capturar")).status_code == 403
    assert client.post(url("calendario_capturar")).status_code == 403
    assert client.get(f"{pagina}&vista=meses").status_code == 200
    respuesta = client.get(f"{url('calendario_pdf')}?comision={cvoe.pk}&anio=2020")
    assert (respuesta["Content-Type"], respuesta.content[:4]) == ("application/pdf", b"%PDF")
    for rara in ("?comision=0&anio=x", "?anio=99999999999999999999", "?comision=%00"):
        assert client.get(url("calendario") + rara).status_code == 200


def test_sin_comisiones_las_paginas_lo_dicen(client, secretaria):
    assert Comision.objects.count() == 0
    assert "Todavía no hay comisiones" in texto(client.get(url("calendario")))
    assert "Todavía no hay comisiones" in texto(client.get(url("calendario_capturar")))
    assert client.post(url("calendario_capturar")).status_code == 404
    assert client.get(url("calendario_pdf")).status_code == 404


def test_una_o_treinta_sesiones_cuestan_lo_mismo(client, secretaria, cvoe):
    pagina = f"{url('calendario')}?comision={cvoe.pk}&anio=2020"
    cuantas = []
    for numero in (1, 30):
        while cvoe.sesiones.count() < numero:
            fabrica.sesion(cvoe, date(2020, 5, 20))
        client.get(pagina)
        with CaptureQueriesContext(connection) as consultas:
            client.get(pagina)
        cuantas.append(len(consultas))
    assert cuantas[0] == cuantas[1]


# -- la captura ----------------------------------------------------------------


def test_se_capturan_y_aprueban_de_una_vez(client, secretaria, cvoe):
    pagina = f"{url('calendario_capturar')}?comision={cvoe.pk}&anio={hoy().year}"
    anio = hoy().year
    assert "Décima segunda ordinaria" in texto(client.get(pagina))
    respuesta = client.post(pagina, renglones(f"{anio}-01-20", f"{anio}-02-20", aprobar="1"), follow=True)
    assert "El calendario quedó aprobado" in texto(respuesta)
    una, dos = Sesion.objects.order_by("numero")
    assert (una.fecha_calendario, una.hora_programada, una.modalidad) == (date(anio, 1, 20), time(11), "virtual")
    assert (dos.codigo, dos.history.first().history_user) == ("02SO", secretaria)
    # Repetir lo mismo no cambia nada.
    datos = renglones(f"{anio}-01-20", f"{anio}-02-20", **{"s1-version": una.version, "s2-version": dos.version})
    assert "No había fechas que guardar" in texto(client.post(pagina, datos, follow=True))


def test_los_errores_salen_en_su_renglon_y_nada_se_pierde(client, secretaria, cvoe):
    anio = hoy().year
    pagina = f"{url('calendario_capturar')}?comision={cvoe.pk}&anio={anio}"
    respuesta = client.post(pagina, renglones("31/02/2020", f"{anio}-02-20", razon="Calendario nuevo"))
    cuerpo = texto(respuesta)
    assert respuesta.status_code == 422
    assert "Esa fecha no existe" in cuerpo
    assert "31/02/2020" in cuerpo
    assert f'value="{anio}-02-20"' in cuerpo
    assert "Calendario nuevo" in cuerpo
    respuesta = client.post(pagina, renglones(f"{anio}-03-20", f"{anio}-02-20"))
    assert respuesta.status_code == 422
    assert "Es anterior a la de la 01SO" in texto(respuesta)
    respuesta = client.post(pagina, renglones(f"{anio}-03-20", razon="x" * 500))
    assert respuesta.status_code == 422
    respuesta = client.post(pagina, {"aprobar": "1"})  # llegó incompleto
    assert respuesta.status_code == 422
    assert not Sesion.objects.exists()
    respuesta = client.post(pagina, renglones(aprobar="1"))
    assert "No hay sesiones que aprobar" in texto(respuesta)


def test_el_choque_ensena_lo_guardado_y_el_siguiente_guardar_pasa(client, secretaria, cvoe):
    anio = hoy().year
    sesion = fabrica.sesion(cvoe, date(anio, 1, 20), celebrada=False)
    pagina = f"{url('calendario_capturar')}?comision={cvoe.pk}&anio={anio}"
    vieja = sesion.version
    acciones.guardar_sesion(sesion=sesion, por=None)
    respuesta = client.post(pagina, renglones(f"{anio}-01-22", **{"s1-version": vieja}))
    cuerpo = texto(respuesta)
    assert respuesta.status_code == 409
    assert f"20/01/{anio}" in cuerpo
    assert f'value="{anio}-01-22"' in cuerpo
    assert f'name="s1-version" value="{sesion.version}"' in cuerpo
    respuesta = client.post(pagina, renglones(f"{anio}-01-22", **{"s1-version": sesion.version}))
    assert respuesta.status_code == 302
    sesion.refresh_from_db()
    assert sesion.fecha_programada == date(anio, 1, 22)


# -- mover una sesión convocada ------------------------------------------------


@pytest.fixture
def convocada(cvoe):
    fabrica.integrar(cvoe)
    return fabrica_calendario.convocada(cvoe, date(2026, 5, 20))


def de_la_forma(sesion, **mas) -> dict:
    return {
        "tipo": sesion.tipo, "numero": sesion.numero, "anio": sesion.anio, "modalidad": sesion.modalidad,
        "fecha_programada": sesion.fecha_programada.isoformat(), "hora_programada": "12:00", "version": sesion.version,
        **mas,
    }  # fmt: skip


def test_antes_de_moverla_dice_a_quien_se_aviso(client, secretaria, convocada):
    pagina = url("sesion_editar", convocada.pk)
    for ruta in (pagina, url("sesion_estado_editar", convocada.pk)):
        cuerpo = texto(client.get(ruta))
        assert "Esta sesión ya se convocó" in cuerpo
        assert "Integrante: Consejería 2, el 01/05/2026, para el 20/05/2026 a las 12:00" in cuerpo
    respuesta = client.post(pagina, de_la_forma(convocada, fecha_programada="2026-05-21", lugar="Sala 3"))
    assert respuesta.status_code == 422
    assert "escriba por qué cambia" in texto(respuesta)
    assert "Sala 3" in texto(respuesta)
    datos = de_la_forma(convocada, fecha_programada="2026-05-21", motivo="Se cruza con el Consejo")
    cuerpo = texto(client.post(pagina, datos, follow=True))
    assert "Ya se había avisado a Presidencia, Integrante: Consejería 2" in cuerpo
    assert "el 01/05/2026, para el 20/05/2026 a las 12:00" in cuerpo
    assert f"?sesion={convocada.pk}&clase=cambio" in cuerpo
    assert "Avisar ahora" in cuerpo
    assert "Se cruza con el Consejo" in cuerpo


def test_cancelar_la_convocada_ofrece_el_aviso(client, secretaria, convocada):
    datos = {"estado": "cancelada", "fecha_programada": "2026-05-20", "hora_programada": "12:00",
             "version": convocada.version, "motivo": "Sin materia"}  # fmt: skip
    cuerpo = texto(client.post(url("sesion_estado_editar", convocada.pk), datos, follow=True))
    assert f"?sesion={convocada.pk}&clase=cancelacion" in cuerpo
    assert "De convocada a" in cuerpo


def test_editar_lo_demas_no_pide_razon(client, secretaria, convocada):
    datos = de_la_forma(convocada, lugar="Sala 3")
    assert client.post(url("sesion_editar", convocada.pk), datos).status_code == 302


def test_la_hora_vieja_pasa_a_ser_la_programada(client, secretaria, cvoe):
    vieja = fabrica.sesion(cvoe, date(2026, 5, 20), celebrada=False, hora_inicio=time(12))
    assert 'name="hora_programada" value="12:00"' in texto(client.get(url("sesion_editar", vieja.pk)))
    assert client.post(url("sesion_editar", vieja.pk), de_la_forma(vieja)).status_code == 302
    vieja.refresh_from_db()
    assert (vieja.hora_programada, vieja.hora_inicio, vieja.cambios.count()) == (time(12), None, 1)


def test_la_cerrada_es_de_solo_lectura(client, secretaria, cvoe):
    sesion = fabrica.sesion(cvoe, date(2020, 5, 20))
    Sesion.objects.filter(pk=sesion.pk).update(cerrada=True)
    cuerpo = texto(client.get(url("sesion_detalle", sesion.pk)))
    assert url("sesion_editar", sesion.pk) not in cuerpo
    assert url("sesion_estado_editar", sesion.pk) not in cuerpo
    assert client.get(url("sesion_editar", sesion.pk)).status_code == 403
    assert client.get(url("sesion_estado_editar", sesion.pk)).status_code == 403


# -- comisión e integración ----------------------------------------------------


def test_los_plazos_y_el_quorum_se_capturan(client, secretaria, cvoe):
    datos = {
        "nombre": cvoe.nombre, "siglas": "CVOE", "tipo": "permanente", "desde": "2017-08-01", "serie": cvoe.serie_id,
        "horas_ordinaria": 48, "horas_extraordinaria": 24, "horas_urgente": 0, "quorum": "", "version": cvoe.version,
    }  # fmt: skip
    ruta = url("comision_editar", cvoe.pk)
    assert client.post(ruta, {**datos, "quorum": 0}).status_code == 422
    assert client.post(ruta, datos).status_code == 302
    cuerpo = texto(client.get(url("comision_detalle", cvoe.pk)))
    assert "ordinaria, 48 horas; extraordinaria, 24 horas; urgente, sin plazo" in cuerpo
    assert "Más de la mitad" in cuerpo


def test_dos_presidencias_a_la_vez_se_advierten_una_vez(client, secretaria, cvoe):
    fabrica.integrar(cvoe)
    datos = {"comision": cvoe.pk, "rol": "presidencia", "nombre": "Nueva", "desde": "2021-01-01",
             "correo": "presidencia@iecm.example"}  # fmt: skip
    respuesta = client.post(url("integracion_nuevo"), datos)
    assert respuesta.status_code == 422
    assert "ya preside" in texto(respuesta)
    assert client.post(url("integracion_nuevo"), {**datos, "confirmo_advertencias": "1"}).status_code == 302
    assert Integracion.objects.get(nombre="Nueva").correo == "presidencia@iecm.example"
    assert client.post(url("integracion_nuevo"), {**datos, "nombre": "B", "correo": "no"}).status_code == 422
