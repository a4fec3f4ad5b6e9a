"""Evidencia de cualquier registro y series de numeración."""

import re
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.nucleo.modelos import Registro


def ruta_privada(evidencia: "Evidencia", nombre: str) -> str:
    """El nombre en disco es la huella: no repite el que dio la persona ni choca con otro."""
    extension = nombre.rsplit(".", 1)[-1].lower() if "." in nombre else "bin"
    return f"evidencia/{evidencia.sha256[:2]}/{evidencia.sha256}.{extension}"


class Evidencia(models.Model):
    """Un archivo o un enlace que prueba lo que dice un registro; lo ve quien puede ver el registro."""

    tipo_de_registro = models.ForeignKey(ContentType, models.PROTECT)
    registro_id = models.PositiveBigIntegerField()
    registro = GenericForeignKey("tipo_de_registro", "registro_id")
    titulo = models.CharField("título", max_length=250, blank=True)
    archivo = models.FileField("archivo", upload_to=ruta_privada, max_length=200, blank=True)
    nombre_original = models.CharField("nombre del archivo", max_length=255, blank=True, editable=False)
    tipo_mime = models.CharField("tipo de contenido", max_length=120, blank=True, editable=False)
    tamano = models.PositiveBigIntegerField("tamaño en bytes", default=0, editable=False)
    sha256 = models.CharField("huella SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    enlace = models.URLField("enlace", max_length=500, blank=True)
    subido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="la agregó"
    )
    creado = models.DateTimeField("agregada el", auto_now_add=True)

    class Meta:
        verbose_name = "evidencia"
        verbose_name_plural = "evidencias"
        ordering = ["creado", "pk"]
        indexes = [models.Index(fields=["tipo_de_registro", "registro_id"])]
        constraints = [
            models.CheckConstraint(
                name="evidencia_archivo_o_enlace",
                condition=(models.Q(archivo="") & ~models.Q(enlace="")) | (~models.Q(archivo="") & models.Q(enlace="")),
                violation_error_message="Agregue un archivo o un enlace, no ambos.",
            )
        ]

    def __str__(self) -> str:
        return self.titulo or self.nombre_original or self.enlace

    def get_absolute_url(self) -> str:
        return self.enlace or reverse("archivo:descargar", args=[self.pk])


# Con qué campos cuelga la evidencia de cualquier modelo: ``GenericRelation(Evidencia, **EVIDENCIAS)``.
EVIDENCIAS: dict[str, Any] = {"content_type_field": "tipo_de_registro", "object_id_field": "registro_id"}


class Serie(Registro):
    """Una numeración con su patrón: ``CVOE/{numero:03}/{anio:02}`` da CVOE/043/20.

    ``{anio}`` es el año de cuatro cifras y ``{anio:02}`` el de dos.
    """

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=150)
    patron = models.CharField(
        "patrón", max_length=100, help_text="Lleva {numero:03} y {anio} o {anio:02}: CVOE/{numero:03}/{anio:02}."
    )
    history = HistoricalRecords(verbose_name="historia de la serie")

    class Meta:
        verbose_name = "serie de numeración"
        verbose_name_plural = "series de numeración"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("archivo:serie_detalle", args=[self.pk])

    def clean(self) -> None:
        campos = re.findall(r"\{(\w+)(?::0\d)?\}", self.patron)
        if sorted(campos) != ["anio", "numero"] or self.patron.count("{") != 2 or self.patron.count("}") != 2:
            raise ValidationError(
                {"patron": "Debe llevar una vez {numero} (o {numero:03}) y una vez {anio} o {anio:02}."}
            )

    def formato(self, numero: int, anio: int, sufijo: str = "") -> str:
        """``sufijo`` va pegado al número: ``formato(23, 2020, "bis")`` da IECM/UTVOE/OP/023bis/2020."""
        corto = "{anio:02}" in self.patron
        patron = re.sub(r"(\{numero[^}]*\})", rf"\g<1>{sufijo}", self.patron)
        return patron.format(numero=numero, anio=anio % 100 if corto else anio)


class Contador(models.Model):
    """El último número dado de una serie en un año; la fila se bloquea al pedir el siguiente."""

    serie = models.ForeignKey(Serie, models.PROTECT, related_name="contadores")
    anio = models.PositiveSmallIntegerField("año")
    ultimo = models.PositiveIntegerField("último número", default=0)

    class Meta:
        verbose_name = "contador"
        verbose_name_plural = "contadores"
        constraints = [models.UniqueConstraint(fields=["serie", "anio"], name="contador_unico_por_anio")]

    def __str__(self) -> str:
        return f"{self.serie} {self.anio}: {self.ultimo}"
