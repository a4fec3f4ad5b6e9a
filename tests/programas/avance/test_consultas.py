"""El panorama de un plan en una fecha, y que cada cifra sea la suma de los registros que se enseñan."""

from datetime import date

import pytest

from programas import consultas as de_programas
from programas.avance import consultas
from programas.avance.consultas import Marca
from programas.consultas import Cuenta, Semaforo
from programas.models import Candado
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import Periodo, Trimestre

pytestmark = pytest.mark.django_db

FIN = date(2021, 1, 15)


def renglon(panorama, accion):
    return next(r for r in panorama.renglones if r.accion == accion)


def marcas(accion, fecha) -> str:
    """Los doce meses en doce letras."""
    letras = {Marca.NADA: ".", Marca.HECHO: "H", Marca.FALTA: "X", Marca.CUBIERTO: "c", Marca.POR_VENIR: "o"}
    meses = renglon(consultas.panorama(accion.eje.programa, fecha), accion).meses
    return "".join(letras.get(m.marca, "+") for m in meses)


# -- la fecha de corte ---------------------------------------------------------------
def test_lo_que_concluyo_despues_del_corte_no_cuenta(plan):
    cortado = renglon(consultas.panorama(plan.programa, date(2020, 10, 9)), plan.mezcla).avance
    assert [c.alcanzado for c in cortado.avance.trimestres] == [3, 0, 0, 3]  # el 9 sí; el 20 y diciembre no
    entero = renglon(consultas.panorama(plan.programa, FIN), plan.mezcla).avance
    assert [c.alcanzado for c in entero.avance.trimestres] == [3, 0, 0, 8]
    antes = consultas.panorama(plan.programa, date(2019, 12, 31))
    assert antes.total.cumplido == 0
    assert {r.avance.por_validar for r in antes.renglones} == {0}
    assert marcas(plan.por_mes, date(2019, 12, 31)) == "oo.......o.o"


def test_por_validar_tambien_se_corta(plan):
    assert renglon(consultas.panorama(plan.programa, date(2020, 6, 30)), plan.mezcla).avance.por_validar == 2
    assert renglon(consultas.panorama(plan.programa, FIN), plan.mezcla).avance.por_validar == 5


# -- el calendario ---------------------------------------------------------------------
def test_calendario_por_los_meses_de_la_meta(plan):
    assert marcas(plan.por_mes, FIN) == "HX..+....H.X"
    assert marcas(plan.por_mes, date(2020, 2, 28)) == "Ho.......o.o"
    assert marcas(plan.por_mes, date(2020, 2, 29)) == "HX.......o.o"  # el último día del mes ya se puede informar
    assert [m.cuanto for m in renglon(consultas.panorama(plan.programa, FIN), plan.por_mes).meses][:3] == [1, 1, None]


def test_calendario_por_los_meses_de_la_accion(plan):
    assert marcas(plan.sin_cantidad, FIN) == ".H..X..+..X."
    assert marcas(plan.sin_cantidad, date(2020, 6, 1)) == ".H..X.....o."


def test_calendario_de_una_meta_del_trimestre_sin_mes():
    accion = fabrica.accion(metas={1: 2, 2: 2, 3: 1})
    for dia in ("2020-02-03", "2020-02-04", "2020-05-05"):
        fabrica.actividad(accion, el=date.fromisoformat(dia))
    # Cubierta en febrero; a medias en mayo; nada en el tercero.
    assert marcas(accion, FIN) == "cHcXHXXXX..."
    assert marcas(accion, date(2020, 5, 31)) == "cHcoHoooo..."


def test_un_mes_programado_no_debe_nada_si_la_meta_del_trimestre_se_alcanzo_en_otro():
    accion = fabrica.accion(metas={1: 1, 2: 1}, meses=[1, 2, 3, 4])
    fabrica.actividad(accion, el=date(2020, 2, 3))
    assert marcas(accion, FIN) == "cHcX........"


