from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas


@buscador("Informes", permiso="informes.view_informe")
def informes(usuario, texto, tope):
    hallados = busca(consultas.informes(), ("titulo", "clave"), texto)[:tope]
    return [Resultado(i.titulo, i.get_absolute_url(), f"{i.periodo} · {i.get_estado_display()}") for i in hallados]
