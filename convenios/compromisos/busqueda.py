"""Lo que la búsqueda global encuentra en los compromisos."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas
from .situacion import Situacion

CAMPOS = ("que", "clausula", "convenio__folio", "convenio__titulo")


@buscador("Compromisos", permiso="convenios.view_compromiso")
def compromisos(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(consultas.compromisos_visibles(usuario), CAMPOS, texto)[:tope]
    return [
        Resultado(str(c), c.get_absolute_url(), f"{c.convenio.folio} · {Situacion(c.situacion).label}")
        for c in hallados
    ]
