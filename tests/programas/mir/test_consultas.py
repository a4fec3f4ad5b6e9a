"""Los valores de la matriz, calculados de los registros de un plan de 2021."""

from datetime import date
from decimal import Decimal
from unittest.mock import Mock

import pytest
from django.core.exceptions import ObjectDoesNotExist

from programas.consultas import Semaforo
from programas.estados import Formula, Frecuencia, Sentido
from programas.estados import OrigenDeVariable as Origen
from programas.mir import consultas
from programas.mir.desarrollo import formula, operacion, procedencia
from programas.mir.registros import por_mes
from programas.models import Meta
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from vinculacion.nucleo.fuentes import FUENTES, Fuente
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import CIFRAS, CifraViva

pytestmark = pytest.mark.django_db
D = Decimal
FIN = date(2021, 12, 31)
S = Semaforo


@pytest.fixture
def plan():
    return planes.programa(2021, "especifico", clave="pe-2021")


@pytest.fixture
def eje(plan):
    return planes.eje(plan)


@pytest.fixture
def accion(eje):
    return planes.accion(eje, metas={1: 4, 2: 2, 3: 0, 4: 4})


@pytest.fixture
def tipo():
    return planes.tipo()


def hacer(accion, mes, dia=1, unidades=1, **datos):
    return planes.actividad(accion, el=date(2021, mes, dia), unidades=unidades, **datos)


def medir(programa, fecha=FIN) -> consultas.FilaMIR:
    (fila,) = consultas.mediciones(programa, fecha)
    return fila


def luces(fila) -> list[Semaforo]:
    return [m.luz for m in fila.mediciones]


def logrados(fila) -> list[int | None]:
    return [None if m.logrado is None else int(m.logrado) for m in fila.mediciones]


# -- eficacia ------------------------------------------------------------------------
def test_el_ejemplo_de_la_fuente_cuatro_documentos_del_trimestre_al_cabo_del_año(plan, eje):
    accion = planes.accion(eje, metas={1: 4})
    fabrica.indicador(accion=accion)
    hacer(accion, 3, 1, 3)
    hacer(accion, 12, 31)
    primero = medir(plan).mediciones[0]
    assert (primero.logrado, primero.tp, primero.programado, primero.tr) == (4, D("0.25"), 4, 1)
    assert (primero.valor, primero.cumplimiento, primero.luz) == (D("0.25"), 25, S.ROJO)
    assert (primero.hechas, primero.cubrieron, primero.atrasadas, primero.ultima) == (3, 0, 1, FIN)
    assert operacion(primero) == "A = (4 × 0.25) / (4 × 1) = 0.25"


def test_a_tiempo_la_eficacia_es_uno_y_lo_no_programado_no_se_divide(plan, accion):
    fabrica.indicador(accion=accion)
    hacer(accion, 1, 4, 4)
    hacer(accion, 5, 4, 1)
    hacer(accion, 8, 4, 1)  # cubre lo que faltó en el segundo
    hacer(accion, 11, 4, 6)
    uno, dos, tres, cuatro = medir(plan).mediciones
    assert [m.luz for m in (uno, dos, tres, cuatro)] == [S.VERDE, S.ROJO, S.SIN_META, S.REBASADA]
    assert (uno.valor, uno.tp, uno.tr) == (1, D("0.25"), D("0.25"))
    assert (dos.logrado, dos.hechas, dos.atrasadas, dos.ultima) == (2, 1, 1, date(2021, 8, 4))
    assert dos.tr == D(126) / D(365)  # del 1 de abril al 4 de agosto
    assert round(dos.valor, 4) == D("0.7242")
    assert (tres.valor, tres.logrado, tres.hechas, tres.cubrieron) == (None, 0, 1, 1)
    assert "no se divide entre cero" in operacion(tres)
    assert (cuatro.valor, cuatro.cumplimiento) == (D("1.5"), 150)


