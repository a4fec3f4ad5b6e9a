"""La matriz de indicadores para resultados."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.estados import (
    Formula,
    Frecuencia,
    NivelMIR,
    OrigenDeVariable,
    PapelDeVariable,
    Sentido,
    TipoDeIndicador,
)
from vinculacion.directorio.models import Area
from vinculacion.nucleo.modelos import Registro

from .diagnostico import CLAVE_CORTA
from .planes import Accion, Eje, Programa

PERIODOS_AL_ANIO = {Frecuencia.MENSUAL: 12, Frecuencia.TRIMESTRAL: 4, Frecuencia.SEMESTRAL: 2, Frecuencia.ANUAL: 1}
PORCIENTO = [MinValueValidator(1), MaxValueValidator(1000)]
NO_NEGATIVO = [MinValueValidator(Decimal(0))]


class Supuesto(Registro):
    """Lo que tiene que ocurrir, y no depende del programa, para que un indicador se cumpla."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="supuestos", verbose_name="programa")
    clave = models.CharField("clave", max_length=12, validators=[CLAVE_CORTA], help_text="Corta: S1, S2.")
    texto = models.CharField("supuesto", max_length=300)
    history = HistoricalRecords(verbose_name="historia del supuesto")

    class Meta:
        verbose_name = "supuesto"
        verbose_name_plural = "supuestos"
        ordering = ["programa", "clave"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "clave"],
                name="supuesto_unico",
                violation_error_message="Ya hay un supuesto con esa clave en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.texto}"

    def get_absolute_url(self) -> str:
        return reverse("programas:supuesto_detalle", args=[self.pk])


class Indicador(Registro):
    programa = models.ForeignKey(Programa, models.PROTECT, related_name="indicadores", verbose_name="programa")
    clave = models.CharField("clave", max_length=12, validators=[CLAVE_CORTA], help_text="Corta: F1, P1, C2, A3.")
    nivel = models.CharField("nivel", max_length=10, choices=NivelMIR.choices)
    resumen = models.TextField("resumen narrativo")
    nombre = models.CharField("nombre", max_length=300)
    tipo = models.CharField("tipo", max_length=10, choices=TipoDeIndicador.choices, default=TipoDeIndicador.EFICACIA)
    formula = models.CharField("fórmula", max_length=10, choices=Formula.choices, default=Formula.EFICACIA)
    frecuencia = models.CharField(
        "frecuencia de medición", max_length=12, choices=Frecuencia.choices, default=Frecuencia.TRIMESTRAL
    )
    unidad = models.CharField(
        "unidad de medida", max_length=80, default="Razón", help_text="Razón, porcentaje, persona."
    )
    linea_base = models.DecimalField("línea base", max_digits=14, decimal_places=4, null=True, blank=True)
    linea_base_anio = models.PositiveSmallIntegerField(
        "año de la línea base", null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    meta = models.DecimalField(
        "meta",
        max_digits=14,
        decimal_places=4,
        default=Decimal(1),
        validators=NO_NEGATIVO,
        help_text="El valor esperado en cada periodo: 1 si es eficacia, 100 si es impacto.",
    )
    sentido = models.CharField("sentido", max_length=12, choices=Sentido.choices, default=Sentido.ASCENDENTE)
    verde_desde = models.PositiveSmallIntegerField(
        "verde desde", default=100, validators=PORCIENTO, help_text="Porciento de la meta."
    )
    ambar_desde = models.PositiveSmallIntegerField(
        "ámbar desde", default=80, validators=PORCIENTO, help_text="Porciento de la meta; por debajo es rojo."
    )
    rebasada_desde = models.PositiveSmallIntegerField(
        "rebasada arriba de", default=130, validators=PORCIENTO, help_text="Porciento de la meta."
    )
    medios_verificacion = models.TextField("medios de verificación", blank=True)
    supuestos = models.ManyToManyField(Supuesto, blank=True, related_name="indicadores", verbose_name="supuestos")
    eje = models.ForeignKey(
        Eje, models.PROTECT, null=True, blank=True, related_name="indicadores", verbose_name="eje",
        help_text="El que mide, si es un componente.",
    )  # fmt: skip
    accion = models.ForeignKey(
        Accion, models.PROTECT, null=True, blank=True, related_name="indicadores", verbose_name="acción",
        help_text="La que mide, si es una actividad.",
    )  # fmt: skip
    area_responsable = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="indicadores", verbose_name="área responsable"
    )
    orden = models.PositiveSmallIntegerField("orden", default=1)
    history = HistoricalRecords(verbose_name="historia del indicador", m2m_fields=[supuestos])

    class Meta:
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        ordering = ["programa", "orden", "clave"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "clave"],
                name="indicador_unico",
                violation_error_message="Ya hay un indicador con esa clave en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:indicador_detalle", args=[self.pk])

    @property
    def periodos(self) -> int:
        """Cuántas veces se mide en el año."""
        return PERIODOS_AL_ANIO[Frecuencia(self.frecuencia)]

    def clean(self) -> None:
        errores = {}
        umbrales = (self.ambar_desde, self.verde_desde, self.rebasada_desde)
        if None not in umbrales and not umbrales[0] <= umbrales[1] <= umbrales[2]:
            errores["verde_desde"] = "Los umbrales van de menor a mayor: ámbar, verde, rebasada."
        if self.eje_id and self.programa_id and self.eje.programa_id != self.programa_id:
            errores["eje"] = "El eje es de otro programa."
        if self.accion_id and self.programa_id and self.accion.eje.programa_id != self.programa_id:
            errores["accion"] = "La acción es de otro programa."
        if errores:
            raise ValidationError(errores)


