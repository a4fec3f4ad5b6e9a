"""La identidad gráfica: qué logotipo y qué color se aceptan, cuál es la predeterminada y quién la cambia."""

import base64
import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from informes.identidades import consultas, logotipo, reglas
from informes.identidades.acciones import eliminar_identidad, guardar_identidad
from informes.identidades.muestra import documento
from informes.models import Identidad
from tests.fabricas.bloques import png
from tests.fabricas.identidades import SVG, archivo, archivo_png, identidad
from tests.fabricas.informes import informe
from tests.fabricas.personas import de_todo, persona
from tests.nucleo.imprenta.test_imprenta import faltas
from vinculacion.nucleo.colores import contraste_con_blanco
from vinculacion.nucleo.salida import docx, pdf, xlsx
from vinculacion.nucleo.salida.documento import INSTITUCION, membrete_de_la_casa

pytestmark = pytest.mark.django_db
LISTA, NUEVA = reverse("informes:identidad_lista"), reverse("informes:identidad_nuevo")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def svg(dentro: str, atributos: str = 'viewBox="0 0 9 9"') -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {atributos}>{dentro}</svg>'
    )


# ── color ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("color", "contraste"), [("#ffffff", 1), ("#000000", 21), ("#767676", 4.54), ("#777777", 4.48), ("#4a2a6b", 11.45)]
)
def test_el_contraste_es_el_de_wcag(color, contraste):
    assert contraste_con_blanco(color) == pytest.approx(contraste, abs=0.05)


def test_un_color_claro_se_rechaza_con_su_razon():
    assert reglas.impedimentos_del_color("#767676") == []
    with pytest.raises(ValidationError) as error:
        identidad(color="#777777")
    assert "4.4 a 1 y hace falta 4.5" in error.value.message_dict["color"][0]
    with pytest.raises(ValidationError) as error:
        identidad(color="morado")
    assert error.value.message_dict["color"] == ["Escríbalo como #4a2a6b."]


# ── logotipo ─────────────────────────────────────────────────────────────────


def test_un_svg_queda_con_solo_su_dibujo():
    limpio = logotipo.limpio(archivo()).read().decode()
    assert "rect" in limpio
    assert 'viewBox="0 0 90 60"' in limpio
    assert not any(sobra in limpio for sobra in ("DOCTYPE", "metadata", "dibujo.example", "hecho aquí"))


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (svg("<script>alert(1)</script>"), "programa («script»)"),
        (svg("<g onclick='x()'><rect/></g>"), "programa («onclick»)"),
        (svg("<image href='https://x.example/a.png'/>"), "«image»"),
        (svg("<foreignObject/>"), "«foreignObject»"),
        (svg("<use href='#a'/>"), "«use»"),
        (svg("<rect fill='url(https://x.example/#a)'/>"), "de fuera («fill»)"),
        (svg("<rect style='fill:url(\"//x.example/a\")'/>"), "de fuera («style»)"),
        (svg("<linearGradient xlink:href='otro.svg#a'/>"), "de fuera («href»)"),
        (svg("<style>@import url(x)</style>"), "hoja de estilo"),
        ("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>" + svg("<text>&amp;a;</text>"), "entidades"),
        (svg("<rect>"), "mal formado"),
        (svg("<rect/>", ""), "no dice sus medidas"),
        # La imprenta se caía con éstos, y con ella todos los documentos.
        *((svg("<rect/>", f'viewBox="{caja}"'), "dice mal sus medidas") for caja in ("abc", "0 0 1", "0 0 0 0")),
        *((svg("<rect/>", f'viewBox="0 0 {lado} 1"'), "dice mal sus medidas") for lado in ("nan", "1e999", "-1")),
        (svg("<g>" * 101 + "</g>" * 101), "uno dentro de otro"),
        (svg("<g>" * 2500 + "</g>" * 2500), "uno dentro de otro"),
        (svg("<rect/>" * 5001), "más de 5000 piezas"),
        ('<html><svg xmlns="http://www.w3.org/2000/svg"/></html>', "no es un SVG"),
        ("GIF89a", "No es PNG ni SVG"),
        ("", "vacío"),
        (svg("<rect/>").encode("utf-16"), "No es PNG ni SVG"),
        (b"\x89PNG\r\n\x1a\nroto", "dañado"),
        (png()[:60], "dañado"),
        (png(4001, 50), "cada lado"),
        (png(20, 60), "borroso"),
        (b"x" * (1024 * 1024 + 1), "pesa"),
    ],
)
def test_lo_que_no_es_un_logotipo_se_dice(contenido, dice):
    with pytest.raises(ValidationError) as error:
        logotipo.limpio(archivo(contenido))
    assert dice in " ".join(error.value.messages)


