"""Los envíos a la comunidad de la Ciudad de México residente en el extranjero."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.nucleo.modelos import Registro


class Envio(Registro):
    """Un correo enviado a la base Voto Chilango, anotado para los informes."""

    class Clase(models.TextChoices):
        BOLETIN = "boletin", "Boletín"
        INVITACION = "invitacion", "Invitación"
        AVISO = "aviso", "Aviso"

    clase = models.CharField("clase", max_length=12, choices=Clase.choices)
    fecha = models.DateField("fecha de envío", db_index=True)
    asunto = models.CharField("asunto", max_length=300)
    resumen = models.TextField("resumen", blank=True)
    destinatarios = models.PositiveIntegerField("destinatarios", null=True, blank=True)
    capturo = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="capturó"
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del envío")

    class Meta:
        verbose_name = "envío"
        verbose_name_plural = "envíos"
        ordering = ["-fecha", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fecha", "asunto"],
                name="envio_unico",
                violation_error_message="Ya está anotado un envío con ese asunto en esa fecha.",
            )
        ]

    def __str__(self) -> str:
        return self.asunto

    def get_absolute_url(self) -> str:
        return reverse("migrantes:envio_detalle", args=[self.pk])
