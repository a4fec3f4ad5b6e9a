import django_filters as filtros

from programas.estados import Involucra
from programas.models import Alternativa, Involucramiento
from programas.planes.filters import PROGRAMAS

from . import consultas

UNO_A_CINCO = [(str(n), str(n)) for n in range(1, 6)]


class InvolucramientoFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(queryset=PROGRAMAS, label="programa")
    grupo = filtros.ChoiceFilter(
        label="grupo", choices=[(c, t) for c, (t, _) in consultas.GRUPOS.items()], method="del_grupo"
    )
    banda = filtros.ChoiceFilter(label="involucramiento", choices=Involucra.choices, method="de_la_banda")
    interes = filtros.ChoiceFilter(label="interés", choices=UNO_A_CINCO)
    fuerza = filtros.ChoiceFilter(label="fuerza", choices=UNO_A_CINCO)

    class Meta:
        model = Involucramiento
        fields = ("programa", "grupo", "banda", "interes", "fuerza")

    def del_grupo(self, consulta, _nombre, valor):
        if valor == consultas.AREAS:
            return consulta.filter(area__isnull=False)
        return consulta.filter(organismo__ambito=consultas.GRUPOS[valor][1])

    def de_la_banda(self, consulta, _nombre, valor):
        return consulta.filter(producto__in=consultas.PRODUCTOS[Involucra(valor)])


class AlternativaFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(queryset=PROGRAMAS, label="programa")

    class Meta:
        model = Alternativa
        fields = ("programa", "elegida")
