"""Dar, corregir y deshacer un paso."""

from django import forms

from vinculacion.archivo.forms import CampoDeArchivo, EvidenciaForm
from vinculacion.nucleo.formularios import Fecha, Formulario

from ..estados import Etapa
from ..models import CambioDeEtapa
from .consultas import PasoPosible

TOPE_DE_NOTA = CambioDeEtapa._meta.get_field("nota").max_length
TOPE_DE_MOTIVO = 100  # lo que cabe en la razón de un cambio de la historia


class CambiarEtapaForm(Formulario):
    etapa = forms.ChoiceField(label="nueva etapa", widget=forms.RadioSelect)
    fecha = forms.DateField(label="fecha del paso", widget=Fecha(), help_text="Si se suscribe, la de la firma.")
    nota = forms.CharField(label="nota", max_length=TOPE_DE_NOTA, required=False, widget=forms.Textarea({"rows": 2}))
    archivo = CampoDeArchivo(
        label="archivo del instrumento firmado", required=False, widget=forms.FileInput, max_length=255
    )
    enlace = forms.URLField(
        label="o un enlace",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección completa, por ejemplo https://www.iecm.mx/."},
    )

    def __init__(self, *args, pasos: list[PasoPosible], con_archivo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["etapa"].choices = [(p.etapa, p.nombre) for p in pasos]
        if len(pasos) == 1:
            self.fields["etapa"].initial = pasos[0].etapa
        if con_archivo:
            ayuda = EvidenciaForm().fields["archivo"].help_text
            self.fields["archivo"].help_text = f"Puede agregarlo después. {ayuda}"
        else:
            del self.fields["archivo"], self.fields["enlace"]

    def clean(self):
        datos = super().clean()
        if datos.get("archivo") and datos.get("enlace"):
            self.add_error("enlace", "Agregue el archivo o el enlace, de uno en uno.")
        firmando = datos.get("etapa") in (Etapa.SUSCRITO, Etapa.CONCLUIDO, None)
        for campo in ("archivo", "enlace"):
            if datos.get(campo) and not firmando:
                self.add_error(campo, "Sólo se agrega al suscribir o al concluir.")
        return datos


class CorregirPasoForm(Formulario):
    fecha = forms.DateField(label="fecha del paso", widget=Fecha())
    nota = forms.CharField(label="nota", max_length=TOPE_DE_NOTA, required=False, widget=forms.Textarea({"rows": 3}))


class DeshacerPasoForm(Formulario):
    motivo = forms.CharField(label="por qué se deshace", max_length=TOPE_DE_MOTIVO, widget=forms.Textarea({"rows": 2}))
