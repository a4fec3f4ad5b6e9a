"""Las páginas de la revisión: quien observa, quien responde y quien no tiene que ver."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError
from django.urls import reverse

from informes import acciones as de_informes
from informes.models import Observacion, VersionDeInforme
from informes.revision import acciones, edicion
from tests.fabricas import informes
from tests.fabricas.personas import persona
from tests.fabricas.revision import consejeria, direccion, en_estado, en_revision, observacion, oficina

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    return en_revision()


@pytest.fixture
def autora():
    return consejeria()


@pytest.fixture
def sesiones(informe):
    return informe.apartados.get(titulo="Sesiones")


def url(nombre, *args):
    return reverse(f"informes:{nombre}", args=args)


def entra(client, quien):
    client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
    return client


# -- observar ----------------------------------------------------------------------------------------


def test_al_leer_cada_apartado_ofrece_observarlo(client, informe, autora, sesiones):
    observacion(informe, autora, apartado=sesiones)
    pagina = entra(client, autora).get(url("informe_documento", informe.pk)).content.decode()
    assert f"?informe={informe.pk}&amp;apartado={sesiones.pk}" in pagina
    assert 'aria-label="Observaciones a Sesiones: 1"' in pagina
    # Quien sólo lee ve lo observado, pero no el botón; en borrador nadie lo tiene.
    lectora = persona("informes.view_informe", "informes.view_observacion")
    pagina = entra(client, lectora).get(url("informe_documento", informe.pk)).content.decode()
    assert "data-observar" not in pagina
    assert "Observaciones a Sesiones" in pagina
    en_estado(informe, "borrador")
    assert "data-observar" not in entra(client, autora).get(url("informe_documento", informe.pk)).content.decode()


def test_se_escribe_con_su_cita(client, informe, autora, sesiones):
    entra(client, autora)
    alta = f"{url('observacion_nuevo')}?informe={informe.pk}&apartado={sesiones.pk}&cita=tres+sesiones"
    pagina = client.get(alta).content.decode()
    assert "tres sesiones" in pagina
    assert 'name="oficina"' not in pagina
    respuesta = client.post(alta, {"apartado": sesiones.pk, "cita": "tres sesiones", "texto": "Fueron cuatro."})
    suya = Observacion.objects.get()
    assert respuesta["Location"] == suya.get_absolute_url()
    assert (suya.cita, suya.oficina, suya.apartado) == ("tres sesiones", autora.area, sesiones)
    pagina = client.get(suya.get_absolute_url()).content.decode()
    assert "Fueron cuatro." in pagina
    assert "Retirar" in pagina
    assert "Responder" not in pagina


def test_lo_que_falta_se_dice_junto_al_campo_y_nada_se_pierde(client, informe):
    sin_area = persona("informes.add_observacion", "informes.view_observacion")
    respuesta = entra(client, sin_area).post(
        f"{url('observacion_nuevo')}?informe={informe.pk}", {"texto": "", "cita": "x" * 1200, "apartado": "999"}
    )
    assert respuesta.status_code == 422
    errores = respuesta.context["formulario"].errors
    assert set(errores) == {"texto", "cita", "apartado", "oficina"}
    assert "x" * 1200 in respuesta.content.decode()


@pytest.mark.parametrize("pedido", ["", "?informe=abc", "?informe=99999999999999999999", "?informe=77777"])
def test_sin_informe_no_hay_qué_observar(client, autora, pedido):
    assert entra(client, autora).get(url("observacion_nuevo") + pedido).status_code == 404


def test_en_borrador_se_dice_por_qué_no(client, informe, autora):
    en_estado(informe, "borrador")
    respuesta = entra(client, autora).post(f"{url('observacion_nuevo')}?informe={informe.pk}", {"texto": "Algo."})
    assert respuesta.status_code == 403
    assert "cuando pasa a revisión" in respuesta.content.decode()
    assert not Observacion.objects.exists()


def test_la_edita_su_autora_y_nadie_mas(client, informe, autora):
    suya = observacion(informe, autora)
    editar = url("observacion_editar", suya.pk)
    assert entra(client, consejeria("CE2")).get(editar).status_code == 403
    assert entra(client, persona()).get(editar).status_code == 403
    entra(client, autora)
    assert client.get(editar).status_code == 200
    assert client.post(editar, {"texto": "Mejor dicho.", "version": suya.version}).status_code == 302
    # Desde otra pestaña que se quedó atrás, se enseñan las dos.
    atras = client.post(editar, {"texto": "Otra cosa.", "version": suya.version})
    assert atras.status_code == 409
    assert "Mejor dicho." in atras.content.decode()


# -- responder ---------------------------------------------------------------------------------------


def test_responde_quien_arma_el_informe(client, informe, autora, sesiones):
    suya = observacion(informe, autora, apartado=sesiones)
    responder = url("observacion_responder", suya.pk)
    assert entra(client, autora).get(responder).status_code == 403
    entra(client, direccion())
    # Mientras no cambie nada no se propone un apartado; después, el que se observó.
    assert f'value="{sesiones.pk}" selected' not in client.get(responder).content.decode()
    sesiones.narrativa = "La sesión se celebró el jueves."
    de_informes.guardar_apartado(apartado=sesiones, por=None)
    pagina = client.get(responder).content.decode()
    assert f'value="{sesiones.pk}" selected' in pagina
    assert "Qué ha cambiado desde que se observó" in pagina
    datos = {"estado": "atendida", "respuesta": "Se corrigió.", "apartado": sesiones.pk, "version": suya.version}
    assert client.post(responder, datos | {"respuesta": ""}).status_code == 422
    assert client.post(responder, datos)["Location"] == suya.get_absolute_url()
    pagina = entra(client, autora).get(suya.get_absolute_url()).content.decode()
    assert "Se corrigió." in pagina
    assert f'/documento/#apartado-{sesiones.pk}">Sesiones</a>' in pagina
    assert "Qué cambió para atenderla" in pagina
    assert "La sesión se celebró el jueves." in pagina
    assert "Reabrir" in pagina


def test_dos_que_responden_a_la_vez_no_se_pisan(client, informe, autora):
    suya = observacion(informe, autora)
    datos = {"estado": "atendida", "respuesta": "Lo de una.", "version": suya.version}
    entra(client, direccion()).post(url("observacion_responder", suya.pk), datos)
    segunda = entra(client, direccion()).post(
        url("observacion_responder", suya.pk), datos | {"respuesta": "Lo de otra.", "estado": "no_procede"}
    )
    assert segunda.status_code == 409
    pagina = segunda.content.decode()
    assert "Lo de una." in pagina
    assert "Lo de otra." in pagina
    suya.refresh_from_db()
    assert (suya.estado, suya.respuesta) == ("atendida", "Lo de una.")


def test_reabrir_y_retirar_son_de_su_autora(client, informe, autora):
    suya = observacion(informe, autora)
    acciones.responder(observacion=suya, estado="no_procede", respuesta="No.", por=direccion())
    entra(client, consejeria("CE2"))
    assert client.post(url("observacion_reabrir", suya.pk), {"razon": "Sí."}).status_code == 403
    client.post(url("observacion_retirar", suya.pk))
    suya.refresh_from_db()
    assert suya.estado == "no_procede"
    entra(client, autora)
    assert client.post(url("observacion_reabrir", suya.pk), {"razon": ""}).status_code == 422
    assert client.post(url("observacion_reabrir", suya.pk), {"razon": "Falta la fecha."}).status_code == 302
    suya.refresh_from_db()
    assert suya.estado == "abierta"
    assert client.post(url("observacion_retirar", suya.pk)).status_code == 302
    suya.refresh_from_db()
    assert suya.estado == "retirada"


# -- la lista y el documento ------------------------------------------------------------------------


def test_la_lista_filtra_cuenta_y_exporta(client, informe, autora, sesiones):
    observacion(informe, autora, "De sesiones.", apartado=sesiones)
    suya = observacion(informe, consejeria("CE2"), "De todo.")
    acciones.responder(observacion=suya, estado="atendida", respuesta="Hecho.", por=direccion())
    observacion(en_revision(clave="otro"), autora, "De otro informe.")
    lista = url("informe_observaciones", informe.pk)
    entra(client, autora)
    pagina = client.get(lista).content.decode()
    assert "Por responder: 1" in pagina
    assert "De otro informe." not in pagina
    for filtro, ve, no_ve in (
        ("estado=abierta", "De sesiones.", "De todo."),
        (f"apartado={sesiones.pk}", "De sesiones.", "De todo."),
        (f"oficina={oficina('CE2').pk}", "De todo.", "De sesiones."),
        ("q=todo", "De todo.", "De sesiones."),
    ):
        pagina = client.get(f"{lista}?{filtro}").content.decode()
        assert ve in pagina
        assert no_ve not in pagina
    libro = openpyxl.load_workbook(BytesIO(client.get(f"{lista}?_export=xlsx").content))
    filas = list(libro.active.iter_rows(values_only=True))
    assert filas[0][:4] == ("Observación", "Apartado", "Oficina", "Estado")
    assert {f[0] for f in filas[1:]} == {"De sesiones.", "De todo."}
    assert any("Hecho." in f for f in filas[1:])


def test_la_lista_cuesta_lo_mismo_con_una_que_con_veinte(client, informe, autora, sesiones, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    entra(client, autora)

    def consultas(direccion_):
        client.get(direccion_)
        with CaptureQueriesContext(connection) as captura:
            client.get(direccion_)
        return len(captura)

    direcciones = [url("informe_observaciones", informe.pk), url("informe_documento", informe.pk)]
    observacion(informe, autora, apartado=sesiones)
    antes = [consultas(d) for d in direcciones]
    for n in range(20):
        observacion(informe, autora, f"Observación {n}", apartado=sesiones)
    assert [consultas(d) for d in direcciones] == antes


@pytest.mark.parametrize("formato", ["docx", "xlsx", "pdf"])
def test_la_tabla_se_descarga(client, informe, autora, formato):
    observacion(informe, autora)
    respuesta = entra(client, autora).get(url("informe_observaciones_descargar", informe.pk, formato))
    assert respuesta.status_code == 200
    assert respuesta.content[:4] in (b"PK\x03\x04", b"%PDF")
    assert client.get(url("informe_observaciones_descargar", informe.pk, "exe")).status_code == 404


# -- versiones ---------------------------------------------------------------------------------------


def test_guardar_comparar_y_recuperar_por_pantalla(client, informe, sesiones):
    quien = entra(client, direccion())
    assert quien.post(url("informe_guardar_version", informe.pk), {"nota": ""}).status_code == 422
    assert quien.post(url("informe_guardar_version", informe.pk), {"nota": "Antes de Presidencia"}).status_code == 302
    version = VersionDeInforme.objects.get()
    assert "Antes de Presidencia" in quien.get(url("informe_versiones", informe.pk)).content.decode()
    assert "Se celebraron tres sesiones." in quien.get(version.get_absolute_url()).content.decode()
    sesiones.narrativa = "Se celebraron cuatro sesiones."
    de_informes.guardar_apartado(apartado=sesiones, por=None)
    pagina = quien.get(url("informe_comparar", informe.pk)).content.decode()
    assert '<del><span class="cotejo-marca">[quitado: </span>tres' in pagina
    assert '<ins><span class="cotejo-marca">[agregado: </span>cuatro' in pagina
    recuperar = url("version_recuperar", version.pk, sesiones.pk)
    assert "Recuperar este texto" in quien.get(recuperar).content.decode()
    assert quien.post(recuperar, {"vista": sesiones.version - 1}).status_code == 409
    assert quien.post(recuperar, {"vista": sesiones.version}).status_code == 302
    sesiones.refresh_from_db()
    assert sesiones.narrativa == "Se celebraron tres sesiones."
    assert "No hay diferencias" in quien.get(url("informe_comparar", informe.pk)).content.decode()


def sello(pagina: str) -> str:
    return re.search(r'name="envio" value="([^"]+)"', pagina)[1]


def test_dos_clics_guardan_una_version_y_otra_nota_guarda_otra(client, informe):
    quien = entra(client, direccion())
    envio = sello(quien.get(url("informe_versiones", informe.pk)).content.decode())
    for _ in range(2):
        respuesta = quien.post(url("informe_guardar_version", informe.pk), {"nota": "Antes", "envio": envio})
        assert respuesta.url == url("informe_versiones", informe.pk)
    assert VersionDeInforme.objects.count() == 1
    quien.post(url("informe_guardar_version", informe.pk), {"nota": "Después", "envio": envio})
    assert VersionDeInforme.objects.count() == 2


def test_si_se_aprueba_mientras_se_escribe_la_nota_se_dice(client, informe):
    quien = entra(client, direccion())
    en_estado(informe, "aprobado")
    respuesta = quien.post(url("informe_guardar_version", informe.pk), {"nota": "Antes de Presidencia"})
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert "ya no se edita" in pagina
    assert "Antes de Presidencia" in pagina


def test_pedir_una_version_que_no_existe_se_dice(client, informe):
    quien = entra(client, direccion())
    assert quien.get(url("informe_comparar", informe.pk)).status_code == 302
    acciones.guardar_version(informe=informe, nota="", por=None)
    for pedido in ("?antes=9&ahora=hoy", "?antes=1&ahora=1", "?antes=x", "?ahora=%00"):
        assert quien.get(url("informe_comparar", informe.pk) + pedido).status_code == 422
    version = VersionDeInforme.objects.get()
    assert quien.get(url("version_recuperar", version.pk, 99999)).status_code == 404


def test_quien_no_edita_compara_pero_no_guarda_ni_recupera(client, informe, autora, sesiones):
    version = acciones.guardar_version(informe=informe, nota="", por=None)
    entra(client, autora)
    pagina = client.get(url("informe_versiones", informe.pk)).content.decode()
    assert "Guardar una versión" not in pagina
    assert client.post(url("informe_guardar_version", informe.pk), {"nota": "x"}).status_code == 403
    assert client.post(url("version_recuperar", version.pk, sesiones.pk)).status_code == 403
    assert client.get(url("informe_comparar", informe.pk)).status_code == 200


def test_un_informe_largo_se_compara_con_las_mismas_consultas(client, informe):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    entra(client, direccion())

    def consultas():
        acciones.guardar_version(informe=informe, nota="", por=None)
        client.get(url("informe_comparar", informe.pk))
        with CaptureQueriesContext(connection) as captura:
            assert client.get(url("informe_comparar", informe.pk)).status_code == 200
        return len(captura)

    antes = consultas()
    for n in range(25):
        informes.apartado(informe, f"Apartado {n}", narrativa="Algo.")
    assert consultas() == antes


def test_lo_pegado_con_letras_que_no_se_ven_no_impide_la_hoja(client, informe, autora):
    observacion(informe, autora, texto="Pegado\x0bde Word\uffff y de un PDF\x08.")
    entra(client, autora)
    hoja = client.get(url("informe_observaciones_descargar", informe.pk, "xlsx"))
    lista = client.get(url("informe_observaciones", informe.pk), {"_export": "xlsx"})
    for respuesta in (hoja, lista):
        libro = openpyxl.load_workbook(BytesIO(respuesta.content))
        assert any("Pegadode Word y de un PDF." in str(c.value) for pagina in libro for f in pagina for c in f)


def test_si_quitan_el_apartado_mientras_se_edita_la_senal_no_falla(client, informe, sesiones, monkeypatch):
    def ya_no_esta(**_):
        raise IntegrityError

    monkeypatch.setattr(edicion, "anunciar", ya_no_esta)
    assert entra(client, direccion()).post(url("apartado_edicion", sesiones.pk)).status_code == 404
