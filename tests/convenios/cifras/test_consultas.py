"""Las cuentas contra otra hecha a mano, registro por registro, con convenios al azar."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import mean, median

import pytest

from convenios import consultas as de_convenios
from convenios.cifras import consultas
from convenios.estados import EN_TRAMITE, FIRMADAS
from convenios.models import Convenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.cifras_de_convenios import poblar
from vinculacion.nucleo.periodos import Periodo, hoy

pytestmark = pytest.mark.django_db
PERIODO = Periodo(date(2020, 10, 1), date(2022, 8, 31))
TODO = Periodo(date(1999, 1, 1), date(2030, 12, 31))


@dataclass
class Vida:
    convenio: Convenio
    pasos: list[tuple[str, date]]

    def etapa_en(self, dia):
        dados = [etapa for etapa, fecha in self.pasos if fecha <= dia]
        return dados[-1] if dados else None

    def en_vigor(self, dia):
        c = self.convenio
        if self.etapa_en(dia) != "suscrito" or (c.vigencia_desde and dia < c.vigencia_desde):
            return False
        return c.vigencia != "fecha" or dia <= c.vigencia_hasta

    def situacion_en(self, dia):
        etapa, c = self.etapa_en(dia), self.convenio
        if etapa is None:
            return ""
        if etapa in EN_TRAMITE:
            return "tramite"
        if etapa in ("no_concretado", "no_requerido"):
            return "sin_firma"
        if etapa == "concluido":
            return "concluido"
        if c.vigencia_desde and c.vigencia_desde > dia:
            return "por_iniciar"
        if c.vigencia != "fecha" or c.vigencia_hasta > dia + timedelta(days=90):
            return "vigente"
        return "vencido" if c.vigencia_hasta < dia else "por_vencer"

    def estancias(self):
        """(etapa, desde, hasta o None)"""
        siguientes = [fecha for _, fecha in self.pasos[1:]] + [None]
        return [(e, f, s) for (e, f), s in zip(self.pasos, siguientes, strict=True)]

    def firmado_en(self, periodo):
        return self.convenio.etapa in FIRMADAS and self.convenio.fecha_firma in periodo


def vidas():
    todos = Convenio.objects.prefetch_related("cambios", "areas", "contrapartes")
    return [Vida(c, [(p.etapa, p.fecha) for p in c.cambios.all()]) for c in todos]


@pytest.fixture(params=[1, 2, 3])
def al_azar(request):
    poblar(70, request.param)
    return vidas()


def dias_de_prueba():
    azar = Random(9)
    return [date(1999, 1, 1) + timedelta(days=azar.randrange(10_300)) for _ in range(12)] + [hoy()]


def test_la_etapa_la_situacion_y_lo_vigente_de_cualquier_dia(al_azar):
    todos = Convenio.objects.all()
    for dia in dias_de_prueba():
        assert {c.pk: c.etapa_entonces for c in de_convenios.con_etapa_en(todos, dia)} == {
            v.convenio.pk: v.etapa_en(dia) for v in al_azar
        }
        assert {c.pk: c.situacion for c in de_convenios.situacion_en(todos, dia)} == {
            v.convenio.pk: v.situacion_en(dia) for v in al_azar
        }
        en_vigor = {v.convenio.pk for v in al_azar if v.en_vigor(dia)}
        assert set(de_convenios.vigentes(dia).values_list("pk", flat=True)) == en_vigor
        assert consultas.en_vigor(todos, dia).total == len(en_vigor)
        en_tramite = {v.convenio.pk for v in al_azar if v.etapa_en(dia) in EN_TRAMITE}
        assert set(de_convenios.en_tramite(dia).values_list("pk", flat=True)) == en_tramite


def test_la_situacion_de_hoy_es_la_misma_por_la_etapa_y_por_los_pasos(al_azar):
    por_etapa = {c.pk: c.situacion for c in de_convenios.con_situacion(Convenio.objects.all(), hoy())}
    assert por_etapa == {c.pk: c.situacion for c in de_convenios.situacion_en(Convenio.objects.all(), hoy())}


def test_la_serie_dice_lo_mismo_que_cada_dia(al_azar, django_assert_num_queries):
    dias = dias_de_prueba()
    with django_assert_num_queries(1):
        serie = consultas.serie_en_vigor(Convenio.objects.all(), dias)
    for dia, nacionales, internacionales in serie:
        cruce = consultas.en_vigor(Convenio.objects.all(), dia)
        assert (nacionales, internacionales) == (cruce.de_fila("nacional"), cruce.de_fila("internacional"))


@pytest.mark.parametrize("periodo", [PERIODO, TODO, Periodo.anual(2010)])
def test_los_suscritos_por_todo_lo_que_se_cuentan(al_azar, periodo):
    todos = Convenio.objects.all()
    suyos = [v.convenio for v in al_azar if v.firmado_en(periodo)]
    total = consultas.total_suscritos(todos, periodo)
    assert total.total == len(suyos)
    assert total.internacionales == sum(c.ambito == "internacional" for c in suyos)
    propios = sum(c.gestion == "propia" for c in suyos)
    assert total.de_la_unidad == propios
    if suyos:
        assert float(total.porcentaje_de_la_unidad) == pytest.approx(100 * propios / len(suyos), abs=0.05)
    por_anio = consultas.por_anio(todos, periodo)
    assert [a.total for a in por_anio] == [sum(c.fecha_firma.year == a for c in suyos) for a in periodo.anios()]
    assert sum(a.total for a in por_anio) == total.total

    def cuenta(cruce, valores):
        for anio in periodo.anios():
            del_anio = [valores(c) or {None} for c in suyos if c.fecha_firma.year == anio]
            for fila in cruce.filas:
                assert cruce.en(fila, anio) == sum(fila in suyos for suyos in del_anio)
        assert set(cruce.filas) == set().union(*(valores(c) or {None} for c in suyos)) if suyos else True

    cuenta(consultas.por_area(todos, periodo), lambda c: {a.pk for a in c.areas.all()})
    cuenta(consultas.por_contraparte(todos, periodo), lambda c: {o.clase for o in c.contrapartes.all()})
    cuenta(consultas.por_pais(todos, periodo), lambda c: {o.pais for o in c.contrapartes.all()})
    cuenta(consultas.por_tipo(todos, periodo), lambda c: {c.tipo_id})


@pytest.mark.parametrize("periodo", [PERIODO, TODO, Periodo.anual(2010)])
def test_los_dias_de_cada_etapa(al_azar, periodo):
    corte = min(periodo.fin, hoy())
    por_etapa = {d.etapa: d for d in consultas.dias_por_etapa(Convenio.objects.all(), periodo)}
    for etapa in EN_TRAMITE:
        suyas = [(d, h) for v in al_azar for e, d, h in v.estancias() if e == etapa]
        terminadas = [(h - d).days for d, h in suyas if h and h in Periodo(periodo.inicio, corte)]
        abiertas = [(corte - d).days for d, h in suyas if d <= corte and (h is None or h > corte)]
        hallado = por_etapa[etapa]
        assert sorted(hallado.terminadas.dias) == sorted(terminadas)
        assert sorted(hallado.abiertas.dias) == sorted(abiertas)
        if terminadas:
            assert float(hallado.terminadas.promedio) == pytest.approx(mean(terminadas), abs=0.051)
            assert float(hallado.terminadas.mediana) == pytest.approx(median(terminadas), abs=0.051)


def test_los_dias_hasta_firmar(al_azar):
    esperados: dict[int, list[int]] = {}
    nacidos_firmados = 0
    for v in al_azar:
        if v.firmado_en(PERIODO):
            dias = [(h - d).days for e, d, h in v.estancias() if e in EN_TRAMITE]
            if not dias:
                nacidos_firmados += 1
                continue
            esperados.setdefault(v.convenio.fecha_firma.year, []).append(sum(dias))
    hallados = consultas.dias_hasta_firmar(Convenio.objects.all(), PERIODO)
    assert {a: sorted(d.dias) for a, d in hallados.items()} == {a: sorted(d) for a, d in sorted(esperados.items())}
    suscritos = consultas.total_suscritos(Convenio.objects.all(), PERIODO).total
    assert suscritos - consultas.junta(hallados.values()).cuantos == nacidos_firmados


def test_varias_areas_y_contrapartes_cuentan_una_vez_en_cada_una():
    """La suma de los renglones pasa del total, y el total sigue siendo el de instrumentos distintos."""
    una, otra = directorio.area(), directorio.area()
    organismos = [
        directorio.organismo(clase="ople", pais="MX"),
        directorio.organismo(clase="ople", pais="US"),
        directorio.organismo(clase="academia", pais="MX"),
    ]
    fabrica.convenio(areas=[una, otra], contrapartes=organismos, fecha_firma=date(2021, 5, 1))
    fabrica.convenio(areas=[una], contrapartes=organismos[:1], fecha_firma=date(2021, 6, 1))
    todos, periodo = Convenio.objects.all(), Periodo.anual(2021)
    por_area = consultas.por_area(todos, periodo)
    assert (por_area.de_fila(una.pk), por_area.de_fila(otra.pk), por_area.total) == (2, 1, 3)
    clases = consultas.por_contraparte(todos, periodo)
    assert (clases.de_fila("ople"), clases.de_fila("academia")) == (2, 1)
    assert consultas.por_pais(todos, periodo).de_fila("MX") == 2
    assert consultas.total_suscritos(todos, periodo).total == 2


def test_en_vigor_por_fechas_y_conclusion():
    indefinido = fabrica.convenio(fecha_firma=date(2020, 1, 10))
    con_fecha = fabrica.convenio(fecha_firma=date(2020, 1, 10), vigencia="fecha", vigencia_hasta=date(2020, 12, 31))
    despues = fabrica.convenio(fecha_firma=date(2020, 1, 10), vigencia_desde=date(2020, 3, 1))
    concluido = fabrica.convenio(fecha_firma=date(2020, 1, 10), etapa="concluido", fecha=date(2020, 6, 30))

    def en_vigor(*dia):
        return set(de_convenios.vigentes(date(*dia)))

    assert en_vigor(2020, 1, 9) == set()
    assert en_vigor(2020, 1, 10) == {indefinido, con_fecha, concluido}
    assert en_vigor(2020, 6, 29) == {indefinido, con_fecha, concluido, despues}
    assert en_vigor(2020, 6, 30) == {indefinido, con_fecha, despues}
    assert en_vigor(2020, 12, 31) == {indefinido, con_fecha, despues}
    assert en_vigor(2021, 1, 1) == {indefinido, despues}


def test_lo_que_se_registro_ya_firmado_no_dice_cuanto_tomo():
    fabrica.convenio(fecha_firma=date(2021, 5, 1))
    todos, periodo = Convenio.objects.all(), Periodo.anual(2021)
    assert consultas.dias_hasta_firmar(todos, periodo) == {}
    assert all(d.terminadas.cuantos == d.abiertas.cuantos == 0 for d in consultas.dias_por_etapa(todos, periodo))


def test_sin_convenios_no_hay_nada_que_dividir():
    todos, periodo = Convenio.objects.all(), Periodo.anual(2021)
    assert consultas.desde_el_primero(todos) is None
    assert consultas.total_suscritos(todos, periodo).porcentaje_de_la_unidad is None
    assert consultas.serie_en_vigor(todos, [date(2021, 1, 1)]) == [(date(2021, 1, 1), 0, 0)]
    assert consultas.por_area(todos, periodo).filas == ()


def test_de_abiertas_no_se_cuentan_los_dias_que_no_llegan():
    """Un periodo que no ha terminado se corta hoy."""
    fabrica.convenio(fecha=hoy() - timedelta(days=10))
    (negociacion, *_) = consultas.dias_por_etapa(Convenio.objects.all(), Periodo.anual(hoy().year + 0))
    assert negociacion.abiertas.dias == (10,)
