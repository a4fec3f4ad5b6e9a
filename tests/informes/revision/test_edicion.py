"""Quién tiene abierto un apartado, y qué pasa cuando dos lo guardan."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from informes.models import Edicion
from informes.revision import edicion
from informes.revision.mezcla import juntar, mezclas
from tests.fabricas.revision import direccion, en_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def apartado():
    return en_revision().apartados.get(titulo="Sesiones")


@pytest.fixture
def ana():
    return direccion()


@pytest.fixture
def luz():
    return direccion()


def entra(client, quien):
    client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(nombre, apartado):
    return reverse(f"informes:{nombre}", args=[apartado.pk])


def test_se_ve_a_la_otra_persona_y_no_a_una_misma(apartado, ana, luz):
    assert edicion.anunciar(apartado=apartado, por=ana) == []
    (suya,) = edicion.anunciar(apartado=apartado, por=luz)
    assert suya.usuario == ana
    assert edicion.abiertos_en(apartado.informe, luz).keys() == {apartado.pk}
    assert Edicion.objects.count() == 2


def test_la_senal_vieja_se_da_por_ida_y_el_desde_vuelve_a_contar(apartado, ana, luz):
    inicio = timezone.now()
    with time_machine.travel(inicio, tick=False) as reloj:
        edicion.anunciar(apartado=apartado, por=ana)
        reloj.shift(timedelta(seconds=40))
        edicion.anunciar(apartado=apartado, por=ana)
        assert edicion.anunciar(apartado=apartado, por=luz)[0].desde == inicio
        reloj.shift(timedelta(seconds=61))
        assert edicion.abiertos_en(apartado.informe, luz) == {}
        edicion.anunciar(apartado=apartado, por=ana)
        assert Edicion.objects.get(usuario=ana).desde == timezone.now()


def test_soltar_lo_deja_libre(client, apartado, ana, luz):
    edicion.anunciar(apartado=apartado, por=ana)
    assert entra(client, ana).post(url("apartado_soltar", apartado)).status_code == 204
    assert edicion.abiertos_en(apartado.informe, luz) == {}


def test_abrir_el_editor_se_anuncia_y_avisa_antes_de_escribir(client, apartado, ana, luz):
    assert "lo tiene abierto" not in entra(client, ana).get(url("apartado_editar", apartado)).content.decode()
    pagina = entra(client, luz).get(url("apartado_editar", apartado)).content.decode()
    assert "Titular de la unidad lo tiene abierto desde las" in pagina
    assert "lo tiene abierto desde" in client.get(apartado.informe.get_absolute_url()).content.decode()


def test_la_senal_dice_si_alguien_ya_guardo(client, apartado, ana, luz):
    vieja = apartado.version
    entra(client, ana).post(
        url("apartado_editar", apartado),
        {"titulo": "Sesiones", "numeracion": "arabigo", "narrativa": "Lo de Ana.", "version": vieja},
    )
    apartado.refresh_from_db()
    assert apartado.narrativa == "Lo de Ana."
    entra(client, luz)
    senal = client.post(url("apartado_edicion", apartado), {"version": vieja}).content.decode()
    assert "Titular de la unidad guardó cambios" in senal
    assert (
        "guardó cambios"
        not in client.post(url("apartado_edicion", apartado), {"version": apartado.version}).content.decode()
    )
    for rara in ("", "x", "9" * 30):
        assert client.post(url("apartado_edicion", apartado), {"version": rara}).status_code == 200


def test_quien_guarda_despues_ve_las_dos_y_un_texto_que_las_junta(client, apartado, ana, luz):
    apartado.narrativa = "Uno.\n\nDos.\n\nTres."
    apartado.save()
    base = apartado.version
    datos = {"titulo": "Sesiones", "numeracion": "arabigo", "version": base}
    entra(client, ana).post(
        url("apartado_editar", apartado), {**datos, "narrativa": "Uno de Ana.\r\n\r\nDos.\r\n\r\nTres."}
    )
    segunda = entra(client, luz).post(
        url("apartado_editar", apartado), {**datos, "narrativa": "Uno.\r\n\r\nDos.\r\n\r\nTres de Luz."}
    )
    assert segunda.status_code == 409
    (mezcla,) = segunda.context["mezclas"]
    assert mezcla.propuesta == "Uno de Ana.\n\nDos.\n\nTres de Luz."
    assert not mezcla.pendientes
    apartado.refresh_from_db()
    assert apartado.narrativa.startswith("Uno de Ana.")


def test_el_mismo_parrafo_no_se_junta_solo(apartado, luz):
    apartado.narrativa = "Uno."
    apartado.save()
    base = str(apartado.version)
    apartado.narrativa = "Uno de Ana."
    apartado.save()
    (mezcla,) = mezclas(apartado, {"narrativa": "Uno de Luz."}, base)
    assert mezcla.propuesta == "Uno de Luz."
    assert mezcla.pendientes == ("Uno de Ana.",)
    # Sin saber de qué texto partió, se enseñan los dos y no se propone nada.
    assert mezclas(apartado, {"narrativa": "Uno de Luz."}, "x")[0].propuesta == ""


@pytest.mark.parametrize(
    ("base", "suyo", "guardado", "junto", "pendientes"),
    [
        ("A.", "A de una.", "A.\n\nB de otra.", "A de una.\n\nB de otra.", []),
        ("A.", "A.\n\nUna.", "A.\n\nOtra.", "A.\n\nUna.\n\nOtra.", []),
        ("A.\n\nB.\n\nC.", "A.\n\nC.", "A.\n\nB.\n\nC dos.", "A.\n\nC dos.", []),
        ("A.\n\nB.", "A.\n\nB dos.", "A.", "A.\n\nB dos.", ["(quitó) B."]),
        ("A.\n\nB.", "A igual.\n\nB.", "A igual.\n\nB.", "A igual.\n\nB.", []),
        ("", "Una.", "Otra.", "Una.\n\nOtra.", []),
    ],
)
def test_juntar(base, suyo, guardado, junto, pendientes):
    assert juntar(base, suyo, guardado) == (junto, pendientes)
