"""Las páginas de los actos vistas por quien captura, quien consulta, el área dueña y otra área."""

import io
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from convenios.actos import acciones
from convenios.models import ActoProtocolario
from tests.fabricas import actos as fabrica
from tests.fabricas import convenios, directorio
from tests.fabricas.actos import FIRMA
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos, busqueda
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    usuario = persona(**datos)
    usuario.groups.add(Group.objects.get(name=papel))
    return usuario


def url(nombre, *args, **kwargs):
    return reverse(f"convenios:{nombre}", args=args, kwargs=kwargs)


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


@pytest.fixture
def area():
    return directorio.area(nombre="Área propia", siglas="AP")


@pytest.fixture
def captura(client):
    client.force_login(con_papel(roles.CAPTURA))
    return client


@pytest.fixture
def compartido(area):
    """Un acto de dos instrumentos: el del área y uno ajeno."""
    propio = convenios.convenio(fecha_firma=FIRMA, areas=[area], titulo="Convenio propio", folio="P/1")
    ajeno = convenios.convenio(fecha_firma=FIRMA, titulo="Convenio ajeno secreto", folio="AJENO/9")
    return fabrica.acto(instrumentos=[propio, ajeno], titulo="Firma conjunta", invitados=["Presidencia"])


def formulario(convenio, *renglones, **mas):
    datos = {
        "titulo": "Firma del convenio",
        "convenios": [convenio.pk],
        "fecha": "2024-03-01",
        "modalidad": "presencial",
        "lugar": "Sala de consejo",
        "estado": "celebrado",
        "invitados-TOTAL_FORMS": str(len(renglones)),
        "invitados-INITIAL_FORMS": "0",
        "invitados-MIN_NUM_FORMS": "0",
        "invitados-MAX_NUM_FORMS": "300",
    }
    for n, renglon in enumerate(renglones):
        vacio = {"cargo": "", "organismo": "", "area": "", "calidad": "invitada", "asistio": "sin_anotar", "orden": ""}
        datos |= {f"invitados-{n}-{campo}": valor for campo, valor in (vacio | renglon).items()}
    return datos | mas


# -- quién ve qué --------------------------------------------------------------


def test_el_area_ve_los_suyos_y_nunca_el_instrumento_ajeno(client, area, compartido):
    de_otra = fabrica.acto(titulo="Acto de otra área")
    compartido.titulo = "Firma conjunta de dos"
    acciones.guardar_acto(acto=compartido, por=None)
    client.force_login(con_papel(roles.AREA, area=area))
    direcciones = [
        url("acto_lista"),
        url("acto_detalle", compartido.pk),
        url("acto_invitados", pk=compartido.pk, formato="pdf"),
        url("acto_invitados", pk=compartido.pk, formato="xlsx"),
        url("acto_ics", compartido.pk),
        url("invitado_lista"),
        url("acto_lista") + "?_export=csv",
        url("invitado_lista") + "?_export=csv",
        compartido.convenios.get(folio="P/1").get_absolute_url(),
    ]
    for direccion in direcciones:
        respuesta = client.get(direccion)
        assert respuesta.status_code == 200, direccion
        for secreto in ("ajeno secreto", "AJENO/9", de_otra.titulo):
            assert secreto not in texto_plano(respuesta), direccion
    assert "1 instrumento de otras áreas" in texto(client.get(url("acto_detalle", compartido.pk)))
    assert "P/1" in texto(client.get(url("acto_lista") + "?_export=csv"))


def texto_plano(respuesta) -> str:
    contenido = respuesta.content
    if contenido.startswith(b"PK"):
        return str(list(load_workbook(io.BytesIO(contenido)).active.values))
    if contenido.startswith(b"%PDF"):
        from pypdf import PdfReader

        return "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(contenido)).pages)
    return unescape(contenido.decode())


def test_lo_ajeno_no_se_adivina_buscando_ni_filtrando(client, area, compartido):
    enlace = con_papel(roles.AREA, area=area)
    client.force_login(enlace)
    ajeno = compartido.convenios.get(folio="AJENO/9")
    assert "Firma conjunta" not in texto(client.get(url("acto_lista") + "?q=ajeno+secreto"))
    ajena = ajeno.areas.get()
    filtrada = client.get(url("acto_lista") + f"?area={ajena.pk}")
    assert "area" in filtrada.context["filtro"].form.errors and str(ajena) not in texto(filtrada)
    assert "AJENO/9" not in texto(client.get(url("acto_lista") + f"?convenio={ajeno.pk}"))
    assert busqueda.buscar(enlace, "ajeno secreto") == []
    assert [n for n, _ in busqueda.buscar(enlace, "Convenio propio")] == ["Actos protocolarios", "Convenios"]


