"""Tipos de actividad y planes con sus ejes, acciones, metas, textos y alineación."""

from collections.abc import Iterable
from typing import Any

from informes.demo.tipos import TIPOS
from programas.acciones import (
    alinear as alinear_acciones,
)
from programas.acciones import (
    aprobar_programa,
    guardar_accion,
    guardar_eje,
    guardar_programa,
    guardar_tipo,
)
from programas.metas.acciones import guardar_texto
from programas.models import Accion, Eje, Programa, TextoDePrograma, TipoActividad
from vinculacion.comision.models import Acuerdo, Comision

from .mundo import Mundo

# plan → folio del acuerdo que lo aprueba, cuando está entre los registros
ACUERDOS = {"pat-2021": "CVOE/003/21"}


def catalogo_de_tipos(mundo: Mundo) -> None:
    mundo.tipos = {t.clave: t for t in TipoActividad.objects.all()}
    for orden, (clave, nombre, campos, columnas) in enumerate(TIPOS, 1):
        if clave not in mundo.tipos:
            tipo = TipoActividad(
                clave=clave, nombre=nombre, campos=list(campos), columnas=list(columnas), orden=orden * 10
            )
            mundo.tipos[clave] = guardar_tipo(tipo=tipo, por=mundo.direccion)


def plan(mundo: Mundo, ficha: dict[str, Any], de_los_ejes: dict[int, dict[str, str]] | None = None) -> Programa:
    """El plan en borrador; ``de_los_ejes`` da a cada eje su objetivo, justificación y líneas."""
    ficticio = ficha.get("ficticio", False)
    comision = Comision.objects.get(siglas="COVIN" if ficticio else "CVOE")
    programa = guardar_programa(
        programa=Programa(
            clave=ficha["clave"],
            nombre=ficha["nombre"],
            tipo=ficha["tipo"],
            anio=ficha["anio"],
            objetivo=ficha.get("objetivo", ""),
            area=mundo.areas["DVOE"],
            comision=comision,
            acuerdo=Acuerdo.objects.filter(comision=comision, folio=ACUERDOS.get(ficha["clave"])).first(),
            ficticio=ficticio,
        ),
        por=mundo.direccion,
    )
    for numero, nombre, acciones in ficha["ejes"]:
        datos = (de_los_ejes or {}).get(int(numero), {})
        eje = guardar_eje(eje=Eje(programa=programa, numero=int(numero), nombre=nombre, **datos), por=mundo.direccion)
        for inciso, titulo, unidad, frecuencia, metas, meses, fuente in acciones:
            accion = guardar_accion(
                accion=Accion(
                    eje=eje,
                    inciso=inciso,
                    nombre=titulo,
                    unidad=unidad,
                    frecuencia=frecuencia,
                    meses=list(meses),
                    fuente=fuente or "bitacora",
                    area_responsable=mundo.areas["DVOE"],
                ),
                metas=dict(enumerate(por_mes(metas) if ficticio and frecuencia == "mensual" else metas, 1)),
                por=mundo.direccion,
            )
            mundo.acciones[accion.clave] = accion
    return programa


def por_mes(metas: Iterable[int]) -> tuple[tuple[int, int, int], ...]:
    """La meta de cada trimestre en sus tres meses, lo más pareja posible."""
    return tuple((m // 3, (m + 1) // 3, (m + 2) // 3) for m in metas)


def aprobar(mundo: Mundo, programa: Programa) -> None:
    aprobar_programa(programa=programa, por=mundo.direccion)


def textos(mundo: Mundo, programa: Programa, filas: Iterable[tuple[str, str, str]]) -> None:
    for orden, (lugar, titulo, texto) in enumerate(filas, 1):
        guardar_texto(
            texto=TextoDePrograma(programa=programa, lugar=lugar, orden=orden, titulo=titulo, texto=texto),
            por=mundo.direccion,
        )


def alinear(mundo: Mundo, pares: list[tuple[str, str]]) -> None:
    de_cada: dict[str, list[Accion]] = {}
    for una, otra in pares:
        de_cada.setdefault(una, []).append(mundo.acciones[otra])
    for clave, otras in de_cada.items():
        alinear_acciones(accion=mundo.acciones[clave], con=otras, por=mundo.direccion)
