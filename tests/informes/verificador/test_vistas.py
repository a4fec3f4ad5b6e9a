"""La página del verificador: quién la ve, adónde lleva y cómo se acepta un hallazgo."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from informes import acciones
from informes.models import Informe
from informes.verificador.revision import verificar
from tests.fabricas import informes as fabrica
from tests.fabricas.personas import de_todo, persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    informe = fabrica.informe()
    fabrica.apartado(informe, "Reunión", narrativa="Fue el martes 26 de octubre de 2020.")
    return informe


@pytest.fixture
def apartado(informe):
    return informe.apartados.get()


@pytest.fixture
def lee(client):
    client.force_login(persona("informes.view_informe"))
    return client


@pytest.fixture
def edita(client):
    client.force_login(
        persona("informes.view_informe", "informes.change_informe", "informes.change_apartado", username="secretaria")
    )
    return client


def pagina(informe):
    return reverse("informes:informe_verificar", args=[informe.pk])


def aceptar(cliente, informe, **datos):
    datos = {"huella": verificar(informe)[0].huella, "razon": "así lo dice el acta"} | datos
    return cliente.post(reverse("informes:informe_aceptar_hallazgo", args=[informe.pk]), datos)


def test_quien_lee_va_al_documento_y_no_acepta(lee, informe, apartado):
    html = lee.get(pagina(informe)).content.decode()
    assert "fue lunes" in html
    assert f"{reverse('informes:informe_documento', args=[informe.pk])}#apartado-{apartado.pk}" in html
    assert "Aceptado porque" not in html
    assert aceptar(lee, informe).status_code == 403


def test_quien_edita_va_al_editor(edita, informe, apartado):
    assert reverse("informes:apartado_editar", args=[apartado.pk]) in edita.get(pagina(informe)).content.decode()


def test_ajeno_no_entra(client, informe):
    client.force_login(persona())
    assert client.get(pagina(informe)).status_code == 403


def test_un_informe_que_no_existe(lee):
    assert lee.get(reverse("informes:informe_verificar", args=[999999])).status_code == 404


def test_el_boton_esta_en_el_informe(client, informe):
    client.force_login(de_todo("informes.informe"))
    assert pagina(informe) in client.get(informe.get_absolute_url()).content.decode()


def test_lo_aceptado_se_lista_aparte_con_su_autor(edita, informe):
    assert aceptar(edita, informe).status_code == 302
    html = edita.get(pagina(informe)).content.decode()
    assert "Sin hallazgos por atender" in html
    assert "Aceptado porque así lo dice el acta" in html
    assert "secretaria" in html


def test_sin_razon_no_se_acepta_y_se_dice_junto_al_campo(edita, informe):
    respuesta = aceptar(edita, informe, razon="   ")
    assert respuesta.status_code == 422
    assert "is-invalid" in respuesta.content.decode()
    assert "Escriba por qué se acepta." in respuesta.content.decode()
    larga = "x" * 600
    assert larga in aceptar(edita, informe, razon=larga).content.decode()
    assert not informe.aceptaciones.exists()


def test_si_el_hallazgo_cambia_vuelve_a_señalarse(edita, informe, apartado):
    aceptar(edita, informe)
    apartado.narrativa = "Fue el martes 26 de octubre de 2020 y el martes 5 de octubre de 2020."
    apartado.save()
    assert "fue lunes" in edita.get(pagina(informe)).content.decode().split("t-aceptados")[0]


def test_se_puede_volver_a_senalar(edita, informe):
    huella = verificar(informe)[0].huella
    aceptar(edita, informe)
    edita.post(reverse("informes:informe_retirar_aceptacion", args=[informe.pk]), {"huella": huella})
    assert not informe.aceptaciones.exists()


def test_aceptar_dos_veces_o_lo_que_ya_no_se_halla_no_falla(edita, informe):
    aceptar(edita, informe)
    assert aceptar(edita, informe).status_code == 302
    assert aceptar(edita, informe, huella="otra").status_code == 302
    assert informe.aceptaciones.count() == 1


def test_aprobado_ya_no_se_acepta(edita, informe):
    Informe.objects.filter(pk=informe.pk).update(estado="aprobado")
    assert "Aceptado porque" not in edita.get(pagina(informe)).content.decode()
    assert aceptar(edita, informe).status_code == 302
    assert not informe.aceptaciones.exists()
    with pytest.raises(ValidationError):
        informe.refresh_from_db()
        acciones.retirar_aceptacion(informe=informe, huella="x", por=None)


def test_un_informe_sin_problemas_lo_dice(lee):
    sano = fabrica.informe(clave="sano")
    fabrica.apartado(sano, "Reunión", narrativa="Fue el lunes 26 de octubre de 2020.")
    assert "Sin hallazgos" in lee.get(pagina(sano)).content.decode()


class TestAceptarTodos:
    @pytest.fixture
    def con_tres(self, informe, apartado):
        apartado.narrativa = (
            "El martes 26 de octubre de 2020, el martes 5 de octubre de 2020 y el lunes 6 de octubre de 2020."
        )
        apartado.save()
        return informe

    @staticmethod
    def pide(cliente, informe, **datos):
        datos = {"regla": "fecha.dia_semana", "gravedad": "error", "razon": "así lo dice el acta"} | datos
        return cliente.post(reverse("informes:informe_aceptar_todos", args=[informe.pk]), datos)

    def test_con_una_razon_quedan_los_de_la_regla(self, edita, con_tres):
        assert "Aceptar los 3" in edita.get(pagina(con_tres)).content.decode()
        assert self.pide(edita, con_tres).status_code == 302
        assert con_tres.aceptaciones.count() == 3
        assert "Sin hallazgos por atender" in edita.get(pagina(con_tres)).content.decode()

    def test_sin_razon_no_queda_ninguno(self, edita, con_tres):
        respuesta = self.pide(edita, con_tres, razon=" ")
        assert respuesta.status_code == 422
        assert "is-invalid" in respuesta.content.decode()
        assert not con_tres.aceptaciones.exists()

    def test_lo_que_no_se_halla_no_se_acepta(self, edita, con_tres):
        assert self.pide(edita, con_tres, regla="otra").status_code == 302
        assert not con_tres.aceptaciones.exists()

    def test_quien_solo_lee_no_puede(self, lee, con_tres):
        assert self.pide(lee, con_tres).status_code == 403


def test_filtra_por_gravedad_regla_y_apartado(lee, informe):
    fabrica.apartado(informe, "Vacío")
    assert "fue lunes" not in lee.get(pagina(informe), {"gravedad": "advertencia"}).content.decode()
    assert "fue lunes" in lee.get(pagina(informe), {"regla": "fecha.dia_semana"}).content.decode()
    assert "fue lunes" not in lee.get(pagina(informe), {"apartado": "2. Vacío"}).content.decode()
    assert "fue lunes" in lee.get(pagina(informe), {"gravedad": "no existe"}).content.decode()
