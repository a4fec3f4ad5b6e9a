"""La hoja «actualizaciones»."""

from vinculacion.nucleo import hojas

from ..consultas import convenios_visibles
from ..models import Actualizacion, Convenio
from ..resources import FolioDeConvenio
from . import acciones, consultas


class ActualizacionRecurso(hojas.Recurso):
    clave = "actualizaciones"

    convenio = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))

    class Meta:
        model = Actualizacion
        import_id_fields = ("convenio", "sesion")
        fields = ("convenio", "sesion", "avance")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.por is not None:
            self.fields["convenio"].widget = FolioDeConvenio(Convenio, consulta=lambda: convenios_visibles(self.por))

    def consulta(self):
        todas = Actualizacion.objects.select_related("convenio", "sesion__comision")
        return todas if self.por is None else consultas.actualizaciones_visibles(self.por)

    def guardar(self, instancia, por):
        acciones.guardar_actualizacion(actualizacion=instancia, por=por)
