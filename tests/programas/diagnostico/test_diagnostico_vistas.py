"""El diagnóstico por fuera: quién entra, qué se ve, la captura rápida y cuántas consultas cuesta."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programas import acciones as de_planes
from programas.diagnostico import acciones_poblacion as acciones
from programas.models import Alternativa, Involucramiento
from tests.fabricas import diagnostico as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import area, organismo
from tests.fabricas.programas import accion, eje, programa
from vinculacion.cuentas import roles
from vinculacion.directorio.models import Area

pytestmark = pytest.mark.django_db


def url(nombre, *args):
    return reverse(f"programas:{nombre}", args=args)


def entrar(client, papel=roles.DIRECCION):
    persona = con_papel(papel)
    client.force_login(persona)
    return persona


@pytest.fixture
def direccion(client):
    return entrar(client)


# -- quién -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papel", "ve", "cambia"),
    [
        (roles.DIRECCION, 200, 200),
        (roles.CAPTURA, 200, 403),
        (roles.SECRETARIA, 200, 403),
        (roles.CONSEJERIA, 200, 403),
        (roles.AREA, 403, 403),
    ],
)
def test_ver_y_cambiar_segun_el_papel(client, papel, ve, cambia):
    uno = fabrica.involucramiento()
    otra = fabrica.alternativa(fabrica.medio(uno.programa))
    entrar(client, papel)
    pagina = client.get(url("diagnostico", uno.programa_id))
    assert pagina.status_code == ve
    assert client.get(url("poblacion", uno.programa_id)).status_code == cambia
    assert client.post(url("poblacion", uno.programa_id)).status_code == (302 if cambia == 200 else 403)
    for nombre, registro in (("involucramiento", uno), ("alternativa", otra)):
        assert client.get(url(f"{nombre}_lista")).status_code == ve
        assert client.get(url(f"{nombre}_detalle", registro.pk)).status_code == ve
        assert client.get(url(f"{nombre}_editar", registro.pk)).status_code == cambia
        assert client.get(url(f"{nombre}_eliminar", registro.pk)).status_code == cambia
    assert client.get(url("involucramiento_nuevo")).status_code == cambia
    assert client.get(url("alternativa_nuevo")).status_code == cambia
    if ve == 200:
        assert ("Capturar población" in pagina.content.decode()) == (cambia == 200)


# -- la página ----------------------------------------------------------------------
def test_lo_vacio_dice_que_hacer_solo_a_quien_puede(client):
    uno = programa()
    entrar(client, roles.CONSEJERIA)
    texto = client.get(url("diagnostico", uno.pk)).content.decode()
    assert "Todavía no hay áreas ni organismos." in texto
    assert "Todavía no hay alternativas." in texto
    assert "Agréguelos" not in texto
    entrar(client)
    texto = client.get(url("diagnostico", uno.pk)).content.decode()
    assert "Agréguelos con su interés y su fuerza" in texto
    assert f"{url('alternativa_nuevo')}?programa={uno.pk}" in texto


def test_cada_cuenta_abre_la_lista_de_quienes_la_forman(client, direccion):
    uno = programa()
    for interes, fuerza in ((5, 4), (5, 4), (1, 1)):
        fabrica.involucramiento(uno, interes=interes, fuerza=fuerza)
    fabrica.involucramiento(uno, organismo(ambito="nacional"), 5, 5)
    fabrica.involucramiento(programa(), interes=5, fuerza=4)
    pagina = client.get(url("diagnostico", uno.pk))
    cruces = {(c["interes"], c["fuerza"]): c for _, fila in pagina.context["cruces"] for c in fila}
    assert len(cruces) == 25
    assert sum(c["cuantos"] for c in cruces.values()) == 4
    for direccion_de, cuantos in (
        (cruces[5, 4]["url"], 2),
        (cruces[2, 2]["url"], 0),
        (f"{pagina.context['grupos'][0]['url']}&banda=alto", 2),
        (f"{pagina.context['grupos'][0]['url']}&banda=bajo", 1),
        (pagina.context["grupos"][1]["url"], 1),
        (pagina.context["lista_de_poblacion"], 4),
    ):
        assert client.get(direccion_de).context["total"] == cuantos
    assert pagina.context["totales"] == [3, 0, 1, 4]
    assert "data:image/svg+xml" in pagina.content.decode()


@pytest.mark.parametrize("nombre", ["diagnostico", "poblacion", "involucramiento_lista", "alternativa_lista"])
def test_las_consultas_no_crecen_con_los_renglones(client, direccion, nombre):
    uno = programa()

    def llena(cuantos):
        for _ in range(cuantos):
            fabrica.involucramiento(uno)
            fabrica.involucramiento(uno, organismo())
            fabrica.alternativa(fabrica.medio(uno), accion=accion(eje(uno)), elegida=True, incidencia=4, viabilidad=4)

    def cuesta():
        ruta = url(nombre) if nombre.endswith("lista") else url(nombre, uno.pk)
        client.get(ruta)
        with CaptureQueriesContext(connection) as consultas:
            assert client.get(ruta).status_code == 200
        return len(consultas)

    llena(1)
    con_uno = cuesta()
    llena(29)
    assert cuesta() == con_uno


# -- uno por uno ----------------------------------------------------------------------
def test_agregar_corregir_y_quitar(client, direccion):
    uno, alguien = programa(), area()
    datos = {"programa": uno.pk, "area": alguien.pk, "organismo": "", "interes": 5, "fuerza": 4, "papel": "Asesora"}
    client.post(url("involucramiento_nuevo"), datos)
    guardado = Involucramiento.objects.get()
    assert (guardado.valor, guardado.history.get().history_user) == (20, direccion)
    detalle = client.get(guardado.get_absolute_url()).content.decode()
    assert "5 × 4 = 20" in detalle
    client.post(url("involucramiento_editar", guardado.pk), {**datos, "fuerza": 5, "version": guardado.version})
    assert Involucramiento.objects.get().valor == 25
    client.post(url("involucramiento_eliminar", guardado.pk))
    assert not Involucramiento.objects.exists()


def test_lo_malo_se_dice_junto_al_campo_y_no_se_pierde(client, direccion):
    uno = fabrica.involucramiento()
    base = {"programa": uno.programa_id, "interes": 3, "fuerza": 3, "papel": "Lo ya escrito"}
    casos = (
        ({**base, "area": area().pk, "organismo": organismo().pk}, "organismo", "sólo uno"),
        (base, "area", "Elija un área"),
        ({**base, "area": uno.area_id}, "area", "Ya está en la población"),
        ({**base, "area": area().pk, "interes": 0}, "interes", "menor que 1"),
        ({**base, "area": area().pk, "fuerza": 6}, "fuerza", "mayor que 5"),
        ({**base, "area": area().pk, "fuerza": "mucha"}, "fuerza", "número entero"),
    )
    for datos, campo, mensaje in casos:
        respuesta = client.post(url("involucramiento_nuevo"), datos)
        assert respuesta.status_code == 422
        errores = respuesta.context["formulario"].errors
        assert list(errores) == [campo], errores
        assert mensaje in errores[campo][0]
        assert "Lo ya escrito" in respuesta.content.decode()
    assert Involucramiento.objects.count() == 1


def test_una_alternativa_ofrece_lo_de_su_programa_y_dice_lo_ajeno(client, direccion):
    suyo, ajeno = fabrica.medio(), fabrica.medio()
    de_fuera = accion(eje(ajeno.programa))
    formulario = client.get(f"{url('alternativa_nuevo')}?programa={suyo.programa_id}").context["formulario"]
    assert [str(v) for v, _ in formulario.fields["medio"].widget.choices] == ["", str(suyo.pk)]
    assert formulario["numero"].value() == 1
    datos = {"programa": suyo.programa_id, "numero": 1, "medio": ajeno.pk, "nombre": "Reuniones", "accion": de_fuera.pk}
    respuesta = client.post(url("alternativa_nuevo"), datos)
    assert respuesta.status_code == 422
    errores = respuesta.context["formulario"].errors
    assert errores["medio"] == ["Es de otro programa."]
    assert errores["accion"] == ["La acción es de otro programa."]
    client.post(url("alternativa_nuevo"), {**datos, "medio": suyo.pk, "accion": "", "incidencia": 5, "viabilidad": 3})
    assert Alternativa.objects.get().valor == 15
    repetida = client.post(url("alternativa_nuevo"), {**datos, "medio": suyo.pk, "accion": ""})
    assert "Ya hay una alternativa con ese número" in repetida.content.decode()


def test_elegir_sin_razon_se_pregunta_una_vez(client, direccion):
    medio = fabrica.medio()
    datos = {"programa": medio.programa_id, "numero": 1, "medio": medio.pk, "nombre": "Reuniones", "elegida": "on"}
    respuesta = client.post(url("alternativa_nuevo"), datos)
    assert respuesta.status_code == 422
    assert "no dice por qué" in respuesta.content.decode()
    client.post(url("alternativa_nuevo"), {**datos, "confirmo_advertencias": "1"})
    assert Alternativa.objects.get().elegida


@pytest.mark.parametrize("pk", ["nada", "9" * 30, "-1", "999999999"])
def test_direcciones_inventadas(client, direccion, pk):
    assert client.get(f"{url('alternativa_nuevo')}?programa={pk}").status_code == 200
    assert client.get(f"{url('involucramiento_lista')}?programa={pk}&grupo=x&banda=y&interes=9").status_code == 200
    assert client.get(url("diagnostico", 999_999_999)).status_code == 404
    assert client.get(f"{url('poblacion', programa().pk)}?grupo={pk}&pagina={pk}").status_code == 200


@pytest.mark.parametrize("quien", [area, organismo])
def test_el_directorio_no_borra_a_quien_participa(client, quien):
    entrar(client, roles.ADMINISTRACION)
    uno = fabrica.involucramiento(quien=quien())
    ruta = reverse(f"directorio:{uno.quien._meta.model_name}_eliminar", args=[uno.quien.pk])
    respuesta = client.post(ruta)
    assert respuesta.status_code == 409
    assert f"involucramiento «{uno.quien}, en {uno.programa.clave}»" in respuesta.content.decode()
    assert type(uno.quien).objects.filter(pk=uno.quien.pk).exists()


def test_un_programa_cerrado_se_ve_y_no_se_captura(client, direccion):
    uno = fabrica.involucramiento()
    de_planes.cerrar_programa(programa=uno.programa, por=None)
    assert "Capturar población" not in client.get(url("diagnostico", uno.programa_id)).content.decode()
    assert "está cerrado" in client.get(url("poblacion", uno.programa_id)).content.decode()
    assert client.post(url("poblacion", uno.programa_id), {}).status_code == 409
    assert client.get(url("involucramiento_editar", uno.pk)).status_code == 403
    assert client.post(url("involucramiento_eliminar", uno.pk)).status_code == 409
    assert Involucramiento.objects.exists()


# -- captura rápida -----------------------------------------------------------------------
def enviado(pagina, **cambios) -> dict:
    """Lo que el navegador manda: todos los renglones como están, con ``cambios``."""
    datos = {}
    for r in pagina.context["cuadricula"].renglones:
        datos |= {f"antes-{r.clave}": r.antes, **{f"{c}-{r.clave}": v for c, _, v in r.casillas}}
    return {**datos, **cambios}


def test_capturar_muchos_de_una_vez(client, direccion):
    uno = programa()
    viejo, quitado = fabrica.involucramiento(uno, interes=1, fuerza=1), fabrica.involucramiento(uno)
    igual = fabrica.involucramiento(uno)
    nueva = area()
    Area.objects.filter(pk=direccion.area_id).update(activa=False)
    ruta = url("poblacion", uno.pk)
    pagina = client.get(ruta)
    claves = [r.quien for r in pagina.context["cuadricula"].renglones]
    assert set(claves[:3]) == {viejo.area, quitado.area, igual.area}  # primero quienes ya participan
    assert direccion.area not in claves  # un área que ya no existe no se ofrece
    cambios = {
        f"interes-{viejo.area_id}": "5", f"fuerza-{viejo.area_id}": "4",
        f"interes-{quitado.area_id}": "", f"fuerza-{quitado.area_id}": "",
        f"interes-{nueva.pk}": "2", f"fuerza-{nueva.pk}": "3",
    }  # fmt: skip
    respuesta = client.post(ruta, enviado(pagina, **cambios), follow=True)
    assert "Se guardaron 3 cambios." in respuesta.content.decode()
    assert {(i.area_id, i.valor) for i in Involucramiento.objects.all()} == {
        (viejo.area_id, 20), (igual.area_id, 16), (nueva.pk, 6),
    }  # fmt: skip
    assert Involucramiento.history.filter(history_user=direccion).count() == 3
    assert igual.history.count() == 1
    assert "No había cambios" in client.post(ruta, enviado(client.get(ruta)), follow=True).content.decode()


def test_un_error_en_un_renglon_no_guarda_ni_pierde_ninguno(client, direccion):
    uno, buena, mala, media, rara = programa(), area(), area(), area(), area()
    ruta = url("poblacion", uno.pk)
    cambios = {
        f"interes-{buena.pk}": "5", f"fuerza-{buena.pk}": "5",
        f"interes-{mala.pk}": "6", f"fuerza-{mala.pk}": "0",
        f"interes-{media.pk}": "4",
        f"interes-{rara.pk}": "1.5", f"fuerza-{rara.pk}": "<b>",
    }  # fmt: skip
    respuesta = client.post(ruta, enviado(client.get(ruta), **cambios))
    assert respuesta.status_code == 422
    errores = dict.fromkeys(quien for quien, _ in respuesta.context["cuadricula"].errores)
    assert set(errores) == {str(mala), str(media), str(rara)}
    escrito = {r.clave: r.escrito for r in respuesta.context["cuadricula"].renglones}
    assert escrito[str(buena.pk)] == {"interes": "5", "fuerza": "5"}
    assert escrito[str(mala.pk)] == {"interes": "6", "fuerza": "0"}
    assert "Falta la fuerza" in respuesta.content.decode()
    assert not Involucramiento.objects.exists()


def test_lo_que_otra_persona_cambio_no_se_pisa(client, direccion):
    uno = fabrica.involucramiento(interes=2, fuerza=2)
    ruta = url("poblacion", uno.programa_id)
    datos = enviado(client.get(ruta), **{f"interes-{uno.area_id}": "5"})
    uno.interes = 4
    acciones.guardar_involucramiento(involucramiento=uno, por=None)
    respuesta = client.post(ruta, datos)
    assert respuesta.status_code == 409
    assert "8 · Bajo" in respuesta.content.decode()
    assert Involucramiento.objects.get().interes == 4
    # La página que vuelve ya parte de lo último: guardar otra vez es una decisión.
    client.post(ruta, enviado(respuesta))
    assert (Involucramiento.objects.get().interes, Involucramiento.objects.get().fuerza) == (5, 2)


def test_el_mismo_envio_dos_veces_se_guarda_una(client, direccion):
    quitado, nueva = fabrica.involucramiento(), area()
    ruta = url("poblacion", quitado.programa_id)
    cambios = {f"{c}-{pk}": v for pk, v in ((quitado.area_id, ""), (nueva.pk, "3")) for c in ("interes", "fuerza")}
    datos = enviado(client.get(ruta), **cambios)
    assert [client.post(ruta, datos).status_code for _ in range(2)] == [302, 302]
    assert Involucramiento.objects.get().area == nueva
    # Quien todavía ve a quien ya se quitó no lo devuelve sin darse cuenta.
    tarde = client.post(ruta, {**datos, f"interes-{quitado.area_id}": "5", f"fuerza-{quitado.area_id}": "5"})
    assert tarde.status_code == 409
    assert "ya no está en la población" in tarde.content.decode()
    assert Involucramiento.objects.count() == 1


def test_no_se_quita_sin_querer_a_quien_tiene_su_papel_escrito(client, direccion):
    uno = fabrica.involucramiento(papel="Presta sus salas")
    ruta = url("poblacion", uno.programa_id)
    vacios = {f"interes-{uno.area_id}": "", f"fuerza-{uno.area_id}": ""}
    respuesta = client.post(ruta, enviado(client.get(ruta), **vacios))
    assert respuesta.status_code == 422
    assert "Tiene escrito su papel" in respuesta.content.decode()
    assert Involucramiento.objects.exists()


def test_por_grupo_y_buscando(client, direccion):
    uno = programa()
    fuera, cerca = organismo(ambito="internacional", nombre="Unión Remota"), organismo(ambito="local")
    ruta = f"{url('poblacion', uno.pk)}?grupo=internacionales"
    pagina = client.get(f"{ruta}&q=union")
    assert [r.quien for r in pagina.context["cuadricula"].renglones] == [fuera]
    # Un renglón que no es de este grupo se ignora, venga lo que venga.
    datos = {f"antes-{cerca.pk}": "", f"interes-{cerca.pk}": "5", f"fuerza-{cerca.pk}": "5"}
    client.post(ruta, {**enviado(pagina, **{f"interes-{fuera.pk}": "1", f"fuerza-{fuera.pk}": "1"}), **datos})
    assert [i.organismo for i in Involucramiento.objects.all()] == [fuera]
