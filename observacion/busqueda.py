"""Lo que la búsqueda global encuentra en la Red; los datos de contacto no se buscan ni se enseñan."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import permisos
from .models import IntegranteRed


@buscador("Red de Observación", permiso=permisos.VER_INTEGRANTES)
def integrantes(usuario, texto: str, tope: int) -> list[Resultado]:
    hallados = busca(IntegranteRed.objects.all(), ("nombre", "ciudad"), texto)[:tope]
    return [
        Resultado(i.nombre, i.get_absolute_url(), f"{i.get_clase_display()} · {i.get_estado_display()}")
        for i in hallados
    ]
