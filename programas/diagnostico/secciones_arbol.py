"""Los árboles del marco lógico en un informe."""

from django import forms

from programas.claves import ProgramaPorClave
from programas.estados import Arbol
from programas.models import Programa
from vinculacion.nucleo.bloques import Bloque, Grafica
from vinculacion.nucleo.secciones import Contexto, seccion

from .dibujo import svg_del_arbol


class ArbolParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")
    cual = forms.ChoiceField(label="árbol", choices=Arbol.choices)


def bloques_arbol(programa: Programa, cual: str) -> list[Bloque]:
    """Un dibujo por cada problema u objetivo central; nada si el árbol está vacío."""
    return [Grafica(d.titulo, d.descripcion, d.svg) for d in svg_del_arbol(programa, cual)]


@seccion("programas.arbol", "Árbol de problemas o de objetivos", ArbolParametros)
def seccion_arbol(contexto: Contexto, programa: Programa, cual: str) -> list[Bloque]:
    """El dibujo del árbol, de las causas a los efectos o de los medios a los fines."""
    return bloques_arbol(programa, cual)
