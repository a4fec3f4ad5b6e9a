"""Lo que la búsqueda global encuentra en los planes y en la bitácora."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas, permisos
from .models import Accion, Actividad, Indicador, Riesgo


@buscador("Actividades", permiso=permisos.VER)
def actividades(usuario, texto: str, tope: int) -> list[Resultado]:
    consulta = Actividad.objects.select_related("tipo").order_by("-fecha_inicio")
    hallados = busca(consulta, ("titulo", "objetivo", "organismos__nombre", "organismos__siglas"), texto)[:tope]
    return [Resultado(a.titulo, a.get_absolute_url(), f"{a.tipo} · {a.fechas}") for a in hallados]


@buscador("Programas y acciones", permiso=permisos.VER_PROGRAMA)
def planes(usuario, texto: str, tope: int) -> list[Resultado]:
    programas = busca(consultas.programas(), ("nombre", "clave"), texto)[:tope]
    return [
        *(Resultado(p.nombre, p.get_absolute_url(), p.get_estado_display()) for p in programas),
        *(Resultado(a.nombre, a.get_absolute_url(), a.clave) for a in _acciones(texto, tope)),
    ][:tope]


@buscador("Indicadores y riesgos", permiso=permisos.VER_PROGRAMA)
def planeacion(usuario, texto: str, tope: int) -> list[Resultado]:
    indicadores = busca(Indicador.objects.select_related("programa"), ("nombre", "resumen", "clave"), texto)[:tope]
    riesgos = busca(Riesgo.objects.select_related("programa"), ("nombre", "descripcion", "proceso"), texto)[:tope]
    return [
        Resultado(str(hallado), hallado.get_absolute_url(), f"{hallado._meta.verbose_name} · {hallado.programa}")
        for hallado in (*indicadores, *riesgos)
    ][:tope]


def _acciones(texto: str, tope: int) -> list[Accion]:
    """Por su clave entera (``pat-2020:1A``) o por las palabras de su nombre."""
    if ":" in texto:
        try:
            return [consultas.accion_por_clave(texto)]
        except Accion.DoesNotExist:
            return []
    return list(busca(consultas.acciones(), ("nombre",), texto)[:tope])
