"""Lo que se avisa de una sesión: convocatorias con su entrega y el calendario de cada quien."""

import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.estados import ClaseDeAviso, EstadoDeEntrega
from vinculacion.nucleo.modelos import Registro

from .comisiones import Integracion
from .sesiones import Sesion


class Convocatoria(Registro):
    """Un aviso que se mandó a quienes integran la comisión: convocatoria, cambio o cancelación."""

    sesion = models.ForeignKey(Sesion, models.PROTECT, related_name="convocatorias", verbose_name="sesión")
    clase = models.CharField("clase", max_length=12, choices=ClaseDeAviso.choices, default=ClaseDeAviso.CONVOCATORIA)
    asunto = models.CharField("asunto", max_length=200)
    mensaje = models.TextField("mensaje")
    fecha_de_la_sesion = models.DateField("fecha que anuncia")
    hora_de_la_sesion = models.TimeField("hora que anuncia", null=True, blank=True)
    emitida_el = models.DateTimeField("emitida el")
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="la emitió"
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia de la convocatoria")

    class Meta:
        verbose_name = "convocatoria"
        verbose_name_plural = "convocatorias"
        ordering = ["-emitida_el", "-pk"]

    def __str__(self) -> str:
        return self.asunto

    def get_absolute_url(self) -> str:
        return reverse("comision:convocatoria_detalle", args=[self.pk])


class Entrega(models.Model):
    """El correo a una capacidad; cada uno con su suerte."""

    convocatoria = models.ForeignKey(Convocatoria, models.CASCADE, related_name="entregas", verbose_name="convocatoria")
    integracion = models.ForeignKey(Integracion, models.PROTECT, related_name="entregas", verbose_name="integrante")
    correo = models.EmailField("correo", blank=True)
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDeEntrega.choices, default=EstadoDeEntrega.PENDIENTE
    )
    cuando = models.DateTimeField("enviada el", null=True, blank=True)
    error = models.CharField("por qué no salió", max_length=300, blank=True)

    class Meta:
        verbose_name = "entrega"
        verbose_name_plural = "entregas"
        ordering = ["convocatoria", "integracion__orden"]
        constraints = [models.UniqueConstraint(fields=["convocatoria", "integracion"], name="entrega_unica")]

    def __str__(self) -> str:
        return f"{self.integracion}: {self.get_estado_display()}"


def secreto() -> str:
    return secrets.token_urlsafe(32)


class SuscripcionDeCalendario(models.Model):
    """La dirección secreta con que el calendario de una persona lee las sesiones; se puede revocar."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="suscripcion_de_calendario", verbose_name="persona"
    )
    secreto = models.CharField("secreto", max_length=64, unique=True, default=secreto, editable=False)
    creada = models.DateTimeField("creada", auto_now_add=True)

    class Meta:
        verbose_name = "suscripción al calendario"
        verbose_name_plural = "suscripciones al calendario"

    def __str__(self) -> str:
        return str(self.usuario)
