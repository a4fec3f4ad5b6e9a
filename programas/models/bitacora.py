"""La bitácora: lo que se hizo, con su fecha, su tipo y su evidencia."""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.estados import CampoDeActividad, ColumnaDeActividad, EstadoDeActividad
from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.estados import Modalidad
from vinculacion.directorio.models import Organismo, paises
from vinculacion.nucleo.modelos import Registro
from vinculacion.nucleo.palabras import fechas_de

from .planes import META_MAXIMA, Accion


def codigos_validos(opciones) -> "ValidadorDeCodigos":
    return ValidadorDeCodigos([valor for valor, _ in opciones.choices])


class ValidadorDeCodigos:
    """Una lista JSON con códigos conocidos y sin repetir."""

    def __init__(self, conocidos: list[str]):
        self.conocidos = conocidos

    def __call__(self, valor) -> None:
        if not isinstance(valor, list) or len(set(map(str, valor))) != len(valor):
            raise ValidationError("Debe ser una lista sin repeticiones.")
        for codigo in valor:
            if codigo not in self.conocidos:
                raise ValidationError(f"«{codigo}» no es ninguno de: {', '.join(self.conocidos)}.")

    def __eq__(self, otro) -> bool:
        return isinstance(otro, ValidadorDeCodigos) and self.conocidos == otro.conocidos

    def deconstruct(self):
        return ("programas.models.ValidadorDeCodigos", [self.conocidos], {})


def validar_fechas(valor) -> None:
    try:
        [date.fromisoformat(v) for v in valor]
    except (TypeError, ValueError) as error:
        raise ValidationError("Hay una fecha que no existe.") from error


