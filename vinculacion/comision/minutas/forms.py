"""Formularios de la minuta y del cierre."""

from django import forms

from vinculacion.comision.models import Minuta
from vinculacion.nucleo.formularios import Formulario, FormularioBase

from . import consultas


class MinutaForm(FormularioBase):
    class Meta:
        model = Minuta
        fields = ["texto"]
        widgets = {"texto": forms.Textarea(attrs={"rows": 28, "class": "minuta-texto", "spellcheck": "true"})}
        help_texts = {
            "texto": "Un renglón que empieza con ## es un título, con ### un subtítulo; **negritas** y listas con guion. Lo que está entre "
            "corchetes falta en los registros."
        }


class ConSesionYPunto(forms.ModelChoiceField):
    def label_from_instance(self, punto) -> str:
        return f"{punto.sesion.clave} · {punto}"


class AprobarForm(Formulario):
    aprobada_en = ConSesionYPunto(
        label="Punto que la aprobó",
        queryset=None,
        help_text="De una sesión posterior, ya resuelto como aprobado.",
    )

    def __init__(self, *args, minuta: Minuta, **kwargs):
        super().__init__(*args, **kwargs)
        puntos = consultas.puntos_que_pueden_aprobar(minuta)
        self.fields["aprobada_en"].queryset = puntos
        if len(candidatos := [p for p in puntos if "minuta" in p.titulo.lower()]) == 1:
            self.initial.setdefault("aprobada_en", candidatos[0].pk)


class RazonForm(Formulario):
    razon = forms.CharField(
        label="Razón",
        max_length=300,
        widget=forms.Textarea,
        help_text="Queda en la historia, con su nombre y la fecha.",
    )