def test_una_de_fuera_no_ve_nada(client, compartido):
    client.force_login(con_papel(roles.AREA, area=directorio.area()))
    assert "Firma conjunta" not in texto(client.get(url("acto_lista")))
    for nombre in ("acto_detalle", "acto_ics"):
        assert client.get(url(nombre, compartido.pk)).status_code == 404
    assert client.get(url("acto_invitados", pk=compartido.pk, formato="pdf")).status_code == 404
    client.force_login(con_papel(roles.CONSEJERIA))
    assert client.get(url("acto_detalle", compartido.pk)).status_code == 200
    for nombre in ("acto_asistencia", "acto_cancelar", "acto_editar"):
        assert client.get(url(nombre, compartido.pk)).status_code == 403


@pytest.mark.parametrize("nombre", ["acto_lista", "invitado_lista"])
def test_la_lista_no_crece_en_consultas(captura, nombre):
    cuantas = []
    for total in (1, 30):
        while ActoProtocolario.objects.count() < total:
            fabrica.acto(invitados=["Presidencia"])
        captura.get(url(nombre) + "?por_pagina=100")
        with CaptureQueriesContext(connection) as consultas:
            assert captura.get(url(nombre) + "?por_pagina=100").status_code == 200
        cuantas.append(len(consultas))
    assert cuantas[0] == cuantas[1]


@pytest.mark.parametrize("nombre", ["acto_editar", "acto_detalle", "acto_asistencia"])
def test_los_invitados_no_crecen_en_consultas(captura, nombre):
    poco = fabrica.acto(invitados=["Presidencia"])
    mucho = fabrica.acto(invitados=[f"Consejería {n}" for n in range(30)])
    cuantas = []
    for acto in (poco, mucho):
        captura.get(url(nombre, acto.pk))
        with CaptureQueriesContext(connection) as consultas:
            assert captura.get(url(nombre, acto.pk)).status_code == 200
        cuantas.append(len(consultas))
    assert cuantas[0] == cuantas[1]


# -- la captura ----------------------------------------------------------------


def test_se_captura_con_su_lista_y_se_corrige(captura):
    convenio, unam = convenios.convenio(fecha_firma=FIRMA), directorio.organismo(nombre="Universidad")
    renglones = ({"cargo": "Presidencia", "orden": "2"}, {"cargo": "Rectoría", "organismo": unam.pk, "orden": "1"})
    respuesta = captura.post(url("acto_nuevo"), formulario(convenio, *renglones, {"cargo": ""}))
    assert respuesta.status_code == 302, texto(respuesta)
    acto = ActoProtocolario.objects.get()
    assert [i.cargo for i in acto.invitados.all()] == ["Rectoría", "Presidencia"]
    rectoria, presidencia = acto.invitados.all()
    datos = formulario(
        convenio,
        {"cargo": "Rectoría", "id": rectoria.pk, "organismo": unam.pk, "orden": "1", "DELETE": "on"},
        {"cargo": "Presidencia", "id": presidencia.pk, "orden": "2", "asistio": "si", "calidad": "firmante"},
        {"cargo": "Prensa"},
        version=acto.version,
    ) | {"invitados-INITIAL_FORMS": "2"}
    respuesta = captura.post(url("acto_editar", acto.pk), datos)
    assert respuesta.status_code == 302, texto(respuesta)
    assert [(i.cargo, i.asistio) for i in acto.invitados.all()] == [("Presidencia", "si"), ("Prensa", "sin_anotar")]
    assert acto.invitados.first().history.first().history_user is not None
    detalle = texto(captura.get(acto.get_absolute_url()))
    assert "Asistió 1 de 2" in detalle
    assert captura.post(url("acto_editar", acto.pk), datos | {"version": "1"}).status_code == 409


def test_quien_no_dice_su_lugar_va_al_final_aunque_se_escriba_primero(captura):
    convenio = convenios.convenio(fecha_firma=FIRMA)
    captura.post(url("acto_nuevo"), formulario(convenio, {"cargo": "Prensa"}, {"cargo": "Rectoría", "orden": "1"}))
    assert [i.cargo for i in ActoProtocolario.objects.get().invitados.all()] == ["Rectoría", "Prensa"]


