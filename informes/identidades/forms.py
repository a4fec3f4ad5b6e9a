from django import forms

from vinculacion.nucleo.formularios import FormularioBase

from ..models import Identidad
from .logotipo import ACEPTADOS, TOPE


class IdentidadForm(FormularioBase):
    # Lo revisa la acción, que dice por qué no: lo vacío y lo que pasó del tope llegan con 0 bytes.
    archivo = forms.FileField(
        label="Logotipo",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACEPTADOS, "data-tope": TOPE}),
        help_text="PNG o SVG de hasta 1 MB. El SVG, sólo con trazos: sin programas ni nada que pida de fuera.",
    )
    quitar_logo = forms.BooleanField(label="Quitar el logotipo que tiene", required=False)
    grupos = (
        ("", ("nombre", "institucion", "domicilio")),
        ("Logotipo", ("archivo", "quitar_logo", "logo_alternativo")),
        ("Aspecto", (("color", "letra"), "predeterminada")),
    )

    class Meta:
        model = Identidad
        fields = ["nombre", "institucion", "logo_alternativo", "color", "letra", "domicilio", "predeterminada"]
        help_texts = {
            "color": "Como #4a2a6b. Encima va texto blanco: el contraste debe ser de 4.5 a 1 o más.",
            "logo_alternativo": "Qué se ve, para quien no puede verlo. En blanco: «Logotipo de» y la institución.",
            "letra": "Sin remates (Source Sans 3) o con remates (Source Serif 4). En Word: Calibri o Cambria.",
            "predeterminada": "Con ella salen los informes que no eligen otra y los documentos de la comisión.",
            "domicilio": "Va al pie de la portada.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["quitar_logo"]
