"""Informes y plantillas con lo que sus páginas enseñan."""

from django.db.models import Count, QuerySet

from .models import Informe, Plantilla, UsoDeSeccion


def informes() -> QuerySet[Informe]:
    return Informe.objects.select_related("comision", "plantilla", "punto__sesion", "acuerdo__sesion")


def ultimo_cambio(uso: UsoDeSeccion) -> str:
    """Lo que distingue una versión de la sección de la siguiente; vacío si es nueva."""
    if uso.pk is None:
        return ""
    return str(uso.history.order_by("-history_id").values_list("history_id", flat=True).first() or "")


def plantillas() -> QuerySet[Plantilla]:
    return Plantilla.objects.annotate(cuantos_apartados=Count("apartados", distinct=True))
