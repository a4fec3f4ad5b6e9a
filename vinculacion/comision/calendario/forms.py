"""La cuadrícula en que se captura el calendario de un año."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from vinculacion.nucleo.formularios import Formulario
from vinculacion.nucleo.palabras import dia_de_la_semana, ordinal

from ..estados import Modalidad
from ..models import Sesion
from ..reglas import hora_prevista
from .reglas import Fecha, se_captura

ORDINARIAS = 12
RAZON = 440


class RenglonForm(Formulario):
    fecha = forms.DateField(label="Fecha", required=False)
    hora = forms.TimeField(label="Hora", required=False)
    modalidad = forms.ChoiceField(label="Modalidad", choices=Modalidad.choices, initial=Modalidad.VIRTUAL)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, numero: int, **kwargs):
        super().__init__(*args, prefix=f"s{numero}", **kwargs)
        for nombre, clase in (("fecha", "form-control"), ("hora", "form-control"), ("modalidad", "form-select")):
            atributos = self.fields[nombre].widget.attrs
            atributos.pop("data-combo", None)  # doce listas de tres opciones: basta la del navegador
            atributos |= {"class": clase, "aria-label": f"{self.fields[nombre].label} de la {numero:02}SO"}

    def marca_errores(self) -> None:
        """Cada control dice a quien no ve la pantalla cuál es su error."""
        for nombre in self.errors:
            if nombre in self.fields and nombre != "version":
                campo = self[nombre]
                campo.field.widget.attrs["class"] += " is-invalid"
                campo.field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"error_{campo.auto_id}"}

    def visibles(self):
        return [self[nombre] for nombre in ("fecha", "hora", "modalidad")]


@dataclass
class Renglon:
    numero: int
    sesion: Sesion | None
    formulario: RenglonForm | None  # None si ya se convocó: sólo se lee

    @property
    def nombre(self) -> str:
        return f"{ordinal(self.numero, 'f').capitalize()} ordinaria"

    @property
    def dia(self) -> str:
        return dia_de_la_semana(self.sesion.fecha_programada) if self.sesion else ""


class GeneralForm(Formulario):
    """Lo que vale para toda la captura."""

    razon = forms.CharField(
        label="Razón de los cambios",
        required=False,
        max_length=RAZON,
        help_text="Si mueve fechas que ya estaban, por qué. Queda en los cambios de cada sesión.",
    )


class CalendarioForm:
    """Los renglones de un año y su razón; ligado si trae ``datos``."""

    def __init__(self, existentes: Mapping[int, Sesion], datos: Mapping[str, str] | None = None):
        self.existentes = existentes
        self.general = GeneralForm(datos)
        numeros = range(1, max([ORDINARIAS, *existentes]) + 1)
        self.renglones = [self._renglon(n, existentes.get(n), datos) for n in numeros]

    def _renglon(self, numero: int, sesion: Sesion | None, datos) -> Renglon:
        # Lo que se escribió de una sesión que mientras tanto se convocó también se enseña.
        escrito = datos is not None and datos.get(f"s{numero}-fecha")
        if not se_captura(sesion) and not escrito:
            return Renglon(numero, sesion, None)
        inicial = {}
        if sesion is not None:
            inicial = {
                "fecha": sesion.fecha_programada,
                "hora": hora_prevista(sesion),
                "modalidad": sesion.modalidad,
                "version": sesion.version,
            }
        return Renglon(numero, sesion, RenglonForm(datos, numero=numero, initial=inicial))

    @property
    def formularios(self) -> list[tuple[int, RenglonForm]]:
        return [(r.numero, r.formulario) for r in self.renglones if r.formulario is not None]

    def is_valid(self) -> bool:
        # Todos se revisan aunque falle el primero: los errores se enseñan juntos.
        return all([self.general.is_valid(), *(f.is_valid() for _, f in self.formularios)])

    def fechas(self) -> list[Fecha]:
        return [
            Fecha(
                numero,
                f.cleaned_data["fecha"],
                f.cleaned_data["hora"],
                f.cleaned_data["modalidad"],
                f.cleaned_data["version"] or 0,
            )
            for numero, f in self.formularios
        ]

    def reparte(self, errores: Mapping[tuple[int, str], str]) -> None:
        formularios = dict(self.formularios)
        for (numero, campo), razon in errores.items():
            formularios[numero].add_error(campo, razon)

    def al_dia(self) -> None:
        """Tras un choque, el siguiente Guardar ya es sobre lo último."""
        for numero, formulario in self.formularios:
            sesion = self.existentes.get(numero)
            formulario.data = formulario.data.copy()
            formulario.data[formulario.add_prefix("version")] = str(sesion.version) if sesion else ""

    def errores(self) -> list[tuple[str, str, str]]:
        """(ancla, sesión y campo, razón) de cada uno, para el resumen de arriba."""
        lista = [("id_razon", "Razón de los cambios", e) for e in self.general.errors.get("razon", [])]
        for renglon in self.renglones:
            if renglon.formulario is None:
                continue
            renglon.formulario.marca_errores()
            for nombre, errores in renglon.formulario.errors.items():
                campo = renglon.formulario[nombre]
                lista += [(campo.id_for_label, f"{renglon.nombre}, {str(campo.label).lower()}", e) for e in errores]
        return lista