def test_la_ultima_unidad_tarde_dentro_de_un_trimestre_largo_no_cambia_el_tiempo(plan, eje):
    """El tercer trimestre tiene 92 días, más que la cuarta parte del año: a tiempo sigue siendo 0.25."""
    accion = planes.accion(eje, metas={3: 1})
    fabrica.indicador(accion=accion)
    hacer(accion, 9, 30)
    tercero = medir(plan).mediciones[2]
    assert (tercero.tr, tercero.valor, tercero.luz) == (D("0.25"), 1, S.VERDE)


def test_solo_cuenta_lo_ocurrido_hasta_el_corte(plan, accion):
    fabrica.indicador(accion=accion)
    hacer(accion, 2, 1, 1)
    hacer(accion, 4, 10, 3)
    hacer(accion, 6, 1, 2)
    assert logrados(medir(plan, date(2021, 3, 31))) == [1, 0, 0, 0]
    assert luces(medir(plan, date(2021, 3, 31))) == [S.ROJO, S.POR_INICIAR, S.SIN_META, S.POR_INICIAR]
    assert luces(medir(plan, date(2021, 3, 30)))[0] == S.EN_CURSO
    en_abril = medir(plan, date(2021, 4, 10))
    assert logrados(en_abril) == [4, 0, 0, 0]
    assert luces(en_abril)[:2] == [S.AMBAR, S.EN_CURSO]  # los cuatro, pero en 100 días: 0.25 / 0.274
    assert luces(medir(plan, date(2021, 6, 2)))[:2] == [S.AMBAR, S.VERDE]  # lo cumplido se dice aunque corra
    assert luces(medir(plan, date(2020, 6, 1))) == [S.POR_INICIAR, S.POR_INICIAR, S.SIN_META, S.POR_INICIAR]


def test_lo_acumulado_reune_lo_concluido(plan, accion):
    fabrica.indicador(accion=accion)
    hacer(accion, 2, 1, 2)
    hacer(accion, 5, 1, 4)
    acumulado = medir(plan, date(2021, 8, 1)).acumulado
    assert (acumulado.numero, acumulado.periodo) == (0, Periodo(date(2021, 1, 1), date(2021, 6, 30)))
    assert (acumulado.logrado, acumulado.programado, acumulado.tp, acumulado.tr) == (6, 6, D("0.5"), D("0.5"))
    assert (acumulado.valor, acumulado.luz) == (1, S.VERDE)  # lo que se atrasó, dentro del semestre ya no lo está
    assert medir(plan, date(2021, 2, 15)).acumulado.luz == S.EN_CURSO  # nada concluye: el que corre
    assert medir(plan, date(2020, 2, 15)).acumulado.luz == S.POR_INICIAR
    del_anio = medir(plan).acumulado
    assert (del_anio.tp, del_anio.programado, del_anio.luz) == (1, 10, S.ROJO)


def test_lo_adelantado_en_el_trimestre_que_corre_no_rebasa_lo_acumulado(plan, accion):
    fabrica.indicador(accion=accion)
    hacer(accion, 2, 1, 4)
    hacer(accion, 4, 2, 9)
    fila = medir(plan, date(2021, 5, 1))
    assert (fila.acumulado.logrado, fila.acumulado.luz) == (4, S.VERDE)
    assert fila.mediciones[1].luz == S.REBASADA


def test_direccion_fija_el_tiempo_real_con_su_razon(plan, accion):
    indicador = fabrica.indicador(accion=accion)
    hacer(accion, 2, 1, 4)
    hacer(accion, 6, 1, 2)
    ajuste = fabrica.ajuste(indicador, 1, "0.4")
    fila = medir(plan, date(2021, 7, 1))
    primero = fila.mediciones[0]
    assert (primero.tr, primero.ajuste, primero.valor) == (D("0.4"), ajuste, D("0.625"))
    # Lo acumulado lleva lo que el ajuste se aparta del tiempo planeado: 0.5 + (0.4 − 0.25).
    assert (fila.acumulado.tr, fila.acumulado.ajuste, fila.acumulado.ajustes) == (D("0.65"), None, (ajuste,))
    assert fila.mediciones[1].ajuste is None


