"""Aceptar de una vez lo que una regla halla en un informe."""

from django.core.exceptions import ValidationError
from django.db import transaction

from informes.acciones import aceptar_hallazgo, exigir_editable
from informes.models import Aceptacion, Informe

from .revision import verificar


def aceptar_todos(*, informe: Informe, regla: str, gravedad: str, razon: str, por) -> list[Aceptacion]:
    """Con la misma razón, los que esa regla halla hoy con esa gravedad y nadie ha aceptado."""
    # Verificar tarda: antes de abrir la transacción, para no tener esperando a los demás.
    hallados = {h.huella: h for h in verificar(informe) if h.regla == regla and h.gravedad == gravedad}
    with transaction.atomic():
        exigir_editable(informe)
        for huella in informe.aceptaciones.filter(huella__in=list(hallados)).values_list("huella", flat=True):
            del hallados[huella]
        if not hallados:
            raise ValidationError("Eso ya no se halla en el informe: no hace falta aceptarlo.")
        return [aceptar_hallazgo(informe=informe, hallazgo=h, razon=razon, por=por) for h in hallados.values()]
