"""Lo que una versión guarda de cada apartado, listo para compararse o recuperarse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vinculacion.nucleo.salida import json
from vinculacion.nucleo.salida.documento import ApartadoArmado

from .. import armado
from ..arbol import DE_APARTADO, DE_USO
from ..congelado.consultas import estructura_de, numeradas
from ..models import Informe, VersionDeInforme

CAMPOS_DE_USO = tuple(campo for campo in DE_USO if campo != "orden")


@dataclass(frozen=True)
class RetratoDeUso:
    clave: int
    campos: dict[str, Any]


@dataclass(frozen=True)
class RetratoDeApartado:
    clave: int
    padre: int | None
    numero: str
    titulo: str
    numeracion: str
    narrativa: str
    explicacion: str
    accion: str
    hoja: str
    en_indice: bool
    secciones: tuple[RetratoDeUso, ...]
    imagenes: tuple[dict[str, Any], ...]

    @property
    def encabezado(self) -> str:
        return f"{self.numero} {self.titulo}".strip()


@dataclass(frozen=True)
class Retrato:
    """La estructura de un informe, con sus apartados por llave y en orden de lectura."""

    apartados: dict[int, RetratoDeApartado]

    @classmethod
    def de(cls, estructura: dict) -> "Retrato":
        return cls({a.clave: a for a in _apartados(estructura.get("apartados", ()), None)})


def _apartados(nodos, padre: int | None) -> Iterator[RetratoDeApartado]:
    for nodo in nodos:
        yield RetratoDeApartado(
            clave=nodo["pk"],
            padre=padre,
            secciones=tuple(
                RetratoDeUso(uso["pk"], {campo: uso[campo] for campo in CAMPOS_DE_USO}) for uso in nodo["secciones"]
            ),
            imagenes=tuple(nodo["imagenes"]),
            **{campo: nodo[campo] for campo in ("numero", "accion", *DE_APARTADO)},
        )
        yield from _apartados(nodo["hijos"], nodo["pk"])


@dataclass(frozen=True)
class Lado:
    """Una de las dos cosas que se comparan."""

    rotulo: str
    retrato: Retrato
    armados: tuple[ApartadoArmado, ...]


def lado_de(version: VersionDeInforme) -> Lado:
    return Lado(
        f"la {version.nombre}",
        Retrato.de(version.estructura),
        json.desde_datos(version.documento).apartados,
    )


def lado_de_hoy(informe: Informe) -> Lado:
    return Lado("hoy", Retrato.de(estructura_de(informe)), armado.armar(informe).documento.apartados)


def versiones(informe: Informe) -> list[VersionDeInforme]:
    """De la más nueva a la primera, sin traer sus documentos, que pueden ser muy largos."""
    return numeradas(
        VersionDeInforme.objects.filter(informe=informe)
        .select_related("por", "informe")
        .defer("estructura", "documento", "evidencias")
        .order_by("-numero")
    )
