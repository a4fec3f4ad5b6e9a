"""La revisión de un borrador: observaciones de las oficinas y quién está en qué apartado."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.directorio.models import Area
from vinculacion.nucleo.modelos import Registro

from ..estados import EstadoDeObservacion
from .documentos import Apartado, Informe
from .versiones import VersionDeInforme


class Observacion(Registro):
    """Lo que una oficina observa de un borrador, y cómo se atendió."""

    informe = models.ForeignKey(Informe, models.CASCADE, related_name="observaciones", verbose_name="informe")
    version_vista = models.ForeignKey(
        VersionDeInforme,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="versión que se leyó",
    )
    apartado = models.ForeignKey(
        Apartado,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="observaciones",
        verbose_name="apartado",
        help_text="En blanco si es de todo el informe.",
    )
    lugar = models.CharField("lugar", max_length=500, blank=True, editable=False)  # el título que tenía el apartado
    cita = models.CharField("dice", max_length=1000, blank=True, help_text="El fragmento que se observa.")
    texto = models.TextField("observación")
    oficina = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="observaciones", verbose_name="oficina"
    )
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="la escribió",
    )
    estado = models.CharField(
        "estado",
        max_length=12,
        choices=EstadoDeObservacion.choices,
        default=EstadoDeObservacion.ABIERTA,
        editable=False,
    )
    respuesta = models.TextField("respuesta", blank=True)
    respondio = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="respondió"
    )
    respondida = models.DateTimeField("respondida el", null=True, blank=True, editable=False)
    history = HistoricalRecords(verbose_name="historia de la observación")

    class Meta:
        verbose_name = "observación"
        verbose_name_plural = "observaciones"
        ordering = ["informe", "creado", "pk"]

    def __str__(self) -> str:
        return self.texto if len(self.texto) <= 120 else f"{self.texto[:119].rstrip()}…"

    def get_absolute_url(self) -> str:
        return reverse("informes:observacion_detalle", args=[self.pk])


class Edicion(models.Model):
    """Quién tiene abierto el editor de un apartado; la señal vieja se da por ida."""

    apartado = models.ForeignKey(Apartado, models.CASCADE, related_name="ediciones")
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    desde = models.DateTimeField("desde", auto_now_add=True)
    visto = models.DateTimeField("última señal")

    class Meta:
        verbose_name = "edición en curso"
        verbose_name_plural = "ediciones en curso"
        constraints = [models.UniqueConstraint(fields=["apartado", "usuario"], name="edicion_unica")]

    def __str__(self) -> str:
        return f"{self.usuario} en {self.apartado}"
