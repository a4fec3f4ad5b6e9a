"""Formularios de la renovación."""

from django import forms

from vinculacion.nucleo.formularios import Formulario, FormularioBase
from vinculacion.nucleo.periodos import hoy

from ..estados import Decision
from ..models import Convenio, Renovacion
from ..reglas import dia
from . import consultas
from .permisos import DECIDIR


def con_folio(convenio: Convenio) -> str:
    hasta = f", vence el {dia(convenio.vigencia_hasta)}" if convenio.vigencia_hasta else ""
    return f"{convenio.titulo} ({convenio.folio}{hasta})"


class RenovacionForm(FormularioBase):
    """Quien no decide sólo la inicia, deja su razón mientras se estudia y liga el sucesor de la ya decidida."""

    grupos = (
        ("Instrumento", ("convenio",)),
        ("Decisión", (("decision", "fecha_decision"), "razon")),
        ("Sucesor", ("sucesor",)),
    )
    anchos = {"decision": 8, "fecha_decision": 4}

    class Meta:
        model = Renovacion
        fields = ("convenio", "decision", "fecha_decision", "razon", "sucesor")

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        renovacion = self.instance
        if renovacion.pk:
            self.fields["convenio"].queryset = Convenio.objects.filter(pk=renovacion.convenio_id)
            self.fields["convenio"].disabled = True
            self.fields["sucesor"].queryset = consultas.candidatos(renovacion, usuario)
            self.fields["sucesor"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
            self.fields["sucesor"].help_text = (
                "Sólo si se renueva y el instrumento ya está registrado: con una contraparte en común y posterior. "
                "Si no, créelo desde la página de la renovación."
            )
        else:
            self.fields["convenio"].queryset = consultas.renovables(usuario)
            self.fields["convenio"].label_from_instance = con_folio
            self.fields["convenio"].help_text = "Los suscritos que vencen y todavía no tienen renovación."
            del self.fields["sucesor"]
        if not usuario.has_perm(DECIDIR):
            del self.fields["decision"], self.fields["fecha_decision"]
            if renovacion.decision != Decision.EN_ESTUDIO:
                del self.fields["razon"]
            if renovacion.decision != Decision.SE_RENUEVA:
                self.fields.pop("sucesor", None)
        else:
            self.fields["fecha_decision"].help_text = "La del oficio o la reunión en que se decidió."

    def clean_fecha_decision(self):
        fecha = self.cleaned_data["fecha_decision"]
        if fecha and fecha > hoy():
            raise forms.ValidationError("Esa fecha todavía no llega.")
        return fecha


class SucesorForm(Formulario):
    folio = forms.CharField(
        label="folio", max_length=60, help_text="El del registro de convenios, o uno provisional mientras se negocia."
    )
    titulo = forms.CharField(
        label="título", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Como se nombrará."
    )
