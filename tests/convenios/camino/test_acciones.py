"""Dar, corregir y deshacer pasos; concluir y reabrir por los compromisos."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios import acciones as del_convenio
from convenios.actualizaciones.acciones import registrar_actualizacion
from convenios.camino import acciones, consultas
from convenios.models import CambioDeEtapa
from tests.fabricas import camino as fabrica
from tests.fabricas import convenios, opiniones
from tests.fabricas.personas import persona
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def fechas(convenio) -> list[tuple[str, date]]:
    return [(c.etapa, c.fecha) for c in convenio.cambios.all()]


def paso(convenio, etapa) -> CambioDeEtapa:
    return convenio.cambios.get(etapa=etapa)


def test_al_suscribir_se_agrega_el_archivo_firmado():
    convenio = fabrica.recorrido("suscripcion")
    firma = date(2024, 3, 1)
    acciones.cambiar_etapa(convenio=convenio, etapa="suscrito", fecha=firma, archivo=fabrica.archivo(), por=persona())
    convenio.refresh_from_db()
    documento = convenio.documentos.get()
    assert (convenio.fecha_firma, documento.clase, documento.fecha) == (firma, "firmado", firma)


def test_un_archivo_que_no_vale_no_deja_el_paso_a_medias():
    convenio = fabrica.recorrido("suscripcion")
    malo = fabrica.archivo("firmado.exe")
    with pytest.raises(ValidationError):
        acciones.cambiar_etapa(convenio=convenio, etapa="suscrito", fecha=date(2024, 3, 1), archivo=malo, por=persona())
    convenio.refresh_from_db()
    assert convenio.etapa == "suscripcion" and convenio.cambios.count() == 2


def test_concluir_pide_el_archivo_y_se_puede_dar_en_el_mismo_paso():
    convenio = fabrica.firmado()
    fin = {"convenio": convenio, "etapa": "concluido", "fecha": date(2025, 1, 1), "por": persona()}
    with pytest.raises(ValidationError, match="Falta el archivo del instrumento firmado"):
        acciones.cambiar_etapa(**fin)
    assert acciones.cambiar_etapa(**fin, archivo=fabrica.archivo()).etapa == "concluido"
    historico = convenios.convenio(fecha_firma=date(2019, 1, 1))
    fin["convenio"] = historico
    assert acciones.cambiar_etapa(**fin).etapa == "concluido"


def test_corregir_la_fecha_de_un_paso_respeta_el_orden_y_deja_historia():
    quien = persona()
    convenio = fabrica.firmado()
    validacion = paso(convenio, "validacion")
    for fecha, razon in (
        (fabrica.INICIO - timedelta(days=1), "El paso anterior, «Negociación»"),
        (date(2024, 3, 20), "El paso que sigue, «En suscripción»"),
        (hoy() + timedelta(days=1), "todavía no llega"),
    ):
        with pytest.raises(ValidationError, match=razon):
            acciones.corregir_paso(paso=validacion, fecha=fecha, nota="", por=quien)
    acciones.corregir_paso(paso=validacion, fecha=date(2024, 2, 1), nota="Llegó antes.", por=quien)
    validacion.refresh_from_db()
    assert (validacion.fecha, validacion.nota) == (date(2024, 2, 1), "Llegó antes.")
    assert validacion.history.first().history_user == quien
    assert validacion.history.first().prev_record.fecha == fabrica.INICIO + timedelta(days=30)


def test_corregir_el_paso_suscrito_corrige_la_firma():
    convenio = fabrica.firmado()
    acciones.corregir_paso(paso=paso(convenio, "suscrito"), fecha=date(2024, 4, 15), nota="Paso 3.", por=None)
    convenio.refresh_from_db()
    assert convenio.fecha_firma == date(2024, 4, 15) == paso(convenio, "suscrito").fecha
    convenio.fecha_firma = date(2024, 4, 20)
    del_convenio.guardar_convenio(convenio=convenio, por=None)
    assert paso(convenio, "suscrito").fecha == date(2024, 4, 20)
    assert paso(convenio, "suscrito").history.count() == 3


def test_la_firma_no_se_corrige_contra_su_vigencia_ni_sus_avances():
    convenio = fabrica.firmado(vigencia="fecha", vigencia_hasta=date(2024, 12, 31))
    with pytest.raises(ValidationError, match="Vence antes de haberse firmado"):
        acciones.corregir_paso(paso=paso(convenio, "suscrito"), fecha=date(2025, 1, 1), nota="", por=None)
    s10, *_ = convenios.sesiones_de_2020()
    viejo = fabrica.firmado(inicio=date(2020, 1, 1))
    registrar_actualizacion(convenio=viejo, sesion=s10, por=None)
    with pytest.raises(ValidationError, match="sesión anterior a esa fecha"):
        acciones.corregir_paso(paso=paso(viejo, "suscrito"), fecha=date(2020, 11, 1), nota="", por=None)
    viejo.refresh_from_db()
    assert viejo.fecha_firma == paso(viejo, "suscrito").fecha


def test_no_se_corrige_un_paso_a_antes_de_su_opinion():
    convenio = fabrica.recorrido("validacion", tipo=convenios.tipo("General", requiere_opinion=True))
    opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 3, 1), convenio)
    acciones.cambiar_etapa(convenio=convenio, etapa="suscripcion", fecha=date(2024, 3, 5), por=None)
    with pytest.raises(ValidationError, match="todavía no había una opinión"):
        acciones.corregir_paso(paso=paso(convenio, "suscripcion"), fecha=date(2024, 2, 20), nota="", por=None)


def test_la_nota_obligada_no_se_borra_al_corregir():
    convenio = fabrica.recorrido("no_concretado")
    with pytest.raises(ValidationError, match="por qué no se firmó"):
        acciones.corregir_paso(paso=paso(convenio, "no_concretado"), fecha=date(2024, 2, 9), nota=" ", por=None)


def test_deshacer_vuelve_a_la_etapa_anterior_y_la_historia_dice_por_que():
    quien = persona()
    convenio = fabrica.firmado()
    deshecho = acciones.deshacer_paso(convenio=convenio, motivo="Faltaba una firma.", por=quien)
    assert (deshecho.etapa, deshecho.fecha_firma) == ("suscripcion", None)
    assert [e for e, _ in fechas(convenio)] == ["negociacion", "validacion", "suscripcion"]
    (quitado,) = consultas.deshechos(convenio)
    assert (quitado.etapa, quitado.history_change_reason, quitado.history_user) == (
        "suscrito",
        "Faltaba una firma.",
        quien,
    )
    assert deshecho.history.first().history_change_reason == "Faltaba una firma."


def test_no_se_deshace_sin_motivo_ni_el_primero_ni_lo_que_ya_tuvo_efecto():
    convenio = fabrica.firmado()
    with pytest.raises(ValidationError, match="por qué se deshace"):
        acciones.deshacer_paso(convenio=convenio, motivo=" ", por=None)
    with pytest.raises(ValidationError, match="primer paso"):
        acciones.deshacer_paso(convenio=convenios.convenio(), motivo="Error", por=None)
    con_archivo = fabrica.recorrido("suscripcion")
    acciones.cambiar_etapa(
        convenio=con_archivo, etapa="suscrito", fecha=date(2024, 3, 1), archivo=fabrica.archivo(), por=persona()
    )
    with pytest.raises(ValidationError, match="archivado el instrumento firmado"):
        acciones.deshacer_paso(convenio=con_archivo, motivo="Error", por=None)
    s10, *_ = convenios.sesiones_de_2020()
    reportado = fabrica.firmado(inicio=date(2020, 1, 1))
    registrar_actualizacion(convenio=reportado, sesion=s10, por=None)
    with pytest.raises(ValidationError, match="Ya reportó avance en sesión \\(1 actualización\\)"):
        acciones.deshacer_paso(convenio=reportado, motivo="Error", por=None)


def test_los_fines_sin_firma_y_el_regreso_a_negociacion():
    for fin in ("no_concretado", "no_requerido"):
        convenio = fabrica.recorrido(fin)
        vuelto = acciones.cambiar_etapa(convenio=convenio, etapa="negociacion", fecha=date(2024, 5, 1), por=None)
        assert vuelto.etapa == "negociacion" and vuelto.cambios.count() == 3


def test_concluye_solo_al_cumplir_y_se_reabre():
    convenio = fabrica.firmado(vigencia="compromisos", vigencia_texto="Hasta cumplir.")
    assert acciones.concluir_por_compromisos(convenio=convenio, fecha=date(2024, 8, 1), por=None)
    convenio.refresh_from_db()
    ultimo = convenio.cambios.last()
    assert (convenio.etapa, ultimo.automatico, ultimo.fecha) == ("concluido", True, date(2024, 8, 1))
    assert ultimo.nota
    assert not acciones.concluir_por_compromisos(convenio=convenio, fecha=date(2024, 8, 1), por=None)
    assert acciones.reabrir_por_compromisos(convenio=convenio, por=None)
    convenio.refresh_from_db()
    assert convenio.etapa == "suscrito" and not convenio.cambios.filter(automatico=True).exists()
    assert not acciones.reabrir_por_compromisos(convenio=convenio, por=None)


def test_no_concluye_solo_lo_que_vence_de_otro_modo_ni_reabre_lo_que_concluyo_una_persona():
    indefinido = fabrica.firmado()
    assert not acciones.concluir_por_compromisos(convenio=indefinido, fecha=date(2024, 8, 1), por=None)
    a_mano = convenios.convenio(fecha_firma=date(2019, 1, 1), vigencia="compromisos", vigencia_texto="Hasta cumplir.")
    acciones.cambiar_etapa(convenio=a_mano, etapa="concluido", fecha=date(2024, 8, 1), nota="Fin.", por=None)
    assert not acciones.reabrir_por_compromisos(convenio=a_mano, por=None)


def test_la_conclusion_nunca_queda_antes_de_su_firma():
    convenio = fabrica.firmado(vigencia="compromisos", vigencia_texto="Hasta cumplir.")
    acciones.concluir_por_compromisos(convenio=convenio, fecha=date(2020, 1, 1), por=None)
    assert convenio.cambios.last().fecha == paso(convenio, "suscrito").fecha


def test_los_tramos_cuentan_los_dias_entre_pasos():
    convenio = fabrica.recorrido("validacion", "suscripcion")
    ultimo = fabrica.INICIO + timedelta(days=60)
    assert [t.dias for t in consultas.tramos(convenio, ultimo + timedelta(days=7))] == [30, 30, 7]
    assert consultas.tramos(fabrica.firmado(), hoy())[-1].dias is None


def test_la_firma_no_se_mueve_a_antes_de_su_opinion_por_ninguna_puerta():
    tipo = convenios.tipo("Con opinión", requiere_opinion=True)
    convenio = fabrica.recorrido(tipo=tipo)
    opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 2, 1), convenio)
    for etapa, dia in (("suscripcion", date(2024, 2, 1)), ("suscrito", date(2024, 3, 1))):
        convenio = acciones.cambiar_etapa(convenio=convenio, etapa=etapa, fecha=dia, por=persona())
    acciones.corregir_paso(paso=paso(convenio, "suscrito"), fecha=date(2024, 2, 1), nota="", por=persona())
    convenio.cambios.filter(etapa="suscripcion").update(fecha=date(2024, 1, 20))
    convenio.refresh_from_db()
    convenio.fecha_firma = date(2024, 1, 25)
    with pytest.raises(ValidationError, match="todavía no había una opinión"):
        del_convenio.guardar_convenio(convenio=convenio, por=persona())
