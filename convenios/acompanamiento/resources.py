"""La hoja «pasos_pendientes»."""

from django.db.models import Q

from vinculacion.nucleo import hojas

from ..consultas import convenios_visibles
from ..models import Convenio, PasoPendiente
from ..resources import FolioDeConvenio
from . import acciones, consultas


class PasoPendienteRecurso(hojas.Recurso):
    clave = "pasos_pendientes"

    convenio = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))

    class Meta:
        model = PasoPendiente
        import_id_fields = ("convenio", "que")
        fields = ("convenio", "que", "area", "fecha_limite", "hecho", "nota")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.por is not None:
            self.fields["convenio"].widget = FolioDeConvenio(Convenio, consulta=self._nombrables)

    def _nombrables(self):
        """Los que ve y, si es de un área, aquéllos en que le toca un paso."""
        con_paso = consultas.pasos_visibles(self.por).order_by().values("convenio")
        visibles = convenios_visibles(self.por).order_by().values("pk")
        return Convenio.objects.filter(Q(pk__in=visibles) | Q(pk__in=con_paso))

    def consulta(self):
        if self.por is None:
            return PasoPendiente.objects.select_related("convenio", "area")
        return consultas.pasos_visibles(self.por)

    def guardar(self, instancia, por):
        acciones.guardar_pendiente(paso=instancia, por=por)
