"""Formularios de planes."""

from crispy_forms.layout import HTML
from django import forms

from programas.estados import CampoDeActividad, ColumnaDeActividad, EstadoDePrograma
from programas.metas.campos import CAMPOS_DE_MES, CAMPOS_DE_META, MESES, ConMetas, Plegable
from programas.metas.reglas import CON_REPROGRAMACION
from programas.models import Accion, Eje, Programa, TipoActividad
from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.formularios import Formulario, FormularioBase


def abiertos(actual: int | None = None):
    """Los programas en que todavía se puede planear, y el que el registro ya tiene."""
    consulta = Programa.objects.exclude(estado=EstadoDePrograma.CERRADO)
    return (consulta | Programa.objects.filter(pk=actual)).order_by("-anio", "clave")


def acuerdos(programa: Programa):
    """Los de su comisión, si ya se sabe cuál es; los más recientes primero."""
    consulta = Acuerdo.objects.select_related("sesion").order_by("-sesion__fecha_programada", "folio")
    return consulta.filter(comision=programa.comision_id) if programa.comision_id else consulta


def acuerdo_escrito(acuerdo: Acuerdo) -> str:
    return f"{acuerdo.folio} · {acuerdo.texto[:90]}"


class ProgramaForm(FormularioBase):
    grupos = (
        ("Programa", ("nombre", ("tipo", "anio"), ("clave", "area"), "objetivo")),
        ("Comisión y aprobación", ("comision", "acuerdo")),
    )

    class Meta:
        model = Programa
        fields = ("nombre", "tipo", "anio", "clave", "area", "objetivo", "comision", "acuerdo")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acuerdo"].queryset = acuerdos(self.instance)
        self.fields["acuerdo"].label_from_instance = acuerdo_escrito


class AprobarForm(Formulario):
    acuerdo = forms.ModelChoiceField(
        Acuerdo.objects.none(),
        label="acuerdo de aprobación",
        required=False,
        help_text="Si todavía no tiene folio, puede anotarse después al editar el programa.",
    )

    def __init__(self, *args, programa: Programa, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acuerdo"].queryset = acuerdos(programa)
        self.fields["acuerdo"].label_from_instance = acuerdo_escrito


class EjeForm(FormularioBase):
    grupos = (("", ("programa", ("numero", "nombre"), "objetivo", "justificacion", "lineas")),)
    anchos = {"numero": 3, "nombre": 9}

    class Meta:
        model = Eje
        fields = ("programa", "numero", "nombre", "objetivo", "justificacion", "lineas")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programa"].queryset = abiertos(self.instance.programa_id)


class AccionForm(ConMetas, FormularioBase):
    """La acción con sus metas en la misma página; aprobado el plan, las metas sólo se leen."""

    meses = forms.TypedMultipleChoiceField(
        label="meses programados",
        choices=MESES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Los que marca el cronograma de un programa anual de trabajo.",
    )
    grupos = (
        ("Acción", ("eje", ("inciso", "nombre"), ("unidad", "frecuencia"), ("fuente", "area_responsable"))),
        ("Metas", ("aprobadas", CAMPOS_DE_META, "reparto", "meses")),
        ("Alineación con el otro plan", ("alineadas",)),
    )
    anchos = {"inciso": 3, "nombre": 9}

    class Meta:
        model = Accion
        fields = (
            "eje", "inciso", "nombre", "unidad", "frecuencia", "fuente", "area_responsable", "meses", "alineadas",
        )  # fmt: skip

    def __init__(self, *args, eje: Eje | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        actual = self.instance.eje if self.instance.pk else None
        programa = actual.programa if actual else eje.programa if eje else None
        self.fields["eje"].queryset = (
            Eje.objects.filter(programa__in=abiertos(programa.pk if programa else None))
            .select_related("programa")
            .order_by("-programa__anio", "programa__clave", "numero")
        )
        self.fields["eje"].label_from_instance = lambda e: f"{e.programa.clave} · {e}"
        posibles = Accion.objects.select_related("eje__programa").order_by(
            "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
        )
        if programa:
            posibles = posibles.filter(eje__programa__anio=programa.anio).exclude(eje__programa=programa)
        self.fields["alineadas"].queryset = posibles
        self.fields["alineadas"].label_from_instance = lambda a: f"{a.clave} · {a.nombre}"
        self.aprobado = bool(programa) and programa.estado == EstadoDePrograma.APROBADO
        if self.aprobado and (self.instance.pk or not self._trae_metas()):
            for campo in (*CAMPOS_DE_META, *CAMPOS_DE_MES, "meses"):
                del self.fields[campo]
        elif self.instance.pk:
            self.poner_metas(self.instance)

    def _trae_metas(self) -> bool:
        """Se eligió un eje aprobado después de escribir metas: se avisa, no se tiran."""
        return any(self.data.get(campo) for campo in (*CAMPOS_DE_META, *CAMPOS_DE_MES, "meses"))

    def _pieza(self, campo, puestos):
        if campo == "aprobadas":
            return HTML('{% include "programas/metas_aprobadas.html" %}') if self.aprobado else None
        if campo == "reparto":
            if "meta_1" not in self.fields:
                return None
            filas = [super(AccionForm, self)._pieza(CAMPOS_DE_MES[n : n + 6], puestos) for n in (0, 6)]
            return Plegable("Repartir por mes", *filas, abierto=self.reparte)
        return super()._pieza(campo, puestos)

    def clean_inciso(self) -> str:
        return self.cleaned_data["inciso"].upper()

    def clean(self):
        super().clean()
        self.revisar_metas()
        if self.aprobado and "meses" in self.fields:
            for campo in (*CAMPOS_DE_META, "meses"):
                if self.cleaned_data.get(campo) not in (None, "", []):
                    self.add_error(campo, f"Guarde la acción sin metas. {CON_REPROGRAMACION}")

    @property
    def metas_escritas(self):
        """``None`` si el plan está aprobado y no se tocan."""
        return None if self.aprobado else self.metas


class CasillasEnOrden(forms.CheckboxSelectMultiple):
    """Primero lo marcado, en su orden; con JavaScript se sube y se baja (ordenables.js)."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"data-ordenable": "", **(attrs or {})}, choices)

    def optgroups(self, name, value, attrs=None):
        grupos = super().optgroups(name, value, attrs)
        lugar = {v: n for n, v in enumerate(value)}
        return sorted(grupos, key=lambda grupo: lugar.get(str(grupo[1][0]["value"]), len(lugar)))


class TipoActividadForm(FormularioBase):
    campos = forms.MultipleChoiceField(
        choices=CampoDeActividad.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="campos que pide",
        help_text="Además de acción, título y fecha, que se piden siempre.",
    )
    columnas = forms.MultipleChoiceField(
        choices=ColumnaDeActividad.choices,
        required=False,
        widget=CasillasEnOrden,
        label="columnas en los informes",
        help_text="En el orden en que se muestran, salvo que el apartado pida otras.",
    )
    grupos = (("", (("nombre", "clave"), ("campos", "columnas"), ("orden", "activo"))),)

    class Meta:
        model = TipoActividad
        fields = ("nombre", "clave", "campos", "columnas", "orden", "activo")
        labels = {"orden": "lugar en las listas"}
        help_texts = {
            "clave": "Con ella lo nombran los informes y las hojas: platica-universidad.",
            "activo": "Un tipo que ya no se usa se retira; lo registrado con él se conserva.",
        }
