"""Las opiniones de pertinencia: sus series, su plantilla y las que se emitieron, en orden de su número."""

from collections import Counter
from datetime import date
from typing import Any

from convenios.models import Opinion, PlantillaDeOpinion
from convenios.opiniones.acciones import cancelar, emitir, guardar_opinion, guardar_plantilla
from convenios.opiniones.redaccion import borrador
from informes.demo import convenios as datos
from vinculacion.archivo.acciones import guardar_serie
from vinculacion.archivo.models import Serie

from .mundo import Mundo


def series(mundo: Mundo) -> dict[str, Serie]:
    hechas = {s.clave: s for s in Serie.objects.all()}
    for clave, nombre, patron in datos.SERIES:
        if clave not in hechas:
            hechas[clave] = guardar_serie(serie=Serie(clave=clave, nombre=nombre, patron=patron), por=mundo.direccion)
    return hechas


def plantilla(mundo: Mundo) -> PlantillaDeOpinion:
    nombre, texto = datos.PLANTILLA_DE_OPINION
    hecha = PlantillaDeOpinion.objects.filter(nombre=nombre).first()
    return hecha or guardar_plantilla(plantilla=PlantillaDeOpinion(nombre=nombre, texto=texto), por=mundo.direccion)


def historica(mundo: Mundo, ficha: dict[str, Any], serie: Serie, plantilla: PlantillaDeOpinion) -> None:
    """Con el número que ya tenía."""
    complementa = ficha.get("complementa")
    anterior = Opinion.objects.get(folio=complementa) if complementa else None
    opinion = _redactar(mundo, ficha, serie, plantilla, anterior)
    _emitir(mundo, opinion, ficha, folio=ficha["numero"])


def ficticias(mundo: Mundo, fichas: list[dict[str, Any]], serie: Serie, plantilla: PlantillaDeOpinion) -> None:
    """Vienen por fecha, y en ese orden toman su número. La segunda de un instrumento complementa a la primera.

    Sólo la última se emite con su PDF: hacer el de todas tardaría más que el resto de la carga.
    """
    primeras: dict[str, Opinion] = {}
    dadas: Counter[int] = Counter()
    ultima = [f for f in fichas if f["fecha"] and not f["lugar"]][-1]
    for ficha in fichas:
        primera = primeras.get(ficha["folio"])
        opinion = _redactar(mundo, ficha, serie, plantilla, primera)
        if ficha["fecha"]:
            opinion = _emitir(mundo, opinion, ficha, "" if ficha is ultima else _numero(serie, ficha, primera, dadas))
        if ficha["motivo"]:
            cancelar(opinion=opinion, motivo=ficha["motivo"], por=mundo.direccion)
        primeras.setdefault(ficha["folio"], opinion)


def _numero(serie: Serie, ficha: dict[str, Any], primera: Opinion | None, dadas: Counter[int]) -> str:
    if primera is not None and primera.numero and primera.anio:
        return serie.formato(primera.numero, primera.anio, ("", "bis", "ter")[ficha["lugar"]])
    anio = int(ficha["fecha"][:4])
    dadas[anio] += 1
    return serie.formato(dadas[anio], anio)


def _redactar(
    mundo: Mundo, ficha: dict[str, Any], serie: Serie, plantilla: PlantillaDeOpinion, complementa: Opinion | None
) -> Opinion:
    convenio = mundo.convenios[ficha["folio"]]
    opinion = Opinion(
        convenio=convenio,
        serie=serie,
        complementa=complementa,
        solicitada=date.fromisoformat(ficha["solicitada"]),
        plantilla=plantilla,
    )
    if ficha["observacion"]:
        opinion.texto = f"{borrador(opinion, plantilla)}\n{ficha['observacion']}\n"
    return guardar_opinion(opinion=opinion, areas=list(convenio.areas.all()), por=mundo.captura)


def _emitir(mundo: Mundo, opinion: Opinion, ficha: dict[str, Any], folio: str = "") -> Opinion:
    return emitir(
        opinion=opinion,
        sentido=ficha["sentido"],
        fecha=date.fromisoformat(ficha["fecha"]),
        folio=folio,
        por=mundo.direccion,
    )
