"""Formularios del archivo: una evidencia (archivo o enlace) y una serie de numeración."""

from django import forms
from django.conf import settings

from vinculacion.nucleo.formularios import Formulario, FormularioBase

from .models import Serie
from .validadores import ACEPTADOS, tamano, validar_archivo


class CampoDeArchivo(forms.FileField):
    """Deja que ``validar_archivo`` diga por qué no: lo vacío y lo que pasó del tope llegan con 0 bytes."""

    def __init__(self, **kwargs):
        kwargs.setdefault("allow_empty_file", True)
        kwargs.setdefault("validators", [validar_archivo])
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {"accept": ACEPTADOS, "data-tope": settings.ARCHIVO_TAMANO_MAXIMO}


class EvidenciaForm(Formulario):
    archivo = CampoDeArchivo(
        label="Archivo",
        required=False,
        widget=forms.FileInput,
        max_length=255,
    )
    enlace = forms.URLField(
        label="O un enlace",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección completa, por ejemplo https://www.iecm.mx/."},
    )
    titulo = forms.CharField(
        label="Título", required=False, max_length=250, help_text="Si lo deja en blanco se usa el nombre del archivo."
    )
    grupos = (("", (("archivo", "enlace"), "titulo")),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tope = tamano(settings.ARCHIVO_TAMANO_MAXIMO)
        self.fields["archivo"].help_text = f"PDF, imagen, documento, hoja, audio o video. Hasta {tope}."

    def clean(self):
        datos = super().clean()
        if self.errors:
            return datos
        if datos.get("archivo") and datos.get("enlace"):
            self.add_error("enlace", "Agregue el archivo o el enlace, de uno en uno.")
        elif not datos.get("archivo") and not datos.get("enlace"):
            self.add_error("archivo", "Elija un archivo o escriba un enlace.")
        return datos


class SerieForm(FormularioBase):
    grupos = (("", ("nombre", ("clave", "patron"))),)

    class Meta:
        model = Serie
        fields = ["nombre", "clave", "patron"]
        help_texts = {"clave": "Corta y sin espacios: cvoe."}
