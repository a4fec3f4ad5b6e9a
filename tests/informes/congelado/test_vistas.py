"""Las páginas de la aprobación y la constancia que cualquiera abre."""

import hashlib

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from informes import acciones
from informes.congelado import acciones as congelado
from informes.congelado import consultas
from informes.congelado.publica import ARCHIVOS_POR_MINUTO
from informes.estados import EstadoDeInforme
from tests.fabricas import congelado as fabrica
from tests.fabricas.congelado import HASTA_APROBADO, HASTA_PRESENTADO, HASTA_PUBLICADO, llevar
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"
LEE = ("informes.view_informe", "informes.view_versiondeinforme")


@pytest.fixture(autouse=True)
def carpeta_limpia(settings, tmp_path, imprenta_rapida):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def secretaria(client):
    client.force_login(persona(*LEE, "informes.aprobar_informe", "informes.publicar_informe"), backend=MODELO)
    return client


@pytest.fixture
def colega(client):
    client.force_login(persona(*LEE, "informes.change_informe"), backend=MODELO)
    return client


def pasar(informe, estado):
    return reverse("informes:informe_pasar", args=[informe.pk, estado])


def test_de_borrador_a_publicado_en_pantalla(secretaria):
    informe = fabrica.informe()
    for estado in HASTA_PUBLICADO:
        assert secretaria.get(pasar(informe, estado)).status_code == 200
        respuesta = secretaria.post(pasar(informe, estado), {"nota": f"Nota de {estado}"}, follow=True)
        assert f"El informe quedó en «{EstadoDeInforme(estado).label}»" in respuesta.content.decode()
    pagina = respuesta.content.decode()
    assert "Nota de aprobado" in pagina
    assert "Vigente" in pagina
    assert "Abrir una corrección" in pagina
    assert consultas.vigente(informe.__class__.objects.get(pk=informe.pk)).sha256 in pagina


def test_lo_que_falta_se_dice_y_no_se_pierde_la_nota(secretaria):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    type(informe).objects.filter(pk=informe.pk).update(acuerdo=None)
    respuesta = secretaria.post(pasar(informe, "aprobado"), {"nota": "Por unanimidad"})
    assert respuesta.status_code == 422
    assert "Falta el acuerdo que lo aprueba" in respuesta.content.decode()
    assert "Por unanimidad" in respuesta.content.decode()
    atras = secretaria.post(pasar(informe, "revision"), {"nota": ""})
    assert (atras.status_code, "Diga por qué" in atras.content.decode()) == (422, True)
    largo = secretaria.post(pasar(informe, "revision"), {"nota": "x" * 101})
    assert (largo.status_code, "x" * 101 in largo.content.decode()) == (422, True)
    assert secretaria.get(pasar(informe, "otro")).status_code == 404


def test_si_otra_persona_lo_aprueba_regresarlo_no_abre_una_correccion(secretaria):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    assert 'name="desde" value="presentado"' in secretaria.get(pasar(informe, "revision")).content.decode()
    llevar(informe, EstadoDeInforme.APROBADO)
    respuesta = secretaria.post(pasar(informe, "revision"), {"nota": "Falta un cuadro", "desde": "presentado"})
    pagina = respuesta.content.decode()
    assert (respuesta.status_code, "ya lo pasó a «Aprobado»" in pagina) == (422, True)
    assert "Falta un cuadro" in pagina
    assert 'name="desde" value="aprobado"' in pagina
    informe.refresh_from_db()
    assert informe.estado == EstadoDeInforme.APROBADO


def test_ni_en_el_mismo_instante(monkeypatch):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    retratar = congelado.retratar

    def mientras_se_aprueba(*argumentos, **mas):
        type(informe).objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.APROBADO)
        return retratar(*argumentos, **mas)

    monkeypatch.setattr(congelado, "retratar", mientras_se_aprueba)
    with pytest.raises(ValidationError, match="acaba de pasarlo a «Aprobado»"):
        acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None, nota="Falta un cuadro")
    informe.refresh_from_db()
    assert informe.estado == EstadoDeInforme.APROBADO


def test_los_errores_del_verificador_y_las_observaciones_se_ven_antes(secretaria):
    informe = llevar(fabrica.informe(), EstadoDeInforme.REVISION)
    informe.apartados.filter(titulo="Introducción").update(narrativa="El lunes 25 de noviembre de 2020 hubo sesión.")
    informe.observaciones.create(texto="Falta una tabla")
    pagina = secretaria.get(pasar(informe, "presentado")).content.decode()
    assert "El verificador señala un error" in pagina
    assert "Hay una observación abierta" in pagina
    respuesta = secretaria.post(pasar(informe, "presentado"), {"nota": ""})
    assert (respuesta.status_code, "El verificador señala un error" in respuesta.content.decode()) == (422, True)


