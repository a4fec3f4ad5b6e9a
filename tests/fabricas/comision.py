"""Una comisión con su serie, su integración y sesiones, hechas por las acciones de la sala."""

from datetime import date

from vinculacion.archivo.models import Serie
from vinculacion.comision import acciones
from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.comision.models import Comision, Integracion, Sesion

CAPACIDADES = (
    ("presidencia", "Presidencia"),
    ("integrante", "Integrante: Consejería 2"),
    ("integrante", "Integrante: Consejería 3"),
    ("secretaria_tecnica", "Secretaría técnica"),
    ("partido", "Partido Uno"),
    ("area", "Secretaría Administrativa"),
)


def comision(siglas: str = "CVOE", **datos) -> Comision:
    serie, _ = Serie.objects.get_or_create(
        clave=siglas.lower(), defaults={"nombre": f"Acuerdos {siglas}", "patron": siglas + "/{numero:03}/{anio:02}"}
    )
    return acciones.crear_comision(
        por=None, nombre=f"Comisión {siglas}", siglas=siglas, desde=date(2017, 8, 1), serie=serie, **datos
    )


def integrar(destino: Comision, capacidades=CAPACIDADES, desde=date(2020, 1, 1), hasta=None) -> list[Integracion]:
    return [
        acciones.crear_integracion(
            comision=destino, rol=rol, nombre=nombre, desde=desde, hasta=hasta, orden=orden, por=None
        )
        for orden, (rol, nombre) in enumerate(capacidades, start=1)
    ]


def sesion(de: Comision, fecha: date, *, celebrada: bool = True, **datos) -> Sesion:
    if celebrada:
        datos |= {"estado": EstadoDeSesion.CELEBRADA, "fecha_celebrada": fecha}
    return acciones.crear_sesion(comision=de, fecha_programada=fecha, por=None, **datos)


def trimestre(de: Comision) -> list[Sesion]:
    """Las tres ordinarias del cuarto trimestre de 2020: décima, décima primera y décima segunda."""
    fechas = (date(2020, 10, 26), date(2020, 11, 26), date(2020, 12, 22))
    return [sesion(de, fecha, numero=numero) for numero, fecha in enumerate(fechas, start=10)]
