"""Planes anuales y bitácora de actividades."""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.archivo.models import EVIDENCIAS, Evidencia
from vinculacion.comision.estados import Modalidad
from vinculacion.comision.models import Acuerdo, Comision
from vinculacion.directorio.models import Area, Organismo, paises
from vinculacion.nucleo import fuentes
from vinculacion.nucleo.modelos import Registro
from vinculacion.nucleo.palabras import fechas_de

from .estados import (
    CampoDeActividad,
    ColumnaDeActividad,
    EstadoDeActividad,
    EstadoDePrograma,
    Frecuencia,
    TipoDePrograma,
)

META_MAXIMA = 1_000_000


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


def validar_meses(valor) -> None:
    if not isinstance(valor, list) or any(not isinstance(m, int) or not 1 <= m <= 12 for m in valor):
        raise ValidationError("Los meses van del 1 al 12.")


def validar_fechas(valor) -> None:
    try:
        [date.fromisoformat(v) for v in valor]
    except (TypeError, ValueError) as error:
        raise ValidationError("Hay una fecha que no existe.") from error


class Programa(Registro):
    clave = models.SlugField("clave", max_length=40, unique=True, help_text="Corta y sin espacios: pat-2021.")
    nombre = models.CharField("nombre", max_length=250)
    tipo = models.CharField("tipo", max_length=12, choices=TipoDePrograma.choices)
    anio = models.PositiveSmallIntegerField("año", validators=[MinValueValidator(1999), MaxValueValidator(2100)])
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoDePrograma.choices, default=EstadoDePrograma.BORRADOR
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="programas", verbose_name="unidad responsable"
    )
    comision = models.ForeignKey(
        Comision, models.PROTECT, null=True, blank=True, related_name="programas", verbose_name="comisión que supervisa"
    )
    acuerdo = models.ForeignKey(
        Acuerdo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acuerdo de aprobación"
    )
    objetivo = models.TextField("objetivo general", blank=True)
    ficticio = models.BooleanField("datos ficticios", default=False, editable=False)
    history = HistoricalRecords(verbose_name="historia del programa")

    class Meta:
        verbose_name = "programa"
        verbose_name_plural = "programas"
        ordering = ["-anio", "tipo"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("programas:programa_detalle", args=[self.pk])


class Eje(Registro):
    """Actividad institucional, eje de acción o rubro."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="ejes", verbose_name="programa")
    numero = models.PositiveSmallIntegerField("número", validators=[MinValueValidator(1), MaxValueValidator(99)])
    nombre = models.CharField("nombre", max_length=300)
    objetivo = models.TextField("objetivo específico", blank=True)
    history = HistoricalRecords(verbose_name="historia del eje")

    class Meta:
        verbose_name = "eje"
        verbose_name_plural = "ejes"
        ordering = ["programa", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "numero"],
                name="eje_unico",
                violation_error_message="Ya hay un eje con ese número en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:eje_detalle", args=[self.pk])

    @property
    def clave(self) -> str:
        return f"{self.programa.clave}:{self.numero}"


class Accion(Registro):
    """Lo que un plan promete hacer; su clave completa es ``pat-2020:1A``."""

    eje = models.ForeignKey(Eje, models.PROTECT, related_name="acciones", verbose_name="eje")
    inciso = models.CharField(
        "inciso",
        max_length=4,
        validators=[RegexValidator(r"^[A-Z0-9]+$", "Letras mayúsculas o números, sin espacios.")],
        help_text="Letra o número dentro del eje: A, B, C.",
    )
    nombre = models.CharField("nombre", max_length=500)
    unidad = models.CharField(
        "unidad de medida", max_length=80, default="Actividad", help_text="Qué se cuenta: nota, informe, convenio."
    )
    frecuencia = models.CharField(
        "frecuencia", max_length=12, choices=Frecuencia.choices, default=Frecuencia.TRIMESTRAL
    )
    fuente = models.CharField(
        "de dónde cuenta",
        max_length=60,
        choices=fuentes.opciones,
        default=fuentes.BITACORA,
        help_text="La bitácora, salvo que el avance salga de otro registro que ya se captura.",
    )
    meses = models.JSONField("meses programados", default=list, blank=True, validators=[validar_meses])
    area_responsable = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="acciones", verbose_name="área responsable"
    )
    alineadas = models.ManyToManyField(
        "self",
        blank=True,
        verbose_name="alineada con",
        help_text="Acciones del otro plan en las que también cuenta lo que se registra en ésta.",
    )
    history = HistoricalRecords(verbose_name="historia de la acción", m2m_fields=[alineadas])

    class Meta:
        verbose_name = "acción"
        verbose_name_plural = "acciones"
        ordering = ["eje__programa", "eje__numero", "inciso"]
        constraints = [
            models.UniqueConstraint(
                fields=["eje", "inciso"],
                name="accion_unica",
                violation_error_message="Ya hay una acción con ese inciso en el eje.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numeral} {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:accion_detalle", args=[self.pk])

    @property
    def numeral(self) -> str:
        """1A, o 1.2 cuando el inciso es un número."""
        return f"{self.eje.numero}{'.' if self.inciso[:1].isdigit() else ''}{self.inciso}"

    @property
    def clave(self) -> str:
        return f"{self.eje.programa.clave}:{self.numeral}"

    @property
    def programado(self) -> int | None:
        """La meta del año; ``None`` si el plan no le da cantidades."""
        cantidades = [m.cantidad for m in self.metas.all()]
        return sum(cantidades) if cantidades else None


class Meta(Registro):
    """Cantidad programada de una acción en un trimestre."""

    accion = models.ForeignKey(Accion, models.CASCADE, related_name="metas", verbose_name="acción")
    trimestre = models.PositiveSmallIntegerField("trimestre", validators=[MinValueValidator(1), MaxValueValidator(4)])
    cantidad = models.PositiveIntegerField("cantidad", validators=[MaxValueValidator(META_MAXIMA)])
    history = HistoricalRecords(verbose_name="historia de la meta")

    class Meta:
        verbose_name = "meta"
        verbose_name_plural = "metas"
        ordering = ["accion", "trimestre"]
        constraints = [models.UniqueConstraint(fields=["accion", "trimestre"], name="meta_unica")]

    def __str__(self) -> str:
        return f"{self.accion} · T{self.trimestre}: {self.cantidad}"


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
        indexes = [models.Index(fields=["accion", "fecha_fin", "estado"])]

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