def test_un_degradado_propio_si_se_acepta():
    dibujo = svg("<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><rect style=\"fill:url('#a')\"/>")
    assert b"url(#a)" in logotipo.limpio(archivo(dibujo)).read()


# ── la predeterminada ────────────────────────────────────────────────────────


def test_la_primera_es_la_predeterminada_y_marcar_otra_se_lo_quita():
    primera = identidad()
    segunda = identidad("Otra")
    assert (primera.predeterminada, segunda.predeterminada) == (True, False)
    segunda.predeterminada = True
    guardar_identidad(identidad=segunda, por=None)
    primera.refresh_from_db()
    assert not primera.predeterminada
    assert primera.history.count() == 2
    segunda.predeterminada = False
    with pytest.raises(ValidationError, match="marque otra"):
        guardar_identidad(identidad=segunda, por=None)
    segunda.predeterminada = True
    with pytest.raises(ValidationError, match="marque otra"):
        eliminar_identidad(identidad=segunda, por=None)


def test_el_membrete_lleva_lo_elegido_y_el_logotipo_adentro():
    assert membrete_de_la_casa().institucion == INSTITUCION
    casa = identidad(logo=archivo(), letra="serif", domicilio="Calle 1")
    hecho = membrete_de_la_casa()
    assert (hecho.institucion, hecho.color, hecho.letra, hecho.domicilio) == (
        "Instituto de Ejemplo", "#0a5c36", "serif", "Calle 1",
    )  # fmt: skip
    assert b"rect" in base64.b64decode(hecho.logo.removeprefix("data:image/svg+xml;base64,"))
    otra = identidad("Otra", institucion="Comisión", logo=archivo_png())
    assert consultas.membrete_de(informe()).institucion == "Instituto de Ejemplo"
    elegida = consultas.membrete_de(informe(clave="dos", identidad=otra))
    assert elegida.institucion == "Comisión"
    assert elegida.logo.startswith("data:image/png;base64,")
    casa.logo.storage.delete(casa.logo.name)
    assert membrete_de_la_casa().logo == "img/marca.svg"


@pytest.mark.parametrize("logo", [archivo, archivo_png])
def test_sale_en_todos_los_formatos(logo):
    hecho = documento(identidad(logo=logo()))
    contenido = pdf.crear(hecho)
    assert faltas(contenido, "ua1") == faltas(contenido, "2a") == []
    word = zipfile.ZipFile(io.BytesIO(docx.crear(hecho)))
    cabecera = word.read("word/header2.xml").decode()
    assert "Instituto de Ejemplo" in cabecera
    assert 'descr="Logotipo de Instituto de Ejemplo"' in cabecera
    assert word.read("word/media/membrete.png").startswith(b"\x89PNG")
    indice = openpyxl.load_workbook(io.BytesIO(xlsx.crear(hecho)))["Índice"]
    assert indice["A1"].value == "Instituto de Ejemplo"
    assert indice["A1"].fill.fgColor.rgb.endswith("0A5C36")


# ── páginas ──────────────────────────────────────────────────────────────────


def datos(**mas) -> dict:
    return {
        "nombre": "Instituto, 2026", "institucion": "Instituto", "color": "#0a5c36", "letra": "sans",
        "logo_alternativo": "", "domicilio": "", **mas,
    }  # fmt: skip


@pytest.fixture
def quien(client):
    usuario = de_todo("informes.identidad")
    client.force_login(usuario)
    return usuario


