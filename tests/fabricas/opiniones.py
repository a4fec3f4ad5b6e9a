"""Opiniones de prueba, en borrador o emitidas."""

from datetime import date
from importlib import import_module

from convenios.models import Convenio, Opinion, PlantillaDeOpinion
from convenios.opiniones import acciones
from tests.fabricas import convenios
from tests.fabricas.personas import persona
from vinculacion.archivo.models import Serie

PATRON = "IECM/UTVOE/OP/{numero:03}/{anio}"


def serie(clave: str = "opiniones-utvoe", patron: str = PATRON) -> Serie:
    return Serie.objects.get_or_create(clave=clave, defaults={"nombre": "Opiniones de la unidad", "patron": patron})[0]


def plantilla_inicial() -> PlantillaDeOpinion:
    """La que dejan las migraciones; se repone si una prueba con servidor vació la base."""
    inicial = import_module("convenios.migrations.0004_plantilla_de_opinion")
    return PlantillaDeOpinion.objects.get_or_create(nombre=inicial.NOMBRE, defaults={"texto": inicial.TEXTO})[0]


def plantilla(texto: str = "Se revisó «{{ instrumento }}»: sentido {{ sentido }}.") -> PlantillaDeOpinion:
    return PlantillaDeOpinion.objects.get_or_create(nombre="De prueba", defaults={"texto": texto})[0]


def borrador(convenio: Convenio | None = None, *, areas=None, por=None, **datos) -> Opinion:
    base = {"serie": datos.pop("serie", None) or serie(), "texto": "Es pertinente.", "solicitada": date(2020, 3, 2)}
    return acciones.guardar_opinion(
        opinion=Opinion(convenio=convenio or convenios.convenio(), **{**base, **datos}), areas=areas, por=por
    )


def historica(folio: str, fecha: date, convenio: Convenio | None = None, sentido="favorable", **datos) -> Opinion:
    """Emitida fuera del sistema: sin PDF, que tarda."""
    datos.setdefault("solicitada", None)
    nueva = borrador(convenio, **datos)
    return acciones.emitir(opinion=nueva, sentido=sentido, fecha=fecha, folio=folio, por=datos.get("por"))


def emitida(convenio: Convenio | None = None, fecha: date = date(2020, 3, 13), sentido="favorable", **datos) -> Opinion:
    """Con el número que sigue y su PDF."""
    por = datos.pop("por", None) or persona()
    return acciones.emitir(opinion=borrador(convenio, por=por, **datos), sentido=sentido, fecha=fecha, por=por)
