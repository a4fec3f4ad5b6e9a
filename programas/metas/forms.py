"""Formularios de reprogramaciones, candados, pesos y textos."""

from collections.abc import Iterable

from django import forms

from programas.models import Accion, Eje, Programa, TextoDePrograma
from programas.planes.avance import meses_escritos
from programas.planes.forms import abiertos, acuerdo_escrito, acuerdos
from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.formularios import Formulario, FormularioBase
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import hoy

from .campos import CAMPOS_DE_MES, CAMPOS_DE_META, MESES, TRIMESTRES, ConMetas, campo_de_mes

ENTERO = {"class": "form-control", "inputmode": "numeric"}


class ReprogramarForm(ConMetas, Formulario):
    """Lo nuevo junto a lo vigente; la plantilla pinta la tabla y el resto va por crispy."""

    ultima = forms.IntegerField(required=False, widget=forms.HiddenInput)
    meses = forms.TypedMultipleChoiceField(
        label="meses programados",
        choices=MESES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    razon = forms.CharField(label="razón", widget=forms.Textarea({"rows": 3}), max_length=2000)
    acuerdo = forms.ModelChoiceField(Acuerdo.objects.none(), label="acuerdo que la permite")
    fecha = forms.DateField(label="fecha")
    grupos = (("Por qué y con qué permiso", ("razon", ("acuerdo", "fecha"))),)
    anchos = {"acuerdo": 8, "fecha": 4}

    def __init__(self, *args, accion: Accion, cerrados: Iterable[int] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.accion, self.cerrados = accion, set(cerrados)
        self.poner_metas(accion)
        self.fields["meses"].initial = accion.meses
        self.fields["meses"].help_text = f"Vigentes: {meses_escritos(accion.meses) or 'ninguno'}."
        self.fields["fecha"].initial = hoy()
        self.fields["acuerdo"].queryset = acuerdos(accion.eje.programa)
        self.fields["acuerdo"].label_from_instance = acuerdo_escrito
        for nombre in (*CAMPOS_DE_META, *CAMPOS_DE_MES):
            campo = self.fields[nombre]
            campo.widget.attrs.update(ENTERO, **{"aria-label": f"{capitaliza(str(campo.label))}: nueva meta"})
            if int(nombre.split("_")[1]) in self.cerrados:
                campo.widget.attrs["readonly"] = True

    def _piezas(self):
        """La tabla la pinta la plantilla: aquí sólo lo que sigue."""
        return super()._piezas()[: len(self.grupos)]

    def clean(self):
        self.revisar_metas()

    def filas(self) -> list[dict]:
        vigentes = {m.trimestre: m for m in self.accion.metas.all()}
        return [
            {
                "numero": n,
                "nombre": nombre,
                "vigente": vigentes.get(n),
                "campo": self[f"meta_{n}"],
                "meses": [self[campo_de_mes(n, lugar)] for lugar in (1, 2, 3)],
                "abierta": any(
                    self[campo_de_mes(n, lugar)].value() not in (None, "") or self[campo_de_mes(n, lugar)].errors
                    for lugar in (1, 2, 3)
                ),
                "cerrado": n in self.cerrados,
            }
            for n, nombre in TRIMESTRES.items()
        ]


class CandadoForm(Formulario):
    razon = forms.CharField(label="razón", max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, abre: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["razon"].help_text = (
            "Qué hay que corregir y quién lo pidió; queda en la historia."
            if abre
            else "Con qué informe, o qué se corrigió; queda en la historia."
        )


class PesosForm(Formulario):
    """Un peso por eje y por acción; los errores de cada grupo van en ``ejes`` y ``eje_<pk>``."""

    razon = forms.CharField(label="razón", max_length=90, required=False)

    def __init__(self, *args, programa: Programa, ejes: list[Eje], acciones: list[Accion], **kwargs):
        super().__init__(*args, **kwargs)
        self.ejes, self.acciones = ejes, acciones
        for registro in (*ejes, *acciones):
            rotulo = f"Peso de {registro.numeral if isinstance(registro, Accion) else f'eje {registro.numero}'}"
            self.fields[_de(registro)] = forms.IntegerField(
                label=rotulo,
                required=False,
                min_value=1,
                max_value=100,
                initial=registro.peso,
                error_messages={"min_value": "De 1 a 100.", "max_value": "De 1 a 100."},
                widget=forms.NumberInput({**ENTERO, "aria-label": f"{rotulo}, en porciento"}),
            )

    def grupos_de_pesos(self) -> list[dict]:
        suyas = {eje.pk: [a for a in self.acciones if a.eje_id == eje.pk] for eje in self.ejes}
        return [
            {"clave": "ejes", "titulo": "Ejes", "filas": [(e, self[_de(e)]) for e in self.ejes]},
            *(
                {
                    "clave": f"eje_{eje.pk}",
                    "titulo": f"Acciones del eje {eje}",
                    "filas": [(a, self[_de(a)]) for a in suyas[eje.pk]],
                }
                for eje in self.ejes
                if suyas[eje.pk]
            ),
        ]

    def pesos(self, registros) -> dict[int, int | None]:
        return {r.pk: self.cleaned_data.get(_de(r)) for r in registros}


def _de(registro: Eje | Accion) -> str:
    return f"peso_{'accion' if isinstance(registro, Accion) else 'eje'}_{registro.pk}"


class TextoForm(FormularioBase):
    grupos = (("", ("programa", ("titulo", "lugar", "orden"), "texto")),)
    anchos = {"titulo": 6, "lugar": 4, "orden": 2}

    class Meta:
        model = TextoDePrograma
        fields = ("programa", "titulo", "lugar", "orden", "texto")
        help_texts = {
            "texto": "Admite Markdown: **negritas**, *cursivas*, listas con guion, [enlaces](https://…) "
            "y subtítulos con ##. Un renglón en blanco separa párrafos.",
            "orden": "Entre los de su lugar.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programa"].queryset = abiertos(self.instance.programa_id)
        self.fields["texto"].widget.attrs["rows"] = 14
