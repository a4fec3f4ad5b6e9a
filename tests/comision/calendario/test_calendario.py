"""Capturar, aprobar y leer el calendario del año."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from tests.fabricas import calendario as fabrica_calendario
from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision.calendario import acciones, consultas, documentos
from vinculacion.comision.calendario.acciones import CalendarioConErrores
from vinculacion.comision.calendario.reglas import Fecha
from vinculacion.comision.calendario.secciones import bloques_calendario_de_sesiones
from vinculacion.comision.minutas.consultas import CIERRE, REAPERTURA
from vinculacion.comision.models import Sesion
from vinculacion.nucleo.bloques import Tabla, a_json, desde_json
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import SECCIONES, Contexto

pytestmark = pytest.mark.django_db
capturar = acciones.capturar_calendario


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def quien():
    return persona()


def test_se_capturan_doce_y_se_aprueban(cvoe, quien, monkeypatch):
    fechas = fabrica_calendario.fechas()
    assert len(capturar(comision=cvoe, anio=2026, fechas=fechas, por=quien, aprobar=True)) == 12
    todas = Sesion.objects.order_by("numero")
    assert [s.codigo for s in todas] == [f"{n:02}SO" for n in range(1, 13)]
    assert all(s.fecha_calendario == s.fecha_programada for s in todas)
    tercera = todas[2]
    tercera.fecha_programada = date(2026, 3, 26)
    de_la_comision.guardar_sesion(sesion=tercera, por=quien, motivo="Día inhábil")
    tercera.refresh_from_db()
    assert tercera.fecha_calendario == date(2026, 3, 20)
    renglon = consultas.calendario_del_anio(cvoe, 2026)[2]
    assert (renglon.dias, renglon.diferencia, renglon.razon) == (6, "+6 días", "Día inhábil")
    with pytest.raises(ValidationError, match="ya tienen su fecha aprobada"):
        acciones.aprobar_calendario(comision=cvoe, anio=2026, por=quien)


def test_aprobar_lo_que_falta_no_toca_lo_aprobado(cvoe, quien):
    una, dos = fabrica_calendario.fechas(cuantas=2)
    capturar(comision=cvoe, anio=2026, fechas=[una], por=quien, aprobar=True)
    movida = replace(una, fecha=date(2026, 1, 22), version=Sesion.objects.get().version)
    capturar(comision=cvoe, anio=2026, fechas=[movida, dos], por=quien, aprobar=True, razon="Se movió")
    assert list(Sesion.objects.order_by("numero").values_list("fecha_calendario", "fecha_programada")) == [
        (date(2026, 1, 20), date(2026, 1, 22)),
        (date(2026, 2, 20), date(2026, 2, 20)),
    ]
    with pytest.raises(ValidationError, match="No hay sesiones"):
        acciones.aprobar_calendario(comision=cvoe, anio=2027, por=quien)


@pytest.mark.parametrize(
    "cual, cambio, razon",
    [
        (1, {"fecha": date(2027, 2, 20)}, "no es de 2026"),
        (1, {"fecha": date(2026, 1, 20)}, "Es la misma fecha que la de la 01SO"),
        (1, {"fecha": date(2026, 1, 10)}, "Es anterior a la de la 01SO"),
        (1, {"fecha": None}, "Falta la fecha"),
    ],
)
def test_los_errores_van_a_su_renglon_y_no_se_guarda_nada(cvoe, quien, cual, cambio, razon):
    fechas = fabrica_calendario.fechas(cuantas=3)
    fechas[cual] = replace(fechas[cual], **cambio)
    with pytest.raises(CalendarioConErrores) as error:
        capturar(comision=cvoe, anio=2026, fechas=fechas, por=quien)
    assert razon in error.value.renglones[cual + 1, "fecha"]
    assert not Sesion.objects.exists()


def test_borrar_la_fecha_de_una_que_existe_se_rehusa(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2026, 1, 20), celebrada=False)
    with pytest.raises(CalendarioConErrores, match="elimínela"):
        capturar(comision=cvoe, anio=2026, fechas=[Fecha(1, None, None, "virtual", sesion.version)], por=quien)


def test_otra_persona_guardo_antes(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2026, 1, 20), celebrada=False)
    vieja = Fecha(1, date(2026, 1, 22), None, "virtual", sesion.version)
    de_la_comision.guardar_sesion(sesion=sesion, por=quien)
    with pytest.raises(CalendarioConErrores) as error:
        capturar(comision=cvoe, anio=2026, fechas=[vieja], por=quien)
    assert error.value.chocan
    assert "20/01/2026" in error.value.renglones[1, "fecha"]
    with pytest.raises(CalendarioConErrores):  # dos crean la misma: quien llega después no la pisa
        capturar(comision=cvoe, anio=2026, fechas=[replace(vieja, version=0)], por=quien)


def test_lo_ya_convocado_no_se_mueve_desde_la_cuadricula_sin_razon(cvoe, quien):
    sesion = fabrica_calendario.convocada(cvoe, date(2026, 5, 20), numero=5)
    misma = Fecha(5, date(2026, 5, 20), time(12), "virtual", sesion.version)
    assert capturar(comision=cvoe, anio=2026, fechas=[misma], por=quien) == []
    movida = replace(misma, fecha=date(2026, 5, 21))
    with pytest.raises(CalendarioConErrores, match="escriba por qué"):
        capturar(comision=cvoe, anio=2026, fechas=[movida], por=quien)
    assert capturar(comision=cvoe, anio=2026, fechas=[movida], por=quien, razon="Se cruza") == [sesion]


def test_una_diferida_fuera_de_orden_no_estorba_a_las_demas(cvoe, quien):
    fabrica.sesion(cvoe, date(2026, 3, 30), celebrada=False, numero=1)
    dos = fabrica.sesion(cvoe, date(2026, 2, 20), celebrada=False, numero=2)
    uno = Sesion.objects.get(numero=1)
    fechas = [
        Fecha(1, uno.fecha_programada, None, "virtual", uno.version),
        Fecha(2, dos.fecha_programada, time(12), "virtual", dos.version),
    ]
    assert capturar(comision=cvoe, anio=2026, fechas=fechas, por=quien) == [dos]


# -- consulta, sección y documento ---------------------------------------------


def test_el_calendario_en_dos_consultas(cvoe, quien, django_assert_num_queries):
    capturar(comision=cvoe, anio=2026, fechas=fabrica_calendario.fechas(), por=quien, razon="Captura")
    fabrica.sesion(cvoe, date(2026, 2, 2), celebrada=False, tipo="extraordinaria")
    fabrica.sesion(cvoe, date(2026, 2, 3), celebrada=False, tipo="urgente")
    with django_assert_num_queries(2):
        renglones = consultas.calendario_del_anio(cvoe, 2026)
    assert [r.sesion.codigo for r in renglones][:4] == ["01SO", "01SE", "01SU", "02SO"]
    assert [len(m.renglones) for m in consultas.por_meses(renglones, 2026)] == [1, 3, *[1] * 10]


def test_la_celebrada_cuenta_por_su_fecha_real_y_la_cancelada_no_tiene_diferencia(cvoe, quien):
    capturar(comision=cvoe, anio=2020, fechas=fabrica_calendario.fechas(2020, 2), por=quien, aprobar=True)
    una, dos = Sesion.objects.order_by("numero")
    de_la_comision.cambiar_estado_sesion(sesion=una, estado="celebrada", por=quien, fecha_celebrada=date(2020, 1, 19))
    de_la_comision.cambiar_estado_sesion(sesion=dos, estado="cancelada", por=quien, motivo="Sin materia")
    primera, segunda = consultas.calendario_del_anio(cvoe, 2020)
    assert (primera.diferencia, segunda.diferencia, segunda.razon) == ("−1 día", "", "Sin materia")


def test_la_seccion_da_una_tabla_por_anio(cvoe, quien):
    capturar(comision=cvoe, anio=2020, fechas=fabrica_calendario.fechas(2020, 2), por=quien, aprobar=True)
    fabrica.sesion(cvoe, date(2021, 1, 21), celebrada=False)
    bloques = SECCIONES["comision.calendario"].bloques(
        Contexto(Periodo(date(2020, 10, 1), date(2021, 3, 31)), cvoe), {}
    )
    assert [b.titulo for b in bloques if isinstance(b, Tabla)] == [
        "Calendario de sesiones 2020",
        "Calendario de sesiones 2021",
    ]
    assert tuple(bloques) == desde_json(a_json(bloques))
    assert bloques_calendario_de_sesiones(cvoe, 2019) == []
    assert SECCIONES["comision.calendario"].bloques(Contexto(Periodo(date(2020, 1, 1), date(2020, 3, 31))), {}) == []


def test_el_documento_se_imprime(cvoe, quien):
    from vinculacion.nucleo.salida import pdf

    capturar(comision=cvoe, anio=2026, fechas=fabrica_calendario.fechas(), por=quien, aprobar=True)
    assert pdf.crear(documentos.calendario(cvoe, 2026)).startswith(b"%PDF")
    assert pdf.crear(documentos.calendario(cvoe, 2019)).startswith(b"%PDF")


def test_cerrar_y_reabrir_no_son_la_razon_del_ultimo_cambio(cvoe, quien):
    capturar(comision=cvoe, anio=2026, fechas=fabrica_calendario.fechas(cuantas=1), por=quien)
    sesion = Sesion.objects.get()
    sesion.fecha_programada = date(2026, 1, 29)
    de_la_comision.guardar_sesion(sesion=sesion, por=quien, motivo="Día inhábil")
    for razon in (CIERRE, f"{REAPERTURA} faltaba un voto"):
        sesion.cambios.create(antes=sesion.estado, despues=sesion.estado, razon=razon, por=quien)
    assert [r.razon for r in consultas.calendario_del_anio(cvoe, 2026)] == ["Día inhábil"]