# -- por eje y por área ------------------------------------------------------------------
def test_las_unidades_se_suman_solo_si_son_de_lo_mismo(plan):
    panorama = consultas.panorama(plan.programa, FIN)
    uno, dos = panorama.ejes
    assert (uno.unidad, uno.avance.anual) == ("Nota", Cuenta(15, 14))
    assert (dos.unidad, dos.avance) == ("", None)
    assert panorama.total.avance is None
    fabrica.accion(plan.uno, metas={1: 1}, unidad="Convenio")
    assert consultas.panorama(plan.programa, FIN).ejes[0].avance is None


def test_por_area_y_la_que_no_tiene_va_con_la_del_programa(plan):
    areas = consultas.panorama(plan.programa, FIN).areas
    assert [(a.nombre, len(a.renglones)) for a in areas] == [("Otra", 1), ("Unidad de prueba", 2)]
    assert areas[0].luces == [(Semaforo.ROJO, 1)]
    assert areas[0].cumplido == 60
    assert (areas[0].meses_hechos, areas[0].meses_sin_registros) == (2, 2)
    sin_area = fabrica.accion(fabrica.eje(fabrica.programa(2020)))
    assert consultas.panorama(sin_area.eje.programa, FIN).areas[0].nombre == consultas.SIN_AREA


def test_el_filtro_deja_acciones_y_no_cambia_el_total(plan):
    def claves(**filtro):
        panorama = consultas.panorama(plan.programa, FIN, **filtro)
        assert len(panorama.total.renglones) == 3
        return [r.accion.numeral for r in panorama.renglones]

    assert claves(eje=plan.uno.pk) == ["1A", "1B"]
    assert claves(area=str(plan.unidad.pk)) == ["1A", "2A"]
    assert claves(luz=Semaforo.SIN_CANTIDAD) == ["2A"]
    assert claves(eje=plan.dos.pk, luz=Semaforo.ROJO) == []
    # De una parte del eje no se dice la luz del eje.
    assert consultas.panorama(plan.programa, FIN, luz=Semaforo.ROJO).ejes[0].luz is None


def test_es_la_misma_cuenta_que_la_de_los_demas(plan):
    panorama = consultas.panorama(plan.programa, FIN)
    de_otros = {a.accion.pk: a.avance for e in de_programas.avance(plan.programa) for a in e.acciones}
    assert {r.accion.pk: r.avance.avance for r in panorama.renglones} == de_otros


# -- los registros ---------------------------------------------------------------------------
def test_los_registros_suman_la_cifra(plan):
    acciones = list(de_programas.acciones().filter(eje__programa=plan.programa))
    for r in consultas.panorama(plan.programa, FIN).renglones:
        accion = next(a for a in acciones if a == r.accion)
        for numero, cuenta in enumerate(r.avance.avance.trimestres, 1):
            filas = consultas.registros([accion], Trimestre(2020, numero).periodo)
            assert sum(f.unidades for f in filas) == cuenta.alcanzado
        for mes in r.meses:
            assert (
                sum(f.unidades for f in consultas.registros([accion], Periodo.mes(2020, mes.numero))) == mes.alcanzado
            )


def test_los_registros_dicen_de_donde_salen(plan):
    (accion,) = de_programas.acciones().filter(pk=plan.mezcla.pk)
    filas = consultas.registros([accion], Periodo.anual(2020))
    assert [f.fecha for f in filas] == sorted(f.fecha for f in filas)
    assert {f.origen for f in filas} == {"Bitácora", "Bitácora, alineada pe-2020:1B", "Hechos de prueba"}
    assert {f.url for f in filas if f.origen == "Hechos de prueba"} == {"/"}
    ajena = con_papel(roles.AREA)
    ocultas = [f for f in consultas.registros([accion], Periodo.anual(2020), ajena) if f.origen == "Hechos de prueba"]
    assert [(f.texto, f.url, f.unidades) for f in ocultas] == [("Hechos de prueba", "", n) for n in (1, 2, 3)]


