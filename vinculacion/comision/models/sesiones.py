"""Las sesiones: orden del día, votos, asistencia y minuta."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.estados import (
    EstadoDeAsistencia,
    EstadoDeMinuta,
    EstadoDeSesion,
    Modalidad,
    Resolucion,
    SentidoDelVoto,
    Solicitud,
    TipoDeSesion,
)
from vinculacion.nucleo.modelos import Registro
from vinculacion.nucleo.palabras import ordinal

from .comisiones import Comision, Integracion

CLAVE_DE_TIPO = {
    TipoDeSesion.ORDINARIA: "SO",
    TipoDeSesion.EXTRAORDINARIA: "SE",
    TipoDeSesion.URGENTE: "SU",
}


class Sesion(Registro):
    comision = models.ForeignKey(Comision, models.PROTECT, related_name="sesiones", verbose_name="comisión")
    anio = models.PositiveSmallIntegerField("año", validators=[MinValueValidator(1999), MaxValueValidator(2100)])
    tipo = models.CharField("tipo", max_length=15, choices=TipoDeSesion.choices, default=TipoDeSesion.ORDINARIA)
    numero = models.PositiveSmallIntegerField(
        "número", validators=[MinValueValidator(1), MaxValueValidator(99)], help_text="Dentro de su tipo y año."
    )
    fecha_calendario = models.DateField(
        "fecha del calendario", null=True, blank=True, help_text="La del calendario aprobado; no cambia si se difiere."
    )
    fecha_programada = models.DateField("fecha programada")
    hora_programada = models.TimeField("hora programada", null=True, blank=True)
    fecha_celebrada = models.DateField("fecha en que se celebró", null=True, blank=True)
    hora_inicio = models.TimeField("hora de inicio", null=True, blank=True)
    hora_fin = models.TimeField("hora de término", null=True, blank=True)
    modalidad = models.CharField("modalidad", max_length=12, choices=Modalidad.choices, default=Modalidad.VIRTUAL)
    lugar = models.CharField("lugar o enlace", max_length=250, blank=True)
    estado = models.CharField(
        "estado", max_length=12, choices=EstadoDeSesion.choices, default=EstadoDeSesion.PROGRAMADA
    )
    cerrada = models.BooleanField("cerrada", default=False, editable=False)
    notas = models.TextField("notas", blank=True)
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia de la sesión")

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = ["-fecha_programada", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comision", "anio", "tipo", "numero"],
                name="sesion_unica",
                violation_error_message="Ya existe esa sesión en el año.",
            )
        ]
        permissions = [("celebrar_sesion", "Puede llevar la sesión: asistencia y estado")]

    def __str__(self) -> str:
        return f"{self.en_palabras} de {self.anio}"

    def get_absolute_url(self) -> str:
        return reverse("comision:sesion_detalle", args=[self.pk])

    @property
    def codigo(self) -> str:
        """10SO, 01SE, 01SU."""
        return f"{self.numero:02}{CLAVE_DE_TIPO[TipoDeSesion(self.tipo)]}"

    @property
    def clave(self) -> str:
        """10SO/2020: así se nombra en las hojas de cálculo."""
        return f"{self.codigo}/{self.anio}"

    @property
    def ordinal(self) -> str:
        return ordinal(self.numero, "f")

    @property
    def en_palabras(self) -> str:
        """«Décima primera sesión ordinaria»."""
        texto = f"{self.ordinal} sesión {self.get_tipo_display().lower()}"
        return texto[0].upper() + texto[1:]

    @property
    def fecha(self):
        return self.fecha_celebrada or self.fecha_programada

    def clean(self) -> None:
        errores = {}
        if self.estado == EstadoDeSesion.CELEBRADA and not self.fecha_celebrada:
            errores["fecha_celebrada"] = "Una sesión celebrada lleva la fecha en que se celebró."
        if self.fecha_celebrada and self.estado in (EstadoDeSesion.PROGRAMADA, EstadoDeSesion.CANCELADA):
            errores["fecha_celebrada"] = (
                f"Una sesión {self.get_estado_display().lower()} no tiene fecha de celebración."
            )
        if self.hora_inicio and self.hora_fin and self.hora_fin < self.hora_inicio:
            errores["hora_fin"] = "Termina antes de empezar."
        if self.fecha_programada and self.anio and abs(self.fecha_programada.year - self.anio) > 1:
            errores["fecha_programada"] = f"La fecha no es del año {self.anio}."
        if errores:
            raise ValidationError(errores)


class CambioDeSesion(models.Model):
    """Cada cambio de estado o de fecha de una sesión: cuándo, quién y por qué."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="cambios", verbose_name="sesión")
    antes = models.CharField("estado anterior", max_length=12, choices=EstadoDeSesion.choices, blank=True)
    despues = models.CharField("estado", max_length=12, choices=EstadoDeSesion.choices)
    fecha_antes = models.DateField("fecha anterior", null=True, blank=True)
    fecha_despues = models.DateField("fecha", null=True, blank=True)
    razon = models.CharField("razón", max_length=500, blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lo hizo"
    )
    cuando = models.DateTimeField("cuándo", auto_now_add=True)

    class Meta:
        verbose_name = "cambio de una sesión"
        verbose_name_plural = "cambios de una sesión"
        ordering = ["cuando", "pk"]

    def __str__(self) -> str:
        return f"{self.sesion}: {self.get_despues_display()}"


