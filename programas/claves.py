"""Campos que nombran planes y acciones por su clave, para los parámetros de secciones y cifras."""

from django import forms

from . import consultas
from .models import Accion, Programa


class ListaEscrita(forms.CharField):
    """Varios valores en un renglón; se guardan como lista o como texto.

    Se separan con coma, o con punto y coma si alguno lleva comas.
    """

    @staticmethod
    def partes(value) -> list[str]:
        if not isinstance(value, list | tuple):
            texto = str(value or "")
            value = texto.split(";" if ";" in texto else ",")
        return [p.strip() for p in value if p.strip()]

    def prepare_value(self, value):
        if isinstance(value, list | tuple):
            return "; ".join(value) + (";" if len(value) == 1 and "," in value[0] else "")
        return value


class AccionesPorClave(forms.MultipleChoiceField):
    """Acciones por su clave, elegidas de la lista o escritas: ``pat-2020:1A, pat-2020:1B``."""

    def __init__(self, **mas):
        super().__init__(choices=_opciones_de_accion, **mas)

    def prepare_value(self, value):
        return ListaEscrita.partes(value)

    def clean(self, value) -> list[Accion]:
        acciones = []
        for clave in ListaEscrita.partes(value):
            try:
                acciones.append(consultas.accion_por_clave(clave))
            except Accion.DoesNotExist as error:
                raise forms.ValidationError(str(error)) from error
        return acciones


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


def _opciones_de_programa() -> list[tuple[str, str]]:
    return [("", "Elija…"), *((p.clave, p.nombre) for p in consultas.programas())]
