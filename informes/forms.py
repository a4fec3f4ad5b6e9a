"""Formularios de informes y plantillas."""

from django import forms

from vinculacion.comision.models import Acuerdo, Punto
from vinculacion.nucleo.formularios import FormularioBase
from vinculacion.nucleo.secciones import CIFRAS

from . import narrativa
from .models import Informe, Plantilla


class CampoDeDocumento(forms.ChoiceField):
    """Una plantilla o un informe, como «informe-5»; entrega el documento."""

    def __init__(self, **mas):
        super().__init__(choices=_documentos, **mas)

    def clean(self, value) -> Informe | Plantilla | None:
        if not (clave := super().clean(value)):
            return None
        tipo, _, pk = clave.partition("-")
        return (Informe if tipo == "informe" else Plantilla).objects.get(pk=pk)


def _documentos() -> list:
    return [
        ("", "Elija…"),
        ("Plantillas", [(f"plantilla-{p.pk}", str(p)) for p in Plantilla.objects.all()]),
        ("Informes", [(f"informe-{i.pk}", f"{i} ({i.periodo})") for i in Informe.objects.all()]),
    ]


class PlantillaForm(FormularioBase):
    copia_de = CampoDeDocumento(
        required=False,
        label="copiar los apartados de",
        help_text="Para empezar el año con la estructura de otra plantilla o de un informe ya hecho.",
    )

    class Meta:
        model = Plantilla
        fields = ("nombre", "clave", "descripcion")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["copia_de"]


class InformeForm(FormularioBase):
    grupos = (
        ("Informe", ("titulo", "clave", ("plantilla", "copia_de"), ("inicio", "fin"))),
        ("Quién informa", (("comision", "unidad"), "identidad")),
        ("Presentación y aprobación", (("punto", "acuerdo"),)),
    )

    copia_de = CampoDeDocumento(
        required=False,
        label="o copiar los apartados de",
        help_text="Otro informe que se parezca más; la copia no sigue al original.",
    )

    class Meta:
        model = Informe
        fields = (
            "titulo",
            "clave",
            "plantilla",
            "inicio",
            "fin",
            "comision",
            "unidad",
            "identidad",
            "punto",
            "acuerdo",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = Punto.objects.select_related("sesion").order_by(
            "-sesion__fecha_programada", "numero"
        )
        self.fields["punto"].label_from_instance = lambda p: f"{p.sesion.codigo}/{p.sesion.anio} · {p}"
        self.fields["acuerdo"].queryset = Acuerdo.objects.select_related("sesion").order_by(
            "-sesion__fecha_programada", "folio"
        )
        self.fields["acuerdo"].label_from_instance = lambda a: f"{a.folio} · {a.texto[:90]}"
        if self.instance.pk:
            # Los apartados ya se copiaron: cambiar la plantilla después no haría nada.
            del self.fields["plantilla"], self.fields["copia_de"]
            if self.instance.punto_id and not self.instance.acuerdo_id:
                self.initial["acuerdo"] = self._acuerdo_del_punto()
        else:
            self.fields["plantilla"].required = False

    def _acuerdo_del_punto(self) -> int | None:
        """El único que se tomó en su punto y no aprueba otro informe: se deja puesto para confirmarlo."""
        tomados = list(Acuerdo.objects.filter(punto=self.instance.punto_id, informes=None).values_list("pk", flat=True))
        return tomados[0] if len(tomados) == 1 else None

    def clean(self):
        datos = super().clean()
        if datos.get("plantilla") and datos.get("copia_de"):
            self.add_error("copia_de", "Elija la plantilla o el informe que se copia, no los dos.")
        return datos


def sin_errores_de_narrativa(texto: str) -> str:
    if errores := narrativa.errores(texto, CIFRAS):
        raise forms.ValidationError([str(error) for error in errores])
    return texto
