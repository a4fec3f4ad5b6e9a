"""La captura: lo que pide cada tipo, sus errores, su evidencia y sus avisos."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programas.models import Actividad
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import organismo
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
NUEVA = "/programas/actividades/nueva/"


@pytest.fixture
def captura(client):
    persona = con_papel(roles.CAPTURA)
    client.force_login(persona)
    return persona


@pytest.fixture
def accion():
    return fabrica.accion_de_este_anio(nombre="Impartir pláticas")


@pytest.fixture
def tipo():
    return fabrica.tipo_completo()


@pytest.fixture
def datos(accion, tipo):
    return {
        "accion": accion.pk,
        "tipo": tipo.pk,
        "titulo": "Plática en la facultad",
        "fecha_inicio": hoy().isoformat(),
        "unidades": "1",
        "cifras-TOTAL_FORMS": "3",
        "cifras-INITIAL_FORMS": "0",
    }


def errores(respuesta) -> dict:
    assert respuesta.status_code == 422, respuesta.status_code
    return respuesta.context["formulario"].errors


def escondido(html: str, nombre: str) -> bool:
    """Si el control está en la página pero no a la vista."""
    abre = html.rindex("<div", 0, html.index(f'id="div_id_{nombre}"'))
    columna = re.search(r'<div[^>]*class="(col-[^"]*)"[^>]*>\s*$', html[:abre])
    propia = re.search(rf'id="div_id_{nombre}" class="([^"]*)"', html)
    return "d-none" in propia[1] or (columna is not None and "d-none" in columna[1])


# -- guardar ------------------------------------------------------------------------
def test_captura_con_evidencia_en_la_misma_hoja(client, captura, datos):
    uno, dos = organismo(), organismo()
    respuesta = client.post(
        NUEVA,
        {
            **datos,
            "mujeres": "12",
            "hombres": "0",
            "organismos": [uno.pk, dos.pk],
            "cifras-0-etiqueta": "Personas registradas",
            "cifras-0-numero": "46",
            "archivos": [SimpleUploadedFile("Lista.pdf", PDF), SimpleUploadedFile("nota.txt", b"texto llano")],
            "enlace": "https://www.iecm.mx/nota",
            "titulo_evidencia": "Prueba",
        },
    )
    actividad = Actividad.objects.get()
    assert respuesta.url == actividad.get_absolute_url()
    assert actividad.capturo == captura
    assert (actividad.mujeres, actividad.hombres, actividad.sin_dato) == (12, 0, None)
    assert set(actividad.organismos.all()) == {uno, dos}
    assert [(c.etiqueta, c.numero) for c in actividad.cifras.all()] == [("Personas registradas", 46)]
    assert sorted(str(e) for e in actividad.evidencias.all()) == [
        "Prueba (1)",
        "Prueba (2)",
        "https://www.iecm.mx/nota",
    ]
    html = client.get(respuesta.url).content.decode()
    for visto in ("Personas registradas", "46", "12 mujeres", "0 hombres", "Prueba (1)", str(uno)):
        assert visto in html


def test_cada_archivo_malo_se_nombra_y_nada_se_guarda(client, captura, datos):
    archivos = [
        SimpleUploadedFile("vacio.pdf", b""),
        SimpleUploadedFile("buena.pdf", PDF),
        SimpleUploadedFile("falso.pdf", b"MZ\x90\x00" + b"\x00" * 200),
    ]
    respuesta = client.post(NUEVA, {**datos, "archivos": archivos})
    mensajes = " ".join(errores(respuesta)["archivos"])
    assert "«vacio.pdf»: El archivo está vacío" in mensajes
    assert "«falso.pdf»" in mensajes
    assert "buena.pdf" not in mensajes
    html = respuesta.content.decode()
    assert 'value="Plática en la facultad"' in html
    assert "Elíjalos otra vez" in html
    assert not Actividad.objects.exists()


def test_el_mismo_archivo_dos_veces_no_deja_nada_a_medias(client, captura, datos):
    archivos = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF)]
    assert "b.pdf" in errores(client.post(NUEVA, {**datos, "archivos": archivos}))["archivos"][0]
    assert not Actividad.objects.exists()


@pytest.mark.parametrize(
    ("campo", "valor", "parte"),
    [
        ("titulo", "x" * 10_000, "500"),
        ("titulo", "con\x00nulo", "nulos"),
        ("titulo", "", "Falta este dato"),
        ("fecha_inicio", "2026-02-31", "no existe"),
        ("fecha_inicio", "", "Falta"),
        ("fecha_fin", "1999-01-01", "anterior"),
        ("fechas_sueltas", "31 de febrero de 2026", "no existe"),
        ("fechas_sueltas", "mañana", "no es una fecha"),
        ("mujeres", "-1", "menor que 0"),
        ("hombres", "muchos", "número"),
        ("sin_dato", str(10**12), "mayor que"),
        ("unidades", str(10**30), "mayor que"),
        ("hora_inicio", "25:99", "17:30"),
        ("accion", "abc", "Elija"),
        ("tipo", "999999999999999999999", "Elija"),
        ("organismos", "\x00", ""),
        ("pais", "ZZZ", "Elija"),
        ("enlace", "no es enlace", "dirección"),
        ("titulo_evidencia", "Sin archivo", ""),
    ],
)
def test_lo_malo_se_dice_junto_a_su_campo(client, captura, datos, campo, valor, parte):
    donde = "archivos" if campo == "titulo_evidencia" else campo
    dichos = errores(client.post(NUEVA, {**datos, campo: valor}))
    assert parte in " ".join(dichos[donde])
    assert not Actividad.objects.exists()


@pytest.mark.parametrize(
    ("etiqueta", "numero", "campo"),
    [("Solas", "", "numero"), ("", "5", "etiqueta"), ("Malas", "-3", "numero"), ("Enormes", str(10**12), "numero")],
)
def test_una_cifra_mala_se_dice_en_su_renglon(client, captura, datos, etiqueta, numero, campo):
    respuesta = client.post(NUEVA, {**datos, "cifras-0-etiqueta": etiqueta, "cifras-0-numero": numero})
    assert respuesta.status_code == 422
    conjunto = respuesta.context["conjuntos"][0][2]
    assert campo in conjunto.forms[0].errors
    assert not Actividad.objects.exists()


def test_dos_cifras_con_la_misma_etiqueta(client, captura, datos):
    iguales = {
        "cifras-0-etiqueta": "Videos",
        "cifras-0-numero": "1",
        "cifras-1-etiqueta": "videos",
        "cifras-1-numero": "2",
    }
    respuesta = client.post(NUEVA, {**datos, **iguales})
    assert respuesta.status_code == 422
    assert "misma etiqueta" in respuesta.content.decode() or "esa etiqueta" in respuesta.content.decode()


def test_una_fecha_que_no_llega_o_de_otro_anio(client, captura, datos):
    manana = (hoy() + timedelta(days=1)).isoformat()
    assert "fecha_inicio" in errores(client.post(NUEVA, {**datos, "fecha_inicio": manana}))
    assert "fecha_inicio" in errores(client.post(NUEVA, {**datos, "fecha_inicio": "2019-05-05"}))


# -- fechas sueltas --------------------------------------------------------------------
def test_las_otras_fechas_se_suman_a_la_primera_y_se_editan(client, captura, datos):
    accion = fabrica.accion()
    datos |= {"accion": accion.pk, "fecha_inicio": "2020-10-05", "fechas_sueltas": "12/10/2020; 19 de octubre de 2020"}
    client.post(NUEVA, datos)
    actividad = Actividad.objects.get()
    assert actividad.fechas_sueltas == ["2020-10-05", "2020-10-12", "2020-10-19"]
    assert actividad.fecha_fin.isoformat() == "2020-10-19"

    editar = reverse("programas:actividad_editar", args=[actividad.pk])
    formulario = client.get(editar).context["formulario"]
    assert formulario["fechas_sueltas"].value() == "12/10/2020; 19/10/2020"
    assert formulario["fecha_fin"].value() is None
    client.post(editar, {**datos, "fechas_sueltas": "", "fecha_fin": "2020-10-07", "version": actividad.version})
    actividad.refresh_from_db()
    assert actividad.fechas_sueltas == []
    assert actividad.fecha_fin.isoformat() == "2020-10-07"


def test_hasta_y_otras_fechas_a_la_vez(client, captura, datos):
    datos |= {"fecha_fin": hoy().isoformat(), "fechas_sueltas": f"{hoy():%d/%m/%Y}"}
    assert "no las dos" in errores(client.post(NUEVA, datos))["fechas_sueltas"][0]


# -- lo que pide el tipo ------------------------------------------------------------------
def test_solo_se_ven_los_campos_del_tipo(client, captura):
    corto = fabrica.tipo("asistencia")
    html = client.get(f"{NUEVA}?tipo={corto.pk}").content.decode()
    assert not escondido(html, "mujeres")
    assert escondido(html, "objetivo")
    assert escondido(html, "organismos")
    assert escondido(html, "hora_inicio")
    assert 'data-cifras class="d-none"' in html
    assert "campos-por-tipo" in html


def test_sin_javascript_se_cambia_el_tipo_con_un_formulario(client, captura):
    fabrica.tipo("asistencia")
    otro = fabrica.tipo("objetivo", "cifras")
    html = client.get(NUEVA).content.decode()
    assert "<noscript>" in html
    assert "Cambiar tipo" in html
    html = client.get(NUEVA, {"tipo": otro.pk}).content.decode()
    assert not escondido(html, "objetivo")
    assert escondido(html, "mujeres")
    assert "data-cifras>" in html


def test_al_editar_se_ve_lo_que_tiene_dato_y_no_se_pierde(client, captura, datos):
    corto = fabrica.tipo("objetivo")
    actividad = fabrica.actividad(
        fabrica.accion_de_este_anio(), tipo=corto, lugar="Auditorio", mujeres=4, cifras={"Videos": 2}, por=captura
    )
    editar = reverse("programas:actividad_editar", args=[actividad.pk])
    html = client.get(editar).content.decode()
    assert not escondido(html, "lugar")
    assert not escondido(html, "mujeres")
    assert escondido(html, "ciudad")
    assert "data-cifras>" in html
    otro = fabrica.tipo("horario")
    html = client.get(editar, {"tipo": otro.pk}).content.decode()
    assert escondido(html, "objetivo")
    assert not escondido(html, "hora_inicio")


# -- comodidades ------------------------------------------------------------------------------
def test_abre_con_lo_ultimo_que_uso_y_la_fecha_de_hoy(client, captura, accion, tipo):
    fabrica.actividad(accion, tipo=tipo, por=captura)
    fabrica.actividad(fabrica.accion_de_este_anio(), por=con_papel(roles.CAPTURA))
    formulario = client.get(NUEVA).context["formulario"]
    assert formulario.initial == {"fecha_inicio": hoy(), "tipo": tipo.pk, "accion": accion.pk}


def test_las_acciones_de_este_anio_van_primero_y_por_eje(client, captura, accion):
    viejo = fabrica.accion(fabrica.eje(fabrica.programa(2015)))
    nuevo = fabrica.accion(fabrica.eje(fabrica.programa(2021)))
    de_fuente = fabrica.accion(accion.eje)
    type(de_fuente).objects.filter(pk=de_fuente.pk).update(fuente="otra")
    opciones = list(client.get(NUEVA).context["formulario"].fields["accion"].choices)[1:]
    assert [int(str(o[0])) for _, grupo in opciones for o in grupo] == [accion.pk, nuevo.pk, viejo.pk]
    assert str(accion.eje) in opciones[0][0]


def test_guardar_y_capturar_otra_conserva_accion_tipo_y_fecha(client, captura, datos):
    respuesta = client.post(NUEVA, {**datos, "otra": "1"})
    assert respuesta.url.startswith(NUEVA)
    formulario = client.get(respuesta.url).context["formulario"]
    for campo in ("accion", "tipo", "fecha_inicio"):
        assert str(formulario[campo].value()) == str(datos[campo])
    assert not formulario["titulo"].value()


def test_capturar_otra_como_esta(client, captura, tipo):
    uno = organismo()
    original = fabrica.actividad(
        fabrica.accion_de_este_anio(), tipo=tipo, organismos=[uno], lugar="Auditorio", mujeres=9, por=captura
    )
    assert f"?como={original.pk}" in client.get(original.get_absolute_url()).content.decode()
    formulario = client.get(NUEVA, {"como": original.pk}).context["formulario"]
    assert formulario["lugar"].value() == "Auditorio"
    assert formulario["titulo"].value() == original.titulo
    assert formulario["mujeres"].value() is None
    assert formulario["organismos"].value() == [uno.pk]
    assert client.get(NUEVA, {"como": "99999999999999999999999"}).status_code == 200
    assert client.get(NUEVA, {"como": "x\x00", "tipo": "\x00", "accion": "¿?"}).status_code == 200


def test_avisa_de_un_posible_duplicado_y_el_segundo_envio_guarda(client, captura, accion, datos):
    fabrica.actividad(accion, el=hoy(), titulo="PLATICA en la Facultad", por=captura)
    archivo = SimpleUploadedFile("Lista.pdf", PDF)
    respuesta = client.post(NUEVA, {**datos, "archivos": [archivo]})
    assert respuesta.status_code == 422
    html = respuesta.content.decode()
    assert "PLATICA en la Facultad" in html
    assert "Lista.pdf" in html
    assert 'name="confirmo_advertencias"' in html
    assert Actividad.objects.count() == 1
    assert client.post(NUEVA, {**datos, "confirmo_advertencias": "1"}).status_code == 302
    assert Actividad.objects.count() == 2


def test_no_avisa_de_otro_dia_ni_de_otro_titulo_ni_de_una_rechazada(client, captura, datos):
    accion = fabrica.accion()
    datos |= {"accion": accion.pk, "fecha_inicio": "2020-10-05"}
    fabrica.actividad(accion, titulo="Plática en la facultad", el=hoy().replace(year=2020, month=10, day=6))
    fabrica.actividad(accion, titulo="Feria del libro")
    assert client.post(NUEVA, datos).status_code == 302


def test_al_corregir_sin_tocar_titulo_ni_fecha_no_avisa(client, captura, accion, datos):
    fabrica.actividad(accion, titulo=datos["titulo"])
    otra = fabrica.actividad(accion, titulo=datos["titulo"], por=captura)
    editar = reverse("programas:actividad_editar", args=[otra.pk])
    assert client.post(editar, {**datos, "objetivo": "Nuevo", "version": otra.version}).status_code == 302


def test_un_plan_cerrado_no_se_ofrece(client, captura, datos):
    cerrado = fabrica.accion(fabrica.eje(fabrica.programa(2020)))
    type(cerrado.eje.programa).objects.filter(pk=cerrado.eje.programa_id).update(estado="cerrado")
    assert "accion" in errores(client.post(NUEVA, {**datos, "accion": cerrado.pk, "fecha_inicio": "2020-10-05"}))


def test_dos_personas_guardan_la_misma_y_nada_se_pierde(client, captura, accion, datos):
    actividad = fabrica.actividad(accion, titulo="Original", por=captura)
    vieja = actividad.version
    actividad.titulo = "De otra persona"
    fabrica.acciones.guardar_actividad(actividad=actividad, por=con_papel(roles.CAPTURA))
    editar = reverse("programas:actividad_editar", args=[actividad.pk])
    respuesta = client.post(editar, {**datos, "titulo": "Lo mío", "fechas_sueltas": "", "version": vieja})
    assert respuesta.status_code == 409
    html = respuesta.content.decode()
    assert "De otra persona" in html
    assert 'value="Lo mío"' in html
    actividad.refresh_from_db()
    assert actividad.titulo == "De otra persona"


@pytest.mark.parametrize(
    ("campo", "valor", "mensaje"),
    [
        ("organismos", "9" * 30, "Elija una opción de la lista."),
        ("accion", "9" * 30, "Elija una opción de la lista."),
        ("mujeres", "-1", "No puede ser menor que 0."),
        ("hombres", "9" * 40, "No puede ser mayor que"),
        ("unidades", "2.5", "Escriba un número entero, sin letras ni decimales."),
    ],
)
def test_un_dato_imposible_se_contesta_junto_a_su_campo(client, captura, datos, campo, valor, mensaje):
    respuesta = client.post(NUEVA, {**datos, campo: valor})
    assert mensaje in " ".join(errores(respuesta)[campo])
    assert "Plática en la facultad" in respuesta.content.decode()
    assert not Actividad.objects.exists()


def test_un_formulario_incompleto_se_explica_sin_jerga(client, captura, datos):
    respuesta = client.post(NUEVA, {**datos, "cifras-TOTAL_FORMS": "abc"})
    assert respuesta.status_code == 422
    html = respuesta.content.decode()
    assert "El formulario llegó incompleto" in html and "ManagementForm" not in html
