"""Los nodos en hojas de cálculo."""

import io

import pytest

from programas.diagnostico import acciones
from programas.diagnostico.resources_arbol import NodoRecurso
from programas.models import Nodo
from tests.fabricas import arboles as fabrica
from tests.fabricas import programas
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db
CABEZA = "Programa,Clave,Rol,Cuelga de,Orden,Texto,Contraparte\n"


def importar(filas: str):
    por = con_papel(roles.DIRECCION)
    return hojas.importar_archivo("nodos", io.BytesIO((CABEZA + filas).encode()), nombre="nodos.csv", por=por)


def exportar() -> bytes:
    return hojas.exportar(NodoRecurso, NodoRecurso().get_queryset(), "csv")


def test_un_arbol_entero_de_una_hoja():
    programas.programa(clave="pe-2021")
    resultado = importar(
        "pe-2021,P1,Problema central,,1,El problema,\n"
        "pe-2021,C1,Causa,pe-2021:P1,1,Una causa,\n"
        "pe-2021,C1.1,Causa,pe-2021:C1,1,Otra más honda,\n"
        "pe-2021,O1,Objetivo,,1,El objetivo,pe-2021:P1\n"
    )
    assert resultado.correcto, resultado.errores
    assert Nodo.objects.get(clave="C1.1").padre.padre.clave == "P1"
    assert Nodo.objects.get(clave="O1").contraparte.clave == "P1"


def test_ida_y_vuelta_aun_en_un_programa_nuevo():
    nodos = fabrica.problemas(programas.programa(clave="pe-2021"))
    acciones.proponer_objetivos(programa=nodos["P1"].programa, por=None)
    hoja = exportar()
    igual = hojas.importar_archivo("nodos", io.BytesIO(hoja), nombre="nodos.csv")
    assert igual.correcto and igual.iguales == 14 and not igual.cambiados
    programas.programa(clave="pe-2022")
    otra = hojas.importar_archivo("nodos", io.BytesIO(hoja.replace(b"pe-2021", b"pe-2022")), nombre="nodos.csv")
    assert otra.correcto and otra.nuevos == 14, otra.errores


def test_el_padre_va_antes():
    programas.programa(clave="pe-2021")
    resultado = importar("pe-2021,C1,Causa,pe-2021:P1,1,Una causa,\npe-2021,P1,Problema central,,1,El problema,\n")
    (error,) = resultado.errores
    assert (error.fila, error.columna) == (2, "Cuelga de")
    assert 'No existe "pe-2021:P1"' in error.motivo
    assert not Nodo.objects.exists()


def test_un_circulo_en_la_hoja_no_escribe_nada():
    nodos = fabrica.problemas(programas.programa(clave="pe-2021"))
    resultado = importar(
        "pe-2021,P1,Problema central,,1,Cambia,\npe-2021,C1,Causa,pe-2021:C2,1,C1,\npe-2021,C2,Causa,pe-2021:C1,2,C2,\n"
    )
    (error,) = resultado.errores
    assert error.fila == 4 and "No puede colgar de sí mismo" in error.motivo
    assert Nodo.objects.get(clave="P1").texto == nodos["P1"].texto
    assert Nodo.objects.get(clave="C1").padre == nodos["P1"]


@pytest.mark.parametrize(
    ("fila", "dice"),
    [
        ("pe-2021,C9,Causa,,1,Sin padre,", "Diga de qué cuelga"),
        ("pe-2021,C9,Causa,pe-2021:E1,1,De un efecto,", "no puede sostener"),
        ("pe-2021,C9,Causa,otro:P1,1,De otro programa,", "Es de otro programa"),
        ("pe-2021,C9,Causa,pe-2021:P1,1,,", "Falta este dato"),
        (f"pe-2021,C9,Causa,pe-2021:P1,1,{'a' * 301},", "300"),
        ("pe-2021,c 9,Causa,pe-2021:P1,1,Clave mala,", "Letras mayúsculas"),
        ("pe-2021,C9,Causa,pe-2021:P1,-1,Orden malo,", ""),
        ("pe-2021,C9,Causa,pe-2021:P1,1000000,Orden enorme,", ""),
        ("pe-2021,C9,Causa,pe-2021:P1,1,Contraparte,pe-2021:C1", "La contraparte va de un objetivo"),
        ("pe-2021,C1,Efecto,pe-2021:P1,1,Cambia de lado,", "De él cuelgan"),
        ("nada,C9,Causa,pe-2021:P1,1,Programa malo,", 'No existe "nada"'),
    ],
)
def test_filas_malas(fila, dice):
    fabrica.problemas(programas.programa(clave="pe-2021"))
    fabrica.problemas(programas.programa(clave="otro"))
    resultado = importar(fila + "\n")
    assert not resultado.correcto
    assert dice in " ".join(e.motivo for e in resultado.errores)
    assert Nodo.objects.count() == 14
