"""El almacén de evidencia que la sala presta a las páginas genéricas."""

from django import forms

from . import acciones
from .forms import EvidenciaForm
from .models import Evidencia


class AlmacenDeEvidencia:
    formulario: type[forms.Form] = EvidenciaForm

    def de(self, objeto):
        return acciones.evidencias_de(objeto)

    def agregar(self, *, objeto, datos, por) -> Evidencia:
        return acciones.agregar_evidencia(
            registro=objeto,
            por=por,
            archivo=datos.get("archivo"),
            enlace=datos.get("enlace", ""),
            titulo=datos.get("titulo", ""),
        )

    def quitar(self, *, evidencia, por) -> None:
        acciones.quitar_evidencia(evidencia=evidencia, por=por)
