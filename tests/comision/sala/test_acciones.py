"""Iniciar, pasar lista, votar y terminar: lo que se puede, lo que se rehúsa y lo que se repite sin efecto."""

from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tests.fabricas import comision as fabrica
from tests.fabricas import sala as fabrica_sala
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision.models import Asistencia, Punto, Sesion, Voto
from vinculacion.comision.sala import acciones, consultas
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def quien():
    return persona()


@pytest.fixture
def sesion():
    return fabrica_sala.en_curso()


def motivos(error) -> str:
    return " ".join(error.value.messages)


def votos(sesion, *sentidos):
    return {i.pk: s for i, s in zip(fabrica_sala.capacidades(sesion.comision), sentidos, strict=False)}


# -- quórum, inicio y término --------------------------------------------------


def test_el_quorum_cuenta_solo_a_quien_vota_y_a_quien_manda_suplente():
    sesion = fabrica_sala.sesion_de_hoy()
    assert consultas.quorum(sesion) == consultas.Quorum(integran=3, necesarios=2, presentes=0)
    fabrica_sala.asisten(sesion, "presente", "justificada", "ausente", "presente", "presente")
    assert consultas.quorum(sesion).presentes == 1
    fabrica_sala.asisten(sesion, "presente", "suplente")
    assert consultas.quorum(sesion).hay
    sesion.comision.quorum = 3
    assert not consultas.quorum(sesion).hay


def test_el_quorum_es_de_quienes_integraban_ese_dia():
    sesion = fabrica_sala.sesion_de_hoy()
    fabrica.integrar(sesion.comision, [("integrante", "Consejería 4")], desde=hoy() + timedelta(days=1))
    baja = fabrica_sala.capacidades(sesion.comision)[2]
    baja.hasta = hoy() - timedelta(days=1)
    de_la_comision.guardar_integracion(integracion=baja, por=None)
    assert consultas.quorum(sesion).integran == 2


@time_machine.travel("2026-03-12 17:05:40 +0000", tick=False)
def test_iniciar_sin_quorum_se_confirma_y_queda_escrito(quien):
    sesion = fabrica_sala.sesion_de_hoy()
    with pytest.raises(acciones.Dudas) as error:
        acciones.iniciar(sesion=sesion, por=quien)
    assert "No hay quórum" in motivos(error)
    acciones.iniciar(sesion=sesion, por=quien, confirmado=True)
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.fecha_celebrada, sesion.hora_inicio) == ("en_curso", hoy(), time(11, 5))
    assert "No hay quórum" in sesion.cambios.last().razon


def test_iniciar_dos_veces_no_mueve_la_hora(quien):
    sesion = fabrica_sala.sesion_de_hoy()
    fabrica_sala.asisten(sesion, "presente", "presente")
    with time_machine.travel(f"{hoy()} 17:00 +0000", tick=False):
        primera = acciones.iniciar(sesion=sesion, por=quien)
    with time_machine.travel(f"{hoy()} 17:30 +0000", tick=False):
        segunda = acciones.iniciar(sesion=sesion, por=quien)
    assert (primera.hora_inicio, primera.version) == (segunda.hora_inicio, segunda.version)
    assert sesion.cambios.filter(despues="en_curso").count() == 1


def test_fuera_de_su_dia_tambien_se_confirma(quien):
    sesion = fabrica_sala.sesion_de_hoy(dia=hoy() - timedelta(days=3))
    fabrica_sala.asisten(sesion, "presente", "presente")
    with pytest.raises(acciones.Dudas, match="no para hoy"):
        acciones.iniciar(sesion=sesion, por=quien)


def test_una_cancelada_o_una_celebrada_no_se_inician(quien):
    sesion = fabrica_sala.sesion_de_hoy()
    fabrica_sala.asisten(sesion, "presente", "presente")
    de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="cancelada", por=None, motivo="Sin materia")
    with pytest.raises(ValidationError, match="no puede pasar"):
        acciones.iniciar(sesion=sesion, por=quien, confirmado=True)
    otra = fabrica.sesion(sesion.comision, hoy())
    with pytest.raises(ValidationError, match="ya se celebró"):
        acciones.iniciar(sesion=otra, por=quien)


