"""Formularios de informes, plantillas y apartados."""

from django import forms

from programas.models import Accion
from vinculacion.comision.models import Acuerdo, Punto
from vinculacion.nucleo.formularios import Formulario, FormularioBase, arregla
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES

from . import catalogo, narrativa
from .models import Apartado, Informe, Plantilla


class PlantillaForm(FormularioBase):
    copia_de = forms.ModelChoiceField(
        Plantilla.objects.all(),
        required=False,
        label="copiar los apartados de",
        help_text="Para empezar el año con la estructura del anterior.",
    )

    class Meta:
        model = Plantilla
        fields = ("nombre", "clave", "descripcion")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["copia_de"]


class InformeForm(FormularioBase):
    grupos = (
        ("Informe", ("titulo", ("clave", "plantilla"), ("inicio", "fin"))),
        ("Quién informa", (("comision", "unidad"),)),
        ("Presentación y aprobación", (("punto", "acuerdo"),)),
    )

    class Meta:
        model = Informe
        fields = ("titulo", "clave", "plantilla", "inicio", "fin", "comision", "unidad", "punto", "acuerdo")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = Punto.objects.select_related("sesion").order_by(
            "-sesion__fecha_programada", "numero"
        )
        self.fields["punto"].label_from_instance = lambda p: f"{p.sesion.codigo}/{p.sesion.anio} · {p}"
        self.fields["acuerdo"].queryset = Acuerdo.objects.select_related("sesion").order_by(
            "-sesion__fecha_programada", "folio"
        )
        self.fields["acuerdo"].label_from_instance = lambda a: f"{a.folio} · {a.texto[:90]}"
        if self.instance.pk:
            # Los apartados ya se copiaron: cambiar la plantilla después no haría nada.
            del self.fields["plantilla"]
        else:
            self.fields["plantilla"].required = False


def sin_errores_de_narrativa(texto: str) -> str:
    if errores := narrativa.errores(texto, CIFRAS):
        raise forms.ValidationError([str(error) for error in errores])
    return texto


class ApartadoForm(FormularioBase):
    grupos = (
        ("", ("titulo", ("numeracion", "padre"), "accion")),
        ("Texto", ("narrativa", "explicacion")),
    )

    class Meta:
        model = Apartado
        fields = ("titulo", "numeracion", "padre", "accion", "narrativa", "explicacion")
        widgets = {
            "narrativa": forms.Textarea(attrs={"rows": 10, "data-narrativa": ""}),
            "explicacion": forms.Textarea(attrs={"rows": 3, "data-narrativa": ""}),
        }

    def __init__(self, *args, documento=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            documento = self.instance.documento
            del self.fields["padre"]  # de lugar se cambia en el árbol
        else:
            self.fields["padre"].queryset = documento.apartados.all() if documento else Apartado.objects.none()
            self.fields["padre"].empty_label = "Primer nivel"
            if documento is not None:
                setattr(self.instance, type(documento)._meta.model_name, documento)
        self.fields["accion"].queryset = Accion.objects.select_related("eje__programa").order_by(
            "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
        )
        self.fields["accion"].label_from_instance = lambda a: f"{a.clave} · {a.nombre}"

    def clean_narrativa(self):
        return sin_errores_de_narrativa(self.cleaned_data["narrativa"])

    def clean_explicacion(self):
        return sin_errores_de_narrativa(self.cleaned_data["explicacion"])


class ElegirSeccionForm(Formulario):
    seccion = forms.ChoiceField(label="sección")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seccion"].choices = [("", "Elija…"), *((s.clave, s.nombre) for s in catalogo.secciones())]


class UsoForm(Formulario):
    """Título y texto previo de una sección, más los parámetros que ella misma declara."""

    titulo = forms.CharField(label="título de la tabla", max_length=300, required=False)
    vista = forms.CharField(required=False, widget=forms.HiddenInput)  # el último cambio que la persona vio
    texto_previo = forms.CharField(
        label="texto que la antecede",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-narrativa": ""}),
        help_text="Admite Markdown y cifras vivas.",
    )

    def __init__(self, *args, seccion: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.parametros = None
        clase = SECCIONES[seccion].formulario
        if clase is not None:
            datos = args[0] if args else None
            inicial = kwargs.get("initial", {}).get("parametros", {})
            if not isinstance(inicial, dict):
                inicial = {}
            self.parametros = clase(datos, initial=inicial, prefix="p")
            for campo in self.parametros.fields.values():
                arregla(campo)

    def is_valid(self) -> bool:
        # Los dos se revisan siempre: los errores se dicen todos juntos.
        propios = super().is_valid()
        return (self.parametros is None or self.parametros.is_valid()) and propios

    def clean_texto_previo(self):
        return sin_errores_de_narrativa(self.cleaned_data["texto_previo"])

    def parametros_json(self) -> dict:
        """Los parámetros como se escribieron, para que sobrevivan a un cambio de la sección."""
        if self.parametros is None:
            return {}
        crudos = {}
        for nombre, campo in self.parametros.fields.items():
            valor = campo.widget.value_from_datadict(
                self.parametros.data, self.parametros.files, self.parametros.add_prefix(nombre)
            )
            if valor not in (None, "", []):
                crudos[nombre] = valor
        return crudos
