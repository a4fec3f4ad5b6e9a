"""Lo que la búsqueda global encuentra en los convenios."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas, permisos
from .estados import Situacion

CAMPOS = (
    "folio",
    "titulo",
    "objeto",
    "notas",
    "opiniones__folio",
    "contrapartes__nombre",
    "contrapartes__siglas",
    "contrapartes__nombres__nombre",
    "contrapartes__nombres__siglas",
)


@buscador("Convenios", permiso=permisos.VER)
def convenios(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(consultas.convenios_visibles(usuario), CAMPOS, texto)[:tope]
    return [
        Resultado(c.titulo, c.get_absolute_url(), f"{c.folio} · {c.tipo} · {Situacion(c.situacion).label}")
        for c in hallados
    ]