def test_terminar_dice_todo_lo_que_falta_y_se_puede_confirmar(sesion, quien):
    suplida = fabrica_sala.capacidades(sesion.comision)[3]
    acciones.anotar(sesion=sesion, integracion=suplida.pk, estado="suplente", por=quien)
    with time_machine.travel(f"{hoy()} 18:00 +0000", tick=False):
        with pytest.raises(acciones.Dudas) as error:
            acciones.terminar(sesion=sesion, por=quien)
        assert motivos(error) == (
            "Sin resolver: puntos 1, 2, 3 y 4. Sin anotar en la asistencia: Partido Uno y Secretaría Administrativa. "
            "Falta decir quién suple a Secretaría técnica."
        )
        for _ in range(2):
            acciones.terminar(sesion=sesion, por=quien, confirmado=True)
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.hora_fin) == ("celebrada", time(12, 0))
    assert sesion.cambios.filter(despues="celebrada").count() == 1


def test_las_horas_se_corrigen_y_dos_personas_no_se_pisan(sesion, quien):
    acciones.anotar_horas(
        sesion=sesion, hora_inicio=time(9, 5), hora_fin=time(10, 40), por=quien, version=sesion.version
    )
    with pytest.raises(acciones.YaCambio):
        acciones.anotar_horas(sesion=sesion, hora_inicio=time(9), hora_fin=None, por=quien, version=sesion.version)
    actual = Sesion.objects.get(pk=sesion.pk)
    with pytest.raises(ValidationError, match="Termina antes"):
        acciones.anotar_horas(sesion=sesion, hora_inicio=time(9), hora_fin=time(8), por=quien, version=actual.version)


# -- asistencia ----------------------------------------------------------------


def test_anotar_a_quien_suple_y_a_las_demas(quien):
    sesion = fabrica_sala.sesion_de_hoy()
    una, otra, *_ = fabrica_sala.capacidades(sesion.comision)
    acciones.anotar(sesion=sesion, integracion=una.pk, estado="suplente", suplente=" Oficina B ", por=quien)
    acciones.anotar(sesion=sesion, integracion=otra.pk, estado="justificada", motivo="Comisión oficial", por=quien)
    acciones.anotar_a_las_demas(sesion=sesion, estado="presente", por=quien)
    assert list(sesion.asistencias.order_by("integracion__orden").values_list("estado", "motivo", "suplente"))[:3] == [
        ("suplente", "", "Oficina B"),
        ("justificada", "Comisión oficial", ""),
        ("presente", "", ""),
    ]
    version = Sesion.objects.get(pk=sesion.pk).version
    acciones.anotar_a_las_demas(sesion=sesion, estado="ausente", por=quien)
    assert Sesion.objects.get(pk=sesion.pk).version == version
    with pytest.raises(ValidationError, match="quién suple se anota sólo"):
        acciones.anotar(sesion=sesion, integracion=una.pk, estado="presente", suplente="X", por=quien)
    with pytest.raises(ValidationError, match="hasta 150"):
        acciones.anotar(sesion=sesion, integracion=una.pk, estado="suplente", suplente="x" * 151, por=quien)


def test_dos_personas_en_la_misma_capacidad(quien):
    sesion = fabrica_sala.sesion_de_hoy()
    una = fabrica_sala.capacidades(sesion.comision)[0].pk
    acciones.anotar(sesion=sesion, integracion=una, estado="ausente", antes="", por=quien)
    with pytest.raises(acciones.YaCambio, match="Ausente"):
        acciones.anotar(sesion=sesion, integracion=una, estado="presente", antes="", por=quien)
    acciones.anotar(sesion=sesion, integracion=una, estado="ausente", antes="", por=quien)  # lo mismo no choca
    acciones.anotar(sesion=sesion, integracion=una, estado="presente", antes="ausente||", por=quien)
    assert Asistencia.objects.get().estado == "presente"


def test_quien_ya_voto_no_pasa_a_ausente(sesion, quien):
    una = fabrica_sala.capacidades(sesion.comision)[0]
    acciones.por_unanimidad(punto=fabrica_sala.punto(sesion, 2), por=quien)
    with pytest.raises(ValidationError, match="votó en el punto 2"):
        acciones.anotar(sesion=sesion, integracion=una.pk, estado="ausente", por=quien)
    acciones.deshacer(punto=fabrica_sala.punto(sesion, 2), por=quien)
    acciones.anotar(sesion=sesion, integracion=una.pk, estado="ausente", por=quien)


# -- votos ---------------------------------------------------------------------


def test_por_unanimidad_y_repetirla_no_cambia_nada(sesion, quien):
    punto = fabrica_sala.punto(sesion, 1)
    primera = acciones.por_unanimidad(punto=punto, por=quien)
    assert acciones.por_unanimidad(punto=punto, por=quien).version == primera.version
    votacion = consultas.votacion(punto)
    assert (primera.resolucion, votacion, votacion.unanime) == ("aprobado", consultas.Votacion(3, 0, 0), True)
    assert Voto.history.count() == 3
    assert Voto.history.first().history_user == quien