class Variable(Registro):
    """Un término de la fórmula: de dónde sale su valor en cada periodo."""

    indicador = models.ForeignKey(Indicador, models.CASCADE, related_name="variables", verbose_name="indicador")
    papel = models.CharField("papel", max_length=10, choices=PapelDeVariable.choices)
    simbolo = models.CharField(
        "símbolo", max_length=4, help_text="L1, M, R, O: distinto en cada variable del indicador."
    )
    nombre = models.CharField("nombre", max_length=200)
    origen = models.CharField(
        "de dónde sale", max_length=10, choices=OrigenDeVariable.choices, default=OrigenDeVariable.AVANCE
    )
    acciones = models.ManyToManyField(Accion, blank=True, related_name="variables", verbose_name="acciones")
    cifra = models.CharField("cifra del sistema", max_length=80, blank=True)
    parametros = models.JSONField("parámetros de la cifra", default=dict, blank=True)
    valor = models.DecimalField("valor fijo", max_digits=14, decimal_places=4, null=True, blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=1)
    history = HistoricalRecords(verbose_name="historia de la variable", m2m_fields=[acciones])

    class Meta:
        verbose_name = "variable"
        verbose_name_plural = "variables"
        ordering = ["indicador", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicador", "simbolo"],
                name="variable_unica",
                violation_error_message="Ya hay una variable con ese símbolo en el indicador.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.simbolo} {self.nombre}"

    def clean(self) -> None:
        if self.origen == OrigenDeVariable.FIJO and self.valor is None:
            raise ValidationError({"valor": "Escriba el valor fijo."})
        if self.origen == OrigenDeVariable.CIFRA and not self.cifra:
            raise ValidationError({"cifra": "Elija la cifra."})


class DelPeriodo(Registro):
    """Lo que alguien anota de un indicador en uno de los periodos de su año (1 a 12, 4, 2 o 1)."""

    periodo = models.PositiveSmallIntegerField("periodo", validators=[MinValueValidator(1), MaxValueValidator(12)])

    class Meta:
        abstract = True

    def _revisar_periodo(self, indicador: Indicador) -> None:
        if self.periodo and self.periodo > indicador.periodos:
            raise ValidationError({"periodo": f"El indicador se mide {indicador.periodos} veces al año."})


class DatoDeVariable(DelPeriodo):
    """El valor que una persona captura cuando ningún registro del sistema lo da."""

    variable = models.ForeignKey(Variable, models.PROTECT, related_name="datos", verbose_name="variable")
    valor = models.DecimalField("valor", max_digits=14, decimal_places=4, validators=NO_NEGATIVO)
    procedencia = models.CharField("de dónde se tomó", max_length=300)
    history = HistoricalRecords(verbose_name="historia del dato")

    class Meta:
        verbose_name = "dato de una variable"
        verbose_name_plural = "datos de variables"
        ordering = ["variable", "periodo"]
        constraints = [models.UniqueConstraint(fields=["variable", "periodo"], name="dato_unico")]

    def __str__(self) -> str:
        return f"{self.variable} · {self.periodo}: {self.valor}"

    def clean(self) -> None:
        if self.variable_id:
            self._revisar_periodo(self.variable.indicador)
            if self.variable.origen != OrigenDeVariable.DATO:
                raise ValidationError({"variable": "Su valor sale de los registros: no se captura."})


class AjusteDeTiempo(DelPeriodo):
    """El tiempo real que Dirección fija, con su razón, en lugar del que se deduce."""

    indicador = models.ForeignKey(Indicador, models.PROTECT, related_name="ajustes", verbose_name="indicador")
    tr = models.DecimalField(
        "tiempo real (Tr)",
        max_digits=6,
        decimal_places=4,
        validators=[MinValueValidator(Decimal("0.0001")), MaxValueValidator(Decimal(2))],
        help_text="Como fracción del año: un trimestre es 0.25, un mes 0.0833.",
    )
    razon = models.CharField("razón", max_length=500)
    history = HistoricalRecords(verbose_name="historia del ajuste")

    class Meta:
        verbose_name = "ajuste del tiempo real"
        verbose_name_plural = "ajustes del tiempo real"
        ordering = ["indicador", "periodo"]
        constraints = [models.UniqueConstraint(fields=["indicador", "periodo"], name="ajuste_unico")]

    def __str__(self) -> str:
        return f"{self.indicador.clave} · {self.periodo}: Tr {self.tr}"

    def clean(self) -> None:
        if self.indicador_id:
            self._revisar_periodo(self.indicador)
            if self.indicador.formula != Formula.EFICACIA:
                raise ValidationError({"indicador": "Sólo la eficacia lleva tiempo real."})


class Explicacion(DelPeriodo):
    """Por qué un indicador salió del verde, qué se hará y qué se espera."""

    indicador = models.ForeignKey(Indicador, models.PROTECT, related_name="explicaciones", verbose_name="indicador")
    causa = models.TextField("causa")
    medida = models.TextField("acción", help_text="Qué se hará para corregirlo o aprovecharlo.")
    pronostico = models.TextField("pronóstico", help_text="Qué valor se espera y para cuándo.")
    history = HistoricalRecords(verbose_name="historia de la explicación")

    class Meta:
        verbose_name = "explicación de un indicador"
        verbose_name_plural = "explicaciones de indicadores"
        ordering = ["indicador", "periodo"]
        constraints = [models.UniqueConstraint(fields=["indicador", "periodo"], name="explicacion_unica")]

    def __str__(self) -> str:
        return f"{self.indicador.clave} · {self.periodo}"

    def clean(self) -> None:
        if self.indicador_id:
            self._revisar_periodo(self.indicador)
