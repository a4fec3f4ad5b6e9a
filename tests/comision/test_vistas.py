"""Las páginas de la comisión, para quien lleva la sesión, para un colega y para quien no tiene nada que ver."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones, avisos, busqueda
from vinculacion.comision.models import Acuerdo, Asistencia, Punto, Sesion
from vinculacion.comision.seguimiento import avisos as de_seguimiento
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.directorio.models import Area
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
def decima(cvoe):
    fabrica.integrar(cvoe)
    return fabrica.sesion(cvoe, date(2020, 10, 26), numero=10)


@pytest.fixture
def secretaria(client):
    quien = con_papel(SECRETARIA)
    client.force_login(quien)
    return quien


# -- sesiones ------------------------------------------------------------------


def test_se_crea_una_sesion_con_lo_minimo_y_propone_el_numero(client, secretaria, cvoe, decima):
    cuerpo = texto(client.get(url("sesion_nuevo")))
    assert "En blanco: el que sigue." in cuerpo
    datos = {"comision": cvoe.pk, "tipo": "ordinaria", "fecha_programada": "2020-11-26", "modalidad": "virtual",
             "estado": "programada"}  # fmt: skip
    respuesta = client.post(url("sesion_nuevo"), datos)
    assert respuesta.status_code == 302, texto(respuesta)
    nueva = Sesion.objects.get(numero=11)
    assert (nueva.anio, nueva.history.first().history_user) == (2020, secretaria)
    malos = {**datos, "fecha_programada": "31/02/2020", "lugar": "Sala de sesiones"}
    respuesta = client.post(url("sesion_nuevo"), malos)
    assert respuesta.status_code == 422
    assert "Esa fecha no existe" in texto(respuesta)
    assert "Sala de sesiones" in texto(respuesta)
    respuesta = client.post(url("sesion_nuevo"), {**datos, "numero": 10})
    assert respuesta.status_code == 422
    assert "Ya existe esa sesión" in texto(respuesta)
    respuesta = client.post(url("sesion_nuevo"), {**datos, "estado": "celebrada"})
    assert respuesta.status_code == 422
    assert "lleva la fecha" in texto(respuesta)


def test_el_detalle_junta_orden_acuerdos_y_asistencia(client, secretaria, decima):
    acciones.agregar_punto(sesion=decima, titulo="Informe de <b>convenios</b>", por=None)
    acciones.tomar_acuerdo(sesion=decima, texto="Se aprueba.", por=None, punto=decima.puntos.get())
    respuesta = client.get(decima.get_absolute_url())
    cuerpo = texto(respuesta)
    for esperado in ("Décima sesión ordinaria de 2020", "Celebrada el lunes 26 de octubre de 2020", "CVOE/001/20",
                     "Pasar lista", "Tomar acuerdo", "Agregar punto"):  # fmt: skip
        assert esperado in cuerpo
    assert b"&lt;b&gt;convenios" in respuesta.content
    client.force_login(con_papel(CONSEJERIA))
    cuerpo = texto(client.get(decima.get_absolute_url()))
    for ausente in ("Pasar lista", "Tomar acuerdo", "Agregar punto", "Cambiar estado", "Reabrir"):
        assert ausente not in cuerpo


def test_cambiar_el_estado_pide_fecha_y_razon(client, secretaria, cvoe):
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26), celebrada=False)
    ruta = url("sesion_estado_editar", sesion.pk)
    assert client.get(ruta).status_code == 200
    base = {"fecha_programada": "2020-10-26", "version": sesion.version}
    respuesta = client.post(ruta, {**base, "estado": "diferida"})
    assert respuesta.status_code == 422
    assert "Escriba la razón" in texto(respuesta)
    respuesta = client.post(ruta, {**base, "estado": "celebrada", "fecha_celebrada": "2020-10-27"})
    assert respuesta.status_code == 302, texto(respuesta)
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.fecha_celebrada) == ("celebrada", date(2020, 10, 27))
    respuesta = client.post(ruta, {**base, "estado": "en_curso", "motivo": "x"})
    assert respuesta.status_code == 409


def test_eliminar_con_acuerdos_se_rehusa_con_su_razon(client, secretaria, decima):
    acciones.tomar_acuerdo(sesion=decima, texto="A", por=None)
    respuesta = client.post(url("sesion_eliminar", decima.pk))
    assert respuesta.status_code == 409
    assert "CVOE/001/20" in texto(respuesta)
    assert Sesion.objects.filter(pk=decima.pk).exists()


# -- orden del día -------------------------------------------------------------


def test_los_puntos_se_agregan_mueven_y_quitan(client, secretaria, decima):
    for titulo in ("A", "B", "C"):
        datos = {"sesion": decima.pk, "titulo": titulo, "solicitud": "presentacion"}
        respuesta = client.post(f"{url('punto_nuevo')}?sesion={decima.pk}", datos)
        assert respuesta.status_code == 302, texto(respuesta)
    tercero = Punto.objects.get(titulo="C")
    respuesta = client.post(url("punto_mover", tercero.pk), {"hacia": "arriba"})
    assert respuesta.url.endswith(f"#punto-{tercero.pk}")
    assert list(decima.puntos.order_by("numero").values_list("titulo", flat=True)) == ["A", "C", "B"]
    tercero.refresh_from_db()
    datos = {"titulo": "C2", "solicitud": "aprobacion", "numero": 1, "version": tercero.version}
    respuesta = client.post(url("punto_editar", tercero.pk), datos)
    assert respuesta.status_code == 302, texto(respuesta)
    assert list(decima.puntos.order_by("numero").values_list("titulo", flat=True)) == ["C2", "A", "B"]
    assert client.post(url("punto_eliminar", tercero.pk)).status_code == 302
    assert list(decima.puntos.order_by("numero").values_list("numero", "titulo")) == [(1, "A"), (2, "B")]


def test_un_titulo_de_diez_mil_letras_se_rechaza_sin_perderlo(client, secretaria, decima):
    largo = "x" * 10_000
    respuesta = client.post(url("punto_nuevo"), {"sesion": decima.pk, "titulo": largo, "solicitud": "presentacion"})
    assert respuesta.status_code == 422
    assert largo in texto(respuesta)


# -- asistencia ----------------------------------------------------------------


def escondidos(pagina, sesion) -> dict:
    """Lo que el formulario lleva escondido y marcado, como lo enviaría un navegador."""
    import re

    cuerpo = texto(pagina)
    datos = dict(re.findall(rf'name="((?:v|antes)-{sesion.pk})" value="([^"]*)"', cuerpo))
    datos |= dict(re.findall(r'name="([am]-[\d-]+)" value="([^"]*)"', cuerpo))
    datos |= dict.fromkeys(re.findall(r'type="checkbox" name="([pj]-[\d-]+)" value="1" checked', cuerpo), "1")
    return datos


def test_pasar_lista_guarda_toda_la_cuadricula(client, secretaria, decima):
    ruta = url("sesion_asistencia", decima.pk)
    capacidades = list(decima.comision.integraciones.order_by("orden"))
    datos = escondidos(client.get(ruta), decima)
    for c in capacidades[:4]:
        datos[f"p-{decima.pk}-{c.pk}"] = "1"
    datos[f"j-{decima.pk}-{capacidades[4].pk}"] = "1"
    datos[f"m-{decima.pk}-{capacidades[4].pk}"] = "Comisión oficial"
    respuesta = client.post(ruta, datos)
    assert respuesta.status_code == 302, texto(respuesta)
    assert dict(Asistencia.objects.values_list("integracion__orden", "estado")) == {
        1: "presente", 2: "presente", 3: "presente", 4: "presente", 5: "justificada", 6: "ausente",
    }  # fmt: skip
    assert "4</span> de 6 capacidades" in texto(client.get(decima.get_absolute_url()))


def test_presente_y_justificada_se_contradicen_y_nada_se_pierde(client, secretaria, decima):
    ruta = url("sesion_asistencia", decima.pk)
    una, otra = decima.comision.integraciones.order_by("orden")[:2]
    datos = escondidos(client.get(ruta), decima)
    datos |= {f"p-{decima.pk}-{una.pk}": "1", f"j-{decima.pk}-{una.pk}": "1", f"p-{decima.pk}-{otra.pk}": "1"}
    datos[f"m-{decima.pk}-{otra.pk}"] = "Motivo sin marcar"
    respuesta = client.post(ruta, datos)
    assert respuesta.status_code == 422
    assert "no puede estar presente y justificar" in texto(respuesta)
    assert "Motivo sin marcar" in texto(respuesta)
    assert not Asistencia.objects.exists()


def test_dos_personas_pasan_la_misma_lista_y_nada_se_pierde(client, secretaria, decima):
    ruta = url("sesion_asistencia", decima.pk)
    una, otra, tercera, *_ = decima.comision.integraciones.order_by("orden")
    datos = escondidos(client.get(ruta), decima)
    acciones.registrar_asistencia(
        sesion=decima, estados={una.pk: "presente", tercera.pk: "presente"}, por=persona(), version=decima.version
    )
    respuesta = client.post(ruta, {**datos, f"p-{decima.pk}-{otra.pk}": "1"})
    assert respuesta.status_code == 409
    cuerpo = texto(respuesta)
    assert "Otra persona guardó esta lista" in cuerpo
    assert not Asistencia.objects.filter(integracion=otra, estado="presente").exists()
    # La página trae lo de la otra persona y lo propio encima: guardar otra vez conserva ambos.
    propuestos = escondidos(respuesta, decima)
    assert {f"p-{decima.pk}-{c.pk}" for c in (una, otra, tercera)} <= propuestos.keys()
    assert client.post(ruta, propuestos).status_code == 302
    presentes = set(Asistencia.objects.filter(estado="presente").values_list("integracion_id", flat=True))
    assert presentes == {una.pk, otra.pk, tercera.pk}


def test_el_motivo_que_otra_persona_escribio_no_se_borra(client, secretaria, decima):
    ruta = url("sesion_asistencia", decima.pk)
    una, otra, *_ = decima.comision.integraciones.order_by("orden")
    datos = escondidos(client.get(ruta), decima)
    acciones.registrar_asistencia(
        sesion=decima, estados={una.pk: "justificada"}, motivos={una.pk: "Enfermedad"}, por=persona()
    )
    respuesta = client.post(ruta, {**datos, f"p-{decima.pk}-{otra.pk}": "1"})
    assert respuesta.status_code == 409
    # Sólo difiere lo que esta persona marcó; lo de la otra no lo tocó.
    assert "guardado: ausencia justificada" not in texto(respuesta)
    assert client.post(ruta, escondidos(respuesta, decima)).status_code == 302
    guardada = Asistencia.objects.get(integracion=una)
    assert (guardada.estado, guardada.motivo) == ("justificada", "Enfermedad")


def test_la_matriz_del_anio_guarda_solo_lo_que_cambio(client, secretaria, cvoe, decima):
    once = fabrica.sesion(cvoe, date(2020, 11, 26), numero=11)
    una, otra, *_ = cvoe.integraciones.order_by("orden")
    acciones.registrar_asistencia(sesion=decima, estados={una.pk: "presente", otra.pk: "justificada"}, por=None)
    ruta = f"{url('asistencia_editar')}?comision={cvoe.pk}&anio=2020"
    pagina = client.get(ruta)
    datos = escondidos(pagina, decima) | escondidos(pagina, once)
    versiones = dict(Sesion.objects.values_list("pk", "version"))
    datos[f"p-{once.pk}-{otra.pk}"] = "1"
    assert client.post(ruta, datos).status_code == 302
    assert dict(Sesion.objects.values_list("pk", "version")) == {**versiones, once.pk: versiones[once.pk] + 1}
    assert Asistencia.objects.get(sesion=once, integracion=otra).estado == "presente"
    assert Asistencia.objects.get(sesion=decima, integracion=otra).estado == "justificada"
    # Una sesión que otra persona tocó, y que aquí no se cambió, no estorba.
    acciones.registrar_asistencia(sesion=decima, estados={una.pk: "ausente"}, por=persona())
    datos = escondidos(pagina, decima) | escondidos(client.get(ruta), once)
    datos[f"p-{once.pk}-{una.pk}"] = "1"
    assert client.post(ruta, datos).status_code == 302
    assert Asistencia.objects.get(sesion=decima, integracion=una).estado == "ausente"
    assert "11SO" in texto(client.get(url("asistencia")))


@pytest.mark.parametrize(
    "datos", [{}, {"v-1": "x"}, {"v-{s}": "-1", "p-{s}-{i}": "1"}, {"v-{s}": "9" * 5000, "antes-{s}": ":,a:b,9:"}]
)
def test_una_cuadricula_manipulada_no_rompe_nada(client, secretaria, decima, datos):
    una = decima.comision.integraciones.first()
    datos = {k.format(s=decima.pk, i=una.pk): v for k, v in datos.items()}
    assert client.post(url("sesion_asistencia", decima.pk), datos).status_code in (302, 409)
    assert not Asistencia.objects.exists()


def test_la_asistencia_sin_comisiones_no_rompe(client, secretaria):
    assert client.get(url("asistencia")).status_code == 200
    assert client.get(url("asistencia_editar"), {"comision": "x", "anio": "y"}).status_code == 200
    assert client.post(url("asistencia_editar")).status_code == 302


# -- acuerdos ------------------------------------------------------------------


def test_tomar_un_acuerdo_da_el_folio_y_el_repetido_se_explica(client, secretaria, decima):
    punto = acciones.agregar_punto(sesion=decima, titulo="A", por=None)
    ruta = f"{url('acuerdo_nuevo')}?sesion={decima.pk}&punto={punto.pk}"
    assert ">1. A</option>" in texto(client.get(ruta))
    assert "10SO/2020 · 1. A" in texto(client.get(url("acuerdo_nuevo")))
    datos = {"sesion": decima.pk, "punto": punto.pk, "texto": "Se aprueba el informe."}
    respuesta = client.post(ruta, datos)
    assert respuesta.status_code == 302, texto(respuesta)
    acuerdo = Acuerdo.objects.get()
    assert (acuerdo.folio, acuerdo.punto, acuerdo.history.first().history_user) == ("CVOE/001/20", punto, secretaria)
    respuesta = client.post(ruta, {**datos, "folio": "CVOE/1/20", "texto": "Texto que no se pierde"})
    assert respuesta.status_code == 422
    assert "Ya hay un acuerdo CVOE/001/20" in texto(respuesta)
    assert "Texto que no se pierde" in texto(respuesta)
    respuesta = client.post(ruta, {**datos, "folio": "CVOE/500/20"})
    assert respuesta.status_code == 422
    assert "quedan números sin usar" in texto(respuesta)
    assert client.post(ruta, {**datos, "folio": "CVOE/500/20", "confirmo_advertencias": "1"}).status_code == 302


def test_el_area_ve_solo_los_suyos(client, decima):
    area = Area.objects.create(nombre="Unidad Propia", siglas="UP", clase="unidad")
    ajena = Area.objects.create(nombre="Unidad Ajena", siglas="UA", clase="unidad")
    ayer = hoy() - timedelta(days=1)
    mio = acciones.tomar_acuerdo(sesion=decima, texto="Mío", por=None, area_responsable=area, fecha_limite=ayer)
    otro = acciones.tomar_acuerdo(sesion=decima, texto="Suyo", por=None, area_responsable=ajena, fecha_limite=ayer)
    enlace = con_papel(AREA, area=area)
    client.force_login(enlace)
    cuerpo = texto(client.get(url("acuerdo_lista")))
    assert mio.folio in cuerpo
    assert otro.folio not in cuerpo
    assert "Unidad Ajena" not in cuerpo
    assert client.get(mio.get_absolute_url()).status_code == 200
    assert client.get(otro.get_absolute_url()).status_code == 404
    for ruta in (url("acuerdo_editar", mio.pk), url("sesion_lista"), url("asistencia"), decima.get_absolute_url()):
        assert client.get(ruta).status_code == 403
    assert otro.folio.encode() not in client.get(url("acuerdo_lista"), {"_export": "csv"}).content
    assert [a.gravedad for a in de_seguimiento.acuerdos(enlace, hoy())] == ["vencido"]
    assert list(avisos.sesiones(enlace, hoy())) == []
    assert [r.titulo for r in busqueda.acuerdos(enlace, "cvoe", 8)] == [mio.folio]


def test_los_filtros_de_acuerdos(client, secretaria, cvoe, decima):
    viejo = acciones.tomar_acuerdo(
        sesion=decima, texto="A", por=None, fecha_limite=hoy() - timedelta(days=1), estado="pendiente"
    )
    hecho = acciones.tomar_acuerdo(
        sesion=decima, texto="B", por=None, fecha_limite=hoy() - timedelta(days=1), estado="cumplido"
    )
    for consulta in (
        {"situacion": "vencidos"},
        {"situacion": "abiertos"},
        {"estado": "pendiente"},
        {"sesion": decima.pk, "estado": "pendiente"},
    ):
        cuerpo = texto(client.get(url("acuerdo_lista"), consulta))
        assert viejo.folio in cuerpo
        assert hecho.folio not in cuerpo


def test_avisa_de_la_proxima_y_de_la_que_paso_sin_celebrarse(secretaria, cvoe):
    fabrica.sesion(cvoe, hoy() + timedelta(days=5), celebrada=False)
    fabrica.sesion(cvoe, hoy() - timedelta(days=5), celebrada=False)
    assert [a.gravedad for a in avisos.sesiones(secretaria, hoy())] == ["atencion", "info"]
    assert [a.gravedad for a in avisos.sesiones(con_papel(CONSEJERIA), hoy())] == ["info"]


# -- consultas constantes ------------------------------------------------------


def consultas_de(client, ruta) -> int:
    client.get(ruta)
    with CaptureQueriesContext(
        connection,
    ) as capturadas:
        assert client.get(ruta).status_code == 200
    return len(capturadas)


@pytest.mark.parametrize("lista", ["sesion_lista", "acuerdo_lista", "punto_lista", "integracion_lista", "tema_lista"])
def test_las_listas_cuestan_lo_mismo_con_una_fila_que_con_treinta(client, secretaria, cvoe, decima, lista):
    def agrega(n):
        sesion = fabrica.sesion(cvoe, date(2021, 1, 1) + timedelta(days=n))
        tema = acciones.crear_tema(nombre=f"Tema {n}", por=None)
        punto = acciones.agregar_punto(sesion=sesion, titulo=f"Punto {n}", por=None, tema=tema)
        area = Area.objects.create(nombre=f"Unidad {n}", siglas=f"U{n}", clase="unidad")
        acciones.tomar_acuerdo(sesion=sesion, texto="A", por=None, punto=punto, area_responsable=area)
        fabrica.integrar(cvoe, [("area", f"Unidad {n}")], desde=date(2021, 1, 1))

    agrega(0)
    ruta = f"{url(lista)}?por_pagina=100"
    una = consultas_de(client, ruta)
    for n in range(1, 31):
        agrega(n)
    assert consultas_de(client, ruta) == una


def test_el_detalle_y_la_matriz_cuestan_lo_mismo(client, secretaria, cvoe, decima):
    acciones.agregar_punto(sesion=decima, titulo="P", por=None)
    acciones.tomar_acuerdo(sesion=decima, texto="A", por=None, punto=decima.puntos.get())
    rutas = (decima.get_absolute_url(), f"{url('asistencia')}?anio=2020", url("asistencia_editar"))
    antes = [consultas_de(client, r) for r in rutas]
    fabrica.integrar(cvoe, [("area", f"Unidad {n}") for n in range(30)])
    for n in range(30):
        punto = acciones.agregar_punto(sesion=decima, titulo=f"P{n}", por=None)
        acciones.tomar_acuerdo(sesion=decima, texto="A", por=None, punto=punto)
    fabrica.sesion(cvoe, date(2020, 11, 26), numero=11)
    assert [consultas_de(client, r) for r in rutas] == antes


@pytest.mark.parametrize("ruta", ["comision", "integracion", "sesion", "punto", "acuerdo", "tema"])
def test_las_paginas_abren_y_las_busquedas_encuentran(client, secretaria, decima, ruta):
    for sufijo in ("lista", "nuevo", "importar"):
        assert client.get(url(f"{ruta}_{sufijo}")).status_code == 200
    assert client.get(url(f"{ruta}_lista"), {"q": "decima \x00 ordinaria"}).status_code == 200
    assert client.get(url(f"{ruta}_lista"), {"_export": "xlsx"}).status_code == 200


def test_la_comision_muestra_su_integracion(client, secretaria, decima):
    cuerpo = texto(client.get(decima.comision.get_absolute_url()))
    assert "Integrante: Consejería 2" in cuerpo
    assert "anio=2020" in cuerpo
    assert [r.titulo for r in busqueda.sesiones(secretaria, "10so", 5)] == ["Décima sesión ordinaria de 2020"]
