"""La Red de Observación y quién de ella asistió a qué."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.models import Actividad
from vinculacion.directorio.models import Organismo
from vinculacion.nucleo.modelos import Registro


class IntegranteRed(Registro):
    """Una organización o una persona a título individual de la Red de Observación."""

    class Clase(models.TextChoices):
        ORGANIZACION = "organizacion", "Organización"
        INDIVIDUAL = "individual", "A título individual"

    class Estado(models.TextChoices):
        ACTIVO = "activo", "Activo"
        BAJA = "baja", "Baja"

    clase = models.CharField("clase", max_length=15, choices=Clase.choices)
    nombre = models.CharField("nombre", max_length=200, unique=True)
    organismo = models.ForeignKey(
        Organismo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organismo del directorio"
    )
    desde = models.DateField("integrante desde", null=True, blank=True)
    hasta = models.DateField("baja desde", null=True, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado.choices, default=Estado.ACTIVO)
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=40, blank=True)
    ciudad = models.CharField("ciudad", max_length=100, blank=True)
    notas = models.TextField("notas", blank=True)
    history = HistoricalRecords(verbose_name="historia del integrante")

    class Meta:
        verbose_name = "integrante de la Red"
        verbose_name_plural = "integrantes de la Red"
        ordering = ["clase", "nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("observacion:integrantered_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        if self.desde and self.hasta and self.hasta < self.desde:
            errores["hasta"] = "La baja es anterior al alta."
        if self.estado == self.Estado.BAJA and not self.hasta:
            errores["hasta"] = "Diga desde cuándo está de baja."
        if self.clase == self.Clase.INDIVIDUAL and self.organismo_id:
            errores["organismo"] = "Una persona a título individual no representa a un organismo."
        if errores:
            raise ValidationError(errores)


class AsistenciaRed(Registro):
    """Cuántas personas de un integrante asistieron a una actividad."""

    actividad = models.ForeignKey(Actividad, models.PROTECT, related_name="asistencia_red", verbose_name="actividad")
    integrante = models.ForeignKey(IntegranteRed, models.PROTECT, related_name="asistencias", verbose_name="integrante")
    personas = models.PositiveIntegerField("personas", default=1, validators=[MinValueValidator(1)])
    history = HistoricalRecords(verbose_name="historia de la asistencia de la Red")

    class Meta:
        verbose_name = "asistencia de la Red"
        verbose_name_plural = "asistencias de la Red"
        ordering = ["actividad", "integrante"]
        constraints = [
            models.UniqueConstraint(
                fields=["actividad", "integrante"],
                name="asistencia_red_unica",
                violation_error_message="Ese integrante ya está anotado en la actividad.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.integrante}: {self.personas}"

    def clean(self) -> None:
        if self.integrante_id and self.integrante.clase == IntegranteRed.Clase.INDIVIDUAL and (self.personas or 0) > 1:
            raise ValidationError({"personas": "A título individual asiste una sola persona."})
