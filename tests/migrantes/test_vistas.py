"""Las páginas de los envíos vistas por quien captura, un colega que sólo lee y alguien de fuera."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from migrantes.models import Envio
from migrantes.resources import EnvioRecurso
from tests.fabricas import migrantes as fabrica
from tests.fabricas.personas import de_todo, persona
from vinculacion.nucleo import busqueda, hojas

pytestmark = pytest.mark.django_db


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


DATOS = {"fecha": "2020-10-05", "clase": "boletin", "asunto": "Informe final", "destinatarios": "812"}


def test_capturar_un_envio(entra):
    duenia = de_todo("migrantes.envio")
    texto = entra(duenia).post(reverse("migrantes:envio_nuevo"), DATOS, follow=True).content.decode()
    assert "Se creó el envío «Informe final»." in texto and "Evidencia" in texto
    assert Envio.objects.get().capturo == duenia


@pytest.mark.parametrize(
    ("mal", "campo"),
    [
        ({"fecha": "2020-02-31"}, "fecha"),
        ({"fecha": "2999-01-01"}, "fecha"),
        ({"asunto": "A" * 301}, "asunto"),
        ({"destinatarios": "-4"}, "destinatarios"),
        ({"clase": "otra"}, "clase"),
    ],
)
def test_cada_error_en_su_campo_y_nada_se_pierde(entra, mal, campo):
    respuesta = entra(de_todo("migrantes.envio")).post(reverse("migrantes:envio_nuevo"), {**DATOS, **mal})
    assert respuesta.status_code == 422 and campo in respuesta.context["formulario"].errors
    assert campo == "clase" or mal[campo] in respuesta.content.decode()


def test_el_mismo_asunto_se_avisa(entra):
    fabrica.envio(date(2020, 10, 6), asunto="Informe final")
    client = entra(de_todo("migrantes.envio"))
    respuesta = client.post(reverse("migrantes:envio_nuevo"), DATOS)
    assert "Ya está anotado un envío con ese asunto, del 06/10/2020." in respuesta.content.decode()
    client.post(reverse("migrantes:envio_nuevo"), {**DATOS, "confirmo_advertencias": "1"})
    assert Envio.objects.count() == 2


def test_filtrar_y_buscar(entra):
    fabrica.envio(asunto="Corazón Chilango"), fabrica.envio(date(2020, 12, 1), "aviso", asunto="Credencial")
    client = entra(de_todo("migrantes.envio"))
    texto = client.get(reverse("migrantes:envio_lista"), {"q": "corazon", "clase": "boletin"}).content.decode()
    assert "Corazón Chilango" in texto and "Credencial" not in texto
    assert client.get(reverse("migrantes:envio_lista"), {"desde": "31/02/2020", "clase": "x"}).status_code == 200


def test_un_colega_lee_y_no_escribe(entra):
    envio = fabrica.envio()
    client = entra(persona("migrantes.view_envio"))
    texto = client.get(envio.get_absolute_url()).content.decode()
    assert envio.asunto in texto and "Editar" not in texto
    assert client.get(reverse("migrantes:envio_nuevo")).status_code == 403


def test_alguien_de_fuera_no_entra_ni_encuentra(entra):
    envio, ajeno = fabrica.envio(asunto="Corazón"), persona()
    client = entra(ajeno)
    assert client.get(envio.get_absolute_url()).status_code == 403
    assert client.get(reverse("migrantes:envio_lista")).status_code == 403
    assert busqueda.buscar(ajeno, "corazon") == []
    assert busqueda.buscar(persona("migrantes.view_envio"), "corazon")


def test_ida_y_vuelta_en_hoja(tmp_path):
    fabrica.envio(destinatarios=813), fabrica.envio(date(2020, 12, 1), "aviso", resumen="Dos\nrenglones")
    archivo = tmp_path / "envios.xlsx"
    archivo.write_bytes(hojas.exportar(EnvioRecurso, Envio.objects.all(), "xlsx"))
    resultado = hojas.importar_archivo("envios", archivo, simular=False)
    assert (resultado.iguales, resultado.errores) == (2, [])


def test_las_mismas_consultas_con_uno_y_con_treinta(entra):
    client = entra(de_todo("migrantes.envio"))

    def cuenta():
        with CaptureQueriesContext(connection) as consultas:
            assert client.get(reverse("migrantes:envio_lista")).status_code == 200
        return len(consultas)

    fabrica.envio()
    cuenta()
    con_uno = cuenta()
    for _ in range(30):
        fabrica.envio()
    assert cuenta() == con_uno
