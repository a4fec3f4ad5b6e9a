"""Las columnas nuevas de las hojas de la comisión: entran, salen y no rodean las reglas."""

import io
from datetime import date, time

import pytest

from tests.fabricas import cifras as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision import acciones, resources
from vinculacion.comision.models import Acuerdo, Asistencia, Integracion, Punto, Sesion, Voto
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db


def importa(clave, *lineas, contenido=None):
    archivo = io.BytesIO(contenido or "\n".join(lineas).encode())
    archivo.name = f"{clave}.csv"
    return hojas.importar_archivo(clave, archivo, por=persona(), simular=False)


def errores(resultado):
    return " ".join(str(e) for e in resultado.errores)


@pytest.fixture
def anio():
    hecho = fabrica.anio_de_cambios()
    hecho.punto = acciones.agregar_punto(
        sesion=hecho.de_a[0], titulo="Informe", solicitud="aprobacion", resolucion="aprobado", por=None
    )
    hecho.acuerdo = acciones.tomar_acuerdo(
        sesion=hecho.de_a[0], texto="Se pide.", estado="cumplido", cumplido_en=hecho.de_a[1], por=None
    )
    return hecho


@pytest.mark.parametrize(
    "recurso",
    [
        resources.ComisionRecurso,
        resources.IntegracionRecurso,
        resources.SesionRecurso,
        resources.PuntoRecurso,
        resources.AsistenciaRecurso,
        resources.AcuerdoRecurso,
    ],
)
@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_un_anio_con_dos_comisiones_va_y_vuelve_igual(anio, recurso, formato):
    Sesion.objects.filter(pk=anio.de_a[1].pk).update(cerrada=True, hora_programada=time(11))
    contenido = hojas.exportar(recurso, recurso().consulta(), formato)
    resultado = hojas.importar_archivo(
        recurso.clave, io.BytesIO(contenido), nombre=f"x.{formato}", por=persona(), simular=False
    )
    assert resultado.correcto, errores(resultado)
    assert resultado.iguales == resultado.filas > 0


def test_la_comision_trae_plazos_y_quorum(anio):
    columnas = (
        "Siglas,Anticipación de una ordinaria,Anticipación de una extraordinaria,Anticipación de una urgente,Quórum"
    )
    assert importa("comisiones", columnas, "CVOE,48,12,1,3").correcto
    anio.a.refresh_from_db()
    assert (anio.a.horas_ordinaria, anio.a.horas_extraordinaria, anio.a.horas_urgente, anio.a.quorum) == (48, 12, 1, 3)
    assert "Quórum" in errores(importa("comisiones", "Siglas,Quórum", "CVOE,0"))


def test_el_correo_de_la_integracion(anio):
    encabezado = "Comisión,Calidad,Oficina, partido o área,Desde,Correo".replace(
        "Oficina, partido", '"Oficina, partido'
    )
    encabezado = encabezado.replace("o área,", 'o área",')
    assert importa("integracion", encabezado, "CVOE,Integrante,Consejería 3,01/01/2022,tres@iecm.example").correcto
    assert Integracion.objects.get(pk=anio.c.dora.pk).correo == "tres@iecm.example"
    assert "Correo" in errores(importa("integracion", encabezado, "CVOE,Integrante,Consejería 3,01/01/2022,tres"))


def test_la_sesion_trae_calendario_y_hora_y_no_se_cierra_desde_la_hoja(anio):
    columnas = "Comisión,Año,Tipo,Número,Fecha programada,Fecha del calendario,Hora programada,Cerrada"
    resultado = importa("sesiones", columnas, "COVIN,2022,Ordinaria,3,10/11/2022,10/11/2022,11:00,Sí")
    assert resultado.correcto, errores(resultado)
    nueva = Sesion.objects.get(comision=anio.b, numero=3)
    assert (nueva.fecha_calendario, nueva.hora_programada, nueva.cerrada) == (date(2022, 11, 10), time(11), False)


def test_la_resolucion_de_lo_pasado_entra_y_no_contradice_los_votos(anio):
    columnas = "Sesión,Número,Título,Resolución,Lo que se dijo"
    resultado = importa(
        "puntos", columnas, "CVOE: 01SO/2022,1,Informe,Aprobado con cambios,La Consejería 3 pidió datos."
    )
    assert resultado.correcto, errores(resultado)
    anio.punto.refresh_from_db()
    assert (anio.punto.resolucion, anio.punto.intervenciones) == ("con_cambios", "La Consejería 3 pidió datos.")
    Voto.objects.create(punto=anio.punto, integracion=anio.c.beto, sentido="favor")
    assert "tiene votos" in errores(importa("puntos", columnas, "CVOE: 01SO/2022,1,Informe,Rechazado,"))
    acciones.crear_sesion(comision=anio.b, fecha_programada=date(2022, 11, 10), por=None)
    assert "está programada" in errores(importa("puntos", columnas, "COVIN: 03SO/2022,1,Informe,Aprobado,"))
    assert Punto.objects.count() == 1


def test_la_asistencia_con_quien_suple(anio):
    columnas = "Sesión,Capacidad,Asistencia,Motivo,Quién suple"
    resultado = importa(
        "asistencia",
        columnas,
        "COVIN: 02SO/2022,Presidencia,X,,",
        "COVIN: 02SO/2022,Consejería 2,S,,Coordinación de asesores",
        "COVIN: 02SO/2022,En representación de la UTAJ,J,Licencia,",
    )
    assert resultado.correcto, errores(resultado)
    marcas = Asistencia.objects.filter(sesion=anio.de_b[1]).values_list("estado", "suplente", "motivo")
    assert set(marcas) == {
        ("presente", "", ""),
        ("suplente", "Coordinación de asesores", ""),
        ("justificada", "", "Licencia"),
    }
    assert "sólo si asistió quien suple" in errores(
        importa("asistencia", columnas, "COVIN: 02SO/2022,Presidencia,X,,Alguien")
    )


def test_una_sesion_cerrada_no_cambia_desde_la_hoja(anio):
    Sesion.objects.filter(pk=anio.de_a[0].pk).update(cerrada=True)
    for clave, columnas, fila in (
        ("puntos", "Sesión,Número,Título", "CVOE: 01SO/2022,1,Otro título"),
        ("asistencia", "Sesión,Capacidad,Asistencia", "CVOE: 01SO/2022,Consejería 3,X"),
        ("sesiones", "Comisión,Año,Tipo,Número,Notas", "CVOE,2022,Ordinaria,1,Otra nota"),
    ):
        assert "está cerrada" in errores(importa(clave, columnas, fila)), clave


def test_en_que_sesion_se_cumplio(anio):
    contenido = hojas.exportar(resources.AcuerdoRecurso, Acuerdo.objects.all(), "csv").decode("utf-8-sig")
    assert "Sesión en que se declaró cumplido" in contenido
    assert "02SO/2022" in contenido
