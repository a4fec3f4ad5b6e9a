"""Las páginas de los convenios vistas por quien captura, un colega, un área y alguien de fuera."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios import acciones
from convenios.models import Actualizacion, Convenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos, busqueda
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    usuario = persona(**datos)
    usuario.groups.add(Group.objects.get(name=papel))
    return usuario


@pytest.fixture
def area():
    return directorio.area(nombre="Área propia", siglas="AP")


@pytest.fixture
def captura():
    return con_papel(roles.CAPTURA)


@pytest.fixture
def enlace(area):
    return con_papel(roles.AREA, area=area)


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def datos(**mas):
    return {
        "folio": "IECM/CONV/1/2026",
        "tipo": fabrica.tipo().pk,
        "titulo": "Convenio con la Universidad",
        "objeto": "Colaborar",
        "ambito": "nacional",
        "contrapartes": [directorio.organismo().pk],
        "areas": [directorio.area().pk],
        "gestion": "propia",
        "etapa": "negociacion",
        "vigencia": "indefinida",
        **mas,
    }


def test_capturar_uno_y_verlo_en_la_lista(entra, captura):
    client = entra(captura)
    respuesta = client.post(reverse("convenios:convenio_nuevo"), datos(), follow=True)
    texto = respuesta.content.decode()
    assert "Se creó el convenio" in texto and "Convenio con la Universidad" in texto
    convenio = Convenio.objects.get()
    assert convenio.cambios.get().por == captura
    lista = client.get(reverse("convenios:convenio_lista"), {"situacion": "tramite", "q": "universidad"})
    assert "IECM/CONV/1/2026" in lista.content.decode()
    assert "Nada coincide" in client.get(reverse("convenios:convenio_lista"), {"situacion": "vencido"}).content.decode()


def test_la_lista_dice_hasta_cuando_y_la_etapa_de_lo_que_sigue_en_tramite(entra, captura):
    fabrica.convenio(fecha_firma=date(2020, 1, 1), vigencia="fecha", vigencia_hasta=date(2020, 12, 31))
    fabrica.convenio(etapa="validacion")
    fabrica.convenio(etapa="no_requerido")
    texto = entra(captura).get(reverse("convenios:convenio_lista")).content.decode()
    for esperado in ("Vencido", "hasta 31/12/2020", "Validación jurídica</span>", "No se requiere</span>"):
        assert esperado in texto
    csv = entra(captura).get(reverse("convenios:tipoinstrumento_lista"), {"_export": "csv"})
    assert csv.status_code == 200


def test_los_errores_van_a_su_campo_y_nada_se_pierde(entra, captura):
    mal = datos(etapa="suscrito", fecha_firma="2026-02-31", titulo="T" * 501, contrapartes=[])
    respuesta = entra(captura).post(reverse("convenios:convenio_nuevo"), mal)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and "Esa fecha no existe" in texto
    assert "2026-02-31" in texto and "T" * 501 in texto
    assert set(respuesta.context["formulario"].errors) >= {"fecha_firma", "titulo", "contrapartes"}


def test_una_firma_futura_no_se_pide_ademas_como_si_faltara(entra, captura):
    manana = hoy() + timedelta(days=1)
    respuesta = entra(captura).post(
        reverse("convenios:convenio_nuevo"), datos(etapa="suscrito", fecha_firma=manana.isoformat())
    )
    assert respuesta.context["formulario"].errors["fecha_firma"] == ["La fecha de suscripción todavía no llega."]


def test_folio_repetido_y_vencimiento_antes_de_la_firma(entra, captura):
    fabrica.convenio(folio="IECM/CONV/1/2026")
    mal = datos(etapa="suscrito", fecha_firma="2020-10-09", vigencia="fecha", vigencia_hasta="2020-10-01")
    respuesta = entra(captura).post(reverse("convenios:convenio_nuevo"), mal)
    errores = respuesta.context["formulario"].errors
    assert errores["folio"] == ["Ya hay un convenio con ese folio."]
    assert errores["vigencia_hasta"] == ["Vence antes de haberse firmado."]


def test_un_posible_duplicado_se_avisa_y_se_puede_guardar(entra, captura):
    organismo = directorio.organismo()
    fabrica.convenio(fecha_firma=date(2020, 10, 9), contrapartes=[organismo])
    nuevo = datos(etapa="suscrito", fecha_firma="2020-10-09", contrapartes=[organismo.pk])
    client = entra(captura)
    respuesta = client.post(reverse("convenios:convenio_nuevo"), nuevo)
    assert respuesta.status_code == 422 and "misma contraparte y fecha" in respuesta.content.decode()
    client.post(reverse("convenios:convenio_nuevo"), {**nuevo, "confirmo_advertencias": "1"})
    assert Convenio.objects.count() == 2


def test_cambiar_etapa_dice_todo_lo_que_falta_y_conserva_lo_escrito(entra, captura):
    convenio = fabrica.convenio(objeto="", areas=[], fecha=date(2026, 1, 1))
    client, url = entra(captura), reverse("convenios:convenio_etapa", args=[convenio.pk])
    assert "Falta el objeto del instrumento." in client.get(url).content.decode()
    version = {"version": convenio.version}
    respuesta = client.post(url, {"etapa": "suscripcion", "fecha": "2025-01-01", "nota": "Mi nota"} | version)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and "Mi nota" in texto
    assert len(respuesta.context["formulario"].non_field_errors()) == 3
    client.post(url, {"etapa": "validacion", "fecha": "2026-02-01"} | version)
    convenio.refresh_from_db()
    assert convenio.etapa == "validacion"


@pytest.mark.parametrize(
    "datos_", [{"etapa": "inventada", "fecha": "2026-01-01"}, {"etapa": "", "fecha": "31/02/2026"}, {}]
)
def test_cambiar_etapa_con_basura_no_truena(entra, captura, datos_):
    convenio = fabrica.convenio(fecha=date(2026, 1, 1))
    datos_ = datos_ | {"version": convenio.version}
    respuesta = entra(captura).post(reverse("convenios:convenio_etapa", args=[convenio.pk]), datos_)
    assert respuesta.status_code == 422 and convenio.cambios.count() == 1


def test_un_concluido_ya_no_ofrece_pasos(entra, captura):
    convenio = fabrica.convenio(fecha_firma=date(2020, 1, 1), etapa="concluido", fecha=date(2021, 1, 1))
    client, url = entra(captura), reverse("convenios:convenio_etapa", args=[convenio.pk])
    assert "Su camino terminó" in client.get(url).content.decode()
    datos_ = {"etapa": "negociacion", "fecha": "2026-01-01", "version": convenio.version}
    assert client.post(url, datos_).status_code == 422


def test_el_detalle_ensena_camino_familia_y_avances(entra, captura):
    padre = fabrica.convenio(titulo="Convenio general", fecha_firma=date(2020, 1, 1))
    hijo = fabrica.convenio(titulo="Anexo técnico", padre=padre, fecha_firma=date(2020, 2, 1))
    fabrica.convenio(titulo="Adenda al anexo", padre=hijo, fecha_firma=date(2020, 3, 1))
    s10, *_ = fabrica.sesiones_de_2020()
    acciones.registrar_actualizacion(convenio=hijo, sesion=s10, avance="Dos talleres", por=captura)
    texto = entra(captura).get(hijo.get_absolute_url()).content.decode()
    for esperado in (
        "Convenio general",
        "Adenda al anexo",
        "Dos talleres",
        "Décima sesión ordinaria",
        'aria-current="step"',
    ):
        assert esperado in texto


def test_un_area_ve_solo_lo_suyo(entra, enlace, area):
    propio = fabrica.convenio(titulo="El propio", areas=[area], fecha_firma=date(2020, 1, 1))
    ajeno = fabrica.convenio(titulo="El ajeno", padre=propio, fecha_firma=date(2020, 1, 1))
    s10, *_ = fabrica.sesiones_de_2020()
    suya = acciones.registrar_actualizacion(convenio=propio, sesion=s10, por=None)
    de_otros = acciones.registrar_actualizacion(convenio=ajeno, sesion=s10, por=None)
    client = entra(enlace)
    for ruta in ("convenio_lista", "actualizacion_lista", "actualizacion_matriz", "actualizacion_nuevo"):
        texto = client.get(reverse(f"convenios:{ruta}")).content.decode()
        assert "El propio" in texto and "El ajeno" not in texto, ruta
    assert "El ajeno" not in client.get(propio.get_absolute_url()).content.decode()
    assert client.get(suya.get_absolute_url()).status_code == 200
    assert client.get(de_otros.get_absolute_url()).status_code == 404
    for ruta, pk in (("convenio_detalle", ajeno.pk), ("actualizacion_editar", de_otros.pk)):
        assert client.get(reverse(f"convenios:{ruta}", args=[pk])).status_code == 404
    assert client.get(reverse("convenios:convenio_etapa", args=[propio.pk])).status_code == 403
    for formato in ("csv", "xlsx"):
        contenido = client.get(reverse("convenios:convenio_lista"), {"_export": formato}).getvalue()
        assert formato == "xlsx" or "El ajeno" not in contenido.decode()
    assert [r.titulo for r in dict(busqueda.buscar(enlace, "el"))["Convenios"]] == ["El propio"]


def test_un_area_reporta_lo_suyo_y_no_lo_ajeno(entra, enlace, area):
    propio = fabrica.convenio(areas=[area], fecha_firma=date(2020, 1, 1))
    ajeno = fabrica.convenio(fecha_firma=date(2020, 1, 1))
    s10, s11, _ = fabrica.sesiones_de_2020()
    client, url = entra(enlace), reverse("convenios:actualizacion_nuevo")
    client.post(url, {"convenio": propio.pk, "sesion": s10.pk, "avance": "Un curso"})
    assert Actualizacion.objects.get().reporto == enlace
    assert client.post(url, {"convenio": ajeno.pk, "sesion": s10.pk}).status_code == 422
    guardar = reverse("convenios:actualizacion_matriz_guardar")
    client.post(guardar, {"marca": [f"{propio.pk}-{s11.pk}", f"{ajeno.pk}-{s11.pk}"]})
    assert {a.convenio for a in Actualizacion.objects.all()} == {propio}
    # Sin permiso de quitar, lo ya anotado se queda.
    client.post(guardar, {"antes": f"{propio.pk}-{s11.pk}"})
    assert Actualizacion.objects.count() == 2


def test_alguien_de_fuera_no_entra(entra):
    convenio = fabrica.convenio(fecha_firma=date(2020, 1, 1))
    client = entra(persona())
    for url in (
        convenio.get_absolute_url(),
        reverse("convenios:convenio_lista"),
        reverse("convenios:actualizacion_matriz"),
        reverse("convenios:convenio_etapa", args=[convenio.pk]),
    ):
        assert client.get(url).status_code == 403
    assert avisos.reunir(persona(), hoy()) == []


def test_un_colega_de_consejeria_lee_y_no_escribe(entra):
    convenio = fabrica.convenio(fecha_firma=date(2020, 1, 1))
    fabrica.sesiones_de_2020()
    client = entra(con_papel(roles.CONSEJERIA))
    texto = client.get(convenio.get_absolute_url()).content.decode()
    assert convenio.titulo in texto and "Cambiar etapa" not in texto
    matriz = client.get(reverse("convenios:actualizacion_matriz")).content.decode()
    assert (
        convenio.titulo in matriz and "Guardar cambios" not in matriz and 'type="checkbox" name="marca"' not in matriz
    )
    assert client.post(reverse("convenios:actualizacion_matriz_guardar")).status_code == 403


def test_la_cuadricula_guarda_solo_lo_que_cambio(entra, captura):
    s10, s11, s12 = fabrica.sesiones_de_2020()
    uno, dos = fabrica.convenio(fecha_firma=date(2020, 1, 1)), fabrica.convenio(fecha_firma=date(2020, 11, 1))
    acciones.registrar_actualizaciones(agregar=[(uno, s10), (uno, s11)], por=None)
    client = entra(captura)
    pagina = client.get(reverse("convenios:actualizacion_matriz"))
    antes = pagina.context["cuadricula"].antes
    assert antes == ",".join(sorted([f"{uno.pk}-{s10.pk}", f"{uno.pk}-{s11.pk}"]))
    assert f'value="{dos.pk}-{s10.pk}"' not in pagina.content.decode()  # firmó después de esa sesión
    # Mientras tanto alguien más anota la doce: no se pierde.
    acciones.registrar_actualizacion(convenio=uno, sesion=s12, por=None)
    respuesta = client.post(
        reverse("convenios:actualizacion_matriz_guardar"),
        {"antes": antes, "marca": [f"{uno.pk}-{s10.pk}", f"{dos.pk}-{s12.pk}"]},
        follow=True,
    )
    assert "Se anotó una actualización y se quitó una." in respuesta.content.decode()
    assert {(a.convenio, a.sesion) for a in Actualizacion.objects.all()} == {(uno, s10), (uno, s12), (dos, s12)}


def test_la_cuadricula_con_basura_no_truena(entra, captura):
    fabrica.sesiones_de_2020()
    fabrica.convenio(fecha_firma=date(2020, 1, 1))
    client = entra(captura)
    for consulta in (
        {"anio": "x"},
        {"anio": "99999"},
        {"comision": "nadie"},
        {"pagina": "-3"},
        {"area": "999"},
        {"anio": "1999"},
    ):
        assert client.get(reverse("convenios:actualizacion_matriz"), consulta).status_code == 200, consulta
    respuesta = client.post(
        reverse("convenios:actualizacion_matriz_guardar"), {"marca": ["x", "9-9", "'--"], "antes": ",,1-"}
    )
    assert respuesta.status_code == 302 and not Actualizacion.objects.exists()


def test_sin_comision_ni_sesiones_la_cuadricula_lo_dice(entra, captura):
    assert (
        "No hay sesiones ordinarias" in entra(captura).get(reverse("convenios:actualizacion_matriz")).content.decode()
    )


def test_avisos(captura, enlace, area):
    en = hoy()

    def con_fin(dias, **mas):
        return fabrica.convenio(
            fecha_firma=date(2020, 1, 1), vigencia="fecha", vigencia_hasta=en + timedelta(days=dias), **mas
        )

    (
        con_fin(-5, titulo="Vencido"),
        con_fin(-200),
        con_fin(10, titulo="Urgente", areas=[area]),
        con_fin(80, titulo="Con tiempo"),
    )
    con_fin(120)
    fabrica.convenio(titulo="Parado", fecha=en - timedelta(days=61)), fabrica.convenio(fecha=en - timedelta(days=5))
    propios = [a for a in avisos.reunir(captura, en) if a.clase.startswith("Convenio")]
    assert [(a.titulo, a.gravedad) for a in propios] == [
        ("Vencido", "vencido"),
        ("Parado (negociación)", "atencion"),
        ("Urgente", "atencion"),
        ("Con tiempo", "info"),
    ]
    assert [a.titulo for a in avisos.reunir(enlace, en) if a.clase.startswith("Convenio")] == ["Urgente"]


@pytest.mark.parametrize(
    "ruta", ["convenio_lista", "actualizacion_lista", "actualizacion_matriz", "tipoinstrumento_lista"]
)
def test_las_mismas_consultas_con_uno_y_con_treinta(entra, captura, ruta):
    sesiones = fabrica.sesiones_de_2020()
    client = entra(captura)

    def agrega(cuantos):
        for n in range(cuantos):
            convenio = fabrica.convenio(fecha_firma=date(2020, 1, 1), tipo=fabrica.tipo(f"Tipo {n} {cuantos}"))
            acciones.registrar_actualizaciones(agregar=[(convenio, sesiones[n % 3])], por=None)

    def cuenta():
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert client.get(reverse(f"convenios:{ruta}")).status_code == 200
        return len(consultas)

    agrega(1)
    cuenta()
    con_uno = cuenta()
    agrega(30)
    assert cuenta() == con_uno