def test_varias_variables_de_un_papel_se_suman_y_cada_una_dice_lo_suyo(plan, eje):
    giras, contenidos = planes.accion(eje, metas={1: 1, 2: 1}), planes.accion(eje, metas={1: 3})
    fabrica.indicador(
        plan,
        variables=[
            fabrica.logrado("L1", acciones=[giras]),
            fabrica.logrado("L2", acciones=[contenidos]),
            fabrica.programado("M", acciones=[giras, contenidos]),
        ],
    )
    hacer(giras, 3)
    hacer(contenidos, 3, 5, 2)
    hacer(contenidos, 4, 5, 2)
    uno, dos, *_ = medir(plan).mediciones
    assert [(v.simbolo, valor) for v, valor in uno.variables] == [("L1", 1), ("L2", 3), ("M", 4)]
    assert [(v.simbolo, valor) for v, valor in dos.variables] == [("L1", 0), ("L2", 1), ("M", 1)]
    assert formula(uno.indicador) == "A = ((L1 + L2) × Tp) / (M × Tr)"
    assert operacion(uno).startswith("A = ((1 + 3) × 0.25) / (4 × 0.2603) = ")


def test_una_unidad_cuenta_una_vez_aunque_la_traigan_dos_caminos(plan, eje, accion):
    """Los registros de una alineada suman, y una acción del otro plan alineada con ella no los repite."""
    par = planes.accion(planes.eje(planes.programa(2021)), alineadas=[accion])
    fabrica.indicador(
        plan, variables=[fabrica.logrado("L", acciones=[accion, par]), fabrica.programado("M", acciones=[accion])]
    )
    hacer(accion, 1)
    hacer(par, 2, 1, 2)
    assert logrados(medir(plan)) == [3, 0, 0, 0]


def test_otra_fuente_y_lo_rechazado(plan, eje, monkeypatch):
    monkeypatch.setitem(
        FUENTES, "prueba", Fuente("prueba", "Prueba", lambda i, f: [(date(2021, 2, 1), 3), (date(2021, 5, 1), 1)])
    )
    accion = planes.accion(eje, metas={1: 4}, fuente="prueba")
    otra = planes.accion(eje, metas={1: 1})
    fabrica.indicador(accion=accion)
    fabrica.indicador(accion=otra)
    mala = hacer(otra, 2)
    planes.acciones.rechazar_actividad(actividad=mala, razon="No", por=None)
    una, dos = consultas.mediciones(plan, FIN)
    assert (una.mediciones[0].logrado, una.mediciones[0].atrasadas) == (4, 1)
    assert logrados(dos) == [0, 0, 0, 0]


def test_lo_que_cubre_un_dato_no_lo_cubren_las_unidades_tardias(plan, accion):
    indicador = fabrica.indicador(
        plan,
        variables=[
            fabrica.logrado("L1", acciones=[accion]),
            fabrica.logrado("L2", Origen.DATO),
            fabrica.programado(acciones=[accion]),
        ],
    )
    dato = indicador.variables.get(simbolo="L2")
    for periodo, valor in ((1, 3), (2, 0)):
        fabrica.dato(dato, periodo, valor)
    hacer(accion, 5, 1, 5)
    uno, dos, *_ = medir(plan, date(2021, 6, 30)).mediciones
    assert [valor for _, valor in uno.variables] == [1, 3, 4]
    assert (uno.logrado, dos.logrado, dos.hechas, dos.cubrieron) == (4, 4, 5, 1)


