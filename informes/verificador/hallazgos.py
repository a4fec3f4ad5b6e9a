"""Qué es un hallazgo y qué necesita una regla para buscarlo."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django.db.models import TextChoices

from vinculacion.nucleo.periodos import Periodo

from .fragmentos import Entrada, Fragmento, Trozo, trozos

if TYPE_CHECKING:
    from informes.arbol import Nodo
    from informes.armado import Problema
    from informes.models import Informe

T = TypeVar("T")


class Gravedad(TextChoices):
    """De más a menos: lo que está mal, lo que conviene revisar y lo que basta saber."""

    ERROR = "error", "Error"
    ADVERTENCIA = "advertencia", "Advertencia"
    NOTA = "nota", "Nota"


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """``url`` lleva al registro o al editor del apartado; ``ancla``, a su lugar en el documento."""

    regla: str
    gravedad: str
    apartado: str
    explicacion: str
    fragmento: str = ""
    url: str = ""
    ancla: str = ""

    @property
    def huella(self) -> str:
        """Identidad de lo señalado: si cambia lo que se dice, ya es otro hallazgo y hay que volver a verlo."""
        partes = (self.regla, self.ancla or self.apartado, self.explicacion, self.fragmento)
        return hashlib.sha256("\x1f".join(partes).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Revision:
    """Lo que se revisa. Un texto escrito en otra parte sólo trae fragmentos y, si se supo, su periodo."""

    fragmentos: Sequence[Fragmento]
    periodo: Periodo | None = None
    informe: "Informe | None" = None
    nodos: Sequence["Nodo"] = ()
    problemas: Sequence["Problema"] = field(default_factory=tuple)
    indice: Sequence[Entrada] = ()
    propio: bool = False  # armado con los registros, no leído de un texto ajeno

    @cached_property
    def trozos(self) -> list[tuple[Fragmento, Trozo]]:
        """Cada texto suelto, ya limpio, con el fragmento en que está; en orden de lectura."""
        return [(fragmento, trozo) for fragmento in self.fragmentos for trozo in trozos(fragmento)]

    @staticmethod
    def exigir(dato: T | None) -> T:
        """Para las reglas que preguntan a los registros; ``TypeError`` con un texto ajeno."""
        if dato is None:
            raise TypeError("Esta regla sólo revisa un informe de los registros.")
        return dato


class Regla(ABC):
    """Una regla es una clase pequeña: ``clave`` la nombra en los datos y ``nombre`` en la página."""

    clave: str
    nombre: str

    @abstractmethod
    def revisar(self, revision: Revision) -> Iterator[Hallazgo]: ...

    def hallazgo(
        self, fragmento: Fragmento, gravedad: Gravedad, explicacion: str, cita: str = "", url: str = ""
    ) -> Hallazgo:
        return Hallazgo(
            self.clave,
            gravedad.value,
            fragmento.apartado,
            explicacion,
            cita,
            url or fragmento.url,
            fragmento.ancla,
        )
