"""El avance: una sola cuenta para la página, el tablero y el informe."""

from datetime import date
from decimal import Decimal

import pytest

from programas import acciones, consultas
from programas.consultas import Avance, Cuenta, Semaforo
from programas.estados import EstadoDeActividad, EstadoDePrograma
from tests.fabricas import programas as fabrica
from vinculacion.nucleo import fuentes
from vinculacion.nucleo.periodos import Periodo, Trimestre

CUARTO = Trimestre(2020, 4).periodo


def de(programa, numeral: str) -> consultas.AvanceDeAccion:
    return next(a for e in consultas.avance(programa) for a in e.acciones if a.accion.numeral == numeral)


def alcanzado(programa, numeral: str) -> list[int]:
    return [c.alcanzado for c in de(programa, numeral).avance.trimestres]


@pytest.fixture
def fuente(monkeypatch):
    """Una fuente de tres hechos en 2020: marzo, octubre y diciembre."""
    hechos = [(date(2020, 3, 2), 1), (date(2020, 10, 9), 2), (date(2020, 12, 1), 3)]

    def contar(inicio, fin):
        return [(d, n) for d, n in hechos if inicio <= d <= fin]

    monkeypatch.setitem(fuentes.FUENTES, "prueba.hechos", fuentes.Fuente("prueba.hechos", "Hechos de prueba", contar))
    return "prueba.hechos"


# -- avance ------------------------------------------------------------------------
@pytest.mark.django_db
def test_cuenta_en_el_trimestre_en_que_concluye():
    accion = fabrica.accion(metas={1: 1, 2: 1, 3: 0, 4: 5})
    programa = accion.eje.programa
    fabrica.actividad(accion, el=date(2020, 3, 30), fecha_fin=date(2020, 4, 2))
    fabrica.actividad(accion, el=date(2020, 3, 31))
    fabrica.actividad(accion, fechas_sueltas=["2020-09-30", "2020-10-01"])
    fabrica.actividad(accion, el=date(2020, 12, 31), unidades=20)
    assert alcanzado(programa, "1A") == [1, 1, 0, 21]
    avance = de(programa, "1A").avance
    assert [c.programado for c in avance.trimestres] == [1, 1, 0, 5]
    assert [c.diferencia for c in avance.trimestres] == [0, 0, 0, 16]
    assert avance.anual == Cuenta(7, 23)
    assert avance.acumulado(2) == Cuenta(2, 2)
    assert de(programa, "1A").meses[11] == 20


@pytest.mark.django_db
def test_una_rechazada_no_cuenta_y_un_borrador_cuenta_por_validar():
    accion = fabrica.accion()
    for estado in EstadoDeActividad.values:
        actividad = fabrica.actividad(accion)
        actividad.estado = estado
        actividad.razon_rechazo = "No" if estado == EstadoDeActividad.RECHAZADA else ""
        actividad.save()
    assert alcanzado(accion.eje.programa, "1A") == [0, 0, 0, 2]
    assert de(accion.eje.programa, "1A").por_validar == 1


@pytest.mark.django_db
def test_un_registro_cuenta_en_su_accion_y_en_las_alineadas_una_sola_vez():
    pat, especifico, tercero = (fabrica.programa(2020, t) for t in ("pat", "especifico", "especifico"))
    a, b, c = (fabrica.accion(fabrica.eje(p)) for p in (pat, especifico, tercero))
    acciones.alinear(accion=a, con=[b, c], por=None)
    acciones.alinear(accion=b, con=[a, c], por=None)  # las tres entre sí
    fabrica.actividad(a)
    fabrica.actividad(b, unidades=3)
    for programa in (pat, especifico, tercero):
        assert alcanzado(programa, "1A") == [0, 0, 0, 4]
        assert de(programa, "1A").por_validar == 2
    assert consultas.unidades([a], CUARTO) == 4
    assert consultas.unidades([a, b], CUARTO) == 4  # son los mismos registros


@pytest.mark.django_db
def test_la_alineacion_no_se_hereda_de_una_en_otra():
    pat, especifico = fabrica.programa(2020), fabrica.programa(2020, "especifico")
    eje = fabrica.eje(pat)
    una, otra = fabrica.accion(eje), fabrica.accion(eje)
    puente = fabrica.accion(fabrica.eje(especifico), alineadas=[una, otra])
    fabrica.actividad(una)
    assert alcanzado(pat, "1A")[3] == 1
    assert alcanzado(pat, "1B")[3] == 0
    assert alcanzado(especifico, "1A")[3] == 1
    assert consultas.unidades([puente], CUARTO) == 1


