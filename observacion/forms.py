"""Formularios de la Red de Observación."""

from django import forms

from programas.models import Actividad
from vinculacion.nucleo.formularios import Formulario, FormularioBase

from . import consultas
from .models import IntegranteRed

TOPE_DE_PERSONAS = 9999


class IntegranteForm(FormularioBase):
    grupos = (
        ("Integrante", ("nombre", ("clase", "organismo"), ("desde", "estado", "hasta"))),
        ("Contacto", (("correo", "telefono", "ciudad"), "notas")),
    )
    anchos = {"clase": 4, "organismo": 8}

    class Meta:
        model = IntegranteRed
        fields = (
            "nombre",
            "clase",
            "organismo",
            "desde",
            "estado",
            "hasta",
            "correo",
            "telefono",
            "ciudad",
            "notas",
        )
        help_texts = {"organismo": "Sólo si la organización ya está en el directorio."}


class AsistenciaForm(Formulario):
    """Una cantidad por organización y una casilla por persona; sólo se guarda lo que cambió.

    Cada campo lleva su valor de partida: si mientras tanto alguien guardó otro, se avisa.
    """

    def __init__(self, *args, actividad: Actividad, **kwargs):
        self.anotadas = {a.integrante_id: a.personas for a in actividad.asistencia_red.all()}
        self.integrantes = list(consultas.integrantes_de_cuadricula(actividad))
        super().__init__(*args, **kwargs)
        for integrante in self.integrantes:
            self.fields[self.nombre(integrante)] = self._campo(integrante)

    @staticmethod
    def nombre(integrante: IntegranteRed) -> str:
        return f"integrante_{integrante.pk}"

    def _campo(self, integrante: IntegranteRed) -> forms.Field:
        anotadas = self.anotadas.get(integrante.pk)
        comun = {"label": integrante.nombre, "required": False, "show_hidden_initial": True}
        if integrante.clase == IntegranteRed.Clase.INDIVIDUAL:
            return forms.BooleanField(
                initial=bool(anotadas), widget=forms.CheckboxInput({"class": "form-check-input"}), **comun
            )
        campo = forms.IntegerField(
            initial=anotadas,
            min_value=0,
            max_value=TOPE_DE_PERSONAS,
            widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
            **comun,
        )
        campo.error_messages["invalid"] = "Escriba un número entero."
        return campo

    def clean(self):
        for integrante in self.integrantes:
            nombre = self.nombre(integrante)
            if nombre not in self.changed_data or nombre not in self.cleaned_data:
                continue
            actual, partida = self.anotadas.get(integrante.pk, 0), self._partida(nombre)
            if actual not in (partida, int(self.cleaned_data[nombre] or 0)):
                self.add_error(nombre, f"Mientras tanto otra persona guardó {actual}. Vuelva a escribir la cantidad.")
        return self.cleaned_data

    def _partida(self, nombre: str) -> int:
        """El valor que la persona tenía delante cuando empezó a escribir."""
        oculto = self.data.get(f"initial-{nombre}", "")
        return int(oculto) if oculto.isdecimal() else int(oculto == "True")

    def personas(self) -> dict[IntegranteRed, int]:
        return {
            i: int(self.cleaned_data[self.nombre(i)] or 0)
            for i in self.integrantes
            if self.nombre(i) in self.changed_data
        }

    @property
    def grupos_de_filas(self) -> list[tuple[str, list[tuple[IntegranteRed, forms.BoundField]]]]:
        filas = [(i, self[self.nombre(i)]) for i in self.integrantes]
        clases = (
            ("Organizaciones", IntegranteRed.Clase.ORGANIZACION),
            ("A título individual", IntegranteRed.Clase.INDIVIDUAL),
        )
        grupos = [(titulo, [f for f in filas if f[0].clase == clase]) for titulo, clase in clases]
        return [g for g in grupos if g[1]]
