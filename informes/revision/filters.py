import django_filters as filtros

from vinculacion.directorio.models import Area

from .. import arbol
from ..models import Apartado, Observacion


class ObservacionFiltro(filtros.FilterSet):
    """De un informe: sólo ofrece sus apartados y las oficinas que observaron."""

    apartado = filtros.ModelChoiceFilter(queryset=Apartado.objects.none(), label="Apartado")
    oficina = filtros.ModelChoiceFilter(queryset=Area.objects.none(), label="Oficina")

    class Meta:
        model = Observacion
        fields = ("estado", "apartado", "oficina")

    def __init__(self, *args, informe=None, **kwargs):
        super().__init__(*args, **kwargs)
        if informe is None:
            return
        self.filters["apartado"].queryset = informe.apartados.all()
        self.filters["oficina"].queryset = Area.objects.filter(observaciones__informe=informe).distinct()
        rotulos = {n.apartado.pk: n.rotulo for n in arbol.en_orden(informe)}
        self.form.fields["apartado"].label_from_instance = lambda a: rotulos.get(a.pk, a.titulo)
