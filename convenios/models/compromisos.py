"""Los compromisos de un instrumento y los avances que reportan las áreas."""

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

from ..estados import EstadoDeCompromiso, Parte, Recurrencia
from .instrumentos import Convenio


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


class Compromiso(Registro):
    """Lo que una cláusula obliga a hacer, una vez o cada cierto tiempo.

    ``estado`` y ``proxima`` los pone la acción que anota los avances; «vencido» sale de ``proxima`` y del día.
    """

    convenio = models.ForeignKey(Convenio, models.PROTECT, related_name="compromisos", verbose_name="convenio")
    clausula = models.CharField("cláusula", max_length=60, blank=True, help_text="Tercera, inciso b.")
    que = models.TextField("a qué se obliga")
    parte = models.CharField("quién se obliga", max_length=12, choices=Parte.choices, default=Parte.INSTITUTO)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="compromisos",
        verbose_name="área responsable",
        help_text="La que lo cumple, o la que lo pide a la contraparte.",
    )
    contraparte = models.ForeignKey(
        Organismo, models.PROTECT, null=True, blank=True, related_name="compromisos", verbose_name="contraparte"
    )
    recurrencia = models.CharField("se cumple", max_length=12, choices=Recurrencia.choices, default=Recurrencia.UNICA)
    fecha_limite = models.DateField(
        "fecha límite",
        null=True,
        blank=True,
        help_text="Si se repite, la de la primera vez. En blanco si no hay plazo.",
    )
    repite_hasta = models.DateField(
        "se repite hasta", null=True, blank=True, help_text="En blanco: mientras el instrumento esté en vigor."
    )
    estado = models.CharField(
        "estado",
        max_length=10,
        choices=EstadoDeCompromiso.choices,
        default=EstadoDeCompromiso.ABIERTO,
        editable=False,
        db_index=True,
    )
    proxima = models.DateField("vence", null=True, blank=True, editable=False, db_index=True)
    cancelado_por = models.CharField("por qué ya no aplica", max_length=500, blank=True)
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del compromiso")

    class Meta:
        verbose_name = "compromiso"
        verbose_name_plural = "compromisos"
        ordering = ["proxima", "convenio", "pk"]

    def __str__(self) -> str:
        return self.que if len(self.que) <= 120 else f"{self.que[:119].rstrip()}…"

    def get_absolute_url(self) -> str:
        return reverse("convenios:compromiso_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        if self.recurrencia != Recurrencia.UNICA and not self.fecha_limite:
            errores["fecha_limite"] = "Lo que se repite necesita la fecha de la primera vez."
        if self.recurrencia == Recurrencia.UNICA and self.repite_hasta:
            errores["repite_hasta"] = "Sólo lleva esta fecha lo que se repite."
        if self.fecha_limite and self.repite_hasta and self.repite_hasta < self.fecha_limite:
            errores["repite_hasta"] = "Termina antes de la primera vez."
        if errores:
            raise ValidationError(errores)


class AvanceDeCompromiso(Registro):
    """Un paso en el cumplimiento; con ``cumple`` queda cumplida la vez que vencía en ``vez``."""

    compromiso = models.ForeignKey(Compromiso, models.CASCADE, related_name="avances", verbose_name="compromiso")
    vez = models.DateField(
        "la vez que vence el", null=True, blank=True, help_text="En blanco si el compromiso no tiene plazo."
    )
    fecha = models.DateField("fecha")
    porcentaje = models.PositiveSmallIntegerField("avance (%)", default=0)
    cumple = models.BooleanField("con esto queda cumplido", default=False)
    nota = models.TextField("qué se hizo")
    sesion = models.ForeignKey(
        Sesion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="avances_de_compromisos",
        verbose_name="sesión en que se informó",
    )
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="reportó"
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del avance")

    class Meta:
        verbose_name = "avance de un compromiso"
        verbose_name_plural = "avances de compromisos"
        ordering = ["fecha", "pk"]
        constraints = [
            models.CheckConstraint(
                name="avance_de_compromiso_hasta_100",
                condition=models.Q(porcentaje__lte=100),
                violation_error_message="El avance va de 0 a 100 por ciento.",
            ),
            models.UniqueConstraint(
                fields=["compromiso", "vez"],
                condition=models.Q(cumple=True),
                name="una_vez_se_cumple_una_vez",
                violation_error_message="Esa vez ya está cumplida.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compromiso} — {self.fecha:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("convenios:avance_detalle", args=[self.pk])


class AvisoDeVencimiento(models.Model):
    """Lo que ya se avisó por correo: a cada persona, una sola vez por fecha y por plazo."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    clave = models.CharField("qué", max_length=60)  # «convenio-12», «compromiso-7»
    vence = models.DateField("vence")
    plazo = models.SmallIntegerField("días de anticipación")  # 90, 60, 30; 0 si ya venció
    enviado = models.DateTimeField("enviado", null=True, blank=True)
    apartado = models.DateTimeField("apartado para enviarse")

    class Meta:
        verbose_name = "aviso de vencimiento"
        verbose_name_plural = "avisos de vencimiento"
        constraints = [models.UniqueConstraint(fields=["usuario", "clave", "vence", "plazo"], name="aviso_unico")]

    def __str__(self) -> str:
        return f"{self.clave}, {self.vence:%d/%m/%Y}, {self.plazo} días"
