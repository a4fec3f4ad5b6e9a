"""Numeración, estados, orden del día, asistencia y acuerdos: lo que se puede y lo que se rehúsa."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.archivo.models import Contador
from vinculacion.comision import acciones, consultas, reglas
from vinculacion.comision.models import Acuerdo, Asistencia, Punto, Sesion
from vinculacion.nucleo.periodos import Periodo, hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def quien():
    return persona()


@pytest.fixture
def decima(cvoe):
    return fabrica.sesion(cvoe, date(2020, 10, 26), numero=10)


def motivos(error) -> str:
    return " ".join(error.value.messages)


# -- numeración y estados ------------------------------------------------------


def test_la_numeracion_sigue_en_su_tipo_y_anio(cvoe):
    assert fabrica.sesion(cvoe, date(2020, 1, 30)).codigo == "01SO"
    assert fabrica.sesion(cvoe, date(2020, 2, 27)).codigo == "02SO"
    assert fabrica.sesion(cvoe, date(2020, 3, 2), tipo="extraordinaria").codigo == "01SE"
    assert fabrica.sesion(cvoe, date(2020, 3, 3), tipo="urgente").codigo == "01SU"
    assert fabrica.sesion(cvoe, date(2021, 1, 28)).clave == "01SO/2021"
    assert fabrica.sesion(fabrica.comision("COVIN"), date(2020, 1, 30)).codigo == "01SO"


def test_la_misma_sesion_no_se_crea_dos_veces(cvoe, decima):
    with pytest.raises(ValidationError) as error:
        fabrica.sesion(cvoe, date(2020, 10, 27), numero=10)
    assert "Ya existe esa sesión" in motivos(error)


def test_celebrada_necesita_su_fecha(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26), celebrada=False)
    with pytest.raises(ValidationError) as error:
        acciones.cambiar_estado_sesion(sesion=sesion, estado="celebrada", por=quien)
    assert "fecha_celebrada" in error.value.error_dict
    with pytest.raises(ValidationError):
        acciones.cambiar_estado_sesion(
            sesion=sesion, estado="celebrada", por=quien, fecha_celebrada=hoy() + timedelta(days=1)
        )
    sesion = acciones.cambiar_estado_sesion(
        sesion=sesion, estado="celebrada", por=quien, fecha_celebrada=date(2020, 10, 27)
    )
    assert sesion.fecha == date(2020, 10, 27)
    assert sesion.history.first().history_user == quien


def test_diferir_pide_la_razon_y_queda_en_la_historia(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26), celebrada=False)
    with pytest.raises(ValidationError) as error:
        acciones.cambiar_estado_sesion(sesion=sesion, estado="diferida", por=quien)
    assert "motivo" in error.value.error_dict
    acciones.cambiar_estado_sesion(sesion=sesion, estado="diferida", por=quien, motivo="Falta de cuórum")
    assert sesion.history.first().history_change_reason == "Falta de cuórum"


def test_de_cancelada_no_se_pasa_a_celebrada(cvoe, quien):
    sesion = fabrica.sesion(cvoe, date(2020, 10, 26), celebrada=False)
    acciones.cambiar_estado_sesion(sesion=sesion, estado="cancelada", por=quien, motivo="Sin materia")
    with pytest.raises(ValidationError) as error:
        acciones.cambiar_estado_sesion(
            sesion=sesion, estado="celebrada", por=quien, fecha_celebrada=date(2020, 10, 26), motivo="x"
        )
    assert "no puede pasar" in motivos(error)


def test_con_acuerdos_no_se_cancela_ni_se_elimina(decima, quien):
    acciones.tomar_acuerdo(sesion=decima, texto="Se aprueba.", por=quien)
    acciones.cambiar_estado_sesion(
        sesion=decima, estado="en_curso", por=quien, fecha_celebrada=decima.fecha, motivo="Corregir"
    )
    with pytest.raises(ValidationError) as error:
        acciones.cambiar_estado_sesion(sesion=decima, estado="cancelada", por=quien, motivo="No")
    assert "acuerdos" in motivos(error)
    with pytest.raises(ValidationError) as error:
        acciones.eliminar_sesion(sesion=decima, por=quien)
    assert "CVOE/001/20" in motivos(error)
    assert Sesion.objects.filter(pk=decima.pk).exists()


def test_sin_acuerdos_se_elimina_con_su_orden_del_dia(decima, quien):
    acciones.agregar_punto(sesion=decima, titulo="Orden del día", por=quien)
    acciones.eliminar_sesion(sesion=decima, por=quien)
    assert not Sesion.objects.exists()
    assert not Punto.objects.exists()


def test_hora_de_termino_antes_del_inicio(cvoe):
    with pytest.raises(ValidationError) as error:
        fabrica.sesion(cvoe, date(2020, 10, 26), hora_inicio="12:00", hora_fin="11:00")
    assert "Termina antes de empezar" in motivos(error)


# -- orden del día -------------------------------------------------------------


def orden(sesion) -> list[str]:
    puntos = sesion.puntos.order_by("numero")
    assert [p.numero for p in puntos] == list(range(1, len(puntos) + 1))
    return [p.titulo for p in puntos]


@pytest.fixture
def puntos(decima, quien):
    return [acciones.agregar_punto(sesion=decima, titulo=t, por=quien) for t in "ABCDE"]


def test_los_puntos_se_mueven_y_renumeran(decima, puntos, quien):
    assert orden(decima) == list("ABCDE")
    acciones.mover_punto(punto=puntos[3], a=2, por=quien)
    assert orden(decima) == list("ADBCE")
    acciones.mover_punto(punto=puntos[0], a=99, por=quien)
    assert orden(decima) == list("DBCEA")
    acciones.mover_punto(punto=puntos[0], a=0, por=quien)
    assert orden(decima) == list("ADBCE")
    assert Punto.objects.get(pk=puntos[3].pk).history.first().history_user == quien


def test_insertar_recorre_y_eliminar_cierra_el_hueco(decima, puntos, quien):
    acciones.agregar_punto(sesion=decima, titulo="N", por=quien, numero=2)
    assert orden(decima) == list("ANBCDE")
    acciones.eliminar_punto(punto=Punto.objects.get(titulo="C"), por=quien)
    assert orden(decima) == list("ANBDE")
    with pytest.raises(ValidationError) as error:
        acciones.agregar_punto(sesion=decima, titulo="Z", por=quien, numero=9)
    assert "el que sigue es el 6" in motivos(error)


def test_editar_el_numero_mueve_el_punto(decima, puntos, quien):
    ultimo = Punto.objects.get(titulo="E")
    ultimo.titulo, ultimo.numero = "E2", 1
    acciones.editar_punto(punto=ultimo, por=quien)
    assert orden(decima) == ["E2", *"ABCD"]


def test_punto_con_acuerdo_no_se_elimina(decima, puntos, quien):
    acciones.tomar_acuerdo(sesion=decima, punto=puntos[0], texto="Se aprueba.", por=quien)
    with pytest.raises(ValidationError) as error:
        acciones.eliminar_punto(punto=puntos[0], por=quien)
    assert "CVOE/001/20" in motivos(error)


# -- asistencia ----------------------------------------------------------------


def test_la_asistencia_se_guarda_de_una_vez(decima, cvoe, quien):
    capacidades = fabrica.integrar(cvoe)
    estados = {c.pk: "presente" if n % 2 else "ausente" for n, c in enumerate(capacidades)}
    version = decima.version
    acciones.registrar_asistencia(sesion=decima, estados=estados, por=quien, version=version)
    assert Asistencia.objects.filter(estado="presente").count() == 3
    assert Asistencia.objects.first().history.first().history_user == quien
    assert decima.version == version + 1
    with pytest.raises(acciones.AsistenciaCambiada):
        acciones.registrar_asistencia(sesion=decima, estados=estados, por=quien, version=version)
    acciones.registrar_asistencia(
        sesion=decima,
        estados={capacidades[0].pk: "justificada"},
        motivos={capacidades[0].pk: "Comisión oficial"},
        por=quien,
        version=version + 1,
    )
    assert Asistencia.objects.get(integracion=capacidades[0]).motivo == "Comisión oficial"
    assert Asistencia.objects.count() == 6


def test_guardar_lo_mismo_no_cambia_la_version(decima, cvoe, quien):
    estados = {c.pk: "presente" for c in fabrica.integrar(cvoe)}
    acciones.registrar_asistencia(sesion=decima, estados=estados, por=quien)
    version = decima.version
    acciones.registrar_asistencia(sesion=decima, estados=estados, por=quien)
    assert decima.version == version


def test_quien_no_integraba_no_asiste_ni_falta(decima, cvoe, quien):
    (tardia,) = fabrica.integrar(cvoe, [("invitada", "Llegó después")], desde=date(2020, 12, 1))
    acciones.registrar_asistencia(sesion=decima, estados={tardia.pk: "ausente"}, por=quien)
    assert not Asistencia.objects.exists()
    with pytest.raises(ValidationError) as error:
        acciones.registrar_asistencia(sesion=decima, estados={tardia.pk: "presente"}, por=quien)
    assert "no integraba la comisión" in motivos(error)
    (ajena,) = fabrica.integrar(fabrica.comision("COVIN"), [("invitada", "De otra")])
    with pytest.raises(ValidationError):
        acciones.registrar_asistencia(sesion=decima, estados={ajena.pk: "presente"}, por=quien)


def test_las_fechas_de_una_capacidad_no_dejan_fuera_su_asistencia(decima, cvoe, quien):
    (una,) = fabrica.integrar(cvoe, [("invitada", "Una")])
    acciones.registrar_asistencia(sesion=decima, estados={una.pk: "presente"}, por=quien)
    una.hasta = date(2020, 10, 1)
    with pytest.raises(ValidationError) as error:
        acciones.guardar_integracion(integracion=una, por=quien)
    assert "Asistió fuera de esas fechas" in motivos(error)


def test_no_se_pasa_lista_de_lo_que_no_ha_llegado(cvoe):
    futura = fabrica.sesion(cvoe, hoy() + timedelta(days=3), celebrada=False)
    assert reglas.impedimentos_para_asistencia(futura, hoy())
    assert not reglas.impedimentos_para_asistencia(futura, futura.fecha_programada)


# -- acuerdos ------------------------------------------------------------------


def test_el_folio_sale_de_la_serie_sin_huecos(decima, cvoe, quien):
    dados = [acciones.tomar_acuerdo(sesion=decima, texto=f"Acuerdo {n}", por=quien).folio for n in range(3)]
    assert dados == ["CVOE/001/20", "CVOE/002/20", "CVOE/003/20"]
    with pytest.raises(ValidationError):
        acciones.tomar_acuerdo(sesion=decima, texto="", por=quien)
    assert acciones.tomar_acuerdo(sesion=decima, texto="Otro", por=quien).folio == "CVOE/004/20"
    del_21 = fabrica.sesion(cvoe, date(2021, 1, 21))
    assert acciones.tomar_acuerdo(sesion=del_21, texto="Uno", por=quien).folio == "CVOE/001/21"


def test_el_folio_historico_se_escribe_como_la_serie_y_no_se_repite(decima, quien):
    assert acciones.tomar_acuerdo(sesion=decima, texto="A", por=quien, folio="CVOE/50/20").folio == "CVOE/050/20"
    with pytest.raises(ValidationError) as error:
        acciones.tomar_acuerdo(sesion=decima, texto="B", por=quien, folio="CVOE/050/20")
    assert "Ya hay un acuerdo CVOE/050/20, de la sesión 10SO/2020." in motivos(error)
    assert acciones.tomar_acuerdo(sesion=decima, texto="C", por=quien).folio == "CVOE/051/20"


@pytest.mark.parametrize(
    ("folio", "razon"),
    [
        ("ABC/1", "no se escribe como los folios de esta serie"),
        ("CVOE/000/20", "empiezan en 1"),
        ("CVOE/001/21", "es de 2021"),
        ("CVOE/99999999999/20", "demasiado grande"),
    ],
)
def test_folio_que_no_vale_lo_dice(decima, quien, folio, razon):
    with pytest.raises(ValidationError) as error:
        acciones.tomar_acuerdo(sesion=decima, texto="A", por=quien, folio=folio)
    assert razon in motivos(error)
    assert not Acuerdo.objects.exists()
    assert not Contador.objects.filter(ultimo__gt=0).exists()


def test_no_se_acuerda_antes_de_sesionar(cvoe, quien):
    futura = fabrica.sesion(cvoe, hoy() + timedelta(days=3), celebrada=False)
    with pytest.raises(ValidationError) as error:
        acciones.tomar_acuerdo(sesion=futura, texto="A", por=quien)
    assert "Cambie antes su estado" in motivos(error)


def test_el_punto_es_de_la_misma_sesion(decima, cvoe, puntos, quien):
    otra = fabrica.sesion(cvoe, date(2020, 11, 26), numero=11)
    with pytest.raises(ValidationError) as error:
        acciones.tomar_acuerdo(sesion=otra, punto=puntos[0], texto="A", por=quien)
    assert "otra sesión" in motivos(error)


def test_el_acuerdo_no_se_elimina_y_su_folio_no_cambia(decima, quien):
    acuerdo = acciones.tomar_acuerdo(sesion=decima, texto="A", por=quien)
    with pytest.raises(ValidationError) as error:
        acciones.eliminar_acuerdo(acuerdo=acuerdo, por=quien)
    assert "Sin efecto" in motivos(error)
    acuerdo.folio = "CVOE/009/20"
    with pytest.raises(ValidationError):
        acciones.editar_acuerdo(acuerdo=acuerdo, por=quien)


def test_advierte_el_folio_que_se_salta_numeros(decima, quien):
    assert acciones.hueco_que_deja(decima, "CVOE/500/20") == ""  # serie nueva: captura histórica
    acciones.tomar_acuerdo(sesion=decima, texto="A", por=quien)
    assert "CVOE/500/20" in acciones.hueco_que_deja(decima, "CVOE/500/20")
    assert acciones.hueco_que_deja(decima, "CVOE/002/20") == ""


# -- consultas -----------------------------------------------------------------


def test_celebradas_por_su_fecha_real(cvoe):
    corrida = fabrica.sesion(cvoe, date(2020, 9, 30), celebrada=False)
    acciones.cambiar_estado_sesion(sesion=corrida, estado="celebrada", por=None, fecha_celebrada=date(2020, 10, 2))
    fabrica.sesion(cvoe, date(2020, 12, 30), celebrada=False)
    cuarto = Periodo(date(2020, 10, 1), date(2020, 12, 31))
    assert list(consultas.sesiones_celebradas(cvoe, cuarto)) == [corrida]


def test_matriz_en_dos_consultas_con_las_capacidades_de_su_tiempo(cvoe, django_assert_num_queries, quien):
    sesiones = fabrica.trimestre(cvoe)
    fabrica.integrar(cvoe)
    (antigua,) = fabrica.integrar(cvoe, [("area", "Antigua")], hasta=date(2020, 11, 30))
    fabrica.integrar(cvoe, [("area", "De otro tiempo")], desde=date(2018, 1, 1), hasta=date(2019, 1, 1))
    acciones.registrar_asistencia(sesion=sesiones[0], estados={antigua.pk: "presente"}, por=quien)
    with django_assert_num_queries(2):
        matriz = consultas.matriz_de_asistencia(sesiones)
    nombres = [c.nombre for c, _ in matriz]
    assert nombres[0] == "Presidencia"
    assert "De otro tiempo" not in nombres
    assert {c.nombre: m for c, m in matriz}["Antigua"] == ["presente", "", None]


def test_los_acuerdos_del_area_son_los_suyos(decima, quien):
    from vinculacion.directorio.models import Area

    propia = Area.objects.create(nombre="Unidad Propia", siglas="UP", clase="unidad")
    ajena = Area.objects.create(nombre="Unidad Ajena", siglas="UA", clase="unidad")
    mio = acciones.tomar_acuerdo(sesion=decima, texto="A", por=quien, area_responsable=propia)
    acciones.tomar_acuerdo(sesion=decima, texto="B", por=quien, area_responsable=ajena)
    assert list(consultas.acuerdos_visibles(persona("comision.view_acuerdo", area=propia))) == [mio]
    assert not consultas.acuerdos_visibles(persona("comision.view_acuerdo")).exists()
    assert consultas.acuerdos_visibles(persona("comision.view_acuerdo", "comision.view_sesion")).count() == 2


@pytest.mark.parametrize("texto", ["11so/2020", "décima primera", "DECIMA primera ordinaria 2020", "convenio general"])
def test_las_sesiones_se_encuentran_por_codigo_ordinal_o_asunto(cvoe, quien, texto):
    once = fabrica.trimestre(cvoe)[1]
    acciones.agregar_punto(sesion=once, titulo="Informe del Convenio General", por=quien)
    assert list(consultas.buscar_sesiones(Sesion.objects.all(), texto)) == [once]


def test_el_plazo_de_un_acuerdo_no_vence_antes_de_su_sesion(db):
    sesion = fabrica.sesion(fabrica.comision(), date(2020, 10, 26))
    with pytest.raises(ValidationError, match="antes de la sesión, que es del 26 de octubre de 2020"):
        acciones.tomar_acuerdo(sesion=sesion, texto="Se encarga", fecha_limite=date(2020, 10, 25), por=None)
    acuerdo = acciones.tomar_acuerdo(sesion=sesion, texto="Se encarga", fecha_limite=date(2020, 10, 26), por=None)
    acuerdo.fecha_limite = date(2020, 1, 1)
    with pytest.raises(ValidationError, match="antes de la sesión"):
        acciones.editar_acuerdo(acuerdo=acuerdo, por=None)
