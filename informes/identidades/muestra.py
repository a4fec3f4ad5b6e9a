"""Un documento de dos hojas para ver cómo queda una identidad antes de usarla."""

from vinculacion.nucleo.bloques import Cifra, Columna, Lista, Parrafo, SinActividades, Tabla
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

from ..models import Identidad
from .consultas import membrete

_TABLA = Tabla(
    (Columna("Renglón"), Columna("Primer trimestre", "numero"), Columna("Segundo trimestre", "numero")),
    (("Ejemplo de un renglón", 12, 18), ("Otro renglón de ejemplo", 7, 5)),
    titulo="Una tabla de ejemplo",
    totales=("Total", 19, 23),
    notas=("Las cifras no son de ningún informe.",),
)


def documento(identidad: Identidad) -> Documento:
    portada = Portada(
        "Muestra de la identidad gráfica",
        institucion=identidad.institucion,
        unidad="Nombre de la unidad que informa",
        organo="Nombre de la comisión",
        periodo="Enero a marzo",
        estado="Muestra",
    )
    bloques = (
        Parrafo("Un párrafo con **negritas** y con una nota[^1].\n\n[^1]: Así se ve una nota al pie.", "markdown"),
        Cifra("cifras", 19, "en el primer trimestre"),
        Cifra("cifras", 23, "en el segundo"),
        _TABLA,
        Lista(("Un elemento de lista", "Otro elemento")),
        SinActividades("No se reportan actividades en el periodo."),
    )
    raices = (
        ApartadoArmado("I", "Primer apartado", 1, bloques, ancla="primero"),
        ApartadoArmado("II", "Segundo apartado", 1, (Parrafo("Otro párrafo."),), ancla="segundo"),
    )
    return Documento(
        f"muestra-{identidad.pk}", portada, raices, autor=identidad.institucion, membrete=membrete(identidad)
    )
