"""Los formularios de la sala."""

from django import forms

from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import Formulario, FormularioBase

from ..models import Acuerdo


class HorasForm(Formulario):
    hora_inicio = forms.TimeField(label="Hora de inicio", required=False)
    hora_fin = forms.TimeField(label="Hora de término", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.widget.attrs["class"] = "form-control"


class AcuerdoDelPuntoForm(FormularioBase):
    """Lo mínimo para tomarlo durante la sesión; el folio lo da la serie."""

    grupos = (("", ("texto", ("area_responsable", "fecha_limite"))),)

    class Meta:
        model = Acuerdo
        fields = ["texto", "area_responsable", "fecha_limite"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area_responsable"].queryset = Area.objects.filter(activa=True)
        # Llega a la página ya cargada: el selector del navegador es el que sirve con el dedo.
        self.fields["area_responsable"].widget.attrs.pop("data-combo", None)
