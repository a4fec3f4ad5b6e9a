"""Anotar un paso pendiente y darlo por hecho."""

from django import forms

from vinculacion.archivo.forms import CampoDeArchivo, EvidenciaForm
from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import Fecha, Formulario, FormularioBase

from ..consultas import convenios_visibles
from ..models import PasoPendiente
from ..permisos import solo_su_area
from .reglas import CERRADAS


class PasoPendienteForm(FormularioBase):
    grupos = (("", ("convenio", "que", ("area", "fecha_limite"), "nota")),)

    class Meta:
        model = PasoPendiente
        fields = ("convenio", "que", "area", "fecha_limite", "nota")

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["convenio"]
        else:
            visibles = convenios_visibles(usuario).exclude(etapa__in=CERRADAS).prefetch_related(None)
            self.fields["convenio"].queryset = visibles.order_by("titulo")
            self.fields["convenio"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        if solo_su_area(usuario):
            # Un área sólo anota lo que ella tiene: no hay nada que elegir.
            del self.fields["area"]
            if not self.instance.pk:
                self.instance.area = usuario.area
        else:
            self.fields["area"].queryset = Area.objects.all()
            self.fields["area"].empty_label = "La contraparte"


class HechoForm(Formulario):
    fecha = forms.DateField(label="hecho el", widget=Fecha())
    nota = forms.CharField(label="nota", required=False, widget=forms.Textarea({"rows": 3}))
    archivo = CampoDeArchivo(label="evidencia", required=False, widget=forms.FileInput, max_length=255)
    enlace = forms.URLField(
        label="o un enlace",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección completa, por ejemplo https://www.iecm.mx/."},
    )
    grupos = (("", ("fecha", "nota", ("archivo", "enlace"))),)
    anchos = {"fecha": 4}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["archivo"].help_text = EvidenciaForm().fields["archivo"].help_text

    def clean(self):
        datos = super().clean()
        if datos.get("archivo") and datos.get("enlace"):
            self.add_error("enlace", "Agregue el archivo o el enlace, de uno en uno.")
        return datos
