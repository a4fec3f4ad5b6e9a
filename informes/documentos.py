"""Lo que informes y plantillas tienen en común en sus páginas: de cuál se habla, sus migas y si se edita."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from . import reglas
from .models import Informe, Plantilla


def documento_de(informe: str | None = None, plantilla: str | None = None) -> Informe | Plantilla | None:
    """El que nombra la dirección; ``None`` si no nombra ninguno."""
    if informe and _es_llave(informe):
        return get_object_or_404(Informe, pk=informe)
    if plantilla and _es_llave(plantilla):
        return get_object_or_404(Plantilla, pk=plantilla)
    return None


def _es_llave(texto: str) -> bool:
    return texto.isdecimal() and len(texto) < 19


def exigir_editable(documento: Informe | Plantilla | None) -> None:
    """Quien no podrá guardar no debe ponerse a llenar un formulario."""
    if documento is not None and (razones := reglas.impedimentos_para_editar(documento)):
        raise PermissionDenied(" ".join(razones))


def migas_de(documento: Informe | Plantilla) -> list[tuple[str, str]]:
    nombre = documento._meta.model_name
    return [
        ("Informes" if nombre == "informe" else "Plantillas", reverse(f"informes:{nombre}_lista")),
        (str(documento), documento.get_absolute_url()),
    ]