# -- frecuencias y metas -------------------------------------------------------------
@pytest.mark.parametrize(
    ("meta", "meses", "reparto"),
    [
        ({"cantidad": 4, "mes_1": 2, "mes_2": 0, "mes_3": 2}, [], [2, 0, 2]),
        ({"cantidad": 4}, [], [1, 1, 2]),
        ({"cantidad": 1}, [], [0, 0, 1]),
        ({"cantidad": 3}, [4, 6, 9], [1, 0, 2]),
        ({"cantidad": 3}, [1, 12], [1, 1, 1]),  # el cronograma no toca ese trimestre
    ],
)
def test_la_meta_del_mes(accion, meta, meses, reparto):
    accion.meses = meses
    assert por_mes(accion, Meta(accion=accion, trimestre=2, **meta)) == reparto


def test_mensual_semestral_y_anual(plan, eje):
    accion = planes.accion(eje, metas={1: (1, 1, 1), 2: 4, 3: 3, 4: 3})
    for frecuencia in (Frecuencia.MENSUAL, Frecuencia.SEMESTRAL, Frecuencia.ANUAL):
        fabrica.indicador(accion=accion, frecuencia=frecuencia)
    for mes in range(1, 13):
        hacer(accion, mes, 15)
    mensual, semestral, anual = consultas.mediciones(plan, FIN)
    assert [int(m.programado) for m in mensual.mediciones] == [1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1]
    assert [m.rotulo for m in mensual.mediciones[:2]] == ["enero", "febrero"]
    enero, junio, julio = (mensual.mediciones[n] for n in (0, 5, 6))
    assert (enero.valor, enero.tp) == (1, D(1) / D(12))
    assert (junio.logrado, junio.atrasadas, julio.logrado, julio.cubrieron) == (2, 1, 1, 1)
    assert [int(m.programado) for m in semestral.mediciones] == [7, 6]
    assert [m.rotulo for m in semestral.mediciones] == ["primer semestre", "segundo semestre"]
    assert [(m.rotulo, m.programado, m.logrado, m.tp) for m in anual.mediciones] == [("año", 13, 12, 1)]
    assert anual.acumulado.valor == anual.mediciones[0].valor
    assert sum(logrados(mensual)) == sum(logrados(semestral)) == 12


def test_una_accion_con_meses_y_sin_cantidades(plan, eje):
    accion = planes.accion(eje, meses=[1, 2, 3])
    fabrica.indicador(accion=accion)
    hacer(accion, 1)
    assert set(luces(medir(plan))) == {S.SIN_CANTIDAD}


# -- los demás orígenes y fórmulas ----------------------------------------------------
def test_impacto_no_reparte_lo_tardio(plan, accion):
    fabrica.indicador(accion=accion, formula=Formula.IMPACTO)
    hacer(accion, 2, 1, 3)
    hacer(accion, 5, 1, 3)
    uno, dos, *_ = medir(plan, date(2021, 6, 30)).mediciones
    assert (uno.valor, uno.luz, uno.tp, uno.tr) == (75, S.ROJO, None, None)
    assert (dos.valor, dos.luz) == (150, S.REBASADA)
    assert medir(plan, date(2021, 6, 30)).acumulado.valor == 100
    assert operacion(uno) == "I = 3 / 4 × 100 = 75 %"


def test_asistentes_entre_actividades(plan, accion):
    fabrica.indicador(
        plan,
        formula=Formula.RAZON,
        meta=20,
        variables=[
            fabrica.logrado("N", Origen.ASISTENTES, acciones=[accion]),
            fabrica.programado("D", Origen.AVANCE, acciones=[accion]),
        ],
    )
    hacer(accion, 2, mujeres=10, hombres=7, sin_dato=1)
    hacer(accion, 3, mujeres=24)
    hacer(accion, 3, 2, unidades=0)
    uno, dos, *_ = medir(plan, date(2021, 6, 30)).mediciones
    assert (uno.logrado, uno.programado, uno.valor, uno.luz) == (42, 2, 21, S.VERDE)
    assert (dos.valor, dos.luz) == (None, S.SIN_META)


