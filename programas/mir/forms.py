"""Formularios de la matriz: indicador con sus variables, supuestos, datos, ajustes y explicaciones."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from programas.estados import EstadoDePrograma, Formula, NivelMIR, OrigenDeVariable, PapelDeVariable
from programas.models import (
    Accion,
    AjusteDeTiempo,
    DatoDeVariable,
    Eje,
    Explicacion,
    Indicador,
    Programa,
    Supuesto,
    Variable,
)
from programas.planes.forms import abiertos
from vinculacion.nucleo.formularios import ConjuntoBase, Formulario, FormularioBase
from vinculacion.nucleo.secciones import CIFRAS

from . import reglas
from .periodos import nombre_largo
from .resources import ParesDeTexto

DE_ACCIONES = (OrigenDeVariable.AVANCE, OrigenDeVariable.META, OrigenDeVariable.ASISTENTES)
# Qué campos usa cada origen; el guion enseña sólo ésos.
CAMPOS_DE = {
    **{str(origen): ("acciones",) for origen in DE_ACCIONES},
    str(OrigenDeVariable.CIFRA): ("cifra", "parametros_escritos"),
    str(OrigenDeVariable.FIJO): ("valor",),
    str(OrigenDeVariable.DATO): (),
}


def _de_programa(programa: Programa | None) -> dict:
    """El filtro de lo que un formulario ofrece: lo de su programa o, si aún no se sabe, lo de los abiertos."""
    return {"programa": programa} if programa else {"programa__in": abiertos()}


def _acciones_de(programa: Programa | None):
    consulta = Accion.objects.select_related("eje__programa").order_by(
        "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
    )
    return consulta.filter(**{f"eje__{campo}": valor for campo, valor in _de_programa(programa).items()})


def _fija(formulario: forms.ModelForm, campo: str, valor) -> None:
    """Lo que ya se sabe se enseña y no se cambia."""
    formulario.fields[campo].disabled = True
    formulario.initial[campo] = valor


class ParaProgramaForm(FormularioBase):
    """Un registro que nace en un programa y no se muda de él."""

    def __init__(self, *args, programa: Programa | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.programa = self.instance.programa if self.instance.pk else programa
        self.fields["programa"].queryset = abiertos(self.programa.pk if self.programa else None)
        if self.programa:
            _fija(self, "programa", self.programa.pk)

    def clean_clave(self) -> str:
        return self.cleaned_data["clave"].upper()

    def con_programa(self, objeto) -> str:
        return str(objeto) if self.programa else f"{objeto.programa.clave} · {objeto}"


class SupuestoForm(ParaProgramaForm):
    grupos = (("", ("programa", ("clave", "texto"))),)
    anchos = {"clave": 3, "texto": 9}

    class Meta:
        model = Supuesto
        fields = ("programa", "clave", "texto")


def _llano(valor: Decimal) -> Decimal:
    """«1», no «1.0000» ni «1E+2»; sigue siendo número para poder compararlo con lo escrito."""
    corto = valor.normalize()
    return corto.quantize(Decimal(1)) if corto == corto.to_integral_value() else corto


def _sin_ceros(formulario: forms.ModelForm, *campos: str) -> None:
    """Lo que se guarda con cuatro decimales se enseña como se escribió."""
    for campo in campos:
        if isinstance(valor := formulario.initial.get(campo), Decimal):  # lo que trae la dirección es texto
            formulario.initial[campo] = _llano(valor)


class IndicadorForm(ParaProgramaForm):
    grupos = (
        ("Qué mide", ("programa", ("clave", "nivel", "orden"), "nombre", "resumen", ("eje", "accion"))),
        ("Cómo se mide", (("tipo", "formula"), ("frecuencia", "unidad"), ("linea_base", "linea_base_anio"))),
        ("Qué se espera", (("meta", "sentido"), ("ambar_desde", "verde_desde", "rebasada_desde"))),
        ("Cómo se comprueba", ("medios_verificacion", "supuestos", "area_responsable")),
    )
    anchos = {"clave": 4, "nivel": 5, "orden": 3}

    class Meta:
        model = Indicador
        fields = (
            "programa", "clave", "nivel", "orden", "nombre", "resumen", "eje", "accion", "tipo", "formula",
            "frecuencia", "unidad", "linea_base", "linea_base_anio", "meta", "sentido", "ambar_desde", "verde_desde",
            "rebasada_desde", "medios_verificacion", "supuestos", "area_responsable",
        )  # fmt: skip
        labels = {"orden": "lugar en la matriz"}
        widgets = {campo: forms.Textarea(attrs={"rows": 4}) for campo in ("resumen", "medios_verificacion")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _sin_ceros(self, "meta", "linea_base")
        campos, suyo = self.fields, _de_programa(self.programa)
        campos["eje"].queryset = Eje.objects.filter(**suyo).select_related("programa").order_by("programa", "numero")
        campos["eje"].label_from_instance = self.con_programa
        campos["accion"].queryset = _acciones_de(self.programa)
        campos["accion"].label_from_instance = lambda a: f"{a.numeral if self.programa else a.clave} {a.nombre}"
        campos["supuestos"].queryset = Supuesto.objects.filter(**suyo).select_related("programa").order_by("clave")
        campos["supuestos"].label_from_instance = self.con_programa
        campos["supuestos"].help_text = "De los que tiene el programa; se escriben en Supuestos."

    def clean(self):
        datos = super().clean()
        programa = datos.get("programa")
        ajenos = [s for s in datos.get("supuestos") or () if programa and s.programa_id != programa.pk]
        if ajenos:
            self.add_error("supuestos", f"«{ajenos[0]}» es de otro programa.")
        return datos


# -- variables -------------------------------------------------------------------
def cifras_del_sistema() -> list:
    return [("", "Elija…"), *sorted(((c.clave, c.nombre) for c in CIFRAS.values()), key=lambda par: par[1])]


PARES = ParesDeTexto()


class VariableForm(FormularioBase):
    cifra = forms.ChoiceField(choices=cifras_del_sistema, required=False, label="cifra del sistema")
    parametros_escritos = forms.CharField(
        label="parámetros de la cifra",
        required=False,
        max_length=500,
        help_text="Si la cifra los admite: «tipo: curso; accion: pat-2021:1A».",
    )

    class Meta:
        model = Variable
        fields = ("papel", "simbolo", "nombre", "origen", "acciones", "cifra", "valor")
        labels = {"acciones": "acciones que suma"}
        help_texts = {"simbolo": ""}

    field_order = ("papel", "simbolo", "nombre", "origen", "acciones", "cifra", "parametros_escritos", "valor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _sin_ceros(self, "valor")
        self.fields["parametros_escritos"].initial = PARES.render(self.instance.parametros)
        self.fields["origen"].widget.attrs["data-origen"] = ""

    def clean_simbolo(self) -> str:
        return self.cleaned_data["simbolo"].strip()

    def clean_parametros_escritos(self) -> str:
        escrito = self.cleaned_data["parametros_escritos"]
        try:
            self.instance.parametros = PARES.clean(escrito)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return escrito

    def agrega(self, campo: str, errores) -> None:
        campo = "parametros_escritos" if campo == "parametros" else campo
        self.add_error(campo if campo in self.fields else None, errores)

    @property
    def como_datos(self) -> dict:
        """La variable como la recibe ``acciones.guardar_indicador``."""
        campos = ("papel", "simbolo", "nombre", "origen", "acciones", "cifra", "valor")
        datos = {campo: self.cleaned_data[campo] for campo in campos}
        return {
            **datos,
            "pk": self.instance.pk,
            "acciones": list(datos["acciones"]),
            "parametros": self.instance.parametros,
        }


class VariablesConjunto(ConjuntoBase):
    """Los términos de la fórmula; sólo ofrece las acciones del programa del indicador."""

    # Con lo que abre un indicador nuevo: lo de arriba y lo de abajo de su fórmula.
    DOS = (
        {"papel": PapelDeVariable.LOGRADO, "simbolo": "L", "origen": OrigenDeVariable.AVANCE},
        {"papel": PapelDeVariable.PROGRAMADO, "simbolo": "M", "origen": OrigenDeVariable.META},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = 1 if self.instance.pk else 2
        self.initial_extra = None if self.instance.pk else list(self.DOS)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not hasattr(self, "_acciones"):
            programa = self.instance.programa if self.instance.programa_id else None
            # Una sola consulta para las opciones de todos los renglones.
            self._acciones = _acciones_de(programa)
            self._opciones = [(a.pk, f"{a.numeral if programa else a.clave} {a.nombre}") for a in self._acciones]
        form.fields["acciones"].queryset = self._acciones
        form.fields["acciones"].widget.choices = self._opciones

    def clean(self):
        """Lo mismo que preguntará la acción, para decirlo junto con los demás errores."""
        if not self.instance.programa_id:
            return  # de eso avisa el indicador
        previas: list[tuple[Variable, list[Accion]]] = []
        for renglon in self.vivos:
            variable, suyas = renglon.instance, list(renglon.cleaned_data.get("acciones") or ())
            variable.indicador = self.instance
            if not renglon.errors:
                for campo, razones in reglas.impedimentos_de_variable(variable, suyas, previas).items():
                    renglon.agrega(campo, razones)
            previas.append((variable, suyas))
        if faltas := reglas.impedimentos_de_papeles(v for v, _ in previas):
            raise ValidationError(faltas)

    def validate_unique(self):
        """Lo dice ``clean`` junto al campo, en vez de un aviso general."""

    @property
    def vivos(self) -> list[VariableForm]:
        return [r for r in self.forms if r.cleaned_data and not r.cleaned_data.get("DELETE")]

    @property
    def variables(self) -> list[dict]:
        """Las que quedan, en el orden de la hoja."""
        return [renglon.como_datos for renglon in self.vivos]

    def reparte(self, error: ValidationError) -> None:
        """Los errores «variables-2-valor» de la acción van a su renglón; los demás se lanzan para el formulario."""
        if not hasattr(error, "error_dict"):
            raise error
        vivos, sueltos = self.vivos, {}
        for llave, errores in error.error_dict.items():
            partes = re.fullmatch(r"variables-(\d+)-(\w+)", llave)
            if partes and int(partes[1]) < len(vivos):
                vivos[int(partes[1])].agrega(partes[2], errores)
            else:
                sueltos[llave] = errores
        raise ValidationError(sueltos or ["Revise las variables de la fórmula."])


VariableFormSet = forms.inlineformset_factory(
    Indicador, Variable, form=VariableForm, formset=VariablesConjunto, extra=2, max_num=20, can_delete_extra=False
)


# -- lo que se anota de un periodo --------------------------------------------------
class DelPeriodoForm(FormularioBase):
    """Una nota de un indicador en un periodo; si ya se sabe de cuál, no se pregunta."""

    def __init__(self, *args, indicador: Indicador | None = None, periodo: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            indicador, periodo = self.instance.indicador, self.instance.periodo
        self.indicador = indicador
        self.fields["indicador"].queryset = self.posibles(indicador)
        self.fields["indicador"].label_from_instance = str if indicador else lambda i: f"{i.programa.clave} · {i}"
        if indicador:
            _fija(self, "indicador", indicador.pk)
            opciones = [("", "Elija…")] + [(n, nombre_largo(indicador, n)) for n in range(1, indicador.periodos + 1)]
            self.fields["periodo"] = forms.TypedChoiceField(choices=opciones, coerce=int, label="Periodo")
            self.fields["periodo"].error_messages["required"] = "Elija el periodo."
            if periodo and periodo <= indicador.periodos:
                _fija(self, "periodo", periodo)

    def posibles(self, actual: Indicador | None):
        if actual:
            return Indicador.objects.filter(pk=actual.pk)
        return (
            Indicador.objects.exclude(programa__estado=EstadoDePrograma.CERRADO)
            .select_related("programa")
            .order_by("-programa__anio", "programa__clave", "orden", "clave")
        )


class AjusteForm(DelPeriodoForm):
    grupos = (("", (("indicador", "periodo"), "tr", "razon")),)
    anchos = {"indicador": 8, "periodo": 4, "tr": 4}

    class Meta:
        model = AjusteDeTiempo
        fields = ("indicador", "periodo", "tr", "razon")
        widgets = {"razon": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _sin_ceros(self, "tr")

    def posibles(self, actual):
        return super().posibles(actual) if actual else super().posibles(None).filter(formula=Formula.EFICACIA)


class ExplicacionForm(DelPeriodoForm):
    grupos = (("", (("indicador", "periodo"), "causa", "medida", "pronostico")),)
    anchos = {"indicador": 8, "periodo": 4}

    class Meta:
        model = Explicacion
        fields = ("indicador", "periodo", "causa", "medida", "pronostico")
        widgets = {campo: forms.Textarea(attrs={"rows": 4}) for campo in ("causa", "medida", "pronostico")}


class DatoForm(FormularioBase):
    grupos = (("", (("variable", "periodo"), "valor", "procedencia")),)
    anchos = {"variable": 8, "periodo": 4, "valor": 4}

    class Meta:
        model = DatoDeVariable
        fields = ("variable", "periodo", "valor", "procedencia")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _sin_ceros(self, "valor")
        posibles = Variable.objects.filter(origen=OrigenDeVariable.DATO).select_related("indicador__programa")
        if self.instance.pk:
            posibles = posibles.filter(pk=self.instance.variable_id)
            _fija(self, "variable", self.instance.variable_id)
            _fija(self, "periodo", self.instance.periodo)
        else:
            posibles = posibles.exclude(indicador__programa__estado=EstadoDePrograma.CERRADO)
        self.fields["variable"].queryset = posibles.order_by(
            "-indicador__programa__anio", "indicador__programa__clave", "indicador__orden", "orden"
        )
        self.fields["variable"].label_from_instance = lambda v: (
            f"{v.indicador.programa.clave} · {v.indicador.clave} · {v}"
        )


class CeldaDeDatoForm(Formulario):
    """Una celda de la captura: valor y de dónde se tomó, o nada. ``razones`` dice por qué no se puede escribir."""

    valor = forms.DecimalField(label="Valor", max_digits=14, decimal_places=4, min_value=0, required=False)
    procedencia = forms.CharField(label="De dónde se tomó", max_length=300, required=False)
    visto = forms.CharField(required=False, widget=forms.HiddenInput)  # la versión que la persona tenía a la vista

    def __init__(
        self, *args, variable: Variable, periodo: int, dato: DatoDeVariable | None = None, razones=(), **kwargs
    ):
        inicial = {"valor": _llano(dato.valor), "procedencia": dato.procedencia} if dato else {}
        super().__init__(*args, initial=inicial, prefix=f"d-{variable.pk}-{periodo}", **kwargs)
        self.variable, self.periodo, self.dato, self.razones = variable, periodo, dato, razones
        self.nombre = nombre_largo(variable.indicador, periodo)
        donde = f"{variable.indicador.clave} {variable.simbolo}, {self.nombre.lower()}"
        self.fields["valor"].label = f"Valor de {donde}"
        self.fields["procedencia"].label = f"De dónde se tomó {donde}"
        self.fields["valor"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        for campo in self.fields.values():
            campo.disabled = bool(razones)
        # Pedir los errores revisa la celda entera: para entonces ya deben estar fijos todos sus campos.
        for nombre, campo in self.fields.items():
            campo.widget.attrs["class"] = f"form-control{' is-invalid' if self[nombre].errors else ''}"

    @property
    def version(self) -> str:
        return str(self.dato.version) if self.dato else ""

    def clean(self):
        datos = super().clean()
        if self.errors or not self.has_changed():
            return datos
        valor, procedencia = datos["valor"], datos["procedencia"]
        if datos["visto"] != self.version:
            dice = f"{self.initial['valor']} ({self.dato.procedencia})" if self.dato else "que no hay dato"
            self.add_error(
                "valor", f"Otra persona acaba de guardar {dice}. Si lo suyo es lo correcto, guarde otra vez."
            )
        elif valor is None and procedencia:
            self.add_error("valor", "Falta el valor.")
        elif valor is not None and not procedencia:
            self.add_error("procedencia", "Diga de dónde se tomó.")
        return datos

    def has_changed(self) -> bool:
        return bool({"valor", "procedencia"} & set(self.changed_data))


# -- la matriz ---------------------------------------------------------------------
class CorteForm(Formulario):
    """Qué se ve de la matriz y hasta qué día se cuenta."""

    al = forms.DateField(label="al corte de", required=False)
    nivel = forms.ChoiceField(label="nivel", required=False, choices=[("", "Todos"), *NivelMIR.choices])
    luz = forms.ChoiceField(label="situación", required=False)
    area = forms.ChoiceField(label="área responsable", required=False)

    def __init__(self, datos, *, luces, areas):
        super().__init__(datos)
        self.fields["luz"].choices = [("", "Todas"), *luces]
        self.fields["area"].choices = [("", "Todas"), *areas]

    @property
    def elegido(self) -> dict[str, str]:
        """Lo que se filtra; lo que no vale no filtra nada y se dice junto a su campo."""
        self.is_valid()
        return {nombre: self.cleaned_data.get(nombre, "") for nombre in ("nivel", "luz", "area")}
