"""La captura de una actividad: sólo lo que pide su tipo, con su evidencia en la misma hoja."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from programas import reglas
from programas.estados import CampoDeActividad as C
from programas.estados import EstadoDePrograma
from programas.models import META_MAXIMA, Actividad, CifraExtra, TipoActividad
from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.archivo.validadores import tamano
from vinculacion.nucleo.formularios import ConjuntoBase, Formulario, FormularioBase
from vinculacion.nucleo.fuentes import BITACORA
from vinculacion.nucleo.periodos import hoy

from .campos import CampoDeAccion, CampoDeArchivos, FechasSueltas, acciones_en_orden

# Qué controles muestra cada código del tipo; las cifras son un conjunto aparte.
CONTROLES: dict[str, tuple[str, ...]] = {
    C.OBJETIVO: ("objetivo",),
    C.HORARIO: ("hora_inicio", "hora_fin"),
    C.MODALIDAD: ("modalidad",),
    C.LUGAR: ("lugar", "ciudad", "pais"),
    C.ORGANISMOS: ("organismos",),
    C.ORGANO: ("organo",),
    C.REPRESENTACION: ("representacion",),
    C.ASISTENCIA: ("mujeres", "hombres", "sin_dato"),
    C.UNIDADES: ("unidades",),
    C.CIFRAS: (),
    C.OBSERVACIONES: ("observaciones",),
}
EVIDENCIA = ("archivos", "enlace", "titulo_evidencia")
NUMEROS = ("mujeres", "hombres", "sin_dato", "unidades")


def controles_de(tipo: TipoActividad) -> list[str]:
    return [nombre for codigo in tipo.campos for nombre in CONTROLES.get(codigo, ())]


class ActividadForm(FormularioBase):
    accion = CampoDeAccion(label="Acción", queryset=None, help_text="Escriba parte del nombre, el inciso o el plan.")
    fechas_sueltas = FechasSueltas(
        label="Otras fechas",
        required=False,
        help_text="Si hubo días separados: 12/10/2020; 19/10/2020.",
    )
    archivos = CampoDeArchivos(label="Archivos", required=False, max_length=255)
    enlace = forms.URLField(
        label="O un enlace",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Escriba la dirección completa, por ejemplo https://www.iecm.mx/."},
    )
    titulo_evidencia = forms.CharField(
        label="Título de la evidencia", required=False, max_length=250, help_text="En blanco: el nombre del archivo."
    )

    grupos = (
        (
            "Qué y cuándo",
            (
                "accion",
                "tipo",
                "titulo",
                ("fecha_inicio", "fecha_fin", "fechas_sueltas"),
                ("hora_inicio", "hora_fin", "modalidad"),
            ),
        ),
        (
            "Detalles",
            ("objetivo", ("lugar", "ciudad", "pais"), "organismos", "organo", "representacion", "observaciones"),
        ),
        ("Asistencia y unidades", (("mujeres", "hombres", "sin_dato"), "unidades")),
    )
    anchos = {"fecha_inicio": 3, "fecha_fin": 3, "fechas_sueltas": 6, "lugar": 5, "ciudad": 4, "pais": 3, "unidades": 4}

    class Meta:
        model = Actividad
        fields = [
            "accion", "tipo", "titulo", "fecha_inicio", "fecha_fin", "fechas_sueltas", "hora_inicio", "hora_fin",
            "modalidad", "objetivo", "lugar", "ciudad", "pais", "organismos", "organo", "representacion",
            "observaciones", "mujeres", "hombres", "sin_dato", "unidades",
        ]  # fmt: skip
        labels = {"hora_inicio": "Hora de inicio", "hora_fin": "Hora de término"}
        widgets = {"objetivo": forms.Textarea(attrs={"rows": 2}), "observaciones": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, usuario=None, tipo_pedido: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        actual = self.instance if self.instance.pk else Actividad()
        self.fields["accion"].queryset = acciones_en_orden().filter(
            Q(pk=actual.accion_id) | (Q(fuente=BITACORA) & ~Q(eje__programa__estado=EstadoDePrograma.CERRADO))
        )
        self.fields["tipo"].queryset = TipoActividad.objects.filter(Q(activo=True) | Q(pk=actual.tipo_id))
        self.tipos = {str(t.pk): t for t in self.fields["tipo"].queryset}
        for nombre in NUMEROS:
            self.fields[nombre].validators.append(MaxValueValidator(META_MAXIMA))
        tope = tamano(settings.ARCHIVO_TAMANO_MAXIMO)
        self.fields[
            "archivos"
        ].help_text = f"Uno o varios: PDF, imagen, documento, hoja, audio o video. Hasta {tope} cada uno."
        for nombre in ("fecha_inicio", "fecha_fin"):
            self.fields[nombre].widget.attrs["max"] = hoy().isoformat()
        if actual.pk:
            self._un_solo_dia(actual)
            if tipo_pedido in self.tipos:
                self.initial["tipo"] = tipo_pedido
        elif not self.is_bound and self.initial.get("accion") and self.initial.get("tipo"):
            # Con lo demás puesto, lo primero que se escribe es el título.
            self.fields["titulo"].widget.attrs["autofocus"] = True
        if usuario is not None and usuario.has_perm("directorio.add_organismo"):
            self.fields["organismos"].help_text = format_html(
                '¿No está en la lista? <a href="{}">Agréguelo al directorio</a>; lo escrito aquí se conserva.',
                reverse("directorio:organismo_nuevo"),
            )

    def _un_solo_dia(self, actividad: Actividad) -> None:
        """«Hasta» y «otras fechas» sólo enseñan lo que la fecha no dice ya."""
        primera = actividad.fecha_inicio.isoformat()
        self.initial["fechas_sueltas"] = FechasSueltas.como_texto([f for f in actividad.fechas_sueltas if f != primera])
        if actividad.fechas_sueltas or actividad.fecha_fin == actividad.fecha_inicio:
            self.initial["fecha_fin"] = None

    # -- qué se ve ----------------------------------------------------------------
    @property
    def tipo_actual(self) -> TipoActividad | None:
        valor = self["tipo"].value()
        return self.tipos.get(str(getattr(valor, "pk", valor) or ""))

    def con_dato(self, nombre: str) -> bool:
        valor = self[nombre].value()
        if nombre == "unidades" and str(valor) == "1":
            return False
        return valor not in (None, "", [])

    @property
    def ocultos(self) -> set[str]:
        """Lo que el tipo no pide, está vacío y no tiene error; con dato se ve siempre."""
        pedidos = set(controles_de(self.tipo_actual)) if self.tipo_actual else set()
        todos = {nombre for nombres in CONTROLES.values() for nombre in nombres}
        return {n for n in todos - pedidos if not self.con_dato(n) and n not in (self._errors or {})}

    @property
    def pide_cifras(self) -> bool:
        return self.tipo_actual is not None and C.CIFRAS in self.tipo_actual.campos

    def _piezas(self) -> list:
        ocultos = self.ocultos
        piezas = []
        for titulo, campos in self.grupos:
            contenido = [self._con_oculto(c, ocultos) for c in campos]
            nombres = {n for c in campos for n in ((c,) if isinstance(c, str) else c)}
            clase = "grupo d-none" if nombres <= ocultos else "grupo"
            piezas.append(Fieldset(titulo, *contenido, css_class=clase))
        return piezas

    def _con_oculto(self, campo, ocultos: set[str]):
        if isinstance(campo, str):
            if campo in self.anchos:
                return self._con_oculto((campo,), ocultos)
            return Field(campo, wrapper_class="d-none" if campo in ocultos else "")
        return Row(
            *(Column(c, css_class=self._columna(c, len(campo)) + (" d-none" if c in ocultos else "")) for c in campo)
        )

    @property
    def ayudante_evidencia(self) -> FormHelper:
        """La evidencia va al final, después de las otras cifras."""
        ayudante = FormHelper()
        ayudante.form_tag = False
        ayudante.disable_csrf = True
        ayudante.include_media = False
        ayudante.layout = Layout(
            Fieldset(
                "Evidencia",
                "archivos",
                Row(*(Column(c, css_class="col-12 col-md-6") for c in EVIDENCIA[1:])),
                css_class="grupo",
            )
        )
        return ayudante

    # -- revisar --------------------------------------------------------------------
    def full_clean(self):
        super().full_clean()
        if self._errors:
            self.recuerda_archivos()

    @property
    def archivos_enviados(self) -> list[str]:
        archivos = self.files.getlist("archivos") if hasattr(self.files, "getlist") else []
        return [a.name for a in archivos]

    def recuerda_archivos(self) -> None:
        """El navegador no conserva los archivos elegidos: se dice cuáles hay que elegir otra vez."""
        if nombres := self.archivos_enviados:
            self["archivos"].help_text = f"Elíjalos otra vez; el navegador no los conserva: {', '.join(nombres)}."

    def clean(self):
        datos = super().clean()
        sueltas, inicio = datos.get("fechas_sueltas"), datos.get("fecha_inicio")
        if sueltas and datos.get("fecha_fin"):
            self.add_error("fechas_sueltas", "Use «Hasta» si fueron días seguidos u «Otras fechas», no las dos cosas.")
        elif sueltas and inicio:
            datos["fechas_sueltas"] = sorted({inicio.isoformat(), *sueltas})
        sin_evidencia = not (datos.get("archivos") or datos.get("enlace") or {"archivos", "enlace"} & set(self.errors))
        if datos.get("titulo_evidencia") and sin_evidencia:
            self.add_error("archivos", "Elija el archivo o escriba el enlace al que corresponde el título.")
        return datos

    def _post_clean(self):
        super()._post_clean()
        # Las reglas de la acción se dicen aquí también, junto con los demás errores.
        if not self._errors:
            for campo, razon in reglas.impedimentos_de_fecha(self.instance, hoy()).items():
                self.add_error(campo, razon)

    def guardar_evidencia(self, *, actividad: Actividad, por) -> None:
        """Cada archivo y el enlace; el título nombra al único o, si son varios, lleva su número."""
        datos = self.cleaned_data
        archivos, titulo = datos["archivos"], datos["titulo_evidencia"]
        for numero, archivo in enumerate(archivos, 1):
            suyo = f"{titulo[:240]} ({numero})" if titulo and len(archivos) > 1 else titulo
            try:
                agregar_evidencia(registro=actividad, por=por, archivo=archivo, titulo=suyo)
            except ValidationError as error:
                self.recuerda_archivos()
                raise ValidationError({"archivos": [f"«{archivo.name}»: {m}" for m in error.messages]}) from error
        if datos["enlace"]:
            try:
                agregar_evidencia(
                    registro=actividad, por=por, enlace=datos["enlace"], titulo="" if archivos else titulo
                )
            except ValidationError as error:
                self.recuerda_archivos()
                raise ValidationError({"enlace": error.messages}) from error


class CifraForm(FormularioBase):
    class Meta:
        model = CifraExtra
        fields = ["etiqueta", "numero"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["numero"].validators.append(MaxValueValidator(2_000_000_000))
        self.fields["etiqueta"].widget.attrs["placeholder"] = "Personas registradas"


class CifrasConjunto(ConjuntoBase):
    def clean(self):
        vistas = set()
        for renglon in self.forms:
            datos = getattr(renglon, "cleaned_data", None) or {}
            etiqueta = datos.get("etiqueta", "")
            if not etiqueta or datos.get("DELETE"):
                continue
            if etiqueta.casefold() in vistas:
                renglon.add_error("etiqueta", "Ya hay otra cifra con esa etiqueta.")
            vistas.add(etiqueta.casefold())

    def validate_unique(self):
        """Lo dice ``clean`` junto al campo, en vez de un aviso general."""


CifraFormSet = forms.inlineformset_factory(
    Actividad, CifraExtra, form=CifraForm, formset=CifrasConjunto, extra=3, max_num=50, can_delete_extra=False
)


class RechazoForm(Formulario):
    razon = forms.CharField(
        label="Por qué se rechaza",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Quien la capturó lo leerá tal cual y podrá corregirla.",
        error_messages={"required": "Diga por qué se rechaza."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["razon"].error_messages["required"] = "Diga por qué se rechaza."