def test_un_dato_que_falta_es_su_propia_luz(plan):
    indicador = fabrica.indicador(
        plan,
        formula=Formula.RAZON,
        meta="0.5",
        variables=[fabrica.logrado("N", Origen.DATO), fabrica.programado("D", Origen.FIJO, valor=27)],
    )
    fabrica.dato(indicador.variables.get(simbolo="N"), 1, "13.5")
    fila = medir(plan, date(2021, 8, 1))
    assert luces(fila) == [S.VERDE, S.SIN_DATO, S.EN_CURSO, S.POR_INICIAR]
    assert fila.mediciones[0].valor == D("0.5")
    assert (fila.acumulado.logrado, fila.acumulado.luz) == (None, S.SIN_DATO)
    assert [m.numero for m in fila.mediciones if m.falta_explicar] == [2]
    assert [procedencia(v) for v, _ in fila.mediciones[0].variables] == [
        "dato que se captura en cada periodo",
        "valor fijo: 27",
    ]


def test_una_cifra_del_sistema_con_sus_parametros(plan, monkeypatch):
    vistos = []

    def organos(contexto, tipo=""):
        vistos.append((contexto.periodo, contexto.comision, tipo))
        return len(contexto.periodo.meses())

    monkeypatch.setitem(CIFRAS, "prueba", CifraViva("prueba", "Órganos", organos, parametros=("tipo",)))
    for _ in range(2):
        fabrica.indicador(
            plan,
            formula=Formula.RAZON,
            variables=[
                fabrica.logrado("N", Origen.CIFRA, cifra="prueba", parametros={"tipo": "curso"}),
                fabrica.programado("D", Origen.FIJO, valor=3),
            ],
        )
    vistos.clear()
    fila, _ = consultas.mediciones(plan, date(2021, 5, 15))
    assert [m.logrado for m in fila.mediciones] == [3, 2, None, None]
    assert vistos == [
        (Trimestre(2021, 1).periodo, None, "curso"),
        (Periodo(date(2021, 4, 1), date(2021, 5, 15)), None, "curso"),
    ]  # cada una, una vez, aunque la pidan dos indicadores y lo acumulado
    ya_no_esta = Mock(side_effect=ObjectDoesNotExist("Ya no existe."))
    monkeypatch.setitem(CIFRAS, "prueba", CifraViva("prueba", "Órganos", ya_no_esta, parametros=("tipo",)))
    assert consultas.mediciones(plan, FIN)[0].mediciones[0].luz == S.SIN_DATO
    monkeypatch.delitem(CIFRAS, "prueba")
    assert consultas.mediciones(plan, FIN)[0].mediciones[0].luz == S.SIN_DATO


def test_lo_acumulado_de_una_cifra_se_pregunta_por_todo_el_tramo(plan, monkeypatch):
    monkeypatch.setitem(CIFRAS, "prueba", CifraViva("prueba", "Órganos distintos", lambda contexto: 5))
    fabrica.indicador(
        plan,
        formula=Formula.RAZON,
        variables=[fabrica.logrado("N", Origen.CIFRA, cifra="prueba"), fabrica.programado("D", Origen.FIJO, valor=5)],
    )
    assert medir(plan).acumulado.logrado == 5  # los mismos cinco en los cuatro trimestres, no veinte


@pytest.mark.parametrize(("valor", "luz"), [(10, S.VERDE), (8, S.AMBAR), (7, S.ROJO), (12, S.VERDE), (13, S.REBASADA)])
def test_umbrales_del_propio_indicador(plan, valor, luz):
    indicador = fabrica.indicador(
        plan,
        formula=Formula.RAZON,
        verde_desde=90,
        ambar_desde=75,
        rebasada_desde=120,
        variables=[fabrica.logrado("N", Origen.DATO), fabrica.programado("D", Origen.FIJO, valor=10)],
    )
    fabrica.dato(indicador.variables.get(simbolo="N"), 1, valor)
    assert medir(plan).mediciones[0].luz == luz


