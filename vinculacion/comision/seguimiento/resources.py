"""La hoja «seguimientos_de_acuerdos»."""

from vinculacion.comision.models import Acuerdo, SeguimientoDeAcuerdo
from vinculacion.nucleo import hojas

from . import acciones


class SeguimientoRecurso(hojas.Recurso):
    clave = "seguimientos_de_acuerdos"
    acuerdo = hojas.Columna(
        attribute="acuerdo", widget=hojas.RelacionPorNombre(Acuerdo, ("folio", ("comision__siglas", "folio")))
    )

    class Meta:
        model = SeguimientoDeAcuerdo
        import_id_fields = ("acuerdo", "fecha", "nota")
        fields = ("acuerdo", "fecha", "estado", "nota", "sesion")

    def consulta(self):
        return SeguimientoDeAcuerdo.objects.select_related("acuerdo__comision", "sesion__comision")

    def guardar(self, instancia, por):
        acciones.guardar_seguimiento(seguimiento=instancia, por=por)
