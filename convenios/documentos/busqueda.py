from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas


@buscador("Documentos de convenios", permiso="convenios.view_documentodeconvenio")
def documentos(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(consultas.documentos_visibles(usuario), ("titulo", "nota"), texto)[:tope]
    return [Resultado(str(d), d.get_absolute_url(), f"{d.get_clase_display()} · {d.convenio.folio}") for d in hallados]
