"""Formularios de los actos, sus invitados y su asistencia."""

from collections.abc import Iterable

from django import forms
from django.db.models import Q

from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.formularios import ConjuntoBase, Formulario, FormularioBase
from vinculacion.nucleo.palabras import cuenta, fecha_corta

from ..consultas import convenios_visibles
from ..estados import SIN_FIRMA, Asistio
from ..models import ActoProtocolario, InvitadoDeActo
from . import consultas, reglas

MAXIMO_DE_INVITADOS = 200


class ActoForm(FormularioBase):
    copiar_de = forms.ModelChoiceField(
        ActoProtocolario.objects.none(),
        label="copiar los invitados de",
        required=False,
        help_text="Se agregan al final los que aún no estén en la lista.",
    )
    grupos = (
        ("Acto", ("titulo", "convenios", ("fecha", "hora", "hora_fin"), ("modalidad", "lugar"), "notas")),
        ("Estado", (("estado", "motivo"),)),
        ("Invitados", ("copiar_de",)),
    )
    anchos = {"modalidad": 4, "lugar": 8, "estado": 4, "motivo": 8}

    class Meta:
        model = ActoProtocolario
        fields = ("titulo", "convenios", "fecha", "hora", "hora_fin", "modalidad", "lugar", "estado", "motivo", "notas")
        widgets = {"notas": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"titulo": "Como saldrá en el calendario y en los informes."}

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        elegibles = ~Q(etapa__in=SIN_FIRMA)
        if self.instance.pk:
            elegibles |= Q(actos=self.instance.pk)
        convenios = convenios_visibles(usuario).prefetch_related(None).order_by("titulo")
        self.fields["convenios"].queryset = convenios.filter(elegibles).distinct()
        self.fields["convenios"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        self.fields["copiar_de"].queryset = consultas.con_lista(usuario).exclude(pk=self.instance.pk)
        self.fields["copiar_de"].label_from_instance = self.con_cuantos
        self.fields["copiar_de"].empty_label = "Ninguno"

    @staticmethod
    def con_cuantos(acto) -> str:
        return f"{fecha_corta(acto.fecha)} · {acto} ({cuenta(acto.cuantos, 'invitado', 'invitados')})"


class InvitadoForm(FormularioBase):
    class Meta:
        model = InvitadoDeActo
        fields = ("cargo", "organismo", "area", "calidad", "asistio", "orden")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["orden"].required = False
        self.fields["orden"].widget.attrs["placeholder"] = "Al final"
        if self.instance.pk is None:
            self.initial["orden"] = None

    def clean_orden(self) -> int:
        return self.cleaned_data["orden"] or 0

    def clean(self):
        datos = super().clean()
        invitado = InvitadoDeActo(organismo=datos.get("organismo"), area=datos.get("area"))
        for campo, razon in reglas.impedimentos_de_invitado(invitado).items():
            self.add_error(campo, razon)
        return datos


class InvitadosConjunto(ConjuntoBase):
    """Las listas de organismos y de áreas se leen una vez, no una por renglón."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.opciones = {
            "organismo": opciones(Organismo.objects.all()),
            "area": opciones(Area.objects.all()),
        }

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for campo, suyas in self.opciones.items():
            form.fields[campo].choices = suyas

    def clean(self):
        vistos = set()
        for renglon in self.forms:
            datos = getattr(renglon, "cleaned_data", None) or {}
            if not datos.get("cargo") or datos.get("DELETE"):
                continue
            identidad = reglas.identidad(renglon.instance)
            if identidad in vistos:
                renglon.add_error("cargo", "Ya está en la lista.")
            vistos.add(identidad)

    def validate_unique(self):
        """Lo dice ``clean`` junto al campo, en vez de un aviso general."""


def opciones(registros: Iterable) -> list[tuple[object, str]]:
    return [("", "Ninguno"), *((r.pk, str(r)) for r in registros)]


InvitadosFormSet = forms.inlineformset_factory(
    ActoProtocolario,
    InvitadoDeActo,
    form=InvitadoForm,
    formset=InvitadosConjunto,
    extra=3,
    max_num=MAXIMO_DE_INVITADOS,
    absolute_max=MAXIMO_DE_INVITADOS + 1,
    validate_max=True,
    can_delete_extra=False,
)


class CampoDeAsistencia(forms.ChoiceField):
    def __init__(self, invitado: InvitadoDeActo):
        self.invitado = invitado
        super().__init__(
            label=invitado.cargo, choices=Asistio.choices, initial=invitado.asistio, widget=forms.RadioSelect
        )


class AsistenciaForm(Formulario):
    """Un campo por invitado, con su nombre por etiqueta."""

    def __init__(self, *args, invitados: Iterable[InvitadoDeActo], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update({f"i{i.pk}": CampoDeAsistencia(i) for i in invitados})

    def asistencia(self) -> dict[int, str]:
        return {self.fields[nombre].invitado.pk: valor for nombre, valor in self.cleaned_data.items()}


class CancelarForm(Formulario):
    motivo = forms.CharField(label="por qué se cancela", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
