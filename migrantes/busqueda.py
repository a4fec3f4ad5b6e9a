"""Lo que la búsqueda global encuentra en los envíos."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.texto import busca

from . import consultas, permisos


@buscador("Envíos a migrantes", permiso=permisos.VER)
def envios(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(consultas.envios(), ("asunto", "resumen"), texto)[:tope]
    return [
        Resultado(e.asunto, e.get_absolute_url(), f"{e.get_clase_display()} · {fecha_larga(e.fecha, dia_semana=False)}")
        for e in hallados
    ]
