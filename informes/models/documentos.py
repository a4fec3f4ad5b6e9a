"""Plantillas e informes: un árbol de apartados guardado como datos."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.models import Accion
from vinculacion.comision.models import Acuerdo, Comision, Punto
from vinculacion.nucleo.modelos import Registro
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import SECCIONES

from ..estados import ClaseDeRenglon, EstadoDeInforme, Hoja, Lugar, Numeracion
from .identidad import Identidad

ANIOS_DE_UN_INFORME = 20


class Plantilla(Registro):
    """Lo que se copia para empezar un informe."""

    clave = models.SlugField("clave", max_length=60, unique=True)
    nombre = models.CharField("nombre", max_length=250)
    descripcion = models.TextField("para qué sirve", blank=True)
    history = HistoricalRecords(verbose_name="historia de la plantilla")

    class Meta:
        verbose_name = "plantilla de informe"
        verbose_name_plural = "plantillas de informe"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("informes:plantilla_detalle", args=[self.pk])


class Informe(Registro):
    clave = models.SlugField("clave", max_length=60, unique=True, help_text="trimestral-2020-4, final-2020-2022.")
    titulo = models.CharField("título", max_length=300)
    plantilla = models.ForeignKey(
        Plantilla,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="informes",
        verbose_name="plantilla de la que parte",
    )
    comision = models.ForeignKey(Comision, models.PROTECT, related_name="informes", verbose_name="comisión")
    unidad = models.CharField(
        "unidad que informa", max_length=250, blank=True, help_text="Con el nombre que tenía en el periodo."
    )
    inicio = models.DateField("del")
    fin = models.DateField("al")
    identidad = models.ForeignKey(
        Identidad,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="informes",
        verbose_name="identidad gráfica",
        help_text="En blanco: la predeterminada.",
    )
    punto = models.ForeignKey(
        Punto,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="informes",
        verbose_name="punto en que se presenta",
    )
    acuerdo = models.ForeignKey(
        Acuerdo, models.PROTECT, null=True, blank=True, related_name="informes", verbose_name="acuerdo que lo aprueba"
    )
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDeInforme.choices, default=EstadoDeInforme.BORRADOR
    )
    history = HistoricalRecords(verbose_name="historia del informe")

    class Meta:
        verbose_name = "informe"
        verbose_name_plural = "informes"
        ordering = ["-fin", "titulo"]
        permissions = [
            ("aprobar_informe", "Puede llevar un informe de borrador a aprobado"),
            ("publicar_informe", "Puede publicar un informe aprobado y sus correcciones"),
        ]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("informes:informe_detalle", args=[self.pk])

    @property
    def periodo(self) -> Periodo:
        return Periodo(self.inicio, self.fin)

    def clean(self) -> None:
        errores = {}
        if self.inicio and self.fin and self.fin < self.inicio:
            errores["fin"] = "El periodo termina antes de empezar."
        elif self.inicio and self.fin and self.fin.year - self.inicio.year > ANIOS_DE_UN_INFORME:
            errores["fin"] = f"Un informe abarca a lo más {ANIOS_DE_UN_INFORME} años: revise las fechas."
        if self.punto_id and self.comision_id and self.punto.sesion.comision_id != self.comision_id:
            errores["punto"] = "El punto es de una sesión de otra comisión."
        if self.acuerdo_id and self.comision_id and self.acuerdo.comision_id != self.comision_id:
            errores["acuerdo"] = "El acuerdo es de otra comisión."
        if errores:
            raise ValidationError(errores)


class Aceptacion(models.Model):
    """Un hallazgo del verificador que alguien revisó y da por bueno, con su razón."""

    informe = models.ForeignKey(Informe, models.CASCADE, related_name="aceptaciones", verbose_name="informe")
    regla = models.CharField("regla", max_length=60)
    huella = models.CharField("huella del hallazgo", max_length=64)
    razon = models.CharField("aceptado porque", max_length=500)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lo aceptó"
    )
    cuando = models.DateTimeField("aceptado el", auto_now_add=True)

    class Meta:
        verbose_name = "aceptación de un hallazgo"
        verbose_name_plural = "aceptaciones de hallazgos"
        ordering = ["cuando"]
        constraints = [
            models.UniqueConstraint(
                fields=["informe", "huella"],
                name="aceptacion_unica",
                violation_error_message="Ese hallazgo ya está aceptado.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.regla}: {self.razon}"


class Apartado(Registro):
    """Nodo del árbol de una plantilla o de un informe (de uno de los dos)."""

    plantilla = models.ForeignKey(
        Plantilla, models.CASCADE, null=True, blank=True, related_name="apartados", editable=False
    )
    informe = models.ForeignKey(
        Informe, models.CASCADE, null=True, blank=True, related_name="apartados", editable=False
    )
    padre = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="hijos", verbose_name="dentro de"
    )
    orden = models.PositiveSmallIntegerField("orden", default=0, editable=False)
    titulo = models.CharField("título", max_length=500)
    numeracion = models.CharField("numeración", max_length=12, choices=Numeracion.choices, default=Numeracion.NINGUNA)
    narrativa = models.TextField(
        "narrativa",
        blank=True,
        help_text="Admite Markdown y cifras vivas: {{ convenios.suscritos | en_palabras }}.",
    )
    explicacion = models.TextField(
        "explicación si no hay actividades",
        blank=True,
        help_text="Sólo aparece cuando el apartado no tiene nada que contar; va después del aviso automático.",
    )
    hoja = models.CharField(
        "hoja", max_length=10, choices=Hoja.choices, blank=True, help_text="Apaisada para los cuadros muy anchos."
    )
    en_indice = models.BooleanField("aparece en el índice", default=True)
    accion = models.ForeignKey(
        Accion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="apartados",
        verbose_name="acción de la que da cuenta",
        help_text="Si no hay nada que contar, el apartado dirá solo en qué trimestre se cumplió o que no hay actividades.",
    )
    history = HistoricalRecords(verbose_name="historia del apartado")

    class Meta:
        verbose_name = "apartado"
        verbose_name_plural = "apartados"
        ordering = ["orden", "pk"]
        constraints = [
            models.CheckConstraint(
                name="apartado_de_plantilla_o_de_informe",
                condition=models.Q(plantilla__isnull=True, informe__isnull=False)
                | models.Q(plantilla__isnull=False, informe__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def documento(self) -> Plantilla | Informe:
        return self.plantilla or self.informe  # type: ignore[return-value]


class UsoDeSeccion(models.Model):
    """Una sección del catálogo puesta en un apartado con sus parámetros."""

    apartado = models.ForeignKey(Apartado, models.CASCADE, related_name="secciones")
    orden = models.PositiveSmallIntegerField("orden", default=0, editable=False)
    seccion = models.CharField("sección", max_length=80)
    titulo = models.CharField("título de la tabla", max_length=300, blank=True)
    parametros = models.JSONField("parámetros", default=dict, blank=True)
    presentacion = models.JSONField(
        "presentación",
        default=dict,
        blank=True,
        help_text="Columnas y sus encabezados, orden, agrupación, totales, notas y si va por año.",
    )
    lugar = models.CharField("lugar", max_length=8, choices=Lugar.choices, default=Lugar.CUERPO)
    texto_previo = models.TextField("texto que la antecede", blank=True)
    history = HistoricalRecords(verbose_name="historia del uso de sección")
    _history_user: Any  # sin valor: con uno, simple_history no tomaría a la persona de la petición

    class Meta:
        verbose_name = "sección del apartado"
        verbose_name_plural = "secciones del apartado"
        ordering = ["orden", "pk"]

    def __str__(self) -> str:
        return self.titulo or (SECCIONES[self.seccion].nombre if self.seccion in SECCIONES else self.seccion)


class ImagenDeApartado(models.Model):
    """Una fotografía o un dibujo puesto en un apartado, en el mismo orden que sus secciones."""

    apartado = models.ForeignKey(Apartado, models.CASCADE, related_name="imagenes")
    orden = models.PositiveSmallIntegerField("orden", default=0, editable=False)
    archivo = models.FileField("archivo", upload_to="informes/imagenes/", max_length=200)
    sha256 = models.CharField("huella SHA-256", max_length=64, editable=False)
    titulo = models.CharField("título", max_length=300, blank=True)
    alternativo = models.CharField(
        "texto alternativo", max_length=500, help_text="Qué se ve, para quien no puede ver la imagen."
    )
    nota = models.CharField("nota al pie", max_length=500, blank=True)
    ancho = models.PositiveSmallIntegerField("ancho (% de la hoja)", default=100)
    history = HistoricalRecords(verbose_name="historia de la imagen")
    _history_user: Any

    class Meta:
        verbose_name = "imagen del apartado"
        verbose_name_plural = "imágenes del apartado"
        ordering = ["orden", "pk"]

    def __str__(self) -> str:
        return self.titulo or self.alternativo


class Renglon(Registro):
    """Un renglón del balance o de los pendientes: lo propone el sistema y una persona lo ajusta.

    ``clave`` dice de qué registro salió la propuesta; vacía en los que se agregan a mano.
    """

    informe = models.ForeignKey(Informe, models.CASCADE, related_name="renglones", editable=False)
    clase = models.CharField("clase", max_length=10, choices=ClaseDeRenglon.choices, editable=False)
    clave = models.CharField("origen", max_length=120, blank=True, editable=False)
    rubro = models.CharField("rubro", max_length=300, blank=True)
    texto = models.TextField("texto", help_text="Admite Markdown y cifras vivas.")
    orden = models.PositiveSmallIntegerField("orden", default=0)
    incluido = models.BooleanField("va en el informe", default=True)
    history = HistoricalRecords(verbose_name="historia del renglón")

    class Meta:
        verbose_name = "renglón del informe"
        verbose_name_plural = "renglones del informe"
        ordering = ["clase", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["informe", "clase", "clave"],
                condition=~models.Q(clave=""),
                name="renglon_unico_por_origen",
            )
        ]

    def __str__(self) -> str:
        return self.texto
