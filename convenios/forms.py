"""Formularios de los convenios."""

from django import forms

from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.comision.models import Comision, Sesion
from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import Fecha, Formulario, FormularioBase
from vinculacion.nucleo.periodos import hoy

from . import acciones, consultas
from .estados import FIRMADAS, PASOS, Etapa
from .models import Actualizacion, Convenio, TipoInstrumento


class ConvenioForm(FormularioBase):
    desde = forms.DateField(
        label="en esa etapa desde",
        required=False,
        widget=Fecha(),
        help_text="Si se deja en blanco: la fecha de suscripción, o la de hoy.",
    )
    grupos = (
        ("Instrumento", (("folio", "tipo"), "titulo", "objeto", ("padre", "ambito"))),
        ("Partes", ("contrapartes", ("areas", "gestion"))),
        ("Etapa", (("etapa", "desde", "fecha_firma"),)),
        ("Vigencia", (("vigencia", "vigencia_hasta"), "vigencia_texto")),
    )
    anchos = {"areas": 8, "gestion": 4, "padre": 8, "ambito": 4}

    class Meta:
        model = Convenio
        fields = (
            "folio",
            "tipo",
            "titulo",
            "objeto",
            "padre",
            "ambito",
            "contrapartes",
            "areas",
            "gestion",
            "etapa",
            "fecha_firma",
            "vigencia",
            "vigencia_hasta",
            "vigencia_texto",
        )

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        existe = self.instance.pk is not None
        self.fields["tipo"].queryset = consultas.tipos_elegibles(self.instance.tipo if existe else None)
        padres = consultas.convenios_visibles(usuario).prefetch_related(None).order_by("titulo")
        self.fields["padre"].queryset = padres.exclude(pk=self.instance.pk) if existe else padres
        self.fields["padre"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        if existe:
            # La etapa se cambia con su propio paso, que deja fecha y nota.
            del self.fields["etapa"], self.fields["desde"]
            if self.instance.etapa not in FIRMADAS:
                del self.fields["fecha_firma"]
        else:
            self.fields["etapa"].choices = acciones.etapas_iniciales()
            self.fields["fecha_firma"].help_text = "Sólo si ya está suscrito."

    def clean_desde(self):
        desde = self.cleaned_data["desde"]
        if desde and desde > hoy():
            raise forms.ValidationError("Esa fecha todavía no llega.")
        return desde


class CambiarEtapaForm(Formulario):
    etapa = forms.ChoiceField(label="nueva etapa", widget=forms.RadioSelect)
    fecha = forms.DateField(label="fecha", widget=Fecha(), help_text="La del paso; si se suscribe, la de la firma.")
    nota = forms.CharField(
        label="nota",
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text="Obligatoria si no se firmó o si concluye antes de vencer.",
    )

    def __init__(self, *args, convenio: Convenio, **kwargs):
        super().__init__(*args, **kwargs)
        opciones = [(e, Etapa(e).label) for e in PASOS[convenio.etapa]]
        self.fields["etapa"].choices = opciones
        if len(opciones) == 1:
            self.fields["etapa"].initial = opciones[0][0]


class TipoInstrumentoForm(FormularioBase):
    class Meta:
        model = TipoInstrumento
        fields = ("nombre", "activo")
        help_texts = {"activo": "Los retirados se conservan en lo ya capturado, pero no se ofrecen en lo nuevo."}


class ActualizacionForm(FormularioBase):
    class Meta:
        model = Actualizacion
        fields = ("convenio", "sesion", "avance")

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        convenios = consultas.convenios_visibles(usuario).filter(etapa__in=FIRMADAS).prefetch_related(None)
        self.fields["convenio"].queryset = convenios.order_by("titulo")
        self.fields["convenio"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        sesiones = Sesion.objects.exclude(estado=EstadoDeSesion.CANCELADA).select_related("comision")
        self.fields["sesion"].queryset = sesiones
        self.fields["sesion"].label_from_instance = lambda s: f"{s} ({s.comision.siglas})"


class CuadriculaForm(forms.Form):
    """Qué cuadrícula se quiere ver; lo que no vale se ignora y queda lo de costumbre."""

    comision = forms.ModelChoiceField(Comision.objects.all(), label="Comisión", empty_label=None)
    anio = forms.IntegerField(label="Año", min_value=1999, max_value=2100)
    area = forms.ModelChoiceField(
        Area.objects.filter(convenios__isnull=False).distinct(), label="Área", required=False, empty_label="Todas"
    )
    todos = forms.BooleanField(label="También los que ya no estaban en vigor", required=False)
    pagina = forms.IntegerField(min_value=1, max_value=10_000, required=False, widget=forms.HiddenInput)
