"""Formularios de la comisión."""

from django import forms

from vinculacion.nucleo.formularios import FormularioBase
from vinculacion.nucleo.periodos import hoy

from . import reglas
from .estados import REALIZADAS, EstadoDeSesion
from .models import Acuerdo, Comision, Integracion, Punto, Sesion, Tema


class ComisionForm(FormularioBase):
    grupos = (
        ("", ("nombre", ("siglas", "tipo"), "acuerdo_creacion", ("desde", "hasta"), "serie")),
        ("Plazos para convocar", (("horas_ordinaria", "horas_extraordinaria", "horas_urgente"),)),
        ("Para sesionar", ("quorum",)),
    )
    anchos = {"quorum": 6}

    class Meta:
        model = Comision
        fields = [
            "nombre", "siglas", "tipo", "acuerdo_creacion", "desde", "hasta", "serie", "horas_ordinaria",
            "horas_extraordinaria", "horas_urgente", "quorum",
        ]  # fmt: skip


class IntegracionForm(FormularioBase):
    grupos = (
        ("Capacidad", ("comision", ("rol", "orden"), "nombre", ("persona", "correo"))),
        ("A quién representa", (("area", "organismo"),)),
        ("Vigencia", (("desde", "hasta"),)),
    )

    class Meta:
        model = Integracion
        fields = ["comision", "rol", "orden", "nombre", "persona", "correo", "area", "organismo", "desde", "hasta"]
        help_texts = {"orden": "En blanco: al final de su calidad.", "hasta": "En blanco: sigue vigente."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["orden"].required = False
        if not self.instance.pk:
            self.fields["orden"].initial = None
            self.initial.pop("orden", None)


class TemaForm(FormularioBase):
    class Meta:
        model = Tema
        fields = ["nombre", "activo"]


LARGO_DE_RAZON = 440  # al cambio se le suman las horas de antes y de después


class SesionForm(FormularioBase):
    grupos = (
        ("Sesión", ("comision", ("tipo", "numero", "anio"))),
        (
            "Cuándo y dónde",
            (("fecha_programada", "hora_programada", "fecha_calendario"), "motivo", ("modalidad", "lugar")),
        ),
        ("Estado", (("estado", "fecha_celebrada"),)),
        ("Lo que duró", (("hora_inicio", "hora_fin"),)),
        ("", ("notas",)),
    )
    motivo = forms.CharField(
        label="Razón del cambio de fecha u hora",
        required=False,
        max_length=LARGO_DE_RAZON,
        help_text="Obligatoria si la sesión ya se convocó; queda en sus cambios.",
    )

    class Meta:
        model = Sesion
        fields = [
            "comision", "tipo", "numero", "anio", "fecha_programada", "hora_programada", "fecha_calendario",
            "modalidad", "lugar", "estado", "fecha_celebrada", "hora_inicio", "hora_fin", "notas",
        ]  # fmt: skip
        help_texts = {"fecha_calendario": "La que aprobó la comisión; no cambia cuando la sesión se mueve."}

    def __init__(self, *args, peticion=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.peticion = peticion
        if self.instance.pk:
            # El estado cambia en su propia página, que pide la razón.
            del self.fields["estado"]
            self.fields["comision"].disabled = True
            if self.instance.estado not in REALIZADAS:
                for campo in ("fecha_celebrada", "hora_inicio", "hora_fin"):
                    del self.fields[campo]
                self.initial["hora_programada"] = reglas.hora_prevista(self.instance)
        else:
            del self.fields["motivo"]
            for campo, ayuda in (("numero", "En blanco: el que sigue."), ("anio", "En blanco: el de la fecha.")):
                self.fields[campo].required = False
                self.fields[campo].help_text = ayuda
            self.fields["fecha_celebrada"].help_text = "Sólo si captura una sesión que ya se celebró."

    def clean(self):
        datos = super().clean()
        if "hora_inicio" not in self.fields:
            # La hora anunciada se anotaba como hora de inicio: al guardarla pasa a ser la programada.
            self.instance.hora_inicio = self.instance.hora_fin = None
        return datos


class EstadoForm(FormularioBase):
    """Cambio de estado de una sesión, con su fecha y su razón."""

    grupos = (
        (
            "",
            (
                ("estado", "fecha_celebrada"),
                ("fecha_programada", "hora_programada"),
                ("hora_inicio", "hora_fin"),
                "motivo",
            ),
        ),
    )
    motivo = forms.CharField(
        label="Razón",
        required=False,
        max_length=LARGO_DE_RAZON,
        help_text="Obligatoria al diferir, cancelar o reabrir, y al cambiar la fecha u hora de una ya convocada.",
    )

    class Meta:
        model = Sesion
        fields = ["estado", "fecha_celebrada", "fecha_programada", "hora_programada", "hora_inicio", "hora_fin"]
        labels = {"estado": "Pasa a"}
        help_texts = {"fecha_celebrada": "Obligatoria si pasa a celebrada."}

    def __init__(self, *args, pedido: str = "", peticion=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.peticion = peticion
        posibles = reglas.estados_posibles(self.instance)
        self.fields["estado"].choices = [(e, EstadoDeSesion(e).label) for e in posibles]
        if self.instance.hora_programada is None and (hora := reglas.hora_prevista(self.instance)):
            # La hora anunciada se anotaba como hora de inicio.
            self.initial |= {"hora_programada": hora, "hora_inicio": None}
        self.initial["estado"] = pedido if pedido in posibles else self._el_que_sigue(posibles)
        if self.instance.fecha_celebrada is None and self.instance.fecha_programada <= hoy():
            self.initial["fecha_celebrada"] = self.instance.fecha_programada

    def _el_que_sigue(self, posibles: list[str]) -> str:
        """Lo más probable: convocar la que viene, celebrar la que ya llegó."""
        llego = self.instance.fecha_programada <= hoy()
        for estado in (EstadoDeSesion.CELEBRADA,) if llego else (EstadoDeSesion.CONVOCADA, EstadoDeSesion.EN_CURSO):
            if estado in posibles and estado != self.instance.estado:
                return estado
        return self.instance.estado

    def clean(self):
        datos = super().clean()
        if datos.get("estado") not in REALIZADAS:
            datos["fecha_celebrada"] = None
        return datos


class ConSesion(forms.ModelChoiceField):
    def label_from_instance(self, sesion: Sesion) -> str:
        return f"{sesion.clave} · {sesion.en_palabras} ({sesion.comision.siglas})"


class PuntoForm(FormularioBase):
    sesion = ConSesion(label="Sesión", queryset=Sesion.objects.none())
    grupos = (("", ("sesion", "titulo", ("tema", "solicitud"), ("presenta", "numero"), "de_tramite")),)

    class Meta:
        model = Punto
        fields = ["sesion", "titulo", "tema", "solicitud", "presenta", "numero", "de_tramite"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "sesion" in self.fields:
            self.fields["sesion"].queryset = Sesion.objects.select_related("comision")
            self.fields["sesion"].disabled = bool(self.instance.pk)
        temas = Tema.objects.filter(activo=True)
        if self.instance.pk:
            temas = temas | Tema.objects.filter(pk=self.instance.tema_id)
            self.fields["numero"].help_text = "Si lo cambia, los demás se recorren."
        else:
            self.fields["numero"].required = False
            self.fields["numero"].help_text = "En blanco: al final."
        self.fields["tema"].queryset = temas

    def _get_validation_exclusions(self):
        """El número puede estar ocupado: la acción recorre a los demás."""
        return {*super()._get_validation_exclusions(), "numero"}


class ConPunto(forms.ModelChoiceField):
    con_sesion = True

    def label_from_instance(self, punto: Punto) -> str:
        return f"{punto.sesion.clave} · {punto}" if self.con_sesion else str(punto)


class AcuerdoForm(FormularioBase):
    sesion = ConSesion(label="Sesión", queryset=Sesion.objects.none())
    punto = ConPunto(label="Punto del que sale", queryset=Punto.objects.none(), required=False)
    grupos = (
        ("Acuerdo", ("sesion", "punto", "texto", "folio")),
        ("Seguimiento", (("area_responsable", "fecha_limite"), "notas")),
    )
    anchos = {"folio": 6}

    class Meta:
        model = Acuerdo
        fields = ["sesion", "punto", "texto", "folio", "area_responsable", "fecha_limite", "notas"]

    def __init__(self, *args, sesion: Sesion | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            sesion = self.instance.sesion
            # De una sesión cerrada se puede cambiar a quién toca y para cuándo, no lo que se acordó.
            for campo in ("sesion", "folio", *(("texto", "punto") if sesion.cerrada else ())):
                self.fields[campo].disabled = True
        else:
            del self.fields["notas"]
            self.fields["folio"].required = False
            self.fields["folio"].help_text = "En blanco: toma el que sigue. Escríbalo sólo si ya se había dado."
        if sesion is not None:
            sesiones, puntos = Sesion.objects.filter(pk=sesion.pk), Punto.objects.filter(sesion=sesion)
        else:
            sesiones = Sesion.objects.filter(estado__in=(EstadoDeSesion.EN_CURSO, EstadoDeSesion.CELEBRADA))
            # Los de sesiones más viejas se acuerdan desde la página de su sesión.
            recientes = sesiones.order_by("-fecha_programada").values("pk")[:60]
            puntos = Punto.objects.filter(sesion__in=recientes)
        self.fields["sesion"].queryset = sesiones.select_related("comision")
        self.fields["punto"].con_sesion = sesion is None
        self.fields["punto"].queryset = puntos.select_related("sesion").order_by("-sesion__fecha_programada", "numero")
