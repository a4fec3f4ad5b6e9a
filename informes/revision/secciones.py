"""Lo que la revisión cuenta a su propio informe."""

from django import forms

from vinculacion.nucleo.bloques import Bloque
from vinculacion.nucleo.formularios import Formulario
from vinculacion.nucleo.secciones import Contexto, seccion

from ..estados import EstadoDeObservacion
from . import consultas, documentos


class ObservacionesForm(Formulario):
    estados = forms.MultipleChoiceField(
        choices=EstadoDeObservacion.choices,
        required=False,
        label="sólo las que están",
        help_text="Sin elegir, todas menos las retiradas.",
    )
    agrupar = forms.ChoiceField(choices=list(documentos.AGRUPAR.items()), required=False, label="cómo se reparten")


@seccion("informes.observaciones", "Observaciones al informe y sus respuestas", ObservacionesForm)
def observaciones(contexto: Contexto, estados=(), agrupar: str = "") -> list[Bloque]:
    """Lo que observó cada oficina y lo que se le respondió."""
    if contexto.informe is None:
        return []
    return documentos.bloques(consultas.en_orden(contexto.informe, estados), agrupar, "Observaciones y respuestas")
