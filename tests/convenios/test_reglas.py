"""Lo que un convenio necesita para dar un paso, y la situación que sale de sus fechas."""

from datetime import date, timedelta

import pytest

from convenios import acciones, consultas
from convenios.camino import reglas
from convenios.estados import PASOS, Etapa, Situacion
from convenios.models import CambioDeEtapa, Convenio
from tests.fabricas import convenios as fabrica

pytestmark = pytest.mark.django_db
HOY = date(2026, 6, 15)


def impedimentos(convenio, etapa, fecha=HOY, **mas):
    return reglas.impedimentos_para_pasar(convenio, etapa, fecha=fecha, hoy=HOY, ultimo=convenio.cambios.last(), **mas)


def test_todo_lo_que_falta_se_dice_junto():
    convenio = fabrica.convenio(
        objeto="", areas=[], vigencia="compromisos", etapa="validacion", fecha=date(2026, 6, 20) - timedelta(days=15)
    )
    razones = impedimentos(convenio, Etapa.SUSCRITO, fecha=date(2026, 5, 1))
    assert [r.split(":")[0] for r in razones] == [
        "De «Validación jurídica» no se pasa a «Suscrito».",
        "Falta el objeto del instrumento.",
        "Falta el área responsable.",
        "Falta cómo dice el instrumento que termina su vigencia.",
        "El paso anterior, «Validación jurídica», es del 5 de junio de 2026",
    ]


@pytest.mark.parametrize("desde", Etapa.values)
@pytest.mark.parametrize("hacia", Etapa.values)
def test_solo_se_dan_los_pasos_del_camino(desde, hacia):
    convenio = Convenio(etapa=desde, tipo=fabrica.tipo())
    convenio_de_verdad = fabrica.convenio()
    convenio.pk = convenio_de_verdad.pk
    razones = reglas.impedimentos_para_pasar(convenio, hacia, fecha=HOY, hoy=HOY, nota="Una nota")
    prohibido = any("no se pasa" in r or "Ya está" in r for r in razones)
    assert prohibido == (hacia not in PASOS[desde])


def test_no_firmarse_y_concluir_antes_piden_nota():
    convenio = fabrica.convenio(fecha=date(2026, 1, 1))
    assert impedimentos(convenio, Etapa.NO_CONCRETADO) == ["Diga en la nota por qué no se firmó."]
    assert not impedimentos(convenio, Etapa.NO_CONCRETADO, nota="La contraparte desistió.")
    firmado = fabrica.convenio(fecha_firma=date(2026, 1, 1), vigencia="fecha", vigencia_hasta=date(2026, 12, 31))
    assert impedimentos(firmado, Etapa.CONCLUIDO) == ["Concluye antes de su vencimiento: diga la razón en la nota."]


def test_una_fecha_por_venir_no_es_un_paso_dado():
    convenio = fabrica.convenio(fecha=date(2026, 1, 1))
    assert impedimentos(convenio, Etapa.VALIDACION, fecha=HOY + timedelta(days=1)) == [
        "La fecha del paso todavía no llega."
    ]


@pytest.mark.parametrize(
    ("dias", "situacion"),
    [(-1, "vencido"), (0, "por_vencer"), (90, "por_vencer"), (91, "vigente")],
)
def test_la_situacion_sale_de_las_fechas(dias, situacion):
    fabrica.convenio(fecha_firma=date(2020, 1, 1), vigencia="fecha", vigencia_hasta=HOY + timedelta(days=dias))
    assert consultas.con_situacion(Convenio.objects.all(), HOY).get().situacion == situacion


@pytest.mark.parametrize(
    ("datos", "situacion"),
    [
        ({}, Situacion.TRAMITE),
        ({"fecha_firma": date(2020, 1, 1)}, Situacion.VIGENTE),
        ({"fecha_firma": date(2020, 1, 1), "etapa": "concluido", "fecha": date(2021, 1, 1)}, Situacion.CONCLUIDO),
        ({"etapa": "no_concretado"}, Situacion.SIN_FIRMA),
    ],
)
def test_la_situacion_de_lo_que_no_vence(datos, situacion):
    fabrica.convenio(**datos)
    assert consultas.con_situacion(Convenio.objects.all(), HOY).get().situacion == situacion


def test_vigentes_y_en_tramite_en_cualquier_dia():
    indefinido = fabrica.convenio(fecha_firma=date(2020, 3, 1))
    con_fecha = fabrica.convenio(fecha_firma=date(2020, 3, 1), vigencia="fecha", vigencia_hasta=date(2020, 12, 31))
    concluido = fabrica.convenio(fecha_firma=date(2020, 3, 1), etapa="concluido", fecha=date(2020, 6, 30))
    assert set(consultas.vigentes(date(2020, 2, 29))) == set()
    assert set(consultas.vigentes(date(2020, 3, 1))) == {indefinido, con_fecha, concluido}
    assert set(consultas.vigentes(date(2020, 6, 30))) == {indefinido, con_fecha}
    assert set(consultas.vigentes(date(2021, 1, 1))) == {indefinido}
    en_curso = fabrica.convenio(fecha=date(2020, 1, 10))
    acciones.cambiar_etapa(convenio=en_curso, etapa="no_requerido", fecha=date(2020, 5, 1), nota="Ya no.", por=None)
    assert set(consultas.en_tramite(date(2020, 1, 9))) == set()
    assert set(consultas.en_tramite(date(2020, 4, 30))) == {en_curso}
    assert set(consultas.en_tramite(date(2020, 5, 1))) == set()


def test_el_camino_queda_con_fechas(django_user_model):
    convenio = fabrica.convenio(fecha=date(2020, 1, 10))
    for etapa, fecha in (
        ("validacion", date(2020, 2, 1)),
        ("suscripcion", date(2020, 3, 1)),
        ("suscrito", date(2020, 4, 1)),
    ):
        convenio = acciones.cambiar_etapa(convenio=convenio, etapa=etapa, fecha=fecha, por=None)
    assert convenio.fecha_firma == date(2020, 4, 1)
    assert [(c.etapa, c.fecha.month) for c in CambioDeEtapa.objects.all()] == [
        ("negociacion", 1),
        ("validacion", 2),
        ("suscripcion", 3),
        ("suscrito", 4),
    ]
