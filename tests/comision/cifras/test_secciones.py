"""Las cifras de la comisión en un informe."""

from datetime import date
from decimal import Decimal

import pytest

from tests.fabricas import cifras as fabrica
from tests.fabricas import comision as comisiones
from vinculacion.comision import acciones
from vinculacion.comision import secciones as _  # noqa: F401 — registra las secciones
from vinculacion.nucleo.bloques import Grafica, Parrafo, Tabla, Titulo, a_json
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
CLAVES = ["asistencia_por_persona", "sesiones_por_tipo", "puntos_por_tema", "acuerdos_por_estado"]
EL_ANIO = Periodo.anual(2022)
DOS_ANIOS = Periodo(date(2021, 7, 1), date(2022, 12, 31))


@pytest.fixture
def anio():
    return fabrica.anio_de_cambios()


def bloques(clave, contexto, **parametros):
    armados = SECCIONES[f"comision.{clave}"].bloques(contexto, parametros)
    a_json(armados)
    return armados


@pytest.mark.parametrize("clave", CLAVES)
def test_sin_sesiones_no_hay_nada_que_contar(clave):
    assert bloques(clave, Contexto(EL_ANIO, comisiones.comision())) == []
    assert bloques(clave, Contexto(EL_ANIO)) == []


def test_cada_informe_cuenta_a_su_comision(anio):
    for comision, cuantas in ((anio.a, 3), (anio.b, 2)):
        (tabla,) = bloques("sesiones_por_tipo", Contexto(EL_ANIO, comision))
        assert tabla.filas == (("2022", cuantas, 0, 0, cuantas),)
    (tabla,) = bloques("asistencia_por_persona", Contexto(EL_ANIO, anio.a))
    ana = next(f for f in tabla.filas if f[0] == "Ana")
    assert ana == ("Ana", "Integrante, luego Presidencia", 3, 2, 0, 0, 1, Decimal("66.7"))
    assert all(fila[0] != "Cara" for fila in tabla.filas)


def test_por_capacidad(anio):
    (tabla,) = bloques("asistencia_por_persona", Contexto(EL_ANIO, anio.a), por="capacidad")
    assert [f[0] for f in tabla.filas if "Ana" in f[0]] == ["Presidencia: Ana", "Consejería 2: Ana"]


def test_lo_que_falta_de_anotar_se_ve_y_no_baja_el_porcentaje(anio):
    (tabla,) = bloques("asistencia_por_persona", Contexto(EL_ANIO, anio.b))
    assert "Sin anotar" in [c.titulo for c in tabla.columnas]
    assert tabla.filas[0] == ("Cara", "Presidencia", 2, 1, 0, 0, 1, Decimal("100.0"))
    assert "cuya asistencia ya se anotó" in tabla.notas[1]
    antes = comisiones.sesion(anio.b, date(2021, 5, 6))
    fabrica.capacidad(anio.b, "presidencia", "Presidencia", date(2021, 1, 1), date(2021, 12, 31))
    titulo, dicho, *_resto = bloques("asistencia_por_persona", Contexto(Periodo(date(2021, 1, 1), EL_ANIO.fin), anio.b))
    assert (titulo.texto, antes.anio) == ("2021", 2021)
    assert dicho == Parrafo("Todavía no se anota la asistencia a las sesiones celebradas.")


def test_varios_anios(anio):
    antes = comisiones.sesion(anio.a, date(2021, 10, 14))
    fabrica.capacidad(anio.a, "presidencia", "Presidencia", date(2021, 1, 1), date(2021, 12, 31), persona="Gil")
    contexto = Contexto(DOS_ANIOS, anio.a)
    for sesion in (antes, anio.de_a[0]):
        acciones.agregar_punto(sesion=sesion, titulo="Informe", por=None)
        acciones.tomar_acuerdo(sesion=sesion, texto="Se pide.", por=None)
    partes = bloques("asistencia_por_persona", contexto)
    assert [p.texto for p in partes if isinstance(p, Titulo)] == ["2021 (julio–diciembre)", "2022"]
    assert len(bloques("asistencia_por_persona", contexto, junto=True)) == 1
    (tabla,) = bloques("sesiones_por_tipo", contexto)
    assert (tabla.filas, tabla.totales) == ((("2021", 1, 0, 0, 1), ("2022", 3, 0, 0, 3)), ("Total", 4, 0, 0, 4))
    (tabla,) = bloques("puntos_por_tema", contexto)
    assert tabla.filas == (("Sin tema", 1, 1, 2),)
    (tabla,) = bloques("acuerdos_por_estado", contexto)
    assert tabla.filas == (("Pendiente", 1, 1, 2),)
    (tabla,) = bloques("acuerdos_por_estado", contexto, por="area")
    assert tabla.filas == (("Sin área responsable", 2, 0, 0, 0, 2, 0),)


@pytest.mark.parametrize("clave", CLAVES)
def test_la_grafica_es_opcional_y_dice_lo_que_muestra(anio, clave):
    acciones.agregar_punto(sesion=anio.de_a[0], titulo="Informe", por=None)
    acciones.tomar_acuerdo(sesion=anio.de_a[0], texto="Se pide.", por=None)
    contexto = Contexto(EL_ANIO, anio.a)
    assert [type(b) for b in bloques(clave, contexto)] == [Tabla]
    _tabla, dibujo = bloques(clave, contexto, con_grafica=True)
    assert isinstance(dibujo, Grafica)
    assert dibujo.svg.startswith("<svg") and any(letra.isdigit() for letra in dibujo.descripcion)


def test_cifras_vivas(anio):
    tema = acciones.crear_tema(nombre="Convenios", por=None)
    acciones.agregar_punto(sesion=anio.de_a[0], titulo="Informe", tema=tema, por=None)
    acciones.tomar_acuerdo(sesion=anio.de_a[0], texto="Se pide.", por=None)
    acciones.tomar_acuerdo(sesion=anio.de_a[0], texto="Se aprueba.", estado="cumplido", por=None)
    contexto = Contexto(EL_ANIO, anio.a)

    def cifra(clave, **parametros):
        return CIFRAS[f"comision.{clave}"].funcion(contexto, **parametros)

    assert cifra("puntos_por_tema", tema="Convenios") == 1
    assert cifra("puntos_por_tema", tema="Convenios", tipo="urgente") == 0
    assert cifra("acuerdos_cumplidos") == cifra("acuerdos_abiertos") == 1
    assert cifra("porcentaje_de_asistencia") == Decimal("71.4")
    with pytest.raises(ValueError, match="no existe el tema"):
        cifra("puntos_por_tema", tema="Otro")
    with pytest.raises(ValueError, match="no hay sesiones de tipo"):
        cifra("acuerdos_abiertos", tipo="solemne")
    with pytest.raises(ValueError, match="no hay asistencia anotada"):
        cifra("porcentaje_de_asistencia", tipo="urgente")


def test_la_matriz_distingue_a_quien_suple(anio):
    (matriz,) = bloques("asistencia", Contexto(EL_ANIO, anio.a))
    de = dict(matriz.filas)
    assert de["UTAJ"] == ("S", "", "X")
    assert matriz.notas == ("X: asistió. S: asistió quien suple. J: ausencia justificada.",)
