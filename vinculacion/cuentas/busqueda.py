"""Lo que la búsqueda global encuentra entre las personas; sólo para quien las administra."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from .models import Usuario

CAMPOS = ("username", "first_name", "last_name", "email", "cargo")


@buscador("Personas", permiso="cuentas.view_usuario")
def personas(usuario, texto: str, tope: int) -> list[Resultado]:
    halladas = busca(Usuario.objects.prefetch_related("groups"), CAMPOS, texto)[:tope]
    return [
        Resultado(str(p), p.get_absolute_url(), " · ".join(filter(None, [p.grupos_escritos, p.cargo])))
        for p in halladas
    ]
