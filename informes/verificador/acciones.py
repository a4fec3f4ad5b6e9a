"""Aceptar de una vez lo que una regla halla en un informe."""

from django.core.exceptions import ValidationError
from django.db import transaction

from informes.acciones import aceptar_hallazgo
from informes.models import Aceptacion, Informe

from .revision import verificar


@transaction.atomic
def aceptar_todos(*, informe: Informe, regla: str, gravedad: str, razon: str, por) -> list[Aceptacion]:
    """Con la misma razón, los que esa regla halla hoy con esa gravedad y nadie ha aceptado."""
    ya = set(informe.aceptaciones.values_list("huella", flat=True))
    vivos = {
        h.huella: h for h in verificar(informe) if h.regla == regla and h.gravedad == gravedad and h.huella not in ya
    }
    if not vivos:
        raise ValidationError("Eso ya no se halla en el informe: no hace falta aceptarlo.")
    return [aceptar_hallazgo(informe=informe, hallazgo=h, razon=razon, por=por) for h in vivos.values()]
