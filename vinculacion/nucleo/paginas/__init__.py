"""Páginas genéricas: una sala declara las suyas en pocas líneas.

class ConvenioPaginas(Paginas):
    modelo = Convenio
    tabla = ConvenioTabla
    ...

urlpatterns = ConvenioPaginas.urls("convenios", prefijo="")
"""

from .acceso import ConPermiso, siguiente
from .base import Accion, Paginas, Panel, visible

__all__ = ["Accion", "ConPermiso", "Paginas", "Panel", "siguiente", "visible"]
