"""Las páginas de las opiniones: quien captura, quien emite, el área del instrumento y la de otro."""

import io
import zipfile
from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from convenios.models import Opinion, PlantillaDeOpinion
from convenios.opiniones import acciones
from tests.fabricas import convenios as de_convenios
from tests.fabricas import directorio
from tests.fabricas import opiniones as fabrica
from tests.fabricas.personas import persona
from vinculacion.archivo.acciones import evidencias_de
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos, busqueda

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def url(nombre, *args):
    return reverse(f"convenios:{nombre}", args=args)


@pytest.fixture
def entra(client):
    def _entra(papel, **datos):
        quien = papel if not isinstance(papel, str) else con_papel(papel, **datos)
        client.force_login(quien, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


@pytest.fixture
def sin_imprenta(monkeypatch):
    monkeypatch.setattr(acciones, "_guardar_pdf", lambda *_: None)


def test_del_instrumento_a_la_opinion_emitida(entra):
    client = entra(roles.DIRECCION)
    usual = fabrica.plantilla_inicial()
    serie, area = fabrica.serie(), directorio.area(nombre="Área del instrumento", siglas="AI")
    convenio = de_convenios.convenio(areas=[area], titulo="Convenio con la Universidad")
    assert "Solicitar opinión" in texto(client.get(convenio.get_absolute_url()))
    pagina = client.get(url("opinion_nuevo"), {"convenio": convenio.pk})
    inicial = pagina.context["formulario"].initial
    assert (inicial["serie"], inicial["areas"], inicial["plantilla"]) == (serie, [area], usual)
    nueva = {
        "convenio": convenio.pk, "serie": serie.pk, "plantilla": inicial["plantilla"].pk, "solicitada": "2020-03-02",
        "texto": "", "areas": [],
    }  # fmt: skip
    detalle = client.post(url("opinion_nuevo"), nueva, follow=True)
    opinion = Opinion.objects.get()
    assert list(opinion.areas.all()) == [area] and "sobre la pertinencia" in texto(detalle)
    assert "[número de la opinión]" in texto(detalle)

    emitir = client.get(url("opinion_emitir", opinion.pk))
    assert "IECM/UTVOE/OP/001/" in texto(emitir)
    datos = {"sentido": "", "fecha": "2020-03-01", "folio": "", "version": opinion.version}
    mal = client.post(url("opinion_emitir", opinion.pk), datos)
    assert mal.status_code == 422 and set(mal.context["formulario"].errors) == {"sentido", "fecha"}
    datos |= {"sentido": "favorable", "fecha": "2020-03-13"}
    assert client.post(url("opinion_emitir", opinion.pk), {**datos, "version": 99}).status_code == 409
    hecha = client.post(url("opinion_emitir", opinion.pk), datos, follow=True)
    assert "Se emitió la opinión IECM/UTVOE/OP/001/2020" in texto(hecha)
    (pdf,) = evidencias_de(opinion)
    assert pdf.sha256 in texto(hecha)
    leido = "".join(p.extract_text() for p in PdfReader(pdf.archivo).pages)
    for dicho in ("IECM/UTVOE/OP/001/2020", "Viernes 13 de marzo de 2020", "Área del instrumento", "Favorable"):
        assert dicho in " ".join(leido.split())
    assert "Nueva opinión" in texto(client.get(convenio.get_absolute_url()))

    for nombre in ("opinion_editar", "opinion_emitir", "opinion_generar"):
        assert client.get(url(nombre, opinion.pk)).status_code == 403
    assert client.post(url("opinion_eliminar", opinion.pk)).status_code == 409
    quitar = url("opinion_evidencia_quitar", opinion.pk, pdf.pk)
    assert client.post(quitar).status_code == 403
    assert client.get(url("opinion_descargar", opinion.pk, "pdf")).url == pdf.get_absolute_url()
    docx = client.get(url("opinion_descargar", opinion.pk, "docx"))
    with zipfile.ZipFile(io.BytesIO(docx.content)) as archivo:
        assert pdf.sha256[:16] in archivo.read("word/document.xml").decode()
    assert client.get(url("opinion_descargar", opinion.pk, "exe")).status_code == 404

    cancelar = url("opinion_cancelar", opinion.pk)
    assert client.post(cancelar, {"motivo": ""}).status_code == 422
    assert client.post(cancelar, {"motivo": "x" * 501}).status_code == 422
    assert "quedó cancelada" in texto(client.post(cancelar, {"motivo": "Se duplicó"}, follow=True))
    assert client.post(cancelar, {"motivo": "Otra vez"}).status_code == 409
    cancelado = client.get(url("opinion_descargar", opinion.pk, "pdf")).content
    assert "CANCELADA" in PdfReader(io.BytesIO(cancelado)).pages[0].extract_text()


def test_las_dudas_se_confirman_y_la_repetida_lleva_a_la_otra(entra, sin_imprenta):
    client = entra(roles.DIRECCION)
    otra = fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 20))
    opinion = fabrica.borrador()
    datos = {"sentido": "favorable", "fecha": "2020-03-13", "folio": "IECM/UTVOE/OP/1/2020", "version": opinion.version}
    mal = client.post(url("opinion_emitir", opinion.pk), datos)
    assert mal.status_code == 422 and otra.get_absolute_url() in texto(mal)
    assert list(mal.context["formulario"].errors) == ["folio"]
    datos["folio"] = ""
    duda = client.post(url("opinion_emitir", opinion.pk), datos)
    assert duda.status_code == 422 and "llevaría una fecha anterior" in texto(duda)
    assert client.post(url("opinion_emitir", opinion.pk), {**datos, "confirmo_advertencias": "1"}).status_code == 302


