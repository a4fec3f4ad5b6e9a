"""Registro de lo que las salas pueden contar a un informe: secciones (bloques) y cifras (números)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist

from .bloques import Bloque
from .memoria import recordada
from .periodos import Periodo


@dataclass(frozen=True)
class Contexto:
    """Lo que una sección sabe del informe que la llama.

    ``completo``: el informe escogerá las columnas; la sección da todas las que tiene, no sólo las de siempre.
    ``informe``: el que llama, para lo que se guarda con él; vacío en una plantilla.
    """

    periodo: Periodo
    comision: Any = None
    titulo: str = ""
    completo: bool = False
    informe: Any = None


@dataclass(frozen=True)
class Seccion:
    clave: str
    nombre: str
    funcion: Callable[..., list[Bloque]]
    formulario: type[forms.Form] | None = None

    def bloques(self, contexto: Contexto, parametros: dict[str, Any]) -> list[Bloque]:
        """Arma los bloques; lanza ``forms.ValidationError`` si los parámetros guardados ya no valen."""
        return self.funcion(contexto, **self.validar(parametros))

    def validar(self, parametros: dict[str, Any]) -> dict[str, Any]:
        if self.formulario is None:
            return {}
        try:
            formulario = self.formulario({} if parametros is None else parametros)
            valen = formulario.is_valid()
        except (AttributeError, TypeError, ValueError) as error:
            # Lo guardado no tiene ni la forma de unos parámetros: se dice, no se cae la página.
            raise forms.ValidationError(f"La sección «{self.nombre}» tiene parámetros que no se entienden.") from error
        if not valen:
            detalle = "; ".join(
                f"{formulario.fields[campo].label or campo if campo in formulario.fields else campo}: {' '.join(map(str, errores))}"
                for campo, errores in formulario.errors.items()
            )
            raise forms.ValidationError(f"La sección «{self.nombre}» tiene parámetros que no valen ({detalle})")
        return formulario.cleaned_data


TIPOS_DE_CIFRA = ("numero", "fecha", "fechas", "lista")


@dataclass(frozen=True)
class CifraViva:
    """``tipo``: lo que da su función: un número, una fecha, varias fechas o varios textos."""

    clave: str
    nombre: str
    funcion: Callable[..., Any]
    genero: str = "m"
    singular: str = ""
    plural: str = ""
    parametros: tuple[str, ...] = ()
    tipo: str = "numero"

    def valor(self, contexto: Contexto, parametros: Mapping[str, str] = MappingProxyType({})) -> Any:
        """Lo que dice hoy; ``ValueError`` con la razón si no tiene qué decir o nombra lo que ya no existe."""
        if ajenos := sorted(parametros.keys() - set(self.parametros)):
            raise ValueError(f"la cifra «{self.clave}» no tiene el parámetro «{ajenos[0]}»")
        try:
            return _calculada(self.funcion, contexto, **parametros)
        except forms.ValidationError as error:
            raise ValueError("; ".join(error.messages)) from error
        except (LookupError, ObjectDoesNotExist) as error:
            raise ValueError(str(error)) from error


@recordada
def _calculada(funcion: Callable[..., Any], contexto: Contexto, /, **parametros: str) -> Any:
    return funcion(contexto, **parametros)


SECCIONES: dict[str, Seccion] = {}
CIFRAS: dict[str, CifraViva] = {}
OPCIONES: dict[str, Callable[[], list[tuple[str, str]]]] = {}


def seccion(clave: str, nombre: str, formulario: type[forms.Form] | None = None):
    """Registra una función ``(contexto, **parametros) -> list[Bloque]`` como sección de informe."""

    def registrar(funcion):
        SECCIONES[clave] = Seccion(clave, nombre, funcion, formulario)
        return funcion

    return registrar


def cifra(
    clave: str,
    nombre: str,
    *,
    genero: str = "m",
    singular: str = "",
    plural: str = "",
    parametros: tuple[str, ...] = (),
    tipo: str = "numero",
):
    """Registra una función ``(contexto, **parametros)`` como cifra viva; da lo que dice ``tipo``.

    La función lanza ``ValueError`` o ``ValidationError``, con la razón, si hoy no tiene qué decir.
    """
    if tipo not in TIPOS_DE_CIFRA:
        raise ValueError(f"La cifra «{clave}» es de un tipo desconocido: {tipo!r}.")

    def registrar(funcion):
        CIFRAS[clave] = CifraViva(clave, nombre, funcion, genero, singular, plural, parametros, tipo)
        return funcion

    return registrar


def opciones(sala: str, parametro: str):
    """Anota una función que da los ``(valor, nombre)`` que admite ese parámetro en las cifras de una sala."""

    def registrar(funcion: Callable[[], list[tuple[str, str]]]):
        OPCIONES[f"{sala}.{parametro}"] = funcion
        return funcion

    return registrar
