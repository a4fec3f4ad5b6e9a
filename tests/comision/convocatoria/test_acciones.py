"""Plazos, propuestas, trámites y lo que deja una convocatoria."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.fabricas import comision as de_comision
from tests.fabricas import convocatoria as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision.convocatoria import acciones, consultas, redaccion, reglas
from vinculacion.comision.models import Acuerdo, Integracion, Minuta
from vinculacion.nucleo import propuestas

pytestmark = pytest.mark.django_db
MEXICO = ZoneInfo("America/Mexico_City")


def de_todo():
    return persona("informes.change_informe")


# -- plazo ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tipo", "antes", "tarde"),
    [
        ("ordinaria", timedelta(hours=72), False),
        ("ordinaria", timedelta(hours=71, minutes=59), True),
        ("extraordinaria", timedelta(hours=24), False),
        ("extraordinaria", timedelta(hours=5), True),
        ("urgente", timedelta(minutes=5), False),
    ],
)
def test_el_plazo_es_el_de_la_comision(tipo, antes, tarde):
    sesion = fabrica.por_convocar(date(2026, 11, 26), tipo=tipo)
    cuando = datetime(2026, 11, 26, 11, tzinfo=MEXICO) - antes
    assert bool(reglas.advertencias_de_plazo(sesion, cuando)) is tarde


def test_la_advertencia_dice_cuantas_horas_y_cabe_en_la_razon():
    sesion = fabrica.por_convocar(date(2026, 11, 26))
    dicho = reglas.advertencias_de_plazo(sesion, datetime(2026, 11, 25, 15, tzinfo=MEXICO))
    assert dicho == ["Fuera de plazo: 20 horas de anticipación; se exigen 72."]
    assert len(dicho[0]) <= 100


def test_emitir_tarde_se_confirma_y_queda_escrito():
    sesion = fabrica.por_convocar(reglas.timezone.localdate() + timedelta(days=1))
    with pytest.raises(ValidationError, match="Fuera de plazo"):
        fabrica.convocar(sesion)
    assert sesion.convocatorias.count() == 0
    convocatoria = fabrica.convocar(sesion, confirmada=True)
    assert convocatoria.history.get().history_change_reason.startswith("Fuera de plazo")
    assert sesion.cambios.filter(razon__startswith="Fuera de plazo", despues="convocada").count() == 1


# -- emitir --------------------------------------------------------------------


def test_emitir_deja_todo_junto():
    sesion = fabrica.por_convocar()
    Integracion.objects.filter(nombre="Partido Uno").update(correo="")
    convocatoria = fabrica.convocar(sesion)
    sesion.refresh_from_db()
    assert sesion.estado == "convocada"
    assert convocatoria.fecha_de_la_sesion == sesion.fecha_programada
    assert convocatoria.hora_de_la_sesion == time(11)
    assert [str(e) for e in convocatoria.evidencias.all()] == ["carta.pdf"]
    cuenta = consultas.cuenta(list(convocatoria.entregas.all()))
    assert (cuenta.pendientes, cuenta.sin_correo, cuenta.total) == (5, 1, 6)


def test_solo_a_quienes_integran_ese_dia():
    sesion = fabrica.por_convocar()
    Integracion.objects.filter(nombre="Partido Uno").update(hasta=sesion.fecha_programada - timedelta(days=1))
    assert "Partido Uno" not in [str(i) for i in consultas.destinatarios(sesion)]


def test_lo_que_cambia_mientras_se_prepara_no_se_manda():
    sesion = fabrica.por_convocar()
    expediente = acciones.Expediente(acciones._huella(sesion), ())
    de_la_comision.agregar_punto(sesion=sesion, titulo="Otro", por=None)
    with pytest.raises(ValidationError, match="cambiaron mientras"):
        acciones.emitir(sesion=sesion, clase="convocatoria", asunto="a", mensaje="m", expediente=expediente, por=None)


def test_todo_lo_que_impide_convocar_se_dice_junto():
    comision = de_comision.comision()
    sesion = de_comision.sesion(comision, date(2020, 1, 15), celebrada=False)
    razones = reglas.impedimentos_para_avisar(sesion, "convocatoria", reglas.timezone.now())
    assert len(razones) == 3
    assert "orden del día está vacío" in razones[0] and "hora" in razones[1] and "pasaron" in razones[2]


def test_moverla_despues_pide_avisar_el_cambio_y_despues_ya_no():
    sesion = fabrica.por_convocar()
    ultima = fabrica.convocar(sesion)
    sesion.refresh_from_db()
    assert reglas.falta_avisar(sesion, ultima) == ""
    sesion = de_la_comision.cambiar_estado_sesion(
        sesion=sesion,
        estado="convocada",
        fecha_programada=sesion.fecha_programada + timedelta(days=2),
        motivo="x",
        por=None,
    )
    assert reglas.falta_avisar(sesion, ultima) == "cambio"
    nueva = fabrica.convocar(sesion, clase="cambio")
    assert reglas.falta_avisar(sesion, nueva) == ""
    sesion = de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="cancelada", motivo="Sin asuntos", por=None)
    assert reglas.falta_avisar(sesion, nueva) == "cancelacion"
    assert reglas.falta_avisar(sesion, fabrica.convocar(sesion, clase="cancelacion")) == ""


def test_un_cambio_lo_sabe_quien_ya_habia_sido_convocado():
    sesion = fabrica.por_convocar()
    fabrica.convocar(sesion)
    Integracion.objects.filter(nombre="Partido Uno").update(hasta=sesion.fecha_programada)
    sesion.fecha_programada += timedelta(days=3)
    assert "Partido Uno" in [str(i) for i in consultas.destinatarios(sesion, "cambio")]
    assert "Partido Uno" not in [str(i) for i in consultas.destinatarios(sesion)]


def test_diferida_sin_fecha_nueva_se_avisa_y_sigue_diferida():
    sesion = fabrica.por_convocar()
    fabrica.convocar(sesion)
    sesion = de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="diferida", motivo="Sin quórum", por=None)
    aviso = fabrica.convocar(sesion, clase="cambio")
    sesion.refresh_from_db()
    assert sesion.estado == "diferida"
    assert "se difiere" in redaccion.mensaje(sesion, "cambio", aviso)


def test_el_mensaje_sale_de_los_registros():
    sesion = fabrica.por_convocar(date(2026, 11, 26), numero=11)
    texto = redaccion.mensaje(sesion, "convocatoria")
    assert "la décima primera sesión ordinaria de 2026 de la Comisión COVIN" in texto
    assert (
        "el jueves 26 de noviembre de 2026, a las 11:00 horas, en modalidad presencial, en Sala de sesiones." in texto
    )


# -- orden del día -------------------------------------------------------------


def titulos(sesion):
    return list(sesion.puntos.order_by("numero").values_list("titulo", flat=True))


def test_tramites_en_su_lugar_y_sin_repetir():
    sesion = de_comision.sesion(de_comision.comision(), date(2026, 11, 26), celebrada=False)
    de_la_comision.agregar_punto(sesion=sesion, titulo="Informe", por=None)
    acciones.agregar_tramites(sesion=sesion, por=None)
    assert titulos(sesion) == [acciones.LECTURA, "Informe", acciones.GENERALES]
    assert acciones.agregar_tramites(sesion=sesion, por=None) == []
    assert consultas.lugar_propuesto(sesion) == 3


def test_una_extraordinaria_no_lleva_asuntos_generales():
    sesion = de_comision.sesion(de_comision.comision(), date(2026, 11, 26), celebrada=False, tipo="extraordinaria")
    acciones.agregar_tramites(sesion=sesion, por=None)
    assert titulos(sesion) == [acciones.LECTURA]


def test_la_minuta_anterior_se_propone_y_se_incluye_una_vez():
    sesion = fabrica.por_convocar()
    anterior = de_comision.sesion(sesion.comision, date(2026, 1, 20))
    Minuta.objects.create(sesion=anterior, texto="Texto")
    propuesta = next(p for p in propuestas.reunir(sesion, de_todo()) if p.clase == "Minuta")
    punto = acciones.incluir(sesion=sesion, propuesta=propuesta, por=None)
    assert punto.numero == 2 and punto.titulo == "Aprobación de la minuta de la segunda sesión ordinaria de 2026"
    assert not [p for p in propuestas.reunir(sesion, de_todo()) if p.clase == "Minuta"]
    de_la_comision.eliminar_punto(punto=punto, por=None)
    assert [p for p in propuestas.reunir(sesion, de_todo()) if p.clase == "Minuta"]


def test_el_seguimiento_se_propone_si_algo_vence():
    sesion = fabrica.por_convocar()
    anterior = de_comision.sesion(sesion.comision, date(2026, 1, 20))
    acuerdo = de_la_comision.tomar_acuerdo(sesion=anterior, texto="Hacer algo", por=None)
    de_acuerdos = lambda: [p for p in propuestas.reunir(sesion, de_todo()) if p.clase == "Acuerdos"]  # noqa: E731
    assert de_acuerdos() == []
    Acuerdo.objects.filter(pk=acuerdo.pk).update(fecha_limite=sesion.fecha_programada)
    (propuesta,) = de_acuerdos()
    acciones.incluir(sesion=sesion, propuesta=propuesta, por=None)
    assert de_acuerdos() == []
    assert titulos(sesion)[-1] == "Asuntos generales"


@pytest.mark.django_db(transaction=True)
def test_dos_personas_a_la_vez_no_pierden_puntos():
    sesion = de_comision.sesion(de_comision.comision(), date(2026, 11, 26), celebrada=False)

    def agrega(n):
        try:
            punto = de_la_comision.agregar_punto(
                sesion=sesion, titulo=f"Punto {n}", numero=1 if n % 2 else None, por=None
            )
            de_la_comision.mover_punto(punto=punto, a=n, por=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(agrega, range(1, 13)))
    assert sorted(titulos(sesion)) == sorted(f"Punto {n}" for n in range(1, 13))
    assert list(sesion.puntos.order_by("numero").values_list("numero", flat=True)) == list(range(1, 13))
