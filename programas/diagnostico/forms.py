"""Formularios de la población y de las alternativas."""

from django import forms

from programas.estados import EstadoDePrograma
from programas.models import Accion, Alternativa, Involucramiento, Programa
from programas.planes.forms import abiertos
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.formularios import FormularioBase

from . import consultas, reglas


class InvolucramientoForm(FormularioBase):
    grupos = (
        ("Quién", ("programa", ("area", "organismo"))),
        ("Cuánto se involucra", (("interes", "fuerza"), "papel")),
    )

    class Meta:
        model = Involucramiento
        fields = ("programa", "area", "organismo", "interes", "fuerza", "papel")
        help_texts = {
            "area": "Del Instituto. Si es externo, déjela en blanco y elija el organismo.",
            "fuerza": "De 1, mínima, a 5. El involucramiento se calcula: interés × fuerza.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programa"].queryset = abiertos(self.instance.programa_id)
        self.fields["area"].queryset = Area.objects.filter(activa=True) | Area.objects.filter(pk=self.instance.area_id)
        self.fields["organismo"].queryset = Organismo.objects.filter(activo=True) | Organismo.objects.filter(
            pk=self.instance.organismo_id
        )

    def clean(self):
        datos = super().clean()
        # Antes que las restricciones de la tabla, para que cada error quede junto a su campo.
        for campo in ("programa", "area", "organismo"):
            if campo in datos:
                setattr(self.instance, campo, datos[campo])
        if {"programa", "area", "organismo"} <= datos.keys():
            for campo, mensaje in reglas.errores_de_involucramiento(self.instance).items():
                self.add_error(campo, mensaje)
        return datos


class AlternativaForm(FormularioBase):
    grupos = (
        ("Alternativa", (("programa", "numero"), "medio", "nombre")),
        ("Valoración", (("incidencia", "viabilidad"),)),
        ("Elección", ("elegida", "razon", "accion")),
    )
    anchos = {"programa": 9, "numero": 3}

    class Meta:
        model = Alternativa
        fields = (
            "programa", "numero", "medio", "nombre", "incidencia", "viabilidad", "elegida", "razon", "accion",
        )  # fmt: skip
        help_texts = {"viabilidad": "Qué tan posible es, de 1 a 5. El valor se calcula: incidencia × viabilidad."}

    def __init__(self, *args, programa: Programa | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programa"].queryset = abiertos(self.instance.programa_id)
        programa = programa or (self.instance.programa if self.instance.programa_id else None)
        acciones = Accion.objects.select_related("eje__programa").order_by(
            "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
        )
        self._ofrece("medio", consultas.medios(), programa, "programa", lambda m: f"{m.programa.clave} · {m}")
        self._ofrece("accion", acciones, programa, "eje__programa", lambda a: f"{a.clave} · {a.nombre}")

    def _ofrece(self, nombre, todos, programa, ruta, etiqueta) -> None:
        """Se ofrecen los del programa, pero se aceptan todos: el modelo dice cuál es de otro programa."""
        campo = self.fields[nombre]
        campo.queryset = todos
        campo.label_from_instance = etiqueta
        ofrecidos = (
            todos.filter(**{ruta: programa})
            if programa
            else todos.exclude(**{f"{ruta}__estado": EstadoDePrograma.CERRADO})
        )
        campo.widget.choices = [("", "Elija…"), *((o.pk, etiqueta(o)) for o in ofrecidos)]


class FiltroDePoblacion(forms.Form):
    """Lo que la cuadrícula de captura pide en la dirección."""

    grupo = forms.ChoiceField(choices=[(c, t) for c, (t, _) in consultas.GRUPOS.items()], required=False)
    q = forms.CharField(max_length=100, required=False)
    pagina = forms.IntegerField(min_value=1, required=False)