def test_una_rechazada_no_aparece(plan):
    actividad = plan.por_mes.actividades.first()
    actividad.estado, actividad.razon_rechazo = "rechazada", "No"
    actividad.save()
    filas = consultas.registros(list(de_programas.acciones().filter(pk=plan.por_mes.pk)), Periodo.anual(2020))
    assert len(filas) == 2


# -- quién no ha capturado -----------------------------------------------------------------------
def test_sin_captura_dice_desde_cuando(plan):
    por_accion = {p.accion: p for p in consultas.sin_captura(2020, 11)}
    assert set(por_accion) == {plan.mezcla, plan.sin_cantidad}  # 1A lleva 4 de 6 en el trimestre
    falta = por_accion[plan.sin_cantidad]
    assert (falta.ultimo, falta.meses, falta.programado, falta.cerrado) == (date(2020, 8, 1), 3, None, False)
    Candado.objects.create(programa=plan.programa, trimestre=4, razon="Informado")
    assert all(p.cerrado for p in consultas.sin_captura(2020, 11))


def test_sin_captura_no_reclama_un_trimestre_ya_cubierto():
    accion = fabrica.accion(metas={1: 1, 2: 3})
    fabrica.actividad(accion, el=date(2020, 1, 8))
    assert consultas.sin_captura(2020, 2) == []
    (falta,) = consultas.sin_captura(2020, 4)
    assert (falta.ultimo, falta.meses, falta.en_el_trimestre) == (date(2020, 1, 8), 3, 3)


def test_sin_captura_ve_los_meses_de_la_meta(plan):
    assert [p.accion for p in consultas.sin_captura(2020, 12) if p.accion.eje.programa == plan.programa] == [
        plan.por_mes
    ]
    assert plan.por_mes not in [p.accion for p in consultas.sin_captura(2020, 3)]


# -- costo -----------------------------------------------------------------------------------------
def test_las_mismas_consultas_con_1_que_con_30(plan):
    def preguntar():
        consultas.panorama(plan.programa, FIN)

    def desde_cuando():
        consultas.sin_captura(2020, 11)

    preguntar()  # llena las cachés de Django antes de contar
    costos = [_cuantas(preguntar), _cuantas(desde_cuando)]
    for n in range(25):
        nueva = fabrica.accion(plan.dos if n < 12 else plan.uno, meses=[11], metas={1: 1})
        fabrica.actividad(nueva, el=date(2020, 4, 1))
    assert [_cuantas(preguntar), _cuantas(desde_cuando)] == costos
    assert max(costos) <= 10


def test_los_registros_cuestan_lo_mismo_con_1_que_con_30(plan):
    acciones = list(de_programas.acciones().filter(eje__programa=plan.programa))

    def preguntar():
        consultas.registros(acciones, Periodo.anual(2020))

    antes = _cuantas(preguntar)
    for _ in range(30):
        fabrica.actividad(plan.mezcla)
    assert _cuantas(preguntar) == antes


def _cuantas(funcion) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as hechas:
        funcion()
    return len(hechas)


def test_un_informe_se_corta_en_su_ultimo_dia_y_ahi_el_trimestre_ya_concluyo():
    vacia = fabrica.accion(fabrica.eje(fabrica.programa(2020)), metas={1: (1, 0, 1), 2: 1}, meses=[1, 3, 5])
    assert marcas(vacia, date(2020, 3, 30)) == marcas(vacia, date(2020, 2, 1))
    assert consultas.panorama(vacia.eje.programa, date(2020, 3, 30)).renglones[0].luz is Semaforo.EN_CURSO
    (renglon,) = consultas.panorama(vacia.eje.programa, date(2020, 3, 31)).renglones
    assert (renglon.luz, renglon.luces(date(2020, 3, 31))[0]) == (Semaforo.ROJO, Semaforo.ROJO)
    assert renglon.meses[2].marca is Marca.FALTA
