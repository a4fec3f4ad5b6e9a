"""Con qué cara sale un documento: nombre de la institución, logotipo, color y letra."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.nucleo.modelos import Registro

from ..estados import Letra


class Identidad(Registro):
    nombre = models.CharField("nombre", max_length=120, unique=True, help_text="Para elegirla: «Instituto, 2026».")
    institucion = models.CharField("institución", max_length=250)
    logo = models.FileField("logotipo", upload_to="informes/identidad/", max_length=200, blank=True)
    logo_alternativo = models.CharField("texto alternativo del logotipo", max_length=250, blank=True)
    color = models.CharField(
        "color institucional",
        max_length=7,
        default="#4a2a6b",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Escríbalo como #4a2a6b.")],
    )
    letra = models.CharField("letra", max_length=10, choices=Letra.choices, default=Letra.SIN_REMATES)
    domicilio = models.CharField("domicilio", max_length=300, blank=True)
    predeterminada = models.BooleanField("predeterminada", default=False)
    history = HistoricalRecords(verbose_name="historia de la identidad")

    class Meta:
        verbose_name = "identidad gráfica"
        verbose_name_plural = "identidades gráficas"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["predeterminada"],
                condition=models.Q(predeterminada=True),
                name="una_identidad_predeterminada",
                violation_error_message="Ya hay otra identidad predeterminada.",
            )
        ]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("informes:identidad_detalle", args=[self.pk])
