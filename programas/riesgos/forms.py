"""Formularios de riesgos, de sus tratamientos y de sus notas por trimestre."""

from django import forms

from programas.models import Accion, Programa, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from programas.planes.forms import abiertos
from vinculacion.nucleo.formularios import FormularioBase
from vinculacion.nucleo.palabras import capitaliza, ordinal

TRIMESTRES = [("", "Elija…"), *((n, f"{capitaliza(ordinal(n, apocope=True))} trimestre") for n in range(1, 5))]
DE_ESTE_PROGRAMA = "Elija opciones del mismo programa."


def riesgos_abiertos():
    return (
        Riesgo.objects.filter(programa__in=abiertos())
        .select_related("programa")
        .order_by("-programa__anio", "programa__clave", "numero")
    )


def con_programa(riesgo: Riesgo) -> str:
    return f"{riesgo.programa.clave} · {riesgo}"


class RiesgoForm(FormularioBase):
    grupos = (
        ("Riesgo", ("programa", ("numero", "nombre"), "descripcion", ("proceso", "afectados"))),
        ("Evaluación inicial", (("probabilidad", "impacto"), ("respuesta", "area_responsable"))),
        ("Después del tratamiento", (("probabilidad_residual", "impacto_residual", "respuesta_final"),)),
        ("Qué pone en peligro", ("acciones", "supuestos")),
    )
    anchos = {"numero": 3, "nombre": 9}

    class Meta:
        model = Riesgo
        fields = (
            "programa", "numero", "nombre", "descripcion", "proceso", "afectados", "probabilidad", "impacto",
            "respuesta", "area_responsable", "probabilidad_residual", "impacto_residual", "respuesta_final",
            "acciones", "supuestos",
        )  # fmt: skip
        help_texts = {
            "impacto": "El nivel se calcula: probabilidad por impacto.",
            "probabilidad_residual": "Cuando se vuelva a evaluar; va junto con el impacto.",
        }

    def __init__(self, *args, programa: Programa | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            programa = self.instance.programa
            del self.fields["programa"]
        else:
            self.fields["programa"].queryset = abiertos()
        acciones = Accion.objects.select_related("eje__programa").order_by(
            "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
        )
        supuestos = Supuesto.objects.select_related("programa").order_by("-programa__anio", "programa__clave", "clave")
        if programa:
            acciones, supuestos = acciones.filter(eje__programa=programa), supuestos.filter(programa=programa)
        else:
            acciones, supuestos = (
                acciones.filter(eje__programa__in=abiertos()),
                supuestos.filter(programa__in=abiertos()),
            )
        self.fields["acciones"].queryset = acciones
        self.fields["acciones"].label_from_instance = lambda a: f"{a.clave} · {a.nombre}"
        self.fields["supuestos"].queryset = supuestos
        if not programa:
            self.fields["supuestos"].label_from_instance = lambda s: f"{s.programa.clave} · {s}"
        for campo in ("acciones", "supuestos"):
            self.fields[campo].error_messages["invalid_choice"] = DE_ESTE_PROGRAMA


class DeUnRiesgo(FormularioBase):
    """El riesgo se elige al crear; después no cambia."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["riesgo"]
        else:
            self.fields["riesgo"].queryset = riesgos_abiertos()
            self.fields["riesgo"].label_from_instance = con_programa


class TratamientoForm(DeUnRiesgo):
    grupos = (
        ("Acción", ("riesgo", ("numero", "area_responsable"), "descripcion", ("inicio", "termino"))),
        ("Cómo va", (("estado", "concluido_el"),)),
    )
    anchos = {"numero": 3, "area_responsable": 9}

    class Meta:
        model = Tratamiento
        fields = (
            "riesgo", "numero", "area_responsable", "descripcion", "inicio", "termino", "estado", "concluido_el",
        )  # fmt: skip
        help_texts = {"concluido_el": "Sólo si el estado es concluido."}


class SeguimientoForm(DeUnRiesgo):
    trimestre = forms.TypedChoiceField(choices=TRIMESTRES, coerce=int, label="trimestre")
    grupos = (
        ("Nota", (("riesgo", "trimestre"), "nota", "se_materializo")),
        ("Cómo se ve ahora", (("probabilidad", "impacto"),)),
    )
    anchos = {"riesgo": 8, "trimestre": 4}

    class Meta:
        model = SeguimientoDeRiesgo
        fields = ("riesgo", "trimestre", "nota", "se_materializo", "probabilidad", "impacto")
        help_texts = {
            "nota": "Qué pasó con el riesgo en el trimestre y qué se hizo.",
            "probabilidad": "Sólo si cambió; va junto con el impacto.",
        }
