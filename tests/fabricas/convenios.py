"""Convenios de prueba, con las sesiones en que reportan."""

from datetime import date
from itertools import count

from convenios import acciones
from convenios.estados import Etapa
from convenios.models import Convenio, TipoInstrumento
from tests.fabricas import directorio
from vinculacion.archivo.models import Serie
from vinculacion.comision.models import Comision, Sesion

_numero = count(1)


def tipo(nombre: str = "Apoyo y colaboración", *, requiere_opinion: bool = False) -> TipoInstrumento:
    """Sin opinión obligatoria: la piden sólo las pruebas que tratan de ella."""
    return TipoInstrumento.objects.get_or_create(nombre=nombre, defaults={"requiere_opinion": requiere_opinion})[0]


def convenio(*, contrapartes=None, areas=None, fecha=None, por=None, **datos) -> Convenio:
    """En negociación, salvo que se diga otra etapa; con ``fecha_firma`` sola, suscrito."""
    n = next(_numero)
    if datos.get("fecha_firma"):
        datos.setdefault("etapa", Etapa.SUSCRITO)
    base = {"folio": f"IECM/CONV/P-{n:06}", "titulo": f"Convenio de prueba {n}", "objeto": "Colaborar."}
    base["tipo"] = datos.pop("tipo", None) or tipo()
    return acciones.guardar_convenio(
        convenio=Convenio(**{**base, **datos}),
        contrapartes=[directorio.organismo()] if contrapartes is None else contrapartes,
        areas=[directorio.area()] if areas is None else areas,
        fecha=fecha,
        por=por,
    )


def comision(siglas: str = "CVOE") -> Comision:
    serie, _ = Serie.objects.get_or_create(
        clave=siglas.lower(), defaults={"nombre": f"Acuerdos {siglas}", "patron": siglas + "/{numero:03}/{anio:02}"}
    )
    return Comision.objects.get_or_create(
        siglas=siglas, defaults={"nombre": "Comisión de prueba", "desde": date(2019, 1, 1), "serie": serie}
    )[0]


def sesion(numero: int, fecha: date, **datos) -> Sesion:
    """Ordinaria y celebrada."""
    base = {
        "comision": datos.pop("comision", None) or comision(),
        "anio": fecha.year,
        "tipo": "ordinaria",
        "estado": "celebrada",
        "fecha_programada": fecha,
        "fecha_celebrada": fecha,
    }
    return Sesion.objects.create(numero=numero, **{**base, **datos})


def sesiones_de_2020() -> list[Sesion]:
    """Décima, décima primera y décima segunda."""
    return [sesion(10, date(2020, 10, 26)), sesion(11, date(2020, 11, 26)), sesion(12, date(2020, 12, 17))]
