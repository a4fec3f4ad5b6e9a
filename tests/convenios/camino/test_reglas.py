"""Qué pide cada paso, con la opinión de pertinencia y el archivo firmado."""

from datetime import date

import pytest

from convenios.camino import acciones, reglas
from convenios.estados import Etapa
from convenios.models import Convenio
from tests.fabricas import camino as fabrica
from tests.fabricas import compromisos, convenios, opiniones

pytestmark = pytest.mark.django_db
FECHA = date(2024, 6, 1)


def textos(convenio: Convenio, etapa: str, fecha: date = FECHA, cumplido: bool = False) -> list[str]:
    return [r.texto for r in reglas.requisitos(convenio, etapa, fecha) if r.cumplido == cumplido]


def con_opinion_obligatoria(**datos) -> Convenio:
    tipo = convenios.tipo("General", requiere_opinion=True)
    return fabrica.recorrido("validacion", tipo=tipo, **datos)


def test_los_requisitos_se_dan_juntos_con_su_marca_y_su_enlace():
    convenio = con_opinion_obligatoria(objeto="", areas=[], vigencia="compromisos")
    assert textos(convenio, Etapa.SUSCRIPCION) == [
        "Falta el objeto del instrumento.",
        "Falta el área responsable.",
        "Falta cómo dice el instrumento que termina su vigencia.",
        "Falta una opinión de pertinencia favorable.",
    ]
    assert textos(convenio, Etapa.SUSCRIPCION, cumplido=True) == ["Contraparte registrada."]
    urls = [r.url for r in reglas.requisitos(convenio, Etapa.SUSCRIPCION, FECHA) if not r.cumplido]
    assert all(urls) and f"/convenios/{convenio.pk}/editar/" in urls[0] and f"convenio={convenio.pk}" in urls[-1]
    assert not reglas.requisitos(convenio, Etapa.NEGOCIACION, FECHA)


@pytest.mark.parametrize(
    ("caso", "texto"),
    [
        ("borrador", "sigue en borrador"),
        ("no_favorable", "no es favorable"),
        ("posterior", "después de este paso"),
        ("cancelada", "Falta una opinión"),
    ],
)
def test_la_opinion_que_no_sirve_dice_por_que(caso, texto):
    convenio = con_opinion_obligatoria()
    if caso == "borrador":
        opiniones.borrador(convenio)
    elif caso == "no_favorable":
        opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 3, 1), convenio, sentido="no_favorable")
    elif caso == "posterior":
        opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 6, 2), convenio)
    else:
        hecha = opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 3, 1), convenio)
        type(hecha).objects.update(estado="cancelada")
    (falta,) = textos(convenio, Etapa.SUSCRIPCION)
    assert texto in falta


def test_vale_la_ultima_opinion_emitida_hasta_el_dia_del_paso():
    convenio = con_opinion_obligatoria()
    opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 3, 1), convenio, sentido="no_favorable")
    opiniones.historica("IECM/UTVOE/OP/002/2024", date(2024, 4, 1), convenio, sentido="observaciones")
    assert not textos(convenio, Etapa.SUSCRIPCION, date(2024, 4, 1))
    assert textos(convenio, Etapa.SUSCRIPCION, date(2024, 3, 31))
    opiniones.historica("IECM/UTVOE/OP/003/2024", date(2024, 5, 1), convenio, sentido="no_favorable")
    assert textos(convenio, Etapa.SUSCRIPCION, date(2024, 5, 1))


def test_el_tipo_que_no_la_requiere_no_la_pide():
    assert not textos(fabrica.recorrido("validacion"), Etapa.SUSCRIPCION)


def test_el_archivo_firmado_falta_despues_de_la_firma_salvo_en_lo_historico():
    firmado = fabrica.firmado()
    assert [r.texto for r in reglas.faltantes(firmado, FECHA)] == ["Falta el archivo del instrumento firmado."]
    historico = convenios.convenio(fecha_firma=date(2019, 1, 1))
    assert reglas.nacio_firmado(historico) and not reglas.faltantes(historico, FECHA)
    terminado = fabrica.recorrido("no_requerido")
    assert not reglas.faltantes(terminado, FECHA)


def test_concluir_con_compromisos_abiertos_pide_nota():
    convenio = compromisos.instrumento()
    compromisos.compromiso(convenio)
    assert "1 compromiso abierto" in reglas.pide_nota(convenio, Etapa.CONCLUIDO, FECHA)


def test_lo_impedido_y_lo_pedido_son_lo_mismo():
    """La página y la acción no se contradicen."""
    convenio = con_opinion_obligatoria(objeto="")
    razones = reglas.impedimentos_para_pasar(convenio, Etapa.SUSCRIPCION, fecha=FECHA, hoy=FECHA)
    assert razones == textos(convenio, Etapa.SUSCRIPCION)
    convenio.objeto = "Colaborar."
    convenio.save()
    opiniones.historica("IECM/UTVOE/OP/001/2024", date(2024, 3, 1), convenio)
    hecho = acciones.cambiar_etapa(convenio=convenio, etapa="suscripcion", fecha=FECHA, por=None)
    assert hecho.etapa == Etapa.SUSCRIPCION
