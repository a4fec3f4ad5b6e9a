"""El seguimiento de los acuerdos: quién lo da, cómo queda el acuerdo y qué dice el informe de cada sesión."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as comision
from vinculacion.comision.models import Acuerdo, SeguimientoDeAcuerdo
from vinculacion.comision.seguimiento import acciones, avisos, consultas, documentos, reglas
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.directorio.models import Area
from vinculacion.nucleo.bloques import Parrafo, SinActividades, Tabla, Titulo
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.secciones import SECCIONES, Contexto

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


@pytest.fixture
def area():
    return Area.objects.create(nombre="Unidad Propia", siglas="UP", clase="unidad")


@pytest.fixture
def cvoe():
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return cvoe


@pytest.fixture
def sesiones(cvoe):
    """26 de octubre, 26 de noviembre y 22 de diciembre de 2020."""
    return fabrica.trimestre(cvoe)


@pytest.fixture
def secretaria():
    return con_papel(SECRETARIA)


@pytest.fixture
def acuerdo(sesiones, area):
    return comision.tomar_acuerdo(sesion=sesiones[0], texto="Se pide el padrón.", area_responsable=area, por=None)


def tipo(error) -> set[str]:
    return set(error.value.error_dict)


# -- pasos ---------------------------------------------------------------------


def test_el_ultimo_paso_dice_como_va(acuerdo, sesiones, secretaria):
    comision.dar_seguimiento(
        acuerdo=acuerdo, estado="en_proceso", nota="Se pidió.", fecha=date(2020, 11, 3), por=secretaria
    )
    assert (acuerdo.estado, acuerdo.cumplido_en) == ("en_proceso", None)
    cumplido = comision.dar_seguimiento(
        acuerdo=acuerdo, estado="cumplido", nota="Se entregó.", fecha=date(2020, 11, 26), sesion=sesiones[1],
        por=secretaria,
    )  # fmt: skip
    acuerdo = Acuerdo.objects.get()
    assert (acuerdo.estado, acuerdo.cumplido_en) == ("cumplido", sesiones[1])
    # Lo que se anota con fecha anterior no cambia en qué quedó.
    comision.dar_seguimiento(
        acuerdo=acuerdo, estado="en_proceso", nota="Se insistió.", fecha=date(2020, 11, 10), por=secretaria
    )
    assert Acuerdo.objects.get().estado == "cumplido"
    acciones.quitar_seguimiento(seguimiento=cumplido, por=secretaria)
    acuerdo = Acuerdo.objects.get()
    assert (acuerdo.estado, acuerdo.cumplido_en) == ("en_proceso", None)


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"estado": "cumplido"}, "sesion"),
        ({"nota": "  "}, "nota"),
        ({"fecha": date(2020, 10, 1)}, "fecha"),
        ({"fecha": date(2999, 1, 1)}, "fecha"),
    ],
)
def test_lo_que_no_vale(acuerdo, secretaria, datos, campo):
    datos = {"estado": "en_proceso", "nota": "Se pidió.", **datos}
    with pytest.raises(ValidationError) as error:
        comision.dar_seguimiento(acuerdo=acuerdo, por=secretaria, **datos)
    assert campo in tipo(error)
    assert not SeguimientoDeAcuerdo.objects.exists()


def test_la_sesion_en_que_se_informa_ya_fue_y_es_posterior(acuerdo, cvoe, secretaria):
    antes = fabrica.sesion(cvoe, date(2020, 9, 1), numero=9)
    futura = fabrica.sesion(cvoe, hoy() + timedelta(days=9), celebrada=False)
    for sesion in (antes, futura):
        with pytest.raises(ValidationError) as error:
            comision.dar_seguimiento(acuerdo=acuerdo, estado="cumplido", nota="x", sesion=sesion, por=secretaria)
        assert tipo(error) == {"sesion"}


def test_el_area_informa_de_lo_suyo_y_no_declara(acuerdo, area, sesiones):
    enlace = con_papel(AREA, area=area)
    ajena = con_papel(AREA, area=Area.objects.create(nombre="Otra", siglas="OT", clase="unidad"))
    paso = comision.dar_seguimiento(
        acuerdo=acuerdo,
        estado="en_proceso",
        nota="Va el padrón.",
        evidencias=[{"enlace": "https://x.mx/1"}],
        por=enlace,
    )
    assert (paso.por, paso.evidencias.count()) == (enlace, 1)
    for estado in ("cumplido", "sin_efecto", "pendiente"):
        with pytest.raises(ValidationError) as error:
            comision.dar_seguimiento(acuerdo=acuerdo, estado=estado, nota="x", sesion=sesiones[1], por=enlace)
        assert tipo(error) == {"estado"}
    with pytest.raises(ValidationError) as error:
        comision.dar_seguimiento(acuerdo=acuerdo, estado="en_proceso", nota="x", por=ajena)
    assert tipo(error) == {"acuerdo"}
    comision.dar_seguimiento(acuerdo=acuerdo, estado="cumplido", nota="x", sesion=sesiones[1], por=None)
    with pytest.raises(ValidationError, match="ya está cumplido"):
        comision.dar_seguimiento(acuerdo=acuerdo, estado="en_proceso", nota="x", por=enlace)


def test_advierte_sin_area_o_sin_plazo(sesiones):
    suelto = comision.tomar_acuerdo(sesion=sesiones[0], texto="A", por=None)
    assert len(reglas.advertencias(suelto, "en_proceso")) == 2
    assert reglas.advertencias(suelto, "cumplido") == []


def test_el_estado_no_cambia_por_otro_lado(acuerdo, secretaria):
    acuerdo.estado = "cumplido"
    with pytest.raises(ValidationError) as error:
        comision.editar_acuerdo(acuerdo=acuerdo, por=secretaria)
    assert tipo(error) == {"estado"}


# -- el informe de cada sesión -------------------------------------------------


def test_el_informe_lleva_los_abiertos_y_los_terminados_desde_la_anterior(sesiones, secretaria):
    decima, undecima, duodecima = sesiones
    uno = comision.tomar_acuerdo(sesion=decima, texto="Uno", por=None)
    dos = comision.tomar_acuerdo(sesion=decima, texto="Dos", por=None, fecha_limite=date(2020, 11, 1))
    tres = comision.tomar_acuerdo(sesion=undecima, texto="Tres", por=None)
    viejo = comision.tomar_acuerdo(sesion=decima, texto="Viejo", por=None, estado="cumplido")
    comision.dar_seguimiento(
        acuerdo=uno, estado="cumplido", nota="Se entregó.", fecha=undecima.fecha, sesion=undecima, por=secretaria
    )

    def en(sesion):
        return {s.acuerdo.folio: s.estado for s in consultas.acuerdos_para(sesion)}

    assert consultas.anterior(duodecima) == undecima
    assert en(decima) == {}
    assert en(undecima) == {uno.folio: "cumplido", dos.folio: "pendiente", viejo.folio: "cumplido"}
    assert en(duodecima) == {uno.folio: "cumplido", dos.folio: "pendiente", tres.folio: "pendiente"}
    comision.dar_seguimiento(
        acuerdo=dos, estado="cumplido", nota="x", fecha=duodecima.fecha + timedelta(days=1), sesion=duodecima, por=None
    )
    assert en(duodecima)[dos.folio] == "pendiente"  # lo de después no cambia lo que se informó
    vencido = next(s for s in consultas.acuerdos_para(undecima) if s.acuerdo == dos)
    assert (vencido.vencido, vencido.estado_escrito) == (True, "Pendiente, vencido")
    texto, *tablas = documentos.bloques_de_sesion(undecima, consultas.acuerdos_para(undecima))
    assert isinstance(texto, Parrafo)
    assert "Tres acuerdos: un abierto (un vencido) y dos terminados." in texto.texto
    assert [t.texto for t in tablas if isinstance(t, Titulo)] == ["Pendiente", "Cumplido"]


def test_sin_acuerdos_lo_dice(sesiones):
    assert isinstance(documentos.bloques_de_sesion(sesiones[0], [])[0], SinActividades)


def test_la_seccion(cvoe, sesiones, acuerdo, secretaria):
    seccion = SECCIONES["comision.seguimiento_de_acuerdos"]
    cuarto = Contexto(Periodo(date(2020, 10, 1), date(2020, 12, 31)), cvoe)
    otro = comision.tomar_acuerdo(sesion=sesiones[1], texto="Otro", por=None)
    comision.dar_seguimiento(
        acuerdo=acuerdo, estado="cumplido", nota="x", fecha=date(2020, 12, 22), sesion=sesiones[2], por=None
    )
    (tabla,) = seccion.bloques(cuarto, {})
    assert isinstance(tabla, Tabla)
    assert [f[0] for f in tabla.filas] == [otro.folio]
    (tabla,) = seccion.bloques(cuarto, {"cuales": "todos"})
    assert [f[0] for f in tabla.filas] == [acuerdo.folio, otro.folio]
    titulos = [
        b.texto for b in seccion.bloques(cuarto, {"cuales": "todos", "agrupar": "sesion"}) if isinstance(b, Titulo)
    ]
    assert titulos == ["Décima sesión ordinaria de 2020", "Décima primera sesión ordinaria de 2020"]
    assert seccion.bloques(Contexto(cuarto.periodo, None), {}) == []


def test_pocas_consultas(cvoe, sesiones, django_assert_num_queries):
    def mide():
        with django_assert_num_queries(3):
            for s in consultas.acuerdos_para(sesiones[2]):
                assert s.acuerdo.sesion.clave

    comision.tomar_acuerdo(sesion=sesiones[0], texto="A", por=None)
    mide()
    for n in range(30):
        a = comision.tomar_acuerdo(sesion=sesiones[0], texto=str(n), por=None)
        comision.dar_seguimiento(acuerdo=a, estado="en_proceso", nota="x", por=None)
    mide()


# -- avisos --------------------------------------------------------------------


def test_avisa_a_su_area_y_a_la_secretaria(sesiones, area, secretaria):
    def acuerdo(dias):
        return comision.tomar_acuerdo(
            sesion=sesiones[0], texto="A", area_responsable=area, fecha_limite=hoy() + timedelta(days=dias), por=None
        )

    acuerdo(-1), acuerdo(7), acuerdo(8)
    enlace = con_papel(AREA, area=area)
    for quien in (secretaria, enlace):
        assert [a.gravedad for a in avisos.acuerdos(quien, hoy())] == ["vencido", "atencion"]
    assert list(avisos.acuerdos(con_papel(CONSEJERIA), hoy())) == []
    assert list(avisos.acuerdos(con_papel(AREA), hoy())) == []