def test_descendente_menos_es_mejor_y_mientras_corre_no_se_da_por_cumplido(plan):
    indicador = fabrica.indicador(
        plan,
        formula=Formula.RAZON,
        sentido=Sentido.DESCENDENTE,
        meta=2,
        variables=[fabrica.logrado("N", Origen.DATO), fabrica.programado("D", Origen.FIJO, valor=1)],
    )
    for periodo, valor in enumerate((2, "2.5", 4, 0), 1):
        fabrica.dato(indicador.variables.get(simbolo="N"), periodo, valor)
    assert luces(medir(plan)) == [S.VERDE, S.AMBAR, S.ROJO, S.REBASADA]
    assert luces(medir(plan, date(2021, 12, 30)))[3] == S.EN_CURSO


def test_un_indicador_sin_variables_todavia(plan):
    fabrica.indicador(plan, variables=())
    fila = medir(plan, date(2021, 5, 1))
    assert luces(fila) == [S.SIN_DATO, S.EN_CURSO, S.POR_INICIAR, S.POR_INICIAR]
    assert formula(fila.indicador) == "A = (L × Tp) / (M × Tr)"
    assert operacion(fila.mediciones[0]) == ""


def test_una_meta_de_indicador_en_cero_no_tiene_porciento(plan, accion):
    fabrica.indicador(accion=accion, meta=0)
    hacer(accion, 1)
    assert (medir(plan).mediciones[0].cumplimiento, medir(plan).mediciones[0].luz) == (None, S.SIN_META)


# -- lo que falta explicar ---------------------------------------------------------------
def test_sin_explicar(plan, accion):
    indicador = fabrica.indicador(accion=accion)
    otro = planes.programa(2021)
    hacer(accion, 2, 1, 4)

    def faltan(periodo, fecha):
        return [(m.indicador, m.numero) for m in consultas.sin_explicar([plan, otro], periodo, fecha)]

    anio = Periodo.anual(2021)
    assert faltan(anio, FIN) == [(indicador, 2), (indicador, 4)]  # el 1 en verde; el 3 sin meta
    assert faltan(anio, date(2021, 6, 29)) == []
    assert faltan(anio, date(2021, 6, 30)) == [(indicador, 2)]
    assert faltan(Trimestre(2021, 4).periodo, FIN) == [(indicador, 4)]
    explicacion = fabrica.explicacion(indicador, 2)
    assert faltan(anio, FIN) == [(indicador, 4)]
    segunda = medir(plan).mediciones[1]
    assert (segunda.explicacion, segunda.fuera_del_verde, segunda.falta_explicar) == (explicacion, True, False)


def test_un_plan_sin_indicadores(plan):
    assert consultas.mediciones(plan, FIN) == []


def test_cuesta_lo_mismo_con_1_que_con_30(plan, eje, tipo, django_assert_num_queries, monkeypatch):
    monkeypatch.setitem(FUENTES, "prueba", Fuente("prueba", "Prueba", lambda i, f: []))

    def agregar():
        accion = planes.accion(planes.eje(plan), metas={1: 1, 2: 1})
        de_fuente = planes.accion(accion.eje, metas={1: 1}, fuente="prueba")
        supuesto = fabrica.supuesto(plan)
        uno = fabrica.indicador(accion=accion, supuestos=[supuesto], frecuencia=Frecuencia.MENSUAL)
        otro = fabrica.indicador(
            plan,
            variables=[
                fabrica.logrado("L1", Origen.ASISTENTES, acciones=[accion]),
                fabrica.logrado("L2", Origen.DATO),
                fabrica.logrado("L3", acciones=[de_fuente]),
                fabrica.programado(acciones=[accion]),
            ],
        )
        fabrica.dato(otro.variables.get(simbolo="L2"))
        fabrica.ajuste(uno)
        fabrica.explicacion(uno)
        hacer(accion, 2, tipo=tipo, mujeres=3)

    agregar()
    with django_assert_num_queries(11):
        consultas.mediciones(plan, FIN)
    for _ in range(15):
        agregar()
    with django_assert_num_queries(11):
        assert len(consultas.mediciones(plan, FIN)) == 32
