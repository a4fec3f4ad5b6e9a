"""La sección «seguimiento de acuerdos» de un informe."""

from django import forms

from vinculacion.comision.models import Comision
from vinculacion.nucleo.bloques import Bloque
from vinculacion.nucleo.secciones import Contexto, seccion

from . import consultas
from .documentos import bloques_seguimiento


class SeguimientoParametros(forms.Form):
    cuales = forms.ChoiceField(
        label="Acuerdos",
        required=False,
        choices=[("", "Abiertos al terminar el periodo"), ("todos", "También los terminados en el periodo")],
    )
    agrupar = forms.ChoiceField(
        label="Agrupar",
        required=False,
        choices=[("", "En una sola tabla"), ("estado", "Por estado"), ("sesion", "Por sesión")],
    )


@seccion("comision.seguimiento_de_acuerdos", "Seguimiento de acuerdos", formulario=SeguimientoParametros)
def seguimiento_de_acuerdos(contexto: Contexto, cuales: str = "", agrupar: str = "") -> list[Bloque]:
    """Cada acuerdo con su responsable, su plazo y cómo va."""
    if not isinstance(contexto.comision, Comision):
        return []
    situaciones = consultas.acuerdos_del_periodo(contexto.comision, contexto.periodo, todos=cuales == "todos")
    return bloques_seguimiento(situaciones, agrupar)
