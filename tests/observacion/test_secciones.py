"""Lo que la Red dice a un informe."""

from datetime import date

import pytest
from django.forms import ValidationError

from observacion import acciones
from programas.models import Accion
from tests.fabricas import observacion as fabrica
from vinculacion.nucleo.bloques import a_json, desde_json
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
CONTEXTO = Contexto(Periodo(date(2020, 10, 1), date(2020, 12, 31)))


@pytest.fixture
def organizacion():
    return fabrica.integrante()


@pytest.fixture
def reuniones(organizacion):
    reunion = fabrica.reunion(titulo="Tercera reunión")
    curso = fabrica.reunion(date(2020, 12, 7), titulo="Curso", tipo=fabrica.tipo("curso"), accion=fabrica.accion("C"))
    antes = fabrica.reunion(date(2020, 9, 30))
    rechazada = fabrica.reunion(date(2020, 11, 5))
    for actividad in (reunion, curso, antes, rechazada):
        acciones.registrar_asistencia(actividad=actividad, personas={organizacion: 2}, por=None)
    acciones.registrar_asistencia(
        actividad=reunion, personas={fabrica.integrante(): 1, fabrica.integrante("individual"): 1}, por=None
    )
    rechazada.estado = "rechazada"
    rechazada.save()
    return reunion, curso


def bloques(**parametros):
    return SECCIONES["observacion.asistencia"].bloques(CONTEXTO, parametros)


def cifra(nombre, **parametros):
    return CIFRAS[f"observacion.{nombre}"].funcion(CONTEXTO, **parametros)


def test_la_tabla(reuniones):
    [tabla] = bloques()
    assert tabla.filas == (
        ("Tercera reunión", "Miércoles 4 de noviembre de 2020", 2, 3, 1, 4),
        ("Curso", "Lunes 7 de diciembre de 2020", 1, 2, 0, 2),
    )
    assert tabla.totales == ("Total", None, None, 5, 1, 6)
    assert desde_json(a_json([tabla])) == (tabla,)


def test_por_accion_y_tipo(reuniones):
    assert [f[0] for f in bloques(accion="pat-2020:4B")[0].filas] == ["Tercera reunión"]
    assert bloques(accion="pat-2020:4B")[0].totales is None
    assert [f[0] for f in bloques(tipo="curso")[0].filas] == ["Curso"]
    assert bloques(accion="pat-2020:4B", tipo="curso") == []


def test_la_accion_alineada_tambien_cuenta(reuniones):
    otra = fabrica.accion("1", programa="pe-2020", eje=2)
    otra.alineadas.add(fabrica.accion("B"))
    assert [f[0] for f in bloques(accion="pe-2020:2.1")[0].filas] == ["Tercera reunión"]


@pytest.mark.parametrize("clave", ["pat-2020:9Z", "nada", ":"])
def test_una_accion_que_no_existe_se_dice(reuniones, clave):
    with pytest.raises(ValidationError, match=f"No existe la acción «{clave}»"):
        bloques(accion=clave)
    with pytest.raises(Accion.DoesNotExist):
        cifra("asistentes", accion=clave)


def test_un_tipo_que_no_existe_se_dice_en_vez_de_contar_cero(reuniones):
    with pytest.raises(ValidationError, match="no existe el tipo de actividad «curzo»"):
        bloques(tipo="curzo")
    for nombre in ("asistentes", "organizaciones_asistentes"):
        with pytest.raises(ValueError, match="no existe el tipo de actividad «curzo»"):
            cifra(nombre, tipo="curzo")


def test_cifras(reuniones):
    assert cifra("asistentes") == 6
    assert cifra("asistentes", accion="pat-2020:4B") == 4
    assert cifra("asistentes", accion="pat-2020:4B", clase="organizacion") == 3
    assert cifra("asistentes", clase="individual") == 1
    assert cifra("organizaciones_asistentes") == 2  # la que fue a las dos cuenta una vez
    assert cifra("integrantes") == 3
    assert cifra("integrantes", clase="individual") == 1
    with pytest.raises(ValueError, match="no vale como clase"):
        cifra("asistentes", clase="persona")


def test_sin_asistencia_no_hay_tabla():
    fabrica.reunion()
    assert bloques() == [] and cifra("asistentes") == 0


def test_una_consulta_para_cualquier_cantidad(organizacion, django_assert_num_queries):
    for _ in range(12):
        acciones.registrar_asistencia(actividad=fabrica.reunion(), personas={organizacion: 1}, por=None)
    with django_assert_num_queries(1):
        assert len(bloques()[0].filas) == 12
