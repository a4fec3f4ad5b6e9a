from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.palabras import fecha_corta

from . import consultas


@buscador("Actos protocolarios", permiso="convenios.view_actoprotocolario")
def actos(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = consultas.busca_actos(usuario, texto)[:tope]
    return [
        Resultado(a.titulo, a.get_absolute_url(), f"{fecha_corta(a.fecha)} · {a.get_estado_display()}")
        for a in hallados
    ]
