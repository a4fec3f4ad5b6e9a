from django import forms

from vinculacion.nucleo.formularios import FormularioBase

from .models import Usuario
from .roles import ROLES


class UsuarioForm(FormularioBase):
    papel = forms.ChoiceField(
        choices=[("", "Elija…"), *((papel, papel) for papel in ROLES)],
        label="papel",
        help_text="Decide qué puede ver y hacer.",
    )
    grupos = (
        ("Persona", (("first_name", "last_name"), ("email", "username"))),
        ("En el instituto", ("cargo", ("papel", "area"), "is_active")),
    )

    class Meta:
        model = Usuario
        fields = ("username", "first_name", "last_name", "email", "cargo", "area", "is_active")
        labels = {"is_active": "puede entrar"}
        help_texts = {
            "is_active": "Quítelo en lugar de borrar a quien ya no trabaja aquí: su historia se conserva.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["papel"].initial = next(iter(self.instance.papeles), "")