def test_volver_a_generar_advierte_y_reemplaza(entra):
    client = entra(roles.CAPTURA)
    opinion, plantilla = fabrica.borrador(texto="Lo mío"), fabrica.plantilla()
    ruta = url("opinion_generar", opinion.pk)
    assert "Se reemplaza todo el texto" in texto(client.get(ruta))
    datos = {"plantilla": plantilla.pk, "version": opinion.version}
    assert "Se revisó" in texto(client.post(ruta, {**datos, "ver": "1"}))
    assert Opinion.objects.get().texto == "Lo mío"
    assert client.post(ruta, {**datos, "plantilla": "9" * 40}).status_code == 422
    assert client.post(ruta, {**datos, "version": "x"}).status_code == 409
    assert client.post(ruta, datos).status_code == 302
    assert Opinion.objects.get().texto.startswith("Se revisó")


def test_lo_mal_escrito_va_a_su_campo_y_no_se_pierde(entra):
    client = entra(roles.CAPTURA)
    mal = {
        "convenio": "9" * 40, "serie": "x", "complementa": "9" * 40, "areas": ["9" * 40], "solicitada": "2020-02-31",
        "plantilla": "\x00", "texto": "{{ nada }} mi texto",
    }  # fmt: skip
    respuesta = client.post(url("opinion_nuevo"), mal)
    assert respuesta.status_code == 422
    assert set(respuesta.context["formulario"].errors) == set(mal)
    assert "{{ nada }} mi texto" in texto(respuesta) and "No hay una marca {{ nada }}" in texto(respuesta)
    for convenio in ("x", "9" * 40, "\x00", "-1"):
        assert client.get(url("opinion_nuevo"), {"convenio": convenio, "complementa": convenio}).status_code == 200
        assert (
            client.get(url("opinion_lista"), {"convenio": convenio, "anio": convenio, "q": convenio}).status_code == 200
        )


