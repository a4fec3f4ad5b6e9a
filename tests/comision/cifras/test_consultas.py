"""Las cuentas de un año en que cambia todo: comisión, personas, calidades, secretaría y partidos."""

from datetime import date
from decimal import Decimal

import pytest

from tests.fabricas import cifras as fabrica
from tests.fabricas import comision as comisiones
from vinculacion.comision import acciones, consultas
from vinculacion.comision.cifras import consultas as cifras
from vinculacion.comision.models import Asistencia, Voto
from vinculacion.comision.sala.consultas import quorum
from vinculacion.nucleo.periodos import Periodo

pytestmark = pytest.mark.django_db
ANUAL = Periodo.anual(2022)


@pytest.fixture
def anio():
    return fabrica.anio_de_cambios()


def de(participaciones):
    return {p.nombre: p for p in participaciones}


def cuentas(p):
    return p.sesiones, p.asistio, p.justificadas, p.ausentes, p.sin_anotar


def test_la_matriz_solo_cuenta_lo_que_cada_quien_integraba(anio):
    filas = {c.pk: fila for c, fila in consultas.matriz_de_asistencia(anio.de_a)}
    assert filas[anio.c.beto.pk] == ["presente", None, None]
    assert filas[anio.c.ana_integra.pk] == ["presente", None, None]
    assert filas[anio.c.ana_preside.pk] == [None, "presente", "ausente"]
    assert filas[anio.c.st_1.pk] == ["presente", "ausente", None]
    assert filas[anio.c.st_2.pk] == [None, None, "presente"]
    # Sin registro no se falta, aunque se hubiera anotado antes de saberlo.
    assert Asistencia.objects.filter(sesion=anio.de_a[1], integracion=anio.c.uno_antes, estado="ausente").exists()
    assert filas[anio.c.uno_antes.pk] == ["presente", None, None]
    assert filas[anio.c.uno_despues.pk] == [None, None, "presente"]
    assert anio.c.cara.pk not in filas


def test_las_dos_comisiones_del_anio_no_se_revuelven(anio):
    todas = list(consultas.sesiones_celebradas(None, ANUAL))
    assert [s.pk for s in todas] == [s.pk for s in anio.de_a + anio.de_b]
    filas = {c.pk: fila for c, fila in consultas.matriz_de_asistencia(todas)}
    # La UTAJ sigue en la primera sin fecha final: no por eso faltó a las sesiones de la segunda.
    assert filas[anio.c.utaj_a.pk] == ["suplente", "ausente", "presente", None, None]
    assert filas[anio.c.utaj_b.pk] == [None, None, None, "justificada", ""]


def test_participacion_por_capacidad(anio):
    todas = de(cifras.participacion_por_capacidad(anio.de_a))
    assert cuentas(todas["Presidencia: Beto"]) == (1, 1, 0, 0, 0)
    assert cuentas(todas["Presidencia: Ana"]) == (2, 1, 0, 1, 0)
    assert cuentas(todas["Consejería 2: Ana"]) == (1, 1, 0, 0, 0)
    assert cuentas(todas["Consejería 3: Dora"]) == (3, 2, 1, 0, 0)
    # El mismo nombre dos veces se distingue por sus fechas.
    assert cuentas(todas["Partido Uno (01/01/2022 al 15/03/2022)"]) == (1, 1, 0, 0, 0)
    assert cuentas(todas["Partido Uno (01/06/2022 al 30/06/2022)"]) == (1, 1, 0, 0, 0)
    assert todas["UTAJ"].por_suplente == 1


def test_participacion_por_persona_junta_sus_capacidades(anio):
    todas = de(cifras.participacion_por_persona(anio.de_a))
    ana = todas["Ana"]
    assert cuentas(ana) == (3, 2, 0, 1, 0)
    assert ana.calidades == ("Integrante", "Presidencia")
    assert ana.porcentaje == Decimal("66.7")
    assert cuentas(todas["Partido Uno"]) == (2, 2, 0, 0, 0)
    assert todas["Partido Uno"].porcentaje == Decimal("100.0")
    assert todas["Dora"].porcentaje == Decimal("66.7")
    assert {"Eva", "Fito"} <= set(todas)


def test_la_misma_persona_en_las_dos_comisiones(anio):
    todas = de(cifras.participacion_por_persona(anio.de_a + anio.de_b))
    assert cuentas(todas["Ana"]) == (5, 3, 0, 1, 1)
    assert todas["Ana"].porcentaje == Decimal("75.0")  # lo que no se ha anotado no es una falta
    utaj = todas["Unidad Técnica de Asuntos Jurídicos"]
    assert cuentas(utaj) == (5, 2, 1, 1, 1)
    assert utaj.calidades == ("Área", "Invitada")


def test_dos_capacidades_el_mismo_dia_cuentan_una_vez(anio):
    doble = fabrica.capacidad(anio.a, "invitada", "Representación de la UTAJ", date(2022, 1, 1), area=anio.utaj)
    fabrica.pasa_lista(anio.de_a[1], {doble: "presente"})
    fabrica.pasa_lista(anio.de_a[2], {doble: "ausente"})
    utaj = de(cifras.participacion_por_persona(anio.de_a))["Unidad Técnica de Asuntos Jurídicos"]
    assert cuentas(utaj) == (3, 3, 0, 0, 0)
    # En la primera sólo hay la marca de una de las dos.
    assert utaj.por_suplente == 1


