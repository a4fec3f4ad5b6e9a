"""Las páginas de metas: quién entra, qué se ve, qué pasa con lo mal escrito y cuánto cuestan."""

from datetime import date

import pytest
from django.urls import reverse

from programas.estados import EstadoDePrograma
from programas.metas import acciones
from programas.models import Accion, Candado, Eje, Reprogramacion, TextoDePrograma
from tests.fabricas import metas as fabrica_metas
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel, duena_colega_y_ajena
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def direccion(client):
    persona = con_papel(roles.DIRECCION)
    client.force_login(persona)
    return persona


def url(nombre, *args):
    return reverse(f"programas:{nombre}", args=args)


def texto(respuesta) -> str:
    return " ".join(respuesta.content.decode().split())


@pytest.fixture
def accion():
    return fabrica.accion(metas={1: 4, 3: (1, 1, 2)}, meses=[1, 2])


def hoja(accion, **mas) -> dict:
    acuerdo = fabrica_metas.acuerdo_para(accion.eje.programa)
    return {
        "ultima": 0, "meta_1": 4, "meta_3": 4, "mes_3_1": 1, "mes_3_2": 1, "mes_3_3": 2, "meses": [1, 2],
        "razon": "Contingencia", "acuerdo": acuerdo.pk, "fecha": "2020-06-01", **mas,
    }  # fmt: skip


# -- quién -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papel", "ve", "reprograma", "abre"),
    [
        (roles.DIRECCION, 200, 200, 200),
        (roles.SECRETARIA, 200, 403, 200),
        (roles.CAPTURA, 200, 403, 403),
        (roles.CONSEJERIA, 200, 403, 403),
        (roles.AREA, 403, 403, 403),
    ],
)
def test_cada_papel_ve_y_cambia_lo_suyo(client, accion, papel, ve, reprograma, abre):
    programa = accion.eje.programa
    acciones.cerrar_trimestre(programa=programa, trimestre=1, razon="Informe", por=None)
    client.force_login(con_papel(papel))
    assert client.get(url("metas", programa.pk)).status_code == ve
    assert client.get(url("reprogramacion_lista")).status_code == ve
    assert client.get(url("textodeprograma_lista")).status_code == ve
    for pagina in (url("accion_reprogramar", accion.pk), url("pesos", programa.pk), url("textodeprograma_nuevo")):
        assert client.get(pagina).status_code == reprograma
    assert client.get(url("candado_abrir", programa.pk, 1)).status_code == abre
    assert client.post(url("candado_abrir", programa.pk, 1), {"razon": "x"}).status_code == (
        302 if abre == 200 else 403
    )


def test_las_tres_de_siempre(client, accion):
    """Un plan no es de un área: la dueña, su colega y la ajena ven lo mismo según su papel."""
    for quien in vars(duena_colega_y_ajena(roles.CAPTURA)).values():
        client.force_login(quien)
        assert client.get(url("metas", accion.eje.programa_id)).status_code == 200
        assert client.post(url("accion_reprogramar", accion.pk), {}).status_code == 403
    assert not Reprogramacion.objects.exists()


# -- la tabla ----------------------------------------------------------------------------
def test_la_tabla_dice_lo_vigente_lo_anterior_y_lo_cerrado(client, direccion, accion):
    programa = accion.eje.programa
    acuerdo = fabrica_metas.acuerdo_para(programa)
    acciones.reprogramar(accion=accion, metas={1: 7}, razon="Creció", acuerdo=acuerdo, por=None)
    acciones.cerrar_trimestre(programa=programa, trimestre=1, razon="Primer informe", por=direccion)
    pagina = texto(client.get(url("metas", programa.pk), {"meses": "1"}))
    for parte in ("al aprobarse: </span>4</del>", "7</ins>", "1 · 1 · 2", "Primer informe",
                  "cerrado", "reprogramada", acuerdo.folio, "<strong>11</strong>"):  # fmt: skip
        assert parte in pagina, parte
    assert "1 · 1 · 2" not in texto(client.get(url("metas", programa.pk)))
    panel = texto(client.get(url("accion_detalle", accion.pk)))
    assert "Creció" in panel and "Reprogramar" in panel


def test_la_tabla_suma_sólo_lo_que_se_mide_igual(client, direccion):
    eje = fabrica.eje()
    for unidad in ("Nota", "nota"):
        fabrica.accion(eje, metas={1: 2, 4: 3}, unidad=unidad)
    de_dos = fabrica.eje(eje.programa)
    fabrica.accion(de_dos, metas={1: 2}, unidad="Nota")
    fabrica.accion(de_dos, metas={1: 2}, unidad="Convenio")
    uno, dos = client.get(url("metas", eje.programa_id)).context["grupos"]
    assert (uno.subtotal, dos.subtotal) == ((4, 0, 0, 6, 10), None)