class TipoActividad(Registro):
    """Catálogo que decide qué pide el formulario y qué columnas enseña el informe."""

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=100, unique=True)
    campos = models.JSONField(
        "campos que pide", default=list, blank=True, validators=[codigos_validos(CampoDeActividad)]
    )
    columnas = models.JSONField(
        "columnas en los informes", default=list, blank=True, validators=[codigos_validos(ColumnaDeActividad)]
    )
    activo = models.BooleanField("activo", default=True)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    history = HistoricalRecords(verbose_name="historia del tipo de actividad")

    class Meta:
        verbose_name = "tipo de actividad"
        verbose_name_plural = "tipos de actividad"
        ordering = ["orden", "nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("programas:tipoactividad_detalle", args=[self.pk])


class Actividad(Registro):
    """Un hecho con fecha. Cuenta en el trimestre en que concluye (``fecha_fin``)."""

    accion = models.ForeignKey(Accion, models.PROTECT, related_name="actividades", verbose_name="acción")
    tipo = models.ForeignKey(TipoActividad, models.PROTECT, related_name="actividades", verbose_name="tipo")
    titulo = models.CharField("título", max_length=500)
    objetivo = models.TextField("objetivo", blank=True)
    fecha_inicio = models.DateField("fecha", db_index=True)
    fecha_fin = models.DateField("hasta", blank=True, db_index=True, help_text="Sólo si duró varios días seguidos.")
    fechas_sueltas = models.JSONField(
        "otras fechas",
        default=list,
        blank=True,
        validators=[validar_fechas],
        help_text="Si ocurrió en días separados: todas las fechas, separadas por punto y coma.",
    )
    hora_inicio = models.TimeField("de", null=True, blank=True)
    hora_fin = models.TimeField("a", null=True, blank=True)
    modalidad = models.CharField("modalidad", max_length=12, choices=Modalidad.choices, blank=True)
    lugar = models.CharField("lugar", max_length=200, blank=True)
    ciudad = models.CharField("ciudad", max_length=100, blank=True)
    pais = models.CharField("país", max_length=2, choices=paises, blank=True)
    organismos = models.ManyToManyField(
        Organismo, blank=True, related_name="actividades", verbose_name="organismos que participan"
    )
    organo = models.ForeignKey(
        Organismo,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seguimientos",
        verbose_name="órgano al que se da seguimiento",
    )
    representacion = models.CharField(
        "quién representó al Instituto", max_length=200, blank=True, help_text="La oficina, no la persona."
    )
    mujeres = models.PositiveIntegerField("mujeres", null=True, blank=True, validators=[MaxValueValidator(META_MAXIMA)])
    hombres = models.PositiveIntegerField("hombres", null=True, blank=True, validators=[MaxValueValidator(META_MAXIMA)])
    sin_dato = models.PositiveIntegerField(
        "sexo no especificado", null=True, blank=True, validators=[MaxValueValidator(META_MAXIMA)]
    )
    unidades = models.PositiveIntegerField(
        "unidades que cuenta",
        default=1,
        validators=[MaxValueValidator(META_MAXIMA)],
        help_text="1, salvo que el registro reúna varias: una semana con 20 noticias cuenta 20.",
    )
    observaciones = models.TextField("observaciones", blank=True)
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDeActividad.choices, default=EstadoDeActividad.BORRADOR
    )
    razon_rechazo = models.CharField("razón del rechazo", max_length=500, blank=True)
    capturo = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="capturadas",
        verbose_name="capturó",
    )
    valido = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="validadas", verbose_name="validó"
    )
    validada_el = models.DateTimeField("validada el", null=True, blank=True)
    evidencias = GenericRelation(Evidencia, **EVIDENCIAS)
    history = HistoricalRecords(verbose_name="historia de la actividad", m2m_fields=[organismos])

    class Meta:
        verbose_name = "actividad"
        verbose_name_plural = "actividades"
        ordering = ["-fecha_inicio", "-pk"]
        permissions = [("validar_actividad", "Puede validar o rechazar actividades")]
        indexes = [
            models.Index(fields=["accion", "fecha_fin", "estado"]),
            models.Index(fields=["-fecha_inicio", "-id"]),  # en el orden en que se enlistan
        ]

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        return reverse("programas:actividad_detalle", args=[self.pk])

    @property
    def asistentes(self) -> int | None:
        datos = [n for n in (self.mujeres, self.hombres, self.sin_dato) if n is not None]
        return sum(datos) if datos else None

    @property
    def fechas(self) -> str:
        """La fecha como se escribe en un informe."""
        return fechas_de(self.fecha_inicio, self.fecha_fin, [date.fromisoformat(f) for f in self.fechas_sueltas])

    def clean(self) -> None:
        errores = {}
        if self.fechas_sueltas:
            try:
                sueltas = sorted({date.fromisoformat(f) for f in self.fechas_sueltas})
            except (TypeError, ValueError):
                return  # de una fecha que no existe ya avisó validar_fechas
            self.fechas_sueltas = [f.isoformat() for f in sueltas] if len(sueltas) > 1 else []
            self.fecha_inicio, self.fecha_fin = sueltas[0], sueltas[-1]
        elif self.fecha_inicio and not self.fecha_fin:
            self.fecha_fin = self.fecha_inicio
        if self.fecha_inicio and self.fecha_fin and self.fecha_fin < self.fecha_inicio:
            errores["fecha_fin"] = "La fecha final es anterior a la inicial."
        if self.hora_inicio and self.hora_fin and self.hora_fin < self.hora_inicio:
            errores["hora_fin"] = "Termina antes de empezar."
        if self.estado == EstadoDeActividad.RECHAZADA and not self.razon_rechazo:
            errores["razon_rechazo"] = "Diga por qué se rechaza."
        if errores:
            raise ValidationError(errores)


class CifraExtra(models.Model):
    """Una cifra libre de una actividad: «personas registradas», 46."""

    actividad = models.ForeignKey(Actividad, models.CASCADE, related_name="cifras")
    etiqueta = models.CharField("etiqueta", max_length=100)
    numero = models.PositiveIntegerField("número")

    class Meta:
        verbose_name = "cifra"
        verbose_name_plural = "otras cifras"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["actividad", "etiqueta"], name="cifra_unica_por_etiqueta")]

    def __str__(self) -> str:
        return f"{self.etiqueta}: {self.numero}"
