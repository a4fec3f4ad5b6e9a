"""Las páginas del camino: dar, corregir y deshacer un paso; el tablero."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.camino import acciones
from tests.fabricas import camino as fabrica
from tests.fabricas import convenios, directorio, opiniones
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
TABLERO = "/convenios/tablero/"


@pytest.fixture
def captura():
    return fabrica.con_papel(roles.CAPTURA)


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def etapa(convenio) -> str:
    return reverse("convenios:convenio_etapa", args=[convenio.pk])


def con_version(convenio, **datos) -> dict:
    convenio.refresh_from_db()
    return {"version": convenio.version, **datos}


def test_la_pagina_ensena_lo_que_falta_y_lo_que_ya_esta_con_texto(entra, captura):
    convenio = fabrica.recorrido("validacion", objeto="", tipo=convenios.tipo("General", requiere_opinion=True))
    texto = entra(captura).get(etapa(convenio), {"etapa": "suscripcion"}).content.decode()
    for esperado in (
        "Pendiente: ",
        "Listo: ",
        "Falta el objeto del instrumento.",
        "Contraparte registrada.",
        "Falta una opinión de pertinencia favorable.",
        "No pide requisitos.",
        "Diga en la nota por qué no se firmó.",
        'value="suscripcion" checked',
        f"/convenios/{convenio.pk}/editar/?siguiente=",
    ):
        assert esperado in texto, esperado


def test_el_requisito_se_revisa_a_la_fecha_escrita(entra, captura):
    convenio = fabrica.recorrido("validacion", tipo=convenios.tipo("General", requiere_opinion=True))
    opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 3, 1), convenio)
    datos = con_version(convenio, etapa="suscripcion", fecha="2024-02-25", nota="Mi nota")
    respuesta = entra(captura).post(etapa(convenio), datos)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and "después de este paso" in texto and "Mi nota" in texto
    assert "Revisado al 25 de febrero de 2024" in texto


def test_suscribir_con_su_archivo_y_volver_de_donde_se_vino(entra, captura):
    convenio = fabrica.recorrido("suscripcion")
    datos = con_version(
        convenio, etapa="suscrito", fecha="2024-03-01", archivo=fabrica.archivo(), siguiente=f"{TABLERO}?tipo=1"
    )
    respuesta = entra(captura).post(etapa(convenio), datos)
    assert respuesta["Location"] == f"{TABLERO}?tipo=1"
    convenio.refresh_from_db()
    assert convenio.fecha_firma == date(2024, 3, 1) and convenio.documentos.get().por == captura


@pytest.mark.parametrize(
    "malo",
    [
        {"enlace": "no es una dirección"},
        {"enlace": "https://iecm.example/a.pdf", "etapa": "validacion"},
        {"fecha": "31/02/2024"},
        {"fecha": "0024-01-01"},
        {"nota": "x" * 501},
        {"nota": "\x00"},
        {"version": "9" * 40},
        {"version": "\x00"},
    ],
)
def test_lo_que_no_vale_se_dice_y_nada_cambia(entra, captura, malo):
    convenio = fabrica.recorrido("suscripcion")
    datos = con_version(convenio, etapa="suscrito", fecha="2024-03-01") | malo
    assert entra(captura).post(etapa(convenio), datos).status_code in (409, 422)
    convenio.refresh_from_db()
    assert convenio.etapa == "suscripcion" and not convenio.documentos.exists()


def test_dos_personas_mueven_el_mismo_instrumento(entra, captura):
    """La segunda se entera de lo que hizo la primera y no pierde lo que escribió."""
    convenio = fabrica.recorrido("validacion")
    leido = con_version(convenio, etapa="suscripcion", fecha="2024-03-01", nota="Lo mío")
    otra = fabrica.con_papel(roles.CAPTURA)
    acciones.cambiar_etapa(
        convenio=convenio, etapa="negociacion", fecha=date(2024, 2, 20), nota="Se devolvió.", por=otra
    )
    client = entra(captura)
    respuesta = client.post(etapa(convenio), leido)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Otra persona cambió este instrumento" in texto and "Se devolvió." in texto and str(otra) in texto
    assert "Lo mío" in texto
    convenio.refresh_from_db()
    assert convenio.etapa == "negociacion"
    assert (
        client.post(etapa(convenio), con_version(convenio, **leido | {"version": convenio.version})).status_code == 302
    )
    convenio.refresh_from_db()
    assert convenio.etapa == "suscripcion"


def test_el_mismo_envio_dos_veces_da_un_solo_paso(entra, captura):
    convenio = fabrica.recorrido("validacion")
    datos = con_version(convenio, etapa="negociacion", fecha="2024-03-01", envio="11111111-1111-1111-1111-111111111111")
    client = entra(captura)
    primero, segundo = client.post(etapa(convenio), datos), client.post(etapa(convenio), datos)
    assert primero["Location"] == segundo["Location"] and convenio.cambios.count() == 3


def test_corregir_y_deshacer_desde_la_pagina(entra, captura):
    convenio = fabrica.recorrido("validacion", "suscripcion")
    client = entra(captura)
    texto = client.get(convenio.get_absolute_url()).content.decode()
    assert "30 días hasta el paso siguiente" in texto and "Deshacer este paso" in texto
    validacion = convenio.cambios.get(etapa="validacion")
    corregir = reverse("convenios:paso_corregir", args=[convenio.pk, validacion.pk])
    assert client.get(corregir).status_code == 200
    mal = client.post(corregir, con_version(convenio, fecha="2023-01-01", nota="Otra"))
    assert mal.status_code == 422 and "El paso anterior" in mal.content.decode()
    assert client.post(corregir, con_version(convenio, fecha="2024-02-01", nota="Otra")).status_code == 302
    deshacer = reverse("convenios:paso_deshacer", args=[convenio.pk])
    assert "volverá a" in client.get(deshacer).content.decode()
    assert client.post(deshacer, con_version(convenio, motivo="")).status_code == 422
    assert client.post(deshacer, con_version(convenio, motivo="m" * 101)).status_code == 422
    viejo = con_version(convenio, motivo="Error")
    client.post(deshacer, viejo)
    assert client.post(deshacer, viejo).status_code == 409
    texto = client.get(convenio.get_absolute_url()).content.decode()
    assert "Pasos deshechos" in texto and "Error" in texto
    assert convenio.cambios.count() == 2


def test_un_paso_de_otro_instrumento_no_existe(entra, captura):
    uno, otro = fabrica.recorrido("validacion"), fabrica.recorrido("validacion")
    ajeno = reverse("convenios:paso_corregir", args=[uno.pk, otro.cambios.first().pk])
    assert entra(captura).get(ajeno).status_code == 404


def test_lo_que_no_se_deshace_dice_por_que(entra, captura):
    convenio = convenios.convenio()
    url = reverse("convenios:paso_deshacer", args=[convenio.pk])
    client = entra(captura)
    assert "primer paso" in client.get(url).content.decode()
    assert client.post(url, con_version(convenio, motivo="Error")).status_code == 422


def test_lo_automatico_se_distingue(entra, captura):
    convenio = fabrica.firmado(vigencia="compromisos", vigencia_texto="Hasta cumplir.")
    acciones.concluir_por_compromisos(convenio=convenio, fecha=date(2024, 8, 1), por=None)
    assert "Automático" in entra(captura).get(convenio.get_absolute_url()).content.decode()


def test_quien_solo_ve_no_mueve(entra):
    convenio = fabrica.recorrido("validacion", areas=[area := directorio.area()])
    for usuario in (
        fabrica.con_papel(roles.CONSEJERIA),
        fabrica.con_papel(roles.SECRETARIA),
        fabrica.con_papel(roles.AREA, area=area),
    ):
        client = entra(usuario)
        texto = client.get(TABLERO).content.decode()
        assert convenio.titulo in texto and "data-admite" not in texto and ">Mover<" not in texto
        detalle = client.get(convenio.get_absolute_url()).content.decode()
        assert "Puede pasar a" not in detalle and "Corregir</a>" not in detalle
        paso = convenio.cambios.first().pk
        for url in (
            etapa(convenio),
            reverse("convenios:paso_corregir", args=[convenio.pk, paso]),
            reverse("convenios:paso_deshacer", args=[convenio.pk]),
        ):
            assert client.get(url).status_code == client.post(url).status_code == 403
    assert entra(persona()).get(TABLERO).status_code == 403


# -- el tablero ------------------------------------------------------------------


def columnas(respuesta) -> dict:
    return {c.clave: c for c in respuesta.context["tablero"].columnas}


def folios(columna) -> list[str]:
    return [t.convenio.folio for t in columna.tarjetas]


def test_cada_instrumento_va_a_su_columna(entra, captura):
    en = hoy()

    def con_fin(dias, folio):
        return convenios.convenio(
            folio=folio, fecha_firma=date(2020, 1, 1), vigencia="fecha", vigencia_hasta=en + timedelta(days=dias)
        )

    fabrica.recorrido(folio="NEG")
    fabrica.recorrido("validacion", folio="VAL")
    fabrica.recorrido("suscripcion", folio="SUS")
    convenios.convenio(folio="VIG", fecha_firma=date(2020, 1, 1))
    con_fin(30, "PRONTO")
    convenios.convenio(folio="INICIA", fecha_firma=en, vigencia_desde=en + timedelta(days=9))
    convenios.convenio(folio="VIEJO", fecha_firma=date(2019, 1, 1), vigencia="fecha", vigencia_hasta=date(2020, 1, 1))
    convenios.convenio(folio="HOY", fecha_firma=date(2019, 1, 1), etapa="concluido", fecha=en)
    convenios.convenio(folio="ANTES", fecha_firma=date(2019, 1, 1), etapa="concluido", fecha=date(2020, 1, 1))
    convenios.convenio(folio="NUNCA", etapa="no_requerido", fecha=en)
    respuesta = entra(captura).get(TABLERO)
    col = columnas(respuesta)
    assert {c: folios(col[c]) for c in col} == {
        "negociacion": ["NEG"],
        "validacion": ["VAL"],
        "suscripcion": ["SUS"],
        "vigente": ["VIG"],
        "por_iniciar": ["INICIA"],
        "por_vencer": ["PRONTO"],
        "vencido": [],
        "concluido": ["HOY"],
        "terminadas": ["NUNCA"],
    }
    assert (col["vencido"].total, col["concluido"].total, col["concluido"].visibles) == (1, 2, 1)
    assert col["concluido"].url == "/convenios/?situacion=concluido"
    assert not col["por_iniciar"].recibe and "por_iniciar" not in columnas(entra(captura).get(f"{TABLERO}?q=VAL"))
    assert not col["por_vencer"].recibe and not col["vencido"].recibe
    texto = respuesta.content.decode()
    assert "Ver los 2 en la lista" in texto and 'data-admite="validacion suscripcion' in texto


def test_la_ficha_dice_dias_requisitos_y_lo_que_sigue(entra, captura):
    convenio = fabrica.recorrido("validacion", objeto="", areas=[], inicio=hoy() - timedelta(days=40))
    fabrica.pendiente(convenio, dias=-2, area=None)
    fabrica.pendiente(convenio, dias=5, area=None)
    (tarjeta,) = columnas(entra(captura).get(TABLERO))["validacion"].tarjetas
    assert (tarjeta.dias, tarjeta.faltas, tarjeta.vencida) == (10, 2, True)
    assert tarjeta.proxima == (hoy() - timedelta(days=2), "paso pendiente")


def test_los_filtros_valen_tambien_para_la_lista(entra, captura):
    area = directorio.area(siglas="AP")
    convenios.convenio(folio="SI", areas=[area], gestion="acompanada", responsable=captura)
    convenios.convenio(folio="NO")
    client = entra(captura)
    for filtro in ({"areas": area.pk}, {"gestion": "acompanada"}, {"responsable": captura.pk}, {"q": "SI"}):
        respuesta = client.get(TABLERO, filtro)
        assert folios(columnas(respuesta)["negociacion"]) == ["SI"], filtro
        (nombre, valor), *_ = filtro.items()
        assert respuesta.context["tablero"].url_lista() == f"/convenios/?{nombre}={valor}"
    assert reverse("convenios:convenio_tablero") in client.get("/convenios/").content.decode()


@pytest.mark.parametrize("basura", [{"areas": "x"}, {"tipo": "9" * 40}, {"q": "\x00" * 3}, {"responsable": "-1"}])
def test_el_tablero_con_basura_no_truena(entra, captura, basura):
    assert entra(captura).get(TABLERO, basura).status_code == 200


def test_un_area_ve_en_el_tablero_lo_suyo(entra):
    area = directorio.area()
    convenios.convenio(folio="PROPIO", areas=[area])
    convenios.convenio(folio="AJENO")
    texto = entra(fabrica.con_papel(roles.AREA, area=area)).get(TABLERO).content.decode()
    assert "PROPIO" in texto and "AJENO" not in texto


def test_las_mismas_consultas_con_uno_y_con_treinta_por_columna(entra, captura):
    client = entra(captura)
    tipo = convenios.tipo("General", requiere_opinion=True)

    def agrega(cuantos):
        for _ in range(cuantos):
            fabrica.pendiente(convenios.convenio(tipo=tipo), dias=3)
            convenios.convenio(fecha_firma=date(2020, 1, 1))
            convenios.convenio(etapa="no_requerido")

    def cuenta():
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(TABLERO).status_code == 200
        return len(hechas)

    agrega(1)
    cuenta()
    con_uno = cuenta()
    agrega(33)
    assert cuenta() == con_uno <= 24
    col = columnas(client.get(TABLERO))
    assert len(col["negociacion"].tarjetas) == 30 and col["negociacion"].total == 34


def test_se_avisa_lo_firmado_sin_archivo(captura):
    area = directorio.area()
    convenio = fabrica.firmado(areas=[area], titulo="Sin archivo")
    convenios.convenio(fecha_firma=date(2019, 1, 1))
    quienes = (captura, fabrica.con_papel(roles.AREA, area=area))
    for usuario in quienes:
        suyos = [a for a in avisos.reunir(usuario, hoy()) if a.clase == "Falta el archivo firmado"]
        assert [a.titulo for a in suyos] == ["Sin archivo"]
    otra = fabrica.con_papel(roles.AREA, area=directorio.area())
    for usuario in (fabrica.con_papel(roles.CONSEJERIA), otra):
        assert not [a for a in avisos.reunir(usuario, hoy()) if a.clase == "Falta el archivo firmado"]
    from convenios.documentos.acciones import agregar_version
    from convenios.models import DocumentoDeConvenio

    documento = DocumentoDeConvenio(convenio=convenio, clase="firmado", titulo="Firmado", fecha=convenio.fecha_firma)
    agregar_version(documento=documento, archivo=fabrica.archivo(), por=captura)
    assert not [a for a in avisos.reunir(captura, hoy()) if a.clase == "Falta el archivo firmado"]