def test_las_consultas_no_crecen(client, direccion, django_assert_max_num_queries):
    eje = fabrica.eje()
    for _ in range(3):
        fabrica.accion(eje, metas={1: 2})
    pocas = _consultas(client, url("metas", eje.programa_id))
    acuerdo = fabrica_metas.acuerdo_para(eje.programa)
    for _ in range(20):
        una = fabrica.accion(eje, metas={1: 2})
        acciones.reprogramar(accion=una, metas={1: 3}, razon="x", acuerdo=acuerdo, por=None)
    with django_assert_max_num_queries(pocas + 1):
        client.get(url("metas", eje.programa_id))
    with django_assert_max_num_queries(20):
        client.get(url("reprogramacion_lista"))


def _consultas(client, ruta) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as contadas:
        client.get(ruta)
    return len(contadas)


# -- reprogramar ----------------------------------------------------------------------------
def test_reprogramar_desde_la_pagina(client, direccion, accion):
    pagina = client.get(url("accion_reprogramar", accion.pk))
    assert "1 · 1 · 2" in texto(pagina)
    respuesta = client.post(url("accion_reprogramar", accion.pk), hoja(accion, meta_1=6, mes_3_1="", mes_3_2="",
                                                                         mes_3_3="", meses=[2]))  # fmt: skip
    assert respuesta.status_code == 302
    hecha = Reprogramacion.objects.get()
    assert respuesta["Location"] == hecha.get_absolute_url()
    assert (hecha.fecha, hecha.despues["meses"]) == (date(2020, 6, 1), [2])
    assert hecha.despues["metas"]["3"] == {"cantidad": 4, "meses": None}
    detalle = texto(client.get(hecha.get_absolute_url()))
    assert "<del>4</del>" in detalle and "<strong>6</strong>" in detalle and "Igual" in detalle
    assert client.get(f"{hecha.get_absolute_url()}editar/").status_code == 404
    assert client.get(f"{hecha.get_absolute_url()}eliminar/").status_code == 404


@pytest.mark.parametrize(
    ("mal", "campo", "parte"),
    [
        ({"meta_1": "-3"}, "meta_1", "menor que 0"),
        ({"meta_1": "1000000000"}, "meta_1", "mayor que"),
        ({"meta_1": "dos"}, "meta_1", "entero"),
        ({"meta_3": 5}, "meta_3", "suman 4"),
        ({"mes_3_2": ""}, "meta_3", "tres meses o en ninguno"),
        ({"mes_3_2": "-1"}, "mes_3_2", "menor que 0"),
        ({"meses": [13]}, "meses", "Elija"),
        ({"razon": ""}, "razon", "Falta"),
        ({"acuerdo": ""}, "acuerdo", "Falta"),
        ({"acuerdo": "9" * 30}, "acuerdo", "Elija"),
        ({"fecha": "2020-02-31"}, "fecha", "no existe"),
        ({"fecha": "2190-01-01"}, "fecha", "todavía no llega"),
        ({"ultima": "x" * 40, "meta_1": 5}, "ultima", "entero"),
        ({}, "__all__", "quedarían igual"),
    ],
)
def test_lo_malo_se_dice_en_su_campo_y_no_se_pierde(client, direccion, accion, mal, campo, parte):
    respuesta = client.post(url("accion_reprogramar", accion.pk), hoja(accion, **mal))
    assert respuesta.status_code in (409, 422)
    formulario = respuesta.context["formulario"]
    assert parte in " ".join(formulario.errors[campo])
    assert formulario["razon"].value() == mal.get("razon", "Contingencia")
    assert not Reprogramacion.objects.exists()
    assert accion.metas.get(trimestre=1).cantidad == 4


def test_dos_pestañas_reprograman_lo_mismo(client, direccion, accion):
    datos = hoja(accion)
    assert client.post(url("accion_reprogramar", accion.pk), {**datos, "meta_1": 5}).status_code == 302
    segunda = client.post(url("accion_reprogramar", accion.pk), {**datos, "meta_1": 6})
    assert segunda.status_code == 409
    assert "Otra persona" in texto(segunda)
    assert segunda.context["formulario"]["meta_1"].value() == "6"
    ultima = segunda.context["ultima"]
    respuesta = client.post(url("accion_reprogramar", accion.pk), {**datos, "meta_1": 6, "ultima": ultima})
    assert respuesta.status_code == 302


