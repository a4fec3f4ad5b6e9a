"""Las páginas genéricas, probadas sobre los organismos."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from tests.fabricas.directorio import organismo
from tests.fabricas.personas import de_todo, persona
from vinculacion.archivo.models import Evidencia
from vinculacion.directorio.models import NombreDeOrganismo, Organismo
from vinculacion.nucleo import paginas

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.nucleo.rutas")]

LISTA = "/especimen/"
VACIOS = {"nombres-TOTAL_FORMS": "0", "nombres-INITIAL_FORMS": "0"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def datos(**otros):
    return {
        "nombre": "Universidad de Prueba",
        "siglas": "",
        "clase": "academia",
        "ambito": "local",
        "pais": "MX",
        "activo": "on",
        **VACIOS,
        **otros,
    }


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


@pytest.fixture
def dueno(client):
    usuario = de_todo("directorio.organismo", first_name="Titular", last_name="UTVOE")
    client.force_login(usuario)
    return usuario


# -- acceso --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ruta", ["", "nuevo/", "1/", "1/editar/", "1/eliminar/", "1/evidencia/"])
def test_sin_sesion_lleva_a_la_entrada(client, ruta):
    respuesta = client.get(LISTA + ruta)
    assert respuesta.status_code == 302
    assert respuesta.url.startswith("/cuenta/")


def test_sin_permiso_explica_en_espanol(client):
    client.force_login(persona("directorio.view_organismo"))
    assert client.get(LISTA).status_code == 200
    for ruta in ("nuevo/", f"{organismo().pk}/editar/", f"{organismo().pk}/eliminar/"):
        respuesta = client.get(LISTA + ruta)
        assert respuesta.status_code == 403
        assert "No puede entrar a esta página" in texto(respuesta)


def test_cada_vista_dice_su_permiso():
    from tests.nucleo.rutas import especimen

    permisos = {p.name.removeprefix("especimen_"): p.callback.view_class.permiso for p in especimen}
    assert permisos["lista"] == permisos["detalle"] == "directorio.view_organismo"
    assert permisos["nuevo"] == "directorio.add_organismo"
    assert permisos["editar"] == permisos["evidencia"] == "directorio.change_organismo"
    assert permisos["eliminar"] == "directorio.delete_organismo"


def test_fuera_de_la_consulta_no_existe(client, dueno):
    assert client.get(f"{LISTA}99999/").status_code == 404
    assert client.post(f"{LISTA}99999/editar/", datos()).status_code == 404


def test_visible(dueno):
    uno = organismo()
    assert paginas.visible(dueno, uno)
    assert not paginas.visible(persona(), uno)


# -- lista ---------------------------------------------------------------------------------------


def test_lista_vacia_invita_a_capturar(client, dueno):
    cuerpo = texto(client.get(LISTA))
    assert "Todavía no hay organismos" in cuerpo
    assert "Nuevo organismo" in cuerpo


def test_busca_sin_acentos_y_por_nombre_anterior(client, dueno):
    ine = organismo(nombre="Instituto Nacional", siglas="INE")
    NombreDeOrganismo.objects.create(organismo=ine, nombre="Órgano Antiguo", hasta=date(2014, 4, 3))
    organismo(nombre="Otra Institución")
    for q in ("organo antiguo", "ÓRGANO", "instituto nacio"):
        cuerpo = texto(client.get(LISTA, {"q": q}))
        assert "Instituto Nacional" in cuerpo
        assert "Otra Institución" not in cuerpo
    assert "Nada coincide" in texto(client.get(LISTA, {"q": "zzz%_\x00"}))


def test_parametros_raros_no_rompen(client, dueno):
    organismo()
    for parametros in (
        {"pagina": "x"},
        {"pagina": "999"},
        {"por_pagina": "-1"},
        {"ordenar": "nada"},
        {"ambito": "marciano"},
        {"padre": "abc"},
        {"clase": "\x00"},
        {"_export": "exe"},
    ):
        assert client.get(LISTA, parametros).status_code == 200, parametros


def test_pagina_y_conserva_filtros(client, dueno):
    Organismo.objects.bulk_create(
        Organismo(nombre=f"Escuela {n:03}", clase="academia", ambito="local") for n in range(60)
    )
    cuerpo = texto(client.get(LISTA, {"ambito": "local"}))
    assert "Página 1 de 3" in cuerpo
    assert "ambito=local&pagina=2" in cuerpo
    assert "Página 1 de 2" in texto(client.get(LISTA, {"por_pagina": "50"}))


def test_lista_mismas_consultas_con_1_y_con_30(client, dueno, django_assert_max_num_queries):
    def cuenta():
        with django_assert_max_num_queries(30) as captura:
            client.get(LISTA)
        return len(captura)

    padre = organismo()
    organismo(padre=padre)
    cuenta()
    pocas = cuenta()
    for _ in range(20):
        organismo(padre=padre)
    assert cuenta() == pocas


def test_exporta_lo_filtrado_sin_formulas(client, dueno):
    organismo(nombre="=HYPERLINK(1)", ambito="local")
    organismo(nombre="Fuera", ambito="nacional")
    csv = client.get(LISTA, {"_export": "csv", "ambito": "local"})
    assert csv["Content-Type"].startswith("text/csv")
    cuerpo = csv.content.decode("utf-8-sig")
    assert "'=HYPERLINK" in cuerpo
    assert "Fuera" not in cuerpo
    libro = load_workbook(io.BytesIO(client.get(LISTA, {"_export": "xlsx"}).content))
    assert libro.active.max_row == 3
    assert all(celda.data_type != "f" for fila in libro.active.iter_rows() for celda in fila)


def test_paginas_de_error_en_espanol(client, dueno):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(dueno)
    respuesta = cliente.post(f"{LISTA}nuevo/", datos())
    assert (respuesta.status_code, "La página caducó" in texto(respuesta)) == (403, True)
    enorme = client.post(f"{LISTA}nuevo/", datos(nombre="x" * 3_000_000))
    assert (enorme.status_code, "demasiado grande" in texto(enorme)) == (413, True)


# -- formulario ----------------------------------------------------------------------------------


def test_crea_y_anota_historia(client, dueno):
    respuesta = client.post(f"{LISTA}nuevo/", datos(), follow=True)
    creado = Organismo.objects.get(nombre="Universidad de Prueba")
    assert respuesta.redirect_chain[-1][0] == f"{LISTA}{creado.pk}/"
    cuerpo = texto(respuesta)
    assert "Se creó el organismo «Universidad de Prueba»" in cuerpo
    assert "data-guardado" in cuerpo
    assert creado.history.first().history_user == dueno


def test_errores_junto_al_campo_y_nada_se_pierde(client, dueno):
    largo = "á" * 10_000
    respuesta = client.post(f"{LISTA}nuevo/", datos(nombre=largo, clase="", siglas="TECLEADO"))
    assert respuesta.status_code == 422
    cuerpo = texto(respuesta)
    assert largo in cuerpo
    assert "TECLEADO" in cuerpo
    assert "Falta este dato." in cuerpo
    assert 'href="#id_nombre"' in cuerpo


def test_fecha_imposible_se_explica_y_se_conserva(client, dueno):
    fila = {
        "nombres-TOTAL_FORMS": "1",
        "nombres-0-nombre": "Antes",
        "nombres-0-desde": "31/02/2020",
        "nombres-0-hasta": "2020-05-01",
    }
    cuerpo = texto(client.post(f"{LISTA}nuevo/", datos(**fila)))
    assert "Esa fecha no existe" in cuerpo
    assert 'value="31/02/2020"' in cuerpo
    fila.update({"nombres-0-desde": "2020-06-01"})
    assert "anterior a la inicial" in texto(client.post(f"{LISTA}nuevo/", datos(**fila)))
    assert not Organismo.objects.exists()


def test_conjunto_se_guarda_con_su_padre(client, dueno):
    fila = {"nombres-TOTAL_FORMS": "1", "nombres-0-nombre": "Antes", "nombres-0-hasta": "2020-05-01"}
    client.post(f"{LISTA}nuevo/", datos(**fila))
    assert Organismo.objects.get().nombres.get().nombre == "Antes"


def test_nombre_repetido_se_dice(client, dueno):
    organismo(nombre="Universidad de Prueba")
    respuesta = client.post(f"{LISTA}nuevo/", datos())
    assert respuesta.status_code == 422
    assert Organismo.objects.count() == 1


def test_guardar_y_capturar_otra(client, dueno):
    respuesta = client.post(f"{LISTA}nuevo/?ambito=local", datos(otra="1"))
    assert respuesta.url == f"{LISTA}nuevo/?ambito=local"


def test_la_direccion_prellena(client, dueno):
    padre = organismo(nombre="Padre")
    cuerpo = texto(client.get(f"{LISTA}nuevo/", {"padre": padre.pk, "siglas": "AB", "ajeno": "x"}))
    assert f'<option value="{padre.pk}" selected>' in cuerpo
    assert client.get(f"{LISTA}nuevo/", {"padre": "abc"}).status_code == 200


def test_siguiente_solo_dentro_del_sitio(client, dueno):
    assert client.post(f"{LISTA}nuevo/", datos(nombre="A", siguiente="/buscar/")).url == "/buscar/"
    assert client.post(f"{LISTA}nuevo/", datos(nombre="B", siguiente="https://malo.example/")).url.startswith(LISTA)


def test_doble_envio_guarda_uno(client, dueno):
    primero = client.post(f"{LISTA}nuevo/", datos(envio="sello-1"))
    segundo = client.post(f"{LISTA}nuevo/", datos(envio="sello-1"))
    assert segundo.status_code == 302
    assert segundo.url == primero.url
    assert Organismo.objects.count() == 1


def test_volver_atras_corregir_y_guardar_no_se_toma_por_el_mismo_envio(client, dueno):
    client.post(f"{LISTA}nuevo/", datos(envio="sello-1"))
    hecho = Organismo.objects.get()
    editar = f"{LISTA}{hecho.pk}/editar/"
    escrito = datos(nombre="Uno", version=hecho.version, envio="sello-2")
    assert client.post(editar, escrito).status_code == 302
    assert client.post(editar, escrito | {"otra": "1"}).status_code == 302  # dos clics, con otro botón
    atras = client.post(editar, escrito | {"nombre": "Lo que corrigió al volver"})
    assert atras.status_code == 409
    assert "Lo que corrigió al volver" in texto(atras)


@pytest.mark.django_db(transaction=True)
def test_dos_clics_al_mismo_tiempo_guardan_uno():
    usuario = de_todo("directorio.organismo")
    madre = Client()
    madre.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")

    def envia(_):
        gemelo = Client()
        gemelo.cookies = madre.cookies
        try:
            return gemelo.post(f"{LISTA}nuevo/", datos(envio="sello-gemelo")).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        destinos = set(hilos.map(envia, range(4)))
    assert Organismo.objects.count() == 1
    assert len(destinos) == 1


def test_advertencia_se_ensena_una_vez(client, dueno):
    parecido = datos(nombre="Uno parecido")
    respuesta = client.post(f"{LISTA}nuevo/", parecido)
    assert "Se parece a otro." in texto(respuesta)
    assert "Guardar de todos modos" in texto(respuesta)
    assert not Organismo.objects.exists()
    client.post(f"{LISTA}nuevo/", {**parecido, "confirmo_advertencias": "1"})
    assert Organismo.objects.count() == 1


def test_impedimento_para_editar(client, dueno):
    uno = organismo(siglas="VAL")
    assert "Está validado y ya no se edita." in texto(client.get(f"{LISTA}{uno.pk}/editar/"))
    assert client.post(f"{LISTA}{uno.pk}/editar/", datos(version=uno.version)).status_code == 403
    assert "/editar/" not in texto(client.get(f"{LISTA}{uno.pk}/"))


# -- dos personas a la vez -----------------------------------------------------------------------


def test_el_segundo_ve_las_dos_versiones_y_no_pierde_nada(client, dueno, django_user_model):
    uno = organismo(nombre="Original", siglas="ORI")
    abierta = uno.version
    otra = de_todo("directorio.organismo", first_name="Colega", last_name="Segunda")
    cliente_otra = type(client)()
    cliente_otra.force_login(otra)
    assert (
        cliente_otra.post(f"{LISTA}{uno.pk}/editar/", datos(nombre="De la colega", version=abierta)).status_code == 302
    )

    respuesta = client.post(f"{LISTA}{uno.pk}/editar/", datos(nombre="Lo mío", siglas="MIO", version=abierta))
    assert respuesta.status_code == 409
    cuerpo = texto(respuesta)
    for fragmento in ("Colega Segunda", "Lo mío", "De la colega", "MIO", "Guardar lo mío encima"):
        assert fragmento in cuerpo
    uno.refresh_from_db()
    assert uno.nombre == "De la colega"
    assert f'name="version" value="{uno.version}"' in cuerpo

    client.post(f"{LISTA}{uno.pk}/editar/", datos(nombre="Lo mío", siglas="MIO", version=uno.version))
    uno.refresh_from_db()
    assert uno.nombre == "Lo mío"


def test_un_renglon_que_otra_persona_borro_no_se_pierde(client, dueno):
    uno = organismo()
    borrado = NombreDeOrganismo.objects.create(organismo=uno, nombre="Antiguo", hasta=date(2014, 4, 3))
    quedado = NombreDeOrganismo.objects.create(organismo=uno, nombre="Otro", hasta=date(2015, 4, 3))
    enviado = datos(
        **{
            "nombres-TOTAL_FORMS": "2",
            "nombres-INITIAL_FORMS": "2",
            "nombres-0-id": borrado.pk,
            "nombres-0-nombre": "Antiguo corregido",
            "nombres-0-hasta": "2014-04-03",
            "nombres-1-id": quedado.pk,
            "nombres-1-nombre": "Otro",
            "nombres-1-hasta": "2015-04-03",
        },
        version=uno.version,
    )
    borrado.delete()
    assert client.post(f"{LISTA}{uno.pk}/editar/", enviado).status_code == 302
    assert [n.nombre for n in uno.nombres.all()] == ["Antiguo corregido", "Otro"]


def test_no_se_tocan_renglones_de_otro_padre(client, dueno):
    ajeno = NombreDeOrganismo.objects.create(organismo=organismo(), nombre="Ajeno", hasta=date(2014, 4, 3))
    uno = organismo()
    fila = {
        "nombres-TOTAL_FORMS": "1",
        "nombres-INITIAL_FORMS": "1",
        "nombres-0-id": ajeno.pk,
        "nombres-0-nombre": "Robado",
        "nombres-0-hasta": "2014-04-03",
    }
    client.post(f"{LISTA}{uno.pk}/editar/", datos(version=uno.version, **fila))
    ajeno.refresh_from_db()
    assert (ajeno.nombre, ajeno.organismo_id == uno.pk) == ("Ajeno", False)


def test_sin_version_es_conflicto(client, dueno):
    uno = organismo()
    assert client.post(f"{LISTA}{uno.pk}/editar/", datos()).status_code == 409


# -- detalle, historia y eliminar ----------------------------------------------------------------


def test_detalle_con_historia_de_cambios(client, dueno):
    uno = organismo(nombre="Antes")
    client.post(f"{LISTA}{uno.pk}/editar/", datos(nombre="Después", ambito="nacional", version=uno.version))
    cuerpo = texto(client.get(f"{LISTA}{uno.pk}/"))
    assert "Titular UTVOE" in cuerpo
    assert "<del>Antes</del>" in cuerpo
    assert "<ins>Después</ins>" in cuerpo
    assert "<ins>Nacional</ins>" in cuerpo
    assert 'action="/validar/"' in cuerpo


def test_el_texto_escrito_no_se_vuelve_html(client, dueno):
    uno = organismo(nombre="<script>alert(1)</script>")
    for ruta in ("", f"{uno.pk}/", f"{uno.pk}/editar/", f"{uno.pk}/eliminar/"):
        assert "<script>alert" not in client.get(LISTA + ruta).content.decode()


def test_eliminar_pide_confirmacion(client, dueno):
    uno = organismo()
    assert "¿Eliminar" in texto(client.get(f"{LISTA}{uno.pk}/eliminar/"))
    assert Organismo.objects.exists()
    assert client.post(f"{LISTA}{uno.pk}/eliminar/").url == LISTA
    assert not Organismo.objects.exists()


def test_no_elimina_lo_que_otros_necesitan(client, dueno):
    padre = organismo(nombre="Padre")
    organismo(nombre="Hijo", padre=padre)
    respuesta = client.post(f"{LISTA}{padre.pk}/eliminar/")
    assert respuesta.status_code == 409
    assert "Depende de él: organismo «Hijo»" in texto(respuesta)
    assert Organismo.objects.count() == 2


def test_impedimento_para_eliminar(client, dueno):
    uno = organismo(siglas="VAL")
    assert "Está validado y no se elimina." in texto(client.post(f"{LISTA}{uno.pk}/eliminar/"))
    assert Organismo.objects.exists()


# -- evidencia -----------------------------------------------------------------------------------


@pytest.fixture
def deposito(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sube(client, uno, **campos):
    return client.post(f"{LISTA}{uno.pk}/evidencia/", {f"evidencia-{k}": v for k, v in campos.items()})


def test_agrega_y_quita_archivo_y_enlace(client, dueno, deposito, django_capture_on_commit_callbacks):
    uno = organismo()
    assert sube(client, uno, archivo=SimpleUploadedFile("oficio.pdf", PDF)).status_code == 302
    assert sube(client, uno, enlace="https://www.iecm.example/nota", titulo="Nota").status_code == 302
    archivo, enlace = Evidencia.objects.order_by("pk")
    assert (archivo.nombre_original, archivo.tipo_mime, archivo.tamano) == ("oficio.pdf", "application/pdf", len(PDF))
    assert archivo.subido_por == dueno
    cuerpo = texto(client.get(f"{LISTA}{uno.pk}/"))
    assert "oficio.pdf" in cuerpo
    assert "https://www.iecm.example/nota" in cuerpo
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LISTA}{uno.pk}/evidencia/{archivo.pk}/quitar/")
    assert list(Evidencia.objects.all()) == [enlace]
    assert not [r for r in deposito.rglob("*") if r.is_file()]


@pytest.mark.parametrize(
    ("archivo", "mensaje"),
    [
        (SimpleUploadedFile("vacio.pdf", b""), "0 bytes"),
        (SimpleUploadedFile("falso.pdf", b"MZ\x90\x00" + b"\x00" * 200), "su contenido es de otro tipo"),
        (SimpleUploadedFile("programa.exe", b"MZ\x90\x00"), "No se aceptan archivos «.exe»"),
        (SimpleUploadedFile("enorme.pdf", PDF + b"0" * 3_000_000), "el máximo es"),
    ],
)
def test_archivo_que_no_vale(client, dueno, deposito, settings, archivo, mensaje):
    settings.ARCHIVO_TAMANO_MAXIMO = 1_000_000
    archivo.seek(0)
    uno = organismo()
    respuesta = sube(client, uno, archivo=archivo, titulo="Lo que tecleé")
    assert respuesta.status_code == 422
    assert mensaje in texto(respuesta)
    assert "Lo que tecleé" in texto(respuesta)
    assert not Evidencia.objects.exists()


def test_evidencia_sin_nada_y_repetida(client, dueno, deposito):
    uno = organismo()
    assert "Elija un archivo o escriba un enlace." in texto(sube(client, uno))
    sube(client, uno, archivo=SimpleUploadedFile("a.pdf", PDF))
    assert "ya es evidencia" in texto(sube(client, uno, archivo=SimpleUploadedFile("b.pdf", PDF)))
    assert Evidencia.objects.count() == 1


def test_la_evidencia_de_uno_no_se_quita_desde_otro(client, dueno, deposito):
    uno, otro = organismo(), organismo()
    sube(client, uno, enlace="https://www.iecm.example/")
    ajena = Evidencia.objects.get()
    assert client.post(f"{LISTA}{otro.pk}/evidencia/{ajena.pk}/quitar/").status_code == 404
