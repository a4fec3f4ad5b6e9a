"""Comisión, integración, sesiones con su orden del día y asistencia, y acuerdos."""

from datetime import date
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
from vinculacion.comision.calendario.acciones import aprobar_calendario
from vinculacion.comision.models import Comision, Integracion, Punto, Sesion, Tema

from .mundo import Mundo

AUSENTE, PRESENTE = "ausente", "presente"


def hechos(mundo: Mundo) -> None:
    """Las sesiones del último trimestre de 2020, la primera de 2021 y el calendario de ese año."""
    temas(mundo)
    comision = nueva(mundo, datos.COMISION)
    capacidades = [
        capacidad(mundo, comision, orden, nombre, rol, siglas, desde, hasta)
        for orden, (_, nombre, rol, siglas, desde, hasta, _) in enumerate(datos.CAPACIDADES, 1)
    ]
    for columna, fila in enumerate(datos.SESIONES_2020):
        puntos = _con_resolucion(fila["puntos"], datos.ACUERDOS_2020)
        sesion = celebrada(mundo, comision, fila["numero"], fila["fecha"], fila["modalidad"], puntos)
        _acuerdos(mundo, sesion, datos.ACUERDOS_2020, puntos)
        asistencia(mundo, sesion, capacidades, [marcas[columna] for *_, marcas in datos.CAPACIDADES])
    _anio_2021(mundo, comision)


def _anio_2021(mundo: Mundo, comision: Comision) -> None:
    puntos = _con_resolucion(datos.PRIMERA_2021, datos.ACUERDOS_2021)
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

    aprobar_calendario(comision=comision, anio=2021, por=mundo.secretaria)


def _con_resolucion(puntos, textos: dict[int, str]) -> list[tuple]:
    """Los documentos dicen qué se aprobó y con qué cambios, no cómo votó cada quien."""
    completos = []
    for tema, titulo, que, numero in puntos:
        resolucion = "presentado"
        if numero is not None:
            resolucion = "con_cambios" if "con observaciones" in textos[numero] else "aprobado"
        completos.append((tema, titulo, que, tema in datos.TEMAS_DE_TRAMITE, resolucion, numero))
    return completos


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


def capacidad(mundo, comision, orden, nombre, rol, siglas, desde, hasta, correo="") -> Integracion:
    de_quien = {"organismo": mundo.organismos[siglas]} if rol == "partido" else {"area": mundo.areas[siglas]}
    return crear_integracion(
        comision=comision,
        rol=rol,
        nombre=nombre,
        orden=orden,
        desde=date.fromisoformat(desde),
        hasta=date.fromisoformat(hasta) if hasta else None,
        correo=correo,
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
            resolucion=resolucion,
            por=mundo.secretaria,
        )
        for tema, titulo, solicitud, tramite, resolucion, _ in puntos
    ]


def _acuerdos(mundo: Mundo, sesion: Sesion, textos: dict[int, str], puntos) -> None:
    """Los que el documento da ya con su número; se dan por cumplidos: son aprobaciones."""
    guardados = {p.numero: p for p in sesion.puntos.all()}
    for lugar, (*_, numero) in enumerate(puntos, 1):
        if numero is not None:
            tomar_acuerdo(
                sesion=sesion,
                punto=guardados[lugar],
                texto=textos[numero],
                folio=sesion.comision.serie.formato(numero, sesion.anio),
                estado="cumplido",
                cumplido_en=sesion,
                por=mundo.secretaria,
            )


def asistencia(mundo: Mundo, sesion: Sesion, capacidades: list[Integracion], marcas: list[str]) -> None:
    registrar_asistencia(
        sesion=sesion,
        estados={c.pk: PRESENTE if marca == "X" else AUSENTE for c, marca in zip(capacidades, marcas, strict=True)},
        por=mundo.secretaria,
    )
