"""Los planes del año: programas, ejes, acciones y metas, con sus reprogramaciones y candados."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.estados import EstadoDePrograma, Frecuencia, LugarDelTexto, TipoDePrograma
from vinculacion.comision.models import Acuerdo, Comision
from vinculacion.directorio.models import Area
from vinculacion.nucleo import fuentes
from vinculacion.nucleo.modelos import Registro

META_MAXIMA = 1_000_000
PESOS = [MinValueValidator(1), MaxValueValidator(100)]


def validar_meses(valor) -> None:
    if not isinstance(valor, list) or any(not isinstance(m, int) or not 1 <= m <= 12 for m in valor):
        raise ValidationError("Los meses van del 1 al 12.")


class Programa(Registro):
    clave = models.SlugField("clave", max_length=40, unique=True, help_text="Corta y sin espacios: pat-2021.")
    nombre = models.CharField("nombre", max_length=250)
    tipo = models.CharField("tipo", max_length=12, choices=TipoDePrograma.choices)
    anio = models.PositiveSmallIntegerField("año", validators=[MinValueValidator(1999), MaxValueValidator(2100)])
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDePrograma.choices, default=EstadoDePrograma.BORRADOR
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="programas", verbose_name="unidad responsable"
    )
    comision = models.ForeignKey(
        Comision, models.PROTECT, null=True, blank=True, related_name="programas", verbose_name="comisión que supervisa"
    )
    acuerdo = models.ForeignKey(
        Acuerdo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acuerdo de aprobación"
    )
    objetivo = models.TextField("objetivo general", blank=True)
    ficticio = models.BooleanField("datos ficticios", default=False, editable=False)
    history = HistoricalRecords(verbose_name="historia del programa")

    class Meta:
        verbose_name = "programa"
        verbose_name_plural = "programas"
        ordering = ["-anio", "tipo"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("programas:programa_detalle", args=[self.pk])


class Eje(Registro):
    """Actividad institucional, eje de acción o rubro."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="ejes", verbose_name="programa")
    numero = models.PositiveSmallIntegerField("número", validators=[MinValueValidator(1), MaxValueValidator(99)])
    nombre = models.CharField("nombre", max_length=300)
    objetivo = models.TextField("objetivo específico", blank=True)
    justificacion = models.TextField("justificación", blank=True)
    lineas = models.TextField("líneas estratégicas", blank=True, help_text="Una por renglón.")
    peso = models.PositiveSmallIntegerField(
        "peso en el programa", null=True, blank=True, validators=PESOS, help_text="En porciento; los ejes suman 100."
    )
    history = HistoricalRecords(verbose_name="historia del eje")

    class Meta:
        verbose_name = "eje"
        verbose_name_plural = "ejes"
        ordering = ["programa", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "numero"],
                name="eje_unico",
                violation_error_message="Ya hay un eje con ese número en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:eje_detalle", args=[self.pk])

    @property
    def clave(self) -> str:
        return f"{self.programa.clave}:{self.numero}"


