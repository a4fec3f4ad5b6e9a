"""Lo que se le puede pedir a las páginas del avance, revisado antes de preguntar."""

from django import forms

from programas import consultas
from programas.consultas import Semaforo
from programas.models import Accion, Programa
from vinculacion.nucleo.formularios import CIFRAS_DE_UNA_CLAVE, EstiloComun
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO, Periodo

from .consultas import SIN_AREA, area_de, clave_de_area

MES_INVALIDO = "Escriba el mes como año y mes: 2026-11."
MAXIMO_DE_ACCIONES = 500


class PanoramaForm(EstiloComun, forms.Form):
    al = forms.DateField(label="al día")
    eje = forms.TypedChoiceField(label="eje", required=False, coerce=int, empty_value=None)
    area = forms.ChoiceField(label="área responsable", required=False)
    luz = forms.TypedChoiceField(
        label="situación",
        required=False,
        coerce=lambda nombre: Semaforo[nombre],
        empty_value=None,
        choices=[("", "Todas"), *((luz.name, luz.texto) for luz in Semaforo)],
    )

    def __init__(self, *args, programa: Programa, **kwargs):
        super().__init__(*args, **kwargs)
        for nombre in ("eje", "area", "luz"):
            self.fields[nombre].widget.attrs.pop("data-combo", None)
        acciones = Accion.objects.filter(eje__programa=programa).select_related(
            "area_responsable", "eje__programa__area"
        )
        areas = sorted({(clave_de_area(a), str(area_de(a) or SIN_AREA)) for a in acciones}, key=lambda par: par[1])
        self.fields["area"].choices = [("", "Todas"), *areas]  # type: ignore[attr-defined]
        self.fields["eje"].choices = [  # type: ignore[attr-defined]
            ("", "Todos"),
            *((eje.pk, str(eje)) for eje in programa.ejes.order_by("numero")),
        ]


class RegistrosForm(forms.Form):
    """Viene en la dirección que escribe ``enlaces.registros_de``; si alguien la cambia, se le dice qué falla."""

    acciones = forms.CharField(max_length=MAXIMO_DE_ACCIONES * CIFRAS_DE_UNA_CLAVE)
    desde = forms.DateField(label="desde")
    hasta = forms.DateField(label="hasta")

    def clean_acciones(self) -> list[Accion]:
        claves = self.cleaned_data["acciones"].split(",")
        if not all(c.isdecimal() and len(c) <= CIFRAS_DE_UNA_CLAVE for c in claves):
            raise forms.ValidationError("La dirección no dice de qué acciones.")
        pedidas = list(consultas.acciones().filter(pk__in=claves).order_by("eje__programa", "eje__numero", "inciso"))
        if len(pedidas) < len(set(map(int, claves))):
            raise forms.ValidationError("Alguna de las acciones ya no existe.")
        return pedidas

    def clean(self):
        datos = super().clean()
        if datos.get("desde") and datos.get("hasta"):
            try:
                datos["periodo"] = Periodo(datos["desde"], datos["hasta"])
            except ValueError as error:
                self.add_error("hasta", str(error))
        return datos


class Mes(forms.DateInput):
    input_type = "month"

    def __init__(self):
        super().__init__({"class": "form-control"}, format="%Y-%m")


class MesForm(forms.Form):
    mes = forms.DateField(label="Mes", input_formats=["%Y-%m"], widget=Mes(), error_messages={"invalid": MES_INVALIDO})

    def clean_mes(self):
        mes = self.cleaned_data["mes"]
        # El anterior y el siguiente también tienen que existir.
        if not ANIO_MINIMO < mes.year < ANIO_MAXIMO:
            raise forms.ValidationError(MES_INVALIDO)
        return Periodo.mes(mes.year, mes.month)
