"""Escribir la matriz: qué se admite, qué se rechaza y junto a qué campo."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from programas.acciones import cerrar_programa
from programas.estados import Formula, Frecuencia, NivelMIR
from programas.estados import OrigenDeVariable as Origen
from programas.mir import acciones, consultas
from programas.models import Candado, Explicacion, Indicador, Supuesto, Variable
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return planes.programa(2021, "especifico", clave="pe-2021")


@pytest.fixture
def accion(plan):
    return planes.accion(planes.eje(plan), metas={1: 4})


@pytest.fixture
def indicador(accion):
    return fabrica.indicador(accion=accion)


def errores(funcion, **datos) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        funcion(**datos)
    return error.value.message_dict if hasattr(error.value, "error_dict") else {"__all__": error.value.messages}


def con_variables(indicador, *variables):
    return acciones.guardar_indicador(indicador=indicador, variables=list(variables), por=None)


def mal(indicador, variables):
    with pytest.raises(ValidationError) as error:
        con_variables(indicador, *variables)
    return error.value.message_dict


# -- indicadores -------------------------------------------------------------------
def test_se_guarda_entero_con_quien_lo_hizo(plan, accion):
    por = con_papel(roles.DIRECCION)
    supuestos = [fabrica.supuesto(plan), fabrica.supuesto(plan)]
    nuevo = Indicador(programa=plan, clave="A1", nivel=NivelMIR.ACTIVIDAD, resumen="Difundir", nombre="Eficacia")
    acciones.guardar_indicador(
        indicador=nuevo,
        supuestos=supuestos,
        variables=[fabrica.logrado(acciones=[accion]), fabrica.programado(acciones=[accion])],
        por=por,
    )
    assert set(nuevo.supuestos.all()) == set(supuestos)
    assert [(v.simbolo, v.orden, list(v.acciones.all())) for v in nuevo.variables.all()] == [
        ("L", 1, [accion]),
        ("M", 2, [accion]),
    ]
    assert nuevo.history.first().history_user == por
    assert Variable.history.first().history_user == por


def test_las_variables_que_no_cambian_no_dejan_historia(indicador, accion):
    antes = Variable.history.count()
    con_variables(indicador, fabrica.logrado(acciones=[accion]), fabrica.programado(acciones=[accion]))
    acciones.guardar_indicador(indicador=indicador, por=None)
    assert Variable.history.count() == antes
    assert indicador.variables.count() == 2


def test_variables_se_quitan_se_agregan_se_ordenan_y_se_renombran(indicador, accion):
    ele, eme = indicador.variables.all()
    con_variables(
        indicador,
        {**fabrica.programado("L", acciones=[accion]), "pk": eme.pk},
        {**fabrica.logrado("M", acciones=[accion]), "pk": ele.pk},
        fabrica.logrado("L2", Origen.FIJO, valor=1),
    )
    assert [(v.simbolo, v.papel) for v in indicador.variables.all()] == [
        ("L", "programado"), ("M", "logrado"), ("L2", "logrado"),
    ]  # fmt: skip
    assert set(indicador.variables.values_list("pk", flat=True)) > {ele.pk, eme.pk}
    con_variables(indicador, fabrica.logrado("L9", acciones=[accion]), fabrica.programado("L", acciones=[accion]))
    assert [v.simbolo for v in indicador.variables.all()] == ["L9", "L"]


def test_toda_formula_lleva_algo_arriba_y_algo_abajo(plan, accion):
    for formula in Formula:
        nuevo = Indicador(programa=plan, clave="A9", nivel="fin", resumen="R", nombre="N", formula=formula)
        assert "Logrado" in str(mal(nuevo, [fabrica.programado(acciones=[accion])])["variables"])
        nuevo.pk = None
        assert "Programado" in str(mal(nuevo, [fabrica.logrado(acciones=[accion])])["variables"])
        nuevo.pk = None
        assert len(mal(nuevo, [])["variables"]) == 2
    assert not Indicador.objects.exists()  # todo o nada


def test_los_errores_de_una_variable_van_en_su_renglon(indicador, accion):
    de_otro_anio = planes.accion(planes.eje(planes.programa(2020)))
    assert set(
        mal(
            indicador,
            [
                fabrica.logrado("L", acciones=[]),
                fabrica.logrado("L", acciones=[de_otro_anio]),
                fabrica.logrado("Tp", acciones=[accion]),
                fabrica.logrado("L4", acciones=[accion]),
                fabrica.programado("", Origen.FIJO),
                fabrica.programado("M2", Origen.FIJO, valor=Decimal(-1)),
                fabrica.programado("M3", Origen.CIFRA),
                fabrica.programado("M4", "otro"),
            ],
        )
    ) == {
        "variables-0-acciones",
        "variables-1-simbolo",
        "variables-1-acciones",
        "variables-2-simbolo",
        "variables-3-acciones",
        "variables-4-simbolo",
        "variables-4-valor",
        "variables-5-valor",
        "variables-6-cifra",
        "variables-7-origen",
    }
    assert [v.simbolo for v in indicador.variables.all()] == ["L", "M"]


def test_una_accion_no_cuenta_en_dos_variables_del_mismo_papel_ni_por_su_alineada(indicador, accion):
    par = planes.accion(planes.eje(planes.programa(2021)), metas={1: 2}, alineadas=[accion])
    repetida = [fabrica.logrado("L1", acciones=[accion]), fabrica.logrado("L2", acciones=[par])]
    assert mal(indicador, [*repetida, fabrica.programado(acciones=[accion])])["variables-1-acciones"] == [
        f"«{par}» ya cuenta en L1."
    ]
    # Sus metas sí son dos, y arriba y abajo puede ir la misma.
    con_variables(
        indicador,
        fabrica.logrado("L1", acciones=[accion]),
        fabrica.programado("M1", acciones=[accion]),
        fabrica.programado("M2", acciones=[par]),
    )


@pytest.mark.parametrize(
    ("cifra", "parametros", "campo", "dice"),
    [
        ("no.existe", {}, "cifra", "No existe la cifra"),
        ("programas.actividades", {"color": "rojo"}, "parametros", "no tiene «color»: lleva accion y tipo"),
        ("programas.actividades", {"accion": "pe-2021:9Z"}, "parametros", "9Z"),
        ("observacion.asistentes", {"accion": "pe-2021:9Z"}, "parametros", "9Z"),
        ("programas.actividades", {"accion": 3}, "parametros", "texto"),
        ("programas.actividades", ["accion"], "parametros", "texto"),
        ("programas.actividades", {"accion": "pe-2021:1A; pe-2021:1B"}, "parametros", "con coma"),
        ("programas.cifra", {}, "parametros", "etiqueta"),
    ],
)
def test_una_cifra_que_no_se_puede_calcular(indicador, accion, cifra, parametros, campo, dice):
    variables = [
        fabrica.logrado("L", Origen.CIFRA, cifra=cifra, parametros=parametros),
        fabrica.programado(acciones=[accion]),
    ]
    assert dice in mal(indicador, variables)[f"variables-0-{campo}"][0]


def test_una_cifra_que_si(indicador, accion):
    con_variables(
        indicador,
        fabrica.logrado("L", Origen.CIFRA, cifra="programas.actividades", parametros={"accion": "pe-2021:1A"}),
        fabrica.programado(acciones=[accion]),
    )
    planes.actividad(accion, el=date(2021, 2, 1))
    (fila,) = consultas.mediciones(indicador.programa, date(2021, 12, 31))
    assert fila.mediciones[0].logrado == 1


def test_lo_que_no_toca_al_origen_se_vacia(indicador, accion):
    con_variables(
        indicador,
        fabrica.logrado("L", Origen.DATO, acciones=[accion], valor=3, cifra="programas.actividades"),
        fabrica.programado(acciones=[accion], valor=5),
    )
    ele, eme = indicador.variables.all()
    assert (ele.acciones.count(), ele.valor, ele.cifra, eme.valor) == (0, None, "", None)


def test_un_supuesto_o_una_clave_que_no_valen(plan, indicador):
    ajeno = fabrica.supuesto(planes.programa(2021))
    assert (
        "otro programa"
        in errores(acciones.guardar_indicador, indicador=indicador, supuestos=[ajeno], por=None)["supuestos"][0]
    )
    otro = Indicador(programa=plan, clave=indicador.clave, nivel="fin", resumen="R", nombre="N")
    assert "Ya hay un indicador" in str(errores(acciones.guardar_indicador, indicador=otro, por=None))
    indicador.verde_desde = 70
    assert "verde_desde" in errores(acciones.guardar_indicador, indicador=indicador, por=None)


def test_lo_que_ya_tiene_anotado_no_cambia_de_periodo_ni_de_formula(indicador):
    indicador.frecuencia = Frecuencia.MENSUAL
    acciones.guardar_indicador(indicador=indicador, por=None)
    fabrica.ajuste(indicador, 11)
    fabrica.explicacion(indicador, 12)
    indicador.frecuencia, indicador.formula = Frecuencia.ANUAL, Formula.RAZON
    indicador.programa = planes.programa(2021)
    dichos = errores(acciones.guardar_indicador, indicador=indicador, por=None)
    assert set(dichos) == {"frecuencia", "formula", "programa"}
    assert "un ajuste de tiempo y una explicación" in dichos["frecuencia"][0]


# -- una sola variable ---------------------------------------------------------------
def test_guardar_una_variable_revisa_contra_sus_hermanas(indicador, accion):
    nueva = Variable(indicador=indicador, papel="logrado", simbolo="L2", nombre="Otra")
    assert "ya cuenta en L" in str(errores(acciones.guardar_variable, variable=nueva, acciones=[accion], por=None))
    nueva.origen = Origen.DATO
    acciones.guardar_variable(variable=nueva, por=None)
    fabrica.dato(nueva)
    nueva.origen = Origen.FIJO
    nueva.valor = 2
    assert set(errores(acciones.guardar_variable, variable=nueva, por=None)) == {"origen"}
    nueva.indicador = fabrica.indicador(accion=accion)
    assert set(errores(acciones.guardar_variable, variable=nueva, por=None)) == {"indicador"}


# -- datos, ajustes y explicaciones ----------------------------------------------------
def test_un_dato_sólo_para_variables_que_se_capturan(indicador, accion):
    con_variables(indicador, fabrica.logrado("L", Origen.DATO), fabrica.programado(acciones=[accion]))
    ele, eme = indicador.variables.all()
    assert fabrica.dato(ele, 1, "2.5").valor == Decimal("2.5")
    for de, periodo, valor, campo in ((eme, 1, 1, "variable"), (ele, 5, 1, "periodo"), (ele, 2, -1, "valor")):
        assert campo in errores(fabrica.dato, de=de, periodo=periodo, valor=valor)
    assert errores(fabrica.dato, de=ele, periodo=2, procedencia="")["procedencia"]
    assert errores(fabrica.dato, de=ele, periodo=1)["__all__"]  # ya está


def test_un_ajuste_es_de_la_eficacia_y_con_razon(indicador, accion):
    assert fabrica.ajuste(indicador, 1, "0.5")
    for tr in ("0", "-1", "2.5", "mucho"):
        assert "tr" in errores(fabrica.ajuste, de=indicador, periodo=2, tr=tr)
    assert "razon" in errores(fabrica.ajuste, de=indicador, periodo=2, razon="")
    impacto = fabrica.indicador(accion=accion, formula=Formula.IMPACTO)
    assert "indicador" in errores(fabrica.ajuste, de=impacto)


def test_explicar_pide_las_tres_cosas_y_un_periodo_empezado(indicador):
    assert {"causa", "medida", "pronostico"} == set(
        errores(fabrica.explicacion, de=indicador, causa="", medida="", pronostico="")
    )
    with time_machine.travel("2021-05-10"):
        assert "todavía no empieza" in errores(fabrica.explicacion, de=indicador, periodo=3)["periodo"][0]
        fabrica.explicacion(indicador, 2)
        assert "periodo" in errores(fabrica.explicacion, de=indicador, periodo=7)


def test_un_trimestre_cerrado_no_se_anota_ni_se_borra(indicador):
    indicador.frecuencia = Frecuencia.MENSUAL
    acciones.guardar_indicador(indicador=indicador, por=None)
    febrero, abril = fabrica.explicacion(indicador, 2), fabrica.explicacion(indicador, 4)
    candado = Candado.objects.create(programa=indicador.programa, trimestre=1, razon="Informe aprobado")
    assert "Informe aprobado" in errores(fabrica.explicacion, de=indicador, periodo=3)["periodo"][0]
    assert "Informe aprobado" in str(errores(acciones.eliminar, registro=febrero, por=None))
    febrero.periodo = 5  # moverla la quitaría del trimestre cerrado
    assert errores(acciones.explicar, explicacion=febrero, por=None)
    assert errores(fabrica.ajuste, de=indicador, periodo=1)
    acciones.eliminar(registro=abril, por=None)
    candado.cerrado = False
    candado.save()
    fabrica.explicacion(indicador, 3)


# -- borrar y cerrar -------------------------------------------------------------------
def test_no_se_borra_de_lo_que_otros_cuelgan(plan, indicador, accion):
    con_variables(indicador, fabrica.logrado("L", Origen.DATO), fabrica.programado(acciones=[accion]))
    ele = indicador.variables.get(simbolo="L")
    dato = fabrica.dato(ele)
    explicacion = fabrica.explicacion(indicador)
    assert "un dato y una explicación" in str(errores(acciones.eliminar, registro=indicador, por=None))
    assert "L tiene un dato" in str(errores(acciones.eliminar, registro=ele, por=None))
    assert (
        "L tiene"
        in mal(indicador, [fabrica.logrado("L1", acciones=[accion]), fabrica.programado(acciones=[accion])])[
            "variables"
        ][0]
    )
    for registro in (dato, explicacion):
        acciones.eliminar(registro=registro, por=None)
    assert "Falta una variable" in str(errores(acciones.eliminar, registro=ele, por=None))
    acciones.eliminar(registro=indicador, por=None)
    assert not Variable.objects.exists()


def test_un_supuesto_en_uso_no_se_borra(plan, accion):
    supuesto, suelto = fabrica.supuesto(plan), fabrica.supuesto(plan)
    indicador = fabrica.indicador(accion=accion, supuestos=[supuesto])
    assert errores(acciones.eliminar, registro=supuesto, por=None)["__all__"] == [
        f"Lo usa el indicador {indicador.clave}."
    ]
    acciones.eliminar(registro=suelto, por=None)
    assert list(Supuesto.objects.all()) == [supuesto]
    supuesto.programa = planes.programa(2021)
    assert "programa" in errores(acciones.guardar_supuesto, supuesto=supuesto, por=None)


def test_un_programa_cerrado_es_de_sólo_lectura(plan, indicador, accion):
    supuesto, explicacion = fabrica.supuesto(plan), fabrica.explicacion(indicador)
    cerrar_programa(programa=plan, por=None)
    for registro in (indicador, supuesto, explicacion, indicador.variables.first()):
        registro.refresh_from_db()
        assert "cerrado" in str(errores(acciones.eliminar, registro=registro, por=None))
    plan.refresh_from_db()
    for intento in (
        lambda: acciones.guardar_indicador(indicador=Indicador.objects.get(), por=None),
        lambda: acciones.guardar_supuesto(supuesto=Supuesto.objects.get(), por=None),
        lambda: acciones.guardar_variable(variable=Variable.objects.first(), por=None),
        lambda: acciones.explicar(explicacion=Explicacion.objects.get(), por=None),
        lambda: fabrica.ajuste(Indicador.objects.get(), 2),
    ):
        assert "cerrado" in str(errores(intento))
