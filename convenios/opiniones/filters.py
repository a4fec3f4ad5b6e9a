"""Filtros de la lista de opiniones; cada quien elige entre lo que puede ver."""

import django_filters as filtros

from vinculacion.directorio.models import Area

from ..consultas import convenios_visibles
from ..models import Convenio, Opinion
from .consultas import opiniones_visibles


def _anios():
    anios = Opinion.objects.exclude(anio=None).order_by("-anio").values_list("anio", flat=True).distinct()
    return [(a, str(a)) for a in anios]


def _areas(request):
    propias = opiniones_visibles(request.user).order_by().values("pk")
    return Area.objects.filter(opiniones__in=propias).distinct()


def _instrumentos(request):
    """Con opinión, de los que puede ver."""
    visibles = convenios_visibles(request.user).order_by().values("pk")
    return Convenio.objects.filter(pk__in=visibles, opiniones__isnull=False).distinct().order_by("titulo")


class OpinionFiltro(filtros.FilterSet):
    anio = filtros.ChoiceFilter(field_name="anio", label="Año", choices=_anios)
    areas = filtros.ModelChoiceFilter(label="Área responsable", queryset=_areas)
    convenio = filtros.ModelChoiceFilter(label="Instrumento", queryset=_instrumentos)
    desde = filtros.DateFilter(field_name="fecha", lookup_expr="gte", label="Emitida desde")
    hasta = filtros.DateFilter(field_name="fecha", lookup_expr="lte", label="Emitida hasta")

    class Meta:
        model = Opinion
        fields = ["anio", "sentido", "estado", "areas", "convenio", "desde", "hasta"]
