"""Los filtros de la lista, la búsqueda y las descargas."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios import acciones
from convenios.documentos.acciones import agregar_version
from convenios.models import Convenio, DocumentoDeConvenio
from tests.fabricas import actos as de_actos
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.directorio.models import NombreDeOrganismo
from vinculacion.nucleo import busqueda
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
LISTA = "convenios:convenio_lista"


@pytest.fixture
def captura(client):
    usuario = persona()
    usuario.groups.add(Group.objects.get(name=roles.CAPTURA))
    client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
    client.usuario = usuario
    return client


def folios(client, **filtros) -> set[str]:
    respuesta = client.get(reverse(LISTA), filtros)
    assert respuesta.status_code == 200
    filas = [fila.record.folio for fila in respuesta.context["tabla"].rows]
    assert len(filas) == len(set(filas))
    return set(filas)


def test_cada_filtro_deja_lo_suyo(captura):
    universidad, otra = directorio.organismo(), directorio.organismo()
    instituto = directorio.organismo(clase="internacional", ambito="internacional", pais="UY")
    fabrica.convenio(
        folio="A", contrapartes=[universidad, otra], fecha_firma=date(2020, 10, 9), responsable=captura.usuario
    )
    fabrica.convenio(
        folio="B",
        contrapartes=[instituto],
        fecha_firma=hoy() - timedelta(days=300),
        vigencia="fecha",
        vigencia_hasta=hoy() + timedelta(days=20),
    )
    fabrica.convenio(folio="C", contrapartes=[otra], vigencia="compromisos")
    casos = [
        ({"contraparte": otra.pk}, {"A", "C"}),
        ({"clase": "academia"}, {"A", "C"}),
        ({"clase": "internacional"}, {"B"}),
        ({"pais": "UY"}, {"B"}),
        ({"responsable": captura.usuario.pk}, {"A"}),
        ({"vigencia": "compromisos"}, {"C"}),
        ({"anio": 2020}, {"A"}),
        ({"vence_en": 30}, {"B"}),
        ({"vence_en": 10}, set()),
        ({"pais": "MX", "clase": "academia", "contraparte": universidad.pk}, {"A"}),
    ]
    for filtros, esperados in casos:
        assert folios(captura, **filtros) == esperados, filtros


@pytest.mark.parametrize("campo", ["contraparte", "clase", "pais", "responsable", "vigencia", "anio", "vence_en"])
@pytest.mark.parametrize("basura", ["x", "9" * 40, "-1", "2020.5", "\x00", "1e9"])
def test_un_filtro_con_basura_no_truena(captura, campo, basura):
    fabrica.convenio()
    assert captura.get(reverse(LISTA), {campo: basura}).status_code == 200
    assert captura.get(reverse(LISTA), {campo: basura, "_export": "csv"}).status_code == 200


def test_se_busca_por_notas_y_por_el_nombre_que_tuvo_la_contraparte(captura):
    organismo = directorio.organismo(nombre="Instituto Nacional Electoral")
    NombreDeOrganismo.objects.create(
        organismo=organismo, nombre="Instituto Federal Electoral", siglas="IFE", hasta=date(2014, 4, 3)
    )
    fabrica.convenio(folio="VIEJO", contrapartes=[organismo])
    fabrica.convenio(folio="ANOTADO", notas="El original está en el archivo de concentración.")
    for texto, folio in (("instituto federal", "VIEJO"), ("ife", "VIEJO"), ("concentracion", "ANOTADO")):
        assert folios(captura, q=texto) == {folio}
        hallados = dict(busqueda.buscar(captura.usuario, texto)).get("Convenios", [])
        assert [r.detalle.split(" · ")[0] for r in hallados] == [folio]


def test_las_mismas_consultas_con_uno_y_con_treinta(captura):
    area = directorio.area()
    padre = fabrica.convenio(areas=[area])
    urls = [reverse(LISTA), reverse(LISTA) + "?_export=csv", padre.get_absolute_url()]

    def cuantas(url) -> int:
        with CaptureQueriesContext(connection) as hechas:
            assert captura.get(url).status_code == 200
        return len(hechas)

    fabrica.convenio(areas=[area], padre=padre)
    [cuantas(u) for u in urls]
    antes = [cuantas(u) for u in urls]
    for _ in range(28):
        fabrica.convenio(areas=[area], padre=padre)
    assert [cuantas(u) for u in urls] == antes


def test_un_area_no_ve_en_los_filtros_lo_que_no_es_suyo(client):
    area = directorio.area()
    suya, ajena = directorio.organismo(nombre="Suya", pais="PE"), directorio.organismo(nombre="Ajena", pais="UY")
    fabrica.convenio(areas=[area], contrapartes=[suya])
    fabrica.convenio(contrapartes=[ajena])
    enlace = persona(area=area)
    enlace.groups.add(Group.objects.get(name=roles.AREA))
    client.force_login(enlace, backend="django.contrib.auth.backends.ModelBackend")
    formulario = client.get(reverse(LISTA)).context["filtro"].form
    assert list(formulario.fields["contraparte"].queryset) == [suya]
    assert {c for c, _ in formulario.fields["pais"].choices} == {"", "PE"}
    assert list(formulario.fields["areas"].queryset) == [area]


def test_un_area_no_sabe_de_que_instrumento_ajeno_deriva_el_suyo(client):
    area = directorio.area()
    padre = fabrica.convenio(folio="AJENO/1", titulo="Marco ajeno secreto")
    hijo = fabrica.convenio(areas=[area])
    hijo.padre = padre
    acciones.guardar_convenio(convenio=hijo, por=None)
    for papel, lo_ve in ((roles.AREA, False), (roles.CAPTURA, True)):
        usuario = persona(area=area)
        usuario.groups.add(Group.objects.get(name=papel))
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        pagina = client.get(hijo.get_absolute_url()).content.decode()
        hoja = client.get(reverse(LISTA), {"_export": "csv"}).content.decode()
        assert ("Marco ajeno secreto" in pagina, "AJENO/1" in hoja) == (lo_ve, lo_ve)
        assert hijo.folio in hoja and ("(no lo puede ver)" in pagina) is not lo_ve


def test_un_papel_de_area_sin_area_no_ve_nada(client):
    fabrica.convenio()
    usuario = persona()
    usuario.groups.add(Group.objects.get(name=roles.AREA))
    client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
    assert folios(client) == set()


def test_no_se_elimina_lo_que_esta_en_un_acto_o_tiene_su_archivo_firmado(captura):
    en_acto = fabrica.convenio()
    de_actos.acto(instrumentos=[en_acto], titulo="Firma del marco")
    con_archivo = fabrica.convenio(fecha_firma=date(2024, 3, 1))
    documento = DocumentoDeConvenio(convenio=con_archivo, clase="firmado", titulo="Firmado", fecha=date(2024, 3, 1))
    agregar_version(documento=documento, enlace="https://iecm.example/firmado.pdf", por=captura.usuario)
    for convenio, razon in ((en_acto, "Firma del marco"), (con_archivo, "instrumento firmado")):
        respuesta = captura.post(reverse("convenios:convenio_eliminar", args=[convenio.pk]))
        assert respuesta.status_code == 409 and razon in respuesta.content.decode()
    solo = fabrica.convenio()
    captura.post(reverse("convenios:convenio_eliminar", args=[solo.pk]))
    assert set(Convenio.objects.all()) == {en_acto, con_archivo}


@pytest.mark.parametrize("pagina", ["convenio_lista", "convenio_tablero", "acompanamiento_lista", "vencimientos"])
def test_los_filtros_no_nombran_areas_ni_personas_de_instrumentos_ajenos(client, pagina):
    propia, otra = directorio.area(nombre="Área de casa"), directorio.area(nombre="Área de enfrente")
    lleva = persona(first_name="Enlace", last_name="De Enfrente")
    fabrica.convenio(areas=[otra], responsable=lleva, fecha_firma=date(2024, 3, 1))
    fabrica.convenio(areas=[propia], gestion="acompanada")
    fabrica.convenio(areas=[propia], fecha_firma=date(2024, 3, 1))
    usuario = persona(area=propia)
    usuario.groups.add(Group.objects.get(name=roles.AREA))
    client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
    respuesta = client.get(reverse(f"convenios:{pagina}")).content.decode()
    assert "Área de casa" in respuesta
    assert "Área de enfrente" not in respuesta and "De Enfrente" not in respuesta