def test_el_quorum_se_saca_de_quienes_votaban_ese_dia(anio):
    (primera, segunda, tercera), (cuarta, quinta) = anio.de_a, anio.de_b
    assert [(q.integran, q.necesarios, q.presentes) for q in map(quorum, (primera, segunda, tercera))] == [
        (3, 2, 2),
        (2, 2, 2),
        (2, 2, 1),
    ]
    assert quorum(cuarta).hay and not quorum(quinta).hay
    # De quienes tienen voto: 2 de 3, 2 de 2 y 1 de 2.
    assert cifras.porcentaje_de_asistencia(anio.de_a) == Decimal("71.4")
    assert cifras.porcentaje_de_asistencia([quinta]) is None


def test_sesiones_por_tipo_y_anio(anio):
    comisiones.sesion(anio.a, date(2022, 5, 2), tipo="extraordinaria")
    # Es de 2022 y se celebró en enero siguiente: cuenta cuando se celebró.
    comisiones.sesion(anio.b, date(2023, 1, 12), tipo="urgente", anio=2022)
    comisiones.sesion(anio.b, date(2022, 11, 10), celebrada=False)
    cruce = cifras.sesiones_por_tipo(list(consultas.sesiones_celebradas(None, None)))
    assert cruce.filas == (2022, 2023)
    assert [cruce.en(2022, t) for t in cruce.columnas] == [5, 1, 0]
    assert [cruce.en(2023, t) for t in cruce.columnas] == [0, 0, 1]
    assert (cruce.de_fila(2022), cruce.de_columna("ordinaria"), cruce.total) == (6, 5, 7)


def test_puntos_por_tema(anio):
    convenios = acciones.crear_tema(nombre="Convenios", por=None)
    for sesion in anio.de_a:
        acciones.agregar_punto(sesion=sesion, titulo="Orden del día", de_tramite=True, por=None)
        acciones.agregar_punto(sesion=sesion, titulo="Informe", tema=convenios, por=None)
        acciones.agregar_punto(sesion=sesion, titulo="Otro", tema=convenios, por=None)
    cruce = cifras.puntos_por_tema(anio.de_a)
    assert cruce.filas == (convenios, None)
    assert (cruce.de_fila(convenios), cruce.de_fila(None), cruce.total) == (6, 3, 9)
    assert cifras.puntos_por_tema(anio.de_a, con_tramite=False).filas == (convenios,)


def test_acuerdos_por_estado_y_area(anio):
    datos = {"sesion": anio.de_a[0], "texto": "Se aprueba.", "por": None}
    acciones.tomar_acuerdo(**datos, area_responsable=anio.utaj, fecha_limite=date(2022, 3, 1))
    acciones.tomar_acuerdo(**datos, area_responsable=anio.utaj, estado="cumplido", fecha_limite=date(2022, 3, 1))
    acciones.tomar_acuerdo(**datos, estado="sin_efecto")
    hallado = cifras.acuerdos_por_estado(anio.de_a, date(2022, 3, 2))
    assert (hallado.total, hallado.vencidos) == (3, {anio.utaj: 1})
    assert hallado.por_area.filas == (anio.utaj, None)
    assert hallado.por_area.en(anio.utaj, "pendiente") == hallado.por_area.en(None, "sin_efecto") == 1
    assert hallado.por_anio.en("cumplido", 2022) == 1
    assert cifras.acuerdos_por_estado(anio.de_a, date(2022, 3, 1)).vencidos == {}


def test_votos(anio):
    sesion, c = anio.de_a[0], anio.c
    puntos = [
        acciones.agregar_punto(sesion=sesion, titulo=f"Punto {n}", solicitud="aprobacion", por=None, resolucion=r)
        for n, r in enumerate(("aprobado", "rechazado", "con_cambios", ""), 1)
    ]
    for punto, sentidos in zip(
        puntos, (("favor", "favor"), ("contra", "contra"), ("favor", "abstencion")), strict=False
    ):
        for quien, sentido in zip((c.beto, c.ana_integra), sentidos, strict=True):
            Voto.objects.create(punto=punto, integracion=quien, sentido=sentido)
    acciones.agregar_punto(sesion=sesion, titulo="Informe", resolucion="presentado", por=None)
    hallado = cifras.votos(anio.de_a)
    assert hallado.resoluciones == {"aprobado": 1, "con_cambios": 1, "rechazado": 1, "": 1}
    assert (hallado.por_aprobar, hallado.unanimes, hallado.divididos, hallado.sin_votos) == (4, 1, 2, 1)
    assert hallado.por_integrante == [
        ("Presidencia: Beto", {"favor": 2, "contra": 1, "abstencion": 0}),
        ("Consejería 2: Ana", {"favor": 1, "contra": 1, "abstencion": 1}),
    ]


def test_sin_sesiones_no_hay_nada_que_dividir():
    assert cifras.porcentaje(0, 0) is None
    assert cifras.participacion_por_persona([]) == []
    assert cifras.sesiones_por_tipo([]).total == cifras.puntos_por_tema([]).total == cifras.votos([]).por_aprobar == 0