def test_quien_no_aprueba_solo_mira(colega):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    version = consultas.vigente(informe)
    pagina = colega.get(reverse("informes:informe_aprobacion", args=[informe.pk])).content.decode()
    assert "Publicar" not in pagina
    assert colega.post(pasar(informe, "publicado")).status_code == 403
    for nombre in ("informe_abandonar", "version_errata"):
        pk = version.pk if nombre == "version_errata" else informe.pk
        assert colega.post(reverse(f"informes:{nombre}", args=[pk])).status_code == 403
    for formato in ("pdf", "docx", "xlsx", "json"):
        respuesta = colega.get(reverse("informes:version_descargar", args=[version.pk, formato]))
        assert b"".join(respuesta) == consultas.contenido(version, formato)
    assert colega.get(reverse("informes:version_descargar", args=[version.pk, "exe"])).status_code == 404
    assert colega.get(reverse("informes:version_evidencias", args=[version.pk])).status_code == 200


def test_aprobar_sin_publicar_no_alcanza_para_lo_aprobado(client):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    client.force_login(persona(*LEE, "informes.aprobar_informe"), backend=MODELO)
    assert client.get(pasar(informe, "publicado")).status_code == 403
    assert client.post(pasar(informe, "revision"), {"nota": "Corregir"}).status_code == 403


def test_la_pagina_y_las_descargas_son_de_lo_congelado(colega):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    leer = reverse("informes:informe_documento", args=[informe.pk])
    antes = colega.get(leer).context["cuerpo"]
    fabrica.sesion(informe.comision, numero=12)
    informe.apartados.filter(titulo="Introducción").update(narrativa="Otra cosa.")
    despues = colega.get(leer)
    assert despues.context["cuerpo"] == antes
    assert "Ver qué ha cambiado" in despues.content.decode()
    cambios = colega.get(reverse("informes:informe_cambios", args=[informe.pk])).content.decode()
    assert "Otra cosa." in cambios
    descarga = colega.get(reverse("informes:informe_descargar", args=[informe.pk, "pdf"]))
    assert descarga.content == consultas.contenido(consultas.vigente(informe), "pdf")


def test_si_falta_el_archivo_se_dice_y_no_se_da_otro(colega):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    archivo = consultas.archivo_de(consultas.vigente(informe), "pdf").archivo
    archivo.storage.delete(archivo.name)
    respuesta = colega.get(reverse("informes:informe_descargar", args=[informe.pk, "pdf"]), follow=True)
    assert "no está en el almacén" in respuesta.content.decode()
    suelta = reverse("informes:version_descargar", args=[consultas.vigente(informe).pk, "pdf"])
    assert colega.get(suelta).status_code == 404


def test_la_lista_de_versiones_no_depende_de_cuantas(secretaria, django_assert_max_num_queries):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    url = reverse("informes:informe_aprobacion", args=[informe.pk])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    secretaria.get(url)
    with CaptureQueriesContext(connection) as una:
        secretaria.get(url)
    from informes.congelado.acciones import anotar_errata
    from informes.congelado.preparacion import Errata

    for _ in range(3):
        anotar_errata(version=consultas.vigente(informe), erratas=[Errata("Introducción", "a", "b")], por=None)
    with django_assert_max_num_queries(len(una)):
        secretaria.get(url)


def datos_de_errata(version, dice="Se informa lo hecho", debe="Se informa todo"):
    ancla = version.documento["apartados"][0]["ancla"]
    vacio = {"form-1-lugar": "", "form-1-dice": "", "form-1-debe_decir": ""}
    gestion = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    return {**gestion, **vacio, "form-0-lugar": ancla, "form-0-dice": dice, "form-0-debe_decir": debe}


def test_anotar_una_errata_en_pantalla(secretaria):
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    version = consultas.vigente(informe)
    url = reverse("informes:version_errata", args=[version.pk])
    assert secretaria.get(url).status_code == 200
    mal = secretaria.post(url, datos_de_errata(version, dice="Esto no está"))
    assert (mal.status_code, "no está en el apartado" in mal.content.decode()) == (422, True)
    assert "Esto no está" in mal.content.decode()
    assert secretaria.post(url, datos_de_errata(version, debe="Se informa lo hecho")).status_code == 422
    assert secretaria.post(url, {}).status_code == 422
    vacia = secretaria.post(url, {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})
    assert "Escriba al menos una errata" in vacia.content.decode()
    respuesta = secretaria.post(url, datos_de_errata(version), follow=True)
    assert "Se anotó la fe de erratas en la versión 2" in respuesta.content.decode()
    assert secretaria.get(url).status_code == 302  # ya hay otra más nueva