class Tema(Registro):
    """Catálogo con que se clasifican los puntos."""

    nombre = models.CharField("nombre", max_length=150, unique=True)
    activo = models.BooleanField("activo", default=True)
    history = HistoricalRecords(verbose_name="historia del tema")

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temas"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("comision:tema_detalle", args=[self.pk])


class Punto(Registro):
    """Punto del orden del día."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="puntos", verbose_name="sesión")
    numero = models.PositiveSmallIntegerField("número", validators=[MinValueValidator(1)])
    titulo = models.CharField("título", max_length=600)
    tema = models.ForeignKey(Tema, models.PROTECT, null=True, blank=True, related_name="puntos", verbose_name="tema")
    solicitud = models.CharField(
        "qué se pide", max_length=15, choices=Solicitud.choices, default=Solicitud.PRESENTACION
    )
    presenta = models.CharField("presenta", max_length=150, blank=True, help_text="Oficina que lo presenta.")
    de_tramite = models.BooleanField(
        "de trámite",
        default=False,
        help_text="Orden del día, minutas y asuntos generales: no figuran entre lo presentado en los informes.",
    )
    resolucion = models.CharField("resolución", max_length=15, choices=Resolucion.choices, blank=True)
    intervenciones = models.TextField(
        "lo que se dijo", blank=True, help_text="Nota de lo ocurrido en el punto, para la minuta."
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del punto")

    class Meta:
        verbose_name = "punto del orden del día"
        verbose_name_plural = "puntos del orden del día"
        ordering = ["sesion", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "numero"],
                name="punto_unico",
                violation_error_message="Ya hay un punto con ese número en la sesión.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.titulo}"

    def get_absolute_url(self) -> str:
        return reverse("comision:punto_detalle", args=[self.pk])


class Voto(models.Model):
    """El de cada quien en un punto que pide aprobación."""

    punto = models.ForeignKey(Punto, models.CASCADE, related_name="votos", verbose_name="punto")
    integracion = models.ForeignKey(Integracion, models.PROTECT, related_name="votos", verbose_name="integrante")
    sentido = models.CharField("sentido", max_length=12, choices=SentidoDelVoto.choices)
    history = HistoricalRecords(verbose_name="historia del voto")

    class Meta:
        verbose_name = "voto"
        verbose_name_plural = "votos"
        ordering = ["punto", "integracion__orden"]
        constraints = [models.UniqueConstraint(fields=["punto", "integracion"], name="voto_unico")]

    def __str__(self) -> str:
        return f"{self.integracion}: {self.get_sentido_display()}"


class Asistencia(models.Model):
    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="asistencias", verbose_name="sesión")
    integracion = models.ForeignKey(Integracion, models.PROTECT, related_name="asistencias", verbose_name="integrante")
    estado = models.CharField("asistencia", max_length=12, choices=EstadoDeAsistencia.choices)
    motivo = models.CharField("motivo", max_length=250, blank=True)
    suplente = models.CharField("quién suple", max_length=150, blank=True, help_text="La oficina, no la persona.")
    history = HistoricalRecords(verbose_name="historia de la asistencia")

    class Meta:
        verbose_name = "asistencia"
        verbose_name_plural = "asistencias"
        ordering = ["sesion", "integracion__orden"]
        constraints = [models.UniqueConstraint(fields=["sesion", "integracion"], name="asistencia_unica")]

    def __str__(self) -> str:
        return f"{self.integracion}: {self.get_estado_display()}"


class Minuta(Registro):
    """Lo que pasó en la sesión, redactado; se aprueba en una sesión posterior."""

    sesion = models.OneToOneField(Sesion, models.PROTECT, related_name="minuta", verbose_name="sesión")
    texto = models.TextField("texto", help_text="Admite Markdown: **negritas**, listas con guion.")
    estado = models.CharField("estado", max_length=10, choices=EstadoDeMinuta.choices, default=EstadoDeMinuta.BORRADOR)
    aprobada_en = models.ForeignKey(
        Punto, models.PROTECT, null=True, blank=True, related_name="minutas", verbose_name="punto que la aprueba"
    )
    history = HistoricalRecords(verbose_name="historia de la minuta")

    class Meta:
        verbose_name = "minuta"
        verbose_name_plural = "minutas"
        ordering = ["-sesion__fecha_programada"]

    def __str__(self) -> str:
        return f"Minuta de la {self.sesion.en_palabras.lower()} de {self.sesion.anio}"

    def get_absolute_url(self) -> str:
        return reverse("comision:minuta_detalle", args=[self.pk])
