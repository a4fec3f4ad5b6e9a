"""Informes y plantillas con lo que sus páginas enseñan."""

from django.db.models import Count, QuerySet

from .models import Informe, Plantilla


def informes() -> QuerySet[Informe]:
    return Informe.objects.select_related("comision", "plantilla", "punto__sesion", "acuerdo__sesion")


def plantillas() -> QuerySet[Plantilla]:
    return Plantilla.objects.annotate(cuantos_apartados=Count("apartados", distinct=True))
