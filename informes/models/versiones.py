"""Lo que un informe decía en un momento: versiones de trabajo y versiones congeladas."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from ..estados import ClaseDeTrabajo, ClaseDeVersion, EstadoDeTrabajo
from .documentos import Informe


class VersionDeInforme(models.Model):
    """Una fotografía del informe; las congeladas (``sha256``) no vuelven a cambiar.

    ``estructura``: apartados, textos y secciones con sus parámetros. ``documento``: los bloques ya
    armados, con portada e índice, de los que salen todos los formatos.
    """

    informe = models.ForeignKey(Informe, models.PROTECT, related_name="versiones", verbose_name="informe")
    numero = models.PositiveIntegerField("versión")
    clase = models.CharField("clase", max_length=12, choices=ClaseDeVersion.choices)
    nota = models.CharField("nota", max_length=500, blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="la hizo"
    )
    creada = models.DateTimeField("hecha el", auto_now_add=True)
    estructura = models.JSONField("estructura")
    documento = models.JSONField("documento armado")
    sha256 = models.CharField("huella de los bloques", max_length=64, db_index=True)
    evidencias = models.JSONField("evidencias con su huella", default=list)
    programa_version = models.CharField("versión del sistema", max_length=80, blank=True)
    sustituye_a = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="correcciones", verbose_name="corrige a"
    )
    clave_publica = models.CharField("clave de la página pública", max_length=40, null=True, blank=True, unique=True)
    publicada = models.DateTimeField("publicada el", null=True, blank=True)

    class Meta:
        verbose_name = "versión del informe"
        verbose_name_plural = "versiones del informe"
        ordering = ["informe", "-numero"]
        constraints = [models.UniqueConstraint(fields=["informe", "numero"], name="version_unica_de_informe")]

    def __str__(self) -> str:
        return f"{self.informe}, {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("informes:version_detalle", args=[self.pk])

    @property
    def congelada(self) -> bool:
        return self.clase != ClaseDeVersion.TRABAJO

    @cached_property
    def lugar(self) -> int:
        """El número que se lee en todas partes: su lugar entre las congeladas o entre las de trabajo.

        ``numero`` las ordena a todas juntas y no se enseña.
        """
        de_trabajo = Q(clase=ClaseDeVersion.TRABAJO)
        suyas = VersionDeInforme.objects.filter(~de_trabajo if self.congelada else de_trabajo, informe=self.informe_id)
        return suyas.filter(numero__lte=self.numero).count()

    @property
    def nombre(self) -> str:
        return f"{'versión' if self.congelada else 'versión de trabajo'} {self.lugar}"


class ArchivoDeVersion(models.Model):
    """Un formato de una versión congelada, con la huella que lo identifica."""

    version = models.ForeignKey(VersionDeInforme, models.PROTECT, related_name="archivos", verbose_name="versión")
    formato = models.CharField("formato", max_length=8)
    nombre = models.CharField("nombre", max_length=200)
    archivo = models.FileField("archivo", upload_to="informes/congelados/", max_length=200)
    sha256 = models.CharField("huella SHA-256", max_length=64, db_index=True)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")

    class Meta:
        verbose_name = "archivo de la versión"
        verbose_name_plural = "archivos de la versión"
        ordering = ["version", "formato"]
        constraints = [models.UniqueConstraint(fields=["version", "nombre"], name="archivo_unico_de_version")]

    def __str__(self) -> str:
        return self.nombre


class Trabajo(models.Model):
    """Lo que tarda y se hace en segundo plano; quienes piden lo mismo comparten el trabajo.

    Una descarga o un acto (aprobar, anotar una errata), que congela una versión a nombre de ``por``.
    ``huella``: del contenido que se pidió descargar o aprobar. ``datos``: lo que se escribió al pedir un acto.
    """

    informe = models.ForeignKey(Informe, models.CASCADE, related_name="trabajos", verbose_name="informe")
    clase = models.CharField("clase", max_length=10, choices=ClaseDeTrabajo.choices, default=ClaseDeTrabajo.DESCARGA)
    formato = models.CharField("formato", max_length=8, blank=True)
    huella = models.CharField("huella de lo pedido", max_length=64, db_index=True)
    datos = models.JSONField("lo que se escribió al pedirlo", default=dict, blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="a nombre de"
    )
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDeTrabajo.choices, default=EstadoDeTrabajo.EN_COLA, db_index=True
    )
    avance = models.PositiveSmallIntegerField("avance (%)", default=0)
    paso = models.CharField("en qué va", max_length=300, blank=True)
    personas = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="trabajos", verbose_name="quién lo pidió")
    pedido = models.DateTimeField("pedido el", auto_now_add=True)
    latido = models.DateTimeField("última señal", null=True, blank=True)
    terminado = models.DateTimeField("terminado el", null=True, blank=True)
    cancelar = models.BooleanField("se pidió cancelarlo", default=False)
    archivo = models.FileField("archivo", upload_to="informes/trabajos/", max_length=200, blank=True)
    error = models.TextField("por qué falló", blank=True)

    class Meta:
        verbose_name = "trabajo"
        verbose_name_plural = "trabajos"
        ordering = ["-pedido"]
        constraints = [
            models.UniqueConstraint(
                fields=["informe", "formato", "huella"],
                condition=models.Q(estado__in=["en_cola", "en_curso"]),
                name="un_trabajo_por_pedido",
            ),
            models.UniqueConstraint(
                fields=["informe"],
                condition=models.Q(estado__in=["en_cola", "en_curso"]) & ~models.Q(clase="descarga"),
                name="un_acto_a_la_vez",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.informe} ({self.formato or self.get_clase_display()})"

    def get_absolute_url(self) -> str:
        return reverse("informes:trabajo_detalle", args=[self.pk])

    @property
    def es_acto(self) -> bool:
        return self.clase != ClaseDeTrabajo.DESCARGA
