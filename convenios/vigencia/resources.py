"""La hoja «renovaciones»."""

from vinculacion.nucleo import hojas

from ..consultas import convenios_visibles
from ..models import Convenio, Renovacion
from ..resources import FolioDeConvenio
from . import acciones, consultas


class RenovacionRecurso(hojas.Recurso):
    clave = "renovaciones"

    convenio = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))
    sucesor = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))

    class Meta:
        model = Renovacion
        import_id_fields = ("convenio",)
        fields = ("convenio", "decision", "fecha_decision", "razon", "sucesor")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.por is not None:
            for campo in ("convenio", "sucesor"):
                self.fields[campo].widget = FolioDeConvenio(Convenio, consulta=lambda: convenios_visibles(self.por))

    def consulta(self):
        if self.por is not None:
            return consultas.renovaciones_visibles(self.por)
        return Renovacion.objects.select_related("convenio", "sucesor")

    def dehydrate_sucesor(self, renovacion):
        return None if getattr(renovacion, "sucesor_oculto", False) else renovacion.sucesor_id

    def guardar(self, instancia, por):
        acciones.guardar_renovacion(renovacion=instancia, por=por)
