"""Aprobar y anotar erratas en segundo plano: un trabajo por informe, cancelable, y hecho entero o nada."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from informes import acciones as de_informes
from informes import exportacion
from informes.congelado import consultas as congelado
from informes.congelado import preparacion
from informes.congelado.limpieza import CARPETA
from informes.congelado.preparacion import Errata
from informes.estados import ClaseDeVersion, EstadoDeInforme, EstadoDeTrabajo
from informes.models import Informe, Trabajo
from informes.trabajos import acciones, avisos, consultas, ejecucion
from tests.fabricas import congelado as fabrica
from tests.fabricas.congelado import HASTA_APROBADO, HASTA_PRESENTADO, HASTA_PUBLICADO, llevar
from tests.fabricas.personas import persona
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.salida import json

pytestmark = pytest.mark.django_db
ERRATA = Errata("Introducción", "Se informa lo hecho", "Se informa todo lo hecho")


def secretaria():
    return persona(
        "informes.view_informe",
        "informes.view_trabajo",
        "informes.view_versiondeinforme",
        "informes.aprobar_informe",
        "informes.publicar_informe",
    )


@pytest.fixture(autouse=True)
def largo(settings, tmp_path, monkeypatch):
    """Todo tarda; los formatos se sustituyen por el contenido, y el PDF dice en qué va."""
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path
    monkeypatch.setattr(exportacion, "RENGLONES_DE_UNOS_SEGUNDOS", dict.fromkeys(exportacion.FORMATOS, 0))

    def escribir(documento, formato, avisar=lambda _h, _t: None, **_):
        avisar(1, 1)
        return formato.encode() + b"\n" + json.crear(documento)

    monkeypatch.setattr(exportacion, "escribir", escribir)


@pytest.fixture(autouse=True)
def en_cola(monkeypatch):
    encolados = []
    monkeypatch.setattr(acciones, "async_task", lambda tarea, clave: encolados.append((tarea, clave)))
    return encolados


@pytest.fixture
def quien():
    return secretaria()


@pytest.fixture
def informe():
    return llevar(fabrica.informe(), *HASTA_PRESENTADO)


@pytest.fixture
def pedido(informe, quien, django_capture_on_commit_callbacks, en_cola):
    with django_capture_on_commit_callbacks(execute=True):
        trabajo = acciones.pedir_aprobacion(informe=informe, por=quien, nota="Por unanimidad")
    assert en_cola == [(acciones.TAREA, trabajo.pk)]
    return trabajo


def nada(informe) -> bool:
    informe.refresh_from_db()
    sueltos = [r for r in (Path(settings.MEDIA_ROOT) / CARPETA).rglob("*") if r.is_file()]
    return (
        informe.estado == EstadoDeInforme.PRESENTADO
        and not informe.versiones.exclude(clase=ClaseDeVersion.TRABAJO).exists()
        and not sueltos
    )


def test_se_aprueba_y_se_avisa(pedido, informe, quien):
    assert nada(informe)
    assert ejecucion.hacer(pedido.pk) == "Listo."
    pedido.refresh_from_db()
    informe.refresh_from_db()
    version = congelado.vigente(informe)
    assert (pedido.estado, informe.estado) == (EstadoDeTrabajo.LISTO, EstadoDeInforme.APROBADO)
    assert (version.por, version.nota, version.sha256) == (quien, "Por unanimidad", pedido.huella)
    assert [a.clase for a in avisos.descargas(quien, hoy())] == ["Aprobación lista"]
    assert ejecucion.hacer(pedido.pk).startswith("Ya lo hace")


def test_dos_personas_hacen_un_solo_trabajo(pedido, informe, en_cola):
    otra = secretaria()
    assert acciones.pedir_aprobacion(informe=informe, por=otra, nota="Otra nota") == pedido
    assert (Trabajo.objects.count(), len(en_cola)) == (1, 1)
    ejecucion.hacer(pedido.pk)
    assert [a.clase for a in avisos.descargas(otra, hoy())] == ["Aprobación lista"]


def test_lo_que_cambia_mientras_espera_no_se_aprueba(pedido, informe, quien, client):
    informe.apartados.filter(titulo="Introducción").update(narrativa="Otra cosa.")
    assert ejecucion.hacer(pedido.pk) == "No se puede."
    pedido.refresh_from_db()
    assert pedido.error == preparacion.CAMBIO
    assert nada(informe)
    assert [a.clase for a in avisos.descargas(quien, hoy())] == ["Aprobación: no se pudo"]
    client.force_login(quien)
    pagina = client.get(pedido.get_absolute_url()).content.decode()
    assert preparacion.CAMBIO in pagina
    otra_vez = f"{reverse('informes:informe_pasar', args=[informe.pk, 'aprobado'])}?trabajo={pedido.pk}"
    assert otra_vez in pagina
    assert "Por unanimidad" in client.get(otra_vez).content.decode()


def test_lo_que_falte_al_hacerlo_se_dice(pedido, informe):
    Informe.objects.filter(pk=informe.pk).update(acuerdo=None)
    ejecucion.hacer(pedido.pk)
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.error) == (EstadoDeTrabajo.FALLIDO, "Falta el acuerdo que lo aprueba.")
    with pytest.raises(ValidationError, match="Falta el acuerdo"):
        acciones.pedir_aprobacion(informe=informe, por=pedido.por)


@pytest.mark.parametrize("cuando", ["en la cola", "al imprimir", "al guardar"])
def test_cancelar_antes_de_guardar_no_deja_nada(pedido, informe, quien, monkeypatch, cuando):
    if cuando == "en la cola":
        acciones.cancelar(trabajo=pedido, por=quien)
        assert ejecucion.hacer(pedido.pk).startswith("Ya lo hace")
    else:
        lugar, nombre = (exportacion, "escribir") if cuando == "al imprimir" else (ejecucion._Avisador, "al_guardar")
        original = getattr(lugar, nombre)

        def cancela(*argumentos, **mas):
            if not Trabajo.objects.get(pk=pedido.pk).cancelar:
                acciones.cancelar(trabajo=pedido, por=quien)
            return original(*argumentos, **mas)

        monkeypatch.setattr(lugar, nombre, cancela)
        assert ejecucion.hacer(pedido.pk) == "Cancelado."
    pedido.refresh_from_db()
    assert pedido.estado == EstadoDeTrabajo.CANCELADO
    assert nada(informe)
    monkeypatch.undo()
    assert acciones.pedir_aprobacion(informe=informe, por=quien) != pedido


def test_lo_aprobado_ya_no_se_cancela(pedido, quien):
    ejecucion.hacer(pedido.pk)
    with pytest.raises(ValidationError, match="Ya terminó"):
        acciones.cancelar(trabajo=pedido, por=quien)


def test_un_proceso_muerto_no_deja_nada_a_medias(pedido, informe, quien, monkeypatch):
    def se_va_la_luz(*_a, **_k):
        raise SystemExit

    monkeypatch.setattr(ejecucion._Avisador, "al_guardar", se_va_la_luz)
    with pytest.raises(SystemExit):
        ejecucion.hacer(pedido.pk)
    assert nada(informe)
    monkeypatch.undo()
    pedido.refresh_from_db()
    assert pedido.estado == EstadoDeTrabajo.EN_CURSO
    Trabajo.objects.update(latido=timezone.now() - consultas.SIN_SENAL - timedelta(seconds=1))
    monkeypatch.setattr(acciones, "async_task", lambda *_: None)
    nuevo = acciones.pedir_aprobacion(informe=informe, por=quien)
    assert nuevo != pedido
    assert ejecucion.hacer(pedido.pk).startswith("Ya lo hace")  # si la cola lo vuelve a dar


def test_el_que_se_dio_por_muerto_y_revive_no_guarda(pedido, informe, monkeypatch):
    original = exportacion.escribir

    def tarda(*argumentos, **mas):
        Trabajo.objects.update(estado=EstadoDeTrabajo.FALLIDO, error="Se interrumpió antes de terminar.")
        return original(*argumentos, **mas)

    monkeypatch.setattr(exportacion, "escribir", tarda)
    assert ejecucion.hacer(pedido.pk) == "Cancelado."
    pedido.refresh_from_db()
    assert "interrumpió" in pedido.error
    assert nada(informe)


def test_lo_interrumpido_se_cancela_de_una_vez(pedido, quien):
    hace_rato = timezone.now() - consultas.SIN_SENAL - timedelta(seconds=1)
    Trabajo.objects.update(estado=EstadoDeTrabajo.EN_CURSO, latido=hace_rato)
    assert acciones.cancelar(trabajo=pedido, por=quien).estado == EstadoDeTrabajo.CANCELADO


def test_si_nadie_lo_toma_se_dice(pedido, quien, client):
    client.force_login(quien)
    assert "está detenido" not in client.get(pedido.get_absolute_url()).content.decode()
    Trabajo.objects.update(pedido=timezone.now() - consultas.SIN_SENAL - timedelta(seconds=1))
    assert "está detenido" in client.get(pedido.get_absolute_url()).content.decode()


def test_en_pantalla_lo_largo_se_sigue_en_su_pagina(informe, quien, client):
    client.force_login(quien)
    pasar = reverse("informes:informe_pasar", args=[informe.pk, "aprobado"])
    respuesta = client.post(pasar, {"nota": "Ya"})
    trabajo = Trabajo.objects.get()
    assert respuesta.url == trabajo.get_absolute_url()
    assert client.post(pasar, {"nota": "Ya"}).url == respuesta.url  # doble clic
    assert "En espera" in client.get(respuesta.url).content.decode()
    aprobacion = client.get(reverse("informes:informe_aprobacion", args=[informe.pk])).content.decode()
    assert "Se está aprobando" in aprobacion
    assert respuesta.url in aprobacion
    ejecucion.hacer(trabajo.pk)
    parte = client.get(respuesta.url, headers={"HX-Request": "true"})
    assert (parte.status_code, "quedó aprobado y congelado" in parte.text) == (286, True)
    repetida = client.post(pasar, {"nota": "Ya"}, follow=True).content.decode()
    assert "ya está en «Aprobado»" in repetida
    assert trabajo not in client.get(reverse("informes:trabajo_lista")).context["trabajos"]


def test_lo_corto_se_hace_de_una_vez(informe, quien, client, monkeypatch):
    monkeypatch.setattr(exportacion, "RENGLONES_DE_UNOS_SEGUNDOS", dict.fromkeys(exportacion.FORMATOS, 1000))
    client.force_login(quien)
    pasar = reverse("informes:informe_pasar", args=[informe.pk, "aprobado"])
    pagina = client.get(pasar)
    informe.apartados.filter(titulo="Introducción").update(narrativa="Otra cosa.")
    visto = {"nota": "Ya", "visto": pagina.context["visto"]}
    mal = client.post(pasar, visto)  # alguien editó después de abrir la página
    assert (mal.status_code, preparacion.CAMBIO in mal.content.decode()) == (422, True)
    assert mal.context["visto"] != visto["visto"]
    bien = client.post(pasar, visto | {"visto": mal.context["visto"]}, follow=True).content.decode()
    assert "El informe quedó en «Aprobado»" in bien
    assert Trabajo.objects.get().estado == EstadoDeTrabajo.LISTO
    assert list(avisos.descargas(quien, hoy())) == []  # lo vio al momento


def test_si_la_imprenta_falla_la_pagina_lo_dice(informe, quien, client, monkeypatch):
    monkeypatch.setattr(exportacion, "RENGLONES_DE_UNOS_SEGUNDOS", dict.fromkeys(exportacion.FORMATOS, 1000))

    def revienta(*_a, **_k):
        raise RuntimeError("sin memoria")

    monkeypatch.setattr(exportacion, "escribir", revienta)
    client.force_login(quien)
    respuesta = client.post(reverse("informes:informe_pasar", args=[informe.pk, "aprobado"]), {"nota": "Ya"})
    assert (respuesta.status_code, "La imprenta falló" in respuesta.content.decode()) == (422, True)
    assert nada(informe)


def test_la_errata_va_por_el_mismo_camino(quien, client):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    version = congelado.vigente(informe)
    trabajo = acciones.pedir_errata(version=version, erratas=[ERRATA], por=quien)
    assert acciones.pedir_errata(version=version, erratas=[ERRATA], por=secretaria()) == trabajo
    with pytest.raises(ValidationError, match="Ya se está anotando otra"):
        acciones.pedir_errata(version=version, erratas=[Errata("Sesiones", "a", "b")], por=quien)
    client.force_login(quien)
    otra_vez = f"{reverse('informes:version_errata', args=[version.pk])}?trabajo={trabajo.pk}"
    assert ERRATA.debe_decir in client.get(otra_vez).content.decode()
    assert ejecucion.hacer(trabajo.pk) == "Listo."
    assert congelado.vigente(informe).clase == ClaseDeVersion.ERRATA


def test_dos_erratas_en_el_mismo_instante_no_se_confunden(quien, monkeypatch):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    version = congelado.vigente(informe)
    acciones.pedir_errata(version=version, erratas=[ERRATA], por=quien)
    original, veces = consultas.acto_en_marcha, []

    def la_primera_vez_no_lo_ve(de):
        veces.append(de)
        return original(de) if len(veces) > 1 else None

    monkeypatch.setattr(consultas, "acto_en_marcha", la_primera_vez_no_lo_ve)
    with pytest.raises(ValidationError, match="Ya se está anotando otra"):
        acciones.pedir_errata(version=version, erratas=[Errata("Sesiones", "a", "b")], por=secretaria())
    assert Trabajo.objects.count() == 1


def test_lo_que_se_retira_mientras_se_anota_la_errata_no_vuelve_al_publico(quien, monkeypatch):
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    trabajo = acciones.pedir_errata(version=congelado.vigente(informe), erratas=[ERRATA], por=quien)
    escribir = exportacion.escribir

    def retira(*argumentos, **mas):
        if Informe.objects.get(pk=informe.pk).estado == EstadoDeInforme.PUBLICADO:
            de_informes.pasar_informe(informe=informe, estado=EstadoDeInforme.APROBADO, por=None, nota="Un dato")
        return escribir(*argumentos, **mas)

    monkeypatch.setattr(exportacion, "escribir", retira)
    assert ejecucion.hacer(trabajo.pk) == "Listo."
    assert informe.versiones.filter(clase=ClaseDeVersion.ERRATA).exists()
    assert not informe.versiones.exclude(publicada=None).exists()


def test_un_acto_espera_a_otro_distinto(informe, quien):
    Trabajo.objects.create(informe=informe, clase="errata", huella="x", por=quien)
    with pytest.raises(ValidationError, match="Espere a que termine lo que ya se pidió: fe de erratas"):
        acciones.pedir_aprobacion(informe=informe, por=quien)


def test_quien_no_aprueba_no_sigue_los_actos(pedido, client):
    client.force_login(persona("informes.view_informe", "informes.view_trabajo"))
    assert client.get(pedido.get_absolute_url()).status_code == 404
    aprobacion = client.get(reverse("informes:informe_aprobacion", args=[pedido.informe_id])).content.decode()
    assert "Se está aprobando" in aprobacion
    assert pedido.get_absolute_url() not in aprobacion
    client.force_login(secretaria())
    assert client.get(pedido.get_absolute_url()).status_code == 200
