"""Lo hallado, repartido como se lee: primero lo más grave y, dentro, apartado por apartado."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .hallazgos import Gravedad, Hallazgo
from .revision import nombre_de

CLASES = {Gravedad.ERROR: "rojo", Gravedad.ADVERTENCIA: "ambar", Gravedad.NOTA: "azul"}
PLURALES = {Gravedad.ERROR: "Errores", Gravedad.ADVERTENCIA: "Advertencias", Gravedad.NOTA: "Notas"}


@dataclass(frozen=True)
class Renglon:
    """Un hallazgo y lo que la página sabe de él."""

    hallazgo: Hallazgo
    enlace: tuple[str, str] = ("", "")
    aceptacion: Any = None
    fallida: dict | None = None

    @property
    def nombre(self) -> str:
        return nombre_de(self.hallazgo.regla)


@dataclass
class Grupo:
    gravedad: Gravedad
    apartados: list[tuple[str, list[Renglon]]] = field(default_factory=list)

    @property
    def plural(self) -> str:
        return PLURALES[self.gravedad]

    @property
    def clase(self) -> str:
        return CLASES[self.gravedad]

    @property
    def cuantos(self) -> int:
        return sum(len(renglones) for _, renglones in self.apartados)


def agrupa(renglones: Iterable[Renglon]) -> list[Grupo]:
    """Sólo las gravedades que tienen algo, en su orden."""
    grupos = {gravedad.value: Grupo(gravedad) for gravedad in Gravedad}
    for renglon in renglones:
        apartados = grupos[renglon.hallazgo.gravedad].apartados
        suyo = next((r for nombre, r in apartados if nombre == renglon.hallazgo.apartado), None)
        if suyo is None:
            apartados.append((renglon.hallazgo.apartado, [renglon]))
        else:
            suyo.append(renglon)
    return [grupo for grupo in grupos.values() if grupo.apartados]


def por_gravedad(hallazgos: Iterable[Hallazgo]) -> list[Grupo]:
    return agrupa(Renglon(hallazgo) for hallazgo in hallazgos)
