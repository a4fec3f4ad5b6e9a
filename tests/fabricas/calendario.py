"""Un calendario capturado y una sesión ya convocada con sus entregas."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tests.fabricas import comision as fabrica
from vinculacion.comision.calendario.reglas import Fecha
from vinculacion.comision.models import Comision, Convocatoria, Entrega, Sesion


def fechas(anio: int = 2026, cuantas: int = 12, **datos) -> list[Fecha]:
    """El día 20 de cada mes, a las 12:00."""
    datos = {"hora": time(12), "modalidad": "virtual", **datos}
    return [Fecha(numero=n, fecha=date(anio, n, 20), **datos) for n in range(1, cuantas + 1)]


def convocada(de: Comision, fecha: date, **datos) -> Sesion:
    """Convocada el 1 de mayo de 2026; salió el correo a todas las capacidades de la comisión."""
    sesion = fabrica.sesion(de, fecha, celebrada=False, estado="convocada", hora_programada=time(12), **datos)
    cuando = datetime(2026, 5, 1, 9, tzinfo=ZoneInfo("America/Mexico_City"))
    aviso = Convocatoria.objects.create(
        sesion=sesion, asunto="Convocatoria", mensaje="Se convoca.", fecha_de_la_sesion=fecha,
        hora_de_la_sesion=time(12), emitida_el=cuando,
    )  # fmt: skip
    for capacidad in de.integraciones.all():
        Entrega.objects.create(convocatoria=aviso, integracion=capacidad, estado="enviada", cuando=cuando)
    return sesion
