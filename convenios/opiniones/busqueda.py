"""Lo que la búsqueda global encuentra en las opiniones."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas, permisos


@buscador("Opiniones de pertinencia", permiso=permisos.VER)
def opiniones(usuario, texto: str, tope: int) -> list[Resultado]:
    halladas = busca(consultas.opiniones_visibles(usuario).prefetch_related(None), ("folio", "convenio__titulo"), texto)
    return [
        Resultado(str(o), o.get_absolute_url(), f"{o.convenio} · {o.get_estado_display().lower()}")
        for o in halladas[:tope]
    ]
