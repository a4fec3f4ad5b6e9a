"""Las hojas de población y de alternativas: de ida y vuelta, y cada error en su fila."""

import io

import pytest

from programas.acciones import cerrar_programa
from programas.diagnostico import resources
from programas.models import Alternativa, Involucramiento
from tests.fabricas import diagnostico as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import area, organismo
from tests.fabricas.programas import accion, eje, programa
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db

ENCABEZADO = "Programa,Área,Organismo,Interés,Fuerza,Papel en el programa\n"


def importar(clave: str, texto: str, por=None):
    return hojas.importar_archivo(clave, io.BytesIO(texto.encode()), nombre=f"{clave}.csv", por=por)


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_lo_exportado_vuelve_a_entrar_sin_cambios(formato):
    uno = programa()
    fabrica.involucramiento(uno, area(siglas="UTAJ"), 5, 4, papel="Asesora")
    fabrica.involucramiento(uno, organismo(nombre="UNIORE"), 3, 3)
    una = fabrica.alternativa(fabrica.medio(uno), elegida=True, razon="Cuesta poco", accion=accion(eje(uno)))
    fabrica.alternativa(una.medio, incidencia=5, viabilidad=4)
    for recurso in (resources.InvolucramientoRecurso, resources.AlternativaRecurso):
        consulta = recurso().get_queryset()
        contenido = hojas.exportar(recurso, consulta, formato)
        resultado = hojas.importar_archivo(recurso.clave, io.BytesIO(contenido), nombre=f"x.{formato}")
        assert (resultado.errores, resultado.iguales) == ([], 2)
    assert b"Alto" in hojas.exportar(resources.InvolucramientoRecurso, Involucramiento.objects.all(), "csv")


def test_area_u_organismo_en_la_clave():
    por = con_papel(roles.DIRECCION)
    uno = programa(clave="pe-2031", anio=2031)
    area(nombre="Jurídica", siglas="UTAJ")
    organismo(nombre="UNIORE")
    texto = ENCABEZADO + "pe-2031,UTAJ,,5,4,\npe-2031,,UNIORE,3,3,Comparte prácticas\n"
    assert importar("involucramientos", texto, por).nuevos == 2
    otra = importar(
        "involucramientos", ENCABEZADO + "pe-2031,UTAJ,,1,1,\npe-2031,,UNIORE,3,3,Comparte prácticas\n", por
    )
    assert (otra.cambiados, otra.iguales, otra.errores) == (1, 1, [])
    assert {i.valor for i in Involucramiento.objects.filter(programa=uno)} == {1, 9}


def test_cada_error_en_su_fila_y_no_entra_ninguna():
    programa(clave="pe-2031", anio=2031)
    area(nombre="Jurídica", siglas="UTAJ")
    for siglas in ("A", "B", "C"):
        area(siglas=siglas)
    organismo(nombre="UNIORE")
    texto = ENCABEZADO + (
        "pe-2031,A,,0,3,\npe-2031,B,,3,6,\npe-2031,UTAJ,UNIORE,3,3,\npe-2031,,,3,3,\npe-2031,C,,2,2,\npe-2031,C,,3,3,\n"
        "pe-2031,No existe,,3,3,\n"
    )
    resultado = importar("involucramientos", texto)
    assert {e.fila for e in resultado.errores} == {2, 3, 4, 5, 7, 8}
    porque = {e.fila: e.motivo for e in resultado.errores}
    assert "mayor o igual" in porque[2]
    assert "menor o igual" in porque[3]
    assert "uno de los dos" in porque[4]
    assert "uno de los dos" in porque[5]
    assert "misma clave" in porque[7]
    assert not Involucramiento.objects.exists()


def test_la_hoja_no_toca_un_programa_cerrado():
    uno = fabrica.involucramiento(programa(clave="pe-2020", anio=2020), area(siglas="UTAJ"))
    cerrar_programa(programa=uno.programa, por=None)
    resultado = importar("involucramientos", f"{ENCABEZADO}pe-2020,UTAJ,,1,1,\n")
    assert "está cerrado" in resultado.errores[0].motivo
    assert Involucramiento.objects.get().valor == 16


def test_alternativas_por_clave_de_medio_y_de_accion():
    uno = programa(clave="pe-2031", anio=2031)
    medio, ajeno = fabrica.medio(uno), fabrica.medio(programa(clave="pe-2032", anio=2032))
    una = accion(eje(uno))
    texto = (
        "Programa,Número,Medio,Alternativa,Incidencia,Viabilidad,Elegida,Por qué se eligió o se descartó,"
        "Acción que la lleva a cabo\n"
    )
    bien = importar(
        "alternativas", f"{texto}pe-2031,1,pe-2031:{medio.clave},Reuniones,5,4,Sí,Cuesta poco,{una.clave}\n"
    )
    assert bien.nuevos == 1, bien.errores
    guardada = Alternativa.objects.get()
    assert (guardada.valor, guardada.elegida, guardada.accion) == (20, True, una)
    mal = importar("alternativas", f"{texto}pe-2031,2,pe-2032:{ajeno.clave},Otra,9,4,No,,\n")
    assert {e.columna for e in mal.errores} == {"Medio", "Incidencia"}
