"""Base de los formularios: orden en grupos, fechas del navegador, selección con filtro y errores claros."""

from datetime import date
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst

from .periodos import ANIO_MAXIMO, ANIO_MINIMO

FECHA_INVALIDA = "Esa fecha no existe. Escríbala como día/mes/año, por ejemplo 05/10/2020."
ANIO_INVALIDO = f"Revise el año: debe estar entre {ANIO_MINIMO} y {ANIO_MAXIMO}."
HORA_INVALIDA = "Escriba la hora como 17:30."
FECHA_HORA_INVALIDA = "Escriba fecha y hora, por ejemplo 05/10/2020 17:30."
OBLIGATORIO = "Falta este dato."
OPCION_INVALIDA = "Elija una opción de la lista."
NUMERO_INVALIDO = "Escriba un número, sin letras."
ENTERO_INVALIDO = "Escriba un número entero, sin letras ni decimales."
CLAVE_INVALIDA = "Use sólo letras sin acento, números y guiones, sin espacios."
TODO = "Todo"
SIN_ELEGIR = BLANK_CHOICE_DASH[0][1]
CIFRAS_DE_UNA_CLAVE = 18  # las de la mayor llave que cabe en la base


class Fecha(forms.DateInput):
    """Calendario del navegador; el valor viaja en ISO."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})}, format="%Y-%m-%d")


class Hora(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})}, format="%H:%M")


class FechaHora(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class EstiloComun:
    """Mezcla para cualquier formulario: widgets, mensajes y presentación.

    ``grupos`` ordena los campos: ``(("Datos generales", ("titulo", ("inicio", "fin"))), …)``;
    una tupla dentro de un grupo es un renglón de varias columnas. Lo que no se
    nombra va al final, para que ningún campo se pierda.
    """

    fields: dict[str, forms.Field]
    grupos: ClassVar[tuple] = ()
    anchos: ClassVar[dict[str, int]] = {}  # campo → columnas de 12
    use_required_attribute = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            arregla(campo)

    @property
    def helper(self) -> FormHelper:
        ayudante = FormHelper()
        ayudante.form_tag = False
        ayudante.disable_csrf = True
        ayudante.render_hidden_fields = True
        ayudante.include_media = False
        ayudante.layout = Layout(*self._piezas())
        return ayudante

    def _piezas(self) -> list:
        puestos: set[str] = set()
        piezas: list[Any] = []
        for titulo, campos in self.grupos:
            contenido = [pieza for campo in campos if (pieza := self._pieza(campo, puestos)) is not None]
            if contenido:
                piezas.append(Fieldset(titulo, *contenido, css_class="grupo") if titulo else contenido[0])
                if not titulo:
                    piezas.extend(contenido[1:])
        sueltos = [p for nombre in self.fields if nombre not in puestos and (p := self._pieza(nombre, puestos))]
        return [*piezas, *sueltos]

    def _pieza(self, campo, puestos: set[str]):
        if isinstance(campo, tuple | list):
            presentes = [c for c in campo if c in self.fields]
            puestos.update(presentes)
            if not presentes:
                return None
            return Row(*(Column(c, css_class=self._columna(c, len(presentes))) for c in presentes))
        if campo not in self.fields:
            return None
        puestos.add(campo)
        if campo in self.anchos:
            return Row(Column(campo, css_class=self._columna(campo, 1)))
        return campo

    def _columna(self, campo: str, cuantas: int) -> str:
        return f"col-12 col-md-{self.anchos.get(campo, 12 // cuantas)}"

    def full_clean(self):
        super().full_clean()
        # Un <input type="date"> esconde lo que no entiende: si no es fecha, se enseña como texto.
        for nombre in self._errors or ():
            campo = self.fields.get(nombre)
            if isinstance(campo, forms.DateField | forms.TimeField | forms.DateTimeField):
                escrito = self[nombre].data
                try:
                    campo.to_python(escrito)
                except forms.ValidationError:
                    campo.widget.input_type = "text"


def arregla(campo: forms.Field) -> None:
    """Mensajes en español llano y el control que mejor le va a cada clase de dato."""
    campo.error_messages["required"] = OBLIGATORIO
    if campo.label:
        campo.label = capfirst(campo.label)
    atributos = campo.widget.attrs
    if isinstance(campo, forms.DateTimeField):
        _cambia_control(campo, FechaHora)
        campo.error_messages["invalid"] = FECHA_HORA_INVALIDA
    elif isinstance(campo, forms.DateField):
        _cambia_control(campo, Fecha)
        campo.error_messages["invalid"] = FECHA_INVALIDA
        # Los mismos de los periodos: «0202» por «2020» no debe llegar a un informe.
        if not any(isinstance(v, MinValueValidator) for v in campo.validators):
            campo.validators = [
                *campo.validators,
                MinValueValidator(date(ANIO_MINIMO, 1, 1), ANIO_INVALIDO),
                MaxValueValidator(date(ANIO_MAXIMO, 12, 31), ANIO_INVALIDO),
            ]
    elif isinstance(campo, forms.TimeField):
        _cambia_control(campo, Hora)
        campo.error_messages["invalid"] = HORA_INVALIDA
    elif isinstance(campo, forms.ChoiceField):  # abarca las de modelo y las múltiples
        campo.error_messages["invalid_choice"] = OPCION_INVALIDA
        if isinstance(campo, forms.ModelMultipleChoiceField):
            campo.error_messages["invalid_pk_value"] = OPCION_INVALIDA
            _sin_claves_imposibles(campo)
        if isinstance(campo, forms.ModelChoiceField) and campo.empty_label:
            campo.empty_label = "Elija…"
        elif not hasattr(campo, "empty_label") and not callable(campo.choices):  # los filtros ponen la suya
            campo.choices = [(k, "Elija…" if k in ("", None) and v == SIN_ELEGIR else v) for k, v in campo.choices]
        if isinstance(campo.widget, forms.Select) and not isinstance(campo.widget, forms.RadioSelect):
            atributos.setdefault("data-combo", "")
    elif isinstance(campo, forms.IntegerField):  # abarca los decimales
        campo.error_messages.setdefault("min_value", "No puede ser menor que %(limit_value)s.")
        campo.error_messages.setdefault("max_value", "No puede ser mayor que %(limit_value)s.")
        if campo.error_messages["invalid"] == type(campo).default_error_messages["invalid"]:
            decimales = isinstance(campo, forms.DecimalField | forms.FloatField)
            campo.error_messages["invalid"] = NUMERO_INVALIDO if decimales else ENTERO_INVALIDO
    elif isinstance(campo.widget, forms.Textarea):
        atributos.setdefault("rows", 4)
        if atributos.get("cols") == "40":
            del atributos["cols"]
        atributos.setdefault("data-crece", "")
    elif isinstance(campo, forms.SlugField):
        campo.error_messages["invalid"] = CLAVE_INVALIDA
    if isinstance(campo, forms.CharField) and campo.max_length and campo.max_length > 60:
        atributos.setdefault("data-cuenta", campo.max_length)
        # Sin maxlength el navegador no corta lo pegado: se avisa y no se pierde nada.
        atributos.pop("maxlength", None)


def _sin_claves_imposibles(campo: forms.ModelMultipleChoiceField) -> None:
    """Una llave que no cabe en la base no es una opción: sin esto la consulta falla en vez de contestar."""
    revisa = campo.clean

    def clean(valor):
        if isinstance(valor, list | tuple) and any(len(str(v)) > CIFRAS_DE_UNA_CLAVE for v in valor):
            raise forms.ValidationError(OPCION_INVALIDA, code="invalid_choice")
        return revisa(valor)

    campo.clean = clean  # type: ignore[method-assign]


def arregla_filtro(campo: forms.Field) -> None:
    """Lo mismo para los filtros de una lista, donde vacío quiere decir «todo»."""
    arregla(campo)
    if isinstance(campo, forms.ModelChoiceField) and campo.empty_label:
        campo.empty_label = TODO
    elif isinstance(campo, forms.NullBooleanField):
        campo.widget.choices = [("", TODO), ("true", "Sí"), ("false", "No")]
    elif hasattr(campo.widget, "choices") and not isinstance(campo, forms.ModelChoiceField):
        campo.widget.choices = [(k, TODO if k in ("", None) else v) for k, v in campo.widget.choices]


def _cambia_control(campo: forms.Field, clase: type[forms.Widget]) -> None:
    if type(campo.widget) in {forms.DateInput, forms.TimeInput, forms.DateTimeInput, forms.TextInput}:
        campo.widget = clase({k: v for k, v in campo.widget.attrs.items() if k != "maxlength"})
        campo.widget.is_required = campo.required


class Formulario(EstiloComun, forms.Form):
    """Formulario sin modelo."""


class FormularioBase(EstiloComun, forms.ModelForm):
    """Formulario de un registro; el candado de versión lo pone y lo revisa la página."""

    def _update_errors(self, errors):
        # El campo que ya se rechazó llega vacío al modelo: que éste no lo pida además, como si no se hubiera escrito.
        if hasattr(errors, "error_dict"):
            errors.error_dict = {n: e for n, e in errors.error_dict.items() if n not in self._errors}
        super()._update_errors(errors)


class ConjuntoBase(BaseInlineFormSet):
    """Renglones hijos dentro del formulario del padre."""

    default_error_messages = {
        **BaseInlineFormSet.default_error_messages,
        "missing_management_form": "El formulario llegó incompleto: recargue la página y envíelo otra vez.",
        "too_many_forms": "Son demasiados renglones: caben %(num)d.",
    }

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for campo in form.fields.values():
            arregla(campo)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Quitar"


def conjunto(padre, hijo, formulario=FormularioBase, *, extra: int = 1, **mas) -> type[BaseInlineFormSet]:
    """Formset en línea con nuestros controles; ``mas`` pasa a ``inlineformset_factory``."""
    return forms.inlineformset_factory(padre, hijo, form=formulario, formset=ConjuntoBase, extra=extra, **mas)
