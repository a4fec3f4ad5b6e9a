"""Las votaciones de la comisión en un informe."""

from django import forms

from vinculacion.nucleo.bloques import Bloque, Columna, Tabla
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from ..consultas import lista_de_celebradas, puntos_de
from ..estados import TipoDeSesion
from ..models import Punto
from . import consultas

COLUMNAS = (
    Columna("Sesión", "centro", 12),
    Columna("Punto", ancho=44),
    Columna("Resultado", ancho=17),
    Columna("A favor", "numero", 9),
    Columna("En contra", "numero", 9),
    Columna("Abstención", "numero", 9),
)


class VotacionesParametros(forms.Form):
    tipo = forms.ChoiceField(label="Tipo de sesión", choices=[("", "Todas"), *TipoDeSesion.choices], required=False)
    sin_tramite = forms.BooleanField(
        label="Sin los de trámite", required=False, help_text="Orden del día, minutas y asuntos generales."
    )


def _votados(contexto: Contexto, tipo: str, sin_tramite: bool) -> list[tuple[Punto, consultas.Votacion]]:
    sesiones = lista_de_celebradas(contexto.comision, contexto.periodo, tipo)
    puntos = list(puntos_de(sesiones, con_tramite=not sin_tramite))
    cuentas = consultas.votaciones(puntos)
    return [(p, cuentas[p.pk]) for p in puntos if p.pk in cuentas]


@seccion("comision.votaciones", "Votaciones de la comisión", formulario=VotacionesParametros)
def votaciones(contexto: Contexto, tipo: str = "", sin_tramite: bool = False) -> list[Bloque]:
    """Sólo los puntos en que se anotaron votos."""
    votados = _votados(contexto, tipo, sin_tramite)
    con_anio = len(contexto.periodo.anios()) > 1
    filas = tuple(
        (
            p.sesion.clave if con_anio else p.sesion.codigo,
            p.titulo,
            p.get_resolucion_display() or "Empate",
            v.favor,
            v.contra,
            v.abstencion,
        )
        for p, v in votados
    )
    if not filas:
        return []
    enlaces = tuple(p.get_absolute_url() for p, _ in votados)
    return [Tabla(COLUMNAS, filas, combinar=(0,), enlaces=enlaces)]


@cifra(
    "comision.votaciones",
    "Votaciones del periodo",
    genero="f",
    singular="votación",
    plural="votaciones",
    parametros=("tipo",),
)
def cuantas_votaciones(contexto: Contexto, tipo: str = "") -> int:
    if tipo and tipo not in TipoDeSesion.values:
        raise ValueError(f"no hay sesiones de tipo «{tipo}»")
    return len(_votados(contexto, tipo, False))
