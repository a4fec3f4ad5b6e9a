"""Áreas internas, organismos externos y procesos electorales."""

from datetime import date
from typing import Any

from babel import Locale
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.nucleo.modelos import Registro


def paises() -> list[tuple[str, str]]:
    """Países por su código ISO 3166, en español y en orden alfabético."""
    territorios = Locale("es", "MX").territories
    return sorted(
        ((codigo, nombre) for codigo, nombre in territorios.items() if len(codigo) == 2 and codigo.isalpha()),
        key=lambda par: par[1],
    )


class ConNombres(Registro):
    """Lo que cambia de nombre con los años y conserva los que tuvo."""

    nombre = models.CharField("nombre", max_length=250, unique=True)
    siglas = models.CharField("siglas", max_length=30, blank=True)
    # Los pone cada clase: la llave a sí misma y los nombres que tuvo.
    padre: Any
    nombres: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.nombre} ({self.siglas})" if self.siglas else self.nombre

    @property
    def corto(self) -> str:
        return self.siglas or self.nombre

    def nombre_en(self, fecha: date) -> str:
        """El nombre que llevaba en ``fecha``; el de hoy si ninguno anterior la cubre."""
        for anterior in self.nombres.all():
            if (anterior.desde is None or anterior.desde <= fecha) and fecha <= anterior.hasta:
                return anterior.nombre
        return self.nombre

    def clean(self) -> None:
        visitado = self.padre
        while visitado is not None:
            if visitado.pk == self.pk and self.pk is not None:
                raise ValidationError({"padre": "No puede depender de sí misma ni de quien depende de ella."})
            visitado = visitado.padre


class NombreAnterior(models.Model):
    nombre = models.CharField("nombre", max_length=250)
    siglas = models.CharField("siglas", max_length=30, blank=True)
    desde = models.DateField("desde", null=True, blank=True, help_text="En blanco si se desconoce.")
    hasta = models.DateField("hasta")

    class Meta:
        abstract = True
        ordering = ["hasta"]

    def __str__(self) -> str:
        return self.nombre

    def clean(self) -> None:
        if self.desde and self.hasta and self.hasta < self.desde:
            raise ValidationError({"hasta": "La fecha final es anterior a la inicial."})


class Area(ConNombres):
    class Clase(models.TextChoices):
        OFICINA = "oficina", "Oficina"
        SECRETARIA = "secretaria", "Secretaría"
        DIRECCION = "direccion", "Dirección ejecutiva"
        UNIDAD = "unidad", "Unidad técnica"
        COMISION = "comision", "Comisión o comité"
        CONTROL = "control", "Órgano interno de control"
        DESCONCENTRADO = "desconcentrado", "Órgano desconcentrado"

    clase = models.CharField("clase", max_length=20, choices=Clase.choices)
    padre = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="hijas", verbose_name="depende de"
    )
    activa = models.BooleanField("activa", default=True)
    history = HistoricalRecords(verbose_name="historia del área")

    class Meta:
        verbose_name = "área"
        verbose_name_plural = "áreas"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(
                Lower("siglas"),
                name="area_siglas_unicas",
                condition=~models.Q(siglas=""),
                violation_error_message="Ya hay un área con esas siglas.",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("directorio:area_detalle", args=[self.pk])


class NombreDeArea(NombreAnterior):
    area = models.ForeignKey(Area, models.CASCADE, related_name="nombres")

    class Meta(NombreAnterior.Meta):
        verbose_name = "nombre anterior"
        verbose_name_plural = "nombres anteriores"


class Ambito(models.TextChoices):
    LOCAL = "local", "Local"
    NACIONAL = "nacional", "Nacional"
    INTERNACIONAL = "internacional", "Internacional"


class Organismo(ConNombres):
    class Clase(models.TextChoices):
        AUTORIDAD = "autoridad", "Autoridad electoral nacional"
        OPLE = "ople", "OPLE"
        JURISDICCIONAL = "jurisdiccional", "Órgano jurisdiccional"
        GOBIERNO = "gobierno", "Gobierno"
        ALCALDIA = "alcaldia", "Alcaldía"
        ACADEMIA = "academia", "Academia"
        SOCIEDAD = "sociedad", "Sociedad civil"
        EMPRESA = "empresa", "Empresa"
        INTERNACIONAL = "internacional", "Organismo internacional"
        CONSULAR = "consular", "Representación consular"
        MIGRANTE = "migrante", "Organización migrante"
        PARTIDO = "partido", "Partido"
        MEDIO = "medio", "Medio"

    clase = models.CharField("clase", max_length=20, choices=Clase.choices)
    ambito = models.CharField("ámbito", max_length=15, choices=Ambito.choices)
    pais = models.CharField("país", max_length=2, choices=paises, default="MX")
    padre = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="hijos", verbose_name="forma parte de"
    )
    activo = models.BooleanField("activo", default=True)
    history = HistoricalRecords(verbose_name="historia del organismo")

    class Meta:
        verbose_name = "organismo"
        verbose_name_plural = "organismos"
        ordering = ["nombre"]

    def get_absolute_url(self) -> str:
        return reverse("directorio:organismo_detalle", args=[self.pk])


class NombreDeOrganismo(NombreAnterior):
    organismo = models.ForeignKey(Organismo, models.CASCADE, related_name="nombres")

    class Meta(NombreAnterior.Meta):
        verbose_name = "nombre anterior"
        verbose_name_plural = "nombres anteriores"


class ProcesoElectoral(Registro):
    class Clase(models.TextChoices):
        ELECTORAL = "electoral", "Proceso electoral"
        PARTICIPACION = "participacion", "Participación ciudadana"

    clave = models.SlugField("clave", max_length=40, unique=True, help_text="Corta y sin espacios: pel-2020-2021.")
    nombre = models.CharField("nombre", max_length=250)
    clase = models.CharField("clase", max_length=15, choices=Clase.choices)
    inicio = models.DateField("inicio", null=True, blank=True)
    jornada = models.DateField("jornada", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    history = HistoricalRecords(verbose_name="historia del proceso electoral")

    class Meta:
        verbose_name = "proceso electoral"
        verbose_name_plural = "procesos electorales"
        ordering = ["-jornada", "nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("directorio:procesoelectoral_detalle", args=[self.pk])

    def clean(self) -> None:
        fechas = [(c, getattr(self, c)) for c in ("inicio", "jornada", "fin") if getattr(self, c)]
        for (antes, primera), (despues, segunda) in zip(fechas, fechas[1:], strict=False):
            if segunda < primera:
                raise ValidationError({despues: f"Es anterior a la fecha de {antes}."})
