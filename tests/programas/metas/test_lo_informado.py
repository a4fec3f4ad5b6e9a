"""Lo que dijo un informe aprobado no cambia por ninguna otra puerta que abrir su trimestre."""

from datetime import date

import pytest

from programas import acciones as de_programas
from programas.consultas import avance
from programas.estados import EstadoDePrograma, PapelDeVariable
from programas.metas import acciones
from programas.mir import acciones as de_mir
from programas.models import Accion, Eje, Indicador
from tests.fabricas import comision as de_comision
from tests.fabricas import mir as fabrica_mir
from tests.fabricas import programas as fabrica
from tests.programas.metas.test_acciones import falla

pytestmark = pytest.mark.django_db
FRASE = "Cuarto informe"


def cerrar(accion: Accion) -> None:
    acciones.cerrar_trimestre(programa=accion.eje.programa, trimestre=4, razon=FRASE, por=None)


def leida(accion: Accion) -> Accion:
    return Accion.objects.get(pk=accion.pk)


def alcanzado(accion: Accion) -> int:
    return sum(r.avance.anual.alcanzado for e in avance(accion.eje.programa) for r in e.acciones if r.accion == accion)


def test_alinear_o_desalinear_no_cambia_un_trimestre_cerrado():
    informada = fabrica.accion(metas={4: 1})
    otra = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")))
    vacia = fabrica.accion(otra.eje)
    fabrica.actividad(otra)
    cerrar(informada)
    falla("alineadas", lambda: de_programas.alinear(accion=informada, con=[otra], por=None), "de 0 unidades a 1", FRASE)
    falla("alineadas", lambda: de_programas.alinear(accion=otra, con=[informada], por=None), FRASE)
    nueva = Accion(eje=otra.eje, inciso="Z", nombre="Nueva")
    de_programas.guardar_accion(accion=nueva, alineadas=[informada], por=None)  # sin registros no cambia nada
    de_programas.alinear(accion=vacia, con=[informada], por=None)
    acciones.abrir_trimestre(programa=informada.eje.programa, trimestre=4, razon="Corregir", por=None)
    de_programas.alinear(accion=otra, con=[informada], por=None)
    assert alcanzado(informada) == 1
    cerrar(informada)
    falla("alineadas", lambda: de_programas.alinear(accion=otra, con=[], por=None), "de 1 unidad a 0")
    assert alcanzado(informada) == 1


def test_lo_de_otro_trimestre_si_se_alinea():
    informada = fabrica.accion(metas={4: 1})
    otra = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")))
    fabrica.actividad(otra, el=date(2020, 3, 5))
    cerrar(informada)
    de_programas.alinear(accion=otra, con=[informada], por=None)
    assert alcanzado(informada) == 1


@pytest.mark.parametrize("alineada", [False, True])
def test_la_fuente_de_una_accion_no_cambia_lo_informado(alineada):
    informada = fabrica.accion(metas={4: 1})
    accion = informada
    if alineada:
        accion = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")), alineadas=[informada])
    fabrica.actividad(accion)
    cerrar(informada)
    accion = leida(accion)
    accion.fuente = "comision.sesiones"
    falla("fuente", lambda: de_programas.guardar_accion(accion=accion, por=None), FRASE)
    assert alcanzado(informada) == 1


def test_borrar_una_accion_alineada_no_cambia_lo_informado():
    de_comision.sesion(de_comision.comision(), date(2020, 11, 5), numero=1)
    informada = fabrica.accion(metas={4: 1})
    otra = fabrica.accion(
        fabrica.eje(fabrica.programa(2020, "especifico")), alineadas=[informada], fuente="comision.sesiones"
    )
    antes = alcanzado(informada)
    assert antes
    cerrar(informada)
    falla("", lambda: de_programas.eliminar(registro=leida(otra), por=None), FRASE)
    assert alcanzado(informada) == antes


