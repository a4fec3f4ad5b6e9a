"""Planes y actividades de prueba, hechos por las acciones de la sala."""

from contextlib import contextmanager
from datetime import date
from itertools import count

from programas import acciones
from programas.estados import CampoDeActividad, ColumnaDeActividad, EstadoDePrograma, TipoDePrograma
from programas.models import Accion, Actividad, Eje, Programa, TipoActividad
from vinculacion.nucleo.periodos import hoy

_numero = count(1)


def programa(anio: int = 2020, tipo: str = TipoDePrograma.PAT, **datos) -> Programa:
    n = next(_numero)
    base = {"clave": f"{tipo}-{anio}-{n}", "nombre": f"Programa {anio} ({n})", "estado": EstadoDePrograma.APROBADO}
    return acciones.guardar_programa(programa=Programa(**{**base, **datos}, anio=anio, tipo=tipo), por=None)


def eje(de: Programa | None = None, **datos) -> Eje:
    de = de or programa()
    base = {"numero": de.ejes.count() + 1, "nombre": f"Eje de {de.clave}"}
    return acciones.guardar_eje(eje=Eje(programa=de, **{**base, **datos}), por=None)


@contextmanager
def en_borrador(de: Programa):
    """Las metas de una prueba se ponen como si el plan aún no se aprobara, y vuelve al estado que tenía."""
    estado = Programa.objects.get(pk=de.pk).estado
    _pasar(de, EstadoDePrograma.BORRADOR)
    try:
        yield
    finally:
        _pasar(de, estado)


def _pasar(de: Programa, estado: str) -> None:
    Programa.objects.filter(pk=de.pk).update(estado=estado)
    de.estado = estado


def accion(de: Eje | None = None, metas: dict | None = None, alineadas=None, **datos) -> Accion:
    """``metas={1: 4}``, o con sus meses: ``{1: (1, 1, 2)}``."""
    de = de or eje()
    letra = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[de.acciones.count()]
    base = {"inciso": letra, "nombre": f"Acción {letra} de prueba"}
    with en_borrador(de.programa):
        return acciones.guardar_accion(
            accion=Accion(eje=de, **{**base, **datos}), metas=metas, alineadas=alineadas, por=None
        )


def en_planeacion(**datos) -> Accion:
    """Una acción de un programa que aún no se aprueba."""
    return accion(eje(programa(estado=EstadoDePrograma.BORRADOR)), **datos)


def fijar_metas(de: Accion, metas: dict) -> None:
    with en_borrador(de.eje.programa):
        acciones.fijar_metas(accion=de, metas=metas, por=None)


def accion_de_este_anio(**datos) -> Accion:
    return accion(eje(programa(hoy().year)), **datos)


def tipo(*campos: str, columnas=(), **datos) -> TipoActividad:
    """``tipo("asistencia", "organismos")``; sin campos, sólo acción, título y fecha."""
    n = next(_numero)
    base = {
        "clave": f"tipo-{n}",
        "nombre": f"Tipo {n}",
        "campos": list(campos),
        "columnas": list(columnas) or [ColumnaDeActividad.FECHA, ColumnaDeActividad.TITULO],
    }
    return acciones.guardar_tipo(tipo=TipoActividad(**{**base, **datos}), por=None)


def tipo_completo(**datos) -> TipoActividad:
    return tipo(*CampoDeActividad.values, **datos)


def actividad(
    de: Accion | None = None, *, el: date | None = None, por=None, organismos=None, cifras=None, **datos
) -> Actividad:
    """Concluye en el año de su programa: el 5 de octubre, u hoy si el programa es de este año."""
    de = de or accion()
    anio = de.eje.programa.anio
    if el is None:
        el = date(anio, 10, 5) if anio < hoy().year else hoy()
    base = {"titulo": f"Actividad {next(_numero)}", "fecha_inicio": el}
    if "tipo" not in datos:
        base["tipo"] = tipo()
    return acciones.guardar_actividad(
        actividad=Actividad(accion=de, **{**base, **datos}), organismos=organismos, cifras=cifras, por=por
    )
