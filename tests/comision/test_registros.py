"""La asistencia y los votos renglón por renglón: se consultan, se exportan y se importan desde la página."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.fabricas import demo
from tests.fabricas.base import con_papel
from vinculacion.comision import acciones
from vinculacion.comision.estados import Rol
from vinculacion.comision.models import Asistencia, Integracion, Sesion, Voto
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def demostracion():
    demo.cargar(demo.DIA)


@pytest.mark.parametrize(("ruta", "modelo"), [("asistencia/registros", Asistencia), ("votos", Voto)])
def test_la_lista_se_ve_y_se_exporta(client, demostracion, ruta, modelo):
    client.force_login(con_papel(roles.CONSEJERIA))
    with CaptureQueriesContext(connection) as consultas:
        pagina = client.get(f"/comision/{ruta}/?por=100")
    assert pagina.status_code == 200 and len(consultas) < 25
    hoja = client.get(f"/comision/{ruta}/?_export=csv")
    renglones = hoja.getvalue() if hoja.streaming else hoja.content
    assert renglones.count(b"\n") >= modelo.objects.count() > 10
    assert client.get(f"/comision/{ruta}/importar/").status_code == 403
    client.force_login(con_papel(roles.AREA))
    assert client.get(f"/comision/{ruta}/").status_code == 403
    client.force_login(con_papel(roles.SECRETARIA))
    assert client.get(f"/comision/{ruta}/importar/").status_code == 200


def test_la_integracion_de_una_sesion_cerrada_no_cambia(demostracion):
    cerrada = Sesion.objects.filter(cerrada=True).order_by("fecha_celebrada").first()
    nueva = Integracion(comision=cerrada.comision, rol=Rol.INTEGRANTE, nombre="Integrante de más", desde=cerrada.fecha)
    with pytest.raises(ValidationError, match=f"sesiones cerradas: {cerrada.clave}"):
        acciones.guardar_integracion(integracion=nueva, por=None)
    ausente = Integracion.objects.filter(comision=cerrada.comision, hasta=None, desde__lt=cerrada.fecha).first()
    ausente.hasta = ausente.desde
    with pytest.raises(ValidationError, match="sesiones cerradas"):
        acciones.guardar_integracion(integracion=ausente, por=None)
    ausente.refresh_from_db()
    ausente.correo = "otra@iecm.example"
    acciones.guardar_integracion(integracion=ausente, por=None)
