"""Las descargas en segundo plano: una por pedido, con avance, cancelables, y de quien las pidió."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from informes import exportacion
from informes.estados import EstadoDeInforme, EstadoDeTrabajo
from informes.models import Trabajo
from informes.trabajos import acciones, avisos, consultas, ejecucion
from tests.fabricas import informes as fabrica
from tests.fabricas import personas
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def persona():
    return personas.persona("informes.view_informe", "informes.view_trabajo")


@pytest.fixture
def informe():
    hecho = fabrica.informe()
    fabrica.apartado(hecho, "Introducción", narrativa="Texto breve.")
    fabrica.apartado(hecho, "Desarrollo", narrativa="Otro texto.")
    return hecho


@pytest.fixture
def direccion():
    return persona()


@pytest.fixture(autouse=True)
def en_cola(monkeypatch):
    """Lo que se encola, sin hacerlo: cada prueba decide cuándo."""
    encolados = []
    monkeypatch.setattr(acciones, "async_task", lambda tarea, clave: encolados.append((tarea, clave)))
    return encolados


@pytest.fixture
def pedido(informe, direccion, django_capture_on_commit_callbacks, en_cola):
    with django_capture_on_commit_callbacks(execute=True):
        trabajo = acciones.pedir(informe=informe, formato="pdf", por=direccion)
    assert en_cola == [(acciones.TAREA, trabajo.pk)]
    return trabajo


def test_se_hace_y_se_recoge(pedido, direccion, client):
    assert ejecucion.hacer(pedido.pk) == "Listo."
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.avance) == (EstadoDeTrabajo.LISTO, 100)
    client.force_login(direccion)
    respuesta = client.get(reverse("informes:trabajo_archivo", args=[pedido.pk]))
    assert b"".join(respuesta).startswith(b"%PDF")
    assert [a.url for a in avisos.descargas(direccion, hoy())] == [pedido.get_absolute_url()]
    assert ejecucion.hacer(pedido.pk).startswith("Ya lo hace")


def test_dos_personas_que_piden_lo_mismo_comparten_el_trabajo(pedido, informe, en_cola):
    otra = persona()
    assert acciones.pedir(informe=informe, formato="pdf", por=otra) == pedido
    assert pedido.personas.filter(pk=otra.pk).exists()
    assert Trabajo.objects.count() == len(en_cola) == 1
    ejecucion.hacer(pedido.pk)
    assert acciones.pedir(informe=informe, formato="pdf", por=otra) == pedido  # ya está hecho
    assert acciones.pedir(informe=informe, formato="docx", por=otra) != pedido


def test_si_el_informe_cambia_es_otro_trabajo(pedido, informe, direccion):
    fabrica.apartado(informe, "Nuevo", narrativa="Algo más.")
    assert acciones.pedir(informe=informe, formato="pdf", por=direccion) != pedido


def test_cancelar_a_la_mitad_detiene_la_imprenta(pedido, direccion, monkeypatch):
    def imprime(_documento, _formato, avisar, **_mas):
        acciones.cancelar(trabajo=pedido, por=direccion)
        avisar(1, 1)
        raise AssertionError("siguió imprimiendo")

    monkeypatch.setattr(ejecucion, "escribir", imprime)
    assert ejecucion.hacer(pedido.pk) == "Cancelado."
    pedido.refresh_from_db()
    assert pedido.estado == EstadoDeTrabajo.CANCELADO
    with pytest.raises(ValidationError, match="Ya terminó"):
        acciones.cancelar(trabajo=pedido, por=direccion)


def test_lo_cancelado_se_pide_otra_vez_sin_esperar_a_quien_lo_hacia(pedido, informe, direccion):
    assert consultas.apartar(pedido.pk, timezone.now())
    acciones.cancelar(trabajo=pedido, por=direccion)
    nuevo = acciones.pedir(informe=informe, formato="pdf", por=direccion)
    assert nuevo != pedido
    assert ejecucion.continuar(pedido) == "Cancelado."
    assert ejecucion.hacer(nuevo.pk) == "Listo."


def test_lo_que_se_aprueba_mientras_espera_no_se_arma_otra_vez(pedido, informe):
    type(informe).objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.APROBADO)
    assert ejecucion.hacer(pedido.pk) == "No se puede."
    pedido.refresh_from_db()
    assert "se aprobó mientras tanto" in pedido.error
    assert not pedido.archivo


def test_otra_persona_lo_pide_en_el_mismo_instante(pedido, informe, monkeypatch):
    original, veces = acciones._el_mismo, []

    def la_primera_vez_no_lo_ve(*argumentos):
        veces.append(argumentos)
        return original(*argumentos) if len(veces) > 1 else None

    monkeypatch.setattr(acciones, "_el_mismo", la_primera_vez_no_lo_ve)
    otra = persona()
    assert acciones.pedir(informe=informe, formato="pdf", por=otra) == pedido
    assert pedido.personas.filter(pk=otra.pk).exists()


def test_el_que_espera_se_cancela_y_ya_no_empieza(pedido, direccion):
    acciones.cancelar(trabajo=pedido, por=direccion)
    assert ejecucion.hacer(pedido.pk).startswith("Ya lo hace")


def test_cancelar_lo_que_otra_persona_tambien_espera_solo_lo_quita_de_las_suyas(pedido, informe, direccion):
    otra = persona()
    acciones.pedir(informe=informe, formato="pdf", por=otra)
    acciones.cancelar(trabajo=pedido, por=direccion)
    pedido.refresh_from_db()
    assert not pedido.cancelar
    assert list(pedido.personas.all()) == [otra]


def test_un_proceso_muerto_no_deja_el_trabajo_tomado(pedido, informe, direccion):
    ahora = timezone.now()
    assert consultas.apartar(pedido.pk, ahora)
    assert not consultas.apartar(pedido.pk, ahora)
    Trabajo.objects.update(latido=ahora - consultas.SIN_SENAL - timedelta(seconds=1))
    assert consultas.apartar(pedido.pk, ahora)  # la cola lo vuelve a dar
    Trabajo.objects.update(latido=ahora - consultas.SIN_SENAL - timedelta(seconds=1))
    nuevo = acciones.pedir(informe=informe, formato="pdf", por=direccion)
    assert nuevo != pedido
    pedido.refresh_from_db()
    assert "interrumpió" in pedido.error


def test_si_la_imprenta_falla_se_dice_y_queda_anotado(pedido, monkeypatch):
    def revienta(*_a, **_k):
        raise RuntimeError("sin memoria")

    monkeypatch.setattr(ejecucion, "escribir", revienta)
    with pytest.raises(RuntimeError):
        ejecucion.hacer(pedido.pk)
    pedido.refresh_from_db()
    assert pedido.estado == EstadoDeTrabajo.FALLIDO
    assert "sin memoria" not in pedido.error


def test_un_informe_con_problemas_dice_cuales(pedido, informe):
    apartado = informe.apartados.first()
    type(apartado).objects.filter(pk=apartado.pk).update(narrativa="{{ no.existe }}")
    ejecucion.hacer(pedido.pk)
    pedido.refresh_from_db()
    assert pedido.estado == EstadoDeTrabajo.FALLIDO
    assert "Introducción" in pedido.error


def test_descargar_lo_largo_lleva_a_la_pagina_del_trabajo(informe, direccion, client, monkeypatch):
    client.force_login(direccion)
    url = reverse("informes:informe_descargar", args=[informe.pk, "pdf"])
    assert client.get(url)["Content-Type"] == "application/pdf"
    monkeypatch.setitem(exportacion.RENGLONES_DE_UNOS_SEGUNDOS, "pdf", 0)
    respuesta = client.get(url)
    trabajo = Trabajo.objects.get()
    assert respuesta.url == trabajo.get_absolute_url()
    pagina = client.get(respuesta.url)
    assert "En espera" in pagina.text
    parte = client.get(respuesta.url, headers={"HX-Request": "true"})
    assert parte.status_code == 200
    assert "<html" not in parte.text
    ejecucion.hacer(trabajo.pk)
    assert client.get(respuesta.url, headers={"HX-Request": "true"}).status_code == 286
    assert trabajo.informe.titulo in client.get(reverse("informes:trabajo_lista")).text


def test_nadie_ve_las_descargas_de_otros(pedido, client):
    client.force_login(persona())
    for nombre in ("trabajo_detalle", "trabajo_archivo"):
        assert client.get(reverse(f"informes:{nombre}", args=[pedido.pk])).status_code == 404
    assert client.post(reverse("informes:trabajo_cancelar", args=[pedido.pk])).status_code == 404


def test_la_limpieza_quita_lo_viejo_y_deja_lo_demas(pedido, informe, direccion):
    ejecucion.hacer(pedido.pk)
    pedido.refresh_from_db()
    archivo, pieza = Path(pedido.archivo.path), next(ejecucion.deposito().glob("*.pdf"))
    suelto, carpeta = archivo.with_name("de-nadie.pdf"), ejecucion.deposito() / "carpeta"
    suelto.write_bytes(b"%PDF")
    carpeta.mkdir(exist_ok=True)
    assert ejecucion.limpiar() == 0
    assert archivo.exists()
    assert suelto.exists()
    hace_mucho = timezone.now() - timedelta(days=consultas.DIAS + 1)
    Trabajo.objects.update(pedido=hace_mucho)
    for ruta in (pieza, suelto, carpeta):
        os.utime(ruta, (hace_mucho.timestamp(),) * 2)
    assert ejecucion.limpiar() == 1
    assert not archivo.exists()
    assert not pieza.exists()
    assert not suelto.exists()


def test_el_avance_no_se_anota_a_cada_instante(pedido, django_assert_max_num_queries):
    avisador = ejecucion._Avisador(pedido)
    with django_assert_max_num_queries(4):
        for n in range(500):
            avisador.piezas(n, 501)
