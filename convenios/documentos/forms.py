"""Capturar una versión de un documento y corregir la que ya está."""

from django import forms

from vinculacion.archivo.forms import CampoDeArchivo, EvidenciaForm
from vinculacion.nucleo.formularios import FormularioBase
from vinculacion.nucleo.periodos import hoy

from .. import consultas
from ..models import DocumentoDeConvenio


class DocumentoForm(FormularioBase):
    archivo = CampoDeArchivo(label="archivo", required=False, widget=forms.FileInput, max_length=255)
    enlace = forms.URLField(
        label="o un enlace",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección completa, por ejemplo https://www.iecm.mx/."},
    )
    grupos = (
        ("Documento", ("convenio", ("clase", "titulo"))),
        ("Versión", (("fecha", "nota"), ("archivo", "enlace"))),
    )
    anchos = {"clase": 4, "titulo": 8, "fecha": 4, "nota": 8}

    class Meta:
        model = DocumentoDeConvenio
        fields = ("convenio", "clase", "titulo", "fecha", "nota")

    def __init__(self, *args, usuario, version_de: DocumentoDeConvenio | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for nombre in ("convenio", "clase", "titulo", "archivo", "enlace"):
                del self.fields[nombre]
            return
        convenios = consultas.convenios_visibles(usuario).prefetch_related(None).order_by("titulo")
        self.fields["convenio"].queryset = convenios
        self.fields["convenio"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        self.fields["fecha"].initial = hoy
        self.fields["archivo"].help_text = EvidenciaForm().fields["archivo"].help_text
        if version_de is not None:
            for nombre in ("convenio", "clase", "titulo"):
                self.fields[nombre].disabled = True
                self.initial[nombre] = getattr(version_de, f"{nombre}_id" if nombre == "convenio" else nombre)

    def clean(self):
        datos = super().clean()
        if "archivo" in self.fields and not self.errors and not datos.get("archivo") and not datos.get("enlace"):
            self.add_error("archivo", "Elija un archivo o escriba un enlace.")
        return datos
