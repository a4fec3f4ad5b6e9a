import django_filters as filtros
from django.contrib.auth import get_user_model

from vinculacion.directorio.models import Area

from ..models import Convenio


class TableroFiltro(filtros.FilterSet):
    """Con los mismos nombres que los de la lista: de una a otra se llega con los mismos filtros."""

    areas = filtros.ModelChoiceFilter(
        label="Área responsable", queryset=Area.objects.filter(convenios__isnull=False).distinct()
    )
    responsable = filtros.ModelChoiceFilter(
        label="Quien lo lleva", queryset=get_user_model().objects.filter(convenios__isnull=False).distinct()
    )

    class Meta:
        model = Convenio
        fields = ["areas", "tipo", "ambito", "gestion", "responsable"]
