"""Decidir, relevar y encadenar: lo que se puede, lo que no y por qué."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios.estados import Decision
from convenios.models import Convenio, Renovacion
from convenios.vigencia import acciones, consultas, reglas
from convenios.vigencia.consultas import EstadoDeRenovacion, Grupo
from tests.fabricas import compromisos as de_compromisos
from tests.fabricas import convenios, directorio
from tests.fabricas import vigencia as fabrica
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import Periodo, hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def captura():
    return fabrica.con_papel(roles.CAPTURA)


@pytest.fixture
def direccion():
    return fabrica.con_papel(roles.DIRECCION)


def errores(**datos):
    with pytest.raises(ValidationError) as caso:
        fabrica.renovacion(**datos)
    return caso.value.message_dict


@pytest.mark.parametrize(
    ("faltan", "esperado"), [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30), (-1, 0), (-900, 0)]
)
def test_el_umbral_mas_estrecho(faltan, esperado):
    fecha = date(2026, 3, 1)
    assert reglas.plazo(fecha + timedelta(days=faltan), fecha) == esperado


def test_los_grupos_salen_del_dia():
    casos = {-1: Grupo.VENCIDOS, 0: Grupo.EN_30, 31: Grupo.EN_60, 90: Grupo.EN_90, 91: Grupo.DESPUES}
    for dias, grupo in casos.items():
        assert consultas.grupo(fabrica.vence(dias), hoy()) == grupo
    assert consultas.grupo(convenios.convenio(fecha_firma=fabrica.FIRMA), hoy()) == Grupo.INDEFINIDOS


def test_solo_la_direccion_decide(captura, direccion):
    convenio = fabrica.vence(40)
    assert "Dirección" in errores(convenio=convenio, por=captura, decision=Decision.SE_RENUEVA)["decision"][0]
    renovacion = fabrica.renovacion(convenio, por=captura, razon="Conviene.")
    renovacion.decision, renovacion.fecha_decision, renovacion.razon = Decision.NO_SE_RENUEVA, hoy(), "No."
    with pytest.raises(ValidationError, match="Dirección"):
        acciones.guardar_renovacion(renovacion=renovacion, por=captura)
    acciones.guardar_renovacion(renovacion=renovacion, por=direccion)
    renovacion.razon = "Otra razón"
    with pytest.raises(ValidationError, match="Dirección"):
        acciones.guardar_renovacion(renovacion=renovacion, por=captura)
    assert [h.history_user for h in renovacion.history.all()] == [direccion, captura]


def test_lo_que_no_se_renueva():
    assert "convenio" in errores(convenio=convenios.convenio())
    assert "indefinida" in errores(convenio=convenios.convenio(fecha_firma=fabrica.FIRMA))["convenio"][0]
    convenio = fabrica.vence(40)
    fabrica.renovacion(convenio)
    assert errores(convenio=convenio)["convenio"] == ["Ese instrumento ya tiene su renovación."]


def test_fechas_imposibles():
    convenio, si = fabrica.vence(40), Decision.SE_RENUEVA
    assert (
        "no llega" in errores(convenio=convenio, decision=si, fecha_decision=hoy() + timedelta(1))["fecha_decision"][0]
    )
    assert (
        "15 de enero" in errores(convenio=convenio, decision=si, fecha_decision=date(2024, 1, 14))["fecha_decision"][0]
    )
    assert "cuándo" in errores(convenio=convenio, decision=si, fecha_decision=None)["fecha_decision"][0]
    assert "razon" in errores(convenio=convenio, decision=Decision.NO_SE_RENUEVA, razon="  ")


def test_el_sucesor_nace_en_negociacion_con_los_datos_del_que_vence(captura):
    viejo = fabrica.vence(40, ambito="internacional", gestion="acompanada", responsable=captura, objeto="Cooperar.")
    sucesor = fabrica.con_sucesor(viejo, por=captura).sucesor
    assert (sucesor.etapa, sucesor.fecha_firma, sucesor.vigencia_hasta) == ("negociacion", None, None)
    for campo in ("tipo", "ambito", "gestion", "objeto", "responsable", "padre"):
        assert getattr(sucesor, campo) == getattr(viejo, campo)
    assert list(sucesor.contrapartes.all()) == list(viejo.contrapartes.all())
    assert list(sucesor.areas.all()) == list(viejo.areas.all())
    paso = sucesor.cambios.get()
    assert paso.por == captura and "renovación" in paso.nota


def test_no_hay_dos_sucesores_ni_sin_decidir():
    estudio = fabrica.renovacion()
    with pytest.raises(ValidationError, match="Todavía no se decide"):
        acciones.crear_sucesor(renovacion=estudio, folio="X", titulo="X", por=None)
    hecha = fabrica.con_sucesor()
    with pytest.raises(ValidationError, match="Ya tiene sucesor"):
        acciones.crear_sucesor(renovacion=hecha, folio="X", titulo="X", por=None)
    caido = hecha.sucesor
    Convenio.objects.filter(pk=caido.pk).update(etapa="no_concretado")
    assert consultas.estado_de(Convenio.objects.get(pk=hecha.convenio_id)) == EstadoDeRenovacion.SUCESOR_CAIDO
    otro = acciones.crear_sucesor(renovacion=hecha, folio="OTRO", titulo="Otro", por=None)
    assert Renovacion.objects.get(pk=hecha.pk).sucesor == otro


def test_folio_repetido_no_deja_nada_a_medias():
    hecha = fabrica.renovacion(decision=Decision.SE_RENUEVA)
    with pytest.raises(ValidationError) as caso:
        acciones.crear_sucesor(renovacion=hecha, folio=hecha.convenio.folio, titulo="Otro", por=None)
    assert "folio" in caso.value.message_dict and Convenio.objects.count() == 1
    assert Renovacion.objects.get().sucesor is None


def test_quien_no_puede_suceder():
    con = directorio.organismo()
    viejo = fabrica.vence(40, contrapartes=[con])

    def razones(**datos):
        return errores(convenio=viejo, decision=Decision.SE_RENUEVA, **datos)["sucesor"][0]

    assert "sí mismo" in razones(sucesor=viejo)
    assert "contraparte en común" in razones(sucesor=convenios.convenio())
    previo = convenios.convenio(contrapartes=[con], fecha_firma=date(2023, 5, 1))
    assert "tiene que ser después" in razones(sucesor=previo)
    caido = convenios.convenio(contrapartes=[con], etapa="no_concretado")
    assert "sin firmarse" in razones(sucesor=caido)
    hijo = fabrica.vence(50, contrapartes=[con], padre=viejo)
    with pytest.raises(ValidationError, match="deriva de él"):
        fabrica.renovacion(hijo, decision=Decision.SE_RENUEVA, sucesor=viejo)
    bueno = convenios.convenio(contrapartes=[con], fecha_firma=date(2025, 5, 1), vigencia="fecha",
                               vigencia_hasta=date(2030, 1, 1))  # fmt: skip
    fabrica.renovacion(viejo, decision=Decision.SE_RENUEVA, sucesor=bueno)
    otro = fabrica.vence(30, contrapartes=[con])
    assert "ya renueva a otro" in errores(convenio=otro, decision=Decision.SE_RENUEVA, sucesor=bueno)["sucesor"][0]
    with pytest.raises(ValidationError, match="círculo"):
        fabrica.renovacion(bueno, decision=Decision.SE_RENUEVA, sucesor=viejo)


def test_firmado_el_sucesor_ya_no_se_avisa_del_que_vence():
    viejo = fabrica.vence(40)
    sucesor = fabrica.con_sucesor(viejo).sucesor
    assert viejo in consultas.por_avisar(Convenio.objects.all(), hoy())
    fabrica.firmar(sucesor)
    viejo = Convenio.objects.get(pk=viejo.pk)
    assert viejo not in consultas.por_avisar(Convenio.objects.all(), hoy())
    assert consultas.estado_de(viejo) == EstadoDeRenovacion.RENOVADO
    assert consultas.renovados_en(Periodo(hoy(), hoy())).count() == 1


def test_la_cadena_entera_en_dos_consultas(django_assert_num_queries):
    a = fabrica.vence(-400)
    b = fabrica.firmar(fabrica.con_sucesor(a, "B").sucesor, date(2025, 1, 1))
    Convenio.objects.filter(pk=b.pk).update(vigencia="fecha", vigencia_hasta=hoy())
    c = fabrica.con_sucesor(Convenio.objects.get(pk=b.pk), "C").sucesor
    for desde in (a, b, c):
        with django_assert_num_queries(3):  # los pares, los instrumentos y sus áreas
            assert consultas.cadena(desde) == [a, b, c]
    assert consultas.cadena(fabrica.vence(10)) == []


def test_lo_decidido_no_se_elimina():
    estudio = fabrica.renovacion()
    acciones.eliminar_renovacion(renovacion=estudio, por=None)
    hecha = fabrica.renovacion(decision=Decision.NO_SE_RENUEVA)
    with pytest.raises(ValidationError, match="Ya se decidió"):
        acciones.eliminar_renovacion(renovacion=hecha, por=None)


def sigue(convenio, abiertos=0):
    return consultas.que_sigue(Convenio.objects.get(pk=convenio.pk), hoy(), abiertos).pasos


def test_que_sigue_en_cada_caso():
    assert sigue(fabrica.vence(400)) == ()
    assert sigue(fabrica.vence(170)) == ("iniciar",)
    assert sigue(fabrica.vence(-1)) == ("iniciar", "concluir")
    assert sigue(fabrica.renovacion().convenio) == ("decidir",)
    assert sigue(fabrica.renovacion(decision=Decision.SE_RENUEVA).convenio) == ("sucesor",)
    assert sigue(fabrica.renovacion(decision=Decision.NO_SE_RENUEVA).convenio) == ()
    no = fabrica.renovacion(fabrica.vence(-3), decision=Decision.NO_SE_RENUEVA)
    assert sigue(no.convenio) == ("concluir",)
    relevado = fabrica.con_sucesor(fabrica.vence(-3))
    assert sigue(relevado.convenio) == ("ver_sucesor",)
    fabrica.firmar(relevado.sucesor)
    assert sigue(relevado.convenio) == ("concluir",)
    hasta_cumplir = de_compromisos.instrumento(vigencia="compromisos", vigencia_texto="Al cumplirse.")
    assert sigue(hasta_cumplir) == ("capturar_compromisos",) and sigue(hasta_cumplir, 2) == ("compromisos",)
    assert sigue(convenios.convenio(fecha_firma=fabrica.FIRMA)) == ()


def test_mover_la_firma_no_contradice_la_renovacion():
    hecha = fabrica.con_sucesor()
    fabrica.firmar(hecha.sucesor)
    viejo, nuevo = Convenio.objects.get(pk=hecha.convenio_id), Convenio.objects.get(pk=hecha.sucesor_id)
    assert reglas.impedimentos_por_renovacion(viejo, fabrica.FIRMA) == []
    assert len(reglas.impedimentos_por_renovacion(viejo, hoy())) == 2
    assert "Renueva a" in reglas.impedimentos_por_renovacion(nuevo, fabrica.FIRMA)[0]
