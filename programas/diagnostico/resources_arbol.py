"""La hoja de cálculo de los nodos; cada fila pasa por la misma acción que la página."""

from programas.models import Nodo
from vinculacion.nucleo import hojas

from . import acciones
from .arbol import por_niveles


class NodoRecurso(hojas.Recurso):
    """El padre y la contraparte se nombran ``pe-2021:C1``; en la hoja, cada padre va antes que lo que sostiene."""

    clave = "nodos"
    se_nombra = (("programa__clave", "clave"),)

    class Meta:
        model = Nodo
        import_id_fields = ("programa", "clave")
        fields = ("programa", "clave", "rol", "padre", "orden", "texto", "contraparte")

    def consulta(self):
        return por_niveles(Nodo.objects.select_related("programa", "padre", "contraparte"))

    def guardar(self, instancia, por):
        acciones.guardar_nodo(nodo=instancia, por=por)
