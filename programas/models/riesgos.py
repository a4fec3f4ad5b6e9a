"""La matriz de gestión de riesgos."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.estados import Escala, EstadoDeTratamiento, RespuestaAlRiesgo
from vinculacion.directorio.models import Area
from vinculacion.nucleo.modelos import Registro

from .mir import Supuesto
from .planes import Accion, Programa


class Riesgo(Registro):
    """Los niveles se calculan: probabilidad × impacto, de 1 a 9, antes y después del tratamiento."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="riesgos", verbose_name="programa")
    numero = models.PositiveSmallIntegerField("número", validators=[MinValueValidator(1), MaxValueValidator(999)])
    nombre = models.CharField("riesgo", max_length=200)
    proceso = models.CharField("subproceso o actividad sustantiva", max_length=300, blank=True)
    descripcion = models.TextField("descripción", blank=True, help_text="Qué puede pasar y a qué resultado afecta.")
    afectados = models.CharField("partes afectadas", max_length=300, blank=True)
    probabilidad = models.PositiveSmallIntegerField("probabilidad", choices=Escala.choices)
    impacto = models.PositiveSmallIntegerField("impacto", choices=Escala.choices)
    respuesta = models.CharField("tratamiento", max_length=10, choices=RespuestaAlRiesgo.choices)
    area_responsable = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="riesgos", verbose_name="área responsable"
    )
    probabilidad_residual = models.PositiveSmallIntegerField(
        "probabilidad residual", choices=Escala.choices, null=True, blank=True
    )
    impacto_residual = models.PositiveSmallIntegerField(
        "impacto residual", choices=Escala.choices, null=True, blank=True
    )
    respuesta_final = models.CharField(
        "tratamiento final", max_length=10, choices=RespuestaAlRiesgo.choices, blank=True
    )
    acciones = models.ManyToManyField(
        Accion, blank=True, related_name="riesgos", verbose_name="acciones a las que amenaza"
    )
    supuestos = models.ManyToManyField(
        Supuesto, blank=True, related_name="riesgos", verbose_name="supuestos de la MIR que pone en duda"
    )
    history = HistoricalRecords(verbose_name="historia del riesgo", m2m_fields=[acciones, supuestos])

    class Meta:
        verbose_name = "riesgo"
        verbose_name_plural = "riesgos"
        ordering = ["programa", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "numero"],
                name="riesgo_unico",
                violation_error_message="Ya hay un riesgo con ese número en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:riesgo_detalle", args=[self.pk])

    @property
    def nivel_inicial(self) -> int:
        return self.probabilidad * self.impacto

    @property
    def nivel_residual(self) -> int | None:
        """``None`` mientras no se vuelva a evaluar."""
        if not self.probabilidad_residual or not self.impacto_residual:
            return None
        return self.probabilidad_residual * self.impacto_residual

    def clean(self) -> None:
        if (self.probabilidad_residual is None) != (self.impacto_residual is None):
            falta = "impacto_residual" if self.impacto_residual is None else "probabilidad_residual"
            raise ValidationError({falta: "La evaluación residual lleva probabilidad e impacto."})


class Tratamiento(Registro):
    """Una acción para tratar un riesgo, con sus fechas y quien responde."""

    riesgo = models.ForeignKey(Riesgo, models.PROTECT, related_name="tratamientos", verbose_name="riesgo")
    numero = models.PositiveSmallIntegerField("número", validators=[MinValueValidator(1), MaxValueValidator(99)])
    descripcion = models.TextField("acción para tratarlo")
    inicio = models.DateField("inicio")
    termino = models.DateField("término")
    area_responsable = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="tratamientos", verbose_name="área responsable"
    )
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDeTratamiento.choices, default=EstadoDeTratamiento.PENDIENTE
    )
    concluido_el = models.DateField("concluido el", null=True, blank=True)
    history = HistoricalRecords(verbose_name="historia del tratamiento")

    class Meta:
        verbose_name = "tratamiento"
        verbose_name_plural = "tratamientos"
        ordering = ["riesgo", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["riesgo", "numero"],
                name="tratamiento_unico",
                violation_error_message="Ya hay un tratamiento con ese número en el riesgo.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.riesgo.numero}.{self.numero} {self.descripcion}"

    def get_absolute_url(self) -> str:
        return reverse("programas:tratamiento_detalle", args=[self.pk])

    def clean(self) -> None:
        errores = {}
        if self.inicio and self.termino and self.termino < self.inicio:
            errores["termino"] = "Termina antes de empezar."
        if self.estado == EstadoDeTratamiento.CONCLUIDO and not self.concluido_el:
            errores["concluido_el"] = "Diga cuándo se concluyó."
        if self.estado != EstadoDeTratamiento.CONCLUIDO and self.concluido_el:
            errores["concluido_el"] = "Sólo un tratamiento concluido lleva esta fecha."
        elif self.concluido_el and self.inicio and self.concluido_el < self.inicio:
            errores["concluido_el"] = "Es anterior al inicio."
        if errores:
            raise ValidationError(errores)


class SeguimientoDeRiesgo(Registro):
    """La nota de un trimestre: qué pasó con el riesgo y, si cambió, cómo se ve ahora."""

    riesgo = models.ForeignKey(Riesgo, models.PROTECT, related_name="seguimientos", verbose_name="riesgo")
    trimestre = models.PositiveSmallIntegerField("trimestre", validators=[MinValueValidator(1), MaxValueValidator(4)])
    nota = models.TextField("nota de seguimiento")
    se_materializo = models.BooleanField("se materializó", default=False)
    probabilidad = models.PositiveSmallIntegerField(
        "probabilidad observada", choices=Escala.choices, null=True, blank=True
    )
    impacto = models.PositiveSmallIntegerField("impacto observado", choices=Escala.choices, null=True, blank=True)
    history = HistoricalRecords(verbose_name="historia del seguimiento")

    class Meta:
        verbose_name = "seguimiento de un riesgo"
        verbose_name_plural = "seguimientos de riesgos"
        ordering = ["riesgo", "trimestre"]
        constraints = [
            models.UniqueConstraint(
                fields=["riesgo", "trimestre"],
                name="seguimiento_unico",
                violation_error_message="Ese trimestre ya tiene su nota.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.riesgo} · T{self.trimestre}"

    def get_absolute_url(self) -> str:
        return self.riesgo.get_absolute_url()

    @property
    def nivel(self) -> int | None:
        return self.probabilidad * self.impacto if self.probabilidad and self.impacto else None

    def clean(self) -> None:
        if (self.probabilidad is None) != (self.impacto is None):
            falta = "impacto" if self.impacto is None else "probabilidad"
            raise ValidationError({falta: "Lo observado lleva probabilidad e impacto."})
