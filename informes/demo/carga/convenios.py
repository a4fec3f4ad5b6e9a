"""Instrumentos por el camino de sus etapas, y los avances que se reportaron en sesión."""

from datetime import date
from typing import Any

from convenios.acciones import guardar_convenio
from convenios.camino.acciones import cambiar_etapa
from convenios.estados import FIRMADAS, Etapa, Gestion, Vigencia
from convenios.models import Convenio, TipoInstrumento
from informes.demo import convenios as datos
from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.nucleo.modelos import guarda

from . import convenios_opiniones as opiniones
from . import convenios_vida as vida
from .mundo import Mundo


def catalogos(mundo: Mundo) -> dict[str, TipoInstrumento]:
    existentes = {t.nombre: t for t in TipoInstrumento.objects.all()}
    for nombre, nivel, requiere_opinion in datos.TIPOS:
        if nombre not in existentes:
            tipo = TipoInstrumento(nombre=nombre, nivel=nivel, requiere_opinion=requiere_opinion)
            existentes[nombre] = guarda(tipo, mundo.direccion)
    return existentes


def hechos(mundo: Mundo) -> None:
    """Los que nombran los documentos, sus opiniones y los avances de las sesiones de octubre a diciembre de 2020."""
    tipos = catalogos(mundo)
    series = opiniones.series(mundo)
    plantilla = opiniones.plantilla(mundo)
    for ficha in datos.INSTRUMENTOS:
        _nacer(mundo, tipos, ficha | {"objeto": ficha.get("objeto", datos.SUPUESTO)})
    for opinion in datos.OPINIONES:
        opiniones.historica(mundo, opinion, series["opiniones-utvoe"], plantilla)
    for ficha in datos.INSTRUMENTOS:
        _andar(mundo, ficha)
    vida.actualizaciones(
        mundo,
        [
            (mundo.convenios[ficha["folio"]], mundo.sesiones["CVOE", 2020, numero])
            for ficha in datos.INSTRUMENTOS
            for numero in ficha.get("sesiones", ())
        ],
    )


def ficticios(mundo: Mundo, anio: dict[str, Any]) -> None:
    """Nacen todos, se opina de ellos en el orden de la serie y luego cada uno da sus pasos."""
    tipos = catalogos(mundo)
    de_convenios = anio["convenios"]
    for ficha in de_convenios["instrumentos"]:
        _nacer(mundo, tipos, ficha)
    serie = opiniones.series(mundo)["opiniones-dvoe"]
    opiniones.ficticias(mundo, de_convenios["opiniones"], serie, opiniones.plantilla(mundo))
    for ficha in de_convenios["instrumentos"]:
        _andar(mundo, ficha)
    vida.documentos(mundo, de_convenios["documentos"])
    vida.pendientes(mundo, de_convenios["pendientes"])
    vida.actos(mundo, de_convenios["actos"])
    vida.compromisos(mundo, de_convenios["compromisos"])
    vida.renovaciones(mundo, de_convenios["renovaciones"])
    _reportar(mundo, de_convenios["instrumentos"], anio["anio"])


def _nacer(mundo: Mundo, tipos: dict[str, TipoInstrumento], ficha: dict[str, Any]) -> None:
    """En su primera etapa; el que entró ya firmado, con su firma."""
    etapa, fecha = ficha["pasos"][0]
    firmado = etapa in FIRMADAS
    hasta, texto = ficha.get("hasta", ""), ficha.get("texto", "")
    vigencia = Vigencia.FECHA if hasta else Vigencia.COMPROMISOS if texto else Vigencia.INDEFINIDA
    convenio = Convenio(
        folio=ficha["folio"],
        tipo=tipos[ficha["tipo"]],
        titulo=ficha["titulo"],
        padre=_convenio(mundo, ficha["padre"]) if ficha.get("padre") else None,
        objeto=ficha["objeto"],
        ambito=ficha.get("ambito", "nacional"),
        gestion=ficha.get("gestion", Gestion.PROPIA),
        responsable=mundo.personas.get(ficha.get("responsable", "")),
        etapa=etapa,
        fecha_firma=date.fromisoformat(ficha.get("firma") or fecha) if firmado else None,
        vigencia=vigencia,
        vigencia_desde=vida.dia(ficha.get("desde", "")),
        vigencia_hasta=vida.dia(hasta),
        vigencia_texto=texto,
    )
    mundo.convenios[convenio.folio] = guardar_convenio(
        convenio=convenio,
        contrapartes=[mundo.organismos[c] for c in ficha["contrapartes"]],
        areas=[mundo.areas[a] for a in ficha["areas"]],
        por=mundo.captura,
        fecha=None if etapa == Etapa.SUSCRITO else date.fromisoformat(fecha),
    )


def _convenio(mundo: Mundo, folio: str) -> Convenio:
    return mundo.convenios.get(folio) or Convenio.objects.get(folio=folio)


def _andar(mundo: Mundo, ficha: dict[str, Any]) -> None:
    convenio = mundo.convenios[ficha["folio"]]
    for etapa, fecha in ficha["pasos"][1:]:
        con_archivo = etapa == Etapa.SUSCRITO and not ficha.get("sin_archivo")
        convenio = cambiar_etapa(
            convenio=convenio,
            etapa=etapa,
            fecha=date.fromisoformat(fecha),
            nota=ficha.get("nota", "") if etapa not in (Etapa.VALIDACION, Etapa.SUSCRIPCION) else "",
            archivo=vida.archivo(f"{convenio.folio}, firmado") if con_archivo else None,
            por=mundo.direccion,
        )
    mundo.convenios[convenio.folio] = convenio


def _reportar(mundo: Mundo, fichas: list[dict[str, Any]], anio: int) -> None:
    """De los que siguen suscritos, uno de cada tres en cada sesión posterior a su firma."""
    firmados = [c for f in fichas if (c := mundo.convenios[f["folio"]]).etapa == Etapa.SUSCRITO]
    sesiones = [s for (_, a, _), s in mundo.sesiones.items() if a == anio and s.estado == EstadoDeSesion.CELEBRADA]
    vida.actualizaciones(
        mundo,
        [
            (convenio, sesion)
            for i, convenio in enumerate(firmados)
            for j, sesion in enumerate(sesiones)
            if (i + j) % 3 == 0 and convenio.fecha_firma and sesion.fecha >= convenio.fecha_firma
        ],
    )