def test_borrador_en_dos_ventanas(entra):
    client = entra(roles.CAPTURA)
    opinion = fabrica.borrador()
    datos = {"convenio": opinion.convenio_id, "serie": opinion.serie_id, "texto": "Uno", "version": opinion.version}
    assert client.post(url("opinion_editar", opinion.pk), datos).status_code == 302
    viejo = client.post(url("opinion_editar", opinion.pk), {**datos, "texto": "Dos"})
    assert viejo.status_code == 409 and "Dos" in texto(viejo)


def test_un_borrador_se_descarga_como_borrador(entra):
    client = entra(roles.CAPTURA)
    opinion = fabrica.borrador(texto="Sobre {{ objeto }}, <script>alert(1)</script> {{ sentido }}")
    pdf = client.get(url("opinion_descargar", opinion.pk, "pdf"))
    leido = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "BORRADOR" in leido and "sentido de la opinión" in leido
    assert client.get(url("opinion_descargar", opinion.pk, "docx")).status_code == 200
    assert "<script>alert" not in client.get(opinion.get_absolute_url()).content.decode()


def test_captura_no_emite_ni_cancela(entra, sin_imprenta):
    borrador, emitida = fabrica.borrador(), fabrica.emitida()
    client = entra(roles.CAPTURA)
    assert client.post(url("opinion_emitir", borrador.pk)).status_code == 403
    assert client.post(url("opinion_cancelar", emitida.pk)).status_code == 403
    pagina = texto(client.get(borrador.get_absolute_url()))
    assert url("opinion_emitir", borrador.pk) not in pagina and url("opinion_generar", borrador.pk) in pagina


def test_un_area_solo_ve_las_emitidas_de_sus_instrumentos(entra, sin_imprenta):
    area = directorio.area(nombre="Área propia", siglas="AP")
    propio = de_convenios.convenio(areas=[area], titulo="Convenio propio")
    borrador, emitida = fabrica.borrador(propio), fabrica.emitida(propio)
    ajena = fabrica.emitida(de_convenios.convenio(titulo="Convenio ajeno"))
    client = entra(roles.AREA, area=area)
    lista = texto(client.get(url("opinion_lista")))
    assert emitida.folio in lista and ajena.folio not in lista and "Convenio ajeno" not in lista
    for oculta in (borrador, ajena):
        for ruta in (oculta.get_absolute_url(), url("opinion_descargar", oculta.pk, "docx")):
            assert client.get(ruta).status_code == 404
    assert client.get(emitida.get_absolute_url()).status_code == 200
    instrumento = texto(client.get(propio.get_absolute_url()))
    assert emitida.folio in instrumento and "Borrador, sin número" not in instrumento
    csv = client.get(url("opinion_lista"), {"_export": "csv"}).content.decode()
    assert emitida.folio in csv and ajena.folio not in csv
    usuario = client.get(url("opinion_lista")).wsgi_request.user
    halladas = dict(busqueda.buscar(usuario, "UTVOE"))["Opiniones de pertinencia"]
    assert [r.titulo for r in halladas] == [emitida.folio]
    assert not entra(roles.AREA).get(url("opinion_lista")).context["total"]


def test_la_lista_hace_las_mismas_consultas_con_una_que_con_treinta(entra, sin_imprenta):
    client = entra(roles.DIRECCION)

    def consultas(ruta):
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            assert client.get(ruta).status_code == 200
        return len(hechas)

    convenio = de_convenios.convenio()
    fabrica.emitida(convenio)
    client.get(url("opinion_lista"))
    rutas = (url("opinion_lista"), url("opinion_lista") + "?_export=csv", convenio.get_absolute_url())
    con_una = [consultas(r) for r in rutas]
    for _ in range(24):
        fabrica.emitida(convenio)
    assert [consultas(r) for r in rutas] == con_una


