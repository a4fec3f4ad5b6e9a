"""La comisión en hojas de cálculo: de ida y de vuelta."""

import io
from datetime import date

import pytest

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones, resources
from vinculacion.comision.models import Acuerdo, Asistencia, Integracion, Punto, Sesion
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db


def importa(clave, *lineas):
    archivo = io.BytesIO("\n".join(lineas).encode())
    archivo.name = f"{clave}.csv"
    return hojas.importar_archivo(clave, archivo, por=persona(), simular=False)


def sin_errores(resultado):
    assert resultado.correcto, [str(e) for e in resultado.errores]
    return resultado


@pytest.fixture
def cvoe():
    return fabrica.comision()


@pytest.fixture
def lleno(cvoe):
    sesiones = fabrica.trimestre(cvoe)
    capacidades = fabrica.integrar(cvoe)
    for sesion in sesiones:
        for titulo in ("Orden del día", "Informe de convenios"):
            acciones.agregar_punto(sesion=sesion, titulo=titulo, por=None)
        acciones.tomar_acuerdo(sesion=sesion, punto=sesion.puntos.first(), texto="Se aprueba.", por=None)
        acciones.registrar_asistencia(sesion=sesion, estados={c.pk: "presente" for c in capacidades}, por=None)
    return cvoe


@pytest.mark.parametrize(
    "recurso",
    [
        resources.ComisionRecurso,
        resources.IntegracionRecurso,
        resources.TemaRecurso,
        resources.SesionRecurso,
        resources.PuntoRecurso,
        resources.AsistenciaRecurso,
        resources.AcuerdoRecurso,
    ],
)
@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_lo_exportado_vuelve_a_entrar_igual(lleno, recurso, formato):
    acciones.crear_tema(nombre="Convenios", por=None)
    contenido = hojas.exportar(recurso, recurso().consulta(), formato)
    archivo = io.BytesIO(contenido)
    archivo.name = f"x.{formato}"
    resultado = sin_errores(hojas.importar_archivo(recurso.clave, archivo, por=persona(), simular=False))
    assert resultado.iguales == resultado.filas > 0


def test_de_la_hoja_salen_sesiones_puntos_asistencia_y_acuerdos(cvoe):
    fabrica.integrar(cvoe, [("presidencia", "Presidencia")], desde=date(2018, 1, 1), hasta=date(2020, 10, 8))
    (actual,) = fabrica.integrar(cvoe, [("presidencia", "Presidencia")], desde=date(2020, 10, 9))
    sin_errores(
        importa(
            "sesiones",
            "Comisión,Año,Tipo,Número,Fecha programada,Fecha en que se celebró,Estado",
            "CVOE,2020,Ordinaria,10,26/10/2020,26/10/2020,Celebrada",
        )
    )
    sin_errores(importa("puntos", "Sesión,Número,Título", "10SO/2020,1,Orden del día", "10SO/2020,2,Informe"))
    sin_errores(importa("asistencia", "Sesión,Capacidad,Asistencia", "10SO/2020,Presidencia,X"))
    filas = (
        "Comisión,Folio,Sesión,Punto del que sale,Texto",
        "CVOE,CVOE/50/20,10SO/2020,10SO/2020:1,Se aprueba",
    )
    sin_errores(importa("acuerdos", *filas))
    assert sin_errores(importa("acuerdos", *filas)).iguales == 1
    assert Acuerdo.objects.get().folio == "CVOE/050/20"
    assert Acuerdo.objects.get().punto == Punto.objects.get(numero=1)
    assert Asistencia.objects.get().integracion == actual
    assert acciones.tomar_acuerdo(sesion=Sesion.objects.get(), texto="B", por=None).folio == "CVOE/051/20"


def test_los_errores_salen_juntos_y_nada_se_guarda(lleno):
    antes = Acuerdo.objects.count()
    resultado = importa(
        "acuerdos",
        "Comisión,Folio,Sesión,Texto",
        "CVOE,CVOE/060/20,10SO/2020,Bien",
        "CVOE,OTRO/1,10SO/2020,Mal folio",
        "CVOE,CVOE/061/20,99SO/2020,Mala sesión",
        "CVEO,CVOE/062/20,10SO/2020,Mala comisión",
    )
    assert not resultado.correcto
    assert {e.fila for e in resultado.errores} == {3, 4, 5}
    assert any("CVOE" in e.motivo and "Quiso decir" in e.motivo for e in resultado.errores)
    assert Acuerdo.objects.count() == antes


def test_el_mismo_nombre_en_dos_comisiones_se_entiende_por_la_sesion(lleno):
    otra = fabrica.comision("COVIN")
    fabrica.integrar(otra)
    fabrica.sesion(otra, date(2020, 10, 26), numero=9)
    for nombre in ("Integrante: Consejería 2", "covin: integrante:consejeria 3"):
        sin_errores(importa("asistencia", "Sesión,Capacidad,Asistencia", f"09SO/2020,{nombre},X"))
    assert Asistencia.objects.filter(sesion__comision=otra, integracion__comision=otra).count() == 2


def test_nadie_asiste_cuando_no_integraba(lleno):
    Integracion.objects.filter(nombre="Partido Uno").update(hasta=date(2020, 11, 1))
    Asistencia.objects.filter(integracion__nombre="Partido Uno").delete()
    resultado = importa("asistencia", "Sesión,Capacidad,Asistencia", "12SO/2020,Partido Uno,Presente")
    assert "no integraba la comisión" in resultado.errores[0].motivo
