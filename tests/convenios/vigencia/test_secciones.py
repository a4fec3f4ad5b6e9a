"""Lo que la vigencia cuenta a un informe, y su hoja de cálculo."""

import io
from datetime import date

import pytest
from django.forms import ValidationError

from convenios.acciones import cambiar_etapa
from convenios.estados import Decision, Etapa
from convenios.models import Convenio, Renovacion
from convenios.vigencia.resources import RenovacionRecurso
from convenios.vigencia.secciones import cuantos_por_vencer, cuantos_renovados
from tests.fabricas import convenios
from tests.fabricas import vigencia as fabrica
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import SECCIONES, Contexto

pytestmark = pytest.mark.django_db
TRIMESTRE = Contexto(Periodo(date(2025, 1, 1), date(2025, 3, 31)))


def vence(hasta, **datos):
    return convenios.convenio(fecha_firma=date(2023, 1, 10), vigencia="fecha", vigencia_hasta=hasta, **datos)


def seccion(**parametros):
    return SECCIONES["convenios.vencimientos"].bloques(TRIMESTRE, parametros)


def titulos(**parametros):
    return [[fila[1].split(" — ")[0] for fila in tabla.filas] for tabla in seccion(**parametros)]


@pytest.fixture
def mundo():
    si, despues = vence(date(2025, 2, 1), titulo="Venció"), vence(date(2025, 5, 1), titulo="Vencerá")
    vence(date(2025, 12, 1), titulo="Lejos"), vence(date(2024, 12, 1), titulo="Antes")
    antes = vence(date(2025, 3, 1), titulo="Concluido antes")
    cambiar_etapa(convenio=antes, etapa=Etapa.CONCLUIDO, fecha=date(2024, 6, 1), nota="De común acuerdo.", por=None)
    fabrica.renovacion(si, decision=Decision.NO_SE_RENUEVA, fecha_decision=date(2025, 1, 20))
    fabrica.renovacion(despues, decision=Decision.SE_RENUEVA, fecha_decision=date(2025, 4, 2))
    return si, despues


def test_lo_que_vence_lo_que_vendra_y_lo_decidido(mundo):
    assert titulos() == [["Venció"], ["Vencerá"], ["Venció"]]
    assert titulos(cuales="vencen") == [["Venció"]]
    assert titulos(cuales="despues", dias=300) == [["Vencerá", "Lejos"]]
    assert titulos(cuales="decididas") == [["Venció"]]
    assert titulos(ambito="internacional") == titulos(gestion="acompanada") == []
    (tabla,) = seccion(cuales="despues")
    assert tabla.filas[0][-1] == "Sin iniciar"  # al terminar el periodo aún no se decidía
    assert seccion(cuales="vencen")[0].filas[0][-1] == "No se renueva"


def test_parametros_que_no_valen():
    for malos in ({"cuales": "x"}, {"dias": 0}, {"dias": 10**9}, {"ambito": "x"}):
        with pytest.raises(ValidationError):
            seccion(**malos)


def test_cifras(mundo):
    _, despues = mundo
    assert cuantos_por_vencer(TRIMESTRE) == 1 and cuantos_renovados(TRIMESTRE) == 0
    renovacion = Renovacion.objects.get(convenio=despues)
    fabrica.acciones.crear_sucesor(renovacion=renovacion, folio="S", titulo="S", por=None)
    fabrica.firmar(renovacion.sucesor, date(2025, 3, 1))
    assert cuantos_renovados(TRIMESTRE) == 1


def test_la_hoja_va_y_vuelve_igual(mundo):
    fabrica.acciones.crear_sucesor(
        renovacion=Renovacion.objects.get(decision="renueva"), folio="S-1", titulo="S", por=None
    )
    contenido = hojas.exportar(RenovacionRecurso, Renovacion.objects.all(), "xlsx")

    def importa(por):
        return hojas.importar_archivo(RenovacionRecurso, io.BytesIO(contenido), por=por, nombre="r.xlsx")

    captura, direccion = fabrica.con_papel(roles.CAPTURA), fabrica.con_papel(roles.DIRECCION)
    igual = importa(captura)
    assert igual.correcto and (igual.nuevos, igual.cambiados) == (0, 0), igual.errores
    antes = sorted(Renovacion.objects.values_list("convenio", "decision", "fecha_decision", "sucesor__folio"))
    Renovacion.objects.all().delete()
    negada = importa(captura)
    assert not negada.correcto and "Dirección" in str(negada.errores)
    assert importa(direccion).correcto
    despues = sorted(Renovacion.objects.values_list("convenio", "decision", "fecha_decision", "sucesor__folio"))
    assert despues == antes and Convenio.objects.filter(renueva_a__isnull=False).count() == 1
