"""La comisión y quienes la integran, con sus fechas."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import Serie
from vinculacion.comision.estados import Rol
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import Registro

HORAS = [MaxValueValidator(24 * 60)]


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
    horas_ordinaria = models.PositiveSmallIntegerField(
        "anticipación de una ordinaria",
        default=72,
        validators=HORAS,
        help_text="Horas entre la convocatoria y la sesión.",
    )
    horas_extraordinaria = models.PositiveSmallIntegerField(
        "anticipación de una extraordinaria", default=24, validators=HORAS, help_text="En horas."
    )
    horas_urgente = models.PositiveSmallIntegerField(
        "anticipación de una urgente", default=0, validators=HORAS, help_text="En horas; 0 si no se exige."
    )
    quorum = models.PositiveSmallIntegerField(
        "quórum",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="Cuántas personas con voto deben estar. En blanco: más de la mitad de las que integran ese día.",
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
    correo = models.EmailField("correo", blank=True, help_text="Adonde llegan sus convocatorias.")
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
