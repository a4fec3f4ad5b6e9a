"""Formularios de los compromisos y sus avances."""

from datetime import date

from django import forms
from django.forms.models import BaseModelFormSet

from vinculacion.archivo.forms import EvidenciaForm
from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.comision.forms import ConSesion
from vinculacion.comision.models import Sesion
from vinculacion.comision.seguimiento.forms import CampoDeArchivos
from vinculacion.directorio.models import Organismo
from vinculacion.nucleo.formularios import OBLIGATORIO, ConjuntoBase, Formulario, FormularioBase, arregla
from vinculacion.nucleo.palabras import cuenta
from vinculacion.nucleo.periodos import hoy

from .. import consultas as de_convenios
from ..estados import FIRMADAS
from ..models import AvanceDeCompromiso, Compromiso, Convenio
from . import consultas, reglas

CAMPOS = ("clausula", "que", "parte", "area", "contraparte", "recurrencia", "fecha_limite", "repite_hasta")
RENGLONES_NUEVOS, MAXIMO_DE_RENGLONES = 4, 40


class CompromisoForm(FormularioBase):
    grupos = (
        ("Instrumento", ("convenio",)),
        ("A qué se obliga", (("clausula", "parte"), "que", ("area", "contraparte"))),
        ("Cuándo", (("recurrencia", "fecha_limite", "repite_hasta"),)),
    )
    anchos = {"clausula": 4, "parte": 8}

    class Meta:
        model = Compromiso
        fields = ("convenio", *CAMPOS)

    def __init__(self, *args, usuario, convenio: Convenio | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        visibles = de_convenios.convenios_visibles(usuario).prefetch_related(None).order_by("titulo")
        self.fields["convenio"].queryset = visibles
        self.fields["convenio"].label_from_instance = lambda c: f"{c.titulo} ({c.folio})"
        if self.instance.pk:
            convenio = self.instance.convenio
            self.fields["convenio"].disabled = True
        self.fields["contraparte"].queryset = contrapartes(convenio, visibles)
        self.fields["contraparte"].help_text = "En blanco: todas las del instrumento."


def contrapartes(convenio: Convenio | None, visibles=None):
    """Las del instrumento; si todavía no se elige, las de cualquiera de los visibles."""
    if convenio is not None:
        return convenio.contrapartes.all()
    return Organismo.objects.filter(convenios__in=visibles.order_by().values("pk")).distinct()


class RenglonForm(FormularioBase):
    """Un compromiso en la página donde se capturan todos los de un instrumento."""

    class Meta:
        model = Compromiso
        fields = CAMPOS
        widgets = {"que": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, convenio: Convenio, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.convenio = convenio
        self.fields["contraparte"].queryset = contrapartes(convenio)
        for nombre in ("area", "contraparte", "repite_hasta", "fecha_limite", "clausula"):
            self.fields[nombre].help_text = ""


class ConjuntoDeCompromisos(BaseModelFormSet):
    default_error_messages = ConjuntoBase.default_error_messages

    def __init__(self, *args, convenio: Convenio, **kwargs):
        super().__init__(*args, queryset=Compromiso.objects.none(), form_kwargs={"convenio": convenio}, **kwargs)
        # Una consulta por catálogo para todos los renglones, no una por renglón.
        self.catalogos = {}
        for renglon in (*self.forms, self.empty_form):
            self._comparte(renglon)

    def _comparte(self, renglon) -> None:
        for nombre in ("area", "contraparte"):
            campo = renglon.fields[nombre]
            self.catalogos.setdefault(nombre, list(campo.choices))
            campo.widget.choices = self.catalogos[nombre]

    @property
    def empty_form(self):
        renglon = super().empty_form
        if getattr(self, "catalogos", None):
            self._comparte(renglon)
        return renglon

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields.pop("id", None)
        for campo in form.fields.values():
            arregla(campo)

    def clean(self):
        vistos: set[tuple[str, str]] = set()
        for renglon in self.forms:
            datos = getattr(renglon, "cleaned_data", None) or {}
            llave = (datos.get("clausula", ""), datos.get("que", ""))
            if datos.get("que") and llave in vistos:
                renglon.add_error("que", "Está dos veces en esta página.")
            vistos.add(llave)


CompromisosFormSet = forms.modelformset_factory(
    Compromiso,
    form=RenglonForm,
    formset=ConjuntoDeCompromisos,
    extra=RENGLONES_NUEVOS,
    max_num=MAXIMO_DE_RENGLONES,
    validate_max=True,
    absolute_max=MAXIMO_DE_RENGLONES + 10,
)


class CancelarForm(Formulario):
    razon = forms.CharField(
        label="por qué ya no aplica",
        max_length=500,
        widget=forms.Textarea,
        help_text="El convenio modificatorio que lo quitó, el acuerdo entre las partes…",
    )


class ConCompromiso(forms.ModelChoiceField):
    def label_from_instance(self, compromiso: Compromiso) -> str:
        clausula = f"{compromiso.clausula}: " if compromiso.clausula else ""
        return f"{clausula}{compromiso} ({compromiso.convenio.folio})"


class AvanceForm(FormularioBase):
    compromiso = ConCompromiso(label="compromiso", queryset=Compromiso.objects.none())
    porcentaje = forms.IntegerField(label="Avance (%)", min_value=0, max_value=100, initial=0, required=False)
    sesion = ConSesion(label="Sesión en que se informó", queryset=Sesion.objects.none(), required=False)
    archivos = CampoDeArchivos(label="Archivos", required=False, help_text="Puede elegir varios archivos.")
    enlace = EvidenciaForm.base_fields["enlace"]
    grupos = (
        ("", ("compromiso", ("vez", "fecha"), "nota", ("porcentaje", "sesion"), "cumple")),
        ("Evidencia", (("archivos", "enlace"),)),
    )
    anchos = {"porcentaje": 3, "sesion": 9}

    class Meta:
        model = AvanceDeCompromiso
        fields = ("compromiso", "vez", "fecha", "nota", "porcentaje", "cumple", "sesion")
        help_texts = {"cumple": "Su avance queda en 100 % y deja de avisarse."}

    def __init__(self, *args, usuario, compromiso: Compromiso | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        avance = self.instance
        compromiso = avance.compromiso if avance.pk else compromiso
        visibles = consultas.compromisos_visibles(usuario).filter(convenio__etapa__in=FIRMADAS)
        if usuario.has_perm(consultas.CAMBIAR):
            self.fields["compromiso"].queryset = visibles
        else:
            self.fields["compromiso"].queryset = visibles.filter(area=usuario.area_id)
        if compromiso is not None:
            self.fields["compromiso"].queryset = visibles.model.objects.filter(pk=compromiso.pk).select_related(
                "convenio"
            )
            self.fields["compromiso"].disabled = True
            self.initial["compromiso"] = compromiso.pk
        self._veces(compromiso)
        celebradas = Sesion.objects.filter(estado=EstadoDeSesion.CELEBRADA)
        if compromiso is not None and compromiso.convenio.fecha_firma:
            celebradas = celebradas.filter(fecha_celebrada__gte=compromiso.convenio.fecha_firma)
        if avance.sesion_id:
            celebradas = celebradas | Sesion.objects.filter(pk=avance.sesion_id)
        self.fields["sesion"].queryset = celebradas.select_related("comision").order_by("-fecha_programada")
        if avance.pk:
            del self.fields["archivos"], self.fields["enlace"]  # se agregan y se quitan en su página
        else:
            self.initial.setdefault("fecha", hoy())

    def _veces(self, compromiso: Compromiso | None) -> None:
        """De qué vez es: sólo se pregunta si se repite; lo que vence una vez ya se sabe cuándo."""
        if compromiso is None or compromiso.fecha_limite is None:
            del self.fields["vez"]
            return
        pendientes = [
            v.vence
            for v in consultas.veces_de(compromiso)
            if v.vence and (v.cumplimiento is None or v.vence == self.instance.vez)
        ]
        self.fields["vez"] = forms.TypedChoiceField(
            label="La vez que vence el",
            choices=[(v.isoformat(), plazo(v)) for v in pendientes],
            coerce=date.fromisoformat,
            error_messages={"invalid_choice": "Esa vez ya se cumplió o no existe: elija una de la lista."},
        )
        arregla(self.fields["vez"])
        if self.instance.pk:
            self.initial["vez"] = self.instance.vez.isoformat() if self.instance.vez else ""
        else:
            self.initial.setdefault("vez", compromiso.proxima.isoformat() if compromiso.proxima else "")

    def clean(self):
        datos = super().clean()
        if "vez" not in self.fields and datos.get("compromiso"):
            self.instance.vez = self.instance.vez or datos["compromiso"].proxima
        if datos.get("porcentaje") is None and "porcentaje" not in self.errors:
            if datos.get("cumple"):
                datos["porcentaje"] = 100
            else:
                self.add_error("porcentaje", OBLIGATORIO)
        return datos

    @property
    def evidencias(self) -> list[dict]:
        """Lo adjuntado, como lo pide la acción."""
        datos = self.cleaned_data
        enlaces = [{"enlace": datos["enlace"]}] if datos.get("enlace") else []
        return [*({"archivo": a} for a in datos.get("archivos", ())), *enlaces]


def plazo(vence: date, de: date | None = None) -> str:
    """«31 de enero de 2026, venció hace 12 días»."""
    dias = (vence - (de or hoy())).days
    escrita = reglas.dia(vence)
    if dias == 0:
        return f"{escrita}, vence hoy"
    cuantos = cuenta(abs(dias), "día", "días")
    return f"{escrita}, vence en {cuantos}" if dias > 0 else f"{escrita}, venció hace {cuantos}"