def test_un_plan_cerrado_no_gana_ni_pierde_alineaciones_ejes_ni_acciones():
    suya = fabrica.accion(metas={4: 1})
    programa = suya.eje.programa
    vacio = fabrica.eje(programa)
    sola = fabrica.accion(vacio)
    otra = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico", estado=EstadoDePrograma.BORRADOR)))
    sin_nada = fabrica.eje(programa)
    de_programas.cerrar_programa(programa=programa, por=None)
    falla("alineadas", lambda: de_programas.alinear(accion=otra, con=[leida(suya)], por=None), "está cerrado")
    movida = leida(sola)
    movida.eje = otra.eje
    movida.inciso = "Z"
    falla("eje", lambda: de_programas.guardar_accion(accion=movida, por=None), "está cerrado")
    eje = Eje.objects.get(pk=sin_nada.pk)
    eje.programa, eje.numero = otra.eje.programa, 50
    falla("", lambda: de_programas.guardar_eje(eje=eje, por=None), "está cerrado")


def test_el_anio_de_un_plan_aprobado_o_alineado_no_cambia():
    informada = fabrica.accion(metas={4: 1})
    cerrar(informada)
    programa = informada.eje.programa
    programa.anio = 2019
    falla("anio", lambda: de_programas.guardar_programa(programa=programa, por=None), "aprobado")
    borrador = fabrica.en_planeacion(alineadas=[fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")))])
    programa = borrador.eje.programa
    programa.anio = 2019
    falla("anio", lambda: de_programas.guardar_programa(programa=programa, por=None), "alineadas")


# -- indicadores ------------------------------------------------------------------
@pytest.fixture
def medido() -> Indicador:
    accion = fabrica.accion(metas={4: 1})
    fabrica.actividad(accion)
    indicador = fabrica_mir.indicador(accion=accion)
    cerrar(accion)
    return Indicador.objects.get(pk=indicador.pk)


@pytest.mark.parametrize(
    "cambio",
    [
        {"formula": "impacto", "meta": 100},
        {"meta": 5},
        {"ambar_desde": 300, "verde_desde": 300, "rebasada_desde": 300},
        {"sentido": "descendente", "meta": 9, "rebasada_desde": 200},
        {"frecuencia": "mensual"},
    ],
)
def test_un_indicador_ya_informado_no_cambia_su_valor_ni_su_luz(medido, cambio):
    for campo, valor in cambio.items():
        setattr(medido, campo, valor)
    falla("", lambda: de_mir.guardar_indicador(indicador=medido, por=None), "valor ya informado", FRASE)


def test_de_un_indicador_ya_informado_se_corrige_lo_que_no_se_mide(medido):
    medido.nombre = "Mejor dicho"
    de_mir.guardar_indicador(indicador=medido, por=None)
    acciones.abrir_trimestre(programa=medido.programa, trimestre=4, razon="Corregir", por=None)
    medido.meta = 5
    de_mir.guardar_indicador(indicador=medido, por=None)


def test_ni_sus_variables_cambian_ni_se_borra(medido):
    logrado = medido.variables.get(papel=PapelDeVariable.LOGRADO)
    programado = medido.variables.get(papel=PapelDeVariable.PROGRAMADO)
    programado.origen, programado.valor = "fijo", 7
    falla("", lambda: de_mir.guardar_variable(variable=programado, por=None), "valor ya informado")
    ajena = fabrica.accion(logrado.acciones.get().eje)
    falla("", lambda: de_mir.guardar_variable(variable=logrado, acciones=[ajena], por=None), "valor ya informado")
    variables = [fabrica_mir.logrado(acciones=[ajena]), fabrica_mir.programado(acciones=[ajena])]
    falla("", lambda: de_mir.guardar_indicador(indicador=medido, variables=variables, por=None), "valor ya informado")
    falla("", lambda: de_mir.eliminar(registro=medido, por=None), "Ya se informó su valor", FRASE)
