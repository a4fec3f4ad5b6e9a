"""El instrumento, su catálogo de tipos, los pasos de su camino y sus documentos."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import Registro

from ..estados import FIRMADAS, Ambito, ClaseDeDocumento, Etapa, Gestion, Nivel, Vigencia


class TipoInstrumento(Registro):
    """Catálogo: general, específico, apoyo y colaboración, anexo técnico…"""

    nombre = models.CharField("nombre", max_length=100, unique=True)
    nivel = models.CharField(
        "lugar en la familia",
        max_length=12,
        choices=Nivel.choices,
        default=Nivel.GENERAL,
        help_text="Los anexos y las adendas derivan de otro instrumento.",
    )
    requiere_opinion = models.BooleanField(
        "requiere opinión de pertinencia",
        default=True,
        help_text="Sin una favorable, un instrumento de este tipo no pasa a suscripción.",
    )
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
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="convenios",
        verbose_name="quien lo lleva en la unidad",
        help_text="Recibe los avisos de vencimiento, además de las áreas responsables.",
    )
    etapa = models.CharField("etapa", max_length=15, choices=Etapa.choices, default=Etapa.NEGOCIACION, db_index=True)
    fecha_firma = models.DateField("fecha de suscripción", null=True, blank=True, db_index=True)
    vigencia = models.CharField("vigencia", max_length=12, choices=Vigencia.choices, default=Vigencia.INDEFINIDA)
    vigencia_desde = models.DateField(
        "vigente desde", null=True, blank=True, help_text="En blanco si entra en vigor al firmarse."
    )
    vigencia_hasta = models.DateField("vigente hasta", null=True, blank=True, db_index=True)
    vigencia_texto = models.CharField(
        "cómo lo dice el instrumento", max_length=500, blank=True, help_text="La cláusula de vigencia, en breve."
    )
    notas = models.TextField("notas", blank=True)
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
        if self.vigencia_desde and self.vigencia_hasta and self.vigencia_hasta < self.vigencia_desde:
            errores["vigencia_hasta"] = "Termina antes de entrar en vigor."
        if self.vigencia_desde and self.fecha_firma and self.vigencia_desde < self.fecha_firma:
            errores["vigencia_desde"] = "Entra en vigor antes de haberse firmado."
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
    anotado = models.DateTimeField("anotado el", auto_now_add=True, null=True)
    automatico = models.BooleanField(
        "automático", default=False, editable=False, help_text="Lo dio el sistema al cumplirse los compromisos."
    )
    history = HistoricalRecords(verbose_name="historia del cambio de etapa")

    class Meta:
        verbose_name = "cambio de etapa"
        verbose_name_plural = "cambios de etapa"
        ordering = ["fecha", "pk"]

    def __str__(self) -> str:
        return f"{self.get_etapa_display()} ({self.fecha:%d/%m/%Y})"


class DocumentoDeConvenio(Registro):
    """Una versión de un documento del instrumento; el archivo es su única evidencia."""

    convenio = models.ForeignKey(Convenio, models.CASCADE, related_name="documentos", verbose_name="convenio")
    clase = models.CharField("clase", max_length=12, choices=ClaseDeDocumento.choices)
    titulo = models.CharField(
        "documento", max_length=200, help_text="El mismo nombre reúne las versiones de un documento."
    )
    numero = models.PositiveSmallIntegerField("versión del documento", editable=False)
    fecha = models.DateField("fecha del documento")
    nota = models.CharField("qué cambió", max_length=500, blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="lo agregó"
    )
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del documento")

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documentos"
        ordering = ["clase", "titulo", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["convenio", "clase", "titulo", "numero"],
                name="version_unica_de_documento",
                violation_error_message="Ya hay una versión de ese documento con ese número.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.titulo}, versión {self.numero}"

    def get_absolute_url(self) -> str:
        return reverse("convenios:documento_detalle", args=[self.pk])


class PasoPendiente(Registro):
    """Lo que falta para que un instrumento avance, y quién lo tiene; el área anota los suyos."""

    convenio = models.ForeignKey(Convenio, models.CASCADE, related_name="pendientes", verbose_name="convenio")
    que = models.CharField("qué falta", max_length=300)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pasos_pendientes",
        verbose_name="área que lo tiene",
        help_text="En blanco si está en la contraparte.",
    )
    fecha_limite = models.DateField("para cuándo", null=True, blank=True, db_index=True)
    hecho = models.DateField("hecho el", null=True, blank=True)
    nota = models.TextField("nota", blank=True)
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia del paso pendiente")

    class Meta:
        verbose_name = "paso pendiente"
        verbose_name_plural = "pasos pendientes"
        ordering = ["hecho", "fecha_limite", "pk"]

    def __str__(self) -> str:
        return self.que

    def get_absolute_url(self) -> str:
        return reverse("convenios:pasopendiente_detalle", args=[self.pk])
