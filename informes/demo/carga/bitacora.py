"""Actividades validadas, asistencia de la Red y envíos."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from informes.demo import red as datos_red
from migrantes.acciones import guardar_envio
from migrantes.models import Envio
from observacion.acciones import guardar_integrante, registrar_asistencia
from observacion.models import IntegranteRed
from programas.acciones import guardar_actividad, rechazar_actividad, validar_actividad
from programas.models import Actividad
from vinculacion.nucleo.evidencia import almacen

from .mundo import Mundo

Registro = tuple[str, str, str, str, str, dict[str, Any]]
# Tipos cuya primera actividad lleva una evidencia de muestra.
CON_EVIDENCIA = {"curso", "presentacion-libro", "platica-universidad", "reunion-red", "invita-consejeria"}


def _hora(texto: str) -> time | None:
    return time.fromisoformat(texto) if texto else None


def actividades(mundo: Mundo, registros: Iterable[Registro], plan: str = "") -> list[Actividad]:
    """Las guarda quien captura; las que no dicen otra cosa las valida la Dirección."""
    pendientes_de_evidencia = set(CON_EVIDENCIA)
    guardadas = []
    for accion, tipo, titulo, inicio, fin, datos in registros:
        actividad = _actividad(mundo, f"{plan}:{accion}" if plan else accion, tipo, titulo, inicio, fin, datos)
        guardadas.append(actividad)
        if tipo in pendientes_de_evidencia:
            pendientes_de_evidencia.discard(tipo)
            _evidencia(mundo, actividad)
        if datos.get("red") and actividad.estado != "rechazada":
            asistencia_de_la_red(mundo, actividad, [(i, 1) for i in list(mundo.integrantes.values())[::2]])
    return guardadas


def _actividad(mundo: Mundo, accion, tipo, titulo, inicio, fin, datos: dict[str, Any]) -> Actividad:
    mujeres, hombres, sin_dato = datos.get("asistencia", (None, None, None))
    if (mujeres, hombres) == (0, 0):
        mujeres = hombres = None  # la fuente no distingue el sexo
    desde, hasta = datos.get("hora", ("", ""))
    actividad = guardar_actividad(
        actividad=Actividad(
            accion=mundo.acciones[accion],
            tipo=mundo.tipos[tipo],
            titulo=titulo,
            objetivo=datos.get("objetivo", ""),
            fecha_inicio=date.fromisoformat(inicio),
            fecha_fin=date.fromisoformat(fin or inicio),
            fechas_sueltas=list(datos.get("sueltas", ())),
            hora_inicio=_hora(desde),
            hora_fin=_hora(hasta),
            modalidad=datos.get("modalidad", ""),
            ciudad=datos.get("ciudad", ""),
            pais=datos.get("pais", ""),
            organo=mundo.organismos[datos["organo"]] if "organo" in datos else None,
            representacion=datos.get("representacion", ""),
            mujeres=mujeres,
            hombres=hombres,
            sin_dato=sin_dato,
            unidades=datos.get("unidades", 1),
        ),
        organismos=[mundo.organismos[o] for o in datos.get("organismos", ())],
        cifras=dict(datos.get("cifras", ())),
        por=mundo.captura,
    )
    estado = datos.get("estado", "validada")
    if estado == "validada":
        return validar_actividad(actividad=actividad, por=mundo.direccion)
    if estado == "rechazada":
        return rechazar_actividad(actividad=actividad, razon=datos["razon"], por=mundo.direccion)
    return actividad


def _evidencia(mundo: Mundo, actividad: Actividad) -> None:
    texto = f"Evidencia de demostración\n\n{actividad.titulo}\n{actividad.fechas}\n"
    archivo = SimpleUploadedFile(f"evidencia-{actividad.pk}.txt", texto.encode())
    almacen().agregar(objeto=actividad, datos={"titulo": "Nota de la actividad", "archivo": archivo}, por=mundo.captura)


def red_2020(mundo: Mundo) -> None:
    """La reunión del 4 de noviembre: cuántas personas asistieron por cada integrante."""
    desde = date.fromisoformat(datos_red.INTEGRANTES_DESDE)
    asistentes = []
    for n, (nombre, clase, personas) in enumerate(datos_red.INTEGRANTES, 1):
        integrante = _integrante(mundo, nombre, clase, f"integrante{n}@red-ficticia.example", desde)
        asistentes.append((integrante, personas))
    reunion = datos_red.REUNION
    total = sum(personas for _, personas in asistentes)
    registro = (
        reunion["accion"],
        "reunion-red",
        reunion["titulo"],
        reunion["fecha"],
        "",
        {"modalidad": reunion["modalidad"], "objetivo": reunion["objetivo"], "asistencia": (0, 0, total)},
    )
    actividad = actividades(mundo, [registro], plan="pat-2020")[0]
    asistencia_de_la_red(mundo, actividad, asistentes)


def red_ficticia(mundo: Mundo, integrantes: Iterable[tuple[str, str, str]]) -> None:
    for nombre, clase, correo in integrantes:
        _integrante(mundo, nombre, clase, correo, date(2024, 1, 15))


def _integrante(mundo: Mundo, nombre: str, clase: str, correo: str, desde: date) -> IntegranteRed:
    integrante = guardar_integrante(
        integrante=IntegranteRed(nombre=nombre, clase=clase, correo=correo, desde=desde, ciudad="Ciudad de México"),
        por=mundo.captura,
    )
    mundo.integrantes[nombre] = integrante
    return integrante


def asistencia_de_la_red(mundo: Mundo, actividad: Actividad, asistentes: list[tuple[IntegranteRed, int]]) -> None:
    registrar_asistencia(actividad=actividad, personas=dict(asistentes), por=mundo.captura)


def envios(mundo: Mundo, filas: Iterable[tuple]) -> None:
    """``(fecha, clase, asunto[, destinatarios])``; la fuente de 2020 no dice a cuántas personas."""
    for fecha, clase, asunto, *destinatarios in filas:
        guardar_envio(
            envio=Envio(
                clase=clase,
                fecha=date.fromisoformat(fecha),
                asunto=asunto,
                destinatarios=destinatarios[0] if destinatarios else None,
            ),
            por=mundo.captura,
        )
