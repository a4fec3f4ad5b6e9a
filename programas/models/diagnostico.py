"""El diagnóstico del marco lógico: quién participa, los árboles y las alternativas."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programas.estados import Arbol, Involucra, RolDeNodo
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.modelos import Registro

from .planes import Accion, Programa

UNO_A_CINCO = [MinValueValidator(1), MaxValueValidator(5)]
CLAVE_CORTA = RegexValidator(r"^[A-Z]+[0-9]+(\.[0-9]+)*$", "Letras mayúsculas y números: P1, C1.2.")
# De quién puede colgar cada nodo; el central no cuelga de nadie.
PADRES: dict[str, tuple[str, ...]] = {
    RolDeNodo.PROBLEMA: (),
    RolDeNodo.CAUSA: (RolDeNodo.PROBLEMA, RolDeNodo.CAUSA),
    RolDeNodo.EFECTO: (RolDeNodo.PROBLEMA, RolDeNodo.EFECTO),
    RolDeNodo.OBJETIVO: (),
    RolDeNodo.MEDIO: (RolDeNodo.OBJETIVO, RolDeNodo.MEDIO),
    RolDeNodo.FIN: (RolDeNodo.OBJETIVO, RolDeNodo.FIN),
}
DE_PROBLEMAS = (RolDeNodo.PROBLEMA, RolDeNodo.CAUSA, RolDeNodo.EFECTO)


def banda(valor: int) -> Involucra:
    """Bajo de 1 a 10, medio de 11 a 19, alto de 20 a 25 (documento 000, anexo)."""
    if valor >= 20:
        return Involucra.ALTO
    return Involucra.MEDIO if valor >= 11 else Involucra.BAJO


class Involucramiento(Registro):
    """Un área o un organismo ante un programa: interés 1–5 × fuerza 1–5, el producto nunca se escribe."""

    VARIOS = "involucramientos"  # la lista se llama «población involucrada», que no se cuenta

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="involucrados", verbose_name="programa")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="involucramientos", verbose_name="área"
    )
    organismo = models.ForeignKey(
        Organismo, models.PROTECT, null=True, blank=True, related_name="involucramientos", verbose_name="organismo"
    )
    interes = models.PositiveSmallIntegerField("interés", validators=UNO_A_CINCO, help_text="De 1, mínimo, a 5.")
    fuerza = models.PositiveSmallIntegerField("fuerza", validators=UNO_A_CINCO, help_text="De 1, mínima, a 5.")
    papel = models.TextField("papel en el programa", blank=True, help_text="Qué le interesa y cómo puede participar.")
    history = HistoricalRecords(verbose_name="historia del involucramiento")

    class Meta:
        verbose_name = "involucramiento"
        verbose_name_plural = "población involucrada"
        ordering = ["programa", "pk"]
        constraints = [
            models.CheckConstraint(
                name="involucramiento_de_area_o_de_organismo",
                condition=models.Q(area__isnull=True, organismo__isnull=False)
                | models.Q(area__isnull=False, organismo__isnull=True),
                violation_error_message="Elija un área o un organismo: uno de los dos.",
            ),
            models.UniqueConstraint(
                fields=["programa", "area"],
                name="involucramiento_unico_por_area",
                violation_error_message="Esa área ya está en el programa.",
            ),
            models.UniqueConstraint(
                fields=["programa", "organismo"],
                name="involucramiento_unico_por_organismo",
                violation_error_message="Ese organismo ya está en el programa.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quien}, en {self.programa.clave}"

    def get_absolute_url(self) -> str:
        return reverse("programas:involucramiento_detalle", args=[self.pk])

    @property
    def quien(self) -> Area | Organismo:
        return self.area or self.organismo  # type: ignore[return-value]

    @property
    def valor(self) -> int:
        return self.interes * self.fuerza

    @property
    def banda(self) -> Involucra:
        return banda(self.valor)


class Nodo(Registro):
    """Una caja del árbol de problemas o del de objetivos; el rol dice de cuál y en qué lado."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="nodos", verbose_name="programa")
    clave = models.CharField("clave", max_length=12, validators=[CLAVE_CORTA], help_text="Corta: P1, C1, E1.2.")
    rol = models.CharField("rol", max_length=10, choices=RolDeNodo.choices)
    padre = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="hijos", verbose_name="cuelga de"
    )
    orden = models.PositiveSmallIntegerField("orden", default=1, help_text="Entre los que cuelgan del mismo.")
    texto = models.CharField("texto", max_length=300)
    contraparte = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contrapartes",
        verbose_name="contraparte",
        help_text="En el árbol de objetivos, la causa, el efecto o el problema al que responde.",
    )
    history = HistoricalRecords(verbose_name="historia del nodo")

    class Meta:
        verbose_name = "nodo del árbol"
        verbose_name_plural = "nodos de los árboles"
        ordering = ["programa", "orden", "clave"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "clave"],
                name="nodo_unico",
                violation_error_message="Ya hay un nodo con esa clave en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.texto}"

    def get_absolute_url(self) -> str:
        return reverse("programas:arbol", args=[self.programa_id, self.arbol])

    @property
    def arbol(self) -> str:
        return Arbol.PROBLEMAS if self.rol in DE_PROBLEMAS else Arbol.OBJETIVOS

    def clean(self) -> None:
        if not self.rol:
            return
        errores = {}
        permitidos = PADRES[self.rol]
        rol = RolDeNodo(self.rol).label.lower()
        if self.padre is None:
            if permitidos:
                nombres = " o de ".join(f"un {RolDeNodo(r).label.lower()}" for r in permitidos)
                errores["padre"] = f"Diga de qué cuelga: de {nombres}.".replace("un causa", "una causa")
        elif self.padre.programa_id != self.programa_id:
            errores["padre"] = "Es de otro programa."
        elif self.padre.rol not in permitidos:
            errores["padre"] = f"«{self.padre}» no puede sostener: {rol}."
        elif self.pk and self._cuelga_de_si_mismo():
            errores["padre"] = "No puede colgar de sí mismo ni de lo que cuelga de él."
        if self.contraparte_id:
            if self.contraparte.programa_id != self.programa_id:
                errores["contraparte"] = "Es de otro programa."
            elif self.arbol != Arbol.OBJETIVOS or self.contraparte.arbol != Arbol.PROBLEMAS:
                errores["contraparte"] = "La contraparte va de un objetivo, medio o fin a un problema, causa o efecto."
        if errores:
            raise ValidationError(errores)

    def _cuelga_de_si_mismo(self) -> bool:
        visto = self.padre
        while visto is not None:
            if visto.pk == self.pk:
                return True
            visto = visto.padre
        return False