@pytest.mark.django_db
def test_una_fuente_sustituye_a_la_bitacora(fuente):
    pat, especifico = fabrica.programa(2020), fabrica.programa(2020, "especifico")
    una = fabrica.accion(fabrica.eje(pat), fuente=fuente)
    fabrica.actividad(una)  # se registra, pero no suma: su cuenta sale de la fuente
    otra = fabrica.accion(fabrica.eje(especifico), fuente=fuente, alineadas=[una])
    assert alcanzado(pat, "1A") == [1, 0, 0, 5]
    assert alcanzado(especifico, "1A") == [1, 0, 0, 5]  # la misma fuente no se suma dos veces
    assert consultas.unidades([otra], CUARTO) == 5
    de_bitacora = fabrica.accion(fabrica.eje(especifico))
    acciones.alinear(accion=una, con=[otra, de_bitacora], por=None)
    fabrica.actividad(de_bitacora)
    assert alcanzado(pat, "1A") == [1, 0, 0, 6]


@pytest.mark.django_db
def test_un_eje_vacio_tambien_sale():
    eje = fabrica.eje()
    (unico,) = consultas.avance(eje.programa)
    assert (unico.eje, unico.acciones, unico.luz(date(2020, 12, 1))) == (eje, (), Semaforo.SIN_META)


@pytest.mark.django_db
def test_las_mismas_consultas_con_1_que_con_30(django_assert_num_queries, fuente):
    programa, otro = fabrica.programa(2020), fabrica.programa(2020, "especifico")

    def llenar(cuantas):
        for _ in range(cuantas):
            eje = fabrica.eje(programa)
            par = fabrica.accion(fabrica.eje(otro))
            fabrica.actividad(fabrica.accion(eje, metas={1: 1}, alineadas=[par]))
            fabrica.actividad(par)

    llenar(1)
    fabrica.accion(fabrica.eje(programa), fuente=fuente)
    with django_assert_num_queries(5):
        consultas.avance(programa)
    llenar(29)
    with django_assert_num_queries(5):
        assert len(consultas.avance(programa)) == 31


# -- semáforo ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("programado", "alcanzado", "luz"),
    [
        (0, 0, Semaforo.SIN_META),
        (0, 9, Semaforo.SIN_META),
        (10, 0, Semaforo.ROJO),
        (100, 79, Semaforo.ROJO),
        (100, 80, Semaforo.AMBAR),
        (100, 99, Semaforo.AMBAR),
        (100, 100, Semaforo.VERDE),
        (100, 130, Semaforo.VERDE),
        (100, 131, Semaforo.REBASADA),
    ],
)
def test_umbrales(programado, alcanzado, luz):
    assert consultas.semaforo(programado, alcanzado) is luz


@pytest.mark.parametrize(
    ("fecha", "hecho", "luz"),
    [
        (date(2019, 12, 31), (0, 0, 0, 0), Semaforo.POR_INICIAR),
        (date(2020, 2, 1), (0, 0, 0, 0), Semaforo.EN_CURSO),
        (date(2020, 2, 1), (10, 0, 0, 0), Semaforo.VERDE),
        (date(2020, 2, 1), (14, 0, 0, 0), Semaforo.REBASADA),
        (date(2020, 4, 1), (7, 0, 0, 0), Semaforo.ROJO),
        (date(2020, 4, 1), (8, 0, 0, 0), Semaforo.AMBAR),
        (date(2020, 5, 1), (7, 3, 0, 0), Semaforo.VERDE),  # se puso al corriente
        (date(2020, 5, 1), (10, 10, 0, 0), Semaforo.VERDE),  # adelantó el que corre: no es rebase
        (date(2020, 5, 1), (10, 17, 0, 0), Semaforo.REBASADA),
        (date(2021, 1, 1), (10, 10, 10, 10), Semaforo.VERDE),
        (date(2021, 1, 1), (10, 10, 10, 1), Semaforo.ROJO),
    ],
)
def test_la_luz_del_anio_exige_solo_lo_concluido(fecha, hecho, luz):
    avance = Avance(tuple(Cuenta(10, n) for n in hecho))
    assert avance.luz(2020, fecha) is luz


def test_sin_meta_no_hay_luz():
    assert Avance((Cuenta(0, 3),) * 4).luz(2020, date(2020, 12, 1)) is Semaforo.SIN_META


def test_lo_programado_solo_al_final_esta_por_iniciar():
    avance = Avance((Cuenta(0, 0), Cuenta(0, 0), Cuenta(0, 0), Cuenta(1, 0)))
    assert avance.luz(2020, date(2020, 5, 1)) is Semaforo.POR_INICIAR


@pytest.mark.parametrize(
    ("fecha", "hecho", "luz"),
    [
        (date(2020, 9, 30), 0, Semaforo.POR_INICIAR),
        (date(2020, 10, 1), 0, Semaforo.EN_CURSO),
        (date(2020, 12, 30), 9, Semaforo.EN_CURSO),
        (date(2020, 12, 30), 10, Semaforo.VERDE),
        (date(2020, 12, 31), 9, Semaforo.AMBAR),  # un informe se corta en el último día de su periodo
        (date(2021, 1, 1), 0, Semaforo.ROJO),
        (date(2021, 1, 1), 14, Semaforo.REBASADA),
    ],
)
def test_la_luz_de_un_trimestre_no_acusa_rezago_antes_de_que_termine(fecha, hecho, luz):
    assert consultas.luz_del_trimestre(Cuenta(10, hecho), Trimestre(2020, 4), fecha) is luz


