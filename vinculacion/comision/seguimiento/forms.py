"""El formulario con que se da seguimiento a un acuerdo."""

from django import forms

from vinculacion.archivo.forms import CampoDeArchivo
from vinculacion.comision.consultas import acuerdos_visibles
from vinculacion.comision.estados import EstadoDeAcuerdo
from vinculacion.comision.forms import ConSesion
from vinculacion.comision.models import Acuerdo, SeguimientoDeAcuerdo, Sesion
from vinculacion.nucleo.formularios import FormularioBase
from vinculacion.nucleo.periodos import hoy

from . import reglas


class VariosArchivos(forms.FileInput):
    allow_multiple_selected = True


class CampoDeArchivos(CampoDeArchivo):
    """Una lista de archivos, cada uno revisado por su cuenta."""

    widget = VariosArchivos

    def clean(self, data, initial=None):
        archivos = [super(CampoDeArchivos, self).clean(a, initial) for a in data or ()]
        if not archivos and self.required:
            super().clean(None, initial)
        return archivos


class SeguimientoForm(FormularioBase):
    sesion = ConSesion(
        label="Sesión en que se informó",
        queryset=Sesion.objects.none(),
        required=False,
        help_text="Obligatoria al declararlo cumplido: es la sesión en que se declaró.",
    )
    archivos = CampoDeArchivos(label="Archivos", required=False, help_text="Puede elegir varios archivos.")
    enlace = forms.URLField(
        label="O un enlace",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección completa, por ejemplo https://www.iecm.mx/."},
    )
    grupos = (("", ("acuerdo", ("estado", "fecha"), "nota", "sesion")), ("Evidencia", (("archivos", "enlace"),)))

    class Meta:
        model = SeguimientoDeAcuerdo
        fields = ["acuerdo", "estado", "fecha", "nota", "sesion"]

    def __init__(self, *args, usuario, acuerdo: Acuerdo | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        acuerdo = self.instance.acuerdo if self.instance.pk else acuerdo
        acuerdos = acuerdos_visibles(usuario)
        declara = reglas.puede_declarar(usuario)
        if not declara:
            acuerdos = acuerdos.filter(estado__in=reglas.ABIERTOS)
        self.fields["acuerdo"].queryset = acuerdos
        if acuerdo is not None:
            self.initial["acuerdo"] = acuerdo.pk
            self.fields["acuerdo"].disabled = True
        posibles = reglas.estados_posibles(usuario)
        self.fields["estado"].choices = [(e, EstadoDeAcuerdo(e).label) for e in posibles]
        self.fields["nota"].help_text = "Qué se hizo, qué falta."
        if declara:
            sesiones = Sesion.objects.filter(estado__in=reglas.SESIONARON)
            if acuerdo is not None:
                sesiones = sesiones.filter(fecha_programada__gte=acuerdo.sesion.fecha_programada)
            if self.instance.sesion_id:
                sesiones = sesiones | Sesion.objects.filter(pk=self.instance.sesion_id)
            self.fields["sesion"].queryset = sesiones.select_related("comision")
        else:
            # Un área no dice en qué sesión se informó: ni siquiera ve la lista.
            del self.fields["sesion"]
            self.fields["estado"].help_text = "Que está cumplido lo declara la Secretaría técnica, en una sesión."
        if self.instance.pk:
            del self.fields["archivos"], self.fields["enlace"]  # se agregan y se quitan en su página
        else:
            self.initial.setdefault("fecha", hoy())
            abierto = acuerdo.estado if acuerdo else EstadoDeAcuerdo.PENDIENTE
            en_proceso = abierto == EstadoDeAcuerdo.PENDIENTE or abierto not in posibles
            self.initial.setdefault("estado", EstadoDeAcuerdo.EN_PROCESO if en_proceso else abierto)

    @property
    def evidencias(self) -> list[dict]:
        """Lo adjuntado, como lo pide la acción."""
        datos = self.cleaned_data
        enlaces = [{"enlace": datos["enlace"]}] if datos.get("enlace") else []
        return [*({"archivo": a} for a in datos.get("archivos", ())), *enlaces]
