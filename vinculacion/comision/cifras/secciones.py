"""Las cifras de la comisión en un informe: las mismas cuentas que su página."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django import forms

from vinculacion.comision.consultas import acuerdos_de, con_lista, lista_de_celebradas, por_anio
from vinculacion.comision.estados import ABIERTOS, EstadoDeAcuerdo, TipoDeSesion
from vinculacion.comision.models import Sesion, Tema
from vinculacion.nucleo.bloques import Bloque, Parrafo, Titulo
from vinculacion.nucleo.secciones import Contexto, cifra, opciones, seccion

from . import consultas, cuadros
from .cuadros import Cuadro

Armar = Callable[[Sequence[Sesion]], Cuadro]


class CifrasParametros(forms.Form):
    tipo = forms.ChoiceField(label="Tipo de sesión", choices=[("", "Todas"), *TipoDeSesion.choices], required=False)
    con_grafica = forms.BooleanField(label="Con gráfica", required=False)


class AsistenciaParametros(CifrasParametros):
    por = forms.ChoiceField(
        label="Un renglón por",
        required=False,
        choices=[("", "Persona, oficina o partido"), ("capacidad", "Capacidad")],
        help_text="Quien ocupó varias capacidades sale una vez, o una por cada una.",
    )
    junto = forms.BooleanField(
        label="Todo el periodo junto", required=False, help_text="Si abarca varios años, sin partirlo por año."
    )


class PuntosPorTemaParametros(CifrasParametros):
    sin_tramite = forms.BooleanField(
        label="Sin los de trámite", required=False, help_text="Orden del día, minutas y asuntos generales."
    )


class AcuerdosParametros(CifrasParametros):
    por = forms.ChoiceField(
        label="Un renglón por", required=False, choices=[("", "Estado"), ("area", "Área responsable")]
    )


def _sesiones(contexto: Contexto, tipo: str = "") -> list[Sesion]:
    return lista_de_celebradas(contexto.comision, contexto.periodo, tipo)


@seccion("comision.asistencia_por_persona", "Asistencia por persona", formulario=AsistenciaParametros)
def asistencia_por_persona(
    contexto: Contexto, tipo: str = "", con_grafica: bool = False, por: str = "", junto: bool = False
) -> list[Bloque]:
    """A cuántas sesiones asistió, faltó o se justificó cada integrante, con su porcentaje."""
    sesiones = _sesiones(contexto, tipo)
    bloques: list[Bloque] = []
    for etiqueta, suyas in [("", sesiones)] if junto else por_anio(sesiones, contexto.periodo):
        cuadro = cuadros.asistencia(suyas, por_capacidad=por == "capacidad")
        if not cuadro.hay:
            continue
        bloques += [Titulo(etiqueta, 3)] if etiqueta else []
        if con_lista(suyas):
            bloques += cuadro.bloques(con_grafica=con_grafica)
        else:
            bloques.append(Parrafo("Todavía no se anota la asistencia a las sesiones celebradas."))
    return bloques


@seccion("comision.sesiones_por_tipo", "Sesiones por tipo", formulario=CifrasParametros)
def sesiones_por_tipo(contexto: Contexto, tipo: str = "", con_grafica: bool = False) -> list[Bloque]:
    """Cuántas sesiones hubo de cada tipo, por año y en total."""
    return cuadros.sesiones_por_tipo(_sesiones(contexto, tipo)).bloques(con_grafica=con_grafica)


@seccion("comision.puntos_por_tema", "Puntos por tema", formulario=PuntosPorTemaParametros)
def puntos_por_tema(
    contexto: Contexto, tipo: str = "", con_grafica: bool = False, sin_tramite: bool = False
) -> list[Bloque]:
    """Cuántos puntos del orden del día se vieron de cada tema."""
    cuadro = cuadros.puntos_por_tema(_sesiones(contexto, tipo), con_tramite=not sin_tramite)
    return cuadro.bloques(con_grafica=con_grafica)


@seccion("comision.acuerdos_por_estado", "Acuerdos por estado", formulario=AcuerdosParametros)
def acuerdos_por_estado(contexto: Contexto, tipo: str = "", con_grafica: bool = False, por: str = "") -> list[Bloque]:
    """Cuántos acuerdos hay en cada estado, o en cada área responsable."""
    armar: Armar = cuadros.acuerdos_por_area if por == "area" else cuadros.acuerdos_por_estado
    return armar(_sesiones(contexto, tipo)).bloques(con_grafica=con_grafica)


# -- cifras vivas --------------------------------------------------------------


@opciones("comision", "tipo")
def tipos() -> list[tuple[str, str]]:
    return [(valor, str(nombre)) for valor, nombre in TipoDeSesion.choices]


@opciones("comision", "tema")
def temas() -> list[tuple[str, str]]:
    return [(nombre, nombre) for nombre in Tema.objects.values_list("nombre", flat=True)]


@cifra("comision.fechas_de_sesiones", "Fechas de las sesiones del periodo", parametros=("tipo",), tipo="fechas")
def fechas_de_sesiones(contexto: Contexto, tipo: str = "") -> list[date]:
    return [s.fecha for s in _sesiones(contexto, _valido(tipo))]


@cifra("comision.folios_de_acuerdos", "Folios de los acuerdos del periodo", parametros=("tipo",), tipo="lista")
def folios_de_acuerdos(contexto: Contexto, tipo: str = "") -> list[str]:
    return [a.folio for a in acuerdos_de(_sesiones(contexto, _valido(tipo)))]


@cifra(
    "comision.puntos_por_tema",
    "Puntos de un tema en el periodo",
    singular="punto",
    plural="puntos",
    parametros=("tema", "tipo"),
)
def cuantos_puntos_del_tema(contexto: Contexto, tema: str = "", tipo: str = "") -> int:
    if not Tema.objects.filter(nombre=tema).exists():
        raise ValueError(f"no existe el tema «{tema}»" if tema else "falta decir de qué tema")
    cruce = consultas.puntos_por_tema(_sesiones(contexto, _valido(tipo)))
    return sum(cruce.de_fila(t) for t in cruce.filas if t and t.nombre == tema)


@cifra(
    "comision.acuerdos_cumplidos",
    "Acuerdos del periodo ya cumplidos",
    singular="acuerdo",
    plural="acuerdos",
    parametros=("tipo",),
)
def cuantos_acuerdos_cumplidos(contexto: Contexto, tipo: str = "") -> int:
    return consultas.cuantos_acuerdos(_sesiones(contexto, _valido(tipo)), [EstadoDeAcuerdo.CUMPLIDO])


@cifra(
    "comision.acuerdos_abiertos",
    "Acuerdos del periodo pendientes o en proceso",
    singular="acuerdo",
    plural="acuerdos",
    parametros=("tipo",),
)
def cuantos_acuerdos_abiertos(contexto: Contexto, tipo: str = "") -> int:
    return consultas.cuantos_acuerdos(_sesiones(contexto, _valido(tipo)), ABIERTOS)


@cifra(
    "comision.porcentaje_de_asistencia",
    "Porcentaje de asistencia de quienes tienen voto",
    parametros=("tipo",),
)
def porcentaje_de_asistencia(contexto: Contexto, tipo: str = "") -> Decimal:
    hallado = consultas.porcentaje_de_asistencia(_sesiones(contexto, _valido(tipo)))
    if hallado is None:
        raise ValueError("en el periodo no hay asistencia anotada")
    return hallado


def _valido(tipo: str) -> str:
    if tipo and tipo not in TipoDeSesion.values:
        raise ValueError(f"no hay sesiones de tipo «{tipo}»; sólo {', '.join(TipoDeSesion.values)}")
    return tipo
