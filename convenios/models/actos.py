"""Actos protocolarios y renovaciones."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.estados import Modalidad
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import Registro

from ..estados import Asistio, CalidadDeInvitado, Decision, EstadoDeActo
from .instrumentos import Convenio


class ActoProtocolario(Registro):
    titulo = models.CharField("título", max_length=300)
    convenios = models.ManyToManyField(Convenio, related_name="actos", verbose_name="instrumentos")
    fecha = models.DateField("fecha", db_index=True)
    hora = models.TimeField("hora", null=True, blank=True)
    hora_fin = models.TimeField("hora en que termina", null=True, blank=True)
    modalidad = models.CharField("modalidad", max_length=12, choices=Modalidad.choices, default=Modalidad.PRESENCIAL)
    lugar = models.CharField("lugar", max_length=250, blank=True, help_text="Sede, o la plataforma si es virtual.")
    estado = models.CharField("estado", max_length=10, choices=EstadoDeActo.choices, default=EstadoDeActo.PROGRAMADO)
    motivo = models.CharField("por qué se canceló", max_length=500, blank=True)
    notas = models.TextField("notas", blank=True)
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del acto protocolario", m2m_fields=[convenios])

    class Meta:
        verbose_name = "acto protocolario"
        verbose_name_plural = "actos protocolarios"
        ordering = ["-fecha", "-hora", "-pk"]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("convenios:acto_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        if self.hora_fin and not self.hora:
            errores["hora"] = "Diga a qué hora empieza."
        elif self.hora and self.hora_fin and self.hora_fin <= self.hora:
            errores["hora_fin"] = "Termina antes de empezar."
        if self.modalidad != Modalidad.VIRTUAL and not self.lugar.strip():
            errores["lugar"] = "Diga dónde es."
        if self.estado == EstadoDeActo.CANCELADO and not self.motivo.strip():
            errores["motivo"] = "Diga por qué se canceló."
        if errores:
            raise ValidationError(errores)


class InvitadoDeActo(models.Model):
    """Un lugar en la lista de invitados: una oficina, no una persona."""

    acto = models.ForeignKey(ActoProtocolario, models.CASCADE, related_name="invitados", verbose_name="acto")
    orden = models.PositiveSmallIntegerField("orden", default=0)
    cargo = models.CharField("oficina o cargo", max_length=200)
    organismo = models.ForeignKey(
        Organismo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organismo"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="área")
    calidad = models.CharField(
        "en calidad de", max_length=12, choices=CalidadDeInvitado.choices, default=CalidadDeInvitado.INVITADA
    )
    asistio = models.CharField("asistió", max_length=10, choices=Asistio.choices, default=Asistio.SIN_ANOTAR)
    history = HistoricalRecords(verbose_name="historia del invitado")

    class Meta:
        verbose_name = "invitado"
        verbose_name_plural = "invitados"
        ordering = ["orden", "pk"]

    def __str__(self) -> str:
        return self.cargo


class Renovacion(Registro):
    """Qué se decidió al acercarse el vencimiento, y con qué instrumento se renovó."""

    convenio = models.OneToOneField(
        Convenio,
        models.PROTECT,
        related_name="renovacion",
        verbose_name="instrumento que vence",
        error_messages={"unique": "Ese instrumento ya tiene su renovación."},
    )
    decision = models.CharField("decisión", max_length=12, choices=Decision.choices, default=Decision.EN_ESTUDIO)
    fecha_decision = models.DateField("fecha de la decisión", null=True, blank=True)
    razon = models.TextField("razón", blank=True, help_text="Obligatoria si no se renueva.")
    sucesor = models.OneToOneField(
        Convenio,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renueva_a",
        verbose_name="instrumento sucesor",
        error_messages={"unique": "Ese instrumento ya renueva a otro."},
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia de la renovación")

    class Meta:
        verbose_name = "renovación"
        verbose_name_plural = "renovaciones"
        ordering = ["convenio__vigencia_hasta", "pk"]
        permissions = [("decidir_renovacion", "Puede decidir si un instrumento se renueva")]

    def __str__(self) -> str:
        return f"Renovación de {self.convenio}"

    def get_absolute_url(self) -> str:
        return reverse("convenios:renovacion_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        decidida = self.decision != Decision.EN_ESTUDIO
        if decidida and not self.fecha_decision:
            errores["fecha_decision"] = "Diga cuándo se decidió."
        if not decidida and self.fecha_decision:
            errores["fecha_decision"] = "Todavía en estudio: no lleva fecha de decisión."
        if self.decision == Decision.NO_SE_RENUEVA and not self.razon.strip():
            errores["razon"] = "Diga por qué no se renueva."
        if self.sucesor and self.decision != Decision.SE_RENUEVA:
            errores["sucesor"] = "Sólo lleva sucesor el instrumento que se renueva."
        if self.sucesor and self.sucesor == self.convenio:
            errores["sucesor"] = "Un instrumento no se sucede a sí mismo."
        if errores:
            raise ValidationError(errores)
