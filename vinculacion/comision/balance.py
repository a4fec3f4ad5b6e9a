"""Las cifras de la comisión en el balance de un informe."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.renglones import Propuesta, balance
from vinculacion.nucleo.secciones import Contexto

RUBRO = "Comisión"
CIFRAS = (
    ("comision.sesiones", "sesión celebrada,sesiones celebradas", "comision:sesion_lista"),
    ("comision.puntos", "punto desahogado,puntos desahogados", "comision:sesion_lista"),
    ("comision.acuerdos", "acuerdo tomado,acuerdos tomados", "comision:acuerdo_lista"),
)


@balance
def de_la_comision(contexto: Contexto) -> Iterator[Propuesta]:
    for cifra, sustantivo, vista in CIFRAS:
        yield Propuesta(
            clave=cifra,
            rubro=RUBRO,
            texto=f'{{{{ {cifra} | cuenta:"{sustantivo}" }}}}',
            url=reverse(vista),
            fuente="comision.sesiones",
        )