# -- meta del año cumplida ---------------------------------------------------------------
@pytest.mark.django_db
def test_en_que_trimestre_se_cumplio():
    accion = fabrica.accion(metas={1: 1, 2: 0, 3: 0, 4: 0})
    octubre = date(2020, 10, 1)
    assert consultas.trimestre_en_que_se_cumplio(accion, octubre) is None
    fabrica.actividad(accion, el=date(2020, 5, 2))
    assert consultas.trimestre_en_que_se_cumplio(accion, octubre) == Trimestre(2020, 2)
    assert consultas.trimestre_en_que_se_cumplio(accion, date(2020, 4, 1)) is None  # todavía no llegaba
    assert consultas.trimestre_en_que_se_cumplio(accion, date(2020, 6, 30)) is None


@pytest.mark.django_db
def test_si_falta_algo_programado_no_esta_cumplida():
    accion = fabrica.accion(metas={1: 1, 4: 1})
    fabrica.actividad(accion, el=date(2020, 2, 2), unidades=2)
    assert consultas.trimestre_en_que_se_cumplio(accion, date(2020, 10, 1)) is None
    assert consultas.trimestre_en_que_se_cumplio(fabrica.accion(), date(2020, 10, 1)) is None


# -- lo demás ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_actividades_del_periodo_por_accion_y_tipo():
    pat, especifico = fabrica.programa(2020), fabrica.programa(2020, "especifico")
    una = fabrica.accion(fabrica.eje(pat))
    otra = fabrica.accion(fabrica.eje(especifico), alineadas=[una])
    curso = fabrica.tipo(clave="curso")
    propia = fabrica.actividad(una, el=date(2020, 11, 3), tipo=curso)
    alineada = fabrica.actividad(otra, el=date(2020, 10, 3))
    fabrica.actividad(una, el=date(2020, 9, 30))
    fabrica.actividad(fabrica.accion(una.eje))
    assert list(consultas.actividades_del_periodo(CUARTO, acciones=[una])) == [alineada, propia]
    assert list(consultas.actividades_del_periodo(CUARTO, acciones=[una], tipos=["curso"])) == [propia]
    assert consultas.actividades_del_periodo(Periodo.anual(2020)).count() == 4


@pytest.mark.django_db
def test_accion_por_su_clave():
    letra = fabrica.accion(fabrica.eje(fabrica.programa(2020, clave="pat-2020")))
    cifra = fabrica.accion(letra.eje, inciso="2")
    assert consultas.accion_por_clave("pat-2020:1a") == letra
    assert consultas.accion_por_clave("pat-2020: 1.2") == cifra
    with pytest.raises(consultas.Accion.DoesNotExist, match="pat-2020:9Z"):
        consultas.accion_por_clave("pat-2020:9Z")


@pytest.mark.django_db
def test_acciones_sin_captura_en_el_mes():
    programa = fabrica.programa(2020)
    eje = fabrica.eje(programa)
    por_meses = fabrica.accion(eje, meses=[10])
    por_meta = fabrica.accion(eje, metas={4: 2})
    con_registro = fabrica.accion(eje, meses=[10])
    en_la_alineada = fabrica.accion(eje, meses=[10])
    par = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")), alineadas=[en_la_alineada])
    fabrica.accion(eje, meses=[11])
    fabrica.accion(fabrica.eje(fabrica.programa(2020, estado=EstadoDePrograma.BORRADOR)), meses=[10])
    for accion in (con_registro, par):
        fabrica.actividad(accion, el=date(2020, 10, 20))
    assert consultas.sin_captura(2020, 10) == [por_meses, por_meta]


@pytest.mark.django_db
def test_un_eje_no_suma_unidades_distintas():
    """Cien noticias no tapan el convenio que falta: la luz del eje promedia lo que lleva cada acción."""
    eje = fabrica.eje(fabrica.programa(2020))
    noticias = fabrica.accion(eje, metas={1: 100}, unidad="Noticia")
    fabrica.accion(eje, metas={1: 1}, unidad="Convenio")
    fabrica.actividad(noticias, el=date(2020, 2, 1), unidades=100)
    (unico,) = consultas.avance(eje.programa)
    fecha = date(2020, 4, 1)
    assert [a.luz(fecha) for a in unico.acciones] == [Semaforo.VERDE, Semaforo.ROJO]
    assert unico.al_corriente(fecha) == 50 and unico.luz(fecha) is Semaforo.ROJO
    assert consultas.luz_del_programa([unico], fecha) is Semaforo.ROJO


@pytest.mark.parametrize(
    ("pesos", "esperado"), [((None, None), 50), ((75, 25), 75), ((None, 30), 0), ((100, None), 100)]
)
def test_el_promedio_pesado(pesos, esperado):
    assert consultas.ponderado(zip(pesos, (Decimal(100), Decimal(0)), strict=True)) == esperado
    assert consultas.ponderado([(10, None), (None, None)]) is None
