"""Las páginas de los planes: quién entra, qué se ve y que nada se pierda."""

from datetime import date

import pytest
from django.urls import reverse

from programas.estados import ColumnaDeActividad, EstadoDePrograma
from programas.models import Accion, Eje, Meta, Programa, TipoActividad
from tests.fabricas import comision as de_comision
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.comision.acciones import tomar_acuerdo
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def direccion(client):
    persona = con_papel(roles.DIRECCION)
    client.force_login(persona)
    return persona


def entrar(client, papel):
    persona = con_papel(papel)
    client.force_login(persona)
    return persona


def url(nombre, *args):
    return reverse(f"programas:{nombre}", args=args)


def errores(respuesta, campo):
    return respuesta.context["formulario"].errors.get(campo, [])


DATOS_DE_ACCION = {
    "inciso": "a", "nombre": "Notas ejecutivas", "unidad": "Nota", "frecuencia": "mensual", "fuente": "bitacora",
}  # fmt: skip


# -- quién -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papel", "ve", "cambia"),
    [
        (roles.DIRECCION, 200, 200),
        (roles.CAPTURA, 200, 403),
        (roles.SECRETARIA, 200, 403),
        (roles.CONSEJERIA, 200, 403),
        (roles.AREA, 403, 403),
    ],
)
def test_ver_y_cambiar_segun_el_papel(client, papel, ve, cambia):
    accion = fabrica.accion(metas={4: 1})
    eje, programa = accion.eje, accion.eje.programa
    entrar(client, papel)
    for nombre, registro in (("programa", programa), ("eje", eje), ("accion", accion)):
        assert client.get(url(f"{nombre}_detalle", registro.pk)).status_code == ve
        assert client.get(url(f"{nombre}_editar", registro.pk)).status_code == cambia
        assert client.get(url(f"{nombre}_nuevo")).status_code == cambia
    for lista in ("programa_lista", "accion_lista", "meta_lista", "tipoactividad_lista"):
        assert client.get(url(lista)).status_code == ve
    assert client.get(url("programa_paso", programa.pk, "cerrar")).status_code == cambia


# -- el detalle ---------------------------------------------------------------------
def test_el_detalle_lleva_de_cada_cifra_a_sus_registros(client, direccion):
    accion = fabrica.accion(metas={1: 2, 4: 3})
    fabrica.actividad(accion, titulo="La de octubre")
    fabrica.actividad(accion, titulo="La de febrero", el=date(2020, 2, 3))
    pagina = client.get(url("programa_detalle", accion.eje.programa_id))
    (celdas,) = [fila["celdas"] for fila in pagina.context["ejes"][0]["filas"]]
    assert [(c["cuenta"].alcanzado, c["cuenta"].programado) for c in celdas] == [(1, 2), (0, 0), (0, 0), (1, 3)]
    assert [c["luz"].texto for c in celdas] == ["Rezago", "No programada", "No programada", "Rezago"]
    registros = client.get(celdas[3]["url"]).content.decode()
    assert "La de octubre" in registros
    assert "La de febrero" not in registros
    assert "por validar: 2" in pagina.content.decode()


def test_lo_que_cuenta_de_otra_fuente_lleva_a_sus_registros(client, direccion):
    sesion = de_comision.sesion(de_comision.comision(), date(2020, 11, 26), numero=1)
    accion = fabrica.accion(fuente="comision.sesiones", metas={4: 3})
    fila = client.get(url("programa_detalle", accion.eje.programa_id)).context["ejes"][0]["filas"][0]
    registros = client.get(fila["celdas"][3]["url"]).context
    assert [r.url for r in registros["pagina"]] == [sesion.get_absolute_url()]
    assert (registros["total"], registros["bitacora"]) == (1, "")
    assert "sesiones celebradas" in client.get(url("accion_detalle", accion.pk)).content.decode().lower()


@pytest.mark.parametrize("nombre", ["programa_lista", "accion_lista", "meta_lista", "tipoactividad_lista"])
def test_las_listas_cuestan_lo_mismo_con_1_que_con_20(client, direccion, django_assert_max_num_queries, nombre):
    for _ in range(20):
        fabrica.actividad(fabrica.accion(metas={1: 2}))
    with django_assert_max_num_queries(20):
        assert client.get(url(nombre)).status_code == 200


def test_el_detalle_cuesta_lo_mismo_con_1_que_con_20(client, direccion, django_assert_max_num_queries):
    programa = fabrica.programa(2020)
    for _ in range(20):
        fabrica.actividad(fabrica.accion(fabrica.eje(programa), metas={1: 2}))
    with django_assert_max_num_queries(25):
        assert client.get(url("programa_detalle", programa.pk)).status_code == 200