def test_abandonar_la_correccion_en_pantalla(secretaria):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    secretaria.post(pasar(informe, "revision"), {"nota": "Por error"})
    pagina = secretaria.get(reverse("informes:informe_aprobacion", args=[informe.pk])).content.decode()
    assert "Está en corrección" in pagina
    url = reverse("informes:informe_abandonar", args=[informe.pk])
    assert url in pagina
    assert "vuelve a ser el de su última versión" in secretaria.get(url).content.decode()
    mal = secretaria.post(url, {"nota": ""})
    assert (mal.status_code, "Diga por qué" in mal.content.decode()) == (422, True)
    largo = secretaria.post(url, {"nota": "x" * 101})
    assert (largo.status_code, "x" * 101 in largo.content.decode()) == (422, True)
    secretaria.post(url, {"nota": "No hacía falta"})
    repetido = secretaria.post(url, {"nota": "No hacía falta"})
    assert (repetido.status_code, "no está en corrección" in repetido.content.decode()) == (422, True)
    informe.refresh_from_db()
    assert informe.estado == EstadoDeInforme.APROBADO


def test_comprobar_las_huellas_es_de_quien_ve_versiones(client):
    version = consultas.vigente(llevar(fabrica.informe(), *HASTA_APROBADO))
    url = reverse("informes:congelados")
    client.force_login(persona("informes.view_informe", "informes.change_identidad"), backend=MODELO)
    assert client.get(url).status_code == 403
    client.force_login(persona("informes.view_versiondeinforme"), backend=MODELO)
    assert version.sha256 in client.get(url).content.decode()
    assert "Las 5 huellas coinciden" in client.post(url).content.decode()
    consultas.archivo_de(version, "pdf").archivo.storage.delete(consultas.archivo_de(version, "pdf").archivo.name)
    assert "El archivo no está" in client.post(url).content.decode()


# -- la constancia ---------------------------------------------------------------


@pytest.fixture
def publicada():
    return consultas.vigente(llevar(fabrica.informe(), *HASTA_PUBLICADO))


def constancia(version):
    return reverse("constancia:ver", args=[version.clave_publica])


def test_la_constancia_se_abre_sin_cuenta(client, publicada, settings):
    respuesta = client.get(constancia(publicada))
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 200
    for dato in (publicada.informe.titulo, publicada.sha256, publicada.informe.acuerdo.folio, "Es la versión vigente"):
        assert dato in pagina
    assert all(a.sha256 in pagina for a in publicada.archivos.all())
    pdf = client.get(reverse("constancia:pdf", args=[publicada.clave_publica]))
    assert b"".join(pdf) == consultas.contenido(publicada, "pdf")
    assert respuesta["X-Robots-Tag"] == "noindex"
    # Nada que diga quién la abrió: sólo el sello del formulario que manda un archivo.
    assert set(respuesta.cookies) == {settings.CSRF_COOKIE_NAME}
    assert respuesta.cookies[settings.CSRF_COOKIE_NAME]["httponly"]
    assert not pdf.cookies


def test_otro_sitio_no_manda_archivos_por_quien_lo_visita(publicada):
    cliente = Client(enforce_csrf_checks=True)
    sello = cliente.get(constancia(publicada)).context["csrf_token"]
    envio = {"archivo": SimpleUploadedFile("informe.pdf", b"otro")}
    assert cliente.post(constancia(publicada), envio).status_code == 403
    envio = {"archivo": SimpleUploadedFile("informe.pdf", b"otro"), "csrfmiddlewaretoken": str(sello)}
    assert "No coincide" in cliente.post(constancia(publicada), envio).content.decode()


@pytest.mark.parametrize("hasta", [HASTA_PRESENTADO, HASTA_APROBADO])
def test_lo_que_no_se_ha_publicado_no_existe(client, hasta):
    informe = llevar(fabrica.informe(), *hasta)
    claves = [v.clave_publica for v in informe.versiones.all() if v.clave_publica] or ["0" * 20]
    for clave in claves:
        for nombre in ("ver", "pdf"):
            assert client.get(reverse(f"constancia:{nombre}", args=[clave])).status_code == 404


def test_lo_retirado_deja_de_abrirse(client, publicada):
    acciones.pasar_informe(
        informe=publicada.informe, estado=EstadoDeInforme.APROBADO, por=None, nota="Traía un dato personal"
    )
    assert client.get(constancia(publicada)).status_code == 404


