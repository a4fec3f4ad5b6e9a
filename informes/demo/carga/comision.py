"""Comisión, integración, sesiones con su orden del día y asistencia, y acuerdos."""

from datetime import date, time
from typing import Any

from informes.demo import comision as datos
from vinculacion.archivo.models import Serie
from vinculacion.comision.acciones import (
    agregar_punto,
    crear_comision,
    crear_integracion,
    crear_sesion,
    crear_tema,
    registrar_asistencia,
    tomar_acuerdo,
)
from vinculacion.comision.models import Comision, Integracion, Punto, Sesion, Tema

from .mundo import Mundo

AUSENTE, PRESENTE = "ausente", "presente"


def hechos(mundo: Mundo) -> None:
    """Las sesiones del último trimestre de 2020, la primera de 2021 y el calendario de ese año."""
    temas(mundo)
    comision = nueva(mundo, datos.COMISION)
    capacidades = [
        _capacidad(mundo, comision, orden, nombre, rol, siglas, desde, hasta)
        for orden, (_, nombre, rol, siglas, desde, hasta, _) in enumerate(datos.CAPACIDADES, 1)
    ]
    for columna, fila in enumerate(datos.SESIONES_2020):
        puntos = [(tema, titulo, que, tema in datos.TEMAS_DE_TRAMITE, n) for tema, titulo, que, n in fila["puntos"]]
        sesion = celebrada(mundo, comision, fila["numero"], fila["fecha"], fila["modalidad"], puntos)
        _acuerdos(mundo, sesion, datos.ACUERDOS_2020, puntos)
        asistencia(mundo, sesion, capacidades, [marcas[columna] for *_, marcas in datos.CAPACIDADES])
    _anio_2021(mundo, comision)


def _anio_2021(mundo: Mundo, comision: Comision) -> None:
    puntos = [(tema, titulo, que, tema in datos.TEMAS_DE_TRAMITE, n) for tema, titulo, que, n in datos.PRIMERA_2021]
    for numero, fecha in enumerate(datos.CALENDARIO_2021, 1):
        if numero == 1:
            sesion = celebrada(mundo, comision, numero, fecha, "virtual", puntos)
            _acuerdos(mundo, sesion, datos.ACUERDOS_2021, puntos)
        else:
            _guardar(
                mundo,
                crear_sesion(
                    comision=comision, fecha_programada=date.fromisoformat(fecha), numero=numero, por=mundo.secretaria
                ),
            )


def temas(mundo: Mundo) -> None:
    mundo.temas = {t.nombre: t for t in Tema.objects.all()}
    for nombre in datos.TEMAS:
        if nombre not in mundo.temas:
            mundo.temas[nombre] = crear_tema(nombre=nombre, por=mundo.secretaria)


def nueva(mundo: Mundo, ficha: dict[str, Any]) -> Comision:
    clave, nombre, patron = ficha["serie"]
    serie = Serie(clave=clave, nombre=nombre, patron=patron)
    serie._history_user = mundo.secretaria
    serie.full_clean()
    serie.save()
    return crear_comision(
        nombre=ficha["nombre"],
        siglas=ficha["siglas"],
        tipo=ficha["tipo"],
        acuerdo_creacion=ficha["acuerdo_creacion"],
        desde=date.fromisoformat(ficha["desde"]),
        hasta=date.fromisoformat(ficha["hasta"]) if ficha["hasta"] else None,
        serie=serie,
        por=mundo.secretaria,
    )


def _capacidad(mundo, comision, orden, nombre, rol, siglas, desde, hasta) -> Integracion:
    de_quien = {"organismo": mundo.organismos[siglas]} if rol == "partido" else {"area": mundo.areas[siglas]}
    return crear_integracion(
        comision=comision,
        rol=rol,
        nombre=nombre,
        orden=orden,
        desde=date.fromisoformat(desde),
        hasta=date.fromisoformat(hasta) if hasta else None,
        por=mundo.secretaria,
        **de_quien,
    )


def _guardar(mundo: Mundo, sesion: Sesion) -> Sesion:
    mundo.sesiones[sesion.comision.siglas, sesion.anio, sesion.numero] = sesion
    return sesion


