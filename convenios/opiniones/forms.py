"""Formularios de las opiniones y de sus plantillas."""

from django import forms

from vinculacion.nucleo.formularios import Fecha, Formulario, FormularioBase

from ..consultas import convenios_visibles
from ..estados import Sentido
from ..models import Opinion, PlantillaDeOpinion
from . import consultas, marcas

TEXTO = {"rows": 18, "class": "opinion-texto", "spellcheck": "true"}


class OpinionForm(FormularioBase):
    grupos = (
        ("Solicitud", ("convenio", ("solicitada", "serie"), "complementa", "areas")),
        ("Texto", ("plantilla", "texto")),
    )

    class Meta:
        model = Opinion
        fields = ("convenio", "solicitada", "serie", "complementa", "areas", "plantilla", "texto")
        widgets = {"texto": forms.Textarea(attrs=TEXTO)}

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        propia = self.instance if self.instance.pk else None
        convenios = convenios_visibles(usuario).prefetch_related(None).order_by("titulo")
        self.fields["convenio"].queryset = convenios
        self.fields["convenio"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        self.fields["serie"].queryset = consultas.series_elegibles(propia and propia.serie)
        self.fields["serie"].help_text = "De ella saldrá el número. Un complemento usa la de la opinión que corrige."
        self.fields["plantilla"].queryset = consultas.plantillas_elegibles(propia and propia.plantilla)
        complementables = consultas.complementables()
        self.fields["complementa"].queryset = complementables.exclude(pk=propia.pk) if propia else complementables
        self.fields["complementa"].label_from_instance = lambda o: f"{o.folio} · {o.convenio}"
        self.fields["texto"].help_text = (
            "Un renglón que empieza con ## es un título; **negritas** y listas con guion. Los datos de la emisión "
            "van como marcas: {{ numero }}, {{ fecha }}, {{ sentido }}."
        )
        if propia is None:
            self.fields["texto"].help_text += " En blanco: se redacta con la plantilla al guardar."
            self.fields["areas"].help_text = "En blanco: las del instrumento."

    def clean_texto(self) -> str:
        return sin_fallas(self.cleaned_data["texto"])


class PlantillaDeOpinionForm(FormularioBase):
    class Meta:
        model = PlantillaDeOpinion
        fields = ("nombre", "texto", "activa")
        widgets = {"texto": forms.Textarea(attrs=TEXTO)}
        help_texts = {
            "texto": "Un renglón que empieza con ## es un título; **negritas** y listas con guion. La lista de marcas "
            "está abajo.",
            "activa": "Las retiradas se conservan en lo ya redactado, pero no se ofrecen en lo nuevo.",
        }

    def clean_texto(self) -> str:
        return sin_fallas(self.cleaned_data["texto"])


def sin_fallas(texto: str) -> str:
    if fallas := marcas.errores(texto):
        raise forms.ValidationError(fallas)
    return texto


class EmitirForm(Formulario):
    """Nada es obligatorio aquí: la regla dice junto todo lo que falta."""

    sentido = forms.ChoiceField(label="sentido", required=False, choices=Sentido.choices, widget=forms.RadioSelect)
    fecha = forms.DateField(label="fecha de emisión", required=False, widget=Fecha())
    folio = forms.CharField(
        label="número histórico",
        required=False,
        max_length=60,
        help_text="Sólo si ya se había emitido fuera del sistema: el número que lleva. En blanco, el que sigue.",
    )
    grupos = (("", ("sentido", ("fecha", "folio"))),)


class CancelarForm(Formulario):
    motivo = forms.CharField(
        label="motivo",
        max_length=500,
        widget=forms.Textarea,
        help_text="Queda en la opinión y en su documento, con su nombre y la fecha.",
    )


class GenerarForm(Formulario):
    plantilla = forms.ModelChoiceField(label="plantilla", queryset=PlantillaDeOpinion.objects.none())

    def __init__(self, *args, opinion: Opinion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plantilla"].queryset = consultas.plantillas_elegibles(opinion.plantilla)