def test_se_crea_se_ve_se_edita_y_se_quita_el_logotipo(client, quien):
    respuesta = client.post(NUEVA, datos(archivo=archivo()), follow=True)
    hecha = Identidad.objects.get()
    assert respuesta.status_code == 200
    assert "data:image/svg+xml;base64," in respuesta.text
    assert hecha.history.first().history_user == quien
    editar = reverse("informes:identidad_editar", args=[hecha.pk])
    client.post(editar, datos(version=hecha.version, predeterminada="on", quitar_logo="on"))
    hecha.refresh_from_db()
    assert not hecha.logo
    client.post(editar, datos(version=hecha.version, predeterminada="on", archivo=archivo_png()))
    hecha.refresh_from_db()
    assert hecha.logo.name.endswith(".png")
    client.post(editar, datos(version=hecha.version, predeterminada="on", institucion="Otro nombre"))
    hecha.refresh_from_db()
    assert hecha.logo, "sin subir otro, se queda el que tenía"


def test_los_errores_van_junto_a_su_campo_y_nada_se_pierde(client, quien):
    respuesta = client.post(NUEVA, datos(color="#f0c040", archivo=archivo(svg("<script/>")), institucion="Casa"))
    assert respuesta.status_code == 422
    errores = respuesta.context["formulario"].errors
    assert set(errores) == {"color", "archivo"}
    assert 'value="Casa"' in respuesta.text
    assert not Identidad.objects.exists()


def test_un_nombre_repetido_y_una_edicion_cruzada_se_dicen(client, quien):
    hecha = identidad()
    assert client.post(NUEVA, datos()).status_code == 422
    editar = reverse("informes:identidad_editar", args=[hecha.pk])
    viejo = hecha.version
    guardar_identidad(identidad=hecha, por=None)
    assert client.post(editar, datos(version=viejo, predeterminada="on")).status_code == 409


def test_quien_solo_mira_y_quien_no_tiene_que_ver(client):
    hecha = identidad()
    muestra = reverse("informes:identidad_muestra", args=[hecha.pk])
    client.force_login(persona("informes.view_identidad"))
    assert client.get(hecha.get_absolute_url()).status_code == 200
    respuesta = client.get(muestra)
    assert respuesta.content.startswith(b"%PDF")
    assert client.post(NUEVA, datos()).status_code == 403
    client.force_login(persona())
    for url in (LISTA, hecha.get_absolute_url(), muestra):
        assert client.get(url).status_code == 403


def test_la_que_usa_un_informe_no_se_elimina(client, quien):
    identidad()
    usada = identidad("Otra")
    informe(identidad=usada)
    assert client.post(reverse("informes:identidad_eliminar", args=[usada.pk])).status_code == 409
    assert Identidad.objects.filter(pk=usada.pk).exists()


def test_la_lista_consulta_lo_mismo_con_una_que_con_treinta(client, quien):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    identidad()
    client.get(LISTA)  # la primera visita lee además permisos y sesión
    with CaptureQueriesContext(connection) as con_una:
        client.get(LISTA)
    for n in range(25):
        identidad(f"Otra {n}")
    with CaptureQueriesContext(connection) as con_muchas:
        client.get(LISTA)
    assert len(con_muchas) == len(con_una)


def test_la_muestra_de_svg_no_trae_nada_de_fuera():
    assert "http" not in logotipo.limpio(archivo(SVG)).read().decode().replace("http://www.w3.org/2000/svg", "")


# ── el color en la página ────────────────────────────────────────────────────


def test_la_pagina_del_informe_toma_su_color_y_su_letra(client):
    hecho = informe(identidad=identidad(letra="serif"))
    client.force_login(persona("informes.view_informe"))
    pagina = client.get(reverse("informes:informe_documento", args=[hecho.pk])).text
    hoja = reverse("informes:color", args=["0a5c36"])
    assert f'<link rel="stylesheet" href="{hoja}">' in pagina
    assert 'class="documento letra-serif"' in pagina
    respuesta = client.get(hoja)
    assert respuesta["Content-Type"] == "text/css"
    assert respuesta.text == ".documento { --informe-color: #0a5c36; }"


@pytest.mark.parametrize("color", ["rojo", "0A5C36", "0a5c3", "0a5c36-x"])
def test_la_hoja_de_color_solo_lleva_un_color(client, color):
    client.force_login(persona("informes.view_informe"))
    assert client.get(reverse("informes:color", args=[color])).status_code == 404
