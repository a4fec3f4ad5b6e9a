"""Las páginas del balance y de los pendientes: quién entra, qué se guarda y qué pasa cuando chocan dos personas."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from informes.estados import EstadoDeInforme
from informes.models import Informe, Renglon
from informes.renglones import acciones, consultas
from tests.fabricas import informes as informes_fabrica
from tests.fabricas import renglones as fabrica
from tests.fabricas.personas import de_todo, persona

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def informe():
    return informes_fabrica.informe()


def quien(**datos):
    una = de_todo("informes.renglon", **datos)
    una.user_permissions.add(*de_todo("informes.informe").user_permissions.all())
    return una


@pytest.fixture
def duena(client):
    client.force_login(quien(), backend=MODELO)
    return client


def url(nombre, informe):
    return reverse(f"informes:informe_{nombre}", args=[informe.pk])


def datos(*renglones, **mas):
    """Lo que la página envía si nadie toca nada."""
    enviado = {}
    for lugar, r in enumerate(renglones, start=1):
        enviado |= {f"r{r.pk}-texto": r.texto, f"r{r.pk}-rubro": r.rubro, f"r{r.pk}-version": r.version}
        enviado[f"r{r.pk}-orden"] = lugar
        if r.incluido:
            enviado[f"r{r.pk}-incluido"] = "on"
    return enviado | mas


def test_se_propone_se_edita_y_sale_en_el_informe(duena):
    informe = fabrica.informe_con_registros()
    duena.post(url("balance_proponer", informe))
    sesiones = Renglon.objects.get(informe=informe, clave="comision.sesiones")
    todos = list(consultas.renglones(informe, "balance"))
    enviado = datos(*todos) | {
        f"r{sesiones.pk}-texto": '{{ comision.sesiones | cuenta:"sesión,sesiones" }} de la Comisión',
        "n0-texto": "Se cumplió el programa.",
        "n0-rubro": "Comisión",
        "n0-incluido": "on",
    }
    respuesta = duena.post(url("balance_guardar", informe), enviado)
    assert respuesta.status_code == 302
    sesiones.refresh_from_db()
    assert sesiones.texto.endswith("de la Comisión")
    pagina = duena.get(url("balance", informe)).content.decode()
    assert "3 sesiones de la Comisión" in pagina
    assert "Editado" in pagina and "Agregado a mano" in pagina
    apartado = informes_fabrica.apartado(informe, "Balance")
    apartado.secciones.create(seccion="informes.balance")
    documento = duena.get(reverse("informes:informe_documento", args=[informe.pk])).content.decode()
    assert "sesiones de la Comisión" in documento
    assert "Se cumplió el programa." in documento


def test_quien_solo_lee_ve_los_incluidos_y_no_guarda(client, informe):
    fabrica.renglon(informe, "Aprobar la minuta.")
    fabrica.renglon(informe, "Esto no va.", incluido=False)
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    pagina = client.get(url("pendientes", informe)).content.decode()
    assert "Aprobar la minuta." in pagina
    assert "Esto no va." not in pagina
    assert "<textarea" not in pagina
    assert client.post(url("pendientes_guardar", informe)).status_code == 403
    assert client.post(url("pendientes_proponer", informe)).status_code == 403
    client.force_login(persona(), backend=MODELO)
    assert client.get(url("pendientes", informe)).status_code == 403


def test_una_cifra_mal_escrita_se_dice_junto_al_renglon_y_no_se_pierde_nada(duena, informe):
    uno, dos = fabrica.renglon(informe, "Uno."), fabrica.renglon(informe, "Dos.")
    enviado = datos(uno, dos) | {f"r{uno.pk}-texto": "{{ comision.seciones }}", f"r{dos.pk}-texto": "Dos, cambiado."}
    respuesta = duena.post(url("pendientes_guardar", informe), enviado)
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert "¿quiso decir «comision.sesiones»?" in pagina
    assert "Dos, cambiado." in pagina
    dos.refresh_from_db()
    assert dos.texto == "Dos."  # todo o nada


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("orden", "x"),
        ("orden", "0"),
        ("orden", "99999999999"),
        ("texto", ""),
        ("texto", "a" * 4001),
        ("rubro", "a" * 301),
    ],
)
def test_lo_que_no_vale_es_422(duena, informe, campo, valor):
    uno = fabrica.renglon(informe, "Uno.")
    respuesta = duena.post(url("pendientes_guardar", informe), datos(uno) | {f"r{uno.pk}-{campo}": valor})
    assert respuesta.status_code == 422


@pytest.mark.parametrize(
    "basura",
    [{}, {"r1-version": "x"}, {"n0-texto": "\x00"}, {"r999999999999999999-version": "1"}, {"n999-texto": "hola"}],
)
def test_lo_que_nadie_mandaria_no_rompe(duena, informe, basura):
    assert duena.post(url("pendientes_guardar", informe), basura).status_code in {302, 409, 422}


def test_dos_personas_en_el_mismo_renglon(duena, informe):
    uno = fabrica.renglon(informe, "Uno.")
    viejo = datos(uno)
    uno.texto = "Uno, de la otra."
    acciones.guardar(informe=informe, clase="pendiente", cambiados=[uno], por=persona(first_name="Otra"))
    respuesta = duena.post(url("pendientes_guardar", informe), viejo | {f"r{uno.pk}-texto": "Uno, lo mío."})
    assert respuesta.status_code == 409
    pagina = respuesta.content.decode()
    assert "Uno, de la otra." in pagina and "Uno, lo mío." in pagina
    assert f'name="r{uno.pk}-version" value="{uno.version}"' in pagina
    uno.refresh_from_db()
    assert uno.texto == "Uno, de la otra."
    enviado = datos(uno) | {f"r{uno.pk}-texto": "Uno, lo mío."}
    assert duena.post(url("pendientes_guardar", informe), enviado).status_code == 302
    uno.refresh_from_db()
    assert uno.texto == "Uno, lo mío."


def test_dos_personas_en_renglones_distintos_no_chocan(duena, informe):
    uno, dos = fabrica.renglon(informe, "Uno."), fabrica.renglon(informe, "Dos.")
    viejo = datos(uno, dos)
    uno.texto = "Uno, de la otra."
    acciones.guardar(informe=informe, clase="pendiente", cambiados=[uno], por=None)
    respuesta = duena.post(url("pendientes_guardar", informe), viejo | {f"r{dos.pk}-texto": "Dos, lo mío."})
    assert respuesta.status_code == 302
    assert [r.texto for r in consultas.renglones(informe, "pendiente")] == ["Uno, de la otra.", "Dos, lo mío."]


def test_si_otra_persona_lo_elimino_lo_escrito_queda_como_nuevo(duena, informe):
    uno = fabrica.renglon(informe, "Uno.")
    viejo = datos(uno)
    acciones.guardar(informe=informe, clase="pendiente", quitados=[Renglon.objects.get(pk=uno.pk)], por=None)
    respuesta = duena.post(url("pendientes_guardar", informe), viejo)
    assert respuesta.status_code == 409
    assert "Uno." in respuesta.content.decode()


def test_doble_clic_agrega_una_vez(duena, informe):
    enviado = {"n0-texto": "Nuevo.", "n0-incluido": "on", "envio": "sello-1"}
    duena.post(url("pendientes_guardar", informe), enviado)
    duena.post(url("pendientes_guardar", informe), enviado)
    assert Renglon.objects.filter(informe=informe).count() == 1


def test_proponer_dos_veces_no_repite(duena):
    informe = fabrica.informe_con_registros()
    duena.post(url("pendientes_proponer", informe))
    antes = Renglon.objects.count()
    respuesta = duena.post(url("pendientes_proponer", informe), follow=True)
    assert Renglon.objects.count() == antes > 0
    assert "No hay nada nuevo que proponer." in respuesta.content.decode()


def test_el_orden_se_cambia_con_el_numero(duena, informe):
    uno, dos, tres = (fabrica.renglon(informe, t) for t in ("Uno.", "Dos.", "Tres."))
    duena.post(url("pendientes_guardar", informe), datos(uno, dos, tres) | {f"r{tres.pk}-orden": 1})
    assert [r.texto for r in consultas.renglones(informe, "pendiente")] == ["Tres.", "Uno.", "Dos."]


def test_lo_que_sale_de_un_registro_se_excluye_pero_no_se_elimina(duena, informe):
    uno = fabrica.renglon(informe, "Uno.", clave="comision.acuerdo:1")
    enviado = {k: v for k, v in datos(uno).items() if not k.endswith("incluido")}
    duena.post(url("pendientes_guardar", informe), enviado | {f"r{uno.pk}-quitar": "on"})
    uno.refresh_from_db()
    assert not uno.incluido
    a_mano = fabrica.renglon(informe, "A mano.")
    duena.post(url("pendientes_guardar", informe), datos(uno, a_mano) | {f"r{a_mano.pk}-quitar": "on"})
    assert list(consultas.renglones(informe, "pendiente")) == [uno]


def test_un_informe_aprobado_se_lee_y_no_se_edita(duena, informe):
    Informe.objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.APROBADO)
    assert "<textarea" not in duena.get(url("balance", informe)).content.decode()
    assert duena.post(url("balance_guardar", informe)).status_code == 403
    assert duena.post(url("balance_proponer", informe)).status_code == 403


def test_las_mismas_consultas_con_uno_que_con_treinta(duena, informe):
    fabrica.renglon(informe, "Acuerdo 0", clave="comision.acuerdo:1")
    duena.get(url("pendientes", informe))
    with CaptureQueriesContext(connection) as con_uno:
        duena.get(url("pendientes", informe))
    for n in range(2, 31):
        fabrica.renglon(informe, f"Acuerdo {n}", clave=f"comision.acuerdo:{n}")
    with CaptureQueriesContext(connection) as con_treinta:
        duena.get(url("pendientes", informe))
    assert len(con_treinta) == len(con_uno)


def test_lo_que_falta_por_proponer_se_dice_en_buen_español(duena):
    pagina = duena.get(url("balance", fabrica.informe_con_registros())).content.decode()
    assert " renglones más: elija «Proponer»" in pagina


def test_si_no_caben_se_dice_y_no_se_tira_ninguno(duena, informe):
    enviado = {f"n{n}-texto": f"Renglón {n}." for n in range(401)}
    respuesta = duena.post(url("pendientes_guardar", informe), enviado)
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert "Caben 400 renglones." in pagina and "Renglón 400." in pagina
    assert not Renglon.objects.filter(informe=informe).exists()
