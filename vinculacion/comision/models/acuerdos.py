"""Los acuerdos y su seguimiento hasta que se cumplen."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.estados import EstadoDeAcuerdo
from vinculacion.directorio.models import Area
from vinculacion.nucleo.modelos import Registro

from .comisiones import Comision
from .sesiones import Punto, Sesion


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
    cumplido_en = models.ForeignKey(
        Sesion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acuerdos_cumplidos",
        verbose_name="sesión en que se declaró cumplido",
    )
    notas = models.TextField("notas", blank=True)
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


class SeguimientoDeAcuerdo(models.Model):
    """Un paso del cumplimiento de un acuerdo: fecha, estado en que queda, nota y en qué sesión se informó."""

    acuerdo = models.ForeignKey(Acuerdo, models.CASCADE, related_name="seguimientos", verbose_name="acuerdo")
    fecha = models.DateField("fecha")
    estado = models.CharField("estado en que queda", max_length=12, choices=EstadoDeAcuerdo.choices)
    nota = models.TextField("nota")
    sesion = models.ForeignKey(
        Sesion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seguimientos",
        verbose_name="sesión en que se informó",
    )
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lo anotó"
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del seguimiento")

    class Meta:
        verbose_name = "seguimiento de un acuerdo"
        verbose_name_plural = "seguimientos de acuerdos"
        ordering = ["acuerdo", "fecha", "pk"]

    def __str__(self) -> str:
        return f"{self.acuerdo} · {self.fecha:%d/%m/%Y}"
