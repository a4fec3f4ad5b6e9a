from collections.abc import Iterable

from django import forms

from informes.models import VersionDeInforme
from informes.reglas import NOTA_MAXIMA
from vinculacion.nucleo.formularios import Formulario, arregla

from . import reglas
from .preparacion import Errata


class PasoForm(Formulario):
    nota = forms.CharField(
        label="nota", max_length=NOTA_MAXIMA, required=False, help_text="Queda en la historia, con su nombre y la hora."
    )

    def __init__(self, *args, atras: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if atras:
            self.fields["nota"].required = True
            self.fields["nota"].label = "Por qué"
            self.fields["nota"].error_messages["required"] = "Diga por qué."


class ErrataForm(forms.Form):
    lugar = forms.ChoiceField(label="apartado")
    dice = forms.CharField(label="dice", max_length=1000, widget=forms.Textarea)
    debe_decir = forms.CharField(label="debe decir", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, version: VersionDeInforme, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version
        self.titulos = {a.ancla: a.encabezado for a in reglas.apartados_de(version) if not reglas.es_agregado(a)}
        self.fields["lugar"].choices = [("", "Elija…"), *self.titulos.items()]
        for campo in self.fields.values():
            arregla(campo)
        for nombre in ("dice", "debe_decir"):
            self.fields[nombre].widget.attrs["rows"] = 2

    def clean(self):
        datos = super().clean()
        lugar, dice = datos.get("lugar"), datos.get("dice")
        if lugar and dice and (falta := reglas.falta_de_la_errata(self.version, lugar, dice)):
            self.add_error("dice", falta)
        if dice and dice == datos.get("debe_decir"):
            self.add_error("debe_decir", "Es lo mismo que ya dice.")
        return datos

    def errata(self) -> Errata:
        datos = self.cleaned_data
        return Errata(self.titulos[datos["lugar"]], datos["dice"], datos["debe_decir"])


class ErratasBase(forms.BaseFormSet):
    default_error_messages = {
        "missing_management_form": "El formulario llegó incompleto: recargue la página y envíelo otra vez.",
    }

    def clean(self):
        if not any(self.errors) and not any(f.has_changed() for f in self.forms):
            raise forms.ValidationError("Escriba al menos una errata.")

    @classmethod
    def con(cls, version: VersionDeInforme, erratas: Iterable[dict]) -> "ErratasBase":
        """Con lo que ya se había escrito, si todavía se puede decir de esa versión."""
        anclas = {a.encabezado: a.ancla for a in reglas.apartados_de(version)}
        escritas = [{**e, "lugar": anclas.get(e["lugar"], "")} for e in erratas]
        conjunto = cls(initial=escritas, form_kwargs={"version": version})
        conjunto.extra += len(escritas)
        return conjunto

    def initial_form_count(self) -> int:
        return 0  # también lo que ya se había escrito se puede dejar en blanco

    def erratas(self) -> list[Errata]:
        return [f.errata() for f in self.forms if f.has_changed()]


Erratas = forms.formset_factory(ErrataForm, ErratasBase, extra=3, max_num=100, absolute_max=100, validate_max=True)
