"""Instrumentos por el camino de sus etapas y los avances que se reportaron en sesión."""

from datetime import date, timedelta
from typing import Any

from convenios.acciones import cambiar_etapa, guardar_convenio, registrar_actualizaciones
from convenios.estados import Etapa
from convenios.models import Convenio, TipoInstrumento
from informes.demo import convenios as datos
from vinculacion.comision.estados import EstadoDeSesion

from .mundo import Mundo

CAMINO = {
    Etapa.NEGOCIACION: (),
    Etapa.VALIDACION: (Etapa.VALIDACION,),
    Etapa.SUSCRIPCION: (Etapa.VALIDACION, Etapa.SUSCRIPCION),
    Etapa.SUSCRITO: (Etapa.VALIDACION, Etapa.SUSCRIPCION, Etapa.SUSCRITO),
    Etapa.CONCLUIDO: (Etapa.VALIDACION, Etapa.SUSCRIPCION, Etapa.SUSCRITO, Etapa.CONCLUIDO),
    Etapa.NO_CONCRETADO: (Etapa.VALIDACION, Etapa.NO_CONCRETADO),
}


def tipos(mundo: Mundo) -> dict[str, TipoInstrumento]:
    existentes = {t.nombre: t for t in TipoInstrumento.objects.all()}
    for nombre in datos.TIPOS:
        if nombre not in existentes:
            tipo = TipoInstrumento(nombre=nombre)
            tipo._history_user = mundo.captura
            tipo.full_clean()
            tipo.save()
            existentes[nombre] = tipo
    return existentes


def hechos(mundo: Mundo) -> None:
    """El suscrito en el trimestre y los ocho que reportaron avance en las sesiones de octubre a diciembre."""
    catalogo = tipos(mundo)
    ficha = datos.SUSCRITO
    _suscrito(mundo, catalogo, **{k: v for k, v in ficha.items() if k != "ambito"}, ambito=ficha["ambito"])
    agregar = []
    for folio, tipo, titulo, contraparte, firma, area, _, sesiones in datos.CON_AVANCE:
        convenio = _suscrito(
            mundo,
            catalogo,
            folio=folio,
            tipo=tipo,
            titulo=titulo,
            contrapartes=(contraparte,),
            objeto="Registrado para la demostración: la fuente no da su objeto ni su fecha de firma.",
            ambito="nacional",
            area=area,
            firma=firma,
        )
        agregar += [(convenio, mundo.sesiones["CVOE", 2020, numero]) for numero in sesiones]
    registrar_actualizaciones(agregar=agregar, por=mundo.captura)


def _suscrito(mundo: Mundo, catalogo, *, folio, tipo, titulo, contrapartes, objeto, ambito, area, firma) -> Convenio:
    convenio = Convenio(
        folio=folio,
        tipo=catalogo[tipo],
        titulo=titulo,
        objeto=objeto,
        ambito=ambito,
        etapa=Etapa.SUSCRITO,
        fecha_firma=date.fromisoformat(firma),
    )
    convenio._history_user = mundo.captura
    return guardar_convenio(
        convenio=convenio,
        contrapartes=[mundo.organismos[c] for c in contrapartes],
        areas=[mundo.areas[area]],
        por=mundo.captura,
    )


def ficticios(mundo: Mundo, fichas: list[dict[str, Any]], anio: int) -> None:
    """Cada uno nace en negociación y da sus pasos con sus fechas; los vigentes reportan avance."""
    catalogo = tipos(mundo)
    vigentes = [c for c in (_recorrido(mundo, catalogo, f) for f in fichas) if c.etapa == Etapa.SUSCRITO]
    sesiones = [s for (_, a, _), s in mundo.sesiones.items() if a == anio and s.estado == EstadoDeSesion.CELEBRADA]
    registrar_actualizaciones(
        agregar=[
            (convenio, sesion)
            for i, convenio in enumerate(vigentes)
            for j, sesion in enumerate(sesiones)
            if (i + j) % 3 == 0 and sesion.fecha >= convenio.fecha_firma
        ],
        por=mundo.captura,
    )


def _recorrido(mundo: Mundo, catalogo, ficha: dict[str, Any]) -> Convenio:
    inicio = date.fromisoformat(ficha["inicio"])
    hasta = ficha["hasta"]
    convenio = Convenio(
        folio=ficha["folio"],
        tipo=catalogo[ficha["tipo"]],
        titulo=ficha["titulo"],
        objeto=ficha["objeto"],
        ambito=ficha["ambito"],
        gestion=ficha["gestion"],
        vigencia="fecha" if hasta else "indefinida",
        vigencia_hasta=date.fromisoformat(hasta) if hasta else None,
    )
    convenio._history_user = mundo.captura
    convenio = guardar_convenio(
        convenio=convenio,
        contrapartes=[mundo.organismos[c] for c in ficha["contrapartes"]],
        areas=[mundo.areas[ficha["area"]]],
        por=mundo.captura,
        fecha=inicio,
    )
    firma = date.fromisoformat(ficha["firma"]) if ficha["firma"] else None
    for lugar, etapa in enumerate(CAMINO[ficha["etapa"]], 1):
        fecha = inicio + timedelta(days=14 * lugar)
        if etapa == Etapa.SUSCRITO and firma:
            fecha = firma
        elif etapa == Etapa.CONCLUIDO and firma:
            fecha = firma + timedelta(days=240)
        convenio = cambiar_etapa(
            convenio=convenio,
            etapa=etapa,
            fecha=fecha,
            nota="La contraparte desistió (datos ficticios)." if etapa == Etapa.NO_CONCRETADO else "",
            por=mundo.direccion,
        )
    mundo.convenios[convenio.folio] = convenio
    return convenio