@pytest.mark.parametrize(
    ("sentidos", "resolucion"),
    [
        (("favor", "favor", "contra"), "aprobado"),
        (("favor", "abstencion", "abstencion"), "aprobado"),
        (("favor", "contra", "contra"), "rechazado"),
        (("favor", "contra", "abstencion"), ""),
        (("abstencion", "abstencion", "abstencion"), ""),
        (("favor", "favor"), "aprobado"),
    ],
)
def test_el_resultado_sale_de_los_votos(sesion, quien, sentidos, resolucion):
    punto = fabrica_sala.punto(sesion, 1)
    acciones.votar(punto=punto, votos=votos(sesion, *sentidos), por=quien)
    punto.refresh_from_db()
    assert punto.resolucion == resolucion
    assert consultas.votacion(punto).empate is (resolucion == "")
    assert not consultas.votacion(punto).unanime or set(sentidos) == {"favor"}


def test_con_cambios_y_corregir_los_votos(sesion, quien):
    punto = fabrica_sala.punto(sesion, 1)
    acciones.por_unanimidad(punto=punto, por=quien, resolucion="con_cambios")
    punto.refresh_from_db()
    assert punto.resolucion == "con_cambios"
    acciones.votar(punto=punto, votos=votos(sesion, "contra", "contra"), por=quien)
    punto.refresh_from_db()
    assert (punto.resolucion, consultas.votacion(punto)) == ("rechazado", consultas.Votacion(0, 2, 0))
    with pytest.raises(ValidationError, match="De esos votos resulta «Rechazado»"):
        acciones.votar(punto=punto, votos=votos(sesion, "contra", "contra"), por=quien, resolucion="con_cambios")


def test_un_empate_se_resuelve_a_mano_con_su_nota(sesion, quien):
    punto = fabrica_sala.punto(sesion, 1)
    acciones.votar(punto=punto, votos=votos(sesion, "favor", "contra"), por=quien)
    with pytest.raises(ValidationError, match="cómo se resolvió el empate"):
        acciones.resolver(punto=punto, resolucion="aprobado", por=quien)
    for _ in range(2):
        acciones.resolver(punto=punto, resolucion="aprobado", nota="Voto de calidad de la presidencia.", por=quien)
    punto.refresh_from_db()
    assert (punto.resolucion, punto.intervenciones) == ("aprobado", "Voto de calidad de la presidencia.")
    acciones.votar(punto=punto, votos=votos(sesion, "favor", "contra"), por=quien)
    punto.refresh_from_db()
    assert punto.resolucion == "aprobado"


def test_quien_no_puede_votar(quien):
    sesion = fabrica_sala.en_curso("presente", "presente", "ausente", "presente")
    presidencia, dos, ausente, secretaria, *_ = fabrica_sala.capacidades(sesion.comision)
    (ajena,) = fabrica.integrar(fabrica.comision("COVIN"), [("presidencia", "Presidencia")])
    (vieja,) = fabrica.integrar(sesion.comision, [("integrante", "Antigua")], hasta=hoy() - timedelta(days=30))
    malos = {ausente.pk: "favor", secretaria.pk: "favor", ajena.pk: "favor", vieja.pk: "favor", dos.pk: "tal vez"}
    with pytest.raises(ValidationError) as error:
        acciones.votar(punto=fabrica_sala.punto(sesion, 1), votos={presidencia.pk: "favor", **malos}, por=quien)
    for razon in ("no está presente", "sólo tiene voz", "no es de esta comisión", "no integraba", "no es un voto"):
        assert razon in motivos(error)
    assert not Voto.objects.exists()


def test_sin_quorum_o_con_pocos_votos_no_se_vota(quien):
    sesion = fabrica_sala.en_curso("presente", "ausente", "ausente")
    with pytest.raises(ValidationError, match="Sin quórum no se vota"):
        acciones.por_unanimidad(punto=fabrica_sala.punto(sesion, 1), por=quien)
    fabrica_sala.asisten(sesion, "presente", "presente")
    with pytest.raises(ValidationError, match="Votaron 1 y hacen falta 2"):
        acciones.votar(punto=fabrica_sala.punto(sesion, 1), votos=votos(sesion, "favor"), por=quien)


# -- resoluciones a mano -------------------------------------------------------


