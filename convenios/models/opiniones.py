"""Opiniones de pertinencia, con el número de su serie y el texto de una plantilla."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia, Serie
from vinculacion.directorio.models import Area
from vinculacion.nucleo.modelos import Registro

from ..estados import EstadoDeOpinion, Sentido, Sufijo
from .instrumentos import Convenio


class PlantillaDeOpinion(Registro):
    """El texto de que parte toda opinión: Markdown con marcas que toman los datos del instrumento."""

    nombre = models.CharField("nombre", max_length=100, unique=True)
    texto = models.TextField("texto", help_text="Markdown. Las marcas, como {{ instrumento }}, se llenan solas.")
    activa = models.BooleanField("activa", default=True)
    history = HistoricalRecords(verbose_name="historia de la plantilla de opinión")

    class Meta:
        verbose_name = "plantilla de opinión"
        verbose_name_plural = "plantillas de opinión"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("convenios:plantilladeopinion_detalle", args=[self.pk])


class Opinion(Registro):
    """Nace como borrador, sin número; al emitirse toma el que sigue de su serie y ya no cambia.

    La que complementa a otra lleva su mismo número con bis o ter.
    """

    convenio = models.ForeignKey(Convenio, models.PROTECT, related_name="opiniones", verbose_name="instrumento")
    serie = models.ForeignKey(Serie, models.PROTECT, related_name="+", verbose_name="serie de numeración")
    complementa = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complementos",
        verbose_name="complementa a",
        help_text="Llevará el mismo número, con bis o ter.",
    )
    folio = models.CharField("número", max_length=60, null=True, blank=True, unique=True)
    numero = models.PositiveIntegerField("consecutivo", null=True, blank=True, editable=False)
    sufijo = models.CharField("sufijo", max_length=6, choices=Sufijo.choices, blank=True, editable=False)
    anio = models.PositiveSmallIntegerField("año", null=True, blank=True, editable=False, db_index=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="opiniones", verbose_name="áreas responsables")
    solicitada = models.DateField("fecha de solicitud", null=True, blank=True)
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDeOpinion.choices, default=EstadoDeOpinion.BORRADOR, editable=False
    )
    sentido = models.CharField("sentido", max_length=15, choices=Sentido.choices, blank=True)
    fecha = models.DateField("fecha de emisión", null=True, blank=True, db_index=True)
    plantilla = models.ForeignKey(
        PlantillaDeOpinion, models.PROTECT, null=True, blank=True, related_name="opiniones", verbose_name="plantilla"
    )
    texto = models.TextField("texto", blank=True, help_text="Markdown. Al emitirse queda como está.")
    motivo = models.CharField("por qué se canceló", max_length=500, blank=True, editable=False)
    emitio = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="la emitió"
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia de la opinión", m2m_fields=[areas])

    class Meta:
        verbose_name = "opinión de pertinencia"
        verbose_name_plural = "opiniones de pertinencia"
        ordering = ["-anio", "-numero", "-sufijo", "-pk"]
        permissions = [("emitir_opinion", "Puede emitir y cancelar opiniones de pertinencia")]
        constraints = [
            models.UniqueConstraint(
                fields=["serie", "anio", "numero", "sufijo"],
                condition=models.Q(numero__isnull=False),
                name="opinion_numero_unico",
                violation_error_message="Ya hay una opinión con ese número en la serie.",
            )
        ]

    def __str__(self) -> str:
        return self.folio or f"Borrador de opinión: {self.convenio}"

    def get_absolute_url(self) -> str:
        return reverse("convenios:opinion_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        if self.solicitada and self.fecha and self.fecha < self.solicitada:
            errores["fecha"] = "Se emitiría antes de haberse solicitado."
        if self.complementa and self.complementa.pk == self.pk:
            errores["complementa"] = "Una opinión no se complementa a sí misma."
        if errores:
            raise ValidationError(errores)
