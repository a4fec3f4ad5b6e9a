"""Personas usuarias."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from vinculacion.directorio.models import Area


class Usuario(AbstractUser):
    """Quien entra al sistema; su papel es el grupo al que pertenece."""

    # Sin arroba: lo que la lleva se entiende como correo al entrar.
    username = models.CharField(
        "nombre de usuario",
        max_length=150,
        unique=True,
        help_text="Letras, números y . _ -",
        validators=[RegexValidator(r"^[\w.\-]+\Z", "Use sólo letras, números, punto, guion y guion bajo.")],
        error_messages={"unique": "Ya hay una persona con ese nombre de usuario."},
    )
    email = models.EmailField(
        "correo electrónico", unique=True, error_messages={"unique": "Ya hay una persona con ese correo."}
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="personas",
        verbose_name="área",
        help_text="Obligatoria para el papel Área: sólo verá lo que le toca.",
    )
    cargo = models.CharField("cargo", max_length=150, blank=True)
    version = models.PositiveIntegerField("versión", default=0, editable=False)
    history = HistoricalRecords(verbose_name="historia de la persona", excluded_fields=["password", "last_login"])
    _history_user: Any  # sin valor: con uno, simple_history no tomaría a la persona de la petición

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="correo_unico", violation_error_message="Ya hay una persona con ese correo."
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="usuario_unico",
                violation_error_message="Ya hay una persona con ese nombre de usuario.",
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        self.email = self.email.lower()  # se busca en minúsculas al entrar y al recuperar la contraseña
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_absolute_url(self) -> str:
        return reverse("cuentas:usuario_detalle", args=[self.pk])

    @property
    def papeles(self) -> list[str]:
        return [grupo.name for grupo in self.groups.all()]

    @property
    def grupos_escritos(self) -> str:
        return ", ".join(self.papeles)
