"""La cuadrícula instrumento × sesión y la hoja de cada sesión."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.actualizaciones import acciones
from convenios.actualizaciones.sesion import huella
from convenios.models import Actualizacion
from tests.fabricas import base
from tests.fabricas import convenios as fabrica
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
MATRIZ, GUARDAR = "convenios:actualizacion_matriz", "convenios:actualizacion_matriz_guardar"


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


@pytest.fixture
def captura():
    return base.con_papel(roles.CAPTURA)


@pytest.fixture
def mundo():
    """Tres sesiones y tres instrumentos; el tercero se firmó después de la primera."""
    sesiones = fabrica.sesiones_de_2020()
    convenios = [fabrica.convenio(fecha_firma=date(2020, 1, 1), titulo=t) for t in ("Alfa", "Beta")]
    convenios.append(fabrica.convenio(fecha_firma=date(2020, 11, 1), titulo="Gamma", tipo=fabrica.tipo("Marco")))
    return convenios, sesiones


def clave(convenio, sesion):
    return f"{convenio.pk}-{sesion.pk}"


def url_sesion(sesion, sufijo=""):
    return reverse(f"convenios:actualizacion_sesion{sufijo}", args=[sesion.pk])


def test_totales_por_sesion_y_por_instrumento(entra, captura, mundo):
    (alfa, beta, gamma), (s10, s11, s12) = mundo
    acciones.registrar_actualizaciones(agregar=[(alfa, s10), (alfa, s11), (gamma, s11)], por=captura)
    cuadricula = entra(captura).get(reverse(MATRIZ)).context["cuadricula"]
    assert [(s, n) for s, n, _ in cuadricula.columnas] == [(s10, 1), (s11, 2), (s12, 0)]
    assert {f.convenio: f.total for f in cuadricula.filas} == {alfa: 2, beta: 0, gamma: 1} and cuadricula.total == 3


def test_los_totales_por_sesion_son_de_todas_las_paginas(entra, captura, monkeypatch, mundo):
    monkeypatch.setattr("convenios.actualizaciones.cuadricula.POR_PAGINA", 1)
    convenios, (_s10, s11, _) = mundo
    acciones.registrar_actualizaciones(agregar=[(c, s11) for c in convenios], por=None)
    cuadricula = entra(captura).get(reverse(MATRIZ)).context["cuadricula"]
    assert len(cuadricula.filas) == 1 and cuadricula.columnas[1][1] == 3


def test_filtros(entra, captura, mundo):
    client = entra(captura)
    convenios, _ = mundo

    def titulos(**filtros):
        return [f.convenio.titulo for f in client.get(reverse(MATRIZ), filtros).context["cuadricula"].filas]

    assert titulos(tipo=convenios[2].tipo_id) == ["Gamma"]
    assert titulos(texto="alfa") == ["Alfa"] and titulos(texto="\x00") == ["Alfa", "Beta", "Gamma"]
    assert titulos(area=convenios[1].areas.get().pk) == ["Beta"]


def test_copiar_de_la_sesion_anterior_no_guarda_hasta_que_se_revisa(entra, captura, mundo):
    (alfa, beta, _gamma), (s10, s11, _s12) = mundo
    acciones.registrar_actualizaciones(agregar=[(alfa, s10)], por=None)
    client = entra(captura)
    antes = client.get(reverse(MATRIZ)).context["cuadricula"].antes
    envio = {"antes": antes, "marca": [antes, clave(beta, s10)], "copiar": s11.pk}
    respuesta = client.post(reverse(GUARDAR), envio)
    cuadricula = respuesta.context["cuadricula"]
    assert respuesta.status_code == 200 and Actualizacion.objects.count() == 1
    assert "Se marcaron 2 casillas" in respuesta.content.decode()
    assert {c.clave for f in cuadricula.filas for c in f.casillas if c.marcada} == {
        clave(c, s) for c in (alfa, beta) for s in (s10, s11)
    }
    assert [n for _, n, _ in cuadricula.columnas] == [2, 2, 0] and cuadricula.antes == antes
    for basura in (s10.pk, "x", "9" * 40):
        assert client.post(reverse(GUARDAR), {"antes": antes, "copiar": basura}).status_code == 200


def test_al_copiar_no_se_deshace_lo_que_otra_persona_guardo(entra, captura, mundo):
    (_alfa, _beta, gamma), (_s10, s11, s12) = mundo
    client = entra(captura)
    antes = client.get(reverse(MATRIZ)).context["cuadricula"].antes
    acciones.registrar_actualizaciones(agregar=[(gamma, s12)], por=None)
    cuadricula = client.post(reverse(GUARDAR), {"antes": antes, "copiar": s11.pk}).context["cuadricula"]
    marcas = [c.clave for f in cuadricula.filas for c in f.casillas if c.marcada]
    assert marcas == [clave(gamma, s12)] == cuadricula.antes.split(",")
    client.post(reverse(GUARDAR), {"antes": cuadricula.antes, "marca": marcas})
    assert Actualizacion.objects.get().convenio == gamma


def test_la_matriz_en_xlsx(entra, captura, mundo):
    (alfa, _beta, gamma), (s10, s11, _s12) = mundo
    acciones.registrar_actualizaciones(agregar=[(alfa, s10), (gamma, s11)], por=None)
    respuesta = entra(captura).get(reverse(MATRIZ), {"_export": "xlsx"})
    libro = openpyxl.load_workbook(io.BytesIO(respuesta.getvalue()))
    filas = [[c for c in fila if c is not None] for fila in libro.worksheets[1].iter_rows(values_only=True)]
    assert [v for v in filas[1][1:] if v != ""] == ["Alfa", "X", 1] and filas[-1][-4:] == [1, 1, 0, 2]


# -- la hoja de una sesión ----------------------------------------------------


def renglon(convenio, avance="", reporto=False, visto=("", False)):
    texto, estaba = visto
    envio = {f"{convenio.pk}-avance": avance, f"{convenio.pk}-visto": huella(estaba, texto)}
    return {**envio, f"{convenio.pk}-reporto": "on"} if reporto else envio


def test_capturar_una_sesion_con_sus_textos(entra, captura, mundo):
    (alfa, beta, _gamma), (s10, _s11, _) = mundo
    acciones.registrar_actualizacion(convenio=beta, sesion=s10, avance="Antes", por=None)
    client = entra(captura)
    texto = client.get(url_sesion(s10)).content.decode()
    assert "Antes" in texto and "Gamma" not in texto  # se firmó después
    envio = {
        **renglon(alfa, "Dos talleres\r\ny un curso"),
        **renglon(beta, "", reporto=False, visto=("Antes", True)),
    }
    respuesta = client.post(url_sesion(s10, "_guardar"), envio, follow=True)
    assert "Se anotó una actualización y se quitó una." in respuesta.content.decode()
    suya = Actualizacion.objects.get()
    assert (suya.convenio, suya.avance, suya.reporto) == (alfa, "Dos talleres\ny un curso", captura)


def test_lo_que_no_se_toco_no_pisa_lo_de_otra_persona(entra, captura, mundo):
    (alfa, beta, _), (s10, *_) = mundo
    acciones.registrar_actualizacion(convenio=beta, sesion=s10, avance="De otra", por=None)
    entra(captura).post(url_sesion(s10, "_guardar"), {**renglon(alfa, reporto=True), **renglon(beta)})
    assert {(a.convenio, a.avance) for a in Actualizacion.objects.all()} == {(alfa, ""), (beta, "De otra")}


def test_si_las_dos_escribieron_se_ensena_y_la_segunda_decide(entra, captura, mundo):
    (alfa, *_), (s10, *_) = mundo
    acciones.registrar_actualizacion(convenio=alfa, sesion=s10, avance="De otra", por=None)
    client = entra(captura)
    respuesta = client.post(url_sesion(s10, "_guardar"), renglon(alfa, "Lo mío"))
    texto = respuesta.content.decode()
    assert respuesta.status_code == 409 and "escribió: «De otra»" in texto and "Lo mío" in texto
    assert huella(True, "De otra") in texto
    client.post(url_sesion(s10, "_guardar"), renglon(alfa, "Lo mío", visto=("De otra", True)))
    assert Actualizacion.objects.get().avance == "Lo mío"


def test_la_hoja_de_un_area(entra, mundo):
    (alfa, beta, _), (s10, *_) = mundo
    gente = base.duena_colega_y_ajena()
    alfa.areas.set([gente.duena.area])
    client = entra(gente.duena)
    texto = client.get(url_sesion(s10)).content.decode()
    assert "Alfa" in texto and "Beta" not in texto
    client.post(url_sesion(s10, "_guardar"), {**renglon(alfa, "Mío"), **renglon(beta, "Ajeno")})
    assert Actualizacion.objects.get().convenio == alfa
    # Corrige su texto, pero no puede quitar la actualización.
    client.post(url_sesion(s10, "_guardar"), renglon(alfa, "", visto=("Mío", True)))
    assert Actualizacion.objects.get().avance == ""
    assert "Ningún instrumento" in entra(gente.ajena).get(url_sesion(s10)).content.decode()


def test_quien_lee_no_escribe_y_quien_es_de_fuera_no_entra(entra, captura, mundo):
    (alfa, *_), (s10, *_) = mundo
    acciones.registrar_actualizacion(convenio=alfa, sesion=s10, avance="Dos talleres", por=captura)
    client = entra(base.con_papel(roles.CONSEJERIA))
    texto = client.get(url_sesion(s10)).content.decode()
    assert "Dos talleres" in texto and str(captura) in texto and "<textarea" not in texto
    assert client.post(url_sesion(s10, "_guardar"), {}).status_code == 403
    assert entra(persona()).get(url_sesion(s10)).status_code == 403
    assert entra(captura).get(reverse("convenios:actualizacion_sesion", args=[999_999])).status_code == 404


@pytest.mark.parametrize("basura", ["\x00", "x" * 100, "9" * 40])
def test_la_hoja_con_basura_no_truena(entra, captura, mundo, basura):
    (alfa, *_), (s10, *_) = mundo
    client = entra(captura)
    assert client.get(url_sesion(s10), {"pagina": basura, "texto": basura}).status_code == 200
    envio = {f"{alfa.pk}-avance": basura, f"{alfa.pk}-visto": basura, f"{alfa.pk}-reporto": basura}
    assert client.post(url_sesion(s10, "_guardar"), envio).status_code in (302, 409, 422)


def test_una_sesion_cancelada_dice_por_que_no(entra, captura, mundo):
    (_alfa, *_), (s10, *_) = mundo
    s10.estado = "cancelada"
    s10.save()
    assert "La sesión se canceló." in entra(captura).get(url_sesion(s10)).content.decode()


@pytest.mark.parametrize("ruta", ["matriz", "sesion"])
def test_las_mismas_consultas_con_uno_y_con_treinta(entra, captura, ruta):
    sesiones = fabrica.sesiones_de_2020()
    client = entra(captura)
    url = reverse(MATRIZ) if ruta == "matriz" else url_sesion(sesiones[1])

    def agrega(cuantos):
        for n in range(cuantos):
            convenio = fabrica.convenio(fecha_firma=date(2020, 1, 1), tipo=fabrica.tipo(f"Tipo {n} {cuantos}"))
            acciones.registrar_actualizaciones(agregar=[(convenio, sesiones[1])], por=captura)

    def cuenta():
        with CaptureQueriesContext(connection) as consultas:
            assert client.get(url).status_code == 200
        return len(consultas)

    agrega(1)
    cuenta()
    con_uno = cuenta()
    agrega(30)
    assert cuenta() == con_uno


def test_el_que_se_firmo_y_vencio_a_media_temporada_tambien_tiene_renglon(entra, captura):
    for numero, mes in ((1, 1), (5, 5), (12, 12)):
        fabrica.sesion(numero, date(2020, mes, 20))
    corto = {"fecha_firma": date(2020, 3, 2), "vigencia": "fecha", "titulo": "Corto"}
    breve = fabrica.convenio(**corto, vigencia_hasta=date(2020, 8, 31))
    fabrica.convenio(fecha_firma=date(2018, 3, 2), vigencia="fecha", vigencia_hasta=date(2019, 8, 31))
    cuadricula = entra(captura).get(reverse(MATRIZ)).context["cuadricula"]
    assert [f.convenio for f in cuadricula.filas] == [breve]
