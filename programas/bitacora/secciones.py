"""Más cifras vivas de la bitácora: fechas, nombres y asistencia por sexo."""

from datetime import date

from django import forms

from programas import consultas
from programas.models import Accion, Actividad, TipoActividad
from programas.secciones import PARAMETROS, ActividadesParametros
from vinculacion.nucleo.secciones import Contexto, cifra, opciones


def registros(contexto: Contexto, accion: str, tipo: str) -> list[Actividad]:
    formulario = ActividadesParametros({"accion": accion, "tipo": tipo})
    if not formulario.is_valid():
        raise forms.ValidationError([e for errores in formulario.errors.values() for e in errores])
    datos = formulario.cleaned_data
    return list(consultas.actividades_del_periodo(contexto.periodo, acciones=datos["accion"], tipos=datos["tipo"]))


@opciones("programas", "accion")
def acciones() -> list[tuple[str, str]]:
    return [(a.clave, f"{a.clave} · {a.nombre}") for a in consultas.acciones()]


@opciones("programas", "tipo")
def tipos() -> list[tuple[str, str]]:
    return list(TipoActividad.objects.values_list("clave", "nombre"))


@opciones("programas", "programa")
def programas() -> list[tuple[str, str]]:
    return [(p.clave, p.nombre) for p in consultas.programas()]


@cifra("programas.fechas", "Fechas de las actividades del periodo", parametros=PARAMETROS, tipo="fechas")
def fechas(contexto: Contexto, accion: str = "", tipo: str = "") -> list[date]:
    dias: set[date] = set()
    for actividad in registros(contexto, accion, tipo):
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
    todos = (o.nombre_en(a.fecha_fin) for a in registros(contexto, accion, tipo) for o in a.organismos.all())
    return list(dict.fromkeys(todos))


@cifra("programas.paises", "Países en que hubo actividades", singular="país", plural="países", parametros=PARAMETROS)
def cuantos_paises(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return len({a.pais for a in registros(contexto, accion, tipo)} - {""})


@cifra(
    "programas.mujeres",
    "Mujeres que asistieron a actividades del periodo",
    genero="f",
    singular="mujer",
    plural="mujeres",
    parametros=PARAMETROS,
)
def cuantas_mujeres(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return sum(a.mujeres or 0 for a in registros(contexto, accion, tipo))


@cifra(
    "programas.hombres",
    "Hombres que asistieron a actividades del periodo",
    singular="hombre",
    plural="hombres",
    parametros=PARAMETROS,
)
def cuantos_hombres(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return sum(a.hombres or 0 for a in registros(contexto, accion, tipo))


@cifra(
    "programas.por_validar",
    "Registros del periodo que siguen en borrador",
    singular="registro",
    plural="registros",
    parametros=("accion",),
)
def cuantos_por_validar(contexto: Contexto, accion: str = "") -> int:
    pendientes = consultas.por_validar().filter(fecha_fin__range=(contexto.periodo.inicio, contexto.periodo.fin))
    if accion:
        pendientes = pendientes.filter(consultas.de_acciones([_accion(accion)]))
    return pendientes.count()


def _accion(clave: str) -> Accion:
    try:
        return consultas.accion_por_clave(clave)
    except Accion.DoesNotExist as error:
        raise ValueError(str(error)) from error