def test_un_trimestre_cerrado_se_dice_en_su_renglon(client, direccion, accion):
    acciones.cerrar_trimestre(programa=accion.eje.programa, trimestre=1, razon="Primer informe", por=None)
    respuesta = client.post(url("accion_reprogramar", accion.pk), hoja(accion, meta_1=9))
    assert respuesta.status_code == 422
    assert "Primer informe" in respuesta.context["formulario"].errors["meta_1"][0]


# -- la acción de un plan aprobado ---------------------------------------------------------------
DATOS = {"inciso": "A", "nombre": "Notas", "unidad": "Nota", "frecuencia": "mensual", "fuente": "bitacora"}


def test_en_un_plan_aprobado_la_accion_se_edita_sin_sus_metas(client, direccion, accion):
    pagina = client.get(url("accion_editar", accion.pk))
    assert "meta_1" not in pagina.context["formulario"].fields
    assert url("accion_reprogramar", accion.pk) in texto(pagina)
    datos = {**DATOS, "eje": accion.eje_id, "version": accion.version, "meta_1": 99}
    assert client.post(url("accion_editar", accion.pk), datos).status_code == 302
    guardada = Accion.objects.get(pk=accion.pk)
    assert (guardada.nombre, guardada.meses, guardada.programado) == ("Notas", [1, 2], 8)


def test_una_accion_nueva_en_un_plan_aprobado_va_sin_metas(client, direccion):
    eje = fabrica.eje()
    datos = {**DATOS, "eje": eje.pk}
    con_metas = client.post(url("accion_nuevo"), {**datos, "meta_1": 4})
    assert con_metas.status_code == 422
    assert "sin metas" in con_metas.context["formulario"].errors["meta_1"][0]
    assert con_metas.context["formulario"]["meta_1"].value() == "4"
    assert "meta_1" not in client.get(url("accion_nuevo"), {"eje": eje.pk}).context["formulario"].fields
    assert client.post(url("accion_nuevo"), datos).status_code == 302
    nueva = Accion.objects.get()
    respuesta = client.post(
        url("accion_reprogramar", nueva.pk), hoja(nueva, meta_3="", mes_3_1="", mes_3_2="", mes_3_3="", meses=[])
    )
    assert respuesta.status_code == 302
    assert nueva.metas.get().cantidad == 4


def test_las_metas_por_mes_en_el_formulario_de_la_accion(client, direccion):
    eje = fabrica.eje(fabrica.programa(estado=EstadoDePrograma.BORRADOR))
    datos = {**DATOS, "eje": eje.pk, "meta_1": 4, "mes_1_1": 1, "mes_1_2": 1, "mes_1_3": 1, "mes_2_1": 5}
    respuesta = client.post(url("accion_nuevo"), datos)
    assert respuesta.status_code == 422
    errores = respuesta.context["formulario"].errors
    assert "suman 3" in errores["meta_1"][0] and "tres meses" in errores["meta_2"][0]
    assert "<details" in texto(respuesta) and " open>" in texto(respuesta)
    bien = {**datos, "mes_1_3": 2, "mes_2_2": 0, "mes_2_3": 0}
    assert client.post(url("accion_nuevo"), bien).status_code == 302
    accion = Accion.objects.get()
    assert [(m.trimestre, m.cantidad, m.meses) for m in accion.metas.all()] == [(1, 4, (1, 1, 2)), (2, 5, (5, 0, 0))]
    formulario = client.get(url("accion_editar", accion.pk)).context["formulario"]
    assert formulario["mes_1_3"].value() == 2


# -- candados --------------------------------------------------------------------------------------
def test_abrir_y_cerrar_otra_vez(client, direccion, accion):
    programa = accion.eje.programa
    assert "se cierra solo" in texto(client.get(url("candado_cerrar", programa.pk, 2)))
    assert client.post(url("candado_cerrar", programa.pk, 2), {"razon": "A mano"}).status_code == 409
    assert not Candado.objects.exists()
    assert client.get(url("candado_abrir", programa.pk, 5)).status_code == 404
    acciones.cerrar_trimestre(programa=programa, trimestre=2, razon="Segundo informe", por=direccion)
    assert url("candado_abrir", programa.pk, 2) in texto(client.get(url("metas", programa.pk)))
    assert client.post(url("candado_abrir", programa.pk, 2), {"razon": ""}).status_code == 422
    assert client.post(url("candado_abrir", programa.pk, 2), {"razon": "Faltaba"}).status_code == 302
    pagina = texto(client.get(url("metas", programa.pk)))
    assert "Abierto para corregir" in pagina and url("candado_cerrar", programa.pk, 2) in pagina
    assert client.post(url("candado_cerrar", programa.pk, 2), {"razon": "Listo"}).status_code == 302
    assert Candado.objects.get().cerrado


