"""Fijar, reprogramar, cerrar y pesar: lo que se acepta y lo que se contesta con su razón."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from programas import acciones as de_programas
from programas.estados import EstadoDeActividad, EstadoDePrograma
from programas.metas import acciones, consultas
from programas.models import META_MAXIMA, Accion, Actividad, Candado, Meta, Reprogramacion
from tests.fabricas import comision as de_comision
from tests.fabricas import metas as fabrica_metas
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def direccion():
    return con_papel(roles.DIRECCION)


def falla(campo: str, hace, *parte: str) -> None:
    with pytest.raises(ValidationError) as error:
        hace()
    dichos = error.value.message_dict if hasattr(error.value, "error_dict") else {"": error.value.messages}
    assert campo in dichos, dichos
    for p in parte:
        assert p in " ".join(dichos[campo]), dichos


# -- por mes -------------------------------------------------------------------------
def test_una_meta_se_reparte_en_sus_meses_o_en_ninguno():
    accion = fabrica.en_planeacion(metas={1: (1, 1, 2), 2: 5})
    primera, segunda = accion.metas.order_by("trimestre")
    assert (primera.cantidad, primera.meses, segunda.cantidad, segunda.meses) == (4, (1, 1, 2), 5, None)
    acciones.fijar_metas(accion=accion, metas={2: 5}, meses={2: (0, 0, 5)}, por=None)
    assert accion.metas.get(trimestre=2).meses == (0, 0, 5)
    acciones.fijar_metas(accion=accion, metas={1: 4, 2: None}, por=None)
    assert accion.metas.get().meses is None
    falla(
        "meta_3", lambda: acciones.fijar_metas(accion=accion, metas={3: 5}, meses={3: (1, 1, 1)}, por=None), "suman 3"
    )
    for mala in (-3, 10**9, META_MAXIMA + 1, (1, -1, 4), (META_MAXIMA, 1, 0)):
        falla("meta_1", lambda m=mala: acciones.fijar_metas(accion=accion, metas={1: m}, por=None), "entre 0 y")
    assert accion.metas.get().cantidad == 4


def test_con_el_plan_aprobado_las_metas_no_cambian_por_otra_puerta():
    accion = fabrica.accion(metas={1: 4}, meses=[1])
    acciones.fijar_metas(accion=accion, metas={1: 4}, por=None)  # lo que no cambia nada pasa
    falla("meta_1", lambda: acciones.fijar_metas(accion=accion, metas={1: 5}, por=None), "Reprogramar")
    falla("meta_2", lambda: acciones.fijar_metas(accion=accion, metas={2: 0}, por=None), "Reprogramar")
    meta = accion.metas.get()
    meta.cantidad = 9
    falla("", lambda: acciones.guardar_meta(meta=meta, por=None), "Reprogramar")
    accion.meses = [1, 2]
    falla("meses", lambda: de_programas.guardar_accion(accion=accion, por=None), "Reprogramar")
    accion = Accion.objects.get(pk=accion.pk)
    accion.peso = 50
    falla("peso", lambda: de_programas.guardar_accion(accion=accion, por=None), "Pesos")
    nueva = Accion(eje=accion.eje, inciso="Z", nombre="Nueva")
    falla("meta_1", lambda: de_programas.guardar_accion(accion=nueva, metas={1: 2}, por=None), "Reprogramar")
    nueva = de_programas.guardar_accion(accion=Accion(eje=accion.eje, inciso="Z", nombre="Nueva"), por=None)
    falla("", lambda: de_programas.eliminar(registro=accion, por=None), "reprográmelas en cero")
    de_programas.eliminar(registro=nueva, por=None)
    assert Meta.objects.get().cantidad == 4


def test_una_accion_recordada_de_cuando_era_borrador_tampoco():
    accion = fabrica.en_planeacion(metas={1: 4})
    de_programas.aprobar_programa(programa=accion.eje.programa, por=None)
    assert accion.eje.programa.estado == EstadoDePrograma.BORRADOR  # lo que recuerda
    falla("meta_1", lambda: acciones.fijar_metas(accion=accion, metas={1: 5}, por=None))


# -- reprogramar ------------------------------------------------------------------------
def test_reprogramar_deja_lo_que_decia_y_lo_que_dice(direccion):
    accion = fabrica.accion(metas={1: 4, 3: (1, 1, 1)}, meses=[1, 2])
    acuerdo = fabrica_metas.acuerdo_para(accion.eje.programa)
    hecha = acciones.reprogramar(
        accion=accion, metas={1: 2, 4: 6}, meses=[2, 11], razon=" Contingencia ", acuerdo=acuerdo, por=direccion
    )
    assert (hecha.fecha, hecha.razon, hecha.acuerdo) == (hoy(), "Contingencia", acuerdo)
    assert hecha.antes == {
        "metas": {"1": {"cantidad": 4, "meses": None}, "3": {"cantidad": 3, "meses": [1, 1, 1]}},
        "meses": [1, 2],
    }
    hecha.refresh_from_db()
    accion = Accion.objects.get(pk=accion.pk)
    assert hecha.despues == consultas.foto(accion)
    assert hecha.despues["metas"]["3"] == {"cantidad": 3, "meses": [1, 1, 1]}  # lo que no se nombra queda igual
    assert accion.meses == [2, 11]
    assert dict(accion.metas.values_list("trimestre", "cantidad")) == {1: 2, 3: 3, 4: 6}
    paso = Meta.history.filter(trimestre=1).latest("history_id")
    assert (paso.history_user, paso.history_change_reason) == (direccion, "Reprogramación:  Contingencia ")
    assert consultas.originales(accion.eje.programa) == {(accion.pk, 1): "4", (accion.pk, 4): "sin meta"}
    # Volver a lo que decía el plan ya no se marca como cambiado.
    acciones.reprogramar(accion=accion, metas={1: 4, 4: None}, razon="Se repuso", acuerdo=acuerdo, por=direccion)
    assert consultas.originales(accion.eje.programa) == {}
    assert Reprogramacion.objects.count() == 2


def test_lo_que_falta_a_una_reprogramacion_se_dice_en_su_campo_y_nada_cambia():
    accion = fabrica.accion(metas={1: 4})
    programa = accion.eje.programa
    acuerdo = fabrica_metas.acuerdo_para(programa)
    otro = fabrica_metas.acuerdo_de(de_comision.comision("OTRA"))
    bien = {"accion": accion, "metas": {1: 5}, "razon": "Por algo", "acuerdo": acuerdo, "por": None}

    def intenta(**mal):
        return lambda: acciones.reprogramar(**{**bien, **mal})

    falla("razon", intenta(razon="  "), "por qué")
    falla("acuerdo", intenta(acuerdo=None), "Elija")
    falla("acuerdo", intenta(acuerdo=otro), "no es de la comisión")
    falla("fecha", intenta(fecha=hoy() + timedelta(1)), "todavía no llega")
    falla("meta_1", intenta(metas={1: 10**9}), "entre 0 y")
    falla("", intenta(metas={1: 4}), "quedarían igual")
    falla("", intenta(vista=77), "Otra persona")
    programa.acuerdo = acuerdo  # el que aprobó el plan, de una sesión del 15 de enero de 2020
    programa.save()
    falla("fecha", intenta(fecha=date(2020, 1, 14)), "se aprobó el")
    assert accion.metas.get().cantidad == 4
    assert not Reprogramacion.objects.exists()
    with fabrica.en_borrador(programa):
        falla("", intenta(), "borrador")
    de_programas.cerrar_programa(programa=programa, por=None)
    falla("", intenta(), "cerrado")


def test_quien_llega_segundo_no_se_encima():
    accion = fabrica.accion(metas={1: 4})
    acuerdo = fabrica_metas.acuerdo_para(accion.eje.programa)
    acciones.reprogramar(accion=accion, metas={1: 5}, razon="Una", acuerdo=acuerdo, vista=0, por=None)
    falla(
        "",
        lambda: acciones.reprogramar(accion=accion, metas={1: 6}, razon="Otra", acuerdo=acuerdo, vista=0, por=None),
        "Otra persona",
    )
    assert accion.metas.get().cantidad == 5


def test_un_trimestre_cerrado_no_se_reprograma():
    accion = fabrica.accion(metas={1: 4, 2: 4}, meses=[1, 4])
    programa = accion.eje.programa
    acuerdo = fabrica_metas.acuerdo_para(programa)
    acciones.cerrar_trimestre(programa=programa, trimestre=1, razon="Informe 1T", por=None)

    def intenta(**mas):
        return lambda: acciones.reprogramar(accion=accion, razon="Por algo", acuerdo=acuerdo, por=None, **mas)

    falla("meta_1", intenta(metas={1: 5, 2: 5}), "Informe 1T", "abre")
    falla("meses", intenta(metas={}, meses=[2, 4]), "Informe 1T")
    assert Accion.objects.get(pk=accion.pk).meses == [1, 4]
    assert set(accion.metas.values_list("cantidad", flat=True)) == {4}
    intenta(metas={1: 4, 2: 5}, meses=[1, 5])()
    assert accion.metas.get(trimestre=2).cantidad == 5


def test_a_borrador_no_vuelve_el_plan_que_ya_se_usa():
    accion = fabrica.accion(metas={1: 4})
    programa = accion.eje.programa
    acciones.reprogramar(accion=accion, metas={1: 5}, razon="x", acuerdo=fabrica_metas.acuerdo_para(programa), por=None)
    fabrica.actividad(accion)
    acciones.cerrar_trimestre(programa=programa, trimestre=1, razon="Informe", por=None)
    with pytest.raises(ValidationError) as error:
        de_programas.reabrir_programa(programa=programa, por=None)
    dicho = " ".join(error.value.messages)
    assert "1 actividad registrada" in dicho and "1 reprogramación" in dicho and "1T" in dicho
    limpio = fabrica.accion(metas={1: 4}).eje.programa
    assert de_programas.reabrir_programa(programa=limpio, por=None).estado == EstadoDePrograma.BORRADOR


# -- candados -----------------------------------------------------------------------------
def test_abrir_y_cerrar_dejan_rastro(direccion):
    programa = fabrica.accion().eje.programa
    acciones.cerrar_trimestre(programa=programa, trimestre=4, razon="Informe del 4T", por=direccion)
    acciones.cerrar_trimestre(programa=programa, trimestre=4, razon="Otra vez", por=None)
    assert Candado.objects.get().razon == "Informe del 4T"
    falla("razon", lambda: acciones.abrir_trimestre(programa=programa, trimestre=4, razon=" ", por=direccion))
    acciones.abrir_trimestre(programa=programa, trimestre=4, razon="Faltó una nota", por=direccion)
    falla("", lambda: acciones.abrir_trimestre(programa=programa, trimestre=4, razon="x", por=None), "ya está abierto")
    falla("", lambda: acciones.abrir_trimestre(programa=programa, trimestre=1, razon="x", por=None), "ya está abierto")
    acciones.cerrar_trimestre(programa=programa, trimestre=4, razon="Corregido", por=direccion)
    pasos = consultas.pasos_de_candados(programa)[4]
    assert [(p.cerrado, p.razon) for p in pasos] == [
        (True, "Corregido"), (False, "Faltó una nota"), (True, "Informe del 4T"),
    ]  # fmt: skip
    assert {p.history_user for p in pasos} == {direccion}


@pytest.mark.parametrize("alineada", [False, True])
def test_la_bitacora_de_un_trimestre_cerrado_no_cambia(direccion, alineada):
    accion = fabrica.accion(metas={4: 1})
    programa = accion.eje.programa
    if alineada:
        accion = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")), alineadas=[accion])
    octubre, marzo = fabrica.actividad(accion), fabrica.actividad(accion, el=date(2020, 3, 2))
    acciones.cerrar_trimestre(programa=programa, trimestre=4, razon="Cuarto informe de 2020", por=None)
    frase = "Cuarto informe de 2020"

    def nueva(fecha):
        return Actividad(accion=accion, tipo=octubre.tipo, titulo="Otra", fecha_inicio=fecha)

    falla("fecha_inicio", lambda: de_programas.guardar_actividad(actividad=nueva(date(2020, 12, 1)), por=None), frase)
    de_programas.guardar_actividad(actividad=nueva(date(2020, 9, 30)), por=None)
    octubre.titulo = "Corregida"
    falla("", lambda: de_programas.guardar_actividad(actividad=octubre, por=direccion), frase)
    octubre.fecha_inicio = octubre.fecha_fin = date(2020, 3, 3)  # sacarla del trimestre también lo cambia
    falla("", lambda: de_programas.guardar_actividad(actividad=octubre, por=direccion), frase)
    marzo.fecha_inicio = marzo.fecha_fin = date(2020, 10, 3)
    falla("fecha_inicio", lambda: de_programas.guardar_actividad(actividad=marzo, por=direccion), frase)
    falla("", lambda: de_programas.eliminar_actividad(actividad=octubre, por=direccion), frase)
    falla("", lambda: de_programas.rechazar_actividad(actividad=octubre, razon="No", por=direccion), frase)
    # Validar un borrador que ya contaba no cambia lo informado; devolverlo abriría la puerta a cambiarlo.
    de_programas.validar_actividad(actividad=octubre, por=direccion)
    falla("", lambda: de_programas.devolver_actividad(actividad=octubre, por=direccion), frase)
    acciones.abrir_trimestre(programa=programa, trimestre=4, razon="Corregir", por=direccion)
    de_programas.devolver_actividad(actividad=octubre, por=direccion)
    assert Actividad.objects.get(pk=octubre.pk).estado == EstadoDeActividad.BORRADOR


def test_lo_que_no_es_del_plan_cerrado_sigue_abierto():
    cerrado = fabrica.accion(metas={4: 1}).eje.programa
    otra = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")))
    acciones.cerrar_trimestre(programa=cerrado, trimestre=4, razon="Informe", por=None)
    fabrica.actividad(otra)
    fabrica.actividad(el=date(2019, 11, 1), de=fabrica.accion(fabrica.eje(fabrica.programa(2019))))


# -- pesos ------------------------------------------------------------------------------------
def test_los_pesos_suman_100_o_van_todos_en_blanco(direccion):
    accion = fabrica.en_planeacion(metas={1: 1})
    eje, programa = accion.eje, accion.eje.programa
    otro = fabrica.eje(programa)
    otra = fabrica.accion(eje, metas={1: 1})
    fabrica.accion(otro, metas={1: 1})

    def fija(ejes, suyas, **mas):
        return lambda: acciones.fijar_pesos(programa=programa, ejes=ejes, acciones=suyas, por=direccion, **mas)

    falla("ejes", fija({eje.pk: 60, otro.pk: 30}, {}), "suman 90")
    falla("ejes", fija({eje.pk: 60}, {}), "1 en blanco")
    falla(f"eje_{eje.pk}", fija({}, {accion.pk: 60, otra.pk: 50}), "suman 110")
    fija({eje.pk: 60, otro.pk: 40}, {accion.pk: 25, otra.pk: 75})()
    eje.refresh_from_db()
    assert (eje.peso, eje.history.first().history_user) == (60, direccion)
    de_programas.guardar_eje(eje=fabrica_metas.sin_guardar_eje(programa), por=None)
    assert "1 en blanco" in " ".join(de_programas.reglas.impedimentos_para_aprobar(programa))
    falla("", lambda: de_programas.aprobar_programa(programa=programa, por=None), "Los pesos de los ejes")


def test_los_pesos_de_un_plan_aprobado_piden_razon():
    eje = fabrica.accion(metas={1: 1}).eje
    falla(
        "razon",
        lambda: acciones.fijar_pesos(programa=eje.programa, ejes={eje.pk: 100}, acciones={}, por=None),
        "por qué",
    )
    acciones.fijar_pesos(programa=eje.programa, ejes={eje.pk: 100}, acciones={}, razon="Acuerdo 3", por=None)
    assert eje.history.first().history_change_reason == "Pesos: Acuerdo 3"


# -- lo que cuelga ------------------------------------------------------------------------------
def test_mover_una_accion_de_plan_se_explica():
    accion = fabrica.en_planeacion(metas={1: 1})
    otro = fabrica.eje(fabrica.programa(2020))
    accion.eje = otro
    falla("eje", lambda: de_programas.guardar_accion(accion=accion, por=None), "aprobado")
    borrador = fabrica.eje(fabrica.programa(2020, estado=EstadoDePrograma.BORRADOR))
    de_programas.guardar_accion(accion=fabrica_metas.movida(accion, borrador), por=None)
    assert Accion.objects.get(pk=accion.pk).eje == borrador


def test_una_accion_que_cuenta_de_otra_fuente_tampoco_se_mueve():
    comision = de_comision.comision()
    de_comision.sesion(comision, date(2020, 3, 5), numero=1)
    accion = fabrica.accion(fuente="comision.sesiones", metas={1: 1})
    movida = fabrica_metas.movida(accion, fabrica.eje(accion.eje.programa))
    falla("eje", lambda: de_programas.guardar_accion(accion=movida, por=None), "ya tiene registros")