class Accion(Registro):
    """Lo que un plan promete hacer; su clave completa es ``pat-2020:1A``."""

    eje = models.ForeignKey(Eje, models.PROTECT, related_name="acciones", verbose_name="eje")
    inciso = models.CharField(
        "inciso",
        max_length=4,
        validators=[RegexValidator(r"^[A-Z0-9]+$", "Letras mayúsculas o números, sin espacios.")],
        help_text="Letra o número dentro del eje: A, B, C.",
    )
    nombre = models.CharField("nombre", max_length=500)
    unidad = models.CharField(
        "unidad de medida", max_length=80, default="Actividad", help_text="Qué se cuenta: nota, informe, convenio."
    )
    frecuencia = models.CharField(
        "frecuencia", max_length=12, choices=Frecuencia.choices, default=Frecuencia.TRIMESTRAL
    )
    fuente = models.CharField(
        "de dónde cuenta",
        max_length=60,
        choices=fuentes.opciones,
        default=fuentes.BITACORA,
        help_text="La bitácora, salvo que el avance salga de otro registro que ya se captura.",
    )
    peso = models.PositiveSmallIntegerField(
        "peso en su eje", null=True, blank=True, validators=PESOS, help_text="En porciento; las del eje suman 100."
    )
    meses = models.JSONField("meses programados", default=list, blank=True, validators=[validar_meses])
    area_responsable = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="acciones", verbose_name="área responsable"
    )
    alineadas = models.ManyToManyField(
        "self",
        blank=True,
        verbose_name="alineada con",
        help_text="Acciones del otro plan en las que también cuenta lo que se registra en ésta.",
    )
    history = HistoricalRecords(verbose_name="historia de la acción", m2m_fields=[alineadas])

    class Meta:
        verbose_name = "acción"
        verbose_name_plural = "acciones"
        ordering = ["eje__programa", "eje__numero", "inciso"]
        constraints = [
            models.UniqueConstraint(
                fields=["eje", "inciso"],
                name="accion_unica",
                violation_error_message="Ya hay una acción con ese inciso en el eje.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numeral} {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:accion_detalle", args=[self.pk])

    @property
    def numeral(self) -> str:
        """1A, o 1.2 cuando el inciso es un número."""
        return f"{self.eje.numero}{'.' if self.inciso[:1].isdigit() else ''}{self.inciso}"

    @property
    def clave(self) -> str:
        return f"{self.eje.programa.clave}:{self.numeral}"

    @property
    def programado(self) -> int | None:
        """La meta del año; ``None`` si el plan no le da cantidades."""
        cantidades = [m.cantidad for m in self.metas.all()]
        return sum(cantidades) if cantidades else None


class Meta(Registro):
    """Cantidad programada de una acción en un trimestre y, si se quiere, en cada uno de sus meses."""

    accion = models.ForeignKey(Accion, models.CASCADE, related_name="metas", verbose_name="acción")
    trimestre = models.PositiveSmallIntegerField("trimestre", validators=[MinValueValidator(1), MaxValueValidator(4)])
    cantidad = models.PositiveIntegerField("cantidad", validators=[MaxValueValidator(META_MAXIMA)])
    mes_1 = models.PositiveIntegerField(
        "primer mes", null=True, blank=True, validators=[MaxValueValidator(META_MAXIMA)]
    )
    mes_2 = models.PositiveIntegerField(
        "segundo mes", null=True, blank=True, validators=[MaxValueValidator(META_MAXIMA)]
    )
    mes_3 = models.PositiveIntegerField(
        "tercer mes", null=True, blank=True, validators=[MaxValueValidator(META_MAXIMA)]
    )
    history = HistoricalRecords(verbose_name="historia de la meta")

    class Meta:
        verbose_name = "meta"
        verbose_name_plural = "metas"
        ordering = ["accion", "trimestre"]
        constraints = [models.UniqueConstraint(fields=["accion", "trimestre"], name="meta_unica")]

    def __str__(self) -> str:
        return f"{self.accion} · T{self.trimestre}: {self.cantidad}"

    @property
    def meses(self) -> tuple[int, int, int] | None:
        """Lo programado en cada mes del trimestre; ``None`` si no se repartió."""
        valores = (self.mes_1, self.mes_2, self.mes_3)
        return None if None in valores else valores  # type: ignore[return-value]

    def clean(self) -> None:
        dados = [m for m in (self.mes_1, self.mes_2, self.mes_3) if m is not None]
        if not dados or self.cantidad is None:
            return
        if len(dados) < 3:
            raise ValidationError("Reparta la meta en los tres meses o en ninguno; en el que no toca va 0.")
        if sum(dados) != self.cantidad:
            raise ValidationError(f"Los tres meses suman {sum(dados)} y la meta del trimestre es {self.cantidad}.")


class Reprogramacion(Registro):
    """Un cambio de metas después de aprobado el plan: qué decía, qué dice, por qué y con qué acuerdo.

    ``antes`` y ``despues`` tienen la forma que da y recibe ``metas.consultas.foto``.
    """

    accion = models.ForeignKey(Accion, models.PROTECT, related_name="reprogramaciones", verbose_name="acción")
    fecha = models.DateField("fecha")
    razon = models.TextField("razón")
    acuerdo = models.ForeignKey(
        Acuerdo, models.PROTECT, related_name="reprogramaciones", verbose_name="acuerdo que la permite"
    )
    antes = models.JSONField("metas anteriores", editable=False)
    despues = models.JSONField("metas nuevas", editable=False)
    history = HistoricalRecords(verbose_name="historia de la reprogramación")

    class Meta:
        verbose_name = "reprogramación"
        verbose_name_plural = "reprogramaciones"
        ordering = ["-fecha", "-pk"]

    def __str__(self) -> str:
        return f"{self.accion.clave} · {self.fecha:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("programas:reprogramacion_detalle", args=[self.pk])


class Candado(Registro):
    """Un trimestre de un plan que ya se informó: sus metas y su bitácora no cambian mientras esté cerrado."""

    programa = models.ForeignKey(Programa, models.CASCADE, related_name="candados", verbose_name="programa")
    trimestre = models.PositiveSmallIntegerField("trimestre", validators=[MinValueValidator(1), MaxValueValidator(4)])
    cerrado = models.BooleanField("cerrado", default=True)
    razon = models.CharField("razón", max_length=500, help_text="Con qué informe se cerró, o por qué se abrió.")
    history = HistoricalRecords(verbose_name="historia del candado")

    class Meta:
        verbose_name = "candado de un trimestre"
        verbose_name_plural = "candados de trimestres"
        ordering = ["programa", "trimestre"]
        permissions = [("abrir_candado", "Puede abrir un trimestre ya informado")]
        constraints = [models.UniqueConstraint(fields=["programa", "trimestre"], name="candado_unico")]

    def __str__(self) -> str:
        return f"{self.programa} · T{self.trimestre} {'cerrado' if self.cerrado else 'abierto'}"


class TextoDePrograma(Registro):
    """Un capítulo de prosa del documento: introducción, marco jurídico, directrices."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="textos", verbose_name="programa")
    lugar = models.CharField("lugar", max_length=10, choices=LugarDelTexto.choices, default=LugarDelTexto.ANTES)
    orden = models.PositiveSmallIntegerField("orden", default=1)
    titulo = models.CharField("título", max_length=200)
    texto = models.TextField("texto", help_text="Admite Markdown: **negritas**, listas con guion, enlaces.")
    history = HistoricalRecords(verbose_name="historia del texto")

    class Meta:
        verbose_name = "texto del programa"
        verbose_name_plural = "textos del programa"
        ordering = ["programa", "lugar", "orden", "pk"]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("programas:textodeprograma_detalle", args=[self.pk])
