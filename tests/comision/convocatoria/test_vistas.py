"""El orden del día en una página, convocar y bajar los documentos."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from informes.models import Informe
from tests.fabricas import convocatoria as fabrica
from tests.fabricas.base import con_papel
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision.convocatoria import avisos, reglas
from vinculacion.comision.models import Convocatoria, Punto
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretaria(client):
    quien = con_papel(roles.SECRETARIA)
    client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
    return quien


@pytest.fixture
def sesion():
    return fabrica.por_convocar()


def orden(sesion):
    return reverse("comision:orden_del_dia", args=[sesion.pk])


def titulos(sesion):
    return list(sesion.puntos.order_by("numero").values_list("titulo", flat=True))


NUEVO = {"titulo": "Punto nuevo", "solicitud": "presentacion"}


# -- orden del día -------------------------------------------------------------


def test_agregar_va_antes_de_los_asuntos_generales(client, secretaria, sesion):
    respuesta = client.post(orden(sesion), NUEVO)
    punto = Punto.objects.get(titulo="Punto nuevo")
    assert respuesta["Location"] == f"{orden(sesion)}#punto-{punto.pk}"
    assert titulos(sesion) == ["Orden del día", "Informe trimestral", "Punto nuevo", "Asuntos generales"]


def test_enviado_dos_veces_se_agrega_uno(client, secretaria, sesion):
    for _ in range(2):
        client.post(orden(sesion), {**NUEVO, "envio": "sello"})
    assert titulos(sesion).count("Punto nuevo") == 1


@pytest.mark.parametrize(
    "datos", [{"titulo": ""}, {"titulo": "x" * 601}, {"numero": "9"}, {"numero": "x"}, {"tema": "99"}]
)
def test_lo_mal_escrito_se_dice_y_no_se_pierde(client, secretaria, sesion, datos):
    respuesta = client.post(orden(sesion), {**NUEVO, "presenta": "Presidencia", **datos})
    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors
    assert "Presidencia" in respuesta.text
    assert sesion.puntos.count() == 3


def test_mover_con_flechas_y_con_su_lugar(client, secretaria, sesion):
    primero = sesion.puntos.get(numero=1)
    url = reverse("comision:punto_mover", args=[primero.pk])
    respuesta = client.post(url, {"a": "3", "siguiente": orden(sesion)})
    assert respuesta["Location"] == orden(sesion)
    assert titulos(sesion) == ["Informe trimestral", "Asuntos generales", "Orden del día"]
    client.post(url, {"hacia": "arriba"})
    assert titulos(sesion) == ["Informe trimestral", "Orden del día", "Asuntos generales"]
    assert "Escriba el lugar" in client.post(url, {"a": "tres"}, follow=True).text


def test_un_documento_se_agrega_sin_salir_de_la_pagina(client, secretaria, sesion):
    punto = sesion.puntos.get(numero=2)
    url, prefijo = reverse("comision:orden_documento", args=[punto.pk]), f"doc{punto.pk}"
    vacio = client.post(url, {})
    assert vacio.status_code == 422 and "Elija un archivo o escriba un enlace." in vacio.text
    archivo = SimpleUploadedFile("informe.pdf", fabrica.pdf())
    assert client.post(url, {f"{prefijo}-archivo": archivo})["Location"].endswith(f"#punto-{punto.pk}")
    assert client.get(orden(sesion)).text.count("informe.pdf") > 0


def test_cancelada_o_cerrada_es_de_solo_lectura(client, secretaria, sesion):
    punto = sesion.puntos.get(numero=2)
    type(sesion).objects.filter(pk=sesion.pk).update(cerrada=True)
    assert "está cerrada" in client.get(orden(sesion)).text
    assert client.post(orden(sesion), NUEVO).status_code == 422
    assert client.post(reverse("comision:orden_tramite", args=[sesion.pk])).status_code == 409
    assert client.post(reverse("comision:orden_documento", args=[punto.pk])).status_code == 403
    client.post(reverse("comision:punto_mover", args=[punto.pk]), {"a": "1"})
    assert titulos(sesion) == ["Orden del día", "Informe trimestral", "Asuntos generales"]


def test_un_informe_en_revision_se_incluye_y_al_quitarlo_vuelve(client, secretaria, sesion):
    informe = Informe.objects.create(
        clave="t-1", titulo="Informe del primer trimestre", comision=sesion.comision, estado="revision",
        inicio=hoy(), fin=hoy(),
    )  # fmt: skip
    assert "Informe del primer trimestre" in client.get(orden(sesion)).text
    incluir = reverse("comision:orden_incluir", args=[sesion.pk])
    client.post(incluir, {"clave": f"informe-{informe.pk}"})
    informe.refresh_from_db()
    assert informe.punto.numero == 3 and informe.punto.titulo == informe.titulo
    repetida = client.post(incluir, {"clave": f"informe-{informe.pk}"})
    assert repetida.status_code == 409 and "quizá otra persona" in repetida.text
    quitar = reverse("comision:punto_eliminar", args=[informe.punto_id])
    assert "¿Eliminar" in client.get(quitar).text
    client.post(quitar)
    informe.refresh_from_db()
    assert informe.punto is None and titulos(sesion)[-1] == "Asuntos generales"
    # Ya presentado, el punto no se quita.
    client.post(incluir, {"clave": f"informe-{informe.pk}"})
    Informe.objects.filter(pk=informe.pk).update(estado="presentado")
    informe.refresh_from_db()
    respuesta = client.post(reverse("comision:punto_eliminar", args=[informe.punto_id]))
    assert respuesta.status_code == 409 and "ya está presentado" in respuesta.text


def test_las_mismas_consultas_con_1_y_con_30(client, secretaria, sesion):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(orden(sesion))
    with CaptureQueriesContext(connection) as pocas:
        client.get(orden(sesion))
    for n in range(27):
        punto = de_la_comision.agregar_punto(sesion=sesion, titulo=f"Punto {n}", por=None)
        if n < 5:
            fabrica.documentar(punto, paginas=n + 1)
    with CaptureQueriesContext(connection) as muchas:
        client.get(orden(sesion))
    assert len(muchas) == len(pocas) < 40


# -- convocar ------------------------------------------------------------------


def nueva(sesion, clase="convocatoria"):
    return f"{reverse('comision:convocatoria_nueva')}?sesion={sesion.pk}&clase={clase}"


def datos(respuesta, **otros):
    formulario = respuesta.context["formulario"]
    return {
        "sesion": respuesta.context["sesion"].pk,
        "clase": respuesta.context["clase"],
        "asunto": formulario.initial["asunto"],
        "mensaje": formulario.initial["mensaje"],
        **otros,
    }


def test_convocar_guarda_los_pdf_como_se_mandaron(client, secretaria, sesion):
    fabrica.documentar(sesion.puntos.get(numero=2), paginas=3)
    pagina = client.get(nueva(sesion))
    assert "A tiempo" in pagina.text and "6 de 6" in pagina.text
    respuesta = client.post(nueva(sesion), datos(pagina, con_orden="on", con_carpeta="on", con_calendario="on"))
    convocatoria = Convocatoria.objects.get()
    assert respuesta["Location"] == convocatoria.get_absolute_url()
    nombres = [e.nombre_original for e in convocatoria.evidencias.all()]
    assert [n.split("-")[0] for n in nombres] == ["convocatoria", "orden", "carpeta", "sesion"]
    detalle = client.get(convocatoria.get_absolute_url())
    assert "Por enviar" in detalle.text and "Enviar ahora" in detalle.text and "En tiempo" in detalle.text
    descarga = client.get(convocatoria.evidencias.first().get_absolute_url())
    assert descarga["Content-Type"] == "application/pdf"
    assert "Emitida" in client.get(reverse("comision:convocatoria_lista")).text
    assert "por enviar" in client.get(sesion.get_absolute_url()).text


def test_tarde_pide_confirmar_sin_perder_lo_escrito(client, secretaria):
    sesion = fabrica.por_convocar(hoy() + timedelta(days=1))
    pagina = client.get(nueva(sesion))
    escrito = datos(pagina, asunto="Asunto mío")
    respuesta = client.post(nueva(sesion), escrito)
    assert respuesta.status_code == 422
    assert "Fuera de plazo" in respuesta.text and "Asunto mío" in respuesta.text
    assert not Convocatoria.objects.exists()
    client.post(nueva(sesion), {**escrito, "confirmo_advertencias": "1"})
    assert "Fuera de plazo" in client.get(Convocatoria.objects.get().get_absolute_url()).text


def test_dos_clics_emiten_una(client, secretaria, sesion):
    escrito = datos(client.get(nueva(sesion)), envio="sello")
    assert client.post(nueva(sesion), escrito)["Location"] == client.post(nueva(sesion), escrito)["Location"]
    assert Convocatoria.objects.count() == 1


@pytest.mark.parametrize("mal", [{"asunto": ""}, {"mensaje": ""}, {"asunto": "x" * 201}])
def test_faltan_datos(client, secretaria, sesion, mal):
    respuesta = client.post(nueva(sesion), datos(client.get(nueva(sesion)), **mal))
    assert respuesta.status_code == 422 and not Convocatoria.objects.exists()


@pytest.mark.parametrize("busca", ["", "?sesion=abc", "?sesion=999999", "?sesion=%00"])
def test_sin_sesion_no_existe(client, secretaria, busca):
    assert client.get(reverse("comision:convocatoria_nueva") + busca).status_code == 404


def test_sin_puntos_no_se_convoca(client, secretaria, sesion):
    escrito = datos(client.get(nueva(sesion)))
    sesion.puntos.all().delete()
    assert "orden del día está vacío" in client.get(nueva(sesion)).text
    assert client.post(nueva(sesion), escrito).status_code == 409
    assert not Convocatoria.objects.exists()


def test_enviar_ahora_y_reintentar(client, secretaria, sesion, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    convocatoria = fabrica.convocar(sesion)
    enviar = reverse("comision:convocatoria_enviar", args=[convocatoria.pk])
    assert "Salieron 6 de 6" in client.post(enviar, follow=True).text
    convocatoria.entregas.filter(correo="integrante2@prueba.example").update(estado="fallida", error="550", cuando=None)
    assert "Reintentar las que no salieron" in client.get(convocatoria.get_absolute_url()).text
    client.post(enviar, {"reintentar": "1"})
    assert set(convocatoria.entregas.values_list("estado", flat=True)) == {"enviada"}


def test_mover_la_fecha_pide_avisar(client, secretaria, sesion):
    fabrica.convocar(sesion)
    type(sesion).objects.filter(pk=sesion.pk).update(fecha_programada=sesion.fecha_programada + timedelta(days=7))
    pagina = client.get(sesion.get_absolute_url())
    assert "Falta avisar el cambio" in pagina.text
    pagina = client.get(nueva(sesion, "cambio"))
    assert "que se había convocado para el" in pagina.context["formulario"].initial["mensaje"]
    client.post(nueva(sesion, "cambio"), datos(pagina))
    assert "Falta avisar el cambio" not in client.get(sesion.get_absolute_url()).text


# -- documentos ----------------------------------------------------------------


def texto_de(respuesta) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(respuesta.content)).pages).split())


def test_los_documentos_dicen_lo_de_los_registros(client, secretaria, sesion):
    fabrica.documentar(sesion.puntos.get(numero=2), paginas=3, nombre="anexo.pdf")
    baja = lambda d: client.get(reverse("comision:sesion_pdf", args=[sesion.pk, d]))  # noqa: E731
    assert "primera sesión ordinaria" in texto_de(baja("convocatoria"))
    assert "anexo.pdf" in texto_de(baja("orden"))
    lista = texto_de(baja("lista"))
    assert "Partido Uno" in lista and "Firma" in lista
    carpeta = baja("carpeta")
    assert carpeta["Content-Disposition"].startswith("attachment")
    with pikepdf.open(BytesIO(carpeta.content)) as pdf:
        assert len(pdf.pages) == 5  # portada, índice y las tres del anexo
    assert baja("otra").status_code == 404


def test_un_pdf_danado_o_que_no_es_pdf_se_enlista_fuera(client, secretaria, sesion):
    punto = sesion.puntos.get(numero=2)
    for nombre, contenido in (("roto.pdf", b"%PDF-1.4 nada"), ("notas.txt", b"hola")):
        url = reverse("comision:orden_documento", args=[punto.pk])
        client.post(url, {f"doc{punto.pk}-archivo": SimpleUploadedFile(nombre, contenido)})
    texto = texto_de(client.get(reverse("comision:sesion_pdf", args=[sesion.pk, "carpeta"])))
    assert "No se incluyen" in texto and "notas.txt" in texto and "dañado" in texto


# -- quién ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papel", "ve"), [(roles.SECRETARIA, True), (roles.CONSEJERIA, False), (roles.CAPTURA, False), (roles.AREA, False)]
)
def test_solo_la_secretaria_prepara_y_convoca(client, sesion, papel, ve):
    client.force_login(con_papel(papel), backend="django.contrib.auth.backends.ModelBackend")
    esperado = 200 if ve else 403
    assert client.get(orden(sesion)).status_code == esperado
    assert client.get(nueva(sesion)).status_code == esperado
    assert client.post(orden(sesion), NUEVO).status_code == (302 if ve else 403)
    bajar = client.get(reverse("comision:sesion_pdf", args=[sesion.pk, "orden"]))
    assert bajar.status_code == (403 if papel == roles.AREA else 200)


# -- avisos --------------------------------------------------------------------


def test_avisa_del_plazo_y_de_lo_que_no_salio(secretaria, sesion):
    limite = reglas.timezone.localdate(reglas.limite(sesion))
    assert not list(avisos.por_convocar(secretaria, limite - timedelta(days=4)))
    (aviso,) = avisos.por_convocar(secretaria, limite)
    assert aviso.gravedad == "atencion" and "el plazo termina" in aviso.titulo
    (aviso,) = avisos.por_convocar(secretaria, limite + timedelta(days=1))
    assert aviso.gravedad == "vencido"
    convocatoria = fabrica.convocar(sesion)
    assert not list(avisos.por_convocar(secretaria, limite)) and not list(avisos.entregas(secretaria, hoy()))
    convocatoria.entregas.filter(correo__startswith="integrante1").update(estado="fallida")
    (aviso,) = avisos.entregas(secretaria, hoy())
    assert "1 correo no salió" in aviso.titulo
    type(sesion).objects.filter(pk=sesion.pk).update(fecha_programada=sesion.fecha_programada + timedelta(days=1))
    (aviso,) = avisos.sin_avisar(secretaria, hoy())
    assert "falta avisarlo" in aviso.titulo
    consejeria = con_papel(roles.CONSEJERIA)
    assert not [*avisos.sin_avisar(consejeria, hoy()), *avisos.entregas(consejeria, hoy())]


def test_una_carpeta_que_no_cabe_se_dice_junto_a_su_casilla(client, secretaria, sesion, settings):
    fabrica.documentar(sesion.puntos.get(numero=2))
    escrito = datos(client.get(nueva(sesion)), con_carpeta="on")
    settings.ARCHIVO_TAMANO_MAXIMO = 100
    respuesta = client.post(nueva(sesion), escrito)
    assert respuesta.status_code == 409
    assert "no cabe en un correo" in respuesta.context["formulario"].errors["con_carpeta"][0]
    assert not Convocatoria.objects.exists()