def test_filtros_y_dias(entra, sin_imprenta):
    fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 13), solicitada=date(2020, 3, 2))
    fabrica.historica("IECM/UTVOE/OP/001/2021", date(2021, 3, 13), sentido="no_favorable")
    client = entra(roles.CONSEJERIA)
    total = lambda **f: client.get(url("opinion_lista"), f).context["total"]  # noqa: E731
    assert (total(anio=2020), total(sentido="no_favorable"), total(estado="borrador")) == (1, 1, 0)
    assert (total(q="op/001/2021"), total(desde="2020-12-31"), total()) == (1, 1, 2)
    assert 'class="numero">11</td>' in texto(client.get(url("opinion_lista"), {"ordenar": "-espera"}))
    for orden in ("folio", "-folio", "convenio", "sentido", "fecha", "espera", "nada"):
        assert client.get(url("opinion_lista"), {"ordenar": orden}).status_code == 200


def test_las_plantillas_dicen_que_marca_no_existe(entra):
    client = entra(roles.DIRECCION)
    inicial = fabrica.plantilla_inicial()
    assert "Universidad del Valle" in texto(client.get(inicial.get_absolute_url()))
    datos = {"nombre": "Breve", "texto": "Sobre {{ contraparte }} y {{ objeto", "activa": "on"}
    mal = client.post(url("plantilladeopinion_nuevo"), datos)
    assert mal.status_code == 422
    error = " ".join(mal.context["formulario"].errors["texto"])
    assert "{{ contraparte }}" in error and "sin cerrar" in error and "contrapartes" in error
    buena = client.post(url("plantilladeopinion_nuevo"), {**datos, "texto": "Sobre {{ contrapartes }}"}, follow=True)
    assert "Sobre Universidad del Valle" in texto(buena) and "Sobre {{ contrapartes }}" in texto(buena)
    usada = PlantillaDeOpinion.objects.get(nombre="Breve")
    fabrica.borrador(plantilla=usada)
    assert client.post(url("plantilladeopinion_eliminar", usada.pk)).status_code == 409
    assert entra(roles.CAPTURA).get(url("plantilladeopinion_nuevo")).status_code == 403


def test_se_agrega_el_original_a_una_historica(entra):
    opinion = fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 13))
    client = entra(roles.CAPTURA)
    archivo = SimpleUploadedFile("original.pdf", b"%PDF-1.4 original", "application/pdf")
    respuesta = client.post(url("opinion_evidencia", opinion.pk), {"evidencia-archivo": archivo})
    assert respuesta.status_code == 302 and evidencias_de(opinion).count() == 1


def test_avisa_del_borrador_que_espera(entra):
    opinion = fabrica.borrador(solicitada=date(2020, 3, 2))

    def clases(quien):
        return [a.clase for a in avisos.reunir(quien, date(2020, 4, 1)) if a.url == opinion.get_absolute_url()]

    assert clases(con_papel(roles.CAPTURA)) == ["Opinión sin emitir"]
    assert not clases(con_papel(roles.CONSEJERIA))


def test_el_area_no_lee_los_borradores_en_la_historia_ni_abre_la_base_ajena(entra):
    area = directorio.area()
    base = fabrica.historica("IECM/UTVOE/OP/007/2020", date(2020, 3, 1))
    suya = fabrica.borrador(de_convenios.convenio(areas=[area]), complementa=base, texto="Texto reservado.")
    suya.texto = "Es pertinente."
    acciones.guardar_opinion(opinion=suya, por=None)
    acciones.emitir(
        opinion=suya, sentido="favorable", fecha=date(2020, 4, 1), folio="IECM/UTVOE/OP/007bis/2020", por=None
    )
    for papel, lo_ve in ((roles.AREA, False), (roles.CAPTURA, True)):
        pagina = texto(entra(papel, area=area).get(suya.get_absolute_url()))
        assert "Es pertinente." in pagina and base.folio in pagina
        assert ("Texto reservado." in pagina) is lo_ve
        assert base.get_absolute_url() + '"' not in pagina


def test_la_opinion_nace_con_un_solo_renglon_de_historia_y_sus_areas():
    opinion = fabrica.borrador(areas=[directorio.area(), directorio.area()])
    assert opinion.history.count() == 1 and opinion.history.get().areas.count() == 2
