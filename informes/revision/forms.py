from django import forms

from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import Formulario, FormularioBase
from vinculacion.nucleo.palabras import capitaliza

from .. import arbol
from ..models import Apartado, Informe, Observacion
from . import atencion, consultas, referencia, reglas

SIN_CAMBIO = "Ninguno en particular"


def elegir_apartado(campo: forms.ModelChoiceField, informe: Informe | None, vacio: str) -> None:
    """Los del informe en su orden y con su número."""
    if informe is None:
        campo.queryset = Apartado.objects.none()
        return
    campo.queryset = informe.apartados.all()
    campo.choices = [("", vacio), *((n.apartado.pk, n.rotulo) for n in arbol.en_orden(informe))]


class ObservacionForm(FormularioBase):
    """``informe`` y ``usuario`` los pone la página; la oficina se pregunta a quien no tiene área."""

    class Meta:
        model = Observacion
        fields = ("apartado", "cita", "texto", "oficina")
        widgets = {"cita": forms.Textarea(attrs={"rows": 3}), "texto": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, informe: Informe | None = None, usuario=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            informe = self.instance.informe
        elif informe is not None:
            self.instance.informe = informe
        elegir_apartado(self.fields["apartado"], informe, consultas.TODO_EL_INFORME)
        if self.instance.pk or (usuario is not None and usuario.area_id):
            del self.fields["oficina"]
        else:
            self.fields["oficina"].queryset = Area.objects.filter(activa=True)
            self.fields["oficina"].required = True


class ResponderForm(Formulario):
    estado = forms.ChoiceField(
        choices=[(e.value, e.label) for e in reglas.RESPUESTAS], widget=forms.RadioSelect, label="respuesta"
    )
    respuesta = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}), label="qué se hizo, o por qué no procede", max_length=5000
    )
    apartado = forms.ModelChoiceField(
        Apartado.objects.none(),
        required=False,
        label="apartado que cambió",
        help_text="La respuesta llevará a él y enseñará lo que cambió. Si no procede, déjelo en blanco.",
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, observacion: Observacion, **kwargs):
        inicial = {"version": observacion.version}
        if observacion.estado in consultas.RESPONDIDAS:
            texto, _, apartado = referencia.separar(observacion.respuesta)
            inicial |= {"estado": observacion.estado, "respuesta": texto, "apartado": apartado}
        elif (visto := atencion.de_la_observacion(observacion)) and visto.cambio:
            inicial["apartado"] = visto.clave
        super().__init__(*args, initial=inicial, **kwargs)
        elegir_apartado(self.fields["apartado"], observacion.informe, SIN_CAMBIO)


class ReabrirForm(Formulario):
    razon = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), label="por qué la reabre", max_length=2000)


class VersionForm(Formulario):
    nota = forms.CharField(
        max_length=500,
        label="nota",
        help_text="Para reconocerla después: «Antes de atender las observaciones de Presidencia».",
    )


class CompararForm(Formulario):
    """Dos versiones del mismo informe; «hoy» es lo que dice ahora."""

    HOY = "hoy"
    antes = forms.ChoiceField(label="antes")
    ahora = forms.ChoiceField(label="después")

    def __init__(self, *args, versiones, **kwargs):
        super().__init__(*args, **kwargs)
        opciones = [(str(v.numero), f"{capitaliza(v.nombre)}{f': {v.nota}' if v.nota else ''}"[:90]) for v in versiones]
        self.fields["antes"].choices = opciones
        self.fields["ahora"].choices = [(self.HOY, "Como está hoy"), *opciones]

    def clean(self):
        datos = super().clean()
        if datos.get("antes") and datos.get("antes") == datos.get("ahora"):
            self.add_error("ahora", "Elija dos versiones distintas.")
        return datos
