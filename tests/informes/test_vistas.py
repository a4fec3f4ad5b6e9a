"""Las páginas de informes: armar uno entero en pantalla, leerlo y descargarlo."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from informes.estados import EstadoDeInforme
from informes.models import Apartado, Informe, UsoDeSeccion
from tests.fabricas import comision as de_comision
from tests.fabricas import informes as fabrica
from tests.fabricas.personas import de_todo, persona
from vinculacion.comision.models import Acuerdo, Punto

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def direccion(client):
    quien = de_todo("informes.informe")
    for modelo in ("informes.apartado", "informes.plantilla"):
        quien.user_permissions.add(*de_todo(modelo).user_permissions.all())
    client.force_login(quien, backend=MODELO)
    return client


def test_se_arma_un_informe_sin_tocar_codigo(direccion):
    plantilla = fabrica.plantilla(titulos=("Introducción", "Resultados"))
    respuesta = direccion.post(
        reverse("informes:informe_nuevo"),
        {
            "titulo": "Primer informe trimestral",
            "clave": "trimestral-2024-1",
            "plantilla": plantilla.pk,
            "inicio": "2024-01-01",
            "fin": "2024-03-31",
            "comision": fabrica.comision().pk,
        },
    )
    informe = Informe.objects.get(clave="trimestral-2024-1")
    assert respuesta["Location"] == informe.get_absolute_url()
    introduccion = informe.apartados.get(titulo="Introducción")
    respuesta = direccion.post(
        reverse("informes:apartado_editar", args=[introduccion.pk]),
        {
            "titulo": "Presentación",
            "numeracion": "romano",
            "narrativa": "Abarca de {{ periodo }}.",
            "version": introduccion.version,
        },
    )
    assert respuesta.status_code == 302
    documento = direccion.get(reverse("informes:informe_documento", args=[informe.pk])).content.decode()
    assert "Abarca de enero a marzo de 2024." in documento
    pdf = direccion.get(reverse("informes:informe_descargar", args=[informe.pk, "pdf"]))
    assert pdf["Content-Type"] == "application/pdf"
    texto = "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Abarca de enero a marzo de 2024." in " ".join(texto.split())


def test_una_cifra_que_no_existe_se_dice_junto_al_campo_y_no_se_pierde(direccion):
    apartado = fabrica.apartado(fabrica.informe(), "Convenios", narrativa="Antes.")
    texto = "Se firmaron {{ convenios.suscitos | en_palabras }}."
    respuesta = direccion.post(
        reverse("informes:apartado_editar", args=[apartado.pk]),
        {"titulo": "Convenios", "numeracion": "arabigo", "narrativa": texto, "version": apartado.version},
    )
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "convenios.suscritos" in html  # propone la más parecida
    assert "Se firmaron {{ convenios.suscitos" in html
    apartado.refresh_from_db()
    assert apartado.narrativa == "Antes."


def test_agregar_y_mover_secciones(direccion):
    apartado = fabrica.apartado(fabrica.informe(), "Sesiones")
    nueva = reverse("informes:uso_nuevo", args=[apartado.pk])
    for seccion in ("comision.asistencia", "comision.sesiones_celebradas"):
        pagina = direccion.get(f"{nueva}?seccion={seccion}")
        assert pagina.status_code == 200
        respuesta = direccion.post(f"{nueva}?seccion={seccion}", {"titulo": seccion, "texto_previo": ""})
        assert respuesta.status_code == 302, respuesta.content.decode()
    assert [u.seccion for u in apartado.secciones.all()] == ["comision.asistencia", "comision.sesiones_celebradas"]
    segunda = apartado.secciones.last()
    direccion.post(reverse("informes:uso_mover", args=[segunda.pk]), {"hacia": "sube"})
    assert apartado.secciones.first() == segunda
    direccion.post(reverse("informes:uso_mover", args=[segunda.pk]), {"hacia": "quita"})
    assert UsoDeSeccion.objects.count() == 1


def test_los_parametros_malos_de_una_seccion_se_dicen(direccion):
    apartado = fabrica.apartado(fabrica.informe(), "Actividades")
    nueva = f"{reverse('informes:uso_nuevo', args=[apartado.pk])}?seccion=programas.actividades"
    respuesta = direccion.post(nueva, {"titulo": "Mi tabla", "p-accion": "no-existe:9Z"})
    assert respuesta.status_code == 422
    assert "no-existe:9Z" in respuesta.content.decode()
    assert "Mi tabla" in respuesta.content.decode()


def test_la_vista_previa_no_guarda(direccion):
    apartado = fabrica.apartado(fabrica.informe(), "Texto", narrativa="Guardado.")
    respuesta = direccion.post(
        reverse("informes:apartado_previa", args=[apartado.pk]),
        {"narrativa": "Nuevo en {{ anio }}.", "explicacion": ""},
    )
    assert "Nuevo en 2020." in respuesta.content.decode()
    apartado.refresh_from_db()
    assert apartado.narrativa == "Guardado."


def test_un_informe_con_problemas_no_se_descarga_y_dice_donde(direccion):
    informe = fabrica.informe()
    apartado = fabrica.apartado(informe, "Roto")
    Apartado.objects.filter(pk=apartado.pk).update(narrativa="{{ no.existe }}")
    respuesta = direccion.get(reverse("informes:informe_descargar", args=[informe.pk, "pdf"]), follow=True)
    html = respuesta.content.decode()
    assert "no se puede descargar todavía" in html
    assert reverse("informes:apartado_editar", args=[apartado.pk]) in html


def test_mover_apartados_y_lo_que_no_se_puede(direccion):
    informe = fabrica.informe()
    fabrica.apartado(informe, "Uno")
    dos = fabrica.apartado(informe, "Dos")
    mover = reverse("informes:apartado_mover", args=[dos.pk])
    direccion.post(mover, {"hacia": "sube"})
    assert [a.titulo for a in informe.apartados.all()] == ["Dos", "Uno"]
    respuesta = direccion.post(mover, {"hacia": "sube"}, follow=True)
    assert "no se puede mover" in respuesta.content.decode()


def test_pasar_de_estado_pide_permiso_y_razones(client):
    informe = fabrica.informe()
    revision, presentado = (reverse("informes:informe_pasar", args=[informe.pk, e]) for e in ("revision", "presentado"))
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    assert client.post(revision).status_code == 403
    client.force_login(persona("informes.view_informe", "informes.aprobar_informe"), backend=MODELO)
    client.post(revision)
    informe.refresh_from_db()
    assert informe.estado == EstadoDeInforme.REVISION
    assert "Falta el punto" in client.post(presentado).content.decode()


def test_quien_solo_lee_no_ve_como_editar(client):
    informe = fabrica.informe()
    apartado = fabrica.apartado(informe, "Uno")
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    html = client.get(informe.get_absolute_url()).content.decode()
    assert "Agregar apartado" not in html
    assert client.get(reverse("informes:apartado_editar", args=[apartado.pk])).status_code == 403


@pytest.mark.parametrize("formato", ["docx", "xlsx", "json"])
def test_los_otros_formatos(direccion, formato):
    informe = fabrica.informe()
    fabrica.apartado(informe, "Uno", narrativa="Texto.")
    respuesta = direccion.get(reverse("informes:informe_descargar", args=[informe.pk, formato]))
    assert respuesta.status_code == 200
    assert respuesta.content[:2] in (b"PK", b"{\n", b'{"')


def test_un_formato_que_no_hay(direccion):
    assert direccion.get(reverse("informes:informe_descargar", args=[fabrica.informe().pk, "exe"])).status_code == 404


def test_el_acuerdo_que_se_tomó_en_su_punto_se_deja_puesto_para_confirmarlo(direccion):
    informe = fabrica.informe()
    sesion = de_comision.sesion(informe.comision, date(2021, 1, 28))
    informe.punto = Punto.objects.create(sesion=sesion, numero=1, titulo="Cuarto informe")
    informe.save()
    editar = reverse("informes:informe_editar", args=[informe.pk])
    assert direccion.get(editar).context["formulario"]["acuerdo"].value() is None
    acuerdo = Acuerdo.objects.create(
        comision=informe.comision, sesion=sesion, punto=informe.punto, folio="X/1", texto="Se aprueba"
    )
    assert direccion.get(editar).context["formulario"]["acuerdo"].value() == acuerdo.pk
    fabrica.informe(clave="otro", acuerdo=acuerdo, punto=informe.punto)
    assert direccion.get(editar).context["formulario"]["acuerdo"].value() is None
