"""Lo que la búsqueda global encuentra en el directorio, también por nombres que ya no se usan."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from .models import Area, Organismo, ProcesoElectoral

CAMPOS = ("nombre", "siglas", "nombres__nombre", "nombres__siglas")


@buscador("Organismos", permiso="directorio.view_organismo")
def organismos(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(Organismo.objects.all(), CAMPOS, texto)[:tope]
    return [
        Resultado(str(o), o.get_absolute_url(), f"{o.get_clase_display()} · {o.get_ambito_display()}") for o in hallados
    ]


@buscador("Áreas", permiso="directorio.view_area")
def areas(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(Area.objects.all(), CAMPOS, texto)[:tope]
    return [Resultado(str(a), a.get_absolute_url(), a.get_clase_display()) for a in hallados]


@buscador("Procesos electorales", permiso="directorio.view_procesoelectoral")
def procesos(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(ProcesoElectoral.objects.all(), ("nombre", "clave"), texto)[:tope]
    return [Resultado(str(p), p.get_absolute_url(), p.get_clase_display()) for p in hallados]