def test_con_el_trimestre_cerrado_se_agrega_evidencia_y_no_se_quita(client, direccion):
    actividad = fabrica.actividad()
    programa = actividad.accion.eje.programa
    acciones.cerrar_trimestre(programa=programa, trimestre=4, razon="Informe", por=None)
    assert client.get(url("actividad_editar", actividad.pk)).status_code == 403
    enlace = {"evidencia-enlace": "https://iecm.example/nota", "evidencia-titulo": "Nota"}
    assert client.post(url("actividad_evidencia", actividad.pk), enlace).status_code == 302
    evidencia = actividad.evidencias.get()
    assert client.post(url("actividad_evidencia_quitar", actividad.pk, evidencia.pk)).status_code == 403
    pagina = texto(client.get(url("actividad_detalle", actividad.pk)))
    assert (
        "Agregar un archivo" in pagina and url("actividad_evidencia_quitar", actividad.pk, evidencia.pk) not in pagina
    )


# -- pesos ---------------------------------------------------------------------------------------------
def test_los_pesos_que_no_suman_se_dicen_en_su_grupo(client, direccion):
    accion = fabrica.en_planeacion(metas={1: 1})
    eje, programa = accion.eje, accion.eje.programa
    otra = fabrica.accion(eje, metas={1: 1})
    datos = {f"peso_eje_{eje.pk}": 100, f"peso_accion_{accion.pk}": 60, f"peso_accion_{otra.pk}": 30}
    respuesta = client.post(url("pesos", programa.pk), datos)
    assert respuesta.status_code == 422
    assert texto(respuesta).count("suman 90") == 2
    assert respuesta.context["formulario"][f"peso_accion_{otra.pk}"].value() == "30"
    malo = client.post(url("pesos", programa.pk), {**datos, f"peso_accion_{otra.pk}": 0})
    assert malo.status_code == 422
    assert client.post(url("pesos", programa.pk), {**datos, f"peso_accion_{otra.pk}": 40}).status_code == 302
    assert list(eje.acciones.order_by("inciso").values_list("peso", flat=True)) == [60, 40]


# -- textos y ejes -----------------------------------------------------------------------------------------
def test_un_texto_del_documento(client, direccion):
    programa = fabrica.programa()
    nuevo = client.get(url("textodeprograma_nuevo"), {"programa": programa.pk}).context["formulario"]
    assert (nuevo["programa"].value(), nuevo["orden"].value()) == (str(programa.pk), 1)
    datos = {"programa": programa.pk, "titulo": "Introducción", "lugar": "antes", "orden": 1,
             "texto": "Con **fuerza** <script>alert(1)</script>"}  # fmt: skip
    assert client.post(url("textodeprograma_nuevo"), datos).status_code == 302
    uno = TextoDePrograma.objects.get()
    pagina = client.get(uno.get_absolute_url()).content.decode()
    assert "<strong>fuerza</strong>" in pagina and "alert(1)" not in pagina
    assert "Introducción" in texto(client.get(url("textodeprograma_lista"), {"programa": programa.pk}))
    assert client.post(url("textodeprograma_eliminar", uno.pk)).status_code == 302


def test_el_eje_lleva_su_justificacion_y_sus_lineas(client, direccion):
    programa = fabrica.programa()
    datos = {
        "programa": programa.pk,
        "numero": 1,
        "nombre": "INE",
        "justificacion": "Porque sí",
        "lineas": "Una\n\nDos",
    }
    assert client.post(url("eje_nuevo"), datos).status_code == 302
    eje = Eje.objects.get()
    pagina = texto(client.get(url("eje_detalle", eje.pk)))
    assert "Porque sí" in pagina and "Dos" in pagina


def test_borrar_dice_todo_lo_que_cuelga(client, direccion):
    from tests.fabricas import riesgos

    accion = fabrica.accion()
    riesgos.riesgo(accion.eje.programa, acciones_=[accion], nombre="Que nadie responda")
    fabrica.actividad(accion, titulo="Plática")
    pagina = texto(client.get(url("accion_eliminar", accion.pk)))
    assert "Que nadie responda" in pagina and "Plática" in pagina
    assert client.post(url("accion_eliminar", accion.pk)).status_code == 409
    assert Accion.objects.filter(pk=accion.pk).exists()


def test_sin_ejes_no_hay_pesos_que_escribir(client, direccion):
    pagina = texto(client.get(url("pesos", fabrica.programa(estado=EstadoDePrograma.BORRADOR).pk)))
    assert "Todavía no tiene ejes" in pagina
    assert "Guardar" not in pagina