def celebrada(mundo: Mundo, comision: Comision, numero: int, fecha: str, modalidad: str, puntos) -> Sesion:
    dia = date.fromisoformat(fecha)
    sesion = crear_sesion(
        comision=comision,
        fecha_programada=dia,
        fecha_celebrada=dia,
        numero=numero,
        modalidad=modalidad,
        estado="celebrada",
        por=mundo.secretaria,
    )
    orden_del_dia(mundo, sesion, puntos)
    return _guardar(mundo, sesion)


def orden_del_dia(mundo: Mundo, sesion: Sesion, puntos) -> list[Punto]:
    return [
        agregar_punto(
            sesion=sesion,
            titulo=titulo,
            tema=mundo.temas[tema],
            solicitud=solicitud,
            de_tramite=tramite,
            por=mundo.secretaria,
        )
        for tema, titulo, solicitud, tramite, *_ in puntos
    ]


def _acuerdos(mundo: Mundo, sesion: Sesion, textos: dict[int, str], puntos) -> None:
    """Los que el documento da ya con su número; se dan por cumplidos: son aprobaciones."""
    guardados = {p.numero: p for p in sesion.puntos.all()}
    for lugar, (_, _, _, _, numero) in enumerate(puntos, 1):
        if numero is not None:
            tomar_acuerdo(
                sesion=sesion,
                punto=guardados[lugar],
                texto=textos[numero],
                folio=sesion.comision.serie.formato(numero, sesion.anio),
                estado="cumplido",
                por=mundo.secretaria,
            )


def asistencia(mundo: Mundo, sesion: Sesion, capacidades: list[Integracion], marcas: list[str]) -> None:
    registrar_asistencia(
        sesion=sesion,
        estados={c.pk: PRESENTE if marca == "X" else AUSENTE for c, marca in zip(capacidades, marcas, strict=True)},
        por=mundo.secretaria,
    )


def ficticia(mundo: Mundo, anio: dict[str, Any]) -> None:
    """La comisión del año en curso: sesiones pasadas completas, una convocada y el resto programadas."""
    temas(mundo)
    comision = nueva(mundo, anio["comision"])
    desde = anio["comision"]["desde"]
    capacidades = [
        _capacidad(mundo, comision, orden, nombre, rol, siglas, desde, "")
        for orden, (nombre, rol, siglas) in enumerate(anio["capacidades"], 1)
    ]
    for ficha in anio["sesiones"]:
        if ficha["estado"] == "celebrada":
            sesion = celebrada(mundo, comision, ficha["numero"], ficha["fecha"], ficha["modalidad"], ficha["puntos"])
            asistencia(mundo, sesion, capacidades, ficha["asistencia"])
            _acuerdos_ficticios(mundo, sesion, ficha["encargo"])
            continue
        sesion = crear_sesion(
            comision=comision,
            fecha_programada=date.fromisoformat(ficha["fecha"]),
            numero=ficha["numero"],
            modalidad=ficha["modalidad"],
            estado=ficha["estado"],
            hora_inicio=time(11),
            por=mundo.secretaria,
        )
        orden_del_dia(mundo, sesion, ficha["puntos"])
        _guardar(mundo, sesion)


def _acuerdos_ficticios(mundo: Mundo, sesion: Sesion, encargo: dict[str, str]) -> None:
    for punto in sesion.puntos.order_by("numero"):
        if punto.solicitud == "aprobacion":
            tomar_acuerdo(
                sesion=sesion,
                punto=punto,
                texto=f"Se aprueba: {punto.titulo.lower()} (datos ficticios).",
                estado="cumplido",
                por=mundo.secretaria,
            )
    tomar_acuerdo(
        sesion=sesion,
        punto=sesion.puntos.order_by("numero").last(),
        texto=encargo["texto"],
        area_responsable=mundo.areas[encargo["area"]],
        fecha_limite=date.fromisoformat(encargo["limite"]),
        estado=encargo["estado"],
        por=mundo.secretaria,
    )
