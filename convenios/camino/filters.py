import django_filters as filtros
from django.contrib.auth import get_user_model

from vinculacion.directorio.models import Area

from ..filters import SoloLoVisible
from ..models import Convenio


class TableroFiltro(SoloLoVisible, filtros.FilterSet):
    """Con los mismos nombres que los de la lista: de una a otra se llega con los mismos filtros."""

    areas = filtros.ModelChoiceFilter(label="Área responsable", queryset=Area.objects.all())
    responsable = filtros.ModelChoiceFilter(label="Quien lo lleva", queryset=get_user_model()._default_manager.all())

    class Meta:
        model = Convenio
        fields = ["areas", "tipo", "ambito", "gestion", "responsable"]
