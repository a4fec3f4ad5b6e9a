"""Lo que las opiniones cuentan a un informe, a una acción y a una sesión."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.forms import ValidationError

from convenios.opiniones import acciones
from tests.fabricas import comision as de_comision
from tests.fabricas import convenios as de_convenios
from tests.fabricas import directorio
from tests.fabricas import opiniones as fabrica
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import propuestas
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
CONTEXTO = Contexto(Periodo(date(2020, 10, 1), date(2021, 3, 31)))


@pytest.fixture
def opiniones():
    area = directorio.area(nombre="Área", siglas="A")
    convenio = de_convenios.convenio(titulo="Convenio uno", areas=[area])
    historica = fabrica.historica
    historica("IECM/UTVOE/OP/020/2020", date(2020, 9, 30), convenio)
    historica("IECM/UTVOE/OP/021/2020", date(2020, 10, 12), convenio, solicitada=date(2020, 10, 2))
    historica("IECM/UTVOE/OP/021bis/2020", date(2020, 12, 1), convenio, "observaciones", solicitada=date(2020, 11, 16))
    historica("IECM/UTVOE/OP/001/2021", date(2021, 1, 15), convenio, "no_favorable")
    quitada = historica("IECM/UTVOE/OP/002/2021", date(2021, 1, 16), convenio)
    acciones.cancelar(opinion=quitada, motivo="Se duplicó", por=None)
    fabrica.borrador(convenio)


def bloques(clave, **parametros):
    return SECCIONES[clave].bloques(CONTEXTO, parametros)


def test_en_detalle(opiniones):
    (tabla,) = bloques("convenios.opiniones")
    assert [c.titulo for c in tabla.columnas] == [
        "No.",
        "Número",
        "Fecha",
        "Instrumento",
        "Áreas responsables",
        "Sentido",
    ]
    assert tabla.filas[1] == (
        2, "IECM/UTVOE/OP/021bis/2020", date(2020, 12, 1), "Convenio uno", "Área", "Favorable con observaciones",
    )  # fmt: skip
    assert len(tabla.filas) == 3
    (otra,) = bloques("convenios.opiniones", columnas="numero, dias", sentido="favorable")
    assert otra.filas == ((1, "IECM/UTVOE/OP/021/2020", 10),)
    for malas in ("nada", "numero,numero"):
        with pytest.raises(ValidationError, match="columna"):
            bloques("convenios.opiniones", columnas=malas)


def test_por_anio_y_sentido(opiniones):
    (tabla,) = bloques("convenios.opiniones_por_anio")
    assert tabla.filas == (
        ("2020 (octubre–diciembre)", 1, 1, 0, 2, Decimal("12.5")),
        ("2021 (enero–marzo)", 0, 0, 1, 1, None),
    )
    assert tabla.totales == ("Total", 1, 1, 1, 3, Decimal("12.5"))


def test_sin_opiniones_no_hay_tablas():
    assert not bloques("convenios.opiniones") and not bloques("convenios.opiniones_por_anio")
    assert CIFRAS["convenios.dias_de_opinion"].funcion(CONTEXTO) == 0


def test_cifras_y_fuentes_dicen_lo_mismo(opiniones):
    assert CIFRAS["convenios.opiniones"].funcion(CONTEXTO) == 3
    assert CIFRAS["convenios.opiniones_favorables"].funcion(CONTEXTO) == 2
    assert CIFRAS["convenios.dias_de_opinion"].funcion(CONTEXTO) == Decimal("12.5")
    periodo = CONTEXTO.periodo
    for clave, cuantas in (("convenios.opiniones", 3), ("convenios.opiniones_favorables", 2)):
        hechos = FUENTES[clave].detallar(periodo.inicio, periodo.fin)
        assert len(hechos) == cuantas and hechos[0].fecha == date(2020, 10, 12)
        assert hechos[0].texto == "IECM/UTVOE/OP/021/2020 · Convenio uno"


def test_se_proponen_las_recientes_que_la_comision_no_conoce(opiniones):
    sesion = de_comision.sesion(de_comision.comision(), date(2021, 1, 28), estado="programada", fecha_celebrada=None)
    quien = persona()
    quien.groups.add(Group.objects.get(name=roles.SECRETARIA))

    def claves(usuario):
        return [p.titulo[23:48] for p in propuestas.reunir(sesion, usuario) if p.clave.startswith("opinion-")]

    assert claves(quien) == ["IECM/UTVOE/OP/021bis/2020", "IECM/UTVOE/OP/001/2021, s"]
    titulo = "Opinión de pertinencia iecm/utvoe/op/021bis/2020"
    sesion.puntos.create(numero=1, titulo=titulo, solicitud="presentacion")
    assert claves(quien) == ["IECM/UTVOE/OP/001/2021, s"]
    enlace = persona()
    enlace.groups.add(Group.objects.get(name=roles.AREA))
    assert not claves(enlace)
