"""Los apartados y sus secciones, cada uno con su documento y su lugar escritos."""

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, LPad

from ..arbol import NIVEL_MAXIMO
from ..models import Apartado, UsoDeSeccion

CIFRAS_DE_UN_LUGAR = 5
TEXTO = CharField()


def _cifras(orden: str) -> LPad:
    return LPad(Cast(F(orden) + 1, TEXTO), CIFRAS_DE_UN_LUGAR, Value("0"))


def _con_lugar(consulta: QuerySet, hasta: str = "") -> QuerySet:
    """Anota ``documento_escrito`` («informe:clave») y ``ruta``: el lugar entre los hermanos de cada nivel.

    La ruta lleva ceros («00001.00010») para que su orden de texto sea el del árbol.
    """
    de_arriba = [
        Case(
            When(
                **{f"{hasta}{'padre__' * n}isnull": False},
                then=Concat(_cifras(f"{hasta}{'padre__' * n}orden"), Value(".")),
            ),
            default=Value(""),
            output_field=TEXTO,
        )
        for n in range(NIVEL_MAXIMO - 1, 0, -1)
    ]
    return consulta.annotate(
        documento_escrito=Case(
            When(
                **{f"{hasta}plantilla__isnull": False}, then=Concat(Value("plantilla:"), F(f"{hasta}plantilla__clave"))
            ),
            default=Concat(Value("informe:"), F(f"{hasta}informe__clave")),
            output_field=TEXTO,
        ),
        ruta=Concat(*de_arriba, _cifras(f"{hasta}orden"), output_field=TEXTO),
    )


def apartados() -> QuerySet[Apartado]:
    consulta = Apartado.objects.select_related("plantilla", "informe", "accion__eje__programa")
    return _con_lugar(consulta).order_by("documento_escrito", "ruta")


def usos() -> QuerySet[UsoDeSeccion]:
    consulta = UsoDeSeccion.objects.select_related("apartado__plantilla", "apartado__informe")
    return (
        _con_lugar(consulta, "apartado__")
        .annotate(numero=F("orden") + 1)
        .order_by("documento_escrito", "ruta", "orden", "pk")
    )
