"""Las hojas de la matriz: de ida y vuelta, por sus claves y por las mismas reglas que la página."""

import io

import pytest

from programas.estados import OrigenDeVariable as Origen
from programas.models import AjusteDeTiempo, DatoDeVariable, Explicacion, Indicador, Supuesto, Variable
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db
MODELOS = {
    "supuestos": Supuesto,
    "indicadores": Indicador,
    "variables": Variable,
    "datos_de_variables": DatoDeVariable,
    "ajustes_de_tiempo": AjusteDeTiempo,
    "explicaciones": Explicacion,
}


@pytest.fixture
def plan():
    return planes.programa(2021, "especifico", clave="pe-2021")


@pytest.fixture
def accion(plan):
    return planes.accion(planes.eje(plan), metas={1: 4})


def importar(clave: str, texto: str, por=None):
    return hojas.importar_archivo(clave, io.BytesIO(texto.encode()), nombre=f"{clave}.csv", por=por)


def bien(clave: str, texto: str, por=None):
    resultado = importar(clave, texto, por)
    assert resultado.correcto, resultado.errores
    return resultado


def exportar(clave: str, formato: str = "csv") -> bytes:
    recurso = hojas.descubrir()[clave]
    return hojas.exportar(recurso, recurso().get_queryset(), formato)


def test_una_matriz_entera_por_hojas(accion):
    por = con_papel(roles.DIRECCION)
    bien("supuestos", "Programa,Clave,Supuesto\npe-2021,S1,Hay recursos\npe-2021,S2,Hay voluntad\n", por)
    bien(
        "indicadores",
        "Programa,Clave,Nivel,Resumen narrativo,Nombre,Frecuencia de medición,Supuestos,Acción\n"
        "pe-2021,A1,Actividad,Difundir,Eficacia en la difusión,Trimestral,pe-2021:S1; pe-2021:S2,pe-2021:1A\n",
        por,
    )
    bien(
        "variables",
        "Indicador,Símbolo,Papel,Nombre,De dónde sale,Acciones,Cifra del sistema,Parámetros de la cifra\n"
        '"pe-2021:A1",L,"Logrado (L, R o N)",Contenidos,Un dato que se captura en cada periodo,,,\n'
        '"pe-2021:A1",L2,logrado,Cursos,cifra,,programas.actividades,accion: pe-2021:1A\n'
        '"pe-2021:A1",M,programado,Programados,meta,pe-2021:1A,,\n',
        por,
    )
    bien("datos_de_variables", "Variable,Periodo,Valor,De dónde se tomó\npe-2021:A1:L,1,3.5,Oficio 4\n", por)
    bien("ajustes_de_tiempo", "Indicador,Periodo,Tiempo real (Tr),Razón\npe-2021:A1,1,0.5,Emergencia\n", por)
    bien("explicaciones", "Indicador,Periodo,Causa,Acción,Pronóstico\npe-2021:A1,1,Faltó,Se hará,En mayo\n", por)
    indicador = Indicador.objects.get()
    assert [s.clave for s in indicador.supuestos.all()] == ["S1", "S2"]
    cifra = indicador.variables.get(simbolo="L2")
    assert (cifra.cifra, cifra.parametros) == ("programas.actividades", {"accion": "pe-2021:1A"})
    assert list(indicador.variables.get(simbolo="M").acciones.all()) == [accion]
    assert DatoDeVariable.objects.get().valor == 3.5
    assert Explicacion.history.get().history_user == por


@pytest.mark.parametrize(
    ("clave", "hoja", "motivo"),
    [
        ("variables", "Indicador,Símbolo,Papel,Nombre,De dónde sale\npe-2021:A1,L2,logrado,Otra,avance\n", "una acción"),
        ("variables", "Indicador,Símbolo,Papel,Nombre,De dónde sale,Acciones\n"
         "pe-2021:A1,L2,logrado,Otra,avance,pe-2021:1A\n", "ya cuenta en L"),
        ("variables", "Indicador,Símbolo,Papel,Nombre,De dónde sale,Cifra del sistema,Parámetros de la cifra\n"
         "pe-2021:A1,L2,logrado,Otra,cifra,programas.actividades,color\n", "nombre: valor"),
        ("datos_de_variables", "Variable,Periodo,Valor,De dónde se tomó\npe-2021:A1:M,1,3,Oficio\n", "no se captura"),
        ("explicaciones", "Indicador,Periodo,Causa,Acción,Pronóstico\npe-2021:A1,9,C,A,P\n", "4 veces"),
        ("ajustes_de_tiempo", "Indicador,Periodo,Tiempo real (Tr),Razón\npe-2021:A1,1,9,R\n", "2"),
        ("indicadores", "Programa,Clave,Nivel,Resumen narrativo,Nombre,Meta\npe-2021,A2,Fin,R,N,-1\n", "0"),
        ("supuestos", "Programa,Clave,Supuesto\npe-2021,1S,Mal\n", "mayúsculas"),
    ],
)  # fmt: skip
def test_lo_que_la_pagina_rechaza_la_hoja_tambien(accion, clave, hoja, motivo):
    fabrica.indicador(accion=accion, clave="A1")
    antes = {modelo: modelo.objects.count() for modelo in MODELOS.values()}
    resultado = importar(clave, hoja)
    assert not resultado.correcto
    assert motivo in resultado.errores[0].motivo
    assert antes == {modelo: modelo.objects.count() for modelo in MODELOS.values()}


def de_todo(accion, veces=1):
    plan = accion.eje.programa
    for _ in range(veces):
        indicador = fabrica.indicador(
            plan,
            supuestos=[fabrica.supuesto(plan), fabrica.supuesto(plan)],
            linea_base="0.125",
            linea_base_anio=2020,
            accion=accion,
            variables=[
                fabrica.logrado("L1", acciones=[accion]),
                fabrica.logrado("L2", Origen.DATO),
                fabrica.logrado(
                    "L3", Origen.CIFRA, cifra="programas.actividades", parametros={"accion": "pe-2021:1A", "tipo": ""}
                ),
                fabrica.programado("M1", acciones=[accion]),
                fabrica.programado("M2", Origen.FIJO, valor="0.5"),
            ],
        )
        fabrica.dato(indicador.variables.get(simbolo="L2"), 1, "2.25")
        fabrica.ajuste(indicador, 1, "0.3333")
        fabrica.explicacion(indicador, 2, causa="Dos renglones:\nuno y otro")


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_ida_y_vuelta(accion, formato):
    de_todo(accion, 2)
    fabrica.indicador(accion=accion, frecuencia="mensual", eje=accion.eje)
    for clave, modelo in MODELOS.items():
        resultado = hojas.importar_archivo(
            clave, io.BytesIO(exportar(clave, formato)), nombre=f"{clave}.{formato}", por=None
        )
        assert resultado.correcto, (clave, resultado.errores)
        assert resultado.iguales == modelo.objects.count() > 0, (clave, resultado.detalle)


@pytest.mark.parametrize("clave", MODELOS)
def test_exportar_cuesta_lo_mismo_con_1_que_con_30(accion, clave, django_assert_max_num_queries):
    de_todo(accion, 15)
    with django_assert_max_num_queries(20):
        exportar(clave)