# -- planear -----------------------------------------------------------------------
def test_de_un_programa_nuevo_a_uno_aprobado(client, direccion):
    datos = {"nombre": "Programa 2021", "tipo": "especifico", "anio": 2021, "clave": "pe-2021"}
    programa = _creado(client.post(url("programa_nuevo"), datos), Programa)
    faltas = client.get(url("programa_paso", programa.pk, "aprobar")).content.decode()
    assert "No tiene acciones." in faltas
    assert client.post(url("programa_paso", programa.pk, "aprobar")).status_code == 409
    nuevo_eje = client.get(url("eje_nuevo"), {"programa": programa.pk}).context["formulario"]
    assert (nuevo_eje["programa"].value(), nuevo_eje["numero"].value()) == (str(programa.pk), 1)
    eje = _creado(client.post(url("eje_nuevo"), {"programa": programa.pk, "numero": 1, "nombre": "INE"}), Eje)
    metas = {"meta_1": 5, "meta_2": "", "meta_3": 0, "meta_4": 7}
    accion = _creado(
        client.post(url("accion_nuevo"), {**DATOS_DE_ACCION, "eje": eje.pk, **metas, "meses": [1, 12]}), Accion
    )
    assert (accion.inciso, accion.meses) == ("A", [1, 12])
    assert dict(accion.metas.values_list("trimestre", "cantidad")) == {1: 5, 3: 0, 4: 7}
    sesion = de_comision.sesion(de_comision.comision(), date(2021, 1, 28), numero=1)
    acuerdo = tomar_acuerdo(sesion=sesion, texto="Se aprueba el programa.", por=None)
    respuesta = client.post(url("programa_paso", programa.pk, "aprobar"), {"acuerdo": acuerdo.pk})
    assert respuesta.status_code == 302
    programa.refresh_from_db()
    assert (programa.estado, programa.acuerdo) == (EstadoDePrograma.APROBADO, acuerdo)
    assert accion.history.first().history_user == direccion


def _creado(respuesta, modelo):
    assert respuesta.status_code == 302, respuesta.context["formulario"].errors
    return modelo.objects.latest("pk")


@pytest.mark.parametrize("cantidad", ["-3", "1000000000", "dos"])
def test_una_meta_imposible_no_guarda_nada_y_no_pierde_lo_escrito(client, direccion, cantidad):
    eje = fabrica.eje()
    respuesta = client.post(url("accion_nuevo"), {**DATOS_DE_ACCION, "eje": eje.pk, "meta_1": 4, "meta_2": cantidad})
    assert respuesta.status_code == 422
    assert errores(respuesta, "meta_2")
    assert respuesta.context["formulario"]["nombre"].value() == "Notas ejecutivas"
    assert not Accion.objects.exists()
    assert not Meta.objects.exists()


def test_dos_acciones_con_el_mismo_inciso(client, direccion):
    accion = fabrica.accion()
    respuesta = client.post(url("accion_nuevo"), {**DATOS_DE_ACCION, "eje": accion.eje_id})
    assert respuesta.status_code == 422
    assert "Ya hay una acción con ese inciso" in respuesta.content.decode()


def test_editar_metas_y_alineacion(client, direccion):
    accion = fabrica.en_planeacion(metas={1: 4, 2: 1})
    par = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")))
    hermana = fabrica.accion(accion.eje)
    formulario = client.get(url("accion_editar", accion.pk)).context["formulario"]
    assert (formulario["meta_1"].value(), formulario["meta_3"].value()) == (4, None)
    assert list(formulario.fields["alineadas"].queryset) == [par]
    datos = {**DATOS_DE_ACCION, "eje": accion.eje_id, "meta_1": 6, "meta_2": "", "alineadas": [par.pk]}
    respuesta = client.post(url("accion_editar", accion.pk), {**datos, "version": accion.version})
    assert respuesta.status_code == 302
    assert dict(accion.metas.values_list("trimestre", "cantidad")) == {1: 6}
    assert list(par.alineadas.all()) == [accion]
    version = Accion.objects.get(pk=accion.pk).version
    otra = {**datos, "version": version, "alineadas": [hermana.pk]}
    assert errores(client.post(url("accion_editar", accion.pk), otra), "alineadas")


def test_mover_una_accion_con_registros_se_explica(client, direccion):
    accion = fabrica.actividad().accion
    otro = fabrica.eje(accion.eje.programa)
    datos = {**DATOS_DE_ACCION, "eje": otro.pk, "version": accion.version}
    respuesta = client.post(url("accion_editar", accion.pk), datos)
    assert "ya tiene registros" in errores(respuesta, "eje")[0]


