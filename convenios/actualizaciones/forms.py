"""Formularios de las actualizaciones y de la cuadrícula."""

from django import forms

from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.comision.models import Comision, Sesion
from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import FormularioBase

from ..consultas import convenios_visibles
from ..estados import FIRMADAS
from ..models import Actualizacion, TipoInstrumento


class ActualizacionForm(FormularioBase):
    class Meta:
        model = Actualizacion
        fields = ("convenio", "sesion", "avance")

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        convenios = convenios_visibles(usuario).filter(etapa__in=FIRMADAS).prefetch_related(None)
        self.fields["convenio"].queryset = convenios.order_by("titulo")
        self.fields["convenio"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        sesiones = Sesion.objects.exclude(estado=EstadoDeSesion.CANCELADA).select_related("comision")
        self.fields["sesion"].queryset = sesiones
        self.fields["sesion"].label_from_instance = lambda s: f"{s} ({s.comision.siglas})"


class CuadriculaForm(forms.Form):
    """Qué cuadrícula se quiere ver; lo que no vale se ignora y queda lo de costumbre."""

    comision = forms.ModelChoiceField(Comision.objects.all(), label="Comisión", empty_label=None)
    anio = forms.IntegerField(label="Año", min_value=1999, max_value=2100)
    tipo = forms.ModelChoiceField(
        TipoInstrumento.objects.filter(convenios__isnull=False).distinct(),
        label="Tipo de instrumento",
        required=False,
        empty_label="Todos",
    )
    area = forms.ModelChoiceField(
        Area.objects.filter(convenios__isnull=False).distinct(), label="Área", required=False, empty_label="Todas"
    )
    texto = forms.CharField(label="Instrumento o contraparte", required=False, max_length=200)
    todos = forms.BooleanField(label="También los que ya no estaban en vigor", required=False)
    pagina = forms.IntegerField(min_value=1, max_value=10_000, required=False, widget=forms.HiddenInput)


class RenglonDeSesionForm(forms.Form):
    """Lo que un instrumento reportó en una sesión. ``visto`` es la huella de lo que había al abrir la página."""

    reporto = forms.BooleanField(required=False)
    avance = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2, "data-crece": ""}))
    visto = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def clean(self):
        datos = super().clean()
        # Quien escribe un avance está diciendo que reportó.
        datos["reporto"] = datos.get("reporto", False) or bool(datos.get("avance", "").strip())
        return datos
