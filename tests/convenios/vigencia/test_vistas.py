"""La página de vencimientos y las de renovación: quien captura, quien decide, el área y la de otro."""

import io
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from convenios.estados import Decision
from convenios.models import Convenio, Renovacion
from tests.fabricas import compromisos as de_compromisos
from tests.fabricas import convenios, directorio
from tests.fabricas import vigencia as fabrica
from vinculacion.nucleo import avisos
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def url(nombre, *args):
    return reverse(f"convenios:{nombre}", args=args)


@pytest.fixture
def gente():
    return fabrica.gente()


@pytest.fixture
def entra(client, gente):
    def _entra(quien):
        client.force_login(gente[quien], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def datos(renovacion, **mas):
    base = {"convenio": renovacion.convenio_id, "decision": renovacion.decision, "razon": renovacion.razon}
    return {**base, "fecha_decision": renovacion.fecha_decision or "", "version": renovacion.version, **mas}


# -- la página ---------------------------------------------------------------------


def test_cada_instrumento_en_su_grupo_con_lo_que_sigue(entra, gente):
    for dias, titulo in ((-5, "Ya vencido"), (10, "Muy cerca"), (45, "En dos meses"), (80, "En tres"), (500, "Lejos")):
        fabrica.vence(dias, titulo=titulo, vigencia_texto=f"Cláusula de {titulo}")
    hasta = de_compromisos.instrumento(vigencia="compromisos", vigencia_texto="Al cumplirse.", titulo="Con tareas")
    de_compromisos.compromiso(hasta), de_compromisos.compromiso(hasta)
    convenios.convenio(fecha_firma=fabrica.FIRMA, titulo="Sin fin")
    convenios.convenio(titulo="En trámite")
    respuesta = entra("captura").get(url("vencimientos"))
    hallados = {p["grupo"].value: [c.titulo for c in p["tabla"].data] for p in respuesta.context["grupos"]}
    assert hallados == {
        "vencidos": ["Ya vencido"],
        "30": ["Muy cerca"],
        "60": ["En dos meses"],
        "90": ["En tres"],
        "despues": ["Lejos"],
        "compromisos": ["Con tareas"],
        "indefinidos": ["Sin fin"],
    }
    dicho = texto(respuesta)
    for esperado in (
        "Hace 5 días",
        "10 días",
        "Cláusula de Ya vencido",
        "2 compromisos por cumplir",
        "Iniciar renovación",
    ):
        assert esperado in dicho, esperado
    assert "siguiente=%2Fconvenios%2Fvencimientos%2F" in dicho
    sola = entra("captura").get(url("vencimientos"), {"grupo": "60"})
    assert [p["grupo"].value for p in sola.context["grupos"]] == ["60"]


def test_el_area_ve_lo_suyo_y_sin_botones(entra, gente):
    fabrica.vence(10, titulo="De la casa", areas=[gente["area"]])
    fabrica.vence(10, titulo="De otros", areas=[gente["ajena"]])
    dicho = texto(entra("enlace").get(url("vencimientos")))
    assert "De la casa" in dicho and "De otros" not in dicho and "Iniciar renovación" not in dicho


def test_el_sucesor_de_otra_area_no_se_nombra(entra, gente):
    viejo = fabrica.vence(10, areas=[gente["area"]])
    hecha = fabrica.con_sucesor(viejo, "FOLIO-AJENO")
    hecha.sucesor.areas.set([gente["ajena"]])
    client = entra("enlace")
    lista, pagina = url("renovacion_lista"), url("vencimientos")
    for ruta in (pagina, lista, f"{lista}?_export=csv", hecha.get_absolute_url(), viejo.get_absolute_url()):
        respuesta = client.get(ruta)
        assert respuesta.status_code == 200 and "FOLIO-AJENO" not in texto(respuesta), ruta
    assert client.get(hecha.sucesor.get_absolute_url()).status_code == 404
    entra("otro")
    assert client.get(hecha.get_absolute_url()).status_code == 404


def test_filtros(entra, gente):
    otro = convenios.tipo("Memorando")
    fabrica.vence(10, titulo="Uno", tipo=otro, responsable=gente["captura"])
    fabrica.vence(500, titulo="Dos", areas=[gente["area"]])
    client = entra("captura")

    def quedan(**filtros):
        grupos = client.get(url("vencimientos"), filtros).context["grupos"]
        return sorted(c.titulo for p in grupos for c in p["tabla"].data)

    assert quedan(tipo=otro.pk) == quedan(responsable=gente["captura"].pk) == ["Uno"]
    assert quedan(areas=gente["area"].pk) == quedan(responsable="null") == ["Dos"]
    assert quedan(anio=(hoy() + timedelta(days=500)).year) == ["Dos"]


@pytest.mark.parametrize(
    "mal", ["areas=99999999999999999999", "tipo=x%00", "anio=abc", "grupo=%00", "responsable=-1", "grupo=30&grupo=60"]
)
def test_una_direccion_mal_escrita_no_es_un_error(entra, mal):
    fabrica.vence(10)
    assert entra("captura").get(f"{url('vencimientos')}?{mal}").status_code == 200
    assert entra("captura").get(f"{url('renovacion_lista')}?decision=x&decidida_desde=0202-02-30").status_code == 200


def test_la_hoja_trae_todo_con_sus_fechas(entra, gente):
    viejo = fabrica.vence(10, titulo="=Fórmula", areas=[gente["area"]], responsable=gente["captura"])
    fabrica.con_sucesor(viejo, "SUC-9")
    respuesta = entra("captura").get(url("vencimientos"), {"_export": "xlsx", "grupo": "30"})
    hoja = load_workbook(io.BytesIO(respuesta.content)).active
    fila = dict(zip([c.value for c in hoja[1]], [c.value for c in hoja[2]], strict=True))
    assert fila["Vigente hasta"].date() == viejo.vigencia_hasta and fila["Días que faltan"] == 10
    assert (fila["Sucesor"], fila["Área"]) == ("SUC-9", "AP") and fila["Renovación"].startswith("Se renueva")
    assert hoja.max_row == 2


def test_muchos_se_recortan_con_enlace_a_todos(entra):
    for n in range(53):
        convenios.convenio(fecha_firma=fabrica.FIRMA, titulo=f"Indefinido {n}")
    client = entra("captura")
    dicho = texto(client.get(url("vencimientos")))
    assert "Ver los 3 que faltan" in dicho
    completo = client.get(url("vencimientos"), {"grupo": "indefinidos"})
    assert len(completo.context["grupos"][0]["tabla"].data) == 53


@pytest.mark.parametrize("ruta", ["vencimientos", "renovacion_lista"])
def test_las_mismas_consultas_con_uno_y_con_treinta(entra, gente, ruta):
    client = entra("enlace")
    total = iter(range(100))

    def agrega(cuantos):
        for _ in range(cuantos):
            n = next(total)
            convenio = fabrica.vence(10 + n, areas=[gente["area"]], responsable=gente["captura"])
            de_compromisos.compromiso(convenio, fecha_limite=convenio.vigencia_hasta)
            fabrica.con_sucesor(convenio, f"S-{n}")

    def cuantas():
        client.get(url(ruta))
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(url(ruta)).status_code == 200
        return len(hechas)

    agrega(1)
    una = cuantas()
    agrega(24)
    assert cuantas() == una


# -- la renovación -----------------------------------------------------------------


def test_de_iniciarla_a_firmar_el_sucesor(entra, gente):
    viejo = fabrica.vence(40, areas=[gente["area"]])
    client = entra("captura")
    pagina = texto(client.get(viejo.get_absolute_url()))
    nueva = f"{url('renovacion_nuevo')}?convenio={viejo.pk}"
    assert "Vigencia y renovación" in pagina and nueva in pagina
    formulario = client.get(nueva)
    assert "decision" not in formulario.context["formulario"].fields
    client.post(nueva, {"convenio": viejo.pk, "razon": "Se usa cada año."})
    hecha = Renovacion.objects.get()
    assert hecha.decision == Decision.EN_ESTUDIO
    assert client.get(url("renovacion_sucesor", hecha.pk)).status_code == 302

    client = entra("direccion")
    decide = datos(hecha, decision="renueva", fecha_decision=hoy().isoformat())
    assert client.post(url("renovacion_editar", hecha.pk), decide).status_code == 302
    hecha.refresh_from_db()

    client = entra("captura")
    assert "Crear sucesor" in texto(client.get(hecha.get_absolute_url()))
    crear = url("renovacion_sucesor", hecha.pk)
    mal = client.post(crear, {"folio": viejo.folio, "titulo": "T" * 501, "version": hecha.version})
    assert mal.status_code == 422 and "T" * 501 in texto(mal) and "titulo" in mal.context["formulario"].errors
    mal = client.post(crear, {"folio": viejo.folio, "titulo": "Otro", "version": hecha.version})
    assert mal.status_code == 422 and "Ya hay un convenio" in texto(mal)
    bien = {"folio": "NUEVO-1", "titulo": "El que sigue", "version": hecha.version, "envio": "unico"}
    assert client.post(crear, bien).status_code == 302
    assert client.post(crear, bien).status_code == 302  # dos clics: uno solo
    sucesor = Convenio.objects.get(folio="NUEVO-1")
    fabrica.firmar(sucesor)
    pagina = texto(client.get(viejo.get_absolute_url()))
    assert "Renovado" in pagina and "El que sigue" in pagina
    assert "De renovación en renovación" in texto(client.get(sucesor.get_absolute_url()))
    assert client.get(url("renovacion_lista"), {"_export": "csv"}).content.decode("utf-8-sig").count("NUEVO-1") == 1


def test_quien_guarda_segundo_se_entera(entra, gente):
    hecha = fabrica.renovacion(decision=Decision.SE_RENUEVA)
    client = entra("direccion")
    vieja = datos(hecha, razon="Lo que escribí")
    fabrica.acciones.crear_sucesor(renovacion=hecha, folio="S", titulo="S", por=gente["captura"])
    respuesta = client.post(url("renovacion_editar", hecha.pk), vieja)
    assert respuesta.status_code == 409 and "Lo que escribí" in texto(respuesta)
    respuesta = client.post(url("renovacion_sucesor", hecha.pk), {"folio": "X9", "titulo": "Mío", "version": "1"})
    assert respuesta.status_code == 409 and "X9" in texto(respuesta)


def test_errores_de_la_decision_junto_a_su_campo(entra):
    hecha = fabrica.renovacion()
    client = entra("direccion")

    def falla(**mas):
        respuesta = client.post(url("renovacion_editar", hecha.pk), datos(hecha, **mas))
        assert respuesta.status_code == 422
        return respuesta.context["formulario"].errors

    assert falla(decision="no_renueva", fecha_decision=hoy().isoformat())["razon"]
    assert falla(decision="renueva")["fecha_decision"]
    assert falla(decision="renueva", fecha_decision="2023-01-01")["fecha_decision"]
    assert falla(decision="renueva", fecha_decision="2026-02-31")["fecha_decision"]
    assert falla(decision="renueva", fecha_decision=(hoy() + timedelta(days=1)).isoformat())["fecha_decision"]
    assert falla(decision="\x00", razon="a\x00b")["decision"]
    assert falla(decision="renueva", fecha_decision=hoy().isoformat(), sucesor="9" * 30)["sucesor"]


def test_ligar_uno_existente(entra, gente):
    con = directorio.organismo()
    hecha = fabrica.renovacion(fabrica.vence(40, contrapartes=[con]), decision=Decision.SE_RENUEVA)
    bueno, ajeno = convenios.convenio(contrapartes=[con]), convenios.convenio()
    client = entra("captura")
    formulario = client.get(url("renovacion_editar", hecha.pk)).context["formulario"]
    assert set(formulario.fields) == {"convenio", "sucesor"}
    assert list(formulario.fields["sucesor"].queryset) == [bueno]
    mal = client.post(url("renovacion_editar", hecha.pk), datos(hecha, sucesor=ajeno.pk))
    assert mal.status_code == 422
    bien = client.post(url("renovacion_editar", hecha.pk), datos(hecha, sucesor=bueno.pk))
    assert bien.status_code == 302 and Renovacion.objects.get().sucesor == bueno


def test_lo_decidido_en_contra_solo_lo_corrige_la_direccion(entra):
    hecha = fabrica.renovacion(decision=Decision.NO_SE_RENUEVA)
    assert entra("captura").get(url("renovacion_editar", hecha.pk)).status_code == 403
    assert entra("direccion").get(url("renovacion_editar", hecha.pk)).status_code == 200
    assert entra("enlace").get(url("renovacion_editar", hecha.pk)).status_code == 403
    assert entra("direccion").post(url("renovacion_eliminar", hecha.pk)).status_code == 409


# -- avisos ------------------------------------------------------------------------


def de(quien):
    return [(a.clase, a.titulo, a.gravedad) for a in avisos.reunir(quien, hoy()) if "ocumento" not in a.clase]


def test_avisos_de_cada_quien(gente):
    for dias, titulo in ((-5, "Vencido"), (20, "Cerca"), (50, "Sin decidir"), (85, "Con tiempo")):
        fabrica.vence(dias, titulo=titulo, areas=[gente["area"]])
    decidido = fabrica.vence(55, titulo="Decidido", areas=[gente["area"]])
    fabrica.renovacion(decidido, decision=Decision.NO_SE_RENUEVA)
    assert [a for a in de(gente["enlace"]) if a[0].startswith("Convenio")] == [
        ("Convenio vencido", "Vencido", "vencido"),
        ("Convenio por vencer", "Cerca", "atencion"),
        ("Convenio por vencer", "Sin decidir", "info"),
        ("Convenio por vencer", "Decidido", "info"),
        ("Convenio por vencer", "Con tiempo", "info"),
    ]
    dirige = [a for a in de(gente["direccion"]) if "Falta" not in a[0]]
    assert dirige == [
        ("Renovación sin decidir", "Vencido", "atencion"),
        ("Renovación sin decidir", "Cerca", "atencion"),
        ("Renovación sin decidir", "Sin decidir", "atencion"),
        ("Convenio por vencer", "Decidido", "info"),
        ("Convenio por vencer", "Con tiempo", "info"),
    ]
    assert [a for a in de(gente["otro"]) if a[0].startswith("Convenio")] == []


def test_muchos_avisos_del_mismo_plazo_son_uno(gente):
    for _ in range(7):
        fabrica.vence(20, areas=[gente["area"]])
    (unico,) = [a for a in avisos.reunir(gente["enlace"], hoy()) if a.clase == "Convenio por vencer"]
    assert unico.titulo == "7 convenios que vencen en 30 días o menos" and unico.url.endswith("?grupo=30")