def test_lo_contradictorio_se_dice_junto_al_campo_y_no_se_pierde(captura):
    sin_firmar = convenios.convenio()
    manana = (hoy() + timedelta(days=1)).isoformat()
    renglones = ({"cargo": "Presidencia"}, {"cargo": "presidencia "})
    respuesta = captura.post(
        url("acto_nuevo"), formulario(sin_firmar, {"cargo": "Presidencia"}, fecha=manana, lugar="Patio de honor")
    )
    assert respuesta.status_code == 422
    errores = respuesta.context["formulario"].errors
    assert set(errores) == {"fecha", "convenios"}
    assert "Patio de honor" in texto(respuesta)
    respuesta = captura.post(url("acto_nuevo"), formulario(sin_firmar, *renglones, estado="programado"))
    assert respuesta.status_code == 422
    assert "Ya está en la lista" in texto(respuesta)
    assert not ActoProtocolario.objects.exists()


def test_lo_dudoso_se_confirma(captura):
    convenio = convenios.convenio(fecha_firma=FIRMA)
    fabrica.acto(instrumentos=[convenio], estado="celebrado")
    respuesta = captura.post(url("acto_nuevo"), formulario(convenio))
    assert respuesta.status_code == 422
    assert "Ese día ya hay otro acto" in texto(respuesta)
    assert captura.post(url("acto_nuevo"), formulario(convenio, confirmo_advertencias="1")).status_code == 302


def test_entradas_malas_no_rompen(captura):
    acto = fabrica.acto()
    convenio = acto.convenios.get()
    enorme = "9" * 400
    for mas in (
        {"convenios": [enorme]},
        {"fecha": "31/02/2024"},
        {"hora": "25:00"},
        {"titulo": "x" * 4000},
        {"titulo": "a\x00b"},
        {"copiar_de": enorme},
        {"estado": "otro"},
        {"invitados-TOTAL_FORMS": "900", "invitados-INITIAL_FORMS": "0"},
    ):
        assert captura.post(url("acto_nuevo"), formulario(convenio, **mas)).status_code == 422, mas
    malo = {"cargo": "x", "organismo": enorme, "orden": enorme}
    assert captura.post(url("acto_nuevo"), formulario(convenio, malo)).status_code == 422
    for consulta in (f"anio={enorme}", f"convenio={enorme}", "area=nada", "estado=x", "q=%00", "anio=0"):
        assert captura.get(f"{url('acto_lista')}?{consulta}").status_code == 200, consulta
    assert captura.get(f"{url('acto_nuevo')}?convenios={enorme}").status_code == 200
    assert captura.get(url("acto_invitados", pk=acto.pk, formato="exe")).status_code == 404
    for version in ("", "-1", enorme, "nada"):
        assert captura.post(url("acto_asistencia", acto.pk), {"version": version}).status_code == 409
        assert captura.post(url("acto_cancelar", acto.pk), {"version": version, "motivo": "x"}).status_code == 409


def test_programar_desde_el_instrumento_y_copiar_la_lista(captura):
    convenio = convenios.convenio(fecha_firma=FIRMA)
    anterior = fabrica.acto(invitados=["Presidencia", "Rectoría"])
    pagina = texto(captura.get(convenio.get_absolute_url()))
    assert f"{url('acto_nuevo')}?convenios={convenio.pk}" in pagina
    nuevo = captura.get(f"{url('acto_nuevo')}?convenios={convenio.pk}")
    assert f'value="{convenio.pk}" selected' in texto(nuevo)
    datos = formulario(convenio, {"cargo": "Rectoría"}, copiar_de=anterior.pk)
    assert captura.post(url("acto_nuevo"), datos).status_code == 302
    acto = convenio.actos.get()
    assert [i.cargo for i in acto.invitados.all()] == ["Rectoría", "Presidencia"]
    assert acto.titulo in texto(captura.get(convenio.get_absolute_url()))


# -- los pasos -----------------------------------------------------------------


def test_se_celebro(captura):
    acto = fabrica.acto(invitados=["Presidencia"])
    invitado = acto.invitados.get()
    pagina = url("acto_asistencia", acto.pk)
    assert "Dar por celebrado" in texto(captura.get(pagina))
    assert captura.post(pagina, {"version": acto.version, f"i{invitado.pk}": "tal vez"}).status_code == 422
    assert captura.post(pagina, {"version": acto.version, f"i{invitado.pk}": "suplente"}).status_code == 302
    acto.refresh_from_db()
    invitado.refresh_from_db()
    assert (acto.estado, invitado.asistio) == ("celebrado", "suplente")
    choque = captura.post(pagina, {"version": acto.version - 1, f"i{invitado.pk}": "si"})
    assert (choque.status_code, choque.context["formulario"].data[f"i{invitado.pk}"]) == (409, "si")
    assert captura.get(url("acto_cancelar", acto.pk)).status_code == 403


