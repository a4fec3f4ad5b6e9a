"""Comisión, integración, sesiones, puntos, asistencia y acuerdos."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia, Serie
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import Registro
from vinculacion.nucleo.palabras import ordinal

from .estados import (
    EstadoDeAcuerdo,
    EstadoDeAsistencia,
    EstadoDeSesion,
    Modalidad,
    Rol,
    Solicitud,
    TipoDeSesion,
)

CLAVE_DE_TIPO = {
    TipoDeSesion.ORDINARIA: "SO",
    TipoDeSesion.EXTRAORDINARIA: "SE",
    TipoDeSesion.URGENTE: "SU",
}


class Comision(Registro):
    class Tipo(models.TextChoices):
        PERMANENTE = "permanente", "Permanente"
        PROVISIONAL = "provisional", "Provisional"

    nombre = models.CharField("nombre", max_length=250)
    siglas = models.CharField("siglas", max_length=30, unique=True)
    tipo = models.CharField("tipo", max_length=15, choices=Tipo.choices, default=Tipo.PERMANENTE)
    acuerdo_creacion = models.CharField("acuerdo que la creó", max_length=100, blank=True)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", null=True, blank=True)
    serie = models.ForeignKey(
        Serie,
        models.PROTECT,
        related_name="+",
        verbose_name="serie de sus acuerdos",
        help_text="De ella sale el folio de cada acuerdo.",
    )
    history = HistoricalRecords(verbose_name="historia de la comisión")

    class Meta:
        verbose_name = "comisión"
        verbose_name_plural = "comisiones"
        ordering = ["-desde"]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.siglas})"

    def get_absolute_url(self) -> str:
        return reverse("comision:comision_detalle", args=[self.pk])

    def clean(self) -> None:
        if self.desde and self.hasta and self.hasta < self.desde:
            raise ValidationError({"hasta": "La fecha final es anterior a la inicial."})


class Integracion(Registro):
    """Una capacidad con la que alguien se sienta en la comisión, con sus fechas."""

    comision = models.ForeignKey(Comision, models.PROTECT, related_name="integraciones", verbose_name="comisión")
    rol = models.CharField("calidad", max_length=20, choices=Rol.choices)
    nombre = models.CharField(
        "oficina, partido o área", max_length=200, help_text="Como se escribe en la lista de asistencia."
    )
    persona = models.CharField("persona", max_length=150, blank=True)
    organismo = models.ForeignKey(
        Organismo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="partido u organismo"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="área")
    orden = models.PositiveSmallIntegerField("orden de protocolo", default=100)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", null=True, blank=True)
    history = HistoricalRecords(verbose_name="historia de la integración")

    class Meta:
        verbose_name = "integración"
        verbose_name_plural = "integración"
        ordering = ["comision", "orden", "nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["comision", "rol", "nombre", "desde"],
                name="integracion_unica",
                violation_error_message="Esa capacidad ya está en la comisión desde esa fecha.",
            )
        ]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("comision:integracion_detalle", args=[self.pk])

    def clean(self) -> None:
        if self.desde and self.hasta and self.hasta < self.desde:
            raise ValidationError({"hasta": "La fecha final es anterior a la inicial."})


class Sesion(Registro):
    comision = models.ForeignKey(Comision, models.PROTECT, related_name="sesiones", verbose_name="comisión")
    anio = models.PositiveSmallIntegerField("año", validators=[MinValueValidator(1999), MaxValueValidator(2100)])
    tipo = models.CharField("tipo", max_length=15, choices=TipoDeSesion.choices, default=TipoDeSesion.ORDINARIA)
    numero = models.PositiveSmallIntegerField(
        "número", validators=[MinValueValidator(1), MaxValueValidator(99)], help_text="Dentro de su tipo y año."
    )
    fecha_programada = models.DateField("fecha programada")
    fecha_celebrada = models.DateField("fecha en que se celebró", null=True, blank=True)
    hora_inicio = models.TimeField("hora de inicio", null=True, blank=True)
    hora_fin = models.TimeField("hora de término", null=True, blank=True)
    modalidad = models.CharField("modalidad", max_length=12, choices=Modalidad.choices, default=Modalidad.VIRTUAL)
    lugar = models.CharField("lugar o enlace", max_length=250, blank=True)
    estado = models.CharField(
        "estado", max_length=12, choices=EstadoDeSesion.choices, default=EstadoDeSesion.PROGRAMADA
    )
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


class Asistencia(models.Model):
    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="asistencias", verbose_name="sesión")
    integracion = models.ForeignKey(Integracion, models.PROTECT, related_name="asistencias", verbose_name="integrante")
    estado = models.CharField("asistencia", max_length=12, choices=EstadoDeAsistencia.choices)
    motivo = models.CharField("motivo", max_length=250, blank=True)
    history = HistoricalRecords(verbose_name="historia de la asistencia")

    class Meta:
        verbose_name = "asistencia"
        verbose_name_plural = "asistencias"
        ordering = ["sesion", "integracion__orden"]
        constraints = [models.UniqueConstraint(fields=["sesion", "integracion"], name="asistencia_unica")]

    def __str__(self) -> str:
        return f"{self.integracion}: {self.get_estado_display()}"


class Acuerdo(Registro):
    """Lo que la comisión decide; el folio sale de la serie de la comisión."""

    comision = models.ForeignKey(Comision, models.PROTECT, related_name="acuerdos", verbose_name="comisión")
    sesion = models.ForeignKey(Sesion, models.PROTECT, related_name="acuerdos", verbose_name="sesión")
    punto = models.ForeignKey(
        Punto, models.PROTECT, null=True, blank=True, related_name="acuerdos", verbose_name="punto del que sale"
    )
    folio = models.CharField("folio", max_length=60)
    texto = models.TextField("texto")
    estado = models.CharField(
        "estado", max_length=12, choices=EstadoDeAcuerdo.choices, default=EstadoDeAcuerdo.PENDIENTE
    )
    area_responsable = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="acuerdos", verbose_name="área responsable"
    )
    fecha_limite = models.DateField("fecha límite", null=True, blank=True)
    notas = models.TextField("notas de seguimiento", blank=True)
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del acuerdo")

    class Meta:
        verbose_name = "acuerdo"
        verbose_name_plural = "acuerdos"
        ordering = ["folio"]
        constraints = [
            models.UniqueConstraint(
                fields=["comision", "folio"],
                name="folio_de_acuerdo_unico",
                violation_error_message="Ya hay un acuerdo con ese folio.",
            )
        ]

    def __str__(self) -> str:
        return self.folio

    def get_absolute_url(self) -> str:
        return reverse("comision:acuerdo_detalle", args=[self.pk])

    def clean(self) -> None:
        if self.punto_id and self.sesion_id and self.punto.sesion_id != self.sesion_id:
            raise ValidationError({"punto": "El punto es de otra sesión."})
