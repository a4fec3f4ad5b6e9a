"""Informes y plantillas de prueba."""

from datetime import date

from informes import acciones
from informes.estados import Numeracion
from informes.models import Apartado, Informe, Plantilla
from vinculacion.archivo.models import Serie
from vinculacion.comision.models import Comision


def comision(siglas: str = "CVOE") -> Comision:
    serie, _ = Serie.objects.get_or_create(
        clave=f"acuerdos-{siglas.lower()}",
        defaults={"nombre": f"Acuerdos {siglas}", "patron": siglas + "/{numero:03}/{anio:02}"},
    )
    comision, _ = Comision.objects.get_or_create(
        siglas=siglas, defaults={"nombre": "Comisión de prueba", "desde": date(2020, 1, 1), "serie": serie}
    )
    return comision


def plantilla(clave: str = "trimestral", titulos=("Introducción",)) -> Plantilla:
    nueva = acciones.guardar_plantilla(plantilla=Plantilla(clave=clave, nombre=f"Plantilla {clave}"), por=None)
    for titulo in titulos:
        apartado(nueva, titulo)
    return nueva


def apartado(documento, titulo: str, padre: Apartado | None = None, **mas) -> Apartado:
    mas.setdefault("numeracion", Numeracion.ARABIGO)
    duenio = {"plantilla" if isinstance(documento, Plantilla) else "informe": documento}
    return acciones.guardar_apartado(apartado=Apartado(titulo=titulo, padre=padre, **duenio, **mas), por=None)


def informe(plantilla_: Plantilla | None = None, clave: str = "trimestral-2020-4", **mas) -> Informe:
    datos = {
        "titulo": "Cuarto informe trimestral",
        "comision": comision(),
        "inicio": date(2020, 10, 1),
        "fin": date(2020, 12, 31),
    } | mas
    return acciones.guardar_informe(informe=Informe(clave=clave, plantilla=plantilla_, **datos), por=None)
