"""Tipos de actividad y planes con sus ejes, acciones, metas y alineación."""

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
from programas.models import Accion, Eje, Programa, TipoActividad
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


def plan(mundo: Mundo, ficha: dict[str, Any]) -> None:
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
        eje = guardar_eje(eje=Eje(programa=programa, numero=int(numero), nombre=nombre), por=mundo.direccion)
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
                metas=dict(enumerate(metas, 1)),
                por=mundo.direccion,
            )
            mundo.acciones[accion.clave] = accion
    aprobar_programa(programa=programa, por=mundo.direccion)


def alinear(mundo: Mundo, pares: list[tuple[str, str]]) -> None:
    de_cada: dict[str, list[Accion]] = {}
    for una, otra in pares:
        de_cada.setdefault(una, []).append(mundo.acciones[otra])
    for clave, otras in de_cada.items():
        alinear_acciones(accion=mundo.acciones[clave], con=otras, por=mundo.direccion)
