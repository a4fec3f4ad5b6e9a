"""Lo que los envíos a la comunidad migrante cuentan a un informe."""

from django import forms

from vinculacion.nucleo.bloques import Bloque, Columna, Tabla
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from . import consultas
from .models import Envio


class EnviosParametros(forms.Form):
    clase = forms.ChoiceField(label="Clase", required=False, choices=[("", "Todas"), *Envio.Clase.choices])


@seccion("migrantes.envios", "Envíos a la comunidad migrante", formulario=EnviosParametros)
def envios(contexto: Contexto, clase: str = "") -> list[Bloque]:
    """Los boletines, invitaciones y avisos que se enviaron, con su fecha."""
    enviados = list(consultas.envios_en(contexto.periodo, clase))
    if not enviados:
        return []
    return [
        Tabla(
            columnas=(
                Columna("Fecha de envío", "fecha"),
                Columna("Información", "texto"),
                Columna("Clase", "texto"),
            ),
            filas=tuple((e.fecha, e.asunto, e.get_clase_display()) for e in enviados),
            combinar=(0,),
            enlaces=tuple(e.get_absolute_url() for e in enviados),
        )
    ]


@cifra(
    "migrantes.envios",
    "Envíos a la comunidad migrante en el periodo",
    singular="envío",
    plural="envíos",
    parametros=("clase",),
)
def cuantos(contexto: Contexto, clase: str = "") -> int:
    return consultas.envios_en(contexto.periodo, clase).count()
