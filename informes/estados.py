"""Estados de un informe y formas de numerar sus apartados."""

from django.db.models import TextChoices


class EstadoDeInforme(TextChoices):
    BORRADOR = "borrador", "Borrador"
    REVISION = "revision", "En revisión"
    PRESENTADO = "presentado", "Presentado"
    APROBADO = "aprobado", "Aprobado"


class Numeracion(TextChoices):
    NINGUNA = "ninguna", "Sin número"
    ROMANO = "romano", "I, II, III"
    ARABIGO = "arabigo", "1, 2, 3"
    MAYUSCULA = "mayuscula", "A), B), C)"
    MINUSCULA = "minuscula", "a), b), c)"
