"""Lo que la comisión cuenta al informe."""

from datetime import date

import pytest

from tests.fabricas import comision as fabrica
from vinculacion.comision import acciones
from vinculacion.comision.secciones import TIPOS  # noqa: F401 — registra las secciones
from vinculacion.nucleo.bloques import Lista, Matriz, Parrafo, Tabla, Titulo, a_json
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db

CUARTO = Periodo(date(2020, 10, 1), date(2020, 12, 31))


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def sesiones(cvoe):
    return fabrica.trimestre(cvoe)


@pytest.fixture
def contexto(cvoe):
    return Contexto(CUARTO, cvoe)


def bloques(clave, contexto, **parametros):
    armados = SECCIONES[f"comision.{clave}"].bloques(contexto, parametros)
    a_json(armados)  # todo lo que sale de aquí se puede congelar
    return armados


@pytest.mark.parametrize("clave", ["sesiones_celebradas", "asistencia", "acuerdos_por_sesion", "puntos_presentados"])
def test_sin_sesiones_no_hay_nada_que_contar(clave, contexto):
    assert bloques(clave, contexto) == []
    assert bloques(clave, Contexto(CUARTO)) == []


def test_tres_sesiones_van_en_columnas(contexto, sesiones):
    (tabla,) = bloques("sesiones_celebradas", contexto)
    assert [c.titulo for c in tabla.columnas] == [
        "Décima sesión ordinaria",
        "Décima primera sesión ordinaria",
        "Décima segunda sesión ordinaria",
    ]
    assert tabla.filas[0][0] == "Celebrada el lunes 26 de octubre de 2020."
    (tabla,) = bloques("sesiones_celebradas", contexto, formato="renglones")
    assert tabla.filas[2] == (3, "Décima segunda sesión ordinaria", date(2020, 12, 22), "Virtual")


def test_varios_anios_se_parten(cvoe, sesiones):
    fabrica.sesion(cvoe, date(2021, 1, 21))
    dos = Contexto(Periodo(date(2020, 10, 1), date(2021, 12, 31)), cvoe)
    armados = bloques("sesiones_celebradas", dos, formato="renglones")
    assert [type(b) for b in armados] == [Titulo, Tabla, Titulo, Tabla]
    assert armados[0].texto == "2020 (octubre–diciembre)"


def test_lo_que_no_se_ha_anotado_no_se_ensena_como_falta(cvoe, contexto, sesiones):
    capacidades = fabrica.integrar(cvoe)
    assert bloques("asistencia", contexto) == [Parrafo("Todavía no se anota la asistencia a las sesiones celebradas.")]
    acciones.registrar_asistencia(sesion=sesiones[0], estados={c.pk: "ausente" for c in capacidades}, por=None)
    dicho, matriz = bloques("asistencia", contexto)
    assert dicho.texto == (
        "Todavía no se anota la asistencia a las sesiones ordinarias décima primera y décima segunda."
    )
    assert matriz.columnas == ("Décima sesión ordinaria",)
    assert {marcas for _, marcas in matriz.filas} == {("",)}


def test_la_matriz_lleva_x_y_nada(cvoe, contexto, sesiones):
    capacidades = fabrica.integrar(cvoe)
    for n, sesion in enumerate(sesiones):
        estados = {c.pk: "ausente" if i == n else "presente" for i, c in enumerate(capacidades)}
        acciones.registrar_asistencia(sesion=sesion, estados=estados, por=None)
    (matriz,) = bloques("asistencia", contexto)
    assert isinstance(matriz, Matriz)
    assert matriz.filas[0] == ("Presidencia", ("", "X", "X"))
    assert matriz.filas[5] == ("Secretaría Administrativa", ("X", "X", "X"))
    assert not matriz.notas
    acciones.registrar_asistencia(sesion=sesiones[0], estados={capacidades[0].pk: "justificada"}, por=None)
    (matriz,) = bloques("asistencia", contexto)
    assert matriz.filas[0][1][0] == "J"
    assert "ausencia justificada" in matriz.notas[0]


def test_los_acuerdos_van_bajo_su_sesion(contexto, sesiones):
    acciones.tomar_acuerdo(sesion=sesiones[0], texto="Se aprueba el orden del día.", por=None, folio="CVOE/043/20")
    acciones.tomar_acuerdo(sesion=sesiones[2], texto="Se aprueba la minuta.", por=None)
    armados = bloques("acuerdos_por_sesion", contexto)
    assert armados == [
        Titulo("Décima sesión ordinaria, lunes 26 de octubre de 2020"),
        Lista(("CVOE/043/20. Se aprueba el orden del día.",)),
        Titulo("Décima segunda sesión ordinaria, martes 22 de diciembre de 2020"),
        Lista(("CVOE/044/20. Se aprueba la minuta.",)),
    ]


def test_los_puntos_repetidos_van_una_vez_con_su_nota(contexto, sesiones):
    tramite = {"de_tramite": True, "por": None}
    for sesion in sesiones:
        acciones.agregar_punto(sesion=sesion, titulo="Orden del día", **tramite)
        acciones.agregar_punto(sesion=sesion, titulo="Informe de convenios", por=None)
    acciones.agregar_punto(sesion=sesiones[1], titulo="Estrategia", por=None)
    acciones.agregar_punto(sesion=sesiones[2], titulo="estratégia.", por=None)
    acciones.agregar_punto(sesion=sesiones[2], titulo="Manual.", por=None)
    (lista,) = bloques("puntos_presentados", contexto)
    assert lista.elementos == ("Informe de convenios.¹", "Estrategia.²", "Manual.")
    assert lista.notas == (
        "¹ Se presentó en las sesiones ordinarias décima, décima primera y décima segunda.",
        "² Se presentó en las sesiones ordinarias décima primera y décima segunda.",
    )
    (lista,) = bloques("puntos_presentados", contexto, con_tramite=True)
    assert lista.elementos[0] == "Orden del día.¹"
    assert CIFRAS["comision.puntos"].funcion(contexto) == 9
    assert CIFRAS["comision.asuntos"].funcion(contexto) == 3


def test_las_cifras_dicen_lo_que_los_registros(contexto, sesiones):
    for sesion, cuantos in zip(sesiones, (3, 5, 3), strict=True):
        for n in range(cuantos):
            acciones.tomar_acuerdo(sesion=sesion, texto=f"A {n}", por=None)
    assert CIFRAS["comision.sesiones"].funcion(contexto) == 3
    assert CIFRAS["comision.sesiones"].funcion(contexto, tipo="urgente") == 0
    assert CIFRAS["comision.acuerdos"].funcion(contexto) == 11
    assert CIFRAS["comision.acuerdos"].funcion(contexto, sesion="11SO") == 5
    assert CIFRAS["comision.acuerdos"].funcion(contexto, sesion="11so/2020") == 5
    for mala in ("13SO", "once", "11SO/2021"):
        with pytest.raises(ValueError, match="sesión"):
            CIFRAS["comision.acuerdos"].funcion(contexto, sesion=mala)
    with pytest.raises(ValueError, match="no tiene comisión"):
        CIFRAS["comision.sesiones"].funcion(Contexto(CUARTO))


def test_las_sesiones_cuentan_como_avance(sesiones):
    assert list(FUENTES["comision.sesiones"].contar(date(2020, 11, 1), date(2020, 12, 31))) == [
        (date(2020, 11, 26), 1),
        (date(2020, 12, 22), 1),
    ]


def test_seccion_con_parametros_que_no_valen(contexto, sesiones):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        bloques("puntos_presentados", contexto, tema="No existe")