def test_borrar_de_lo_que_otros_cuelgan_se_explica(client, direccion):
    actividad = fabrica.actividad(titulo="Plática en la universidad")
    accion = actividad.accion
    for nombre, registro, razon in (
        ("accion", accion, "Plática en la universidad"),
        ("eje", accion.eje, str(accion)),
        ("programa", accion.eje.programa, str(accion.eje)),
    ):
        respuesta = client.post(url(f"{nombre}_eliminar", registro.pk))
        assert respuesta.status_code == 409
        assert razon in respuesta.content.decode()
    aprobada = fabrica.accion(accion.eje, metas={1: 1})
    assert "Sus metas están aprobadas" in client.get(url("accion_eliminar", aprobada.pk)).content.decode()
    assert client.post(url("accion_eliminar", aprobada.pk)).status_code == 409
    vacia = fabrica.en_planeacion(metas={1: 1, 2: 1})
    assert "2 metas" in client.get(url("accion_eliminar", vacia.pk)).content.decode()
    assert client.post(url("accion_eliminar", vacia.pk)).status_code == 302
    assert not Accion.objects.filter(pk=vacia.pk).exists()


def test_un_programa_cerrado_se_ve_y_no_se_toca(client, direccion):
    accion = fabrica.accion(metas={4: 1})
    programa = accion.eje.programa
    assert client.post(url("programa_paso", programa.pk, "cerrar")).status_code == 302
    pagina = client.get(url("programa_detalle", programa.pk)).content.decode()
    assert "Agregar eje" not in pagina
    for nombre, registro in (("programa", programa), ("eje", accion.eje), ("accion", accion)):
        assert client.get(url(f"{nombre}_editar", registro.pk)).status_code == 403
        assert client.post(url(f"{nombre}_eliminar", registro.pk)).status_code == 409
    assert client.post(url("programa_paso", programa.pk, "reabrir")).status_code == 302
    assert client.get(url("accion_editar", accion.pk)).status_code == 200


def test_un_paso_que_no_existe_o_no_toca(client, direccion):
    programa = fabrica.accion().eje.programa
    assert client.get(url("programa_paso", programa.pk, "inventado")).status_code == 404
    assert "El programa está aprobado." in client.get(url("programa_paso", programa.pk, "aprobar")).content.decode()
    assert client.post(url("programa_paso", programa.pk, "aprobar")).status_code == 409


# -- tipos de actividad -----------------------------------------------------------------
def test_el_orden_de_las_columnas_es_el_que_se_envia_y_el_que_se_ve(client, direccion):
    datos = {
        "nombre": "Taller", "clave": "taller", "campos": ["objetivo"], "columnas": ["titulo", "fecha", "numero"],
        "orden": 5, "activo": "on",
    }  # fmt: skip
    tipo = _creado(client.post(url("tipoactividad_nuevo"), datos), TipoActividad)
    assert tipo.columnas == ["titulo", "fecha", "numero"]
    formulario = client.get(url("tipoactividad_editar", tipo.pk)).context["formulario"]
    vistas = [casilla.data["value"] for casilla in formulario["columnas"].subwidgets]
    assert vistas[:3] == ["titulo", "fecha", "numero"]
    assert sorted(vistas) == sorted(ColumnaDeActividad.values)
    malo = {**datos, "clave": "otro", "nombre": "Otro", "columnas": ["color"]}
    assert errores(client.post(url("tipoactividad_nuevo"), malo), "columnas")


def test_un_tipo_en_uso_no_se_borra(client, direccion):
    actividad = fabrica.actividad(titulo="Plática usada")
    respuesta = client.post(url("tipoactividad_eliminar", actividad.tipo_id))
    assert respuesta.status_code == 409
    assert "Plática usada" in respuesta.content.decode()


def test_metas_por_hoja_desde_su_pagina(client, direccion):
    accion = fabrica.accion()
    assert client.get(url("meta_importar")).status_code == 200
    assert client.get(url("meta_plantilla")).status_code == 200
    fabrica.fijar_metas(accion, {1: 5})
    exportado = client.get(url("meta_lista"), {"_export": "csv"}).content.decode("utf-8-sig")
    assert f"{accion.clave},1,5" in exportado


@pytest.mark.parametrize("llave", ["9" * 30, "9" * 5000, "abc", "\x00", "0"])
def test_una_llave_que_no_existe_en_la_direccion_no_rompe_el_formulario(client, direccion, llave):
    assert client.get(url("eje_nuevo"), {"programa": llave}).status_code == 200
    assert client.get(url("accion_nuevo"), {"eje": llave}).status_code == 200
