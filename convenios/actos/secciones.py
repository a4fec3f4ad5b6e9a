"""Los actos protocolarios en un informe: su tabla y su cifra."""

from django import forms

from vinculacion.comision.estados import Modalidad
from vinculacion.nucleo.bloques import Bloque, Columna, Tabla
from vinculacion.nucleo.secciones import Contexto, cifra, seccion
from vinculacion.nucleo.texto import llano

from ..estados import Ambito
from ..models import ActoProtocolario
from . import consultas


class ActosParametros(forms.Form):
    ambito = forms.ChoiceField(label="Ámbito", required=False, choices=[("", "Todos"), *Ambito.choices])


def acto_e_instrumentos(acto: ActoProtocolario, ambito: str = "") -> str:
    """El acto y, en renglones aparte, los instrumentos que su título no dice ya."""
    dicho = llano(acto.titulo)
    instrumentos = [c.titulo for c in acto.convenios.all() if ambito in ("", c.ambito) and llano(c.titulo) not in dicho]
    return "\n".join([acto.titulo, *instrumentos])


@seccion("convenios.actos", "Actos protocolarios celebrados en el periodo", formulario=ActosParametros)
def actos(contexto: Contexto, ambito: str = "") -> list[Bloque]:
    """Cada acto con su fecha, los instrumentos que se firmaron, su modalidad y su lugar."""
    celebrados = list(consultas.celebrados(contexto.periodo, ambito).prefetch_related("convenios"))
    if not celebrados:
        return []
    columnas = (
        Columna("No.", "centro"),
        Columna("Fecha", "fecha"),
        Columna("Acto e instrumentos", "texto"),
        Columna("Modalidad", "texto"),
        Columna("Lugar", "texto"),
    )
    filas = tuple(
        (n, a.fecha, acto_e_instrumentos(a, ambito), Modalidad(a.modalidad).label, a.lugar)
        for n, a in enumerate(celebrados, start=1)
    )
    return [Tabla(columnas, filas, enlaces=tuple(a.get_absolute_url() for a in celebrados))]


@cifra(
    "convenios.actos",
    "Actos protocolarios celebrados en el periodo",
    parametros=("ambito",),
    genero="m",
    singular="acto protocolario",
    plural="actos protocolarios",
)
def cuantos_actos(contexto: Contexto, ambito: str = "") -> int:
    return consultas.celebrados(contexto.periodo, ambito).count()
