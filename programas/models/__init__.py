"""Los planes, su diagnóstico, sus indicadores, sus riesgos y la bitácora."""

from .bitacora import Actividad, CifraExtra, TipoActividad, ValidadorDeCodigos, codigos_validos, validar_fechas
from .diagnostico import Alternativa, Involucramiento, Nodo, banda
from .mir import (
    AjusteDeTiempo,
    DatoDeVariable,
    Explicacion,
    Indicador,
    Supuesto,
    Variable,
)
from .planes import (
    META_MAXIMA,
    Accion,
    Candado,
    Eje,
    Meta,
    Programa,
    Reprogramacion,
    TextoDePrograma,
    validar_meses,
)
from .riesgos import Riesgo, SeguimientoDeRiesgo, Tratamiento
from .sumas import SumaDiaria

__all__ = [
    "META_MAXIMA",
    "Accion",
    "Actividad",
    "AjusteDeTiempo",
    "Alternativa",
    "Candado",
    "CifraExtra",
    "DatoDeVariable",
    "Eje",
    "Explicacion",
    "Indicador",
    "Involucramiento",
    "Meta",
    "Nodo",
    "Programa",
    "Reprogramacion",
    "Riesgo",
    "SeguimientoDeRiesgo",
    "SumaDiaria",
    "Supuesto",
    "TextoDePrograma",
    "TipoActividad",
    "Tratamiento",
    "ValidadorDeCodigos",
    "Variable",
    "banda",
    "codigos_validos",
    "validar_fechas",
    "validar_meses",
]