def test_lo_que_impide_celebrar_se_dice_todo_junto(captura):
    uno, dos = convenios.convenio(), convenios.convenio()
    acto = fabrica.acto(instrumentos=[uno, dos], fecha=hoy() + timedelta(days=3))
    pagina = captura.get(url("acto_asistencia", acto.pk))
    assert len(pagina.context["razones"]) == 3
    assert "Dar por celebrado" not in texto(pagina)
    assert captura.post(url("acto_asistencia", acto.pk), {"version": acto.version}).status_code == 422


def test_cancelar_pide_el_motivo(captura):
    acto = fabrica.acto()
    pagina = url("acto_cancelar", acto.pk)
    assert captura.post(pagina, {"version": acto.version, "motivo": " "}).status_code == 422
    assert captura.post(pagina, {"version": acto.version, "motivo": "Cambio de agenda"}).status_code == 302
    acto.refresh_from_db()
    assert (acto.estado, acto.motivo) == ("cancelado", "Cambio de agenda")
    assert captura.get(pagina).status_code == 403
    assert "Cambio de agenda" in texto(captura.get(acto.get_absolute_url()))


def test_un_celebrado_con_evidencia_no_se_elimina(captura):
    acto = fabrica.acto(estado="celebrado")
    captura.post(url("acto_evidencia", acto.pk), {"evidencia-enlace": "https://iecm.example/programa"})
    assert acto.evidencias.count() == 1
    assert captura.post(url("acto_eliminar", acto.pk)).status_code == 409
    acto.evidencias.all().delete()
    assert captura.post(url("acto_eliminar", acto.pk)).status_code == 302


# -- lo que se imprime ---------------------------------------------------------


def test_la_lista_de_invitados_se_imprime(captura):
    acto = fabrica.acto(invitados=["Presidencia", "=cmd|' /C calc'!A0"], titulo="Firma: con/raros «signos»")
    pdf = captura.get(url("acto_invitados", pk=acto.pk, formato="pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    impreso = texto_plano(pdf)
    for dicho in ("Lista de invitados", "Presidencia", "Firma", "Sala de consejo", "1° de marzo de 2024"):
        assert dicho in impreso
    hoja = load_workbook(io.BytesIO(captura.get(url("acto_invitados", pk=acto.pk, formato="xlsx")).content)).active
    renglones = list(hoja.values)
    assert renglones[0] == ("No.", "Oficina o cargo", "Organismo o área", "En calidad de", "Asistió", "Firma")
    assert renglones[1][:2] == (1, "Presidencia")
    assert hoja["B3"].data_type == "s"
    vacia = fabrica.acto()
    assert captura.get(url("acto_invitados", pk=vacia.pk, formato="pdf")).status_code == 200


# -- avisos --------------------------------------------------------------------


def test_avisos():
    quien, consejera = con_papel(roles.CAPTURA), con_papel(roles.CONSEJERIA)
    vigente = convenios.convenio(fecha_firma=FIRMA)
    proximo = fabrica.acto(instrumentos=[vigente], fecha=hoy() + timedelta(days=2))
    lejano = fabrica.acto(instrumentos=[vigente], fecha=hoy() + timedelta(days=15))
    fabrica.acto(instrumentos=[vigente], fecha=hoy() + timedelta(days=16))
    pasado = fabrica.acto(instrumentos=[vigente], fecha=hoy() - timedelta(days=1))
    caido = convenios.convenio()
    huerfano = fabrica.acto(instrumentos=[caido], fecha=hoy() + timedelta(days=40))
    type(caido).objects.filter(pk=caido.pk).update(etapa="no_concretado")

    def de(usuario):
        suyos = [a for a in avisos.reunir(usuario, hoy()) if a.clase.startswith("Acto ")]
        return {(a.url.split("/")[-2], a.gravedad) for a in suyos}

    proximos = {(str(proximo.pk), "atencion"), (str(lejano.pk), "info")}
    assert de(consejera) == proximos
    assert de(quien) == proximos | {(str(pasado.pk), "vencido"), (str(huerfano.pk), "atencion")}
    assert de(con_papel(roles.AREA, area=directorio.area())) == set()
