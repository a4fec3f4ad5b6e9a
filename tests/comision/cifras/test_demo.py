"""La comisión de la demostración: lo que dicen los documentos y un año en curso llevado de principio a fin."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction

from informes.demo.carga import cargar
from tests.fabricas.demo import DIA
from vinculacion.comision.models import Acuerdo, Asistencia, Convocatoria, Integracion, Minuta, Punto, Sesion, Voto
from vinculacion.comision.sala.consultas import quorum, votacion
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
FICTICIA = "COVIN"


@pytest.fixture(scope="module", autouse=True)
def demostracion(django_db_setup, django_db_blocker):
    """Siempre el mismo día: a mitad del año ya hubo de todo."""
    dia = datetime.combine(DIA, time(18), tzinfo=UTC)
    with time_machine.travel(dia), django_db_blocker.unblock(), transaction.atomic():
        cargar(hoy=hoy(), ficticio=True, avisar=lambda _: None, contrasena="demostración")
        yield
        transaction.set_rollback(True)


def celebradas():
    return Sesion.objects.filter(comision__siglas=FICTICIA, estado="celebrada").order_by("fecha_celebrada")


def test_las_resoluciones_de_2020_son_las_de_sus_acuerdos():
    puntos = Punto.objects.filter(sesion__comision__siglas="CVOE").exclude(sesion__puntos=None)
    assert not puntos.filter(resolucion="").exists()
    assert not puntos.filter(acuerdos=None, resolucion__in=("aprobado", "con_cambios")).exists()
    assert not puntos.exclude(acuerdos=None).exclude(resolucion__in=("aprobado", "con_cambios")).exists()
    observado = Acuerdo.objects.get(folio="CVOE/045/20").punto
    assert observado.resolucion == "con_cambios"
    # Los documentos no dicen cómo votó cada quien.
    assert not Voto.objects.filter(punto__in=puntos).exists()


def test_el_calendario_de_2021_esta_aprobado():
    sesiones = Sesion.objects.filter(comision__siglas="CVOE", anio=2021)
    assert all(s.fecha_calendario == s.fecha_programada for s in sesiones) and len(sesiones) == 12


def test_lo_pasado_esta_cerrado_con_todo():
    sesiones = list(celebradas())
    assert all(s.cerrada and s.hora_programada and s.hora_inicio and s.hora_fin for s in sesiones)
    assert all(quorum(s).hay for s in sesiones)
    puntos = Punto.objects.filter(sesion__in=sesiones)
    assert not puntos.filter(resolucion="").exists()
    for punto in puntos.filter(solicitud="aprobacion"):
        assert votacion(punto).favor > votacion(punto).contra
    minutas = Minuta.objects.filter(sesion__in=sesiones)
    assert minutas.count() == len(sesiones)
    # La última espera a la sesión que viene; las demás ya se aprobaron.
    assert list(minutas.filter(estado="borrador").values_list("sesion", flat=True)) == [s.pk for s in sesiones[-1:]]


def test_en_noviembre_ya_hubo_de_todo():
    marcas = set(Asistencia.objects.filter(sesion__in=celebradas()).values_list("estado", flat=True))
    assert marcas == {"presente", "ausente", "justificada", "suplente"}
    encargos = Acuerdo.objects.filter(comision__siglas=FICTICIA, area_responsable__isnull=False)
    assert set(encargos.values_list("estado", flat=True)) == {"pendiente", "en_proceso", "cumplido", "sin_efecto"}
    assert all(a.seguimientos.exists() for a in encargos.exclude(estado="pendiente"))
    assert not encargos.filter(estado="cumplido", cumplido_en=None).exists()
    assert set(Voto.objects.values_list("sentido", flat=True)) == {"favor", "contra", "abstencion"}
    assert Punto.objects.filter(resolucion="aplazado").exclude(intervenciones="").exists()
    diferida = celebradas().get(numero=3, tipo="ordinaria")
    assert diferida.fecha_celebrada == diferida.fecha_calendario + timedelta(days=7)
    assert diferida.cambios.filter(despues="diferida").exclude(razon="").exists()
    assert celebradas().filter(tipo="extraordinaria").exists()


def test_la_presidencia_cambia_de_manos():
    por_area = Integracion.objects.filter(comision__siglas=FICTICIA, area__siglas__in=("CE1", "CE2"))
    assert set(por_area.values_list("area__siglas", "rol")) == {
        ("CE1", "presidencia"), ("CE1", "integrante"), ("CE2", "presidencia"), ("CE2", "integrante"),
    }  # fmt: skip


def test_la_convocatoria_ya_se_entrego_y_no_queda_nada_por_enviar():
    (aviso,) = Convocatoria.objects.select_related("sesion")
    assert aviso.sesion.estado == "convocada" and aviso.evidencias.count() == 2
    assert set(aviso.entregas.values_list("estado", flat=True)) == {"enviada", "sin_correo"}
    assert all(e.correo.endswith(".example") for e in aviso.entregas.exclude(estado="sin_correo"))
    assert aviso.entregas.count() == 10
