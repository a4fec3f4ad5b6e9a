"""Formularios de los convenios."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from vinculacion.cuentas import roles
from vinculacion.nucleo.formularios import Fecha, FormularioBase
from vinculacion.nucleo.periodos import hoy

from . import acciones, consultas
from .estados import FIRMADAS
from .models import Convenio, TipoInstrumento


def responsables(actual=None) -> QuerySet:
    """Quien trabaja en la unidad: captura o dirige. Se queda quien ya lo llevaba, aunque se haya ido."""
    de_la_unidad = Q(is_active=True, groups__name__in=(roles.CAPTURA, roles.DIRECCION))
    return get_user_model()._default_manager.filter(de_la_unidad | Q(pk=actual.pk if actual else None)).distinct()


class ConvenioForm(FormularioBase):
    desde = forms.DateField(
        label="en esa etapa desde",
        required=False,
        widget=Fecha(),
        help_text="Si se deja en blanco: la fecha de suscripción, o la de hoy.",
    )
    grupos = (
        ("Instrumento", (("folio", "tipo"), "titulo", "objeto", ("padre", "ambito"))),
        ("Partes", ("contrapartes", "areas", ("gestion", "responsable"))),
        ("Etapa", (("etapa", "desde", "fecha_firma"),)),
        ("Vigencia", (("vigencia", "vigencia_desde", "vigencia_hasta"), "vigencia_texto")),
        ("Notas", ("notas",)),
    )
    anchos = {"gestion": 4, "responsable": 8, "padre": 8, "ambito": 4}

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
            "responsable",
            "etapa",
            "fecha_firma",
            "vigencia",
            "vigencia_desde",
            "vigencia_hasta",
            "vigencia_texto",
            "notas",
        )
        labels = {"notas": "Notas de la unidad"}
        widgets = {"objeto": forms.Textarea({"rows": 4}), "notas": forms.Textarea({"rows": 3})}

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        existe = self.instance.pk is not None
        self.fields["tipo"].queryset = consultas.tipos_elegibles(self.instance.tipo if existe else None)
        padres = consultas.convenios_visibles(usuario).prefetch_related(None).order_by("titulo")
        self.fields["padre"].queryset = padres.exclude(pk=self.instance.pk) if existe else padres
        self.fields["padre"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        self.fields["padre"].help_text = "De general a específico, anexo técnico, anexo financiero y adenda."
        self.fields["responsable"].queryset = responsables(self.instance.responsable if existe else None)
        if existe:
            # La etapa se cambia con su propio paso, que deja fecha y nota.
            del self.fields["etapa"], self.fields["desde"]
            if self.instance.etapa not in FIRMADAS:
                del self.fields["fecha_firma"]
        else:
            self.fields["etapa"].choices = acciones.etapas_iniciales()
            self.fields["fecha_firma"].help_text = "Sólo si ya está suscrito."

    def clean_desde(self):
        return self._ya_llego(self.cleaned_data["desde"], "Esa fecha todavía no llega.")

    def clean_fecha_firma(self):
        return self._ya_llego(self.cleaned_data["fecha_firma"], "La fecha de suscripción todavía no llega.")

    @staticmethod
    def _ya_llego(fecha, motivo):
        if fecha and fecha > hoy():
            raise forms.ValidationError(motivo)
        return fecha


class TipoInstrumentoForm(FormularioBase):
    grupos = (("", (("nombre", "nivel"), "requiere_opinion", "activo")),)

    class Meta:
        model = TipoInstrumento
        fields = ("nombre", "nivel", "requiere_opinion", "activo")
        help_texts = {"activo": "Los retirados se conservan en lo ya capturado, pero no se ofrecen en lo nuevo."}
