"""Las hojas de riesgos: de ida y vuelta, y con las mismas reglas que la página."""

import io
from datetime import date

import pytest

from programas.models import Candado, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from programas.riesgos.resources import RiesgoRecurso
from tests.fabricas import programas as de_programas
from tests.fabricas import riesgos as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import area
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db


def importar(clave: str, texto: str):
    por = con_papel(roles.DIRECCION)
    return hojas.importar_archivo(clave, io.BytesIO(texto.encode()), nombre=f"{clave}.csv", por=por)


@pytest.fixture
def programa():
    programa = de_programas.programa(2021, clave="pe-2021")
    de_programas.accion(de_programas.eje(programa))
    for clave in ("pe-2021", "pat-2021"):
        de_quien = programa if clave == "pe-2021" else de_programas.programa(2021, clave=clave)
        Supuesto.objects.create(programa=de_quien, clave="S1", texto="Hay presupuesto")
    area(nombre="Unidad de prueba", siglas="UP")
    return programa


def test_la_matriz_entera_por_hojas(programa):
    riesgos = importar(
        "riesgos",
        "Programa,Número,Riesgo,Probabilidad,Impacto,Tratamiento,Área responsable,Probabilidad residual,"
        "Impacto residual,Acciones a las que amenaza,Supuestos de la MIR que pone en duda\n"
        "pe-2021,4,Difusión incompleta,Medio (2),Alto (3),Reducir el riesgo,UP,Bajo (1),Medio (2),pe-2021:1A,pe-2021:S1\n",
    )
    assert riesgos.correcto, riesgos.errores
    tratamientos = importar(
        "tratamientos",
        "Riesgo,Número,Acción para tratarlo,Inicio,Término,Estado,Concluido el\n"
        "pe-2021:4,1,Cronograma,01/01/2021,31/07/2021,Concluido,30/07/2021\n",
    )
    assert tratamientos.correcto, tratamientos.errores
    notas = importar(
        "seguimientos_de_riesgo", "Riesgo,Trimestre,Nota de seguimiento,Se materializó\npe-2021:4,1,Sin cambios,No\n"
    )
    assert notas.correcto, notas.errores
    riesgo = Riesgo.objects.get()
    assert (riesgo.nivel_inicial, riesgo.nivel_residual, riesgo.acciones.count(), riesgo.supuestos.count()) == (
        6,
        2,
        1,
        1,
    )
    assert Tratamiento.objects.get().concluido_el == date(2021, 7, 30)
    assert SeguimientoDeRiesgo.objects.get().trimestre == 1


def test_ida_y_vuelta_sin_cambios_con_los_niveles_de_solo_lectura(programa):
    accion = de_programas.accion(de_programas.eje(programa))
    supuesto = programa.supuestos.get()
    riesgo = fabrica.riesgo(
        programa, acciones_=[accion], supuestos=[supuesto], probabilidad_residual=1, impacto_residual=1
    )
    fabrica.tratamiento(riesgo)
    fabrica.seguimiento(riesgo)
    antes = Riesgo.history.count()
    for clave in ("riesgos", "tratamientos", "seguimientos_de_riesgo"):
        recurso = hojas.descubrir()[clave]
        for formato in ("csv", "xlsx"):
            contenido = hojas.exportar(recurso, recurso().get_queryset(), formato)
            resultado = hojas.importar_archivo(clave, io.BytesIO(contenido), nombre=f"{clave}.{formato}")
            assert (resultado.correcto, resultado.iguales) == (True, 1), resultado.errores
    assert Riesgo.history.count() == antes
    (fila,) = RiesgoRecurso().filas()
    datos = dict(zip(RiesgoRecurso().columnas(), fila, strict=True))
    assert (datos["nivel_inicial"], datos["nivel_residual"]) == (6, 1)


def test_lo_que_la_pagina_no_deja_la_hoja_tampoco(programa):
    encabezado = "Programa,Número,Riesgo,Probabilidad,Impacto,Tratamiento"
    hechos = importar(
        "riesgos",
        f"{encabezado},Supuestos de la MIR que pone en duda\n"
        "pe-2021,1,Uno,Medio (2),Alto (3),Reducir el riesgo,pat-2021:S1\n"
        "pe-2021,2,Dos,Extremo,Alto (3),Reducir el riesgo,\n",
    )
    assert [e.fila for e in hechos.errores] == [2, 3]
    assert "es de otro programa" in str(hechos.errores[0])
    assert not Riesgo.objects.exists()
    riesgo = fabrica.riesgo(programa)
    Candado.objects.create(programa=programa, trimestre=1, razon="Informe")
    notas = importar("seguimientos_de_riesgo", "Riesgo,Trimestre,Nota de seguimiento\npe-2021:1,1,Tarde\n")
    assert "está cerrado" in str(notas.errores[0])
    malos = importar(
        "tratamientos", "Riesgo,Número,Acción para tratarlo,Inicio,Término\npe-2021:1,1,Algo,01/05/2021,01/04/2021\n"
    )
    assert "Termina antes de empezar." in str(malos.errores[0])
    assert not riesgo.tratamientos.exists()
