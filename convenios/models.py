"""Instrumentos, su camino por etapas y las actualizaciones que reportan las áreas."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.models import Sesion
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import Registro

from .estados import FIRMADAS, Ambito, Etapa, Gestion, Vigencia


class TipoInstrumento(Registro):
    """Catálogo: general, específico, apoyo y colaboración, anexo técnico…"""

    nombre = models.CharField("nombre", max_length=100, unique=True)
    activo = models.BooleanField("activo", default=True)
    history = HistoricalRecords(verbose_name="historia del tipo de instrumento")

    class Meta:
        verbose_name = "tipo de instrumento"
        verbose_name_plural = "tipos de instrumento"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("convenios:tipoinstrumento_detalle", args=[self.pk])


class Convenio(Registro):
    folio = models.CharField(
        "folio",
        max_length=60,
        unique=True,
        help_text="El del registro de convenios, o uno provisional mientras se negocia.",
        error_messages={"unique": "Ya hay un convenio con ese folio."},
    )
    titulo = models.CharField("título", max_length=500, help_text="Como se nombra en los informes.")
    tipo = models.ForeignKey(
        TipoInstrumento, models.PROTECT, related_name="convenios", verbose_name="tipo de instrumento"
    )
    padre = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derivados",
        verbose_name="instrumento del que deriva",
    )
    contrapartes = models.ManyToManyField(Organismo, related_name="convenios", verbose_name="contrapartes")
    ambito = models.CharField("ámbito", max_length=15, choices=Ambito.choices, default=Ambito.NACIONAL)
    objeto = models.TextField("objeto", blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="convenios", verbose_name="áreas responsables")
    gestion = models.CharField("gestión", max_length=12, choices=Gestion.choices, default=Gestion.PROPIA)
    etapa = models.CharField("etapa", max_length=15, choices=Etapa.choices, default=Etapa.NEGOCIACION, db_index=True)
    fecha_firma = models.DateField("fecha de suscripción", null=True, blank=True, db_index=True)
    vigencia = models.CharField("vigencia", max_length=12, choices=Vigencia.choices, default=Vigencia.INDEFINIDA)
    vigencia_hasta = models.DateField("vigente hasta", null=True, blank=True)
    vigencia_texto = models.CharField(
        "cómo lo dice el instrumento", max_length=500, blank=True, help_text="La cláusula de vigencia, en breve."
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del convenio", m2m_fields=[contrapartes, areas])

    class Meta:
        verbose_name = "convenio"
        verbose_name_plural = "convenios"
        ordering = ["-fecha_firma", "folio"]
        permissions = [("ver_todos", "Puede ver los convenios de todas las áreas")]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("convenios:convenio_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        firmado = self.etapa in FIRMADAS
        if firmado and not self.fecha_firma:
            errores["fecha_firma"] = "Un instrumento suscrito lleva la fecha en que se firmó."
        if not firmado and self.fecha_firma:
            errores["fecha_firma"] = f"En la etapa «{self.get_etapa_display()}» todavía no hay fecha de firma."
        if self.vigencia == Vigencia.FECHA and not self.vigencia_hasta:
            errores["vigencia_hasta"] = "Diga hasta qué fecha está vigente."
        if self.vigencia != Vigencia.FECHA and self.vigencia_hasta:
            errores["vigencia_hasta"] = "Sólo lleva fecha la vigencia «hasta una fecha»."
        if self.fecha_firma and self.vigencia_hasta and self.vigencia_hasta < self.fecha_firma:
            errores["vigencia_hasta"] = "Vence antes de haberse firmado."
        ancestro = self.padre
        while ancestro is not None:
            if self.pk is not None and ancestro.pk == self.pk:
                errores["padre"] = "Un instrumento no puede derivar de sí mismo."
                break
            ancestro = ancestro.padre
        if errores:
            raise ValidationError(errores)


class CambioDeEtapa(models.Model):
    """Cada paso del camino, con su fecha y quién lo anotó."""

    convenio = models.ForeignKey(Convenio, models.CASCADE, related_name="cambios", verbose_name="convenio")
    etapa = models.CharField("etapa", max_length=15, choices=Etapa.choices)
    fecha = models.DateField("fecha")
    nota = models.CharField("nota", max_length=500, blank=True)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="anotó")

    class Meta:
        verbose_name = "cambio de etapa"
        verbose_name_plural = "cambios de etapa"
        ordering = ["fecha", "pk"]

    def __str__(self) -> str:
        return f"{self.get_etapa_display()} ({self.fecha:%d/%m/%Y})"


class Actualizacion(Registro):
    """Avance de un instrumento reportado en una sesión (SISCOI)."""

    convenio = models.ForeignKey(Convenio, models.PROTECT, related_name="actualizaciones", verbose_name="convenio")
    sesion = models.ForeignKey(
        Sesion, models.PROTECT, related_name="actualizaciones", verbose_name="sesión en que se reportó"
    )
    avance = models.TextField("avance", blank=True)
    reporto = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="reportó"
    )
    history = HistoricalRecords(verbose_name="historia de la actualización")

    class Meta:
        verbose_name = "actualización"
        verbose_name_plural = "actualizaciones"
        ordering = ["sesion__fecha_programada", "convenio"]
        constraints = [
            models.UniqueConstraint(
                fields=["convenio", "sesion"],
                name="actualizacion_unica",
                violation_error_message="Ese convenio ya tiene una actualización en esa sesión.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.convenio} — {self.sesion}"

    def get_absolute_url(self) -> str:
        return reverse("convenios:actualizacion_detalle", args=[self.pk])

    def clean(self) -> None:
        if not (self.convenio_id and self.sesion_id):
            return
        if self.convenio.fecha_firma is None:
            raise ValidationError({"convenio": "El instrumento no está suscrito: no puede reportar avance."})
        if self.sesion.fecha < self.convenio.fecha_firma:
            raise ValidationError({"sesion": "La sesión es anterior a la firma del instrumento."})
