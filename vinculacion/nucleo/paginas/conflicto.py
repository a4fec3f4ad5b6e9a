"""Dos personas guardan el mismo registro: qué difiere y quién llegó primero."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db import models

from vinculacion.nucleo import legible


@dataclass(frozen=True)
class Diferencia:
    etiqueta: str
    suyo: str
    guardado: str


@dataclass(frozen=True)
class Conflicto:
    quien: str
    cuando: datetime | None
    diferencias: list[Diferencia]


def comparar(propio: forms.BaseForm, guardado: forms.BaseForm, objeto: models.Model) -> Conflicto:
    """``propio`` trae lo recién escrito; ``guardado``, sin enviar, lo que hoy hay en la base."""
    diferencias = []
    for nombre, campo in propio.fields.items():
        if campo.disabled or campo.widget.is_hidden:
            continue
        escrito = propio[nombre].data
        actual = guardado.get_initial_for_field(guardado.fields[nombre], nombre) if nombre in guardado.fields else None
        if isinstance(campo, forms.FileField):
            continue
        if campo.has_changed(actual, escrito):
            diferencias.append(
                Diferencia(
                    str(campo.label or nombre),
                    legible.dato_de_formulario(campo, escrito),
                    legible.dato_de_formulario(campo, actual),
                )
            )
    ultimo = objeto.history.select_related("history_user").first() if hasattr(objeto, "history") else None
    quien = str(ultimo.history_user) if ultimo and ultimo.history_user else "otra persona"
    cuando = ultimo.history_date if ultimo else getattr(objeto, "modificado", None)
    return Conflicto(quien, cuando, diferencias)


def version_de(objeto: models.Model | None) -> int | None:
    return getattr(objeto, "version", None)


def hay_conflicto(objeto: models.Model, enviada: str | None) -> bool:
    """Un formulario sin versión no prueba que se leyó lo último: también es conflicto."""
    actual = version_de(objeto)
    return actual is not None and str(actual) != (enviada or "")
