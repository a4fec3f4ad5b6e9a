"""El formulario con que un programa se copia a otro año."""

from django import forms

from informes.copia import PARTES
from informes.models import Plantilla
from programas.models import Programa
from vinculacion.comision.models import Comision
from vinculacion.nucleo.formularios import Formulario


class CopiarForm(Formulario):
    grupos = (
        ("El programa nuevo", ("nombre", ("clave", "anio"), "comision", "de_todos_modos")),
        ("Qué se copia además de los ejes y sus acciones", ("partes",)),
        ("Plantilla de informe", ("plantilla", ("plantilla_nombre", "plantilla_clave"))),
    )

    nombre = forms.CharField(label="nombre", max_length=250)
    clave = forms.SlugField(label="clave", max_length=40, help_text="Corta y sin espacios: pat-2021.")
    anio = forms.IntegerField(label="año", min_value=1999, max_value=2100)
    comision = forms.ModelChoiceField(Comision.objects.all(), label="comisión que supervisa", required=False)
    de_todos_modos = forms.BooleanField(
        label="crearlo de todos modos",
        required=False,
        help_text="Ya hay otro programa de esa clase en ese año.",
    )
    partes = forms.MultipleChoiceField(
        choices=PARTES.items(), label="se copia", required=False, widget=forms.CheckboxSelectMultiple
    )
    plantilla = forms.ModelChoiceField(
        Plantilla.objects.all(),
        required=False,
        label="copiar también la plantilla",
        help_text="La copia nombra las acciones del programa nuevo en lugar de las del anterior.",
    )
    plantilla_nombre = forms.CharField(label="nombre de la plantilla nueva", max_length=250, required=False)
    plantilla_clave = forms.SlugField(label="clave de la plantilla nueva", max_length=60, required=False)

    def __init__(self, *args, origen: Programa, con_plantilla: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.origen = origen
        self.fields["clave"].widget.attrs["autocomplete"] = "off"
        if not con_plantilla:
            for campo in ("plantilla", "plantilla_nombre", "plantilla_clave"):
                del self.fields[campo]
        if not self._repetido(self.data.get("anio", "")):
            del self.fields["de_todos_modos"]

    def _repetido(self, anio) -> bool:
        """Si ya hay otro programa de la misma clase en el año que se pide."""
        return (
            str(anio).isdecimal()
            and len(str(anio)) == 4
            and Programa.objects.filter(tipo=self.origen.tipo, anio=int(anio)).exists()
        )

    def clean(self):
        datos = super().clean()
        if "de_todos_modos" in self.fields and not datos.get("de_todos_modos"):
            otro = Programa.objects.filter(tipo=self.origen.tipo, anio=datos.get("anio")).first()
            if otro:
                self.add_error("de_todos_modos", f"Ya existe «{otro}». Marque la casilla si aun así quiere crearlo.")
        if datos.get("plantilla"):
            for campo in ("plantilla_nombre", "plantilla_clave"):
                if not datos.get(campo) and campo not in self.errors:
                    self.add_error(campo, "Falta este dato para copiar la plantilla.")
        elif "plantilla" not in self.errors and (datos.get("plantilla_nombre") or datos.get("plantilla_clave")):
            self.add_error("plantilla", "Elija cuál se copia, o deje en blanco su nombre y su clave.")
        return datos
