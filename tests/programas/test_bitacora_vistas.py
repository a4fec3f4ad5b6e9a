"""La bitácora por fuera: quién entra, lista, detalle, validación y cuántas consultas cuesta."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programas import acciones
from programas.estados import EstadoDeActividad as Estado
from programas.models import Actividad
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import organismo
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
LISTA = "/programas/actividades/"
COLA = "/programas/actividades/por-validar/"


@pytest.fixture
def direccion():
    return con_papel(roles.DIRECCION)


def url(vista, actividad):
    return reverse(f"programas:actividad_{vista}", args=[actividad.pk])


def entra(client, papel):
    persona = con_papel(papel)
    client.force_login(persona)
    return persona


# -- quién --------------------------------------------------------------------------
def test_duena_colega_y_ajena(client):
    duena = con_papel(roles.CAPTURA)
    actividad = fabrica.actividad(por=duena)
    rutas = [LISTA, url("detalle", actividad), url("editar", actividad), "/programas/actividades/nueva/"]
    for persona in (duena, con_papel(roles.CAPTURA)):
        client.force_login(persona)
        assert [client.get(r).status_code for r in rutas] == [200] * 4
        assert client.get(COLA).status_code == 403
        for vista in ("validar", "rechazar", "devolver"):
            assert client.post(url(vista, actividad), {"razon": "x"}).status_code == 403
    client.force_login(con_papel(roles.AREA))
    assert [client.get(r).status_code for r in rutas] == [403] * 4
    client.force_login(con_papel(roles.CONSEJERIA))
    assert [client.get(r).status_code for r in rutas] == [200, 200, 403, 403]
    actividad.refresh_from_db()
    assert actividad.estado == Estado.BORRADOR


# -- lista -----------------------------------------------------------------------------
def test_filtros_y_busqueda(client):
    yo = entra(client, roles.CAPTURA)
    uno = organismo(nombre="Universidad de la Península")
    mia = fabrica.actividad(titulo="Plática sobre diáspora", por=yo, organismos=[uno])
    otra = fabrica.actividad(titulo="Boletín", objetivo="Difundir", el=date(2020, 12, 1), por=con_papel(roles.CAPTURA))
    acciones.validar_actividad(actividad=otra, por=con_papel(roles.DIRECCION))

    def halladas(**filtro):
        respuesta = client.get(LISTA, filtro)
        assert respuesta.status_code == 200
        return {f.record.pk for f in respuesta.context["tabla"].paginated_rows}

    assert halladas() == {mia.pk, otra.pk}
    assert halladas(q="platica diaspora") == {mia.pk}
    assert halladas(q="peninsula") == {mia.pk}
    assert halladas(q="difundir") == {otra.pk}
    assert halladas(mias="si") == {mia.pk}
    assert halladas(capturo=yo.pk) == {mia.pk}
    assert halladas(estado="validada") == {otra.pk}
    assert halladas(tipo=mia.tipo_id) == {mia.pk}
    assert halladas(accion=otra.accion_id) == {otra.pk}
    assert halladas(eje=otra.accion.eje_id) == {otra.pk}
    assert halladas(programa=mia.accion.eje.programa_id) == {mia.pk}
    assert halladas(desde="2020-11-01") == {otra.pk}
    assert halladas(hasta="2020-10-31") == {mia.pk}
    for orden in ("fecha", "-fecha", "accion", "evidencia", "estado", "unidades"):
        assert halladas(ordenar=orden) == {mia.pk, otra.pk}
    for malo in ("\x00", "abc", "9" * 30):
        for campo in ("accion", "cuenta_para", "eje", "tipo", "programa", "desde", "capturo", "mias", "q"):
            assert client.get(LISTA, {campo: malo}).status_code == 200
    assert client.get(LISTA, {"_export": "csv"}).status_code == 200


def test_cada_cifra_de_un_plan_lleva_a_los_registros_que_la_suman(client):
    direccion = entra(client, roles.DIRECCION)
    pat = fabrica.accion(metas={4: 5})
    pe = fabrica.accion(fabrica.eje(fabrica.programa(2020, tipo="especifico")), metas={4: 5}, alineadas=[pat])
    tipo = fabrica.tipo()
    suyas = [
        fabrica.actividad(pat, tipo=tipo, unidades=3, el=date(2020, 11, 5)),
        fabrica.actividad(pe, tipo=tipo, unidades=20, el=date(2020, 12, 1)),
    ]
    fabrica.actividad(pe, tipo=tipo, el=date(2020, 3, 1))
    fabrica.actividad(tipo=tipo, el=date(2020, 11, 5))
    rechazada = fabrica.actividad(pe, tipo=tipo, el=date(2020, 12, 2))
    acciones.rechazar_actividad(actividad=rechazada, razon="No es", por=direccion)
    for accion in (pat, pe):
        detalle = client.get(accion.eje.programa.get_absolute_url())
        celda = detalle.context["ejes"][0]["filas"][0]["celdas"][3]
        assert celda["cuenta"].alcanzado == 23
        registros = client.get(celda["url"])
        assert {r.actividad for r in registros.context["pagina"]} == {a.pk for a in suyas}
        assert registros.context["total"] == 23
        lista = client.get(registros.context["bitacora"])
        assert {f.record.pk for f in lista.context["tabla"].paginated_rows} == {a.pk for a in suyas}
        # La lista suma unidades, no renglones: es la misma cifra de la celda.
        assert lista.context["tabla"].columns["unidades"].footer == "23"


@pytest.mark.parametrize("ruta", [LISTA, COLA])
def test_las_consultas_no_crecen_con_los_renglones(client, ruta):
    yo = entra(client, roles.DIRECCION)
    accion, tipo, uno = fabrica.accion(), fabrica.tipo(), organismo()

    def cuesta():
        client.get(ruta)
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert client.get(ruta).status_code == 200
        return len(consultas)

    fabrica.actividad(accion, tipo=tipo, por=yo, organismos=[uno], cifras={"Personas": 1})
    con_una = cuesta()
    for _ in range(29):
        fabrica.actividad(accion, tipo=tipo, por=yo, organismos=[uno], cifras={"Personas": 1})
    assert cuesta() == con_una


# -- detalle ------------------------------------------------------------------------------
def test_el_detalle_dice_solo_lo_que_hay(client):
    entra(client, roles.CONSEJERIA)
    actividad = fabrica.actividad(lugar="Auditorio <b>", mujeres=1234, hombres=1, cifras={"Videos": 26})
    html = client.get(url("detalle", actividad)).content.decode()
    assert "Lunes 5 de octubre de 2020" in html
    assert "Auditorio &lt;b&gt;" in html
    assert "1,234 mujeres" in html
    assert "1 hombre" in html
    assert "Videos" in html
    assert "Modalidad" not in html
    for boton in ("Validar", "Rechazar", "Devolver", "Capturar otra"):
        assert f">{boton}" not in html


def test_una_validada_ya_no_la_corrige_captura(client, direccion):
    actividad = fabrica.actividad()
    acciones.validar_actividad(actividad=actividad, por=direccion)
    entra(client, roles.CAPTURA)
    assert client.get(url("editar", actividad)).status_code == 403
    assert url("editar", actividad) not in client.get(url("detalle", actividad)).content.decode()
    assert client.post(url("evidencia", actividad), {"evidencia-enlace": "https://a.mx"}).status_code == 403
    assert client.post(url("eliminar", actividad)).status_code == 409
    client.force_login(direccion)
    assert client.get(url("editar", actividad)).status_code == 200


# -- validar, rechazar, devolver -----------------------------------------------------------
def test_el_camino_de_una_actividad(client, direccion):
    captura = con_papel(roles.CAPTURA)
    actividad = fabrica.actividad(por=captura)
    client.force_login(direccion)
    assert client.get(url("validar", actividad)).url == actividad.get_absolute_url()
    html = client.get(url("detalle", actividad)).content.decode()
    assert url("validar", actividad) in html

    respuesta = client.post(url("rechazar", actividad), {"razon": "   "})
    assert respuesta.status_code == 422
    assert "Diga por qué" in respuesta.context["formulario"].errors["razon"][0]
    assert client.post(url("rechazar", actividad), {"razon": "x" * 501}).status_code == 422
    client.post(url("rechazar", actividad), {"razon": "Falta la lista"})
    actividad.refresh_from_db()
    assert (actividad.estado, actividad.razon_rechazo) == (Estado.RECHAZADA, "Falta la lista")

    client.force_login(captura)
    html = client.get(url("detalle", actividad)).content.decode()
    assert "Falta la lista" in html
    datos = {
        "accion": actividad.accion_id, "tipo": actividad.tipo_id, "titulo": "Corregida", "fecha_inicio": "2020-10-05",
        "unidades": 1, "version": actividad.version, "cifras-TOTAL_FORMS": 0, "cifras-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(url("editar", actividad), datos).status_code == 302
    actividad.refresh_from_db()
    assert (actividad.estado, actividad.razon_rechazo) == (Estado.BORRADOR, "")

    client.force_login(direccion)
    client.post(url("validar", actividad))
    actividad.refresh_from_db()
    assert (actividad.estado, actividad.valido) == (Estado.VALIDADA, direccion)
    respuesta = client.post(url("validar", actividad), follow=True)
    assert "ya está validada" in respuesta.content.decode()
    client.post(url("devolver", actividad))
    actividad.refresh_from_db()
    assert (actividad.estado, actividad.valido, actividad.validada_el) == (Estado.BORRADOR, None, None)
    assert actividad.history.count() >= 5


def test_no_se_valida_lo_que_cambio_mientras_se_leia(client, direccion):
    actividad = fabrica.actividad()
    client.force_login(direccion)
    vieja = actividad.version
    acciones.guardar_actividad(actividad=actividad, por=None)
    for vista in ("validar", "rechazar"):
        client.post(f"{url(vista, actividad)}?version={vieja}", {"razon": "No"})
    actividad.refresh_from_db()
    assert actividad.estado == Estado.BORRADOR


def test_validar_varias(client, direccion):
    una, dos, tres, cuatro = (fabrica.actividad() for _ in range(4))
    acciones.rechazar_actividad(actividad=tres, razon="No", por=direccion)
    client.force_login(direccion)
    html = client.get(COLA).content.decode()
    assert una.titulo in html
    assert tres.titulo not in html
    tres.refresh_from_db()
    viejas = [f"{a.pk}:{a.version}" for a in (una, dos, tres)] + [f"{cuatro.pk}:77", "nada", "\x00:1", "٣:1", "9" * 30]
    html = client.post(COLA, {"elegidas": viejas}, follow=True).content.decode()
    assert "Se validaron 2 actividades" in html
    assert "No se validaron 2" in html
    assert tres.titulo in html
    assert "cambió mientras la leía" in html
    estados = [Actividad.objects.get(pk=a.pk).estado for a in (una, dos, tres, cuatro)]
    assert estados == [Estado.VALIDADA, Estado.VALIDADA, Estado.RECHAZADA, Estado.BORRADOR]
    assert "No eligió ninguna" in client.post(COLA, follow=True).content.decode()


def test_eliminar_un_borrador(client):
    yo = entra(client, roles.CAPTURA)
    actividad = fabrica.actividad(por=yo, cifras={"Videos": 2})
    assert client.post(url("eliminar", actividad)).status_code == 302
    assert not Actividad.objects.exists()
