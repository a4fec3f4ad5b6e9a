"""Compromisos y avances: lo que se guarda, lo que se niega y el instrumento que concluye solo."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios.acciones import guardar_convenio
from convenios.compromisos import acciones, consultas, reglas
from convenios.compromisos.situacion import con_situacion, situacion_de
from convenios.models import AvanceDeCompromiso, Compromiso
from tests.fabricas import base, directorio
from tests.fabricas import compromisos as fabrica
from tests.fabricas import convenios as de_convenios
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def errores(llamada, **datos):
    with pytest.raises(ValidationError) as negado:
        llamada(**datos)
    return negado.value.message_dict if hasattr(negado.value, "error_dict") else {"": negado.value.messages}


def nuevo_avance(compromiso, **datos):
    base_ = {"vez": compromiso.proxima, "fecha": date(2024, 5, 2), "nota": "Se hizo.", "porcentaje": 10}
    return AvanceDeCompromiso(compromiso=compromiso, **{**base_, **datos})


def test_nace_abierto_y_vence_en_su_fecha():
    c = fabrica.compromiso()
    assert (c.estado, c.proxima) == ("abierto", date(2024, 6, 30))
    mensual = fabrica.compromiso(recurrencia="mensual", fecha_limite=date(2024, 1, 31))
    assert mensual.proxima == date(2024, 1, 31)


def test_cumplirlo_y_deshacerlo():
    c = fabrica.compromiso()
    fabrica.avance(c, porcentaje=40)
    assert c.estado == "abierto" and consultas.progreso(c).texto == "40 %"
    hecho = fabrica.avance(c, date(2024, 7, 10), cumple=True)
    assert (c.estado, c.proxima, hecho.porcentaje) == ("cumplido", None, 100)
    assert consultas.veces_de(c)[0].dias_de_diferencia == 10
    acciones.quitar_avance(avance=hecho, por=None)
    c.refresh_from_db()
    assert (c.estado, c.proxima) == ("abierto", date(2024, 6, 30))
    assert c.history.count() == 3  # nació, se cumplió y se reabrió


def test_antes_de_tiempo_tambien_se_cumple():
    c = fabrica.compromiso()
    fabrica.avance(c, date(2024, 2, 1), cumple=True)
    assert c.estado == "cumplido" and consultas.veces_de(c)[0].dias_de_diferencia == -150


def test_desmarcar_que_se_cumplio_lo_reabre():
    c = fabrica.compromiso()
    hecho = fabrica.avance(c, cumple=True)
    hecho.cumple = False
    acciones.anotar_avance(avance=hecho, por=None)
    c.refresh_from_db()
    assert c.estado == "abierto"


def test_lo_que_se_repite_se_cumple_vez_por_vez_y_hasta_el_fin_del_instrumento():
    convenio = fabrica.instrumento(vigencia="fecha", vigencia_hasta=date(2024, 4, 15))
    c = fabrica.compromiso(convenio, recurrencia="mensual", fecha_limite=date(2024, 1, 31))
    fabrica.avance(c, cumple=True, vez=date(2024, 2, 29))
    assert c.proxima == date(2024, 1, 31) and consultas.progreso(c).texto == "1 de 3"
    fabrica.avance(c, cumple=True)
    assert c.proxima == date(2024, 3, 31)
    fabrica.avance(c, cumple=True)
    assert c.estado == "cumplido"
    # El instrumento se prorroga: vuelve a haber qué cumplir.
    convenio.refresh_from_db()
    convenio.vigencia_hasta = date(2024, 6, 15)
    guardar_convenio(convenio=convenio, por=None)
    c.refresh_from_db()
    assert (c.estado, c.proxima) == ("abierto", date(2024, 4, 30))


def test_lo_que_no_tiene_fin_sigue_abierto():
    c = fabrica.compromiso(recurrencia="anual")
    fabrica.avance(c, cumple=True)
    assert (c.estado, c.proxima) == ("abierto", date(2025, 6, 30))
    assert consultas.progreso(c).texto == "1 vez"


def test_sin_plazo_se_cumple_una_sola_vez():
    c = fabrica.compromiso(fecha_limite=None)
    fabrica.avance(c, cumple=True)
    assert c.estado == "cumplido"
    assert "vez" in errores(acciones.anotar_avance, avance=nuevo_avance(c, vez=None, cumple=True), por=None)


@pytest.mark.parametrize(
    ("datos", "campo", "frase"),
    [
        ({"fecha": date(2024, 1, 14)}, "fecha", "se firmó el 15 de enero de 2024"),
        ({"fecha": date(2999, 1, 1)}, "fecha", "todavía no llega"),
        ({"vez": date(2024, 6, 29)}, "vez", "no vence el 29 de junio"),
        ({"nota": "  "}, "nota", "Diga qué se hizo"),
        ({"porcentaje": 101}, "porcentaje", "0 a 100"),
    ],
)
def test_un_avance_que_no_puede_ser(datos, campo, frase):
    c = fabrica.compromiso()
    assert frase in str(errores(acciones.anotar_avance, avance=nuevo_avance(c, **datos), por=None)[campo])


def test_una_vez_cumplida_no_lleva_mas_avances_posteriores():
    c = fabrica.compromiso()
    fabrica.avance(c, date(2024, 5, 10), cumple=True)
    otra = nuevo_avance(c, vez=date(2024, 6, 30), fecha=date(2024, 5, 12))
    assert "ya no lleva" in str(errores(acciones.anotar_avance, avance=otra, por=None))
    acciones.anotar_avance(avance=nuevo_avance(c, vez=date(2024, 6, 30), fecha=date(2024, 5, 1)), por=None)
    c.refresh_from_db()
    assert c.estado == "cumplido"


def test_no_se_cumple_antes_que_sus_propios_avances():
    c = fabrica.compromiso()
    fabrica.avance(c, date(2024, 5, 10))
    assert "hasta el 10 de mayo" in str(
        errores(acciones.anotar_avance, avance=nuevo_avance(c, cumple=True, fecha=date(2024, 5, 1)), por=None)
    )


def test_que_el_avance_baje_se_advierte():
    c = fabrica.compromiso()
    fabrica.avance(c, porcentaje=60)
    baja = nuevo_avance(c, porcentaje=20, fecha=date(2024, 5, 3))
    assert "60 % y ahora 20 %" in reglas.advertencias_de_avance(baja, list(c.avances.all()))[0]
    assert "seguirá abierto" in reglas.advertencias_de_avance(nuevo_avance(c, porcentaje=100), [])[0]
    assert reglas.advertencias_de_avance(nuevo_avance(c, porcentaje=70), list(c.avances.all())) == []


def test_de_un_instrumento_sin_firmar_no_se_anota():
    c = fabrica.compromiso(de_convenios.convenio())
    assert "todavía no se firma" in str(errores(acciones.anotar_avance, avance=nuevo_avance(c), por=None))


def test_mover_las_fechas_no_deja_avances_en_el_aire():
    c = fabrica.compromiso(recurrencia="mensual", fecha_limite=date(2024, 1, 31))
    fabrica.avance(c, cumple=True, vez=date(2024, 3, 31))
    c.recurrencia = "bimestral"
    acciones.guardar_compromiso(compromiso=c, por=None)  # el 31 de marzo sigue siendo una de sus veces
    c.recurrencia = "semestral"
    assert "31 de marzo de 2024" in str(errores(acciones.guardar_compromiso, compromiso=c, por=None)["fecha_limite"])


def test_lo_que_vence_una_vez_cambia_de_plazo_con_sus_avances_si_no_se_ha_cumplido():
    c = fabrica.compromiso()
    avance = fabrica.avance(c)
    c.fecha_limite = date(2024, 9, 30)
    acciones.guardar_compromiso(compromiso=c, por=None)
    avance.refresh_from_db()
    assert avance.vez == c.proxima == date(2024, 9, 30)
    fabrica.avance(c, cumple=True)
    c.fecha_limite = date(2024, 10, 31)
    assert "fecha_limite" in errores(acciones.guardar_compromiso, compromiso=c, por=None)


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"que": "   "}, "que"),
        ({"fecha_limite": date(2024, 1, 14)}, "fecha_limite"),
        ({"recurrencia": "mensual", "fecha_limite": None}, "fecha_limite"),
        ({"repite_hasta": date(2024, 12, 31)}, "repite_hasta"),
        ({"recurrencia": "mensual", "repite_hasta": date(2024, 6, 1)}, "repite_hasta"),
        ({"cancelado_por": "Porque sí"}, "cancelado_por"),
    ],
)
def test_un_compromiso_que_no_puede_ser(datos, campo):
    convenio = fabrica.instrumento()
    nuevo = Compromiso(convenio=convenio, **{"que": "Algo", "fecha_limite": date(2024, 6, 30), **datos})
    assert campo in errores(acciones.guardar_compromiso, compromiso=nuevo, por=None)


def test_la_contraparte_es_una_del_instrumento_y_no_hay_dos_iguales():
    convenio = fabrica.instrumento()
    fabrica.compromiso(convenio, que="Lo mismo", contraparte=convenio.contrapartes.get())
    ajeno = Compromiso(convenio=convenio, que="Otro", contraparte=directorio.organismo())
    assert "contraparte" in errores(acciones.guardar_compromiso, compromiso=ajeno, por=None)
    igual = Compromiso(convenio=convenio, que="Lo mismo", clausula="Tercera")
    assert "que" in errores(acciones.guardar_compromiso, compromiso=igual, por=None)


def test_advertencias_al_capturar():
    convenio = fabrica.instrumento(vigencia="compromisos", vigencia_texto="Hasta cumplirse.")
    dudas = reglas.advertencias_de_compromiso(
        Compromiso(convenio=convenio, que="Algo", recurrencia="anual", fecha_limite=date(2024, 6, 30))
    )
    assert any("área responsable" in d for d in dudas) and any("nunca concluiría" in d for d in dudas)
    ajena = Compromiso(convenio=convenio, que="Algo", area=directorio.area())
    assert any("no podrá ver" in d for d in reglas.advertencias_de_compromiso(ajena))


def test_cancelar_reactivar_y_eliminar():
    c = fabrica.compromiso()
    assert "razon" in errores(acciones.cancelar_compromiso, compromiso=c, razon=" ", por=None)
    acciones.cancelar_compromiso(compromiso=c, razon="Lo quitó la adenda.", por=None)
    c.refresh_from_db()
    assert (c.estado, c.proxima) == ("cancelado", None)
    assert "ya no aplica" in str(errores(acciones.anotar_avance, avance=nuevo_avance(c), por=None))
    acciones.reactivar_compromiso(compromiso=c, por=None)
    c.refresh_from_db()
    assert (c.estado, c.proxima, c.cancelado_por) == ("abierto", date(2024, 6, 30), "")
    fabrica.avance(c)
    assert "avances anotados" in str(errores(acciones.eliminar_compromiso, compromiso=c, por=None))
    AvanceDeCompromiso.objects.all().delete()
    acciones.eliminar_compromiso(compromiso=c, por=None)
    assert not Compromiso.objects.exists()


# -- el instrumento que concluye solo -----------------------------------------


@pytest.fixture
def hasta_cumplir():
    return fabrica.instrumento(vigencia="compromisos", vigencia_texto="Hasta que se cumplan.")


def etapa(convenio):
    convenio.refresh_from_db()
    return convenio.etapa


def test_concluye_al_cumplirse_el_ultimo_y_se_reabre_al_deshacer(hasta_cumplir):
    uno, dos = fabrica.compromiso(hasta_cumplir), fabrica.compromiso(hasta_cumplir)
    fabrica.avance(uno, date(2024, 8, 1), cumple=True)
    assert etapa(hasta_cumplir) == "suscrito"
    ultimo = fabrica.avance(dos, date(2024, 5, 2), cumple=True)
    assert etapa(hasta_cumplir) == "concluido"
    paso = hasta_cumplir.cambios.last()
    assert paso.automatico and paso.fecha == date(2024, 8, 1) and paso.nota
    acciones.quitar_avance(avance=ultimo, por=None)
    assert etapa(hasta_cumplir) == "suscrito" and not hasta_cumplir.cambios.filter(etapa="concluido").exists()


def test_cancelar_el_ultimo_abierto_tambien_concluye_y_uno_nuevo_reabre(hasta_cumplir):
    uno, dos = fabrica.compromiso(hasta_cumplir), fabrica.compromiso(hasta_cumplir)
    fabrica.avance(uno, cumple=True)
    acciones.cancelar_compromiso(compromiso=dos, razon="No hizo falta.", por=None)
    assert etapa(hasta_cumplir) == "concluido"
    fabrica.compromiso(hasta_cumplir)
    assert etapa(hasta_cumplir) == "suscrito"


def test_concluye_si_su_vigencia_pasa_a_ser_hasta_cumplir():
    c = fabrica.compromiso()
    fabrica.avance(c, cumple=True)
    convenio = c.convenio
    convenio.vigencia, convenio.vigencia_texto = "compromisos", "Hasta que se cumplan."
    guardar_convenio(convenio=convenio, por=None)
    assert convenio.etapa == "concluido" and convenio.cambios.last().automatico


def test_con_todos_cancelados_o_con_otra_vigencia_no_concluye(hasta_cumplir):
    acciones.cancelar_compromiso(compromiso=fabrica.compromiso(hasta_cumplir), razon="No.", por=None)
    assert etapa(hasta_cumplir) == "suscrito"
    otro = fabrica.compromiso()
    fabrica.avance(otro, cumple=True)
    assert etapa(otro.convenio) == "suscrito"


# -- situación, avisos y a quién le tocan -------------------------------------


def test_la_base_y_python_dicen_lo_mismo():
    en, largo = hoy(), timedelta(days=400)
    convenio = fabrica.instrumento(fecha_firma=en - largo)
    for dias in (-5, 0, 30, 31):
        fabrica.compromiso(convenio, fecha_limite=en + timedelta(days=dias))
    fabrica.compromiso(convenio, fecha_limite=None)
    fabrica.compromiso(de_convenios.convenio(), fecha_limite=en - timedelta(days=5))
    fabrica.avance(fabrica.compromiso(convenio, fecha_limite=en), en, cumple=True)
    acciones.cancelar_compromiso(compromiso=fabrica.compromiso(convenio, fecha_limite=en), razon="No.", por=None)
    todos = list(con_situacion(Compromiso.objects.select_related("convenio"), en))
    assert [c.situacion for c in todos] == [situacion_de(c, en) for c in todos]
    assert sorted(c.situacion for c in todos) == sorted(
        ["vencido", "por_vencer", "por_vencer", "abierto", "abierto", "abierto", "cumplido", "cancelado"]
    )


def test_a_quien_le_toca_cada_uno():
    quienes = base.una_por_papel()
    area, captura = quienes[roles.AREA].area, quienes[roles.CAPTURA]
    de_nadie = fabrica.compromiso(fabrica.instrumento(areas=[area]))
    suyo = fabrica.compromiso(fabrica.instrumento(responsable=captura))
    ajeno = fabrica.compromiso(fabrica.instrumento(responsable=base.con_papel(roles.CAPTURA)))

    def tocan(papel):
        return set(consultas.por_atender(quienes[papel], hoy()))

    assert tocan(roles.DIRECCION) == {de_nadie, suyo, ajeno}
    assert tocan(roles.CAPTURA) == {de_nadie, suyo}
    assert tocan(roles.AREA) == {de_nadie}
    assert tocan(roles.CONSEJERIA) == tocan(roles.SECRETARIA) == set()


def test_un_area_solo_anota_los_de_su_area():
    gente = base.duena_colega_y_ajena()
    convenio = fabrica.instrumento(areas=[gente.duena.area, gente.ajena.area])
    c = fabrica.compromiso(convenio, area=gente.duena.area)
    assert reglas.impedimentos_para_anotar(c, gente.colega) == []
    assert "Sólo el área responsable" in reglas.impedimentos_para_anotar(c, gente.ajena)[0]
    assert "compromiso" in errores(acciones.anotar_avance, avance=nuevo_avance(c), por=gente.ajena)
    assert acciones.anotar_avance(avance=nuevo_avance(c), por=gente.colega).por == gente.colega


def test_mover_la_firma_despues_de_un_avance():
    c = fabrica.compromiso()
    fabrica.avance(c, date(2024, 5, 2))
    c.convenio.fecha_firma = date(2024, 5, 3)
    assert "2 de mayo de 2024" in str(errores(guardar_convenio, convenio=c.convenio, por=None)["fecha_firma"])
    razones = reglas.impedimentos_por_compromisos(c.convenio, date(2024, 7, 1))
    assert "2 de mayo de 2024" in razones[0] and "Un compromiso vence antes" in razones[1]
    assert reglas.impedimentos_por_compromisos(c.convenio, date(2024, 2, 1)) == []
