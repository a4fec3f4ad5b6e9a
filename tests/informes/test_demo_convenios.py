"""Los convenios de la demostración: lo que dicen los documentos, y un año en curso con todas sus etapas."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction

from convenios.consultas import convenios_visibles, vigentes
from convenios.estados import EstadoDeOpinion, Etapa, Situacion, Sufijo
from convenios.models import (
    ActoProtocolario,
    Actualizacion,
    CambioDeEtapa,
    Compromiso,
    Convenio,
    DocumentoDeConvenio,
    Opinion,
    PasoPendiente,
    Renovacion,
)
from informes.armado import armar
from informes.demo.carga import cargar
from informes.demo.ficticio_convenios import convenios as fichas
from informes.models import Informe
from programas.consultas import unidades
from programas.models import Accion
from tests.fabricas.demo import DIA
from vinculacion.comision.models import Comision
from vinculacion.cuentas.models import Usuario
from vinculacion.nucleo.bloques import Tabla
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Trimestre, hoy
from vinculacion.nucleo.salida.documento import recorrido
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
TRIMESTRE = Trimestre(2020, 4)
FICTICIO = "IECM/CONV/FIC-"


def en(dia: date):
    return time_machine.travel(datetime.combine(dia, time(18), tzinfo=UTC))


@pytest.fixture(scope="module")
def demostracion(django_db_setup, django_db_blocker):
    with en(DIA), django_db_blocker.unblock(), transaction.atomic():
        cargar(hoy=hoy(), ficticio=True, avisar=lambda _: None, contrasena="demostración")
        yield
        transaction.set_rollback(True)


def seccion(clave: str, **parametros):
    contexto = Contexto(TRIMESTRE.periodo, Comision.objects.get(siglas="CVOE"))
    return SECCIONES[clave].bloques(contexto, parametros)


def cifra(clave: str, **parametros):
    return CIFRAS[clave].funcion(Contexto(TRIMESTRE.periodo, Comision.objects.get(siglas="CVOE")), **parametros)


def de_demostracion():
    return Convenio.objects.filter(folio__startswith=FICTICIO)


# -- el cuarto informe de 2020 ---------------------------------------------------


@pytest.mark.usefixtures("demostracion")
class TestCuartoInforme:
    def test_uno_suscrito_nacional_y_ninguno_internacional(self):
        [tabla] = seccion("convenios.suscritos")
        [(numero, instrumento, objeto, fecha)] = tabla.filas
        assert (numero, fecha) == (1, date(2020, 10, 9))
        assert "Secretaría de la Contraloría General" in instrumento and "Presupuesto Participativo" in objeto
        assert seccion("convenios.suscritos", ambito="nacional") == [tabla]
        assert seccion("convenios.suscritos", ambito="internacional") == []
        assert cifra("convenios.suscritos") == 1

    def test_los_ocho_con_avance_y_en_que_sesiones(self):
        [tabla] = seccion("convenios.actualizaciones")
        en_tres, en_una = "Décima, décima primera y décima segunda", "Décima primera"
        assert [(fila[1], fila[3]) for fila in tabla.filas] == [
            ("Específico", en_tres),
            ("Apoyo y colaboración", en_tres),
            ("General de apoyo y colaboración", en_tres),
            ("Colaboración", en_tres),
            ("Específico", en_una),
            ("General de apoyo y colaboración", en_una),
            ("Anexo técnico", en_una),
            ("Apoyo y colaboración", en_una),
        ]
        quienes = (
            "Claustro",
            "Radio Educación",
            "Pueblos",
            "Psicología",
            "Tlalpan",
            "Electoral",
            "Electoral",
            "Electoral",
        )
        assert all(quien in fila[2] for quien, fila in zip(quienes, tabla.filas, strict=True))
        assert cifra("convenios.actualizados") == 8

    def test_la_matriz_de_avances(self):
        [matriz] = seccion("convenios.actualizaciones", formato="matriz")
        assert matriz.columnas == ("10SO", "11SO", "12SO")
        marcas = [sum(bool(celdas[n]) for _, celdas in matriz.filas) for n in range(3)]
        assert marcas == [4, 8, 4]

    def test_no_informa_de_opiniones_actos_ni_acompanamientos(self):
        for clave in ("convenios.opiniones", "convenios.actos", "convenios.acompanamientos", "convenios.compromisos"):
            assert seccion(clave) == [], clave

    def test_el_convenio_general_estaba_en_construccion(self):
        """El 31 de diciembre, él y sus dos anexos en negociación; ninguno cuenta como suscrito."""
        assert cifra("convenios.en_tramite") == 3
        [tabla] = seccion("convenios.pendientes")
        assert {fila[0] for fila in tabla.filas} == {"Negociación"}
        assert all("Convenio General" in fila[1] for fila in tabla.filas)

    def test_el_avance_de_sus_acciones(self):
        acciones = Accion.objects.filter(eje__programa__clave="pat-2020").select_related("eje__programa")
        avance = {a.numeral: unidades([a], TRIMESTRE.periodo) for a in acciones if a.fuente.startswith("convenios")}
        assert avance == {"2A": 1, "2B": 8, "6D": 0}


@pytest.mark.usefixtures("demostracion")
class TestHechos:
    def test_las_familias_que_dicen_los_documentos(self):
        anexos = Convenio.objects.get(folio="IECM/CONV/DEMO-07/2019").derivados.filter(folio__contains="DEMO")
        assert [a.tipo.nombre for a in anexos] == ["Anexo técnico"] * 3
        general = Convenio.objects.get(folio="IECM/CONV/DEMO-11/2021")
        assert {a.tipo.nombre for a in general.derivados.all()} == {"Anexo técnico", "Anexo financiero"}
        assert {c.situacion for c in convenios_visibles(Usuario.objects.get(username="captura")).filter(
            folio__in=[general.folio, *general.derivados.values_list("folio", flat=True)]
        )} == {Situacion.VENCIDO}  # fmt: skip

    def test_la_opinion_023_y_su_bis(self):
        opinion = Opinion.objects.get(folio="IECM/UTVOE/OP/023bis/2020")
        assert (opinion.numero, opinion.sufijo, opinion.anio) == (23, Sufijo.BIS, 2020)
        assert opinion.complementa is not None and opinion.complementa.folio == "IECM/UTVOE/OP/023/2020"
        assert "{{" not in opinion.texto and opinion.fecha < opinion.convenio.fecha_firma

    def test_los_vigentes_de_entonces(self):
        folios = set(vigentes(TRIMESTRE.fin).filter(folio__contains="DEMO").values_list("folio", flat=True))
        assert len(folios) == 12 and "IECM/CONV/DEMO-10/2017" not in folios


# -- el año en curso -------------------------------------------------------------


@pytest.mark.usefixtures("demostracion")
class TestFicticio:
    def test_hay_de_todas_las_etapas_y_situaciones(self):
        visibles = convenios_visibles(Usuario.objects.get(username="captura")).filter(folio__startswith=FICTICIO)
        assert {c.etapa for c in visibles} == set(Etapa.values)
        assert {c.situacion for c in visibles} == set(Situacion.values)
        assert visibles.count() == 31  # los treinta y el sucesor de uno
        assert not visibles.exclude(titulo__contains="datos ficticios").exists()
        por_vencer = [c.vigencia_hasta - hoy() for c in visibles if c.situacion == Situacion.POR_VENCER]
        assert sorted(d.days for d in por_vencer) == [24, 52, 81]

    def test_la_familia_de_cuatro_niveles(self):
        financiero = de_demostracion().get(tipo__nombre="Anexo financiero")
        niveles = [financiero]
        while niveles[-1].padre is not None:
            niveles.append(niveles[-1].padre)
        assert [c.tipo.nombre for c in reversed(niveles)] == [
            "General de apoyo y colaboración", "Específico", "Anexo técnico", "Anexo financiero",
        ]  # fmt: skip
        assert niveles[-1].derivados.filter(tipo__nombre="Adenda").exists()

    def test_uno_concluyo_solo_al_cumplirse_sus_compromisos(self):
        [paso] = CambioDeEtapa.objects.filter(automatico=True)
        assert paso.etapa == Etapa.CONCLUIDO and paso.convenio.etapa == Etapa.CONCLUIDO
        ultimo = paso.convenio.compromisos.order_by("-avances__fecha").values_list("avances__fecha", flat=True)[0]
        assert paso.fecha == ultimo

    def test_el_que_requiere_opinion_la_tuvo_antes_de_suscripcion(self):
        pasos = CambioDeEtapa.objects.filter(
            etapa=Etapa.SUSCRIPCION, convenio__folio__startswith=FICTICIO, convenio__tipo__requiere_opinion=True
        )
        assert pasos.count() >= 10
        for paso in pasos:
            emitidas = paso.convenio.opiniones.filter(estado=EstadoDeOpinion.EMITIDA, fecha__lte=paso.fecha)
            assert emitidas.order_by("-fecha").first().sentido in ("favorable", "observaciones")

    def test_opiniones_en_todos_sus_estados_y_en_orden(self):
        opiniones = Opinion.objects.filter(serie__clave="opiniones-dvoe")
        assert {o.estado for o in opiniones} == set(EstadoDeOpinion.values)
        assert {o.sufijo for o in opiniones} == {"", "bis", "ter"}
        assert {o.sentido for o in opiniones} == {"", "favorable", "observaciones", "no_favorable"}
        for anio in {o.anio for o in opiniones if o.anio}:
            del_anio = opiniones.filter(anio=anio, sufijo="").order_by("numero")
            assert [o.numero for o in del_anio] == list(range(1, del_anio.count() + 1))
            assert all(antes.fecha <= despues.fecha for antes, despues in pairwise(del_anio))
        assert sum(o.evidencias.exists() for o in opiniones) == 1  # la última, con su PDF

    def test_el_area_tiene_que_hacer_y_que_ver(self):
        area = Usuario.objects.get(username="area")
        propios = convenios_visibles(area)
        assert propios.filter(gestion="acompanada").exists() and propios.filter(gestion="propia").exists()
        pasos = PasoPendiente.objects.filter(area=area.area, hecho=None)
        assert pasos.filter(fecha_limite__lt=hoy()).exists() and pasos.filter(fecha_limite__gt=hoy()).exists()

    def test_compromisos_de_cada_clase(self):
        compromisos = Compromiso.objects.filter(convenio__folio__startswith=FICTICIO)
        assert {c.estado for c in compromisos} == {"abierto", "cumplido", "cancelado"}
        assert {c.recurrencia for c in compromisos} == {"unica", "mensual", "bimestral", "trimestral", "anual"}
        abiertos = compromisos.filter(estado="abierto")
        assert abiertos.filter(proxima__lt=hoy()).exists() and abiertos.filter(proxima__gt=hoy()).exists()
        assert abiertos.filter(proxima=None).exists()

    def test_actos_con_sus_invitados(self):
        actos = ActoProtocolario.objects.all()
        assert {a.estado for a in actos} == {"programado", "celebrado", "cancelado"}
        assert {a.modalidad for a in actos} == {"presencial", "virtual", "hibrida"}
        assert all(a.invitados.count() >= 3 for a in actos)
        assert any(a.convenios.count() > 1 for a in actos)

    def test_renovaciones(self):
        por_decision = {r.decision: r for r in Renovacion.objects.all()}
        assert set(por_decision) == {"estudio", "renueva", "no_renueva"}
        sucesor = por_decision["renueva"].sucesor
        assert sucesor is not None and sucesor.etapa == Etapa.NEGOCIACION
        assert "datos ficticios" in sucesor.titulo and por_decision["no_renueva"].razon

    def test_documentos_con_versiones(self):
        versiones = DocumentoDeConvenio.objects.filter(titulo="Proyecto de convenio").values_list("numero", flat=True)
        assert max(versiones) == 3
        firmados = de_demostracion().filter(documentos__clase="firmado")
        assert firmados.count() >= 10
        [pendiente] = (
            de_demostracion().filter(cambios__etapa=Etapa.VALIDACION, etapa=Etapa.SUSCRITO).exclude(pk__in=firmados)
        )
        assert "Atlántico" in pendiente.titulo

    def test_varios_paises(self):
        paises = set(de_demostracion().filter(ambito="internacional", fecha_firma__isnull=False).values_list(
            "contrapartes__pais", flat=True
        ))  # fmt: skip
        assert paises == {"BR", "CA", "CL", "CO", "ES"}

    def test_lo_que_cuenta_la_accion_es_lo_que_lista_el_informe(self):
        for numero in (1, 2, 3, 4):
            trimestre = Trimestre(hoy().year, numero)
            contexto = Contexto(trimestre.periodo)
            for clave in ("convenios.suscritos", "convenios.acompanamientos", "convenios.actos", "convenios.opiniones"):
                cuenta = sum(n for _, n in FUENTES[clave].contar(trimestre.inicio, trimestre.fin))
                tablas = SECCIONES[clave].bloques(contexto, {})
                assert cuenta == (len(tablas[0].filas) if tablas else 0), (clave, numero)

    def test_el_informe_del_trimestre_trae_sus_tablas(self):
        informe = Informe.objects.exclude(clave="trimestral-2020-4").get()
        titulos = {
            b.titulo for paso in recorrido(armar(informe).documento) for b, _ in paso.bloques if isinstance(b, Tabla)
        }
        assert {"Opiniones de pertinencia emitidas", "Actos protocolarios", "Acompañamiento a las áreas",
                "Instrumentos que vencen en los 90 días siguientes", "Convenios en trámite, por etapa"} <= titulos  # fmt: skip


# -- cualquier día ---------------------------------------------------------------

DIAS = (date(2027, 1, 1), date(2027, 1, 4), date(2028, 2, 29), date(2026, 12, 31), date(2026, 6, 7))


@pytest.mark.parametrize("dia", DIAS)
def test_nada_pasa_despues_de_hoy_y_todo_va_en_orden(dia):
    todo = fichas(dia.year, dia)
    limite = dia.isoformat()
    for instrumento in todo["instrumentos"]:
        fechas = [fecha for _, fecha in instrumento["pasos"]]
        assert fechas == sorted(fechas) and fechas[-1] <= limite
        assert all(date.fromisoformat(f).weekday() < 5 for f in fechas)
        assert not instrumento["firma"] or not instrumento["hasta"] or instrumento["firma"] < instrumento["hasta"]
    for opinion in todo["opiniones"]:
        assert opinion["solicitada"] <= (opinion["fecha"] or limite) <= limite
    assert all(d["fecha"] <= limite for d in todo["documentos"])
    assert all(p["hecho"] <= limite for p in todo["pendientes"])
    assert all(a["fecha"] <= limite for a in todo["actos"] if a["estado"] == "celebrado")
    assert all(a["fecha"] > limite for a in todo["actos"] if a["estado"] == "programado")
    assert fichas(dia.year, dia) == todo


@pytest.mark.parametrize("dia", DIAS[1:3])
def test_se_carga_cualquier_dia(dia):
    """A principios de enero casi nada se ha firmado este año, y el 29 de febrero no tiene su igual el que viene."""
    with en(dia):
        cargar(hoy=hoy(), ficticio=True, avisar=lambda _: None, contrasena="demostración")
        assert de_demostracion().count() == 31
        assert {c.etapa for c in de_demostracion()} == set(Etapa.values)
        assert CambioDeEtapa.objects.filter(automatico=True).count() == 1
        assert not Actualizacion.objects.filter(sesion__fecha_celebrada__gt=dia + timedelta(days=1)).exists()
