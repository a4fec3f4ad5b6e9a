"""Un informe con su sesión, su punto y su acuerdo, listo para aprobarse."""

from datetime import date

from informes.acciones import pasar_informe
from informes.estados import EstadoDeInforme
from informes.models import Informe
from tests.fabricas import informes as fabrica
from vinculacion.comision.acciones import agregar_punto, crear_sesion, tomar_acuerdo
from vinculacion.comision.models import Acuerdo, Comision, Sesion

HASTA_PRESENTADO = (EstadoDeInforme.REVISION, EstadoDeInforme.PRESENTADO)
HASTA_APROBADO = (*HASTA_PRESENTADO, EstadoDeInforme.APROBADO)
HASTA_PUBLICADO = (*HASTA_APROBADO, EstadoDeInforme.PUBLICADO)


def sesion(comision: Comision, numero: int = 1, fecha: date = date(2021, 1, 21)) -> Sesion:
    return crear_sesion(
        comision=comision, fecha_programada=fecha, fecha_celebrada=fecha, numero=numero, estado="celebrada", por=None
    )


def acuerdo(celebrada: Sesion) -> Acuerdo:
    punto = agregar_punto(sesion=celebrada, titulo="Informe trimestral", por=None)
    return tomar_acuerdo(sesion=celebrada, punto=punto, texto="Se aprueba el informe.", por=None)


def informe(**mas) -> Informe:
    """Con las sesiones de su comisión en un apartado: cambian si se celebra otra."""
    comision = fabrica.comision()
    suyo = acuerdo(sesion(comision))
    nuevo = fabrica.informe(punto=suyo.punto, acuerdo=suyo, **mas)
    fabrica.apartado(nuevo, "Introducción", narrativa="Se informa lo hecho en el periodo.")
    sesiones = fabrica.apartado(nuevo, "Sesiones", narrativa="Sesiones que se celebraron.")
    sesiones.secciones.create(
        seccion="comision.sesiones_celebradas", titulo="Sesiones celebradas", parametros={"formato": "renglones"}
    )
    sesion(comision, numero=11, fecha=date(2020, 11, 25))
    return nuevo


def llevar(informe: Informe, *estados: str, por=None) -> Informe:
    for estado in estados:
        informe = pasar_informe(informe=informe, estado=estado, por=por)
    return informe