def test_se_comprueba_una_huella(client, publicada):
    pdf = consultas.archivo_de(publicada, "pdf")
    for escrita in (pdf.sha256, f" {pdf.sha256[:32].upper()} {pdf.sha256[32:]} "):
        assert "Es auténtico" in client.get(constancia(publicada), {"huella": escrita}).content.decode()
    assert (
        "corresponde al contenido" in client.get(constancia(publicada), {"huella": publicada.sha256}).content.decode()
    )
    assert "No coincide" in client.get(constancia(publicada), {"huella": "0" * 64}).content.decode()
    mal = client.get(constancia(publicada), {"huella": "<b>hola"})
    assert (mal.status_code, "64 caracteres" in mal.content.decode()) == (422, True)
    assert "<b>hola" not in mal.content.decode()


def test_sin_javascript_el_archivo_se_manda_y_no_se_guarda(client, publicada, settings, tmp_path):
    bueno = consultas.contenido(publicada, "pdf")
    antes = sorted(tmp_path.rglob("*"))
    respuesta = client.post(constancia(publicada), {"archivo": SimpleUploadedFile("informe.pdf", bueno)})
    assert "Es auténtico" in respuesta.content.decode()
    assert hashlib.sha256(bueno).hexdigest() in respuesta.content.decode()
    otro = client.post(constancia(publicada), {"archivo": SimpleUploadedFile("informe.pdf", bueno + b" ")})
    assert "No coincide" in otro.content.decode()
    assert sorted(tmp_path.rglob("*")) == antes
    assert client.post(constancia(publicada), {}).status_code == 422
    settings.ARCHIVO_TAMANO_MAXIMO = 10
    grande = client.post(constancia(publicada), {"archivo": SimpleUploadedFile("informe.pdf", b"x" * 50)})
    assert (grande.status_code, "pesa más de" in grande.content.decode()) == (422, True)


def test_no_se_mandan_archivos_sin_fin(client, publicada):
    for _ in range(ARCHIVOS_POR_MINUTO):
        assert client.post(constancia(publicada), {}).status_code == 422
    assert client.post(constancia(publicada), {}).status_code == 429
    assert client.get(constancia(publicada), {"huella": publicada.sha256}).status_code == 200


def test_la_corregida_lleva_a_la_vigente(client, publicada):
    from informes.congelado.acciones import anotar_errata
    from informes.congelado.preparacion import Errata

    nueva = anotar_errata(version=publicada, erratas=[Errata("Introducción", "a", "b")], por=None)
    vieja = client.get(constancia(publicada)).content.decode()
    assert "Otra versión corrigió a ésta" in vieja
    assert constancia(nueva) in vieja
    pdf = consultas.archivo_de(publicada, "pdf").sha256
    assert "Es de otra versión" in client.get(constancia(nueva), {"huella": pdf}).content.decode()
    assert "Es la versión vigente" in client.get(constancia(nueva)).content.decode()


def test_la_version_lleva_el_mismo_numero_en_todas_las_paginas(colega):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    version = consultas.vigente(informe)
    assert (version.numero, version.lugar) == (3, 1)  # enviarlo y presentarlo dejaron dos de trabajo
    assert (
        version.sha256 and ("Versión", "1 (aprobada)") in consultas.documento_de(version).apartados[-1].bloques[0].datos
    )
    paginas = [
        colega.get(direccion).content.decode()
        for direccion in (
            reverse("informes:informe_aprobacion", args=[informe.pk]),
            reverse("informes:informe_versiones", args=[informe.pk]),
            version.get_absolute_url(),
        )
    ]
    assert all("Versión 1" in pagina and "ersión 3" not in pagina for pagina in paginas)
    assert "Versión de trabajo 2" in paginas[1]


def test_la_aprobacion_lleva_a_elegir_el_punto_y_el_acuerdo(client, colega):
    informe = fabrica.informe()
    direccion = reverse("informes:informe_aprobacion", args=[informe.pk])
    elegir = f"{reverse('informes:informe_editar', args=[informe.pk])}#id_punto"
    assert elegir in colega.get(direccion).content.decode()
    llevar(informe, *HASTA_APROBADO)
    assert elegir not in colega.get(direccion).content.decode()
    client.force_login(persona(*LEE), backend=MODELO)
    assert elegir not in client.get(direccion).content.decode()


def test_leer_y_verificar_llevan_la_barra_del_informe(colega):
    informe = fabrica.informe()
    aprobacion = f'href="{reverse("informes:informe_aprobacion", args=[informe.pk])}"'
    for pagina in ("informe_documento", "informe_verificar"):
        assert aprobacion in colega.get(reverse(f"informes:{pagina}", args=[informe.pk])).content.decode()