def test_presentar_aplazar_retirar_y_deshacer(sesion, quien):
    presentacion = fabrica_sala.punto(sesion, 3)
    for _ in range(2):
        acciones.resolver(punto=presentacion, resolucion="presentado", por=quien)
    presentacion.refresh_from_db()
    assert presentacion.resolucion == "presentado"
    with pytest.raises(ValidationError, match="deshaga antes"):
        acciones.resolver(punto=presentacion, resolucion="retirado", nota="No", por=quien)
    acciones.deshacer(punto=presentacion, por=quien)
    with pytest.raises(ValidationError, match="Escriba por qué"):
        acciones.resolver(punto=presentacion, resolucion="aplazado", por=quien)
    acciones.resolver(punto=presentacion, resolucion="aplazado", nota="Faltó el anexo.", por=quien)
    presentacion.refresh_from_db()
    assert (presentacion.resolucion, presentacion.intervenciones) == ("aplazado", "Faltó el anexo.")
    aprobacion = fabrica_sala.punto(sesion, 1)
    for resolucion, razon in (
        ("presentado", "se vota"),
        ("aprobado", "sale de los votos"),
        ("", "Elija"),
        ("x", "Elija"),
    ):
        with pytest.raises(ValidationError, match=razon):
            acciones.resolver(punto=aprobacion, resolucion=resolucion, nota="n", por=quien)
    with pytest.raises(ValidationError, match="no pide aprobación"):
        acciones.por_unanimidad(punto=fabrica_sala.punto(sesion, 4), por=quien)


def test_deshacer_quita_los_votos_pero_no_la_historia(sesion, quien):
    punto = fabrica_sala.punto(sesion, 1)
    acciones.por_unanimidad(punto=punto, por=quien)
    for _ in range(2):
        acciones.deshacer(punto=punto, por=quien)
    punto.refresh_from_db()
    assert (punto.resolucion, punto.votos.count()) == ("", 0)
    assert Voto.history.filter(history_type="-").count() == 3


def test_las_notas_no_se_pisan(sesion, quien):
    punto = fabrica_sala.punto(sesion, 1)
    acciones.anotar_intervenciones(punto=punto, texto="Una", antes="", por=quien)
    with pytest.raises(acciones.YaCambio):
        acciones.anotar_intervenciones(punto=punto, texto="Otra", antes="", por=quien)
    acciones.anotar_intervenciones(punto=punto, texto="Una", antes="", por=quien)
    punto.refresh_from_db()
    assert punto.intervenciones == "Una"


# -- cuándo --------------------------------------------------------------------

ESCRITURAS = {
    "unanimidad": lambda p: acciones.por_unanimidad(punto=p, por=None),
    "votar": lambda p: acciones.votar(punto=p, votos={}, por=None),
    "resolver": lambda p: acciones.resolver(punto=p, resolucion="retirado", nota="x", por=None),
    "deshacer": lambda p: acciones.deshacer(punto=p, por=None),
    "nota": lambda p: acciones.anotar_intervenciones(punto=p, texto="x", por=None),
}
DE_LA_SESION = {
    "iniciar": lambda s: acciones.iniciar(sesion=s, por=None, confirmado=True),
    "terminar": lambda s: acciones.terminar(sesion=s, por=None, confirmado=True),
    "horas": lambda s: acciones.anotar_horas(sesion=s, hora_inicio=None, hora_fin=None, por=None, version=0),
    "anotar": lambda s: acciones.anotar(
        sesion=s, integracion=s.comision.integraciones.first().pk, estado="suplente", por=None
    ),
    "demás": lambda s: acciones.anotar_a_las_demas(sesion=s, estado="presente", por=None),
    "acuerdo": lambda s: de_la_comision.tomar_acuerdo(sesion=s, texto="x", por=None),
}


@pytest.mark.parametrize("cual", [*ESCRITURAS, *DE_LA_SESION])
def test_una_cerrada_no_se_toca(sesion, cual):
    Sesion.objects.filter(pk=sesion.pk).update(cerrada=True)  # la que se tiene en memoria no lo sabe
    punto = fabrica_sala.punto(sesion, 1)
    antes = (Voto.objects.count(), Asistencia.history.count(), Punto.history.count(), Sesion.history.count())
    with pytest.raises(ValidationError, match="está cerrada"):
        (ESCRITURAS[cual](punto) if cual in ESCRITURAS else DE_LA_SESION[cual](sesion))
    assert (Voto.objects.count(), Asistencia.history.count(), Punto.history.count(), Sesion.history.count()) == antes


@pytest.mark.parametrize("cual", ESCRITURAS)
def test_antes_de_iniciar_no_se_tratan_los_puntos(cual):
    sesion = fabrica_sala.sesion_de_hoy()
    fabrica_sala.asisten(sesion, "presente", "presente")
    with pytest.raises(ValidationError, match="La sesión está convocada"):
        ESCRITURAS[cual](fabrica_sala.punto(sesion, 1))
