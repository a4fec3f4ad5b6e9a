"""Un formulario por renglón; la página los guarda todos juntos."""

from django import forms

from informes.forms import sin_errores_de_narrativa
from informes.models import Renglon
from vinculacion.nucleo.formularios import Formulario

CAMPOS = ("incluido", "rubro", "texto")
ORDEN_MAXIMO = 30_000


class RenglonForm(Formulario):
    incluido = forms.BooleanField(label="va en el informe", required=False)
    texto = forms.CharField(
        label="texto",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "data-narrativa": "breve"}),
    )
    rubro = forms.CharField(
        label="rubro",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "rubros", "autocomplete": "off"}),
    )
    orden = forms.IntegerField(
        label="lugar",
        required=False,
        min_value=1,
        max_value=ORDEN_MAXIMO,
        widget=forms.NumberInput(attrs={"data-lugar": ""}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    quitar = forms.BooleanField(label="eliminar", required=False)

    def __init__(self, *args, renglon: Renglon | None = None, lugar: int = 0, **kwargs):
        self.renglon = renglon
        prefijo = f"r{renglon.pk}" if renglon else kwargs.pop("prefix")
        inicial: dict = {"incluido": True}
        if renglon is not None:
            inicial = {c: getattr(renglon, c) for c in CAMPOS} | {"version": renglon.version, "orden": lugar}
        super().__init__(*args, prefix=prefijo, initial=inicial, **kwargs)
        if renglon is None:
            # Un renglón libre que se deja en blanco no se agrega.
            self.fields["texto"].required = False
            del self.fields["orden"], self.fields["version"], self.fields["quitar"]
        elif renglon.clave:
            del self.fields["quitar"]
        for campo in self.fields.values():
            casilla = isinstance(campo.widget, forms.CheckboxInput)
            campo.widget.attrs["class"] = "form-check-input" if casilla else "form-control form-control-sm"
        nombre = f"renglón {lugar}" if renglon else "renglón nuevo"
        for clave, campo in self.fields.items():
            # Hay muchos con el mismo rótulo: quien no los ve los distingue por su número.
            if clave != "version":
                campo.widget.attrs["aria-label"] = f"{campo.label}, {nombre} {'' if renglon else prefijo[1:]}".strip()

    def clean_texto(self) -> str:
        return self.cleaned_data["texto"].replace("\r\n", "\n").strip()

    def revisa_narrativa(self) -> bool:
        """Aparte, porque lo que nadie tocó no debe impedir que se guarde lo demás."""
        try:
            sin_errores_de_narrativa(self.cleaned_data["texto"])
        except forms.ValidationError as error:
            self.add_error("texto", error)
            return False
        return True

    def escrito(self) -> dict:
        return {c: self.cleaned_data[c] for c in CAMPOS}

    def toco(self, visto: dict) -> bool:
        return self.escrito() != {**visto, "texto": visto["texto"].replace("\r\n", "\n").strip()}
