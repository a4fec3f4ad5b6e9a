"""Formularios de planes."""

from django import forms

from programas.estados import CampoDeActividad, ColumnaDeActividad
from programas.models import META_MAXIMA, Accion, Eje, Programa, TipoActividad
from vinculacion.nucleo.formularios import FormularioBase
from vinculacion.nucleo.palabras import capitaliza, mes

MESES = [(numero, capitaliza(mes(numero))) for numero in range(1, 13)]


class ProgramaForm(FormularioBase):
    grupos = (
        ("Programa", ("nombre", ("tipo", "anio"), ("clave", "area"), "objetivo")),
        ("Comisión y aprobación", (("comision", "acuerdo"),)),
    )

    class Meta:
        model = Programa
        fields = ("nombre", "tipo", "anio", "clave", "area", "objetivo", "comision", "acuerdo")


class EjeForm(FormularioBase):
    grupos = (("", ("programa", ("numero", "nombre"), "objetivo")),)
    anchos = {"numero": 2, "nombre": 10}

    class Meta:
        model = Eje
        fields = ("programa", "numero", "nombre", "objetivo")


class AccionForm(FormularioBase):
    """La acción con sus metas por trimestre en la misma página."""

    meta_1 = forms.IntegerField(label="1er trimestre", required=False, min_value=0, max_value=META_MAXIMA)
    meta_2 = forms.IntegerField(label="2° trimestre", required=False, min_value=0, max_value=META_MAXIMA)
    meta_3 = forms.IntegerField(label="3er trimestre", required=False, min_value=0, max_value=META_MAXIMA)
    meta_4 = forms.IntegerField(label="4° trimestre", required=False, min_value=0, max_value=META_MAXIMA)
    meses = forms.TypedMultipleChoiceField(
        label="meses programados",
        choices=MESES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Los que marca el cronograma de un programa anual de trabajo.",
    )
    grupos = (
        ("Acción", ("eje", ("inciso", "nombre"), ("unidad", "frecuencia"), ("fuente", "area_responsable"))),
        ("Metas", (("meta_1", "meta_2", "meta_3", "meta_4"), "meses")),
        ("Alineación con el otro plan", ("alineadas",)),
    )
    anchos = {"inciso": 2, "nombre": 10}

    class Meta:
        model = Accion
        fields = (
            "eje", "inciso", "nombre", "unidad", "frecuencia", "fuente", "area_responsable", "meses", "alineadas",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["eje"].queryset = Eje.objects.select_related("programa").order_by(
            "-programa__anio", "programa__clave", "numero"
        )
        self.fields["eje"].label_from_instance = lambda e: f"{e.programa.clave} · {e}"
        posibles = Accion.objects.select_related("eje__programa").order_by(
            "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
        )
        if self.instance.pk:
            programa = self.instance.eje.programa
            posibles = posibles.filter(eje__programa__anio=programa.anio).exclude(eje__programa=programa)
            for meta in self.instance.metas.all():
                self.fields[f"meta_{meta.trimestre}"].initial = meta.cantidad
        self.fields["alineadas"].queryset = posibles
        self.fields["alineadas"].label_from_instance = lambda a: f"{a.clave} · {a.nombre}"

    @property
    def metas(self) -> dict[int, int | None]:
        return {n: self.cleaned_data[f"meta_{n}"] for n in range(1, 5)}


class TipoActividadForm(FormularioBase):
    campos = forms.MultipleChoiceField(
        choices=CampoDeActividad.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="campos que pide",
        help_text="Además de acción, título y fecha, que se piden siempre.",
    )
    columnas = forms.MultipleChoiceField(
        choices=ColumnaDeActividad.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="columnas en los informes",
        help_text="Salvo que el apartado pida otras.",
    )

    class Meta:
        model = TipoActividad
        fields = ("nombre", "clave", "campos", "columnas", "orden", "activo")
