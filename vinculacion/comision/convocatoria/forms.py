"""Formularios de antes de la sesión."""

from django import forms

from vinculacion.nucleo.formularios import Formulario
from vinculacion.nucleo.palabras import fecha_larga

from ..estados import ClaseDeAviso, EstadoDeSesion
from ..forms import PuntoForm
from ..models import Sesion


class PuntoDelOrdenForm(PuntoForm):
    """El de siempre, sin elegir la sesión: ya se está en ella."""

    sesion = None  # type: ignore[assignment]
    grupos = (("", ("titulo", ("tema", "solicitud", "presenta"), ("numero", "de_tramite"))),)

    class Meta(PuntoForm.Meta):
        fields = ["titulo", "tema", "solicitud", "presenta", "numero", "de_tramite"]

    def __init__(self, *args, lugar: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if lugar is not None:
            self.fields["numero"].help_text = f"En blanco: el {lugar}, antes de los asuntos generales."


class ConvocatoriaForm(Formulario):
    """Lo que se manda y con qué adjuntos; la carta va siempre."""

    asunto = forms.CharField(label="Asunto", max_length=200)
    mensaje = forms.CharField(label="Mensaje", max_length=8000, widget=forms.Textarea(attrs={"rows": 12}))
    con_orden = forms.BooleanField(label="Orden del día (PDF)", required=False)
    con_carpeta = forms.BooleanField(
        label="Carpeta de documentos (PDF)", required=False, help_text="Los PDF de los puntos, en un solo archivo."
    )
    con_calendario = forms.BooleanField(
        label="Cita para el calendario (.ics)", required=False, help_text="Quien la abre la agrega a su agenda."
    )
    grupos = (
        ("Mensaje", ("asunto", "mensaje")),
        ("Adjuntos, además de la carta", ("con_orden", "con_carpeta", "con_calendario")),
    )

    def __init__(self, *args, sesion: Sesion, clase: str, hay_documentos: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.sesion, self.clase = sesion, clase
        if clase == ClaseDeAviso.CANCELACION:
            del self.fields["con_orden"], self.fields["con_carpeta"], self.fields["con_calendario"]
            return
        if not hay_documentos:
            self.fields["con_carpeta"].disabled = True
            self.fields["con_carpeta"].help_text = "Ningún punto tiene documentos todavía."

    def clean_asunto(self) -> str:
        return " ".join(self.cleaned_data["asunto"].split())

    def dudas(self) -> list[str]:
        """Lo que el mensaje calla o contradice; no impide mandarlo."""
        sin_fecha = self.clase == ClaseDeAviso.CANCELACION or self.sesion.estado == EstadoDeSesion.DIFERIDA
        dicha = fecha_larga(self.sesion.fecha_programada, dia_semana=False)
        if sin_fecha or dicha in self.cleaned_data["mensaje"]:
            return []
        return [f"El mensaje no dice la fecha de la sesión ({fecha_larga(self.sesion.fecha_programada)})."]
