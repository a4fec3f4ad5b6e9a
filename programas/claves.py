"""Campos que nombran planes y acciones por su clave, para los parámetros de secciones y cifras."""

from django import forms

from vinculacion.nucleo.secciones import opciones

from . import consultas
from .models import Accion, Programa


def claves_escritas(valor) -> list[str]:
    """Una lista, o un texto que las separa con coma, o con punto y coma si alguna lleva comas."""
    if not isinstance(valor, list | tuple):
        texto = str(valor or "")
        valor = texto.split(";" if ";" in texto else ",")
    return [clave.strip() for clave in valor if clave.strip()]


class AccionesPorClave(forms.MultipleChoiceField):
    """Acciones por su clave, elegidas de la lista o escritas: ``pat-2020:1A, pat-2020:1B``."""

    def __init__(self, **mas):
        super().__init__(choices=_opciones_de_accion, **mas)

    def prepare_value(self, value):
        return claves_escritas(value)

    def clean(self, value) -> list[Accion]:
        acciones = []
        for clave in claves_escritas(value):
            try:
                acciones.append(consultas.accion_por_clave(clave))
            except Accion.DoesNotExist as error:
                raise forms.ValidationError(str(error)) from error
        return acciones


def una_accion(clave: str) -> Accion:
    """La que nombra una cifra viva; ``ValueError`` si falta o no existe."""
    if not clave:
        raise ValueError("falta la acción")
    try:
        return consultas.accion_por_clave(clave)
    except Accion.DoesNotExist as error:
        raise ValueError(str(error)) from error


@opciones("programas", "accion")
def _opciones_de_accion() -> list[tuple[str, str]]:
    return [(a.clave, f"{a.clave} · {a.nombre}") for a in consultas.acciones()]


class ProgramaPorClave(forms.ChoiceField):
    """Un plan por su clave; entrega el ``Programa``."""

    def __init__(self, **mas):
        super().__init__(choices=_opciones_de_programa, **mas)

    def valid_value(self, value) -> bool:
        return True

    def clean(self, value) -> Programa | None:
        if not (clave := super().clean(value)):
            return None
        try:
            return consultas.programas().get(clave=clave)
        except Programa.DoesNotExist as error:
            raise forms.ValidationError("No existe un programa con esa clave.") from error


@opciones("programas", "programa")
def _opciones_de_programa() -> list[tuple[str, str]]:
    return [("", "Elija…"), *((p.clave, p.nombre) for p in consultas.programas())]
