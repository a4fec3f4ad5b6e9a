"""Dónde se guarda la evidencia. El núcleo no tiene tablas: la sala archivo presta aquí las suyas."""

from typing import Any, Protocol

from django import forms
from django.db import models


class Almacen(Protocol):
    """Lo que la página de detalle necesita saber hacer con la evidencia de un registro."""

    formulario: type[forms.Form]

    def de(self, objeto: models.Model) -> models.QuerySet: ...

    def agregar(self, *, objeto: models.Model, datos: dict[str, Any], por) -> models.Model: ...

    def quitar(self, *, evidencia: models.Model, por) -> None: ...


_almacen: Almacen | None = None


def prestar(almacen: Almacen) -> None:
    global _almacen
    _almacen = almacen


def almacen() -> Almacen:
    if _almacen is None:
        raise RuntimeError("Ninguna sala prestó su almacén de evidencia.")
    return _almacen
