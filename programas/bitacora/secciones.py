"""Lo que la bitácora dice por año, y más cifras vivas: fechas, nombres y países."""

from collections.abc import Callable
from datetime import date

from django import forms

from programas import consultas
from programas.claves import una_accion
from programas.models import Accion, Actividad
from programas.secciones import PARAMETROS, DeActividades, registros_pedidos
from vinculacion.nucleo.bloques import Bloque
from vinculacion.nucleo.secciones import Contexto, cifra, seccion
from vinculacion.nucleo.tablas_derivadas import cruce_por_anio
from vinculacion.nucleo.texto import llano

RENGLONES: dict[str, tuple[str, Callable[[Actividad], str]]] = {
    "organo": ("Órgano al que se dio seguimiento", lambda a: a.organo.nombre if a.organo else ""),
    "tipo": ("Tipo de actividad", lambda a: a.tipo.nombre),
    "accion": ("Acción", lambda a: a.accion.nombre),
}


class PorAnioParametros(DeActividades):
    renglones = forms.ChoiceField(label="un renglón por", choices=[(c, titulo) for c, (titulo, _) in RENGLONES.items()])


@seccion("programas.por_anio", "Actividades por año", PorAnioParametros)
def por_anio(contexto: Contexto, accion: list[Accion], tipo: list[str], renglones: str) -> list[Bloque]:
    """Unidades de la bitácora por año y por órgano, tipo de actividad o acción, con sus totales.

    Lo que no dice de qué órgano es no está en el cuadro por órgano.
    """
    titulo, nombra = RENGLONES[renglones]
    registros = consultas.registros_del_periodo(contexto.periodo, tuple(accion), tuple(tipo))
    hechos = [(nombre, a.fecha_fin, a.unidades) for a in registros if (nombre := nombra(a))]
    hechos.sort(key=lambda hecho: llano(hecho[0]))
    return [cruce_por_anio(titulo, hechos, contexto.periodo)] if hechos else []


@cifra("programas.fechas", "Fechas de las actividades del periodo", parametros=PARAMETROS, tipo="fechas")
def fechas(contexto: Contexto, accion: str = "", tipo: str = "") -> list[date]:
    dias: set[date] = set()
    for actividad in registros_pedidos(contexto, accion, tipo):
        dias |= {actividad.fecha_inicio, actividad.fecha_fin, *map(date.fromisoformat, actividad.fechas_sueltas)}
    return sorted(dias)


@cifra(
    "programas.nombres_de_organismos",
    "Nombres de los organismos con los que hubo actividades",
    parametros=PARAMETROS,
    tipo="lista",
)
def nombres_de_organismos(contexto: Contexto, accion: str = "", tipo: str = "") -> list[str]:
    """Con el nombre que llevaban entonces, cada uno una vez, en el orden en que aparecen."""
    todos = (o.nombre_en(a.fecha_fin) for a in registros_pedidos(contexto, accion, tipo) for o in a.organismos.all())
    return list(dict.fromkeys(todos))


@cifra("programas.paises", "Países en que hubo actividades", singular="país", plural="países", parametros=PARAMETROS)
def cuantos_paises(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return len({a.pais for a in registros_pedidos(contexto, accion, tipo)} - {""})


@cifra(
    "programas.por_validar",
    "Registros del periodo que siguen en borrador",
    singular="registro",
    plural="registros",
    parametros=("accion",),
)
def cuantos_por_validar(contexto: Contexto, accion: str = "") -> int:
    pendientes = consultas.por_validar(contexto.periodo)
    if accion:
        pendientes = pendientes.filter(consultas.de_acciones([una_accion(accion)]))
    return pendientes.count()
