"""La página de lo que se acompaña y sus secciones de informe."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.acompanamiento import acciones, consultas
from convenios.camino.acciones import cambiar_etapa, deshacer_paso
from convenios.models import Convenio
from tests.fabricas import camino as fabrica
from tests.fabricas import convenios, directorio
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
URL = "/convenios/acompanamiento/"
TRIMESTRE = Contexto(Periodo(date(2024, 4, 1), date(2024, 6, 30)))


@pytest.fixture
def captura():
    return fabrica.con_papel(roles.CAPTURA)


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def acompanado(*etapas, **datos) -> Convenio:
    return fabrica.recorrido(*etapas, gestion="acompanada", **datos)


def titulos(respuesta) -> list[str]:
    return [f.record.titulo for f in respuesta.context["tabla"].rows]


def test_la_pagina_dice_etapa_dias_pasos_y_ultimo_movimiento(entra, captura):
    area = directorio.area(siglas="AP")
    inicio = hoy() - timedelta(days=50)
    convenio = acompanado("validacion", inicio=inicio, areas=[area], titulo="Acompañado")
    fabrica.pendiente(convenio, que="Enviar anexo", dias=-2)
    hecho = fabrica.pendiente(convenio, que="Reunión")
    acciones.marcar_hecho(paso=hecho, fecha=hoy(), por=None)
    convenios.convenio(titulo="Propio de la unidad")
    respuesta = entra(captura).get(URL)
    texto = respuesta.content.decode()
    assert titulos(respuesta) == ["Acompañado"]
    for esperado in ("Validación jurídica", "Enviar anexo", "AP, venció el", ">20<", "1</strong> paso vencido"):
        assert esperado in texto, esperado
    assert consultas.ultimo_movimiento(respuesta.context["tabla"].rows[0].record) == hoy()


def test_por_omision_lo_que_sigue_en_tramite(entra, captura):
    acompanado(titulo="En trámite")
    acompanado("no_requerido", titulo="Terminado")
    acompanado("suscripcion", "suscrito", titulo="Firmado")
    client = entra(captura)
    for filtro, esperados in (
        ({}, {"En trámite"}),
        ({"estado": "suscritos"}, {"Firmado"}),
        ({"estado": "terminados"}, {"Terminado"}),
        ({"estado": "todos"}, {"En trámite", "Terminado", "Firmado"}),
        ({"etapa": "no_requerido"}, {"Terminado"}),
        ({"atrasados": "true"}, set()),
    ):
        assert set(titulos(client.get(URL, filtro))) == esperados, filtro
    for basura in ({"areas": "x"}, {"estado": "\x00"}, {"responsable": "9" * 40}, {"q": "\x00"}, {"pagina": "-1"}):
        assert client.get(URL, basura).status_code == 200


def test_el_resumen_cuenta_por_area():
    uno, dos = directorio.area(siglas="AA"), directorio.area(siglas="BB")
    ambas = acompanado("validacion", areas=[uno, dos])
    acompanado(areas=[uno], inicio=hoy() - timedelta(days=3))
    fabrica.pendiente(ambas, dias=-1)
    fabrica.recorrido(areas=[uno])
    resumen = consultas.resumen(Convenio.objects.all(), hoy())
    assert (resumen.en_tramite, resumen.suscritos, resumen.detenidos, resumen.vencidos) == (2, 0, 1, 1)
    assert [(f.area.siglas, f.etapas, f.vencidos) for f in resumen.areas] == [
        ("AA", [1, 1, 0], 1),
        ("BB", [0, 1, 0], 1),
    ]


def test_un_area_ve_lo_suyo_y_se_descarga(entra):
    area = directorio.area()
    acompanado(titulo="Mío", areas=[area])
    acompanado(titulo="Ajeno")
    client = entra(fabrica.con_papel(roles.AREA, area=area))
    respuesta = client.get(URL)
    assert titulos(respuesta) == ["Mío"] and respuesta.context["resumen"].en_tramite == 1
    csv = client.get(URL, {"_export": "csv"}).getvalue().decode()
    assert "Mío" in csv and "Ajeno" not in csv and "Pasos pendientes" in csv
    assert client.get(URL, {"_export": "xlsx"}).status_code == 200


def test_las_mismas_consultas_con_uno_y_con_treinta(entra, captura):
    client = entra(captura)

    def agrega(cuantos):
        for _ in range(cuantos):
            fabrica.pendiente(acompanado(), dias=-1)

    def cuenta(**filtro):
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(URL, filtro).status_code == 200
        return len(hechas)

    agrega(1)
    cuenta()
    antes = cuenta(), cuenta(_export="csv")
    agrega(24)
    assert (cuenta(), cuenta(_export="csv")) == antes


# -- secciones ------------------------------------------------------------------------


def filas(clave: str, contexto: Contexto = TRIMESTRE, **parametros) -> list[tuple]:
    bloques = SECCIONES[clave].bloques(contexto, parametros)
    return list(bloques[0].filas) if bloques else []


def test_el_estado_es_el_del_fin_del_periodo_y_no_el_de_hoy():
    area = directorio.area(nombre="Área acompañada")
    # Negociación 10/1, validación 9/2, suscripción 10/3, suscrito 9/4 y concluye después.
    acompanado("validacion", "suscripcion", "suscrito", titulo="Firmado en el periodo", areas=[area])
    acompanado("validacion", titulo="Sigue", areas=[area])
    despues = acompanado(titulo="Se cayó después", areas=[area])
    cambiar_etapa(convenio=despues, etapa="no_concretado", fecha=date(2024, 7, 1), nota="No.", por=None)
    acompanado("no_requerido", titulo="Terminó antes", areas=[area])
    acompanado(titulo="Empezó después", inicio=date(2024, 8, 1), areas=[area])
    fabrica.recorrido(titulo="Propio")
    obtenidas = {f[1].split(" — ")[0]: f[2:] for f in filas("convenios.acompanamientos")}
    assert obtenidas == {
        "Firmado en el periodo": ("Área acompañada", "Suscrito", date(2024, 4, 9)),
        "Sigue": ("Área acompañada", "Validación jurídica", date(2024, 2, 9)),
        "Se cayó después": ("Área acompañada", "Negociación", fabrica.INICIO),
    }
    assert CIFRAS["convenios.acompanamientos"].funcion(TRIMESTRE) == 3


def test_lo_pendiente_se_da_por_etapa_con_sus_dias():
    fabrica.recorrido("validacion", titulo="Validándose")
    acompanado(titulo="Negociándose")
    firmado = fabrica.recorrido("suscripcion", titulo="Ya se firmó")
    cambiar_etapa(convenio=firmado, etapa="suscrito", fecha=date(2024, 7, 1), por=None)
    obtenidas = [(f[0], f[1], f[4]) for f in filas("convenios.pendientes")]
    assert obtenidas == [
        ("Negociación", "Negociándose", 172),
        ("Validación jurídica", "Validándose", 142),
        ("En suscripción", "Ya se firmó", 142),
    ]
    assert [f[1] for f in filas("convenios.pendientes", gestion="acompanada")] == ["Negociándose"]


def test_un_paso_deshecho_deja_de_contar_y_sin_nada_no_hay_seccion():
    convenio = acompanado("validacion")
    deshacer_paso(convenio=convenio, motivo="Error", por=None)
    assert filas("convenios.acompanamientos")[0][3] == "Negociación"
    vacio = Contexto(Periodo(date(2019, 1, 1), date(2019, 12, 31)))
    assert not filas("convenios.acompanamientos", vacio) and not filas("convenios.pendientes", vacio)
    assert CIFRAS["convenios.acompanamientos"].funcion(vacio) == 0


def test_un_periodo_en_curso_se_cuenta_hasta_hoy():
    convenio = acompanado(inicio=hoy() - timedelta(days=10))
    en_curso = Contexto(Periodo(hoy() - timedelta(days=20), hoy() + timedelta(days=40)))
    (fila,) = filas("convenios.pendientes", en_curso)
    assert (fila[1], fila[4]) == (convenio.titulo, 10)


def test_la_entrada_esta_en_el_menu(entra, captura):
    texto = entra(captura).get(URL).content.decode()
    assert f'href="{reverse("convenios:convenio_tablero")}"' in texto and "Tablero de convenios" in texto
