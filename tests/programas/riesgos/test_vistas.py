"""Las páginas de riesgos: quién entra, qué se ve y que nada se pierda."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programas.estados import EstadoDePrograma
from programas.models import Candado, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from tests.fabricas import programas as de_programas
from tests.fabricas import riesgos as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import area
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db

DATOS = {
    "numero": 1, "nombre": "Recursos insuficientes", "probabilidad": 2, "impacto": 3, "respuesta": "reducir",
}  # fmt: skip


def url(nombre, *args):
    return reverse(f"programas:{nombre}", args=args)


def errores(respuesta, campo):
    return respuesta.context["formulario"].errors.get(campo, [])


@pytest.fixture
def direccion(client):
    persona = con_papel(roles.DIRECCION)
    client.force_login(persona)
    return persona


# -- quién ------------------------------------------------------------------------
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
    riesgo = fabrica.riesgo()
    registros = {"riesgo": riesgo, "tratamiento": fabrica.tratamiento(riesgo)}
    registros["seguimientoderiesgo"] = fabrica.seguimiento(riesgo)
    client.force_login(con_papel(papel))
    matriz = client.get(url("riesgos", riesgo.programa_id))
    assert matriz.status_code == ve
    assert (b"Nuevo riesgo" in matriz.content) == (cambia == 200)
    for nombre, registro in registros.items():
        assert client.get(url(f"{nombre}_lista")).status_code == ve
        assert client.get(url(f"{nombre}_detalle", registro.pk)).status_code == ve
        for vista in ("editar", "eliminar"):
            assert client.get(url(f"{nombre}_{vista}", registro.pk)).status_code == cambia
        assert client.get(url(f"{nombre}_nuevo")).status_code == cambia


# -- la matriz ----------------------------------------------------------------------
def test_la_matriz_dice_nivel_severidad_tratamientos_y_seguimiento(client, direccion):
    programa = de_programas.programa(2021)
    uno = fabrica.riesgo(programa, probabilidad_residual=1, impacto_residual=2)
    fabrica.tratamiento(uno)
    fabrica.seguimiento(uno, 4)
    dos = fabrica.riesgo(programa, probabilidad=1, impacto=1, probabilidad_residual=2, impacto_residual=2)
    pagina = client.get(url("riesgos", programa.pk)).content.decode()
    for esperado in (
        "6 Alto",
        "2 Bajo",
        "Vencidos: 1",
        "Con nota del 4T",
        "Sin nota del 4T",
        "Sin acciones",
        "Mayor que el inicial",
    ):
        assert esperado in pagina
    # Cada celda del mapa lleva a sus riesgos: 2 × 3 antes y 1 × 2 después, los dos al primero.
    celdas = re.findall(r'mapa-nivel">(\d \w+)</span><ul><li><a href="([^"]+)"', pagina)
    assert celdas == [
        ("6 alto", uno.get_absolute_url()),
        ("1 bajo", dos.get_absolute_url()),
        ("4 medio", dos.get_absolute_url()),
        ("2 bajo", uno.get_absolute_url()),
    ]


def test_los_filtros_de_la_matriz(client, direccion):
    programa = de_programas.programa(2021)
    suya, otra = area(), area()
    alto = fabrica.riesgo(programa, area_responsable=suya)
    fabrica.tratamiento(alto, area_responsable=otra)
    bajo = fabrica.riesgo(programa, probabilidad_residual=1, impacto_residual=1)
    fabrica.seguimiento(bajo, 4, se_materializo=True)

    def hallados(**filtros):
        pagina = client.get(url("riesgos", programa.pk), filtros)
        assert pagina.status_code == 200
        return [fila["riesgo"] for fila in pagina.context["renglones"]]

    assert hallados() == [alto, bajo]
    assert hallados(area=suya.pk) == hallados(area=otra.pk) == [alto]
    assert (hallados(severidad="alto"), hallados(severidad="bajo"), hallados(severidad="medio")) == ([alto], [bajo], [])
    assert (hallados(estado="vencidos"), hallados(estado="sin_tratamiento")) == ([alto], [bajo])
    assert (hallados(estado="sin_nota"), hallados(estado="materializados")) == ([alto], [bajo])
    assert hallados(estado="sin_evaluar") == [alto]
    for malo in ({"estado": "x"}, {"severidad": "9"}, {"area": "0"}, {"area": "9" * 30}, {"area": "\x00"}):
        assert hallados(**malo) == []


def test_la_matriz_vacia_y_la_que_no_existe(client, direccion):
    vacia = client.get(url("riesgos", de_programas.programa(2021).pk))
    assert "Todavía no hay riesgos" in vacia.content.decode()
    assert client.get(url("riesgos", 999_999_999)).status_code == 404


@pytest.mark.parametrize("pagina", ["riesgos", "riesgo_lista", "tratamiento_lista", "seguimientoderiesgo_lista"])
def test_cuestan_lo_mismo_con_1_que_con_30(client, direccion, pagina):
    programa = de_programas.programa(2021)
    accion = de_programas.accion(de_programas.eje(programa))
    supuesto = Supuesto.objects.create(programa=programa, clave="S1", texto="Hay presupuesto")

    def agregar():
        riesgo = fabrica.riesgo(programa, acciones_=[accion], supuestos=[supuesto], area_responsable=area())
        fabrica.tratamiento(riesgo)
        fabrica.tratamiento(riesgo, area_responsable=area())
        fabrica.seguimiento(riesgo, 1)

    def costo():
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert (
                client.get(
                    url(pagina, *([programa.pk] if pagina == "riesgos" else [])), {"por_pagina": 100}
                ).status_code
                == 200
            )
        return len(consultas)

    agregar()
    costo()  # la primera petición llena los cachés de permisos y tipos
    con_uno = costo()
    for _ in range(29):
        agregar()
    assert costo() == con_uno


# -- el detalle -----------------------------------------------------------------------
def test_el_detalle_reune_lo_suyo(client, direccion):
    programa = de_programas.programa(2021)
    accion = de_programas.accion(de_programas.eje(programa))
    supuesto = Supuesto.objects.create(programa=programa, clave="S1", texto="Hay presupuesto")
    riesgo = fabrica.riesgo(programa, acciones_=[accion], supuestos=[supuesto])
    fabrica.seguimiento(riesgo, 2, nota="Hubo un recorte", se_materializo=True, probabilidad=3, impacto=3)
    Candado.objects.create(programa=programa, trimestre=1, razon="Informe")
    pagina = client.get(riesgo.get_absolute_url())
    texto = pagina.content.decode()
    for esperado in (
        "no tiene acciones de tratamiento",
        "Hubo un recorte",
        "9 Alto",
        accion.clave,
        "S1 Hay presupuesto",
    ):
        assert esperado in texto
    assert "Escribir la nota del 1T" not in texto  # cerrado
    assert "Escribir la nota del 3T" in texto


def test_en_un_plan_cerrado_no_se_ofrece_ni_se_puede(client, direccion):
    riesgo = fabrica.riesgo()
    tratamiento, nota = fabrica.tratamiento(riesgo), fabrica.seguimiento(riesgo)
    riesgo.programa.estado = EstadoDePrograma.CERRADO
    riesgo.programa.save()
    texto = client.get(riesgo.get_absolute_url()).content.decode()
    assert not any(boton in texto for boton in ("Agregar tratamiento", "Escribir la nota", "Editar la nota"))
    for ruta, registro in (("riesgo", riesgo), ("tratamiento", tratamiento), ("seguimientoderiesgo", nota)):
        assert client.get(url(f"{ruta}_editar", registro.pk)).status_code == 403
        assert client.post(url(f"{ruta}_eliminar", registro.pk)).status_code == 409
    respuesta = client.post(url("riesgo_nuevo"), {**DATOS, "numero": 2, "programa": riesgo.programa_id})
    assert respuesta.status_code == 422


# -- capturar ---------------------------------------------------------------------------
def test_de_un_riesgo_nuevo_a_su_nota(client, direccion):
    accion = de_programas.accion(de_programas.eje(de_programas.programa(2021)))
    programa = accion.eje.programa
    fabrica.riesgo(programa, numero=4)
    ajena = de_programas.accion()
    hoja = client.get(url("riesgo_nuevo"), {"programa": programa.pk}).context["formulario"]
    assert hoja["numero"].value() == 5
    assert list(hoja.fields["acciones"].queryset) == [accion]
    datos = {**DATOS, "numero": 5, "programa": programa.pk, "acciones": [accion.pk]}
    mala = client.post(url("riesgo_nuevo"), {**datos, "acciones": [ajena.pk]})
    assert (mala.status_code, errores(mala, "acciones")) == (422, ["Elija opciones del mismo programa."])
    assert "Recursos insuficientes" in mala.content.decode()  # nada se pierde
    assert client.post(url("riesgo_nuevo"), datos).status_code == 302
    riesgo = Riesgo.objects.get(numero=5)
    assert list(riesgo.acciones.all()) == [accion]

    hoja = client.get(url("tratamiento_nuevo"), {"riesgo": riesgo.pk}).context["formulario"]
    assert (hoja["riesgo"].value(), hoja["numero"].value()) == (str(riesgo.pk), 1)
    datos = {
        "riesgo": riesgo.pk, "numero": 1, "descripcion": "Calendario", "inicio": "2021-01-01", "termino": "2021-07-31",
        "estado": "concluido",
    }  # fmt: skip
    mala = client.post(url("tratamiento_nuevo"), datos)
    assert errores(mala, "concluido_el") == ["Diga cuándo se concluyó."]
    assert (
        client.post(url("tratamiento_nuevo"), {**datos, "concluido_el": "2021-07-30"})["Location"]
        == riesgo.get_absolute_url()
    )

    nota = {"riesgo": riesgo.pk, "trimestre": 1, "nota": "Sin cambios"}
    assert client.post(url("seguimientoderiesgo_nuevo"), nota).status_code == 302
    repetida = client.post(url("seguimientoderiesgo_nuevo"), nota)
    assert "Ese trimestre ya tiene su nota." in repetida.content.decode()
    assert (Tratamiento.objects.count(), SeguimientoDeRiesgo.objects.count()) == (1, 1)


def test_un_residual_mayor_avisa_una_vez(client, direccion):
    datos = {**DATOS, "programa": de_programas.programa(2021).pk, "probabilidad": 1, "impacto": 1}
    datos |= {"probabilidad_residual": 2, "impacto_residual": 2}
    duda = client.post(url("riesgo_nuevo"), datos)
    assert duda.status_code == 422
    assert "es mayor que el inicial" in duda.content.decode()
    assert client.post(url("riesgo_nuevo"), {**datos, "confirmo_advertencias": 1}).status_code == 302
    assert Riesgo.objects.get().nivel_residual == 4


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [
        ({"probabilidad": 4}, "probabilidad"),
        ({"probabilidad": ""}, "probabilidad"),
        ({"numero": 0}, "numero"),
        ({"numero": -3}, "numero"),
        ({"numero": 10**9}, "numero"),
        ({"nombre": "x" * 201}, "nombre"),
        ({"respuesta": "huir"}, "respuesta"),
        ({"impacto_residual": 1}, "probabilidad_residual"),
        ({"programa": ""}, "programa"),
        ({"programa": "9" * 30}, "programa"),
        ({"acciones": ["x"]}, "acciones"),
        ({"supuestos": ["9" * 30]}, "supuestos"),
    ],
)
def test_lo_mal_escrito_se_dice_en_su_campo(client, direccion, cambio, campo):
    respuesta = client.post(url("riesgo_nuevo"), {**DATOS, "programa": de_programas.programa(2021).pk, **cambio})
    assert respuesta.status_code == 422
    assert errores(respuesta, campo)
    assert not Riesgo.objects.exists()


def test_direcciones_con_basura_no_tiran_la_hoja(client, direccion):
    for ruta, campo in (("riesgo", "programa"), ("tratamiento", "riesgo"), ("seguimientoderiesgo", "riesgo")):
        for basura in ("x", "9" * 30, "-1", "\x00"):
            assert client.get(url(f"{ruta}_nuevo"), {campo: basura, "trimestre": "9"}).status_code == 200


def test_borrar_un_riesgo_nombra_lo_que_cuelga(client, direccion):
    tratamiento = fabrica.tratamiento()
    respuesta = client.post(url("riesgo_eliminar", tratamiento.riesgo_id))
    assert respuesta.status_code == 409
    assert "Depende de él: tratamiento «1.1 Calendario" in respuesta.content.decode()
    assert client.post(url("tratamiento_eliminar", tratamiento.pk)).status_code == 302
    assert client.post(url("riesgo_eliminar", tratamiento.riesgo_id)).status_code == 302
    assert not Riesgo.objects.exists()


def test_en_un_trimestre_cerrado_la_nota_no_se_edita(client, direccion):
    nota = fabrica.seguimiento(trimestre=1)
    Candado.objects.create(programa=nota.riesgo.programa, trimestre=1, razon="Informe")
    assert client.get(url("seguimientoderiesgo_editar", nota.pk)).status_code == 403
    nueva = {"riesgo": fabrica.riesgo(nota.riesgo.programa).pk, "trimestre": 1, "nota": "Tarde"}
    respuesta = client.post(url("seguimientoderiesgo_nuevo"), nueva)
    assert respuesta.status_code == 422
    assert "está cerrado" in str(errores(respuesta, "trimestre"))


def test_la_lista_filtra_los_mismos_que_avisan(client, direccion):
    vencido = fabrica.tratamiento()
    fabrica.tratamiento(estado="concluido", concluido_el=date(2021, 7, 1))
    tabla = client.get(url("tratamiento_lista"), {"vence": "vencidos"}).context["tabla"]
    assert [fila.record for fila in tabla.rows] == [vencido]
    assert not client.get(url("tratamiento_lista"), {"vence": "pronto"}).context["total"]