class Alternativa(Registro):
    """Una acción posible para alcanzar un medio, con lo que aporta y si se eligió."""

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="alternativas", verbose_name="programa")
    numero = models.PositiveSmallIntegerField("número", validators=[MinValueValidator(1), MaxValueValidator(999)])
    medio = models.ForeignKey(
        Nodo, models.PROTECT, related_name="alternativas", verbose_name="medio", help_text="Del árbol de objetivos."
    )
    nombre = models.CharField("alternativa", max_length=300)
    incidencia = models.PositiveSmallIntegerField(
        "incidencia", null=True, blank=True, validators=UNO_A_CINCO, help_text="Cuánto resuelve, de 1 a 5."
    )
    viabilidad = models.PositiveSmallIntegerField(
        "viabilidad", null=True, blank=True, validators=UNO_A_CINCO, help_text="Qué tan posible es, de 1 a 5."
    )
    elegida = models.BooleanField("elegida", default=False)
    razon = models.CharField("por qué se eligió o se descartó", max_length=500, blank=True)
    accion = models.ForeignKey(
        Accion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alternativas",
        verbose_name="acción que la lleva a cabo",
    )
    history = HistoricalRecords(verbose_name="historia de la alternativa")

    class Meta:
        verbose_name = "alternativa"
        verbose_name_plural = "alternativas"
        ordering = ["programa", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "numero"],
                name="alternativa_unica",
                violation_error_message="Ya hay una alternativa con ese número en el programa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.nombre}"

    def get_absolute_url(self) -> str:
        return reverse("programas:alternativa_detalle", args=[self.pk])

    @property
    def valor(self) -> int | None:
        """Incidencia × viabilidad, de 1 a 25; ``None`` si falta alguna."""
        return self.incidencia * self.viabilidad if self.incidencia and self.viabilidad else None

    def clean(self) -> None:
        errores = {}
        if self.medio_id and self.programa_id and self.medio.programa_id != self.programa_id:
            errores["medio"] = "Es de otro programa."
        elif self.medio_id and self.medio.rol != RolDeNodo.MEDIO:
            errores["medio"] = "Debe ser un medio del árbol de objetivos."
        if self.accion_id and self.programa_id and self.accion.eje.programa_id != self.programa_id:
            errores["accion"] = "La acción es de otro programa."
        if errores:
            raise ValidationError(errores)
